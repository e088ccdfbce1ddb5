"""What a kind of record means, as a value anyone can read.

A `KindSpec` says which fields make two records the same business fact, which values may stay private, and
which lots a record names. It is data rather than code, so that an auditor can print it, and it needs no
pydantic. Its methods read *decoded records*, which may come from a writer who checked nothing: what is
missing or of another type is passed over.

Paths are JSON Pointers (RFC 6901) into ``data``; in a pattern ``*`` stands for any one step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, TypeGuard

from trustledger.errors import FormatError
from trustledger.subject import PARTY_PREFIX

RANDOM_URN: Final = re.compile(
    r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
"""A UUID of version 4 (RFC 9562, section 5.4) in lower case: how people and their orders are named."""
WHOLE_CONTENT: Final = None
"""The business key of a kind without one: only records that are equal throughout are the same fact."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_.\-]{0,63}")

Steps = tuple[str, ...]


class Lots(NamedTuple):
    """The lots and items a record names in its data, each group in the order of the data.

    Attributes:
        inputs: Consumed by the step; the outputs are made from them.
        outputs: Made by the step.
        touched: Named without being used up: moved, seen, recalled.
    """

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()


NO_LOTS: Final = Lots()


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of record.

    Attributes:
        name: ``[a-z][a-z0-9_.-]{0,63}``; a name without a dot is this project's, others need a dot (format,
            section 2).
        title: What people call it: ``{"en": …, "zh": …}``.
        business_key: Its parts in order, or None for the whole content. A part is ``"subject"``,
            ``"occurred_at"`` or a pointer into data. ``"/run|/document"`` takes the first that is there; a
            ``|`` at the end lets the part be empty. If a part that may not be empty is missing, the whole
            content is the key.
        sealable: Patterns of the values that may stay private. Never part of the business key.
        salted: The record gets a salt, because its content could be guessed from its hash (format, section
            2).
        signed_by: Roles that usually sign it, for help texts.
        inputs: Patterns of lots consumed.
        outputs: Patterns of lots made.
        touched: Patterns of lots named otherwise.
        named: Patterns of other subjects that the data names, in whose chains the record stands too: the product of
            an order's line, the merchant of a listing. They are no goods that this step moved.
        guest_keys: Pattern of self-signed key notes that the record enrols, each for a guest under whose reserved
            subject it stands; or empty.
        about: What the primary subject must be: ``"order"`` (a random ``urn:uuid``) or ``"product"``; or empty.
        private_with: Pointer of a field, or empty; where a row has it and says nothing about sealing, `private` is
            sealed.
        private: Patterns of the values that are sealed then. A row that names what to seal, or an empty list, decides
            for itself.
        file_hash: Pointer of a file's hash that may be left out only if the record carries evidence; or
            empty.

    Raises:
        FormatError: ``kinds.name`` or ``kinds.key_sealable``.
    """

    name: str
    title: Mapping[str, str]
    business_key: tuple[str, ...] | None = WHOLE_CONTENT
    sealable: tuple[str, ...] = ()
    salted: bool = False
    signed_by: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    guest_keys: str = ""
    about: Literal["", "order", "product"] = ""
    private_with: str = ""
    private: tuple[str, ...] = ()
    file_hash: str = ""
    _key: tuple[tuple[tuple[Steps, ...], bool], ...] = field(init=False, repr=False, compare=False)
    _plain_key: tuple[str | None, ...] = field(init=False, repr=False, compare=False)
    _lots: tuple[tuple[Steps, ...], ...] = field(init=False, repr=False, compare=False)
    _lot_roots: frozenset[str] = field(init=False, repr=False, compare=False)
    _named: tuple[Steps, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or _NAME.fullmatch(self.name) is None:
            raise FormatError("kinds.name", seen=self.name)
        key = tuple(_key_part(part) for part in self.business_key or ())
        lots = tuple(tuple(map(steps_of, group)) for group in (self.inputs, self.outputs, self.touched))
        for choices, _ in (*key, _EVENT):
            for steps in choices:
                if any(overlaps(steps, steps_of(pattern)) for pattern in self.sealable):
                    raise FormatError("kinds.key_sealable", seen=pointer_of(steps), kind=self.name)
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "_plain_key", _plain_key(key))
        object.__setattr__(self, "_lots", lots)
        object.__setattr__(self, "_named", tuple(map(steps_of, self.named)))
        object.__setattr__(self, "_lot_roots", frozenset(steps[0] for group in lots for steps in group))

    def business_key_of(
        self, primary_subject: str, occurred_at: int, data: Mapping[str, Any]
    ) -> tuple[str, ...] | None:
        """What makes this record the same business fact as another of its kind and signer.

        Args:
            primary_subject: The record's first subject.
            occurred_at: Milliseconds since the epoch.
            data: The record's data.

        Returns:
            The parts as strings; None if only a record with equal content is the same fact. A record made
            from an EPCIS event is a part of that event, whatever its kind: ``(event, number of the part)``.
        """
        event = data.get("event")
        if type(event) is str:
            return event, _text_at(data, ("part", "number")) or "1"
        if not self._key:
            return None
        if self._plain_key:
            texts = [primary_subject if name is None else data.get(name) for name in self._plain_key]
            if _all_texts(texts):
                return tuple(texts)
        found = []
        for choices, may_be_empty in self._key:
            text = ""
            for steps in choices:
                if steps == _SUBJECT:
                    text = primary_subject
                elif steps == _OCCURRED_AT:
                    text = str(occurred_at)
                else:
                    text = _text_at(data, steps)
                if text:
                    break
            if not text and not may_be_empty:
                return None
            found.append(text)
        return tuple(found)

    def may_seal(self, pointer: str) -> bool:
        """Whether the value at ``pointer`` may be sealed in a record of this kind."""
        steps = steps_of(pointer)
        return any(_matches(steps, steps_of(pattern)) for pattern in self.sealable)

    def sealed_unasked(self, data: Any) -> tuple[str, ...]:
        """Pointers of the values in a row's data that are private unless the row says otherwise."""
        if not self.private_with or not any(_places(data, steps_of(self.private_with), ())):
            return ()
        found = (at for pattern in self.private for at in _places(data, steps_of(pattern), ()))
        return tuple(map(pointer_of, found))

    def lots(self, data: Mapping[str, Any]) -> Lots:
        """The lots that ``data`` names, for tracing and for a record's subjects."""
        if self._lot_roots.isdisjoint(data):
            return NO_LOTS
        return Lots(
            *(tuple(uri for steps in group for uri in _strings_at(data, steps)) for group in self._lots)
        )

    def named_in(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """The subjects that ``data`` names besides lots, in the order of the patterns."""
        return tuple(uri for steps in self._named for uri in _strings_at(data, steps))

    def guests(self, data: Any) -> tuple[str, ...]:
        """The reserved subjects of the guests whose keys ``data`` enrols. The notes are not checked here."""
        if not self.guest_keys:
            return ()
        notes = _strings_at(data, steps_of(self.guest_keys))
        names = (note[:_NOTE_HEAD].partition("\n")[2].partition("+")[0] for note in notes)
        return tuple(PARTY_PREFIX + name for name in names if RANDOM_URN.fullmatch(name))


_NOTE_HEAD: Final = 128
"""Characters of a key note within which a guest's name stands: a line of header, and a ``urn:uuid``."""
_SUBJECT: Final[Steps] = ("@subject",)
_OCCURRED_AT: Final[Steps] = ("@occurred_at",)
_ENVELOPE: Final = {"subject": _SUBJECT, "occurred_at": _OCCURRED_AT}
"""Key parts that stand outside data."""
_EVENT: Final = ((("event",), ("part",)), False)
"""What is the business key of a record made from an EPCIS event."""


def steps_of(pointer: str) -> Steps:
    """The steps of a JSON Pointer (RFC 6901): ``"/a~1b/0"`` → ``("a/b", "0")``."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def pointer_of(steps: Steps) -> str:
    """The JSON Pointer of some steps."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def overlaps(one: Steps, other: Steps) -> bool:
    """Whether one of two patterns is, step by step, the beginning of the other (or both are equal)."""
    return all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=False))


