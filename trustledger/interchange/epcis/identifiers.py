"""EPC URNs and Digital Links on any host → the one spelling that a subject has here.

A thing must have one name, or a failed inspection hides on another spelling of the lot. GS1 keys become
Digital Links on https://id.gs1.org (GS1 Digital Link URI Syntax 1.6; for the URNs, EPC Tag Data Standard 2.0,
section 7; check digits are computed, since URNs leave them out). Any other URI stays what it is, in the
nearest correct percent-encoding.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote, unquote_to_bytes

from trustledger.errors import FormatError
from trustledger.gs1 import HOST, check_digit, digital_link_problem, encode_value
from trustledger.subject import RESERVED, check_subject

_URN: Final = re.compile(r"urn:epc:(id|class|idpat):([a-z]+):(.+)", re.IGNORECASE | re.DOTALL)
_WEB: Final = re.compile(r"(https?)://([^/?#@\s]+)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
_OURS: Final = HOST + "/"
_UUID: Final = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_PERCENT: Final = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9\-._~]")
_KEPT: Final = "!$&'()*+,;=:@[]/?%-._~"
"""What RFC 3986 lets stand in a URI as it is; ``#`` is encoded, because a subject has no fragment."""


class _Scheme(NamedTuple):
    """How an EPC URN becomes the path of a Digital Link.

    Attributes:
        ai: The primary key.
        digits: How many digits company prefix and reference have together; 0: the reference is free text.
        lead: The reference's first digit (indicator, extension) goes before the company prefix.
        tail: AI of what stands after the reference, "" if it is appended to the key, None if there is
            nothing.
        middle: Two-digit parts between the reference and the tail (piece and total of an ITIP).
        zero: Written before the company prefix.
    """

    ai: str
    digits: int
    lead: bool = False
    tail: str | None = None
    middle: int = 0
    zero: str = ""
    checked: bool = True


_SCHEMES: Final = {
    "sgtin": _Scheme("01", 13, lead=True, tail="21"),
    "lgtin": _Scheme("01", 13, lead=True, tail="10"),
    "upui": _Scheme("01", 13, lead=True, tail="235"),
    "itip": _Scheme("8006", 13, lead=True, tail="21", middle=2),
    "sscc": _Scheme("00", 17, lead=True),
    "gsrn": _Scheme("8018", 17),
    "gsrnp": _Scheme("8017", 17),
    "gsin": _Scheme("402", 16),
    "sgln": _Scheme("414", 12, tail="254"),
    "pgln": _Scheme("417", 12),
    "gdti": _Scheme("253", 12, tail=""),
    "sgcn": _Scheme("255", 12, tail=""),
    "grai": _Scheme("8003", 12, tail="", zero="0"),
    "cpi": _Scheme("8010", 0, tail="8011", checked=False),
    "giai": _Scheme("8004", 0, checked=False),
    "ginc": _Scheme("401", 0, checked=False),
}
_CLASSES: Final = frozenset({"lgtin"})
"""Schemes of ``urn:epc:class``; all others are of ``urn:epc:id``, and of ``urn:epc:idpat`` for "any of
these"."""

