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
RECORDS: Final = 20_000
"""Verified records that are remembered by their chains: some 40 MB."""

Answer = TypeVar("Answer")
Place = tuple[int, int]


class Chains:
    """Chains that were read and verified to their end, so that one question does not verify a chain for each view.

    Args:
        most: Records that are kept, in the chains that were read last.
    """

    def __init__(self, most: int = RECORDS) -> None:
        self._most, self._held = most, 0
        self._kept: OrderedDict[bytes, tuple[bytes | None, tuple[VerifiedRecord, ...]]] = OrderedDict()

    def read(
        self, key: bytes, end: bytes | None, chain: Iterator[VerifiedRecord]
    ) -> Iterator[VerifiedRecord]:
        """The records of a chain: those that are kept if it still ends there, else read now.

        Args:
            key: SHA-256 of the subject.
            end: Where the chain ends.
            chain: Reads it; nothing is read unless it is asked for.
        """
        kept = self._kept.get(key)
        if kept is not None and kept[0] == end:
            self._kept.move_to_end(key)
            yield from kept[1]
            return
        found: list[VerifiedRecord] = []
        for placed in chain:
            found.append(placed)
            yield placed
        self._keep(key, end, tuple(found))  # only what was read to its end

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._held = 0

    def _keep(self, key: bytes, end: bytes | None, found: tuple[VerifiedRecord, ...]) -> None:
        before = self._kept.pop(key, (None, ()))
        self._held += len(found) - len(before[1])
        self._kept[key] = end, found
        while self._held > self._most:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._held -= len(dropped)


class Watched:
    """A `ChainReader` that writes down what an answer is made from.

    Args:
        reader: One verified state of the ledger.
        chains: Chains that were read before.

    Attributes:
        reader: One verified state of the ledger.
        size: Entries of its log.
        ends: SHA-256 of a subject → where its chain ends, of each chain that was read.
        facts: Business digest → where its first record stands, of each that was looked up.
        parties: URIs of all parties but guests, if they were asked for.
    """

    def __init__(self, reader: Reader, chains: Chains | None = None) -> None:
        self.reader = reader
        self._chains = chains or Chains()
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
        key = self._depend(subject)
        return self._chains.read(key, self.ends[key], self.reader.chain(subject))

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

    def _depend(self, subject: str) -> bytes:
        key = subject_hash(subject)
        if key not in self.ends:
            self.ends[key] = self.reader.ends([key])[0]
        return key


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
        self._chains = Chains()
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
            self._chains.clear()
            self._erased = reader.erased
        root, (seen, kept) = reader.head.root, self._kept.get(question, (b"", None))
        if kept is None or (seen != root and not kept.holds(reader)):
            watched = Watched(reader, self._chains)
            self.made += 1
            kept = Kept(fold(watched), watched.ends, watched.facts, watched.parties)
        self._kept[question] = root, kept
        self._kept.move_to_end(question)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept
