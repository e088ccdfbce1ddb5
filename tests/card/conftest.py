"""A milk whose lead must be tested, made and on record in time."""

import pytest
from card_world import Book


@pytest.fixture
def book():
    book = Book()
    book.product()
    book.made()
    return book
