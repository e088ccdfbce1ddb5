"""What pydantic found wrong, in this project's own words: every bad field, each with place and advice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from trustledger.errors import FormatError, Language, TrustLedgerError
from trustledger.kinds.currencies import CURRENCIES
from trustledger.kinds.fields import DOOR, Place
from trustledger.kinds.values import HIDDEN, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, ValidationError

    from trustledger.kinds.spec import Steps

_CODES: Final = {
    "missing": "kinds.missing",
    "literal_error": "kinds.choice",
    "bool_type": "kinds.bool",
    "int_type": "kinds.int",
    "int_from_float": "kinds.int",
    "int_parsing": "kinds.int",
    "int_parsing_size": "kinds.int_range",
    "greater_than_equal": "kinds.int_range",
    "less_than_equal": "kinds.int_range",
    "list_type": "kinds.list",
    "dict_type": "kinds.map",
    "too_short": "kinds.too_few",
    "too_long": "kinds.too_many",
}
"""pydantic's error type → ours."""
_EXPECTED: Final = ("expected", "ge", "le", "min_length", "max_length")


def data_faults(
    error: ValidationError, data: Any, names: Mapping[Place, Sequence[str]], hidden: Sequence[Steps]
) -> Iterator[FormatError]:
    """Each fault that pydantic found in a row's data.

    Args:
        error: What the compiled model raised.
        data: The data as passed, for advice about money.
        names: The fields that exist, by place.
        hidden: Places of values to be kept private, as for `masked`.
    """
    for detail in error.errors(include_url=False):
        if detail["loc"] and detail["loc"][-1] == DOOR and detail["type"] != "value_error":
            continue  # the fast door; the slow one has more to say
        place = tuple(str(step) for step in detail["loc"] if step != DOOR)
        fault = _fault(detail, place, data, names)
        yield masked(fault, ("data", *place) if detail["type"] == "value_error" else (), hidden)


def masked(fault: FormatError, over: Place, hidden: Iterable[Steps]) -> FormatError:
    """A fault without the values that are to be kept private.

    Args:
        fault: The fault; its place is ``facts["at"]``.
        over: Place of the value that the rule which found it looked at. A rule about several fields reports one
            of them and may quote another, so nothing it says is shown if one of them is private.
        hidden: Places of private values in the data; the empty one stands for all of it.
    """
    at = str(fault.facts.get("at", ""))
    for steps in hidden:
        private = ".".join(("data", *steps))
        within = steps and (at == private or at.startswith(private + "."))
        if within or not steps or (over and private.startswith(".".join(over) + ".")):
            facts = dict.fromkeys(fault.facts, HIDDEN)  # names of fields within a private map are private too
            return type(fault)(fault.code, **{**facts, "at": private if within else at})
    return fault


class PlacedError(FormatError):
    """A fault in a row. Its sentence begins with the place, even if its code is of a room without rows."""

    def text(self, language: Language = "en") -> str:
        """The sentence, after its place."""
        sentence, at = super().text(language), self.facts.get("at")
        return sentence if at is None or str(at) in sentence else f"{at}: {sentence}"


def located(error: TrustLedgerError, *place: str) -> FormatError:
    """``error`` with its place; a place it has already is within that."""
    inner = error.facts.get("at")
    steps = (*place, inner) if isinstance(inner, str) and inner else place
    return PlacedError(error.code, **{**error.facts, "at": ".".join(steps)})


def unknown_field(name: str, known: Iterable[str], *place: str) -> FormatError:
    """A field that the row or its kind does not have, with the nearest that it has."""
    fields = list(known)
    near = difflib.get_close_matches(name, fields, n=1, cutoff=0.5) or fields
    return FormatError(
        "kinds.unknown_field", at=".".join((*place, name)), seen=name, expected=", ".join(near)
    )


def _fault(
    detail: ErrorDetails, place: Place, data: Any, names: Mapping[Place, Sequence[str]]
) -> FormatError:
    kind, context = detail["type"], detail.get("ctx", {})
    at = ".".join(("data", *place))
    if kind == "value_error":
        inner = context["error"]
        if not isinstance(inner, FormatError):
            return FormatError("kinds.invalid", at=at, seen=shown(detail["input"]), expected=str(inner))
        return located(_priced(inner, data), "data", *place)
    if kind == "extra_forbidden":
        level = tuple(step for step in place[:-1] if not step.isdecimal())
        return unknown_field(place[-1], names.get(level, ()), "data", *place[:-1])
    if kind == "missing":  # here "seen" would be the whole map around it
        return FormatError("kinds.missing", at=at, expected=place[-1])
    expected = next((context[name] for name in _EXPECTED if name in context), detail["msg"])
    if kind == "literal_error":  # pydantic joins the choices with an English word
        expected = expected.replace(" or ", ", ")
    seen = context.get("actual_length", shown(detail["input"]))
    return FormatError(_CODES.get(kind, "kinds.invalid"), at=at, seen=seen, expected=expected)


def _priced(error: FormatError, data: Any) -> FormatError:
    """For a price written as a decimal, the integer to write instead."""
    if error.code != "kinds.money" or not isinstance(data, Mapping):
        return error
    code = data.get("currency")
    digits = CURRENCIES.get(code) if isinstance(code, str) else None
    try:
        amount = Decimal(str(error.facts["seen"])[:40])
        scaled = amount.scaleb(digits if digits is not None else 0)
        whole = int(scaled)
    except (ArithmeticError, ValueError):  # decimal's errors are arithmetic ones
        return error
    if digits is None or whole != scaled:
        return error
    return FormatError("kinds.price", seen=error.facts["seen"], expected=whole, currency=code)
