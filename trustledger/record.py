"""Records: what a party says about subjects (format v1, section 2).

A record is bytes first. `parse_record` turns stored or received bytes into one of three values: a `Record`, a
`Withheld` stand-in for a record whose bytes were erased, or a `NewerRecord` from a later version of the format, which
still has a place in the chains. A `Draft` is a record that nobody has signed yet; `finish_draft` gives it salts and
commitments and makes the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from trustledger.encoding import MAX_INT, MAX_RECORD, check_time, decode, encode, encode_plain, is_plain
from trustledger.errors import FormatError, NewerFormatError
from trustledger.gs1 import product_of_plain_lot
from trustledger.subject import check_subject, subject_hashes

VERSION: Final = 1
MAX_SUBJECTS: Final = 256
SALT_BYTES: Final = 16
_SALT_SIZES: Final = (0, SALT_BYTES)
_KIND: Final = re.compile(r"[a-z][a-z0-9_.\-]{0,63}")
_STR_8: Final = 0xD9
"""MessagePack's byte before a str whose length takes a byte of its own."""
_SEAL_TAG: Final = b"\x03"
_EVIDENCE_KEYS: Final = ("media_type", "name", "sha256", "size")
_BAD_ESCAPE: Final = re.compile(r"~(?![01])")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file kept elsewhere, such as a lab report.

    Attributes:
        media_type: IANA media type; may be empty.
        name: File name without directories, at most 255 bytes; may be empty.
        sha256: SHA-256 of the file, 32 bytes.
        size: Bytes of the file.
    """

    media_type: str
    name: str
    sha256: bytes
    size: int


class _Checked:
    """Holds what is no field of a draft: `dataclasses.replace`, copies and pickles leave it behind."""

    __slots__ = ("checked_by",)


@dataclass(frozen=True, slots=True)
class Draft(_Checked):
    """A record that nobody has signed yet.

    `trustledger.kinds.Kinds.draft` makes drafts, and notes in ``checked_by`` the kind that it held them to. One that
    was made in another way is held to its kind before it is appended. Do not write into the data of a draft: make
    another one.

    Attributes:
        kind: Name of the kind.
        occurred_at: Milliseconds since 1970-01-01T00:00:00Z, as the party claims it.
        subjects: 1 to 256 URIs in normal form; the first is what the record is about, the others ascend.
        data: The kind's fields as canonical values.
        seal: JSON Pointer → private value; these are not in ``data``.
        evidence: Files kept elsewhere.
        salted: Whether the record gets 16 random bytes, so that its hash does not betray its content.
        business_key: What makes another record the same business fact; None stands for the whole content.
    """

    kind: str
    occurred_at: int
    subjects: tuple[str, ...]
    data: Mapping[str, Any]
    seal: Mapping[str, Any] = field(default_factory=dict, repr=False)
    evidence: tuple[Evidence, ...] = ()
    salted: bool = False
    business_key: tuple[str, ...] | None = None


def mark_checked(draft: Draft, kind: object) -> Draft:
    """Note that a draft is what a kind allows. Only `trustledger.kinds` may say so."""
    object.__setattr__(draft, "checked_by", kind)
    return draft


@dataclass(frozen=True, slots=True)
class Record:
    """A record of version 1, as its bytes say; who signed it and where it stands is known elsewhere."""

    kind: str
    occurred_at: int
    subjects: tuple[str, ...]
    data: dict[str, Any]
    sealed: dict[str, bytes]
    evidence: tuple[Evidence, ...]
    salt: bytes
    raw: bytes = field(repr=False)

    @property
    def hash(self) -> bytes:
        """SHA-256(0x00 ‖ record bytes): the RFC 9162 leaf hash."""
        return sha256(b"\x00" + self.raw).digest()

    @property
    def subject_hashes(self) -> tuple[bytes, ...]:
        """The keys of the chains in which this record stands, in the record's order."""
        return subject_hashes(self.subjects)


@dataclass(frozen=True, slots=True)
class Withheld:
    """Stands for a record whose bytes were erased: its hash and its subjects' hashes are still proven."""

    hash: bytes
    subject_hashes: tuple[bytes, ...]
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewerRecord:
    """A record of a later version: place, subjects and signer can be checked, its content cannot."""

    version: int
    kind: str
    occurred_at: int
    subjects: tuple[str, ...]
    raw: bytes = field(repr=False)

    @property
    def hash(self) -> bytes:
        """SHA-256(0x00 ‖ record bytes)."""
        return sha256(b"\x00" + self.raw).digest()

    @property
    def subject_hashes(self) -> tuple[bytes, ...]:
        """The keys of the chains in which this record stands."""
        return subject_hashes(self.subjects)


StoredRecord = Record | Withheld | NewerRecord


@dataclass(frozen=True, slots=True)
class Opening:
    """What discloses one sealed value: keep it private, and back it up.

    Attributes:
        pointer: Where the value would stand in the record's data.
        salt: The 16 random bytes of its commitment.
        value: The private value.
    """

    pointer: str
    salt: bytes = field(repr=False)
    value: Any = field(repr=False)


