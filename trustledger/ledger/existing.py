"""Which drafts stand in the ledger already: what makes an append, and an upload of last month's sheet, idempotent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trustledger.encoding import same_value
from trustledger.errors import PolicyError
from trustledger.kinds.business import business_digest
from trustledger.ledger.prepared import CORRECTION, Prepared
from trustledger.ledger.reader import Reader
from trustledger.ledger.vault import Vault
from trustledger.ledger.verified import VerifiedRecord
from trustledger.merkle import leaf_hash
from trustledger.record import Draft, Opening, Record, StoredRecord, Withheld, finish_draft

_DATA: Final = "/data"
"""Where the corrected data stands in a correction."""


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
        return batch.only(list(first.values()))

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
        cosigners: The other parties that are going to sign.
    """

    def __init__(self, reader: Reader, vault: Vault, party: str, cosigners: Iterable[str] = ()) -> None:
        self._reader = reader
        self._vault = vault
        self._party = party
        self._cosigners = frozenset(cosigners) - {party}

    def find(self, drafts: Sequence[Draft], batch: Prepared, *, skip: bool = True) -> Found:
        """Tell drafts that stand already from new ones.

        Args:
            drafts: What is to be said.
            batch: The records they became.
            skip: Pass over a draft that stands already with the same content, instead of refusing it.

        Raises:
            PolicyError: A business key stands already with other content, here or in the same batch, or without the
                signature of a cosigner.
        """
        standing: list[tuple[int, int] | None] = list(self._reader.business_places(batch.digests))
        same_as: list[int] = []
        first: dict[bytes, tuple[int, int]] = {}
        fresh = 0
        keyless = batch.keyless()
        for number, place in enumerate(standing):
            if number in keyless:
                standing[number] = None
            elif place is not None:
                if not skip:
                    raise PolicyError("ledger.business_key", position=number, ref=f"{place[0]}/{place[1]}")
                self.check_same(drafts[number], place, number)
                same_as.append(-1)
                continue
            earlier, position = first.setdefault(batch.digests[number], (number, fresh))
            if earlier != number and not _same_draft(drafts[earlier], drafts[number]):
                raise PolicyError("ledger.twice_in_batch", position=number, first=earlier)
            same_as.append(position)
            fresh += earlier == number
        return Found(tuple(standing), tuple(same_as))

    def check_same(self, draft: Draft, place: tuple[int, int], position: int = 0) -> None:
        """The draft says what the record at ``place`` says, or what a correction of it says, and so do its cosigners.

        Raises:
            PolicyError: ``ledger.other_content``: it says something else; the error names the record, and
                ``correction`` as the way. ``ledger.cosigners``: a cosigner did not sign the record that stands.
        """
        placed = self._reader.record(*place)
        standing: VerifiedRecord | None
        if isinstance(placed.record, Withheld):
            standing = placed  # what was erased is not published again by last month's sheet
            if self._is_other(placed.record, draft):
                raise PolicyError("ledger.erased_differs", position=position, ref=placed.ref)
        else:
            standing = (
                placed if self._says(placed.record, draft) else self._correction_that_says(placed, draft)
            )
        if standing is None:
            field = _difference(placed.record, draft) or "seal"
            raise PolicyError("ledger.other_content", position=position, ref=placed.ref, field=field)
        missing = self._cosigners.difference(standing.cosigners)
        if missing:  # to pass over it would lose what they want to confirm
            signers = ", ".join((standing.party, *standing.cosigners))
            expected = ", ".join(sorted(missing))
            raise PolicyError(
                "ledger.cosigners", position=position, ref=standing.ref, seen=signers, expected=expected
            )

    def _is_other(self, erased: Withheld, draft: Draft) -> bool:
        """Whether a draft is certainly not the record that was erased; with random bytes in it nobody can tell."""
        if draft.seal or draft.salted:
            return False
        raw, _ = finish_draft(draft, self._party, bytes)
        return leaf_hash(raw) != erased.hash

    def _correction_that_says(self, placed: VerifiedRecord, draft: Draft) -> VerifiedRecord | None:
        """The correction of a record after which the draft says nothing new.

        A correction replaces the data. The time and the primary subject stay those of the corrected record; other
        subjects and evidence are its own and those of its corrections.
        """
        original = placed.record
        if not isinstance(original, Record):
            return None
        if (draft.occurred_at, draft.subjects[:1]) != (original.occurred_at, original.subjects[:1]):
            return None
        subjects, evidence = set(original.subjects), set(original.evidence)
        step = self._correction_of(placed.entry, placed.position)
        while step is not None:
            record = step.record
            if isinstance(record, Record):
                subjects.update(record.subjects)
                evidence.update(record.evidence)
                around = subjects.issuperset(draft.subjects) and evidence.issuperset(draft.evidence)
                if around and self._corrects_to(record, draft):
                    return step
            step = self._correction_of(step.entry, step.position)
        return None

    def _corrects_to(self, correction: Record, draft: Draft) -> bool:
        """The corrected data, with what is sealed in it, is that of the draft."""
        sealed = {
            pointer.removeprefix(_DATA)
            for pointer in correction.sealed
            if pointer.startswith(_DATA + "/")
        }  # fmt: skip
        if sealed != set(draft.seal) or not same_value(correction.data.get("data"), draft.data):
            return False
        if not sealed:
            return True
        opened = self._opened(correction)
        return same_value({pointer: opened.get(_DATA + pointer) for pointer in sealed}, dict(draft.seal))

    def _correction_of(self, entry: int, position: int) -> VerifiedRecord | None:
        digest = business_digest(self._party, CORRECTION, (str(entry), str(position)))
        place = self._reader.business_places([digest])[0]
        if place is None or place <= (entry, position):  # a correction of itself would lead in circles
            return None
        return self._reader.record(*place)

    def _says(self, record: StoredRecord, draft: Draft) -> bool:
        return (
            isinstance(record, Record)
            and _difference(record, draft) == ""
            and (not draft.seal or same_value(self._opened(record), dict(draft.seal)))
        )

    def _opened(self, record: Record) -> dict[str, Any]:
        found = self._vault.get(list(record.sealed.values()))
        return {opening.pointer: opening.value for opening in found if isinstance(opening, Opening)}


def _same_draft(one: Draft, other: Draft) -> bool:
    return one == other and same_value([one.data, dict(one.seal)], [other.data, dict(other.seal)])


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
    if not same_value(record.data, draft.data):
        names = sorted({*record.data, *draft.data})
        differ = (name for name in names if not same_value(record.data.get(name), draft.data.get(name)))
        return next(differ, "data")
    return ""
