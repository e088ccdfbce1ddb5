"""Each limit in the code is the one that docs/format.md states, written as the page writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustledger import encoding, log, merkle, record, statement, subject

PAGE = " ".join((Path(__file__).resolve().parents[2] / "docs" / "format.md").read_text("utf-8").split())
MINUS = "−"


def superscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (encoding.MAX_INT, f"{MINUS}(2{superscript(53)}{MINUS}1) to 2{superscript(53)}{MINUS}1"),
        (encoding.MAX_RECORD, "A record or an entry has at most **{:,} bytes**"),
        (encoding.MAX_DEPTH, "Nesting is at most **{} levels**: the outermost item is level 1"),
        (-encoding.MIN_TIME, f"milliseconds since 1970-01-01T00:00:00Z, from {MINUS}{{}} (year 1)"),
        (encoding.MAX_TIME, "to {} (year 9999)"),
        (record.MAX_SUBJECTS, "1 to {} different URIs in normal form"),
        (record.SALT_BYTES, "empty, or {} random bytes"),
        (subject.MAX_SUBJECT, "3 to {} bytes: a scheme"),
        (subject.MAX_PARTY, "Party URIs are in normal form, at most {} bytes"),
        (subject.MAX_ORIGIN, "1 to {} bytes of ASCII 0x21 to 0x7E without `+`"),
        (statement.MAX_COSIGNERS, "| `with` URI | 0 to {} times |"),
        (statement.MAX_RECORDS, "| `records` DECIMAL | once | 1 to {} |"),
        (statement.MAX_SIGNATURES, "After a blank line come 1 to {} lines"),
        (statement.MAX_NOTE, "The whole note has at most {:,} bytes"),
        (statement.ID_BYTES, "| `id` BASE64 | once | {} bytes |"),
        (log.MAX_LINKS, "An entry has 1 to {:,} links"),
        (log.MAX_ANNOTATION, "n from 2 to {}"),
    ],
    ids=lambda one: one[:40] if isinstance(one, str) else "",
)
def test_the_page_states_the_limit(value: int, sentence: str) -> None:
    assert sentence.format(value) in PAGE


def test_the_page_writes_these_as_powers() -> None:
    assert encoding.MAX_INT == 2**53 - 1
    assert merkle.MAX_SIZE == 2**63 - 1
    assert f"the number of entries (decimal, below 2{superscript(63)})" in PAGE