def kind_bytes(raw: bytes) -> bytes:
    """The kind's name in the bytes of a record that is known to be one of version 1, without reading the rest.

    They begin with an array of eight, the version, and a str of at most 64 bytes: one or two bytes of length.
    """
    length = raw[2]
    return raw[4 : 4 + raw[3]] if length == _STR_8 else raw[3 : 3 + (length & 0x1F)]


def check_kind(name: Any) -> str:
    """A kind's name: ``[a-z][a-z0-9_.-]{0,63}``.

    Raises:
        FormatError: Otherwise.
    """
    if type(name) is not str or not _is_kind(name):
        raise FormatError("record.kind", seen=name)
    return name


@lru_cache(maxsize=64)
def _is_kind(name: str) -> bool:
    return _KIND.fullmatch(name) is not None


def check_subjects(subjects: tuple[str, ...]) -> tuple[str, ...]:
    """1 to 256 different subjects in normal form, all but the first ascending.

    Raises:
        FormatError: Otherwise.
    """
    try:
        if subjects and product_of_plain_lot(subjects[0]) is None:
            check_subject(subjects[0])
        for uri in subjects[1:]:
            check_subject(uri)
    except TypeError:  # what is no str, or a list or map among them, which cannot be looked up
        raise FormatError("subject.uri", seen=subjects) from None
    check_order(subjects)
    return subjects


def check_order(subjects: Sequence[str]) -> None:
    """1 to 256 different subjects, all but the first ascending; their form is not looked at.

    Raises:
        FormatError: Otherwise.
    """
    count = len(subjects)
    if not 1 <= count <= MAX_SUBJECTS:
        raise FormatError("record.subject_count", seen=count, expected=MAX_SUBJECTS)
    if count == 1 or (count == 2 and subjects[0] != subjects[1]):
        return
    others = list(subjects[1:])
    if others != sorted(set(others)) or subjects[0] in others:
        raise FormatError("record.subject_order", seen=", ".join(subjects))


def parse_record(raw: bytes) -> StoredRecord:
    """The record that these bytes are.

    Raises:
        FormatError: Not a record of any version.
    """
    return read_record(decode(raw), raw)


def read_record(items: Any, raw: bytes) -> StoredRecord:
    """As `parse_record`, for bytes that were decoded already."""
    if type(items) is not list or not items or type(items[0]) is not int:
        raise FormatError("record.shape", seen=type(items).__name__)
    if items[0] == VERSION:
        return _read_v1(items, raw)
    if items[0] == 0:
        return _read_withheld(items, raw)
    if len(items) < 4 or type(items[3]) is not list:
        raise FormatError("record.shape", seen=items[0])
    return NewerRecord(
        items[0], check_kind(items[1]), check_time(items[2]), check_subjects(tuple(items[3])), raw
    )


def check_v1(items: list[Any]) -> None:
    """The eight elements of a record of version 1 are what section 2 allows; `Record` itself is not built.

    Args:
        items: What canonical bytes decoded to; its first element is 1.

    Raises:
        FormatError: One of them is not.
    """
    if len(items) != 8:
        raise FormatError("record.shape", seen=len(items))
    _, kind, occurred_at, subjects, data, sealed, evidence, salt = items
    if (
        type(subjects) is not list
        or type(data) is not dict
        or type(sealed) is not dict
        or type(evidence) is not list
    ):
        raise FormatError("record.shape", seen=kind)
    if type(salt) is not bytes or len(salt) not in _SALT_SIZES:
        raise FormatError("record.salt", seen=type(salt).__name__)
    check_kind(kind)
    check_time(occurred_at)
    check_subjects(tuple(subjects))
    if sealed:
        check_sealed(sealed, data)
    if evidence:
        for item in evidence:
            _read_evidence(item)


def _read_v1(items: list[Any], raw: bytes) -> Record:
    check_v1(items)
    _, kind, occurred_at, subjects, data, sealed, evidence, salt = items
    files = tuple(map(_read_evidence, evidence)) if evidence else ()
    return Record(kind, occurred_at, tuple(subjects), data, sealed, files, salt, raw)


def _read_withheld(items: list[Any], raw: bytes) -> Withheld:
    if len(items) != 3 or not _is_hash(items[1]) or type(items[2]) is not list:
        raise FormatError("record.withheld", seen=len(items))
    hashes = items[2]
    if (
        not 1 <= len(hashes) <= MAX_SUBJECTS
        or not all(map(_is_hash, hashes))
        or len(set(hashes)) != len(hashes)
    ):
        raise FormatError("record.withheld", seen=len(hashes))
    return Withheld(items[1], tuple(hashes), raw)


def _is_hash(value: Any) -> bool:
    return type(value) is bytes and len(value) == 32


def _read_evidence(item: Any) -> Evidence:
    if type(item) is not dict or tuple(item) != _EVIDENCE_KEYS:
        raise FormatError("record.evidence", seen=item)
    return _check_evidence(Evidence(**item))


