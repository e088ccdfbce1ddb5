"""From one plain row to a draft.

`draft_of` is the only way rows become records. It goes through all parts of a row even when one is bad, so
that the person who wrote it sees every fault at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic_core import ValidationError

from trustledger.errors import FormatError, InputError
from trustledger.gs1 import classes, product_of_plain_lot
from trustledger.kinds.faults import data_faults, located, masked, unknown_field
from trustledger.kinds.spec import NO_LOTS, KindSpec, Lots, Steps, pointer_of, steps_of
from trustledger.kinds.values import (
    digest_text,
    free_map,
    goods_uri,
    order_uri,
    product_uri,
    shown,
    time_ms,
)
from trustledger.record import MAX_SUBJECTS, Draft, Evidence, is_unicode, mark_checked
from trustledger.subject import RESERVED

if TYPE_CHECKING:
    from trustledger.kinds.fields import Compiled

ROW_FIELDS: Final = frozenset({"kind", "subject", "also", "occurred_at", "data", "seal", "evidence"})
"""What a plain row may hold."""
MAX_EVIDENCE: Final = 256
MAX_SEALS: Final = 256
"""Items of a row's lists; a record of 65,535 bytes has room for some hundreds."""

_EVIDENCE_FIELDS: Final = frozenset({"media_type", "name", "sha256", "size"})
_NOTHING: Final[dict[str, Any]] = {}

EvidenceReader = Callable[[str], Evidence]


@dataclass(frozen=True, slots=True)
class Ready:
    """A kind that is ready to check rows.

    Attributes:
        spec: What it means.
        model: What its data may hold.
        foreign: The kind is somebody else's: its model may let values through that cannot be signed.
    """

    spec: KindSpec
    model: Compiled
    foreign: bool


def draft_of(ready: Ready, row: Mapping[str, Any], evidence_reader: EvidenceReader | None = None) -> Draft:
    """Check a plain row of a kind and make it a draft. Errors as `trustledger.kinds.registry.Kinds.draft`."""
    faults: list[FormatError] = []
    spec = ready.spec
    if not row.keys() <= ROW_FIELDS:
        faults += [unknown_field(shown(name), sorted(ROW_FIELDS)) for name in row if name not in ROW_FIELDS]
    pointers = row.get("seal")
    if pointers is None:
        pointers = spec.sealed_unasked(row.get("data"))
    data = _data(ready, row.get("data", _NOTHING), pointers, faults)
    occurred_at = 0
    try:
        occurred_at = time_ms(row["occurred_at"])
    except KeyError:
        faults.append(FormatError("kinds.missing", at="occurred_at"))
    except FormatError as error:
        faults.append(located(error, "occurred_at"))
    lots = spec.lots(data)
    primary = row.get("subject")
    if primary is None and lots.outputs:
        primary = lots.outputs[0]
    also = row.get("also")
    further = spec.named_in(data) if spec.named else ()
    # As written where the data is bad, so that one fault brings no second.
    guests = spec.guests(data or row.get("data")) if spec.guest_keys else ()
    subjects = (
        _plain_subjects(primary, faults)
        if not also and not further and lots is NO_LOTS
        else _subjects(primary, also, Named(lots, further, guests), faults)
    )
    if spec.about and subjects:
        _check_about(spec, subjects[0], faults)
    evidence = _evidence(row["evidence"], evidence_reader, faults) if row.get("evidence") else ()
    if spec.file_hash and not evidence and spec.file_hash[1:] not in data and not faults:
        faults.append(FormatError("kinds.report_file", at=f"data.{spec.file_hash[1:]}"))
    seal = _sealed(spec, data, pointers, faults) if pointers and not faults else {}
    if faults:
        raise InputError("kinds.row", problems=faults, count=len(faults), kind=spec.name)
    key = spec.business_key_of(subjects[0], occurred_at, data)
    draft = Draft(spec.name, occurred_at, subjects, data, seal, evidence, spec.salted, key)
    return mark_checked(draft, spec)


def _data(ready: Ready, data: Any, pointers: Any, faults: list[FormatError]) -> dict[str, Any]:
    """The canonical data; an empty one where it is bad."""
    try:
        try:
            checked = ready.model.validate(data)
        except ValidationError:
            checked = ready.model.validate(
                _without_none(data)
            )  # null is one way to say that a field is absent
        return free_map(checked) if ready.foreign else checked
    except ValidationError as error:
        faults += data_faults(error, data, ready.model.names, _hidden(ready.spec, data, pointers))
    except FormatError as error:
        faults.append(masked(located(error, "data"), ("data",), _hidden(ready.spec, data, pointers)))
    return {}


