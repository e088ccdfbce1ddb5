"""GS1 keys as URIs: GTIN, lot, serial, GLN and SSCC, and what is wrong with a Digital Link.

The grammar below restates facts of the GS1 Digital Link URI Syntax 1.6 and of the GS1 Syntax Dictionary
(release 2026-01-27): which keys may head a path, which qualifiers may follow in which order, and what each
may hold. All URIs made here are in the normal form of the format (section 2) and canonical by GS1's own
rules (host ``id.gs1.org``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import cycle
from typing import Final
from urllib.parse import quote, unquote

from trustledger.errors import FormatError
from trustledger.subject import MAX_SUBJECT, check_party, check_subject

HOST: Final = "https://id.gs1.org"

_DIGITS: Final = re.compile(r"[0-9]+")
_GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})
# GS1 General Specifications, figures 7.11-1 and 7.11-2: character sets 82 and 39.
_SET_82: Final = r"[!-\"%-/0-9:-?A-Z_a-z]"
_SET_39: Final = r"[#\-/0-9A-Z]"
_GS1_LOT: Final = re.compile(rf"{_SET_82}{{1,20}}")
_DOT_SEGMENTS: Final = frozenset({".", ".."})  # RFC 3986 removes them from a path, encoded or not

_VALUES: Final = {
    ai: re.compile(pattern)
    for ai, pattern in {
        "00": r"[0-9]{18}",
        "01": r"[0-9]{14}",
        "10": rf"{_SET_82}{{1,20}}",
        "21": rf"{_SET_82}{{1,20}}",
        "22": rf"{_SET_82}{{1,20}}",
        "235": rf"{_SET_82}{{1,28}}",
        "253": rf"[0-9]{{13}}{_SET_82}{{0,17}}",
        "254": rf"{_SET_82}{{1,20}}",
        "255": r"[0-9]{13}(?:[0-9]{1,12})?",
        "401": rf"{_SET_82}{{1,30}}",
        "402": r"[0-9]{17}",
        "414": r"[0-9]{13}",
        "415": r"[0-9]{13}",
        "417": r"[0-9]{13}",
        "7040": rf"[0-9]{_SET_82}{{3}}",
        "8003": rf"0[0-9]{{13}}{_SET_82}{{0,16}}",
        "8004": rf"{_SET_82}{{1,30}}",
        "8006": r"[0-9]{18}",
        "8010": rf"{_SET_39}{{1,30}}",
        "8011": r"0|[1-9][0-9]{0,11}",
        "8013": rf"{_SET_82}{{3,25}}",
        "8017": r"[0-9]{18}",
        "8018": r"[0-9]{18}",
        "8019": r"[0-9]{1,10}",
        "8020": rf"{_SET_82}{{1,25}}",
    }.items()
}
_QUALIFIERS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "00": ((),),
    "01": (("22", "10", "21"), ("235",)),
    "253": ((),),
    "255": ((),),
    "401": ((),),
    "402": ((),),
    "414": (("254",), ("7040",)),
    "415": (("8020",),),
    "417": (("7040",),),
    "8003": ((),),
    "8004": (("7040",),),
    "8006": (("22", "10", "21"),),
    "8010": (("8011",),),
    "8013": ((),),
    "8017": (("8019",),),
    "8018": (("8019",),),
}
"""Primary keys, and the sequences of qualifiers of which each may take some, in this order."""
_CHECKED: Final = {  # where the digits with a check digit at their end stand within the value
    **dict.fromkeys(("00", "01", "402", "414", "415", "417", "8017", "8018"), slice(None)),
    **dict.fromkeys(("253", "255"), slice(13)),
    "8003": slice(1, 14),
    "8006": slice(14),
}
_GOODS_URNS: Final = ("urn:epc:id:sgtin:", "urn:epc:class:lgtin:", "urn:epc:id:sscc:", "urn:epc:idpat:sgtin:")
"""EPC URNs that have a Digital Link: the EPCIS reader writes that; as subjects they would be second names."""
_ELSEWHERE: Final = re.compile(
    r"https?://[^/]+(?:/[^/?]*)*?/(?:01/[0-9]{14}|00/[0-9]{18}|414/[0-9]{13}|417/[0-9]{13}"
    r"|01/(?:[0-9]{8}|[0-9]{12,13})(?=/(?:22|10|21)/[^/?]))(?:[/?].*)?"
)
"""The keys of goods and places behind any path, also one with empty segments, which servers pass over. A GTIN of
another length than 14 stood in Digital Links before version 1.2; without a qualifier it could be any number."""
_GOODS: Final = re.compile(rf"({HOST}/01/[0-9]{{14}})(?:/22/[^/]+)?(/10/[^/]+)?(/21/[^/]+)?")
_USUAL_LOT: Final = r"[A-Za-z0-9_\-][A-Za-z0-9._\-]{0,19}"
_USUAL: Final = re.compile(rf"{HOST}/01/([0-9]{{13}})([0-9])(?:/10/{_USUAL_LOT})?(?:/21/{_USUAL_LOT})?")
"""Goods as they mostly are, with nothing to decode: only the check digit is left to look at."""
_PRODUCT: Final = re.compile(rf"{HOST}/01/([0-9]{{13}})([0-9])")
_LOTS_LENGTH: Final = len(f"{HOST}/01/09506000134352/10")
_PLAIN_LOT: Final = re.compile(r"[A-Za-z0-9_\-]{1,20}")
"""A lot number that GS1 allows, and that stands in a URI as it is."""
_OWN_LOT: Final = re.compile(r".+/lot/([0-9]{14})/[^/?]+")


def check_digit(digits: str) -> str:
    """The GS1 check digit that belongs after ``digits``.

    General Specifications, section 7.9: weights 3 and 1 from the right, filled up to a multiple of ten.

    Raises:
        FormatError: ``gs1.digits``: not all ASCII digits, or none.
    """
    if type(digits) is not str or _DIGITS.fullmatch(digits) is None:
        raise FormatError("gs1.digits", seen=digits, expected="0-9")
    return _check_digit(digits)


@lru_cache(maxsize=4096)
def _check_digit(digits: str) -> str:
    return str(
        -sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle((3, 1)), strict=False)) % 10
    )


def gtin14(text: str) -> str:
    """A GTIN-8, -12, -13 or -14 (EAN-8, UPC-A, EAN-13, ITF-14) as 14 digits.

    Raises:
        FormatError: ``gs1.gtin`` for another length or other characters, ``gs1.check_digit`` with the right
            digit.
    """
    if type(text) is not str or len(text) not in _GTIN_LENGTHS or _DIGITS.fullmatch(text) is None:
        raise FormatError("gs1.gtin", seen=text)
    return _checked(text).zfill(14)


def product_uri(gtin: str) -> str:
    """The product with this GTIN: ``https://id.gs1.org/01/<GTIN-14>``. Errors as `gtin14`."""
    return f"{HOST}/01/{gtin14(gtin)}"