_NAMES: Final = {
    "gtin": "01", "itip": "8006", "cpid": "8010", "gln": "414", "payto": "415", "party": "417",
    "gsrnp": "8017", "gsrn": "8018", "gcn": "255", "sscc": "00", "gdti": "253", "ginc": "401", "gsin": "402",
    "grai": "8003", "giai": "8004", "gmn": "8013", "cpv": "22", "lot": "10", "ser": "21", "tpx": "235",
    "ext": "254",
}  # fmt: skip
"""Names that Digital Link 1.0 allowed in place of the numbers and that are still printed on goods."""
_QUALIFIERS: Final = {
    "01": ("22", "10", "21", "235"),
    "414": ("254", "7040"),
    "415": ("8020",),
    "417": ("7040",),
    "8004": ("7040",),
    "8006": ("22", "10", "21"),
    "8010": ("8011",),
    "8017": ("8019",),
    "8018": ("8019",),
}
"""What may follow a key, in its order."""
_SHAPES: Final = {
    ai: re.compile(pattern, re.ASCII)
    for ai, pattern in {
        "00": r"\d{18}", "01": r"\d{8}|\d{12,14}", "253": r"\d{13}.*", "255": r"\d{13,25}", "402": r"\d{17}",
        "414": r"\d{13}", "415": r"\d{13}", "417": r"\d{13}", "8003": r"0\d{13}.*", "8006": r"\d{18}",
        "8017": r"\d{18}", "8018": r"\d{18}", "401": ".+", "8004": ".+", "8010": ".+", "8013": ".+",
    }.items()
}  # fmt: skip
_FREE: Final = frozenset({"401", "8004", "8010", "8013"})
"""Keys without a check digit of their own: believed on GS1's hosts only; elsewhere ``/401/x`` may be
anything."""
_UNMISTAKABLE: Final = frozenset({"00", "01", "414", "417"})
"""Keys whose wrong check digit is an error on any host; on others, the URI is taken for one that is not
GS1's."""


@lru_cache(maxsize=65_536)
def canonical(uri: str) -> str:
    """The normal form of an identifier.

    Args:
        uri: An EPC URN, a Digital Link on any host, or any other URI.

    Returns:
        A subject in normal form, never of scheme ``trustledger``.

    Raises:
        FormatError: ``epcis.urn``, ``epcis.uri`` or one of ``gs1.*`` and ``subject.*``: there is no such
            form.
    """
    if uri.startswith(_OURS) and digital_link_problem(uri) is None:
        return check_subject(uri)  # the usual case, and the cheapest
    uri = uri.strip()
    link = _from_urn(uri) or _from_link(uri)
    if link:
        return check_subject(link)
    made = _other(uri)
    problem = digital_link_problem(made)  # such as an EPC URN with nothing after its scheme
    if problem is not None:
        raise problem
    return made


def says_more(uri: str) -> bool:
    """Whether an identifier holds more than its normal form keeps: a Digital Link's query or fragment."""
    return "?" in uri or "#" in uri


def _from_urn(uri: str) -> str | None:
    """The Digital Link of an EPC URN; None for other URIs and keys that are not GS1's (bic, usdod …)."""
    match = _URN.fullmatch(uri)
    scheme = _SCHEMES.get(match[2].lower()) if match else None
    if match is None or scheme is None:
        return None
    space = match[1].lower()
    parts = match[3].split(".", 1 + scheme.middle + (scheme.tail is not None))
    if len(parts) != 2 + scheme.middle + (scheme.tail is not None):
        raise FormatError("epcis.urn", seen=uri)
    if (match[2].lower() in _CLASSES) != (space == "class") or not _digits_fit(parts, scheme):
        raise FormatError("epcis.urn", seen=uri)
    any_of_these = space == "idpat" and parts[-1] == "*"
    if scheme.tail and not parts[-1]:
        raise FormatError("epcis.urn", seen=uri)
    path = _path(parts, scheme, "" if any_of_these or scheme.tail is None else _encoded(parts[-1], uri))
    return _valid(f"{HOST}/{path}")


def _digits_fit(parts: list[str], scheme: _Scheme) -> bool:
    fixed = [parts[0], *parts[2 : 2 + scheme.middle]]
    if scheme.digits:
        fixed.append(parts[1])
        if len(parts[0]) + len(parts[1]) != scheme.digits or (scheme.lead and not parts[1]):
            return False
    return all(not part or (part.isascii() and part.isdecimal()) for part in fixed) and bool(parts[0])


