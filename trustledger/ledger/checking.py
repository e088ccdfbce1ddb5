"""Records that no `Kinds` made, held to their kind as if they had come as rows.

They come from elsewhere: signed on another machine, where nobody may have checked anything, or from drafts that a
program put together by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.encoding import same_value
from trustledger.errors import FormatError, InputError
from trustledger.kinds.registry import Kinds
from trustledger.kinds.spec import KindSpec, Steps, steps_of
from trustledger.kinds.values import HIDDEN
from trustledger.record import Draft, Record, check_kind, check_sealed, check_subjects

_STAND_INS: Final[tuple[Any, ...]] = (
    "0", 0, {}, {"quantity": "0", "unit": "kg"}, True, [], "kg", "CNY", "1970-01-01", "urn:x-sealed:0", "00" * 32,
    1, {"number": 1, "count": 1}, {"en": "0"},
)  # fmt: skip
"""One good value of each type that `trustledger.kinds.fields` and `trustledger.kinds.models` know."""


def check_record(record: Record, kinds: Kinds) -> None:
    """What the kind asks of a record that was made elsewhere.

    Of a sealed value only the place is known. It must be one that the kind lets be sealed, and everything else is
    checked with another value in its place; whether the value itself is right is the signer's word.

    Raises:
        FormatError: The kind is not registered here, seals what it may not, or holds data that it does not allow or
            would write differently; the record does not stand in the chain of a lot or product that it is about; or
            it has no salt and needs one.
    """
    spec = _spec(record.kind, kinds)
    subjects, data = record.subjects, record.data
    row = _row(record.kind, subjects, record.occurred_at, data, record.evidence)
    draft = draft_around(kinds, spec, row, record.sealed) if record.sealed else kinds.draft(row)
    missing = set() if draft is None else set(draft.subjects).difference(subjects)
    if record.sealed:  # what stands in for a sealed lot is nobody's subject
        from trustledger.kinds.drafting import subjects_of  # noqa: PLC0415 - loads pydantic

        missing = set(subjects_of(spec, subjects[0], subjects[1:], data)).difference(subjects)
    _check_subjects(subjects, missing)
    if draft is not None and not same_value(draft.data, data):
        raise FormatError("ledger.data_form", seen=record.kind)
    if spec.salted and not record.salt:
        raise FormatError("ledger.salt_missing", seen=record.kind)


def check_draft(draft: object, kinds: Kinds) -> None:
    """What `Kinds.draft` would have asked of a draft that it did not make. Authority records are checked elsewhere.

    Raises:
        FormatError: As `check_record`; or it is no draft, or one of other types than a draft has.
    """
    if not isinstance(draft, Draft):
        raise FormatError("ledger.no_draft", seen=type(draft).__name__)
    for name, found, type_ in (
        ("subjects", draft.subjects, tuple),
        ("data", draft.data, dict),
        ("seal", draft.seal, Mapping),
        ("evidence", draft.evidence, tuple),
    ):
        if not isinstance(found, type_):
            raise FormatError(
                "ledger.draft_field", at=name, seen=type(found).__name__, expected=type_.__name__
            )
    check_subjects(draft.subjects)
    if check_kind(draft.kind) in AUTHORITY_KINDS:
        return
    spec = _spec(draft.kind, kinds)
    check_sealed(dict.fromkeys(draft.seal, bytes(32)), draft.data)
    row = _row(draft.kind, draft.subjects, draft.occurred_at, draft.data, draft.evidence)
    if draft.seal:
        _check_sealable(spec, draft.seal)
        row |= {"data": with_values(draft.data, draft.seal), "seal": list(draft.seal)}
    made = kinds.draft(row)
    _check_subjects(draft.subjects, set(made.subjects).difference(draft.subjects))
    if not same_value(made.data, draft.data) or not same_value(dict(made.seal), dict(draft.seal)):
        raise FormatError("ledger.data_form", seen=draft.kind)
    if made.salted and not draft.salted:
        raise FormatError("ledger.salt_missing", seen=draft.kind)


def draft_around(kinds: Kinds, spec: KindSpec, row: dict[str, Any], sealed: Iterable[str]) -> Draft | None:
    """The draft that a row with sealed values would make, whatever these are.

    Args:
        kinds: Kinds of records.
        spec: The row's kind.
        row: A row whose data lacks the sealed values.
        sealed: Their pointers; each leads to a place in a map of the data.

    Returns:
        The draft, without these values. None if the kind is not the project's own and asks of a sealed value what
        none of the stand-ins fulfils; then all that can be checked without it is right.

    Raises:
        FormatError: ``ledger.not_sealable``.
        InputError: Whatever stands there, the row is not what the kind allows.
    """
    _check_sealable(spec, sealed)
    tried = dict.fromkeys(sealed, 0)
    places = {".".join(("data", *steps_of(pointer))): pointer for pointer in tried}
    own = "." not in spec.name
    while True:
        values = {pointer: _STAND_INS[number] for pointer, number in tried.items()}
        try:
            return kinds.draft({**row, "data": with_values(row["data"], values), "seal": list(tried)})
        except InputError as error:
            faults = {str(fault.facts.get("at")): fault for fault in error.problems}
            wrong = faults.keys() & places.keys()
            if any(own or HIDDEN not in faults[at].facts.values() for at in faults.keys() - wrong):
                raise
            for at in wrong:
                tried[places[at]] += 1
            if not wrong or len(_STAND_INS) in tried.values():
                if own:
                    raise
                return None


def with_values(data: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` with values at some pointers, for whose last steps there is a map; ``data`` itself stays."""
    whole = dict(data)
    for pointer, value in values.items():
        _copied_to(whole, steps_of(pointer)[:-1])[steps_of(pointer)[-1]] = value
    return whole


def _copied_to(whole: Any, steps: Steps) -> Any:
    """The map at some steps of ``whole``; it and all on the way to it are copies from now on."""
    for step in steps:
        key = int(step) if isinstance(whole, list) else step
        whole[key] = whole[key].copy()
        whole = whole[key]
    return whole


def _spec(kind: str, kinds: Kinds) -> KindSpec:
    spec = kinds.spec(kind)
    if spec is None:
        raise FormatError("ledger.unknown_kind", seen=kind, expected=", ".join(kinds.names))
    return spec


def _row(kind: str, subjects: tuple[str, ...], occurred_at: int, data: Any, evidence: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "subject": subjects[0],
        "also": subjects[1:],
        "occurred_at": occurred_at,
        "data": data,
        "evidence": evidence,
    }


def _check_sealable(spec: KindSpec, pointers: Iterable[str]) -> None:
    for pointer in pointers:
        if not spec.may_seal(pointer):
            allowed = ", ".join(spec.sealable) or "-"
            raise FormatError("ledger.not_sealable", seen=pointer, kind=spec.name, expected=allowed)


def _check_subjects(subjects: tuple[str, ...], missing: set[str]) -> None:
    if missing:
        raise FormatError("ledger.subjects_missing", seen=subjects[0], expected=", ".join(sorted(missing)))
