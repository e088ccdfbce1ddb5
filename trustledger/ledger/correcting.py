"""What is asked of a correction before it is placed: that it corrects something, and its own signer's."""

from __future__ import annotations

from typing import Final

from trustledger.errors import FormatError, NotFoundError, PolicyError
from trustledger.kinds.registry import Kinds
from trustledger.ledger.checking import draft_around
from trustledger.ledger.prepared import CORRECTION
from trustledger.ledger.reader import Reader
from trustledger.record import Record

_DATA: Final = "/data"
"""Where the corrected data stands in a correction."""


def check_correction(reader: Reader, kinds: Kinds, party: str, record: Record, position: int) -> None:
    """A correction names a record that stands, by place and hash, that its own signer signed, and stands beside it.

    Its primary subject is one of the record's own: the corrected data may name others, such as the right lot.

    The corrected data, if it brings any, is what the corrected record's kind allows.

    Args:
        reader: The ledger before the correction.
        kinds: Kinds of records.
        party: Who signs the correction.
        record: The correction.
        position: Its position in the statement, for errors.

    Raises:
        PolicyError: It corrects nothing, another's record, or a record about something else.
        FormatError: The corrected data is not what the kind allows.
    """
    entry, at, named = superseded(record)
    ref = f"{entry}/{at}"
    try:
        target = reader.record(entry, at)
    except NotFoundError:
        raise PolicyError("ledger.corrects_nothing", position=position, ref=ref) from None
    expected = target.record.hash.hex()
    if named != expected:
        raise PolicyError("ledger.corrects_other", position=position, ref=ref, seen=named, expected=expected)
    if target.party != party:
        raise PolicyError(
            "ledger.corrects_others_word", position=position, ref=ref, seen=party, expected=target.party
        )
    if record.subject_hashes[0] not in target.record.subject_hashes:
        raise PolicyError("ledger.corrects_elsewhere", position=position, ref=ref, seen=record.subjects[0])
    if isinstance(target.record, Record) and "data" in record.data:
        _check_data(reader, kinds, target.record, record)


def superseded(record: Record) -> tuple[int, int, str]:
    """Entry, position and hash (hex) of what a correction corrects.

    Raises:
        FormatError: It does not say.
    """
    named = record.data.get("supersedes")
    if isinstance(named, dict):
        entry, at, digest = (named.get(name) for name in ("entry", "position", "record"))
        if type(entry) is int and type(at) is int and type(digest) is str:
            return entry, at, digest
    raise FormatError("ledger.correction_form", seen=type(named).__name__)


def _check_data(reader: Reader, kinds: Kinds, corrected: Record, correction: Record) -> None:
    """The new data would have been accepted in the place of the old."""
    for _ in range(100):  # corrections of corrections of …
        if corrected.kind != CORRECTION:
            break
        target = reader.record(*superseded(corrected)[:2])
        if not isinstance(target.record, Record):
            return
        corrected = target.record
    data, spec, primary = correction.data["data"], kinds.spec(corrected.kind), corrected.subjects[0]
    if spec is not None and isinstance(data, dict):
        outputs = spec.lots(data).outputs
        if outputs and primary not in outputs:  # the wrong lot was written down, and this names the right one
            primary = outputs[0]
    row = {
        "kind": corrected.kind,
        "subject": primary,
        "also": corrected.subjects,
        "occurred_at": correction.occurred_at,
        "data": data,
        "evidence": (*corrected.evidence, *correction.evidence),
    }
    sealed = [pointer.removeprefix(_DATA) for pointer in correction.sealed if pointer.startswith(_DATA + "/")]
    if sealed and spec is not None:
        draft_around(kinds, spec, row, sealed)
    else:
        kinds.draft(row)