def _path(parts: list[str], scheme: _Scheme, tail: str) -> str:
    prefix, reference = parts[0], parts[1]
    if not scheme.checked:
        key = prefix + _encoded(reference, reference)
    else:
        digits = reference[0] + prefix + reference[1:] if scheme.lead else prefix + reference
        key = scheme.zero + digits + check_digit(digits) + "".join(parts[2 : 2 + scheme.middle])
    if not scheme.tail:
        return f"{scheme.ai}/{key}{tail}"
    if not tail or (scheme.ai == "414" and tail == "0"):  # an SGLN's extension 0 says that there is none
        return f"{scheme.ai}/{key}"
    return f"{scheme.ai}/{key}/{scheme.tail}/{tail}"


def _from_link(uri: str) -> str | None:
    """The canonical form of a Digital Link on any host; None if no GS1 key stands in the path."""
    match = _WEB.fullmatch(uri)
    if match is None:
        return None
    host, path = match[2].lower(), match[3]
    theirs = host == "id.gs1.org" or host.startswith("id.gs1.")
    segments = path.strip("/").split("/")
    for start in range(len(segments) - 1):
        ai = _NAMES.get(segments[start].lower(), segments[start])
        shape = _SHAPES.get(ai)
        if shape and shape.fullmatch(segments[start + 1]) and (theirs or ai not in _FREE):
            return _relinked(ai, segments[start + 1 :], uri, strict=theirs or ai in _UNMISTAKABLE)
    return None


def _relinked(ai: str, rest: list[str], uri: str, *, strict: bool) -> str | None:
    """Key and qualifiers in GS1's order; what is invalid is an error if ``strict``, else another URI."""
    key = rest[0].zfill(14) if ai == "01" else _encoded(rest[0], uri)
    names = [_NAMES.get(name.lower(), name) for name in rest[1::2]]
    order = _QUALIFIERS.get(ai, ())
    try:
        if len(names) != len(set(names)) or len(rest) % 2 == 0 or not set(names) <= set(order):
            raise FormatError("epcis.link", seen=uri)  # noqa: TRY301  (lenient links end here too)
        values = dict(zip(names, rest[2::2], strict=True))
        tail = "".join(f"/{name}/{_encoded(values[name], uri)}" for name in order if name in values)
        return _valid(f"{HOST}/{ai}/{key}{tail}")
    except FormatError:
        if strict:
            raise
        return None


def _valid(link: str) -> str:
    problem = digital_link_problem(link)
    if problem is not None:
        raise FormatError(problem.code, **problem.facts)
    return link


def _encoded(text: str, uri: str) -> str:
    """One part in the percent-encoding that all GS1 values have here."""
    try:
        return encode_value(unquote_to_bytes(text).decode("utf-8"))
    except UnicodeError:
        raise FormatError("epcis.uri", seen=uri) from None


def _other(uri: str) -> str:
    """Any other URI: as it is if it is in normal form, else the nearest correct percent-encoding."""
    scheme = _SCHEME.match(uri)
    if scheme is None or uri[: scheme.end()].lower() == RESERVED:
        raise FormatError("epcis.uri", seen=uri)
    if _UUID.fullmatch(uri):
        return uri.lower()
    try:
        return check_subject(uri)
    except FormatError:
        pass
    web = _WEB.fullmatch(uri)
    if web:
        port = {"http": ":80", "https": ":443"}[web[1].lower()]
        host = web[2].lower().removesuffix(port)
        query = web[4] if web[4] and len(web[4]) > 1 else ""
        uri = f"{web[1].lower()}://{host}{_percent(web[3] or '/')}{_percent(query + (web[5] or ''))}"
    else:
        uri = uri[: scheme.end()].lower() + _percent(uri[scheme.end() :])
    return check_subject(uri)


def _percent(text: str) -> str:
    """Percent-encoding in normal form (RFC 3986, 6.2.2); a ``%`` that encodes nothing becomes ``%25``."""
    try:
        return _PERCENT.sub(_one, quote(text, safe=_KEPT))
    except UnicodeError:
        raise FormatError("epcis.uri", seen=text) from None


def _one(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else match[0].upper()
