"""What people type to name a thing: ``12/0``, ``12``, a URI, or a GTIN and a lot number."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from trustledger import FormatError
from trustledger.gs1 import lot_uri, product_uri
from trustledger.subject import check_subject

_RECORD: Final = re.compile(r"([0-9]{1,18})/([0-9]{1,10})")
_ENTRY: Final = re.compile(r"[0-9]{1,18}")
_BARE: Final = re.compile(r"https?://[^/?#]+")
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


def parse_reference(text: str, lot: str | None, size: int) -> Reference:
    """Read a reference.

    Args:
        text: The first word.
        lot: The second word, if there is one: a lot number.
        size: Entries in the log; digits beyond it are a GTIN.

    Raises:
        FormatError: It is none.
    """
    if lot is not None:
        return Reference(subject=lot_uri(text, lot))
    place = _RECORD.fullmatch(text)
    if place is not None:
        return Reference(int(place[1]), int(place[2]))
    if _ENTRY.fullmatch(text) is not None and (int(text) < size or _GTIN.fullmatch(text) is None):
        return Reference(int(text))
    return Reference(subject=parse_subject(text))


def parse_subject(text: str, lot: str | None = None) -> str:
    """A subject's URI, or the one that a GTIN, with or without a lot number, stands for.

    Raises:
        FormatError: It is none.
    """
    if lot is not None:
        return lot_uri(text, lot)
    if _GTIN.fullmatch(text) is not None:
        return product_uri(text)
    if ":" not in text:
        raise FormatError("cli.reference", seen=text)
    return check_subject(typed_uri(text))


def typed_uri(text: str) -> str:
    """A URI as people type it: a bare web address gets the ``/`` of its normal form (RFC 3986 §6.2.3)."""
    return f"{text}/" if _BARE.fullmatch(text) else text
