"""Scores that were computed already. A key that is equal means the same inputs, so an answer is never stale."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

MAX_SCORES: Final = 1024
"""Scores that are kept; the one that was asked for the longest ago goes first."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ScoreKey:
    """All that a score depends on.

    Attributes:
        product: The product.
        merchant: URI of the merchant.
        heads: The heads of the chains that were read, (subject hash, length, last link): of the merchant under all its
            names, of the lots on sale and of whatever their cards were made from, and of the parties that signed. A
            log's size and root stand for all of them.
        policies: SHA-256 of the scoring policy and of the frameworks behind the cards.
        as_of: ms; for "now", the time of the latest entry.
    """

    product: str
    merchant: str
    heads: tuple[Hashable, ...]
    policies: tuple[str, ...]
    as_of: int

    @classmethod
    def of(
        cls, product: str, merchant: str, *, heads: Iterable[Hashable], policies: Iterable[str], as_of: int
    ) -> ScoreKey:
        """A key; the order of heads and policies does not matter."""
        ordered = tuple(sorted(set(heads), key=repr))
        return cls(product, merchant, ordered, tuple(sorted(set(policies))), as_of)


class ScoreCache(Generic[T]):
    """A bounded cache by `ScoreKey`.

    Args:
        size: The most answers that are kept.
    """

    def __init__(self, size: int = MAX_SCORES) -> None:
        self._size = size
        self._kept: OrderedDict[ScoreKey, T] = OrderedDict()

    def get(self, key: ScoreKey, compute: Callable[[], T]) -> T:
        """What was computed for a key, or is now."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        found = self._kept[key] = compute()
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return found

    def __len__(self) -> int:
        return len(self._kept)
