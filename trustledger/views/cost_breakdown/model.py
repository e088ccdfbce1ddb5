"""What a price pays for: plain values, money in whole minor units of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from trustledger.views.changes import money_of

if TYPE_CHECKING:
    from trustledger.views.model import Finding

Status = Literal["declared", "evidenced", "cross-checked", "sealed"]
"""What stands behind an amount: the seller's word; the hash of an invoice besides; the supplier's own price for the
same lots, which agrees; or nothing that this reader may see."""


@dataclass(frozen=True, slots=True)
class CostComponent:
    """One line of a breakdown.

    Attributes:
        component: What it pays for, in the seller's words; None if that is sealed.
        amount: Minor units; None if it is sealed.
        status: What stands behind the amount.
        records: Places of the records that say so: the seller's, its correction, the suppliers' that agree.
    """

    component: str | None
    amount: int | None
    status: Status
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostBreakdown:
    """What the price of a product or lot is made up of, as one seller says, and what speaks for it.

    Attributes:
        subject: What was asked about.
        seller: URI of who sells it.
        as_of: Time of the question, ms since 1970-01-01T00:00:00Z: what was placed later, or holds from later on,
            is not in it.
        currency: ISO 4217 code of every amount here.
        price: Minor units; None if it is sealed.
        quantity: How much has that price, a decimal.
        unit: Its unit.
        components: The lines, in the seller's order.
        balanced: Whether the lines add up to the price exactly; None where that is not known, because an amount
            is sealed or there are no lines.
        findings: What does not fit, in the order of the log; of the suppliers' own breakdowns too.
    """

    subject: str
    seller: str
    as_of: int
    currency: str
    price: int | None
    quantity: str
    unit: str
    components: tuple[CostComponent, ...]
    balanced: bool | None
    findings: tuple[Finding, ...]

    def plain(self) -> dict[str, Any]:
        """The public form for JSON: money as decimals of the currency's digits, None where it is sealed.

        Fields are only ever added to a finding, and none to the rest.
        """
        return {
            "subject": self.subject,
            "currency": self.currency,
            "price": self._money(self.price),
            "components": [
                {
                    "component": one.component,
                    "amount": self._money(one.amount),
                    "status": one.status,
                    "records": list(one.records),
                }
                for one in self.components
            ],
            "balanced": self.balanced,
            "findings": [
                {
                    "code": one.code,
                    "level": one.level,
                    "subject": one.subject,
                    "ref": one.ref,
                    "refs": list(one.refs),
                    "facts": dict(one.facts),
                    "text": one.text(),
                }
                for one in self.findings
            ],
        }

    def _money(self, amount: int | None) -> str | None:
        return None if amount is None else money_of(amount, self.currency)