def is_gs1_lot(lot: str) -> bool:
    """Whether a lot or serial number can stand in a GS1 URI: 1 to 20 characters of set 82, not just dots."""
    return type(lot) is str and _GS1_LOT.fullmatch(lot) is not None and lot not in _DOT_SEGMENTS


def lot_uri(gtin: str, lot: str) -> str:
    """A lot of a product: ``https://id.gs1.org/01/<GTIN-14>/10/<lot>``.

    Raises:
        FormatError: As `gtin14`; ``gs1.lot`` if GS1 does not allow the lot number (`lot_of_party` has a URI
            for it).
    """
    return f"{product_uri(gtin)}/10/{_allowed(lot)}"


def item_uri(gtin: str, serial: str, lot: str | None = None) -> str:
    """One item: ``https://id.gs1.org/01/<GTIN-14>[/10/<lot>]/21/<serial>``. Errors as `lot_uri`."""
    parent = product_uri(gtin) if lot is None else lot_uri(gtin, lot)
    return f"{parent}/21/{_allowed(serial)}"


def gln_uri(gln: str) -> str:
    """The place with this GLN: ``https://id.gs1.org/414/<GLN>``. FormatError ``gs1.*`` if it is none."""
    return f"{HOST}/414/{_fixed(gln, 13, 'gs1.gln')}"


def party_gln_uri(gln: str) -> str:
    """The party with this GLN: ``https://id.gs1.org/417/<GLN>``. FormatError ``gs1.*`` if it is none."""
    return f"{HOST}/417/{_fixed(gln, 13, 'gs1.gln')}"


def sscc_uri(sscc: str) -> str:
    """The logistic unit with this SSCC: ``https://id.gs1.org/00/<SSCC>``. FormatError ``gs1.*``."""
    return f"{HOST}/00/{_fixed(sscc, 18, 'gs1.sscc')}"


def lot_of_party(party: str, lot: str, gtin: str | None = None) -> str:
    """A lot without a usable GS1 URI, in the name of the party that numbers it.

    ``<party>/lot/<lot>``; with a GTIN whose lot number GS1 does not allow, ``<party>/lot/<GTIN-14>/<lot>``,
    which belongs to that product (`classes`). The lot is percent-encoded NFC; a ``/`` at the party's end is
    dropped.

    Args:
        party: The party's URI, without a query.
        lot: Any text without control characters.
        gtin: GTIN of the product, where there is one.

    Raises:
        FormatError: ``gs1.own_lot`` for an empty or unprintable lot, ``gs1.party_query``, ``subject.*``, or
            as `gtin14`.
    """
    text = unicodedata.normalize("NFC", lot).strip() if type(lot) is str else ""
    if not text or not text.isprintable():
        raise FormatError("gs1.own_lot", seen=lot)
    if "?" in check_party(party):
        raise FormatError("gs1.party_query", seen=party)
    middle = f"{gtin14(gtin)}/" if gtin is not None else ""
    uri = f"{party.rstrip('/')}/lot/{middle}{encode_value(text)}"
    if len(uri) > MAX_SUBJECT:
        raise FormatError("gs1.own_lot_long", seen=lot, expected=MAX_SUBJECT)
    return check_subject(uri)


def encode_value(text: str) -> str:
    """``text`` as one URI path segment: all but RFC 3986's unreserved characters percent-encoded."""
    return quote(text, safe="")


