"""The provenance of goods: back to the raw materials, and forward to everything made from a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from trustledger.views.model import Edge, Finding, Node, Signatory, Step, Trace, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustledger.authority.state import PartyState
    from trustledger.kinds.registry import Kinds
    from trustledger.ledger import Ledger, VerifiedRecord

MAX_NODES: Final = 10_000
"""Subjects of one trace. A tree of more is not read by a person; the trace says that it was cut."""
MAX_RECORDS: Final = 100_000
"""Records read for one trace: some seconds of verifying."""


class ChainReader(Protocol):
    """What a trace reads: verified records. `trustledger.ledger.reader.Reader` is one."""

    def chain(self, subject: str) -> Iterator[VerifiedRecord]:
        """The records of a subject, oldest first."""

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place."""

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party as it was before an entry."""


def trace(
    source: Ledger | ChainReader,
    subject: str,
    *,
    forward: bool = False,
    kinds: Kinds | None = None,
    max_nodes: int = MAX_NODES,
) -> Trace:
    """Where something came from, or where it went.

    Args:
        source: The ledger, or a reader of one state of it.
        subject: A lot, item, product or SSCC, in normal form.
        forward: Towards what was made from it, instead of what it was made from.
        kinds: Kinds of records; the ledger's, or the project's own, if None.
        max_nodes: Where to stop.

    Returns:
        The trace. A subject that stands in no record gives one node without steps.

    Raises:
        FormatError: Not a subject.
        VerificationError: A record or link does not hold.
    """
    raise NotImplementedError


def to_plain(found: Trace) -> dict[str, Any]:
    """A trace as JSON-able values: times as RFC 3339 text, decimals as strings, hashes in hex."""
    raise NotImplementedError


__all__ = [
    "ChainReader",
    "Edge",
    "Finding",
    "Node",
    "Signatory",
    "Step",
    "Trace",
    "Visit",
    "to_plain",
    "trace",
]
