import pytest

from trustledger.errors import InputError
from trustledger.kinds import Kinds


@pytest.fixture(scope="session")
def kinds():
    return Kinds.default()


@pytest.fixture
def faults(kinds):
    """The faults of a bad row: place → code."""

    def find(row, *, registry=kinds, **options):
        with pytest.raises(InputError) as caught:
            registry.draft(row, **options)
        for language in ("en", "zh"):
            assert "?" not in caught.value.problems[0].text(language).replace("? ", "").rstrip("?？")
        assert caught.value.facts["count"] == len(caught.value.problems)
        return {problem.facts["at"]: problem.code for problem in caught.value.problems}

    return find
