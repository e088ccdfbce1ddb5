"""Ends of the head index (format v1, section 4)."""

from __future__ import annotations

import pytest

from trustledger.chain import NO_LINK, decode_head_index, encode_head_index
from trustledger.encoding import encode
from trustledger.errors import FormatError

ROOT = bytes(range(32))


@pytest.mark.parametrize("count", [0, 1, 2**53 - 1])
def test_as_many_chains_as_an_integer_can_count(count: int) -> None:
    assert decode_head_index(encode([count, ROOT])) == (count, ROOT)
    assert decode_head_index(encode_head_index(count, ROOT)) == (count, ROOT)


def test_a_ledger_without_chains_has_a_head_index_of_zeros() -> None:
    assert decode_head_index(encode([0, NO_LINK])) == (0, bytes(32))
    with pytest.raises(FormatError):
        decode_head_index(encode([-1, NO_LINK]))
