"""What an audit says: faults, findings, and what it does not prove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from trustledger.authority.independence import Independence
from trustledger.errors import Language, NewerFormatError, TrustLedgerError
from trustledger.messages import render

MAX_FAULTS: Final = 20
"""After this many an audit stops: one changed record makes everything after it disagree."""
MAX_FINDINGS: Final = 1000
"""Findings kept; the others are counted."""

UNREAD: Final = frozenset(
    {"store.permission", "store.moved", "store.readers_full", "store.growth_blocked", "store.map_refused"}
)
"""Errors of the account or machine that reads, and none of the ledger: nothing was audited, and nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something forged, changed or missing, and its place.

    Attributes:
        code: What is wrong, as a code of the message catalogue.
        facts: What was seen and expected.
        entry: Index of the entry, or None.
        position: Position of the record in its statement, or None.
        table: The table of the store, or empty.
    """

    code: str
    facts: Mapping[str, Any]
    entry: int | None = None
    position: int | None = None
    table: str = ""

    @property
    def place(self) -> str:
        """Where it is, as people write it: ``12/0``, ``12``, or the table's name."""
        if self.entry is None:
            return self.table or "ledger"
        place = str(self.entry) if self.position is None else f"{self.entry}/{self.position}"
        return f"{place} ({self.table})" if self.table else place

    def text(self, language: Language = "en") -> str:
        """The sentence for a person."""
        return render(self.code, language, self.facts)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something legal but odd.

    Attributes:
        code: What it is, as a code of the message catalogue.
        facts: The evidence.
        ref: The record it is about, ``12/0``; empty if none.
    """

    code: str
    facts: Mapping[str, Any]
    ref: str = ""

    def text(self, language: Language = "en") -> str:
        """The sentence for a person."""
        return render(self.code, language, self.facts)


@dataclass(slots=True)
class AuditReport:
    """The result of an audit.

    Attributes:
        origin: The ledger's name.
        size: Entries in the log.
        root: Root of the log, computed from the entries.
        counts: How many entries, statements, annotations, records, withheld, links, chains, parties.
        faults: What is forged, changed or missing; empty if nothing is.
        findings: What is legal but odd.
        more_findings: How many findings there are beyond those kept.
        notes: What was not proven, as findings without a record.
        trusted: Whether the ledger is the one of a card that the auditor brought.
        newer: Whether something of a later format was met. What this version knows was checked all the same.
        signed_size: Size of the latest signed checkpoint that holds; 0 if there is none.
        independence: Who stands behind the statements; None if the audit did not come to its end.
    """

    origin: str = ""
    size: int = 0
    root: bytes = b""
    counts: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    more_findings: int = 0
    notes: list[Finding] = field(default_factory=list)
    trusted: bool = False
    newer: bool = False
    signed_size: int = 0
    independence: Independence | None = None

    @property
    def ok(self) -> bool:
        """Everything could be checked, and no fault was found."""
        return not self.faults and not self.newer

    def add_fault(
        self, error: TrustLedgerError, entry: int | None = None, position: int | None = None, table: str = ""
    ) -> None:
        """Take an error that was raised at some place as a fault; something newer is a note instead.

        Raises:
            TooManyFaults: There are enough.
            StorageError: The error itself, if it says that this account or machine cannot read: that is no word about
                the ledger.
        """
        if error.code in UNREAD:
            raise error
        facts = {name: _plain(value) for name, value in error.facts.items()}
        if isinstance(error, NewerFormatError):
            self.newer = True
            place = "" if entry is None else f"{entry}" if position is None else f"{entry}/{position}"
            if error.code not in {note.code for note in self.notes}:  # the first of a sort stands for all
                self.notes.append(Finding(error.code, facts, place))
            return
        self.faults.append(Fault(error.code, facts, entry, position, table))
        if len(self.faults) >= MAX_FAULTS:
            raise TooManyFaults

    def add_finding(self, code: str, ref: str = "", /, **facts: object) -> None:
        """Take down something odd."""
        if len(self.findings) >= MAX_FINDINGS:
            self.more_findings += 1
        else:
            self.findings.append(Finding(code, {name: _plain(value) for name, value in facts.items()}, ref))

    def add_note(self, code: str, **facts: object) -> None:
        """Take down what is not proven."""
        self.notes.append(Finding(code, {name: _plain(value) for name, value in facts.items()}))

    def to_plain(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "origin": self.origin,
            "size": self.size,
            "root": self.root.hex(),
            "ok": self.ok,
            "counts": dict(self.counts),
            "trusted": self.trusted,
            "newer": self.newer,
            "signed_size": self.signed_size,
            "faults": [
                {
                    "code": fault.code,
                    "place": fault.place,
                    "entry": fault.entry,
                    "position": fault.position,
                    "table": fault.table,
                    "facts": dict(fault.facts),
                    "message": fault.text(),
                }
                for fault in self.faults
            ],
            "findings": [_finding_to_plain(finding) for finding in self.findings],
            "more_findings": self.more_findings,
            "notes": [_finding_to_plain(note) for note in self.notes],
            "independence": None if self.independence is None else self.independence.to_plain(),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> AuditReport:
        """Read what `to_plain` wrote, in the process that asked for the audit."""
        return cls(
            plain["origin"],
            plain["size"],
            bytes.fromhex(plain["root"]),
            dict(plain["counts"]),
            [
                Fault(one["code"], one["facts"], one["entry"], one["position"], one["table"])
                for one in plain["faults"]
            ],
            [Finding(one["code"], one["facts"], one["ref"]) for one in plain["findings"]],
            plain["more_findings"],
            [Finding(one["code"], one["facts"], one["ref"]) for one in plain["notes"]],
            plain["trusted"],
            plain["newer"],
            plain["signed_size"],
            None if plain["independence"] is None else Independence.from_plain(plain["independence"]),
        )


class TooManyFaults(Exception):  # noqa: N818  (a signal between two functions of this package)
    """Enough faults were found."""


def _finding_to_plain(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "ref": finding.ref, "facts": dict(finding.facts), "message": finding.text()}


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)
