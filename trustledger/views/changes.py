"""What a correction changes, field by field; and money as people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.kinds.currencies import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MONEY: Final = frozenset({"price", "amount"})
"""Fields that hold money: whole minor units of the ``currency`` that the same record names."""


class Change(NamedTuple):
    """One field that a correction says otherwise.

    Attributes:
        path: Where in the data, such as ``outputs.0.quantity``.
        old: What was said, as text; empty if nothing was.
        new: What is said instead; empty if nothing is.
        sealed: The new value is private.
    """

    path: str
    old: str
    new: str
    sealed: bool = False


def changes_of(
    old: Mapping[str, Any], new: Mapping[str, Any], sealed: Iterable[str] = ()
) -> tuple[Change, ...]:
    """The fields in which two records' data differ, in the order of the old data, then of the new.

    Args:
        old: What was said.
        new: What is said instead.
        sealed: Pointers of the correction's private values; those under ``/data`` are its new data's.
    """
    before, after = dict(_leaves(old, old.get("currency"))), dict(_leaves(new, new.get("currency")))
    private = {
        pointer.removeprefix("/data/").replace("/", ".") for pointer in sealed if pointer[:6] == "/data/"
    }
    return tuple(
        Change(path, before.get(path, ""), after.get(path, ""), path in private)
        for path in {**before, **after, **dict.fromkeys(sorted(private))}
        if before.get(path) != after.get(path) or path in private
    )


def money_of(amount: object, currency: object) -> str:
    """An amount of minor units in the major unit: ``12800`` of CNY is ``128.00``.

    Returns:
        A decimal with the digits of the currency; empty where this is no amount, or no currency known here.
    """
    if type(amount) is not int or not isinstance(currency, str) or currency not in CURRENCIES:
        return ""
    digits = CURRENCIES[currency]
    sign, text = "-" if amount < 0 else "", str(abs(amount)).zfill(digits + 1)
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"


def is_money(path: str) -> bool:
    """Whether a field of this path holds money."""
    return path.rpartition(".")[2] in _MONEY


def text_of(value: Any) -> str:
    """A scalar as text; empty for nothing and for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, str | int) else ""


def _leaves(value: Any, currency: object, path: str = "") -> Iterator[tuple[str, str]]:
    """The scalars of some data; a record nests at most 16 deep."""
    if isinstance(value, list):
        value = {str(number): member for number, member in enumerate(value)}
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _leaves(member, currency, f"{path}.{name}" if path else name)
    elif path:
        yield path, (money_of(value, currency) if is_money(path) else "") or text_of(value)
