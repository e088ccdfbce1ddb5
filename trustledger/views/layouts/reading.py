"""From a record's data to a layout. Whoever wrote the record may have checked nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trustledger.views.layouts.model import ExpectedStep, Layout

if TYPE_CHECKING:
    from trustledger.views.model import Step

_MOST_STEPS = 64
_FIELDS = frozenset(ExpectedStep.__dataclass_fields__)


def read_layout(record: Step, said: Step) -> Layout | None:
    """The layout that a record lays down.

    Args:
        record: The record of kind ``layout``.
        said: The record whose word counts: the same, or its correction.

    Returns:
        The layout; None if its data are not those of a layout: then it says nothing that could be held against a lot.
    """
    data = said.said
    steps = data.get("steps")
    version, since, until = data.get("version"), data.get("since"), data.get("until")
    if not isinstance(version, str) or not isinstance(steps, list) or not 0 < len(steps) <= _MOST_STEPS:
        return None
    if not _time(since) or not _time(until):
        return None
    expected = [_step(one) for one in steps]
    names = [one.name for one in expected if one is not None]
    if len(set(names)) < len(steps):
        return None
    for number, one in enumerate(expected):
        if one is None or not set(one.inputs_from) <= set(names[:number]):
            return None
    found = tuple(one for one in expected if one is not None)
    return Layout(
        record.ref, said.ref, record.subjects[0], version, record.signed_by, found, since=since, until=until
    )


def _step(data: Any) -> ExpectedStep | None:
    """A step; None if a field is unknown or not what it should be: passing over it could let more pass."""
    if not isinstance(data, Mapping) or not data.keys() <= _FIELDS:
        return None
    texts = [data.get(name, "") for name in ("name", "kind", "step", "direction")]
    lists = [data.get(name, []) for name in ("parties", "roles", "inputs_from", "parameters")]
    signatures, optional = data.get("signatures", 1), data.get("optional", False)
    if not all(isinstance(text, str) for text in texts) or not texts[0] or not texts[1]:
        return None
    if not all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in lists):
        return None
    parties, roles, inputs_from, parameters = lists
    if type(signatures) is not int or signatures < 1 or type(optional) is not bool or not (parties or roles):
        return None
    name, kind, step, direction = texts
    return ExpectedStep(
        name=name,
        kind=kind,
        step=step,
        direction=direction,
        parties=frozenset(parties),
        roles=frozenset(roles),
        signatures=signatures,
        inputs_from=tuple(inputs_from),
        parameters=tuple(parameters),
        optional=optional,
    )


def _time(value: Any) -> bool:
    return value is None or type(value) is int
