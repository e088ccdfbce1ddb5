"""An embeddable, append-only ledger of signed supply-chain records, with proofs anyone can check.

What most programs need is here. Importing this package loads neither pydantic nor anything for the terminal; a name is
loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trustledger.audit import AuditReport
    from trustledger.errors import (
        ChainError,
        ConflictError,
        CorruptStoreError,
        ForkError,
        FormatError,
        InputError,
        NewerFormatError,
        NotFoundError,
        PolicyError,
        ProofError,
        SignatureError,
        StorageError,
        StoreFullError,
        TrustLedgerError,
        VerificationError,
    )
    from trustledger.keys import Ed25519Signer, Signer, key_note, read_key_file, write_key_file
    from trustledger.kinds import Kinds, KindSpec
    from trustledger.kinds.build import (
        appeal,
        claim,
        correction,
        cost,
        decision,
        delisting,
        delivery,
        inspection,
        layout,
        layout_step,
        listing,
        notice,
        observation,
        order,
        order_line,
        origin,
        processing,
        product,
        promise,
        recall,
        record_ref,
        relisting,
        reply,
        report_copy,
        resolution,
        result,
        review,
        sample,
        shipping,
    )
    from trustledger.ledger import Card, Ledger, Receipt, Submission, VerifiedRecord, parse_card
    from trustledger.record import Draft, Evidence
    from trustledger.views.cost_breakdown import CostBreakdown
    from trustledger.views.inspection_card import InspectionCard
    from trustledger.views.trust_score import TrustScore

_HOMES: Final = {
    "trustledger.audit": ("AuditReport",),
    "trustledger.errors": (
        "ChainError",
        "ConflictError",
        "CorruptStoreError",
        "ForkError",
        "FormatError",
        "InputError",
        "NewerFormatError",
        "NotFoundError",
        "PolicyError",
        "ProofError",
        "SignatureError",
        "StorageError",
        "StoreFullError",
        "TrustLedgerError",
        "VerificationError",
    ),
    "trustledger.keys": ("Ed25519Signer", "Signer", "key_note", "read_key_file", "write_key_file"),
    "trustledger.kinds": ("KindSpec", "Kinds"),
    "trustledger.kinds.build": (
        "appeal",
        "claim",
        "correction",
        "cost",
        "decision",
        "delisting",
        "delivery",
        "inspection",
        "layout",
        "layout_step",
        "listing",
        "notice",
        "observation",
        "order",
        "order_line",
        "origin",
        "processing",
        "product",
        "promise",
        "recall",
        "record_ref",
        "relisting",
        "reply",
        "report_copy",
        "resolution",
        "result",
        "review",
        "sample",
        "shipping",
    ),
    "trustledger.ledger": ("Card", "Ledger", "Receipt", "Submission", "VerifiedRecord", "parse_card"),
    "trustledger.record": ("Draft", "Evidence"),
    "trustledger.views.cost_breakdown": ("CostBreakdown",),
    "trustledger.views.inspection_card": ("InspectionCard",),
    "trustledger.views.trust_score": ("TrustScore",),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}

__version__ = "0.1.0"
__all__ = [
    "AuditReport",
    "Card",
    "ChainError",
    "ConflictError",
    "CorruptStoreError",
    "CostBreakdown",
    "Draft",
    "Ed25519Signer",
    "Evidence",
    "ForkError",
    "FormatError",
    "InputError",
    "InspectionCard",
    "KindSpec",
    "Kinds",
    "Ledger",
    "NewerFormatError",
    "NotFoundError",
    "PolicyError",
    "ProofError",
    "Receipt",
    "SignatureError",
    "Signer",
    "StorageError",
    "StoreFullError",
    "Submission",
    "TrustLedgerError",
    "TrustScore",
    "VerificationError",
    "VerifiedRecord",
    "appeal",
    "claim",
    "correction",
    "cost",
    "decision",
    "delisting",
    "delivery",
    "inspection",
    "key_note",
    "layout",
    "layout_step",
    "listing",
    "notice",
    "observation",
    "order",
    "order_line",
    "origin",
    "parse_card",
    "processing",
    "product",
    "promise",
    "read_key_file",
    "recall",
    "record_ref",
    "relisting",
    "reply",
    "report_copy",
    "resolution",
    "result",
    "review",
    "sample",
    "shipping",
    "write_key_file",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(name)
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
