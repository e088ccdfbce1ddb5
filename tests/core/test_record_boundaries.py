"""Drafts that become records, and the smallest withheld form (format v1, section 2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trustledger.encoding import MAX_INT, MAX_TIME, MIN_TIME, encode
from trustledger.errors import FormatError
from trustledger.record import (
    Draft,
    Evidence,
    Record,
    Withheld,
    finish_draft,
    is_unicode,
    kind_bytes,
    mark_checked,
    parse_record,
)

FARM = "https://farm.example/"
LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"
HASH = bytes(range(32))
FILES = (
    Evidence("application/pdf", "检验报告.pdf", HASH, 7),
    Evidence("", "", bytes(32), 0),
    Evidence("text/plain", "x" * 255, HASH, MAX_INT),
)


def no_randomness(count: int) -> bytes:
    raise AssertionError(count)


def finished(draft: Draft) -> Record:
    record = parse_record(finish_draft(draft, FARM, no_randomness)[0])
    assert isinstance(record, Record)
    return record


def test_a_draft_without_salt_and_seals_asks_for_no_randomness() -> None:
    record = finished(Draft("x.y", 5, (LOT,), {"b": 1, "a": [True]}))
    assert (record.salt, record.sealed, record.evidence) == (b"", {}, ())
    assert record.raw == encode([1, "x.y", 5, [LOT], {"a": [True], "b": 1}, {}, [], b""])


def test_files_of_a_draft_are_files_of_the_record() -> None:
    record = finished(Draft("x.y", 5, (LOT,), {}, evidence=FILES))
    assert record.evidence == FILES
    maps = [{"media_type": f.media_type, "name": f.name, "sha256": f.sha256, "size": f.size} for f in FILES]
    assert record.raw == encode([1, "x.y", 5, [LOT], {}, {}, maps, b""])


@pytest.mark.parametrize("name", ["\ud800", "r\udfff.pdf"])
def test_half_a_character_is_no_file_name(name: str) -> None:
    assert not is_unicode(name)
    assert is_unicode("\U0001f95b")
    with pytest.raises(FormatError) as caught:
        finished(Draft("x.y", 5, (LOT,), {}, evidence=(Evidence("", name, HASH, 7),)))
    assert caught.value.code == "record.evidence"


@pytest.mark.parametrize("item", [None, {"name": "r.pdf"}, ("", "r.pdf", HASH, 7)], ids=repr)
def test_what_is_no_file_is_refused(item: object) -> None:
    with pytest.raises(FormatError) as caught:
        finished(Draft("x.y", 5, (LOT,), {}, evidence=(item,)))  # type: ignore[arg-type]
    assert caught.value.code == "record.evidence"


def test_a_record_of_one_subject_can_be_withheld() -> None:
    raw = encode([0, HASH, [bytes(32)]])
    assert parse_record(raw) == Withheld(HASH, (bytes(32),), raw)


def test_what_a_draft_was_held_to_stays_with_that_very_draft() -> None:
    kind, draft = object(), Draft("x.y", 5, (LOT,), {})
    assert not hasattr(draft, "checked_by")
    assert mark_checked(draft, kind) is draft
    assert draft.checked_by is kind
    assert not hasattr(replace(draft, occurred_at=6), "checked_by")


@pytest.mark.parametrize(
    "uri",
    [
        "https://ID.gs1.org/01/09506000134352",
        "https://Farm.example/",
        "urn:x y",
        "URN:x:1",
        "lot 7",
        "",
        "urn:x:%41",
    ],
)
@pytest.mark.parametrize("others", [[], [LOT], ["urn:x:1", "urn:x:2"]], ids=len)
def test_what_a_record_is_about_is_in_normal_form(uri: str, others: list[str]) -> None:
    for version in (1, 2):
        rest = [{}, {}, [], b""] if version == 1 else []
        with pytest.raises(FormatError) as caught:
            parse_record(encode([version, "x.y", 5, [uri, *others], *rest]))
        assert caught.value.code.startswith("subject.")
    with pytest.raises(FormatError):
        finished(Draft("x.y", 5, (uri, *others), {}))


@pytest.mark.parametrize("length", [1, 2, 30, 31, 32, 33, 63, 64])
def test_the_kind_is_read_from_the_first_bytes_however_long_its_name_is(length: int) -> None:
    kind = "k" + "-" * (length - 1)
    assert kind_bytes(finished(Draft(kind, 5, (LOT,), {"a": 1})).raw) == kind.encode()


@pytest.mark.parametrize("time", [MIN_TIME, -1, 0, 1, MAX_TIME])
def test_a_record_says_what_stands_in_it(time: int) -> None:
    sealed, salt = {"/a": HASH}, bytes(16)
    raw = encode([1, "x.y", time, [LOT, "urn:x:1"], {"b": 1}, sealed, [], salt])
    record = parse_record(raw)
    assert isinstance(record, Record)
    assert (record.kind, record.occurred_at, record.subjects) == ("x.y", time, (LOT, "urn:x:1"))
    assert (record.data, record.sealed, record.evidence, record.salt) == ({"b": 1}, sealed, (), salt)
    assert record.raw == raw
