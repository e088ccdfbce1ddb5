"""Sealed values put back where they belong, for the one reader to whom they were disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from trustledger.errors import FormatError
from trustledger.record import commitment, pointer_steps, resolve
from trustledger.views.corrections import CORRECTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trustledger.ledger import VerifiedRecord
    from trustledger.record import Opening, Record


class Disclosed(NamedTuple):
    """Some data as one reader sees it.

    Attributes:
        data: The data, with the values in it that could be opened. A copy where there are any.
        closed: Pointers of what stays sealed.
        false: Pointers whose opening is not what the record committed to; they stay sealed.
    """

    data: Mapping[str, Any]
    closed: frozenset[str]
    false: tuple[str, ...]


def disclose(
    placed: VerifiedRecord, record: Record, said: Mapping[str, Any], openings: Mapping[bytes, Opening]
) -> Disclosed:
    """Open what can be opened of a record's data.

    Each opening is checked against the commitment that the party signed: a value can be withheld from a reader, but
    not be another one.

    Args:
        placed: The record, for its party.
        record: Its content.
        said: What it says: its data, or of a correction the data that it says instead.
        openings: Commitment → opening, as many as the reader holds.
    """
    below = "/data" if record.kind == CORRECTION else ""
    sealed = {
        pointer[len(below) :]: committed
        for pointer, committed in record.sealed.items()
        if pointer.startswith(below + "/")
    }
    opened = {pointer: openings[committed] for pointer, committed in sealed.items() if committed in openings}
    if not opened:
        return Disclosed(said, frozenset(sealed), ())
    data, false = _copy(said), []
    for pointer, opening in sorted(opened.items()):
        steps = pointer_steps(pointer)
        holder = resolve(data, steps[:-1])
        fits = opening.pointer == below + pointer and _opens(placed.party, record, opening)
        if fits and type(holder) is dict:
            holder[steps[-1]] = opening.value
        else:
            false.append(pointer)
    closed = frozenset(sealed).difference(opened).union(false)
    return Disclosed(data, closed, tuple(false))


def _opens(party: str, record: Record, opening: Opening) -> bool:
    try:
        return commitment(party, record.subjects[0], opening) == record.sealed[opening.pointer]
    except FormatError:  # no value that could have been committed to
        return False


def _copy(value: Any) -> Any:
    """Maps and lists anew; a record nests at most 16 deep."""
    if isinstance(value, dict):
        return {name: _copy(member) for name, member in value.items()}
    return [_copy(member) for member in value] if isinstance(value, list) else value