def product_of_plain_lot(subject: str) -> str | None:
    """The product of a lot whose URI is right by its very shape: a product's, ``/10/``, and a plain number.

    Nearly all subjects of a large ledger are such lots, and new, so that no cache helps; looking at what comes
    before the number, which repeats, and at the number costs 0.5 µs instead of 4.

    Returns:
        The product's URI: then the subject is in normal form, nothing is wrong with it as a Digital Link, and
        it belongs to this product alone. None says nothing; ask `check_subject`, `digital_link_problem` and
        `classes`.
    """
    goods, _, lot = str.rpartition(subject, "/")
    # Only what is as long as a product and "/10" is looked up, so that the cache keeps nothing longer.
    if len(goods) != _LOTS_LENGTH or _PLAIN_LOT.fullmatch(lot) is None:
        return None
    return _product_of_lots(goods)


@lru_cache(maxsize=16_384)
def _product_of_lots(goods: str) -> str | None:
    product, _, ai = goods.rpartition("/")
    digits = _PRODUCT.fullmatch(product)
    return product if ai == "10" and digits is not None and _check_digit(digits[1]) == digits[2] else None


@lru_cache(maxsize=65_536)
def classes(subject: str) -> tuple[str, ...]:
    """The larger things a subject belongs to, smallest first.

    An item belongs to its lot, where named, and its product; a lot to its product; a party's own lot with a
    GTIN (`lot_of_party`) to that product; anything else to nothing.
    """
    goods = _GOODS.fullmatch(subject)
    if goods is not None:
        product, lot, item = goods.group(1, 2, 3)
        if item is not None and lot is not None:
            return subject[: goods.start(3)], product
        return (product,) if subject != product else ()
    own = _OWN_LOT.fullmatch(subject)
    if own is not None and own[1][-1] == check_digit(own[1][:-1]):
        return (f"{HOST}/01/{own[1]}",)
    return ()


@lru_cache(maxsize=65_536)
def digital_link_problem(subject: str) -> FormatError | None:
    """What the registration policy refuses in a subject that is, or looks like, a GS1 Digital Link.

    Args:
        subject: A URI in normal form.

    Returns:
        None if there is nothing to say. Otherwise ``gs1.check_digit``, ``gs1.key`` (not a primary key of
        GS1), ``gs1.qualifier`` (unknown here, or out of order), ``gs1.value`` (characters or length), or
        ``gs1.elsewhere``: a Digital Link on another host, at whatever depth of its path, or an EPC URN, would be
        a second name of the same goods.
    """
    usual = _USUAL.fullmatch(subject)
    if usual is not None and _check_digit(usual[1]) == usual[2]:
        return None
    if not subject.startswith(HOST + "/"):
        if (subject.startswith("http") and _ELSEWHERE.fullmatch(subject)) or subject.startswith(_GOODS_URNS):
            return FormatError("gs1.elsewhere", seen=subject, expected=HOST)
        return None
    path = subject[len(HOST) + 1 :].split("/")
    ais, values = path[0::2], path[1::2]
    sequences = _QUALIFIERS.get(ais[0])
    if sequences is None:
        return FormatError("gs1.key", seen=ais[0], uri=subject)
    if not any(_in_order(ais[1:], sequence) for sequence in sequences):
        allowed = " | ".join("/".join((ais[0], *sequence)) for sequence in sequences)
        return FormatError("gs1.qualifier", seen="/".join(ais), expected=allowed, uri=subject)
    for ai, value in zip(ais, values, strict=False):
        problem = _value_problem(ai, value, subject)
        if problem is not None:
            return problem
    return None


def _in_order(found: list[str], sequence: tuple[str, ...]) -> bool:
    """Whether the qualifiers found are some of the sequence, in its order and each once."""
    rest = iter(sequence)
    return all(ai in rest for ai in found)


def _value_problem(ai: str, value: str, subject: str) -> FormatError | None:
    text = unquote(value, errors="replace")
    if _VALUES[ai].fullmatch(text) is None:
        return FormatError("gs1.value", seen=text, ai=ai, uri=subject)
    if encode_value(text) != value:
        return FormatError("gs1.encoding", seen=value, expected=encode_value(text), uri=subject)
    if ai in _CHECKED:
        digits = text[_CHECKED[ai]]
        right = check_digit(digits[:-1])
        if digits[-1] != right:
            return FormatError("gs1.check_digit", seen=digits, expected=digits[:-1] + right)
    return None


def _checked(digits: str) -> str:
    """``digits`` if the last is their check digit."""
    right = check_digit(digits[:-1])
    if digits[-1] != right:
        raise FormatError("gs1.check_digit", seen=digits, expected=digits[:-1] + right)
    return digits


def _fixed(text: str, length: int, code: str) -> str:
    if type(text) is not str or len(text) != length or _DIGITS.fullmatch(text) is None:
        raise FormatError(code, seen=text, expected=length)
    return _checked(text)


def _allowed(value: str) -> str:
    if not is_gs1_lot(value):
        raise FormatError("gs1.lot", seen=value)
    return encode_value(value)