def _hidden(spec: KindSpec, data: Any, pointers: Any) -> list[Steps]:
    """Where values stand that are to be sealed. One that is asked for wrongly could be any, so all are hidden."""
    hidden: list[Steps] = []
    for pointer in pointers if isinstance(pointers, list | tuple) else (pointers,) if pointers else ():
        steps = steps_of(pointer) if isinstance(pointer, str) else ()
        holder = _step_into(data, steps[:-1])
        there = steps and isinstance(holder, dict) and steps[-1] in holder
        hidden.append(steps if there and spec.may_seal(pointer) else ())
    return hidden


def _without_none(data: Any, level: int = 0) -> Any:
    """Maps without the fields that are None, as deep as any kind's own fields go. Free maps keep theirs."""
    if isinstance(data, Mapping):
        return {
            name: value if name in ("epcis", "data") else _without_none(value, level + 1)
            for name, value in data.items()
            if value is not None
        }
    if isinstance(data, list) and level < 4:
        return [_without_none(item, level + 1) for item in data]
    return data


def _standing(subject: str) -> tuple[str, ...]:
    """A subject and, ascending, the classes it belongs to."""
    product = product_of_plain_lot(subject)
    return _other_standing(subject) if product is None else (subject, product)


@lru_cache(maxsize=65_536)
def _other_standing(subject: str) -> tuple[str, ...]:
    goods_uri(subject)
    if subject.startswith(RESERVED):
        raise FormatError("kinds.reserved", seen=subject)
    return (subject, *sorted(set(classes(subject))))


def _plain_subjects(primary: Any, faults: list[FormatError]) -> tuple[str, ...]:
    """The subjects of a row that names nothing but its primary subject."""
    if type(primary) is str:
        try:
            return _standing(primary)
        except FormatError as error:
            faults.append(located(error, "subject"))
    else:
        faults.append(
            FormatError("kinds.missing" if primary is None else "kinds.text", at="subject", seen=primary)
        )
    return ()


def _check_about(spec: KindSpec, primary: str, faults: list[FormatError]) -> None:
    """The primary subject is what the kind is about."""
    try:
        (order_uri if spec.about == "order" else product_uri)(primary)
    except FormatError as error:
        faults.append(located(error, "subject"))


class Named(NamedTuple):
    """All that a record's data names: lots, other subjects, and the reserved subjects of guests."""

    lots: Lots
    further: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()


def _subjects(primary: Any, also: Any, named: Named, faults: list[FormatError]) -> tuple[str, ...]:
    """All subjects: the primary, then ascending what it names and what these belong to.

    The classes of inputs are left out: what was made from milk powder is no milk powder.
    """
    first = _plain_subjects(primary, faults)
    lots = named.lots
    found = {*first, *named.guests}
    if also is not None and not isinstance(also, list | tuple):
        faults.append(FormatError("kinds.list", at="also", seen=type(also).__name__))
        also = ()
    for index, uri in enumerate(also or ()):
        if uri in named.guests:
            continue
        try:
            found.add(_standing(uri if type(uri) is str else shown(uri))[0])
        except FormatError as error:
            faults.append(located(error, "also", str(index)))
    try:
        found.update(_standing(uri)[0] for uri in lots.inputs)
        for uri in (*lots.outputs, *lots.touched, *named.further):
            found.update(_standing(uri))
    except FormatError as error:
        faults.append(located(error, "data"))
    if lots.outputs and first and primary not in lots.outputs:
        faults.append(FormatError("kinds.primary", at="subject", seen=primary, expected=lots.outputs[0]))
    if len(found) > MAX_SUBJECTS:
        faults.append(FormatError("kinds.subjects", at="data", seen=len(found), expected=MAX_SUBJECTS))
    found.difference_update(first[:1])
    return (*first[:1], *sorted(found))


