"""A new lot of one's own whose number another party uses too: worth a look before it is signed.

A sheet that names a lot by number alone means the signer's own lot. A dairy that writes the farm's lot number that way
begins a second lot of that number, and the trace back to the farm is cut. Only a person can tell, so it is a warning.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from trustledger.interchange.rows import Problem
from trustledger.subject import MAX_SUBJECT, subject_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trustledger.interchange.rows import Place, Row
    from trustledger.ledger import Ledger
    from trustledger.ledger.reader import Reader

MAX_LOTS: Final = 10_000
"""New lots of one upload that are looked up: with the next limit, ten million look-ups at the very most."""
MAX_PARTIES: Final = 1_000
_BATCH: Final = 4_096
_NAMED: Final = 3
"""Parties that a warning names."""


class OwnLots:
    """Finds new lots of the signer's own whose number another enrolled party has.

    Args:
        ledger: Where they are to stand.
        party: Who is going to sign.
    """

    def __init__(self, ledger: Ledger, party: str) -> None:
        self._ledger = ledger
        self._party = party
        self._asked: set[str] = set()
        self._others: list[str] | None = None

    def warnings(self, rows: Sequence[Row]) -> Iterator[Problem]:
        """A warning for each such lot, the first time it is named."""
        lots: dict[str, tuple[Row, str]] = {}
        for row in rows:
            for uri, number, _ in row.own_lots:
                if uri not in self._asked and len(self._asked) < MAX_LOTS:
                    self._asked.add(uri)
                    lots[uri] = (row, number)
        if not lots:
            return
        with self._ledger.reading() as reader:
            new = [uri for uri in lots if not reader.chain_length(uri)]
            if not new:
                return
            found = self._elsewhere(reader, new)
        for uri in new:
            if uri in found:
                row, number = lots[uri]
                others = ", ".join(found[uri][:_NAMED]) + (", …" if len(found[uri]) > _NAMED else "")
                yield Problem(
                    "upload.lot_elsewhere", _place(row, uri), seen=number, party=self._party, other=others
                )

    def _elsewhere(self, reader: Reader, uris: Iterable[str]) -> dict[str, list[str]]:
        """Which parties have a lot of the same number, by the lot's URI."""
        if self._others is None:
            states = islice(reader.parties(), MAX_PARTIES)
            self._others = [state.uri for state in states if state.uri != self._party]
        own = self._party.rstrip("/")
        found: dict[str, list[str]] = {}
        asked: dict[bytes, tuple[str, str]] = {}
        for uri in uris:
            for other in self._others:
                # As `trustledger.gs1.lot_of_party` builds it: what follows the party depends on the lot alone.
                theirs = other.rstrip("/") + uri.removeprefix(own)
                if len(theirs) <= MAX_SUBJECT:
                    asked[subject_hash(theirs)] = (uri, other)
            if len(asked) >= _BATCH:
                _note(reader, asked, found)
                asked = {}
        _note(reader, asked, found)
        return found


def _note(reader: Reader, asked: dict[bytes, tuple[str, str]], found: dict[str, list[str]]) -> None:
    standing = reader.chain_heads(list(asked))
    for key, (uri, other) in asked.items():
        if key in standing:
            found.setdefault(uri, []).append(other)


def _place(row: Row, uri: str) -> Place:
    """The cell that names a lot."""
    if row.plain.get("subject") != uri:
        for name, items in row.plain["data"].items():
            for number, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict) and item.get("lot") == uri:
                    return row.locate(f"data.{name}.{number}.lot")
    return row.locate("subject")
