"""The ledger's card: the one public page that others are handed.

Whoever holds it knows which ledger is meant (origin and genesis hash) and which keys speak for it. It is text, signed
by the operator so that a damaged page is noticed; that signature is by the key the page itself names, so what makes
the page trustworthy is the way it came to you.

::

    trustledger/card@v1
    origin shop.example/ledger
    genesis <base64 of the leaf hash of entry 0>
    operator https://shop.example/operator
    log <vkey of a log key>                      one or more
    key <vkey of a key of the operator>          one or more
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Final

from trustledger.authority.genesis import Genesis
from trustledger.errors import FormatError, NewerFormatError
from trustledger.keys import Signer
from trustledger.note import (
    SignatureLine,
    VerifierKey,
    assemble,
    open_note,
    parse_base64,
    parse_note,
    parse_vkey,
)
from trustledger.subject import check_origin, check_party

HEADER: Final = "trustledger/card@v1"
MAX_CARD: Final = 16_384


@dataclass(frozen=True, slots=True)
class Card:
    """What identifies a ledger, and the least that an auditor has to trust.

    Attributes:
        origin: The ledger's name.
        genesis: Leaf hash of entry 0.
        operator: URI of the operator.
        log_keys: Keys that sign checkpoints.
        operator_keys: Keys the operator had at genesis.
    """

    origin: str
    genesis: bytes
    operator: str
    log_keys: tuple[VerifierKey, ...]
    operator_keys: tuple[VerifierKey, ...]

    @classmethod
    def of(cls, genesis: Genesis) -> Card:
        """The card of a ledger with this genesis."""
        return cls(
            genesis.origin,
            genesis.hash,
            genesis.operator.uri,
            genesis.log_keys,
            tuple(genesis.operator.active_keys()),
        )

    @classmethod
    def from_text(cls, text: bytes) -> Card:
        """Read the page without its signature.

        Raises:
            FormatError: Not such a page, to the byte.
        """
        card = _parse_text(text)
        if card.text() != text:
            raise FormatError("card.text")
        return card

    def text(self) -> bytes:
        """The page without its signature."""
        lines = [
            HEADER,
            f"origin {self.origin}",
            f"genesis {b64encode(self.genesis).decode()}",
            f"operator {self.operator}",
            *(f"log {key.text}" for key in self.log_keys),
            *(f"key {key.text}" for key in self.operator_keys),
            "",
        ]
        return "\n".join(lines).encode()

    def sign(self, operator: Signer) -> bytes:
        """The page, signed by the operator."""
        text = self.text()
        return assemble(text, [SignatureLine(operator.party, operator.public.key_id, operator.sign(text))])


def parse_card(raw: bytes) -> Card:
    """Read a card and check that an operator key it names has signed it.

    Raises:
        FormatError: Not a card, to the byte.
        NewerFormatError: A card of a later version.
        SignatureError: The signature does not hold.
    """
    if raw.startswith(b"trustledger/card@") and not raw.startswith(HEADER.encode() + b"\n"):
        raise NewerFormatError("card.newer", seen=raw[:64].split(b"\n", 1)[0].decode("ascii", "replace"))
    note = parse_note(raw, max_bytes=MAX_CARD, max_lines=16)
    card = Card.from_text(note.text)
    open_note(raw, card.operator_keys)
    return card


def _parse_text(text: bytes) -> Card:
    lines = text.decode("utf-8").split("\n")
    fields: dict[str, list[str]] = {"origin": [], "genesis": [], "operator": [], "log": [], "key": []}
    if lines[0] != HEADER:
        raise FormatError("card.text")
    for line in lines[1:-1]:
        name, _, value = line.partition(" ")
        if name not in fields:
            raise FormatError("card.text")
        fields[name].append(value)
    single = [fields["origin"], fields["genesis"], fields["operator"]]
    if any(len(values) != 1 for values in single) or not fields["log"] or not fields["key"]:
        raise FormatError("card.text")
    genesis = parse_base64(fields["genesis"][0], at="genesis")
    if len(genesis) != 32:
        raise FormatError("card.text")
    return Card(
        check_origin(fields["origin"][0]),
        genesis,
        check_party(fields["operator"][0]),
        tuple(map(parse_vkey, fields["log"])),
        tuple(map(parse_vkey, fields["key"])),
    )
