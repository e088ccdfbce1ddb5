"""Which subject a person means: a URI as typed or pasted, what the screen shows, or a lot number alone.

Equal subjects have equal bytes, so what people type is brought into every normal form it can stand for, and the
ledger says which of them it knows. Nothing here decides what is *recorded*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final
from urllib.parse import quote

from trustledger import FormatError, Ledger
from trustledger.gs1 import HOST, encode_value, gtin14, lot_of_party, lot_uri, product_uri
from trustledger.ledger.reader import Reader
from trustledger.subject import check_party, check_subject
from trustledger_cli.render.records import PARTS

_GTIN: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_WEB: Final = re.compile(r"(https?)://([^/?#]+)(.*)", re.IGNORECASE | re.DOTALL)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_TRIPLET: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_PATH: Final = "/?!$&'()*+,;=:@[]-._~%"
_PORTS: Final = {"http": ":80", "https": ":443"}
_OWN_GTIN: Final = re.compile(r"([0-9]{14})/(.+)", re.DOTALL)
_LISTED: Final = 10
"""Subjects that an error lists when a name means several."""


def find_subject(ledger: Ledger, text: str, lot: str | None = None) -> str:
    """The subject that some words mean.

    Args:
        ledger: Knows which of the possible names stand in it.
        text: A URI, with or without its scheme, in any encoding; a GTIN; or a lot number. With ``lot`` a GTIN or
            a party.
        lot: A lot number.

    Returns:
        The one that the ledger knows; if it knows none, the likeliest spelling.

    Raises:
        FormatError: The words can mean nothing, or (``cli.several``) the ledger knows several such subjects.
    """
    with ledger.reading() as reader:
        if lot is None and _is_subject(text) and _knows(reader, text):
            return text  # the very spelling of a subject means that subject
        possible = dict.fromkeys(_candidates(reader, text, lot))
        known = [uri for uri in possible if _knows(reader, uri)]
    if len(known) > 1:
        listed = [*known[:_LISTED], "…"] if len(known) > _LISTED else known
        name = text if lot is None else f"{text} {lot}"
        raise FormatError("cli.several", seen=name, count=len(known), expected=", ".join(listed))
    if known:
        return known[0]
    likeliest = next(iter(possible), None)
    if likeliest is None or (lot is None and not _names_itself(text)):
        raise FormatError("cli.reference" if lot is None else "cli.lot", seen=text, lot=lot or "")
    return likeliest


def typed_uri(text: str) -> str:
    """A URI as people type or paste it, in normal form as far as that can be said (RFC 3986 §6.2, RFC 3987 §3.1).

    A bare address gets its ``/``, scheme and host lower case, a default port goes, and whatever may not stand in a
    URI is percent-encoded, ``#`` too, for no subject has a fragment. A URI that is in normal form stays as it is.
    """
    with suppress(FormatError):
        return check_subject(text)
    web = _WEB.fullmatch(text)
    if web is None:
        return _encoded(text)
    scheme, host = web[1].lower(), web[2].lower()
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    host = host.removesuffix(_PORTS[scheme])
    path = _encoded(web[3])
    return f"{scheme}://{host}{path if path.startswith('/') else '/' + path}"


def _candidates(reader: Reader, text: str, lot: str | None) -> Iterator[str]:
    """Everything the words can stand for, the likeliest first."""
    if lot is not None:
        yield from _lots(reader, text, lot)
    elif _GTIN.fullmatch(text) is not None:
        yield from _product_or_lot(reader, text)
    elif _SCHEME.match(text) is not None and "://" in text:
        yield check_subject(typed_uri(text))
        yield from _own(reader, text.partition("://")[2])
    elif _SCHEME.match(text) is not None:
        yield check_subject(typed_uri(text))
    else:
        yield from _shown(reader, text)


def _product_or_lot(reader: Reader, text: str) -> Iterator[str]:
    """A GTIN, or a lot whose number has as many digits, such as the day ``20261001``."""
    wrong: FormatError | None = None
    try:
        yield product_uri(text)
    except FormatError as error:
        wrong = error
    lots = [uri for uri in _shown(reader, text) if _knows(reader, uri)]
    yield from lots
    if wrong is not None and not lots:
        raise wrong


def _lots(reader: Reader, text: str, lot: str) -> Iterator[str]:
    """A GTIN and a lot number, or a party and a lot number."""
    if _SCHEME.match(text) is not None:
        yield lot_of_party(check_party(typed_uri(text)), lot)
        return
    gtin14(text)  # says what is wrong with it
    with suppress(FormatError):
        yield lot_uri(text, lot)
    for party in reader.parties():
        with suppress(FormatError):
            yield lot_of_party(party.uri, lot, text)


def _shown(reader: Reader, text: str) -> Iterator[str]:
    """What the screen shows, which leaves out schemes, hosts and percent-encoding; or a lot number alone."""
    yield from filter(_is_subject, _gs1_shown(text))
    yield from _own(reader, text)
    if "/" in text or "." in text:
        yield from filter(_is_subject, (typed_uri(f"{scheme}://{text}") for scheme in ("https", "http")))
    for party in reader.parties():
        with suppress(FormatError):
            yield lot_of_party(party.uri, text)


def _own(reader: Reader, text: str) -> Iterator[str]:
    """``farm.example/lot/原奶 1``: a lot of a party's own, as the screen shows it."""
    for party in reader.parties():
        shown = party.uri.partition("://")[2].rstrip("/") + "/lot/"
        if not text.startswith(shown):
            continue
        with suppress(FormatError):
            yield lot_of_party(party.uri, text[len(shown) :])
        with_gtin = _OWN_GTIN.fullmatch(text[len(shown) :])
        if with_gtin is not None:
            with suppress(FormatError):
                yield lot_of_party(party.uri, with_gtin[2], with_gtin[1])


def _gs1_shown(text: str) -> Iterator[str]:
    """``09506000134352 · lot LOT-7``, in either language."""
    uris = [HOST]
    for part in text.split(" · "):
        found = [
            f"/{ai}/{encode_value(part.removeprefix(word))}"
            for words in PARTS.values()
            for ai, word in words.items()
            if part.startswith(word) and (word or _GTIN.fullmatch(part))
        ]
        uris = [uri + step for uri in uris for step in dict.fromkeys(found)]
    yield from islice(uris, 8)


def _knows(reader: Reader, uri: str) -> bool:
    """Whether something stands about a subject, or it is a party."""
    if reader.chain_length(uri):
        return True
    with suppress(FormatError):
        return reader.party(check_party(uri)) is not None
    return False


def _is_subject(uri: str) -> bool:
    try:
        check_subject(uri)
    except FormatError:
        return False
    return True


def _names_itself(text: str) -> bool:
    """Whether a word is a name even where nobody knows it: a URI, or a GTIN. A lot number alone is not."""
    return _SCHEME.match(text) is not None or _GTIN.fullmatch(text) is not None


def _encoded(text: str) -> str:
    """Percent-encoded where it has to be and nowhere else; what is encoded already stays so."""
    text = _TRIPLET.sub(_triplet, unicodedata.normalize("NFC", text))
    text = re.sub(r"%(?![0-9A-F]{2})", "%25", text)
    return quote(text, safe=_IN_PATH)


def _triplet(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number in _UNRESERVED else f"%{found[1].upper()}"
