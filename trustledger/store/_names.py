"""What every back end checks in the same words: table names, and writes before they are made."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from trustledger.errors import StorageError
from trustledger.store.base import MAX_KEY, MAX_VALUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustledger.store.base import Table, Writes

MAX_TABLES: Final = 63
"""Tables in a store, at most."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_BY_KEY: Final = itemgetter(0)
_BY_VALUE: Final = itemgetter(1)


def check_names(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The names as a tuple, if they may be a store's tables.

    Raises:
        StorageError: None or more than `MAX_TABLES`, a name twice, or one not of the form of `Table`.
    """
    names = tuple(tables)
    wrong = next((name for name in names if not _NAME.fullmatch(name)), None)
    if wrong is not None or len(set(names)) < len(names) or not 0 < len(names) <= MAX_TABLES:
        raise StorageError("store.table_names", seen=", ".join(names) if wrong is None else wrong)
    return names


def latest_writes(
    writes: Writes, tables: Sequence[Table]
) -> list[tuple[Table, list[tuple[bytes, bytes | None]]]]:
    """By table, the last word on each key, in key order.

    Raises:
        StorageError: An unknown table, or a key or value no back end keeps.
    """
    plan = []
    for table, pairs in writes.items():
        if table not in tables:
            raise StorageError("store.table", seen=table, expected=", ".join(tables))
        if pairs:
            ordered = sorted(dict(pairs).items(), key=_BY_KEY)
            _check_sizes(table, ordered)
            plan.append((table, ordered))
    return plan


def _check_sizes(table: Table, ordered: list[tuple[bytes, bytes | None]]) -> None:
    longest = max(map(len, map(_BY_KEY, ordered)))
    if longest > MAX_KEY or not ordered[0][0]:
        seen = longest if ordered[0][0] else 0
        raise StorageError("store.key_size", table=table, seen=seen, expected=MAX_KEY)
    largest = max(map(len, filter(None, map(_BY_VALUE, ordered))), default=0)
    if largest > MAX_VALUE:
        raise StorageError("store.value_size", table=table, seen=largest, expected=MAX_VALUE)