def _check_evidence(evidence: Evidence) -> Evidence:
    if type(evidence) is not Evidence:
        raise FormatError("record.evidence", seen=type(evidence).__name__)
    name = evidence.name
    texts = type(evidence.media_type) is str and type(name) is str and is_unicode(name)
    if not texts or "/" in name or "\\" in name or len(name.encode()) > 255:
        raise FormatError("record.evidence", seen=name)
    if not _is_hash(evidence.sha256) or type(evidence.size) is not int or not 0 <= evidence.size <= MAX_INT:
        raise FormatError("record.evidence", seen=name)
    return evidence


def is_unicode(text: str) -> bool:
    """Whether a str is Unicode text: it holds no half of a surrogate pair, which UTF-8 cannot write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def pointer_steps(pointer: Any) -> list[str]:
    """The steps of a JSON Pointer (RFC 6901) with at least one step.

    Raises:
        FormatError: Not a JSON Pointer.
    """
    if type(pointer) is not str or not pointer.startswith("/") or _BAD_ESCAPE.search(pointer):
        raise FormatError("record.pointer", seen=pointer)
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def check_sealed(sealed: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Sealed values stand where nothing stands in ``data``, and none inside another.

    Raises:
        FormatError: A commitment is not 32 bytes, a pointer leads nowhere, or to a place that is taken.
    """
    for pointer, sealed_value in sealed.items():
        steps = pointer_steps(pointer)
        if not _is_hash(sealed_value):
            raise FormatError("record.commitment", at=pointer)
        # That no pointer is the beginning of another follows: what is sealed is absent, so nothing leads through it.
        holder = resolve(data, steps[:-1])
        if type(holder) is not dict or steps[-1] in holder:
            raise FormatError("record.sealed_place", at=pointer)


def resolve(data: Any, steps: list[str]) -> Any:
    """What stands in ``data`` at these JSON Pointer steps, or None. Array steps are decimal without leading zeros."""
    for step in steps:
        if type(data) is dict and step in data:
            data = data[step]
        elif type(data) is list and step.isascii() and step.isdigit() and str(int(step[:9])) == step:
            if int(step) >= len(data):
                return None
            data = data[int(step)]
        else:
            return None
    return data


def commitment(party: str, first_subject: str, opening: Opening) -> bytes:
    """SHA-256(0x03 ‖ canonical([party, first subject, pointer, salt, value])) (section 2, ``sealed``).

    The party and subject are in it so that a seal cannot be copied into another's record.
    """
    parts = [party, first_subject, opening.pointer, opening.salt, opening.value]
    return sha256(_SEAL_TAG + encode(parts)).digest()


def finish_draft(
    draft: Draft, party: str, randomness: Callable[[int], bytes]
) -> tuple[bytes, dict[bytes, Opening]]:
    """Make the bytes of a record.

    Args:
        draft: What to say.
        party: URI of the party that will sign.
        randomness: ``randomness(n)`` gives n fresh random bytes, such as `os.urandom`.

    Returns:
        The record's bytes, and the openings of its sealed values by commitment, which must be kept before the record
        is placed.

    Raises:
        FormatError: The draft does not make a record the format allows.
    """
    check_kind(draft.kind)
    check_time(draft.occurred_at)
    check_subjects(draft.subjects)
    openings: dict[bytes, Opening] = {}
    sealed: dict[str, bytes] = {}
    if draft.seal:
        for pointer in sorted(draft.seal):
            opening = Opening(pointer, randomness(SALT_BYTES), draft.seal[pointer])
            sealed[pointer] = commitment(party, draft.subjects[0], opening)
            openings[sealed[pointer]] = opening
        check_sealed(sealed, draft.data)
    evidence = [_evidence_map(item) for item in draft.evidence] if draft.evidence else []
    salt = randomness(SALT_BYTES) if draft.salted else b""
    items = [1, draft.kind, draft.occurred_at, draft.subjects, draft.data, sealed, evidence, salt]
    # All but the data was checked or made above, and is plain; walking over it again would cost a microsecond.
    raw = encode_plain(items) if is_plain(draft.data, 2) else encode(items)
    if len(raw) > MAX_RECORD:
        raise FormatError("encoding.too_large", seen=len(raw), expected=MAX_RECORD)
    return raw, openings


def _evidence_map(item: Evidence) -> dict[str, Any]:
    _check_evidence(item)
    return {"media_type": item.media_type, "name": item.name, "sha256": item.sha256, "size": item.size}


def withhold(record: StoredRecord) -> bytes:
    """The stand-in ``[0, record hash, [SHA-256(subject), …]]`` for a record whose bytes are to be erased."""
    return encode([0, record.hash, list(record.subject_hashes)])


def refuse_newer(record: StoredRecord) -> Record | Withheld:
    """The record, unless a later version of the format made it.

    Raises:
        NewerFormatError: It did.
    """
    if isinstance(record, NewerRecord):
        raise NewerFormatError("record.newer", seen=record.version, expected=VERSION)
    return record