def subjects_of(
    spec: KindSpec, primary: str, also: Sequence[str], data: Mapping[str, Any]
) -> tuple[str, ...]:
    """All subjects of a record, for data that may lack what is sealed.

    Raises:
        InputError: A lot that the data names is not a subject in normal form.
    """
    faults: list[FormatError] = []
    subjects = _subjects(
        primary, also, Named(spec.lots(data), spec.named_in(data), spec.guests(data)), faults
    )
    if faults:
        raise InputError("kinds.row", problems=faults, count=len(faults), kind=spec.name)
    return subjects


def _sealed(spec: KindSpec, data: dict[str, Any], pointers: Any, faults: list[FormatError]) -> dict[str, Any]:
    """Take the values to seal out of ``data``: pointer → value, ascending."""
    if not isinstance(pointers, list | tuple) or len(pointers) > MAX_SEALS:
        faults.append(
            FormatError("kinds.seal_list", at="seal", seen=type(pointers).__name__, expected=MAX_SEALS)
        )
        return {}
    seal: dict[str, Any] = {}
    before: Steps | None = None
    for steps in sorted(_pointers(spec, pointers, faults)):
        if before is not None and steps[: len(before)] == before:
            faults.append(
                FormatError(
                    "kinds.seal_overlap", at="seal", seen=pointer_of(steps), expected=pointer_of(before)
                )
            )
            continue
        before = steps
        holder = _step_into(data, steps[:-1])
        if not isinstance(holder, dict) or steps[-1] not in holder:
            faults.append(FormatError("kinds.seal_absent", at="seal", seen=pointer_of(steps)))
            continue
        seal[pointer_of(steps)] = holder.pop(steps[-1])
    return dict(sorted(seal.items()))


def _pointers(spec: KindSpec, pointers: Iterable[Any], faults: list[FormatError]) -> list[Steps]:
    """The steps of those pointers that are well-formed and that the kind lets be sealed."""
    found = []
    for index, pointer in enumerate(pointers):
        steps = steps_of(pointer) if isinstance(pointer, str) else ()
        if not steps or pointer_of(steps) != pointer or not spec.may_seal(pointer):
            allowed = ", ".join(spec.sealable[:8]) or "-"
            faults.append(
                FormatError("kinds.seal", at=f"seal.{index}", seen=pointer, expected=allowed, kind=spec.name)
            )
        else:
            found.append(steps)
    return found


def _step_into(value: Any, steps: Sequence[str]) -> Any:
    """What stands at some steps, or None. An index is written as RFC 6901 says, without leading zeros."""
    for step in steps:
        if isinstance(value, list) and step.isdecimal() and step.isascii() and str(int(step[:9])) == step:
            value = value[int(step)] if int(step) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            return None
    return value


def _evidence(items: Any, reader: EvidenceReader | None, faults: list[FormatError]) -> tuple[Evidence, ...]:
    """The evidence of a row; files named by their path are hashed by ``reader``."""
    if not isinstance(items, list | tuple) or len(items) > MAX_EVIDENCE:
        faults.append(
            FormatError(
                "kinds.evidence_list", at="evidence", seen=type(items).__name__, expected=MAX_EVIDENCE
            )
        )
        return ()
    found = []
    for index, item in enumerate(items):
        try:
            found.append(_one_evidence(item, reader))
        except FormatError as error:
            faults.append(located(error, "evidence", str(index)))
    return tuple(found)


def _one_evidence(item: Any, reader: EvidenceReader | None) -> Evidence:
    if isinstance(item, Evidence):
        return item
    if isinstance(item, str):
        if reader is None:
            raise FormatError("kinds.evidence_path", seen=item)
        return reader(item)
    if not isinstance(item, Mapping) or item.keys() != _EVIDENCE_FIELDS:
        seen = ", ".join(map(shown, item)) if isinstance(item, Mapping) else type(item).__name__
        raise FormatError("kinds.evidence", seen=seen, expected=", ".join(sorted(_EVIDENCE_FIELDS)))
    media_type, name, size = item["media_type"], item["name"], item["size"]
    if type(media_type) is not str or type(name) is not str or type(size) is not int or size < 0:
        seen = ", ".join(map(shown, (media_type, name, size)))
        raise FormatError("kinds.evidence_types", seen=seen)
    if "/" in name or "\\" in name or len(name.encode("utf-8", "replace")) > 255 or not is_unicode(name):
        raise FormatError("kinds.evidence_name", seen=name, at="name")
    return Evidence(media_type, name, bytes.fromhex(digest_text(item["sha256"])), size)