def _key_part(part: str) -> tuple[tuple[Steps, ...], bool]:
    """A part of a business key: the places to look in, in order, and whether it may be empty."""
    names = part.split("|")
    choices = tuple(_ENVELOPE.get(name) or steps_of(name) for name in names if name)
    return choices, names[-1] == ""


def _plain_key(key: tuple[tuple[tuple[Steps, ...], bool], ...]) -> tuple[str | None, ...]:
    """A key whose parts are all the subject (None here) or one field each, which is looked up at once; else empty."""
    names: list[str | None] = []
    for choices, _ in key:
        if len(choices) != 1 or len(choices[0]) != 1 or choices[0] == _OCCURRED_AT:
            return ()
        names.append(None if choices[0] == _SUBJECT else choices[0][0])
    return tuple(names)


def _all_texts(values: list[Any]) -> TypeGuard[list[str]]:
    for value in values:  # noqa: SIM110  (as a generator it took a microsecond of a record's fifteen)
        if type(value) is not str or not value:
            return False
    return True


def _matches(steps: Steps, pattern: Steps) -> bool:
    return len(steps) == len(pattern) and all(p in ("*", s) for s, p in zip(steps, pattern, strict=True))


def _text_at(data: Mapping[str, Any], steps: Steps) -> str:
    """The str or int at some steps through maps, as text; empty if there is none."""
    value: Any = data
    for step in steps:
        if not isinstance(value, Mapping):
            return ""
        value = value.get(step)
    if type(value) is str:
        return value
    return str(value) if type(value) is int else ""


def _places(value: Any, steps: Steps, at: Steps) -> Iterator[Steps]:
    """All places that a pattern reaches and that hold something."""
    if not steps:
        if value is not None:
            yield at
    elif steps[0] == "*":
        for number, member in enumerate(value if isinstance(value, list) else ()):
            yield from _places(member, steps[1:], (*at, str(number)))
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _places(value[steps[0]], steps[1:], (*at, steps[0]))


def _strings_at(value: Any, steps: Steps) -> Iterator[str]:
    """All strings that a pattern reaches; whatever has another shape is passed over."""
    if not steps:
        if type(value) is str:
            yield value
    elif steps[0] == "*":
        for member in value if isinstance(value, list) else ():
            yield from _strings_at(member, steps[1:])
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _strings_at(value[steps[0]], steps[1:])
