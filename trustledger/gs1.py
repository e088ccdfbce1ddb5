"""GS1 keys as URIs: GTIN, lot, serial, GLN, SSCC, and what is wrong with a Digital Link. Skeleton; bodies follow."""

from __future__ import annotations

from trustledger.errors import TrustLedgerError


def check_digit(digits: str) -> str:
    """The GS1 check digit that belongs after ``digits`` (weights 3, 1 from the right)."""
    raise NotImplementedError


def gtin14(text: str) -> str:
    """A GTIN-8, -12, -13 or -14 as 14 digits. FormatError ``gs1.check_digit`` says which digit it should be."""
    raise NotImplementedError


def product_uri(gtin: str) -> str:
    """``https://id.gs1.org/01/<GTIN14>``."""
    raise NotImplementedError


def lot_uri(gtin: str, lot: str) -> str:
    """``https://id.gs1.org/01/<GTIN14>/10/<lot>``; FormatError ``gs1.lot`` if GS1 does not allow the lot number."""
    raise NotImplementedError


def item_uri(gtin: str, serial: str, lot: str | None = None) -> str:
    """``https://id.gs1.org/01/<GTIN14>[/10/<lot>]/21/<serial>``."""
    raise NotImplementedError


def gln_uri(gln: str) -> str:
    """``https://id.gs1.org/414/<GLN>``: a place."""
    raise NotImplementedError


def party_gln_uri(gln: str) -> str:
    """``https://id.gs1.org/417/<GLN>``: a party."""
    raise NotImplementedError


def sscc_uri(sscc: str) -> str:
    """``https://id.gs1.org/00/<SSCC>``: a logistic unit."""
    raise NotImplementedError


def lot_of_party(party: str, lot: str, gtin: str | None = None) -> str:
    """``<party>/lot/[<GTIN14>/]<lot>``: a lot without a usable GS1 URI (percent-encoded NFC)."""
    raise NotImplementedError


def is_gs1_lot(lot: str) -> bool:
    """Whether GS1 allows this lot or serial number: 1 to 20 characters of its set 82."""
    raise NotImplementedError


def classes(subject: str) -> tuple[str, ...]:
    """The larger things ``subject`` belongs to: item → (lot, product), lot → (product,), others → ()."""
    raise NotImplementedError


def digital_link_problem(subject: str) -> TrustLedgerError | None:
    """What the registration policy refuses in a subject that is, or looks like, a GS1 Digital Link; None if nothing."""
    raise NotImplementedError
