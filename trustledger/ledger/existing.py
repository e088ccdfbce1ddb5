"""Which drafts stand in the ledger already: what makes an append, and an upload of last month's sheet, idempotent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trustledger.errors import PolicyError
from trustledger.ledger.prepared import CORRECTION, Prepared
from trustledger.ledger.reader import Reader
from trustledger.ledger.tables import business_digest
from trustledger.ledger.vault import Vault
from trustledger.ledger.verified import VerifiedRecord
from trustledger.record import Draft, Opening, Record, Withheld


@dataclass(frozen=True, slots=True)
class Found:
    """Drafts told apart.

    Attributes:
        standing: For each draft the place where it stands already, or None.
        same_as: For each draft that is new, its position among the new ones.
    """

    standing: tuple[tuple[int, int] | None, ...]
    same_as: tuple[int, ...]

    def fresh(self, batch: Prepared) -> Prepared:
        """The records of a batch that are to be appended."""
        if not any(self.standing) and len(set(self.same_as)) == len(batch.raws):
            return batch
        first: dict[int, int] = {}
        for number, position in enumerate(self.same_as):
            if self.standing[number] is None:
                first.setdefault(position, number)
        chosen = list(first.values())
        return Prepared(
            [batch.raws[number] for number in chosen],
            [batch.leaves[number] for number in chosen],
            [batch.subjects[number] for number in chosen],
            [batch.digests[number] for number in chosen],
            {at: batch.authority[number] for at, number in enumerate(chosen) if number in batch.authority},
            {
                at: batch.corrections[number]
                for at, number in enumerate(chosen)
                if number in batch.corrections
            },
        )

    def places(self, entry: int | None) -> tuple[tuple[int, int], ...]:
        """Where each draft stands, now that the new ones stand in ``entry``."""
        return tuple(
            standing if standing is not None else (entry if entry is not None else -1, position)
            for standing, position in zip(self.standing, self.same_as, strict=True)
        )


class Existing:
    """Compares drafts with what stands in the ledger.

    Args:
        reader: The ledger.
        vault: Opens sealed values, so that private figures can be compared too.
        party: Who is going to sign.
    """

    def __init__(self, reader: Reader, vault: Vault, party: str) -> None:
        self._reader = reader
        self._vault = vault
        self._party = party

    def find(self, drafts: Sequence[Draft], batch: Prepared, *, skip: bool = True) -> Found:
        """Tell drafts that stand already from new ones.

        Args:
            drafts: What is to be said.
            batch: The records they became.
            skip: Pass over a draft that stands already with the same content, instead of refusing it.

        Raises:
            PolicyError: A business key stands already with other content, here or in the same batch.
        """
        standing: list[tuple[int, int] | None] = list(self._reader.business_places(batch.digests))
        same_as: list[int] = []
        first: dict[bytes, tuple[int, int]] = {}
        fresh = 0
        for number, place in enumerate(standing):
            if number in batch.authority:
                standing[number] = None
            elif place is not None:
                if not skip:
                    raise PolicyError("ledger.business_key", position=number, ref=f"{place[0]}/{place[1]}")
                self.check_same(drafts[number], place, number)
                same_as.append(-1)
                continue
            earlier, position = first.setdefault(batch.digests[number], (number, fresh))
            if earlier != number and drafts[earlier] != drafts[number]:
                raise PolicyError("ledger.twice_in_batch", position=number, first=earlier)
            same_as.append(position)
            fresh += earlier == number
        return Found(tuple(standing), tuple(same_as))

    def check_same(self, draft: Draft, place: tuple[int, int], position: int = 0) -> None:
        """The draft says what the record at ``place`` says, or what a correction of it says.

        Raises:
            PolicyError: It says something else; the error names the record, and ``correction`` as the way.
        """
        placed = self._reader.record(*place)
        if isinstance(placed.record, Withheld):  # what was erased is not published again by last month's sheet
            return
        if self._says(placed, draft):
            return
        correction = self._correction_of(*place)
        while correction is not None:
            record = correction.record
            if isinstance(record, Record) and record.data.get("data") == draft.data:
                return
            correction = self._correction_of(correction.entry, correction.position)
        raise PolicyError(
            "ledger.other_content", position=position, ref=placed.ref, field=_difference(placed.record, draft)
        )

    def _correction_of(self, entry: int, position: int) -> VerifiedRecord | None:
        digest = business_digest(self._party, CORRECTION, (str(entry), str(position)))
        place = self._reader.business_places([digest])[0]
        if place is None or place <= (entry, position):  # a correction of itself would lead in circles
            return None
        return self._reader.record(*place)

    def _says(self, placed: VerifiedRecord, draft: Draft) -> bool:
        record = placed.record
        return (
            isinstance(record, Record)
            and _difference(record, draft) == ""
            and (not draft.seal or self._opened(record) == dict(draft.seal))
        )

    def _opened(self, record: Record) -> Mapping[str, Any]:
        found = self._vault.get(list(record.sealed.values()))
        return {opening.pointer: opening.value for opening in found if isinstance(opening, Opening)}


def _difference(record: object, draft: Draft) -> str:
    """The first field, by name, in which a record differs from a draft; empty if there is none."""
    if not isinstance(record, Record):
        return "record"
    if record.occurred_at != draft.occurred_at:
        return "occurred_at"
    if record.subjects != draft.subjects:
        return "subject"
    if record.evidence != draft.evidence:
        return "evidence"
    if set(record.sealed) != set(draft.seal):
        return "seal"
    if record.data != draft.data:
        names = sorted({*record.data, *draft.data})
        return next((name for name in names if record.data.get(name) != draft.data.get(name)), "data")
    return ""
