"""Reading what a score needs: the chains of the merchant under all its names, and corrections of what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from trustledger.views.corrections import Corrections
from trustledger.views.trust_score.trade import Trade

if TYPE_CHECKING:
    from trustledger.views.provenance import ChainReader

MAX_RECORDS: Final = 1_000_000
"""Records read of one merchant's chain."""


def gather_trade(
    reader: ChainReader, merchant: str, sellers: Iterable[str] = (), *, max_records: int = MAX_RECORDS
) -> Trade:
    """The state of the fold over a merchant's chain: whatever is offered, sold, said or decided about it names it.

    Args:
        reader: Verified records of one state of the ledger.
        merchant: URI of the merchant.
        sellers: Its other names (`same_seller`).
        max_records: Records to read of one chain.

    Returns:
        The state; ``cut`` names the chains that were not read to their end.

    Raises:
        VerificationError: A record or link does not hold.
    """
    corrections, trade = Corrections(reader), Trade()
    for seller in sorted({merchant, *sellers}):
        records = list(islice(reader.chain(seller), max_records + 1))
        if len(records) > max_records:
            trade.cut.add(seller)
        trade.add(records[:max_records])
    # A correction may stand only in the chain of another of the record's subjects: the index of corrections knows it.
    for placed in list(trade.held()):
        trade.add(corrections.of(placed))
    return trade
