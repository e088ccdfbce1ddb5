"""A memory of answers that knows by itself what they depend on.

Nobody can forget to clear it, for nothing has to be cleared. While an answer is made, a `Watched` reader writes down
where each chain ended that was read. The answer holds as long as these chains end there; once anything was appended to
one of them, it is made again. When something was erased, all answers are forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar, cast

from trustledger.subject import party_subject, subject_hash

if TYPE_CHECKING:
    from trustledger.authority.parties import PartyState
    from trustledger.ledger.reader import Reader
    from trustledger.ledger.verified import VerifiedRecord

KEPT: Final = 256
"""Answers that are remembered."""

Answer = TypeVar("Answer")
Place = tuple[int, int]


class Watched:
    """A `ChainReader` that writes down what an answer is made from.

    Attributes:
        reader: One verified state of the ledger.
        size: Entries of its log.
        ends: SHA-256 of a subject → where its chain ends, of each chain that was read.
        facts: Business digest → where its first record stands, of each that was looked up.
        parties: URIs of all parties but guests, if they were asked for.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.size = reader.head.size
        self.ends: dict[bytes, bytes | None] = {}
        self.facts: dict[bytes, Place | None] = {}
        self.parties: list[str] | None = None

    @property
    def operator(self) -> str:
        """URI of the ledger's operator, which never changes."""
        return self.reader.operator

    def chain(self, subject: str) -> Iterator[VerifiedRecord]:
        """The records of a subject, oldest first."""
        self._depend(subject)
        return self.reader.chain(subject)

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place, which never changes but when it is erased."""
        return self.reader.record(entry, position)

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party as it was before an entry, which never changes once that entry stands."""
        if before is None or before >= self.size:
            self._depend(party_subject(uri))
        return self.reader.party(uri, before)

    def business_places(self, digests: Sequence[bytes]) -> list[Place | None]:
        """Where the records with these business keys stand."""
        found = self.reader.business_places(digests)
        self.facts.update(zip(digests, found, strict=True))
        return found

    def party_uris(self) -> list[str]:
        """URIs of all parties but guests."""
        self.parties = self.reader.party_uris()
        return self.parties

    def depend_on(self, kept: Kept) -> None:
        """Count what a part was made from as one's own."""
        self.ends |= kept.ends
        self.facts |= kept.facts
        self.parties = self.parties if kept.parties is None else kept.parties

    def _depend(self, subject: str) -> None:
        key = subject_hash(subject)
        if key not in self.ends:
            self.ends[key] = self.reader.ends([key])[0]


class Kept(NamedTuple):
    """An answer, and what it was made from."""

    answer: object
    ends: dict[bytes, bytes | None]
    facts: dict[bytes, Place | None]
    parties: list[str] | None

    def holds(self, reader: Reader) -> bool:
        """Whether it would be the same now."""
        return (
            reader.ends(list(self.ends)) == list(self.ends.values())
            and reader.business_places(list(self.facts)) == list(self.facts.values())
            and (self.parties is None or reader.party_uris() == self.parties)
        )  # fmt: skip


class Memory:
    """Answers by question, the latest up to a number, each as long as it holds.

    Args:
        most: Answers that are kept.

    Attributes:
        made: Answers that were made, and not remembered.
    """

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[bytes, Kept]] = OrderedDict()
        self._erased: bytes | None = None
        self.made = 0

    def ask(self, reader: Reader, question: Hashable, fold: Callable[[Watched], Answer]) -> Answer:
        """The answer to a question, made now unless the one that is remembered still holds.

        Args:
            reader: One verified state of the ledger, always of the same one.
            question: Everything the answer depends on, apart from records.
            fold: Makes it. What it raises is not remembered.

        Cost of a repeated question: a look-up; once after each append, one read for each chain that was read for it.
        """
        return cast("Answer", self._kept_or_made(reader, question, fold).answer)

    def share(self, watched: Watched, question: Hashable, fold: Callable[[Watched], Answer]) -> Answer:
        """A part of an answer that other answers need too; what it was made from counts for the whole.

        Args:
            watched: The reader of the whole.
            question: As in `ask`.
            fold: As in `ask`.
        """
        kept = self._kept_or_made(watched.reader, question, fold)
        watched.depend_on(kept)
        return cast("Answer", kept.answer)

    def _kept_or_made(self, reader: Reader, question: Hashable, fold: Callable[[Watched], object]) -> Kept:
        if reader.erased != self._erased:
            self._kept.clear()
            self._erased = reader.erased
        root, (seen, kept) = reader.head.root, self._kept.get(question, (b"", None))
        if kept is None or (seen != root and not kept.holds(reader)):
            watched = Watched(reader)
            self.made += 1
            kept = Kept(fold(watched), watched.ends, watched.facts, watched.parties)
        self._kept[question] = root, kept
        self._kept.move_to_end(question)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept
