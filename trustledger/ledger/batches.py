"""The steps of an append, one by one, for whoever checks a large file before its first record is appended.

`Ledger.append` compares, signs and places a batch in one go. An upload compares thousands of batches first,
keeps the records it wrote, and places them when all are known to be good.
"""

# ruff: noqa: SLF001 -- these are parts of `Ledger` that only uploads need

from __future__ import annotations

from typing import TYPE_CHECKING

from trustledger.errors import PolicyError
from trustledger.ledger.existing import Existing
from trustledger.ledger.facade import _check_enrolled
from trustledger.ledger.signing import Written, sign_batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustledger.keys import Signer
    from trustledger.ledger.facade import Ledger
    from trustledger.ledger.sequencer import Placement
    from trustledger.record import Draft


def check_signers(ledger: Ledger, signers: Sequence[Signer]) -> None:
    """Ask early what every append asks: that each party is enrolled and the key its own.

    Raises:
        PolicyError: ``ledger.not_enrolled``, ``ledger.key_not_of_party``.
    """
    with ledger.reading() as reader:
        _check_enrolled(reader, signers)


def check_party(ledger: Ledger, party: str) -> None:
    """As `check_signers`, where no key is at hand.

    Raises:
        PolicyError: ``ledger.not_enrolled``.
    """
    with ledger.reading() as reader:
        if reader.party(party) is None:
            raise PolicyError("ledger.not_enrolled", seen=party)


def compare(
    ledger: Ledger, party: str, drafts: Sequence[Draft], digests: Sequence[bytes]
) -> list[tuple[int, int] | PolicyError | None]:
    """Which records stand in the ledger already.

    Args:
        ledger: The ledger as it is now.
        party: Who is going to sign.
        drafts: What is to be said.
        digests: Digests of their business keys, from `trustledger.ledger.signing.write_records`.

    Returns:
        For each draft None if it is new; its place if it stands with the same content; the PolicyError
        ``ledger.other_content``, naming record and field, if it stands with other content.
    """
    with ledger.reading() as reader:
        existing = Existing(reader, ledger._vault, party)
        found: list[tuple[int, int] | PolicyError | None] = list(reader.business_places(digests))
        for number, place in enumerate(found):
            if isinstance(place, tuple):
                try:
                    existing.check_same(drafts[number], place, number)
                except PolicyError as error:
                    found[number] = error
        return found


def place_written(
    ledger: Ledger, written: Written, signer: Signer, cosigners: Sequence[Signer] = ()
) -> Placement:
    """Append records that were written before and are all new: one statement, all of it or nothing.

    Args:
        ledger: Where to.
        written: The records and the openings of their sealed values.
        signer: Signs for the party that speaks.
        cosigners: Other parties that sign too.

    Raises:
        PolicyError: ``ledger.business_key`` if somebody appended one of them meanwhile; or not allowed.
        Nothing
            was added.
        StorageError: Nothing was appended.
    """
    with ledger.reading() as reader:
        seen = ledger._seen(reader)
    signed = sign_batch(
        ledger.card,
        written.batch,
        signer,
        time=ledger._clock(),
        cosigners=cosigners,
        seen=seen,
        randomness=ledger._randomness,
    )
    # Openings first, as in `Ledger.append`: one that nobody needs does no harm.
    ledger._vault.put(written.openings)
    return ledger._sequencer.place(ledger._reader, signed, written.batch)
