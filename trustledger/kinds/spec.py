"""What a kind of record means, as a value anyone can read.

A :class:`KindSpec` says which fields make two records the same business fact, which may stay private, and which lots a
record names. It is data, not code, so that an auditor can print it, and it needs no pydantic. All methods read *decoded
records*, which may come from a writer who checked nothing: what is missing or of another type is passed over.

Paths are JSON Pointers (RFC 6901) into ``data``; ``*`` stands for any one step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

WHOLE_CONTENT: Final = None
"""The business key of a kind without one: only records that are equal throughout are the same fact."""


class Lots(NamedTuple):
    """The lots and items a record names in its data, each group in the order of the data.

    Attributes:
        inputs: Consumed by the step; they are what the outputs are made from.
        outputs: Made by the step.
        touched: Moved, seen, recalled: named without being used up.
    """

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of record.

    Attributes:
        name: ``[a-z][a-z0-9_.-]{0,63}``; a name without a dot is this project's, others need a dot (format §2).
        title: What people call it: ``{"en": …, "zh": …}``.
        business_key: Its parts in order, or None for the whole content. A part is ``"subject"``, ``"occurred_at"`` or a
            pointer into data; ``"/run|/document"`` takes the first that is there, and a ``|`` at the end lets the part
            be empty. If a part that may not be empty is missing, the whole content is the key.
        sealable: Pointer patterns of the values that may stay private.
        salted: The record gets a salt, since its content could be guessed from its hash (format §2).
        signed_by: Roles that usually sign it.
        inputs: Patterns of lots consumed.
        outputs: Patterns of lots made.
        touched: Patterns of lots named otherwise.
    """

    name: str
    title: Mapping[str, str]
    business_key: tuple[str, ...] | None = WHOLE_CONTENT
    sealable: tuple[str, ...] = ()
    salted: bool = False
    signed_by: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    touched: tuple[str, ...] = ("/lots/*/lot",)

    def business_key_of(
        self, primary_subject: str, occurred_at: int, data: Mapping[str, Any]
    ) -> tuple[str, ...] | None:
        """What makes this record the same business fact as another of its kind and signer.

        Args:
            primary_subject: The record's first subject.
            occurred_at: Milliseconds since the epoch.
            data: The record's data.

        Returns:
            The parts as strings, or None: only a record with equal content is the same fact. A record made from an
            EPCIS event is that event's part, whatever its kind: ``(event, number of the part)``.
        """
        raise NotImplementedError

    def may_seal(self, pointer: str) -> bool:
        """Whether the value at ``pointer`` may be sealed in a record of this kind."""
        raise NotImplementedError

    def lots(self, data: Mapping[str, Any]) -> Lots:
        """The lots that ``data`` names, for tracing and for the record's subjects."""
        raise NotImplementedError
