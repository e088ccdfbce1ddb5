"""Subjects, parties and origins: the names of things, in the one spelling the format allows (format v1, section 2).

Two URIs are one subject only if their bytes are equal, so there must be one spelling each; otherwise a failed
inspection hides on another spelling of the lot. A checker refuses any other form and never converts. What GS1 itself
demands of its identifiers (check digits, the order of keys) is `trustledger.gs1`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final

from trustledger.errors import FormatError

MAX_SUBJECT: Final = 512
MAX_PARTY: Final = 255
MAX_ORIGIN: Final = 255
RESERVED: Final = "trustledger:"
"""Scheme of the ledger's own subjects; only authority kinds may name them."""
LEDGER: Final = "trustledger:ledger"
PARTY_PREFIX: Final = "trustledger:party/"

# RFC 3986 characters without "#"; percent-encoding in upper case and never of an unreserved character.
_ENCODED: Final = r"%(?:[0189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[BCDF])"
_PCHAR: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@\[\]]|{_ENCODED})"
_URI: Final = re.compile(rf"[a-z][a-z0-9+.\-]*:(?:{_PCHAR}|[/?])+")
_WEB: Final = re.compile(
    r"(https?)://([a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?)(?::([1-9][0-9]{0,4}))?(/[^?]*)(\?.+)?", re.DOTALL
)
_DOT_SEGMENT: Final = re.compile(r"/\.\.?(?:/|\Z)")
_GS1_PATH: Final = re.compile(r"(?:/(?:01/[0-9]{14}|(?!01/)[0-9]{2,4}/[^/]+))+")
_DEFAULT_PORT: Final = {"http": "80", "https": "443"}
# What most subjects look like. It is in normal form by its very shape, and one match is a third of the work.
_USUAL: Final = re.compile(
    r"https://id\.gs1\.org/01/[0-9]{14}(?:/(?:10|21)/[A-Za-z0-9\-._~]*[A-Za-z0-9\-_~][A-Za-z0-9\-._~]*)?"
)
_ORIGIN: Final = re.compile(r"[\x21-\x2A\x2C-\x7E]{1,255}")


def check_new_subject(uri: str) -> str:
    """As `check_subject`, for one that is not likely to be asked again."""
    if type(uri) is str and len(uri) <= MAX_SUBJECT and _USUAL.fullmatch(uri) is not None:
        return uri
    if type(uri) is not str or not 3 <= len(uri) <= MAX_SUBJECT or _URI.fullmatch(uri) is None:
        raise FormatError("subject.uri", seen=uri)
    if uri.startswith(("http:", "https:")):
        _check_web(uri)
    return uri


@lru_cache(maxsize=65_536)
def check_subject(uri: str) -> str:
    """The URI itself, if it is in normal form.

    Raises:
        FormatError: Any other spelling; the error says which rule it breaks.
    """
    return check_new_subject(uri)


def _check_web(uri: str) -> None:
    match = _WEB.fullmatch(uri)
    if match is None and _WEB.fullmatch(uri + "/") is not None:
        _check_web(uri + "/")  # says what else is wrong
        raise FormatError("subject.no_path", seen=uri, expected=uri + "/")
    if match is None:
        raise FormatError("subject.web", seen=uri)
    scheme, host, port, path, query = match.groups()
    if port is not None and (int(port) > 65_535 or port == _DEFAULT_PORT[scheme]):
        raise FormatError("subject.port", seen=uri)
    if _DOT_SEGMENT.search(path):
        raise FormatError("subject.dot_segment", seen=uri)
    if host == "id.gs1.org" and (scheme != "https" or port or query or _GS1_PATH.fullmatch(path) is None):
        raise FormatError("subject.gs1", seen=uri)


def check_party(uri: str) -> str:
    """A party's URI: normal form without ``+``, at most 255 bytes, not of scheme ``trustledger`` (section 3).

    Raises:
        FormatError: Otherwise. Key names in signed notes cannot hold ``+``, and they are party URIs.
    """
    if type(uri) is not str:
        raise FormatError("subject.party", seen=uri)
    check_subject(uri)
    if len(uri) > MAX_PARTY or "+" in uri or uri.startswith(RESERVED):
        raise FormatError("subject.party", seen=uri)
    return uri


def check_origin(origin: str) -> str:
    """A ledger's origin: 1 to 255 bytes of ASCII 0x21 to 0x7E without ``+`` (section 3).

    Raises:
        FormatError: Otherwise.
    """
    if type(origin) is not str or _ORIGIN.fullmatch(origin) is None:
        raise FormatError("subject.origin", seen=origin)
    return origin


@lru_cache(maxsize=65_536)
def subject_hash(uri: str) -> bytes:
    """SHA-256 of a subject's bytes: the key of its chain (section 4)."""
    return sha256(uri.encode("ascii")).digest()


def subject_hashes(uris: Sequence[str]) -> tuple[bytes, ...]:
    """`subject_hash` of each subject of a record.

    The first is mostly a lot that nobody has named before, so looking for it costs more than hashing it.
    """
    return (sha256(uris[0].encode("ascii")).digest(), *map(subject_hash, uris[1:]))


def party_subject(party: str) -> str:
    """The reserved subject under which a party's keys and roles stand (section 4, genesis and authority).

    Raises:
        FormatError: Not a party's URI.
    """
    return PARTY_PREFIX + check_party(party)
