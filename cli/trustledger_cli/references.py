"""What people type to name a thing: ``12/0``, ``12``, or a subject (see `trustledger_cli.lookup`)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from trustledger import FormatError, Ledger
from trustledger_cli.lookup import find_subject

_RECORD: Final = re.compile(r"([0-9]{1,18})/([0-9]{1,10})")
_ENTRY: Final = re.compile(r"[0-9]{1,18}")
_GTIN: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")


class Reference(NamedTuple):
    """What a reference means.

    Attributes:
        entry: Index of an entry, or None.
        position: Position of a record in it, or None.
        subject: A subject's URI, or empty.
    """

    entry: int | None = None
    position: int | None = None
    subject: str = ""


def parse_place(text: str) -> Reference | None:
    """``12/0`` or ``12``; None for anything else."""
    place = _RECORD.fullmatch(text)
    if place is not None:
        return Reference(int(place[1]), int(place[2]))
    return Reference(int(text)) if _ENTRY.fullmatch(text) is not None else None


def find_reference(ledger: Ledger, text: str, lot: str | None = None) -> Reference:
    """What a reference means in a ledger.

    Digits are an entry; beyond the log's end they are a GTIN, or a lot number that the ledger knows.

    Args:
        ledger: The ledger.
        text: The first word.
        lot: The second word, if there is one: a lot number.

    Raises:
        FormatError: It is none, or means several things.
    """
    place = parse_place(text) if lot is None else None
    if place is None:
        return Reference(subject=find_subject(ledger, text, lot))
    if place.position is not None or place.entry is None or place.entry < ledger.size:
        return place
    if _GTIN.fullmatch(text) is not None:
        return Reference(subject=find_subject(ledger, text))
    try:
        return Reference(subject=find_subject(ledger, text))
    except FormatError as error:
        if error.code == "cli.several":
            raise
        return place
