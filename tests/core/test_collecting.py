"""The garbage collector is held back inside a block, and left as it was found."""

import gc

import pytest

from trustledger.collecting import rarely_collecting


@pytest.fixture(autouse=True)
def _put_back():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_searches_are_rare_inside_and_as_before_after_it():
    gc.set_threshold(700, 11, 12)
    with rarely_collecting():
        assert gc.get_threshold() == (20_000, 11, 12)
        with rarely_collecting():
            assert gc.get_threshold() == (20_000, 11, 12)
        assert gc.get_threshold() == (20_000, 11, 12)
    assert gc.get_threshold() == (700, 11, 12)


def test_an_error_puts_it_back_too():
    gc.set_threshold(700, 11, 12)
    with pytest.raises(ZeroDivisionError), rarely_collecting():
        raise ZeroDivisionError
    assert gc.get_threshold() == (700, 11, 12)


@pytest.mark.parametrize("own", [(0, 10, 10), (100_000, 10, 10)])
def test_a_program_that_collects_more_rarely_is_left_alone(own):
    gc.set_threshold(*own)
    with rarely_collecting():
        assert gc.get_threshold() == own
    assert gc.get_threshold() == own


def test_what_a_program_sets_meanwhile_stays():
    with rarely_collecting():
        gc.set_threshold(5_000, 10, 10)
    assert gc.get_threshold() == (5_000, 10, 10)


def test_cycles_are_still_collected_inside():
    class Knot:
        pass

    gc.set_threshold(700, 10, 10)
    gc.collect()
    with rarely_collecting():
        for _ in range(60_000):
            knot = Knot()
            knot.knot = knot
        assert sum(type(found) is Knot for found in gc.get_objects()) < 30_000
