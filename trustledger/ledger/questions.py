"""The questions about goods that a ledger answers: `card`, `cost`, `score`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trustledger.frameworks import CardPolicy, Frameworks
    from trustledger.keys import Signer
    from trustledger.kinds.registry import Kinds
    from trustledger.ledger.answers import Answers
    from trustledger.ledger.appending import Receipt
    from trustledger.ledger.moments import AsOf
    from trustledger.ledger.reader import Reader
    from trustledger.ledger.vault import Vault
    from trustledger.record import Draft, Opening
    from trustledger.views.cost_breakdown import CostBreakdown
    from trustledger.views.inspection_card import InspectionCard
    from trustledger.views.trust_score import ScorePolicy, TrustScore


class Questions:
    """The part of `Ledger` that a shop's page needs: typed answers, each with the evidence behind it.

    Attributes:
        kinds: The kinds of records that are known.
    """

    kinds: Kinds
    _vault: Vault
    _clock: Callable[[], int]

    def _reading(self) -> AbstractContextManager[Reader]:
        """A verified view of the ledger as it is now; `Ledger` has it."""
        raise NotImplementedError

    def append(self, drafts: Iterable[Draft], *, signer: Signer) -> Receipt:
        """Append records as one statement; `Ledger` has it."""
        raise NotImplementedError

    @cached_property
    def answers(self) -> Answers:
        """What answers the questions below, and remembers its answers while they hold. The views are loaded now."""
        from trustledger.ledger.answers import Answers  # noqa: PLC0415  (loads all views)

        return Answers(self._reading, self.kinds, self._vault)

    def card(
        self,
        lot: str,
        *,
        as_of: AsOf = None,
        group: str | None = None,
        frameworks: Frameworks | None = None,
        policy: CardPolicy | None = None,
    ) -> InspectionCard:
        """The inspection card of a lot: each result held against the law in force when the lot was made.

        Args:
            lot: The lot, in normal form. One that nobody speaks of has an untested card.
            as_of: ms since 1970-01-01T00:00:00Z, RFC 3339 text, a signed checkpoint (or its bytes), or how many
                entries the log had, as text; the time of the latest entry if None. Nothing placed later is seen.
            group: The side to show, such as ``EU``; that of the product's market if None.
            frameworks: Limits; those shipped if None.
            policy: The house's rules for stars; those shipped if None.

        Raises:
            FormatError: Not a subject, side or moment.
            NotFoundError: The log is shorter than the checkpoint.
            VerificationError: A record does not hold, or the log does not contain what the checkpoint signed.
        """
        found = self.answers.cards(lot, as_of=as_of, group=group, frameworks=frameworks, policy=policy)
        return found[0]

    def cards(
        self,
        lot: str,
        *,
        as_of: AsOf = None,
        frameworks: Frameworks | None = None,
        policy: CardPolicy | None = None,
    ) -> tuple[InspectionCard, ...]:
        """The cards of a lot under every side that covers it, the applicable one first. Arguments as `card`."""
        return self.answers.cards(lot, as_of=as_of, side_by_side=True, frameworks=frameworks, policy=policy)

    def cost(  # noqa: PLR0913  (all but the first by name)
        self,
        subject: str,
        *,
        seller: str | None = None,
        buyer: str = "",
        currency: str | None = None,
        as_of: AsOf = None,
        openings: Mapping[bytes, Opening] | None = None,
        disclose: bool = False,
    ) -> CostBreakdown:
        """What a price pays for, as one seller says, and whether the suppliers say the same.

        Args:
            subject: A product or lot, in normal form.
            seller: URI of the party that sells; may be left out if only one does.
            buyer: The price that holds for this party alone; by default the one for everybody.
            currency: ISO 4217 code, if the seller has prices in several.
            as_of: As for `card`.
            openings: Commitment → opening of what was disclosed to the reader of this answer.
            disclose: Use the openings that are kept beside this ledger too: for their holder alone.

        Raises:
            FormatError: Not a subject or moment; or several parties sell it.
            NotFoundError: No such price holds then, or the log is shorter than the checkpoint.
            VerificationError: A record does not hold, or the log does not contain what the checkpoint signed.
        """
        return self.answers.cost(
            subject, seller=seller, buyer=buyer, currency=currency, as_of=as_of, openings=openings, disclose=disclose
        )  # fmt: skip

    def score(  # noqa: PLR0913  (all but the first two by name)
        self,
        product: str,
        merchant: str,
        *,
        as_of: AsOf = None,
        policy: ScorePolicy | None = None,
        frameworks: Frameworks | None = None,
        card_policy: CardPolicy | None = None,
    ) -> TrustScore:
        """The trust score of a product sold by a merchant, with its parts, its bounds and its evidence.

        Args:
            product: The product, in normal form.
            merchant: URI of the merchant.
            as_of: As for `card`.
            policy: The rules of the score; those shipped if None.
            frameworks: Limits for the cards of the lots on sale; those shipped if None.
            card_policy: The rules of these cards; those shipped if None.

        Raises:
            FormatError: Not a subject, party or moment.
            NotFoundError: The log is shorter than the checkpoint.
            VerificationError: A record does not hold, or the log does not contain what the checkpoint signed.
        """
        return self.answers.score(
            product, merchant, as_of=as_of, policy=policy, frameworks=frameworks, card_policy=card_policy
        )

    def enforce(  # noqa: PLR0913  (all but the first two by name)
        self,
        product: str,
        merchant: str,
        *,
        signer: Signer,
        policy: ScorePolicy | None = None,
        frameworks: Frameworks | None = None,
        card_policy: CardPolicy | None = None,
    ) -> Receipt | None:
        """Append what follows from a score now: a notice, a hold, a delisting or a relisting. Again, it adds nothing.

        Args:
            product: The product, in normal form.
            merchant: URI of the merchant.
            signer: Signs for the operator or a platform.
            policy: As for `score`.
            frameworks: As for `score`.
            card_policy: As for `score`.

        Returns:
            Where the records stand; None if nothing is due.

        Raises:
            PolicyError: The signing party may not say this.
            TrustLedgerError: As for `score` and `append`.
        """
        now = max(
            self._clock(), self.score(product, merchant).as_of
        )  # a clock that is behind waits for the log
        found = self.score(
            product, merchant, as_of=now, policy=policy, frameworks=frameworks, card_policy=card_policy
        )
        drafts = self.answers.due(found)
        return self.append(drafts, signer=signer) if drafts else None
