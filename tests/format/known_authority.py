"""The ledger that docs/format-authority.md quotes: every kind of change of authority, from fixed seeds, times and ids.

Run it to print every answer: ``python tests/format/known_authority.py``.
"""

from __future__ import annotations

from typing import Any

from known_answers import LAB, OPERATOR, ORIGIN, PRODUCT, START, signer, statement_id

from trustledger import chain, merkle
from trustledger.authority.genesis import make_genesis, read_genesis
from trustledger.authority.ledgers import policy_data
from trustledger.authority.parties import Accreditation, Identity, Scope
from trustledger.authority.writing import key_record_data, party_record_data
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.keys import Ed25519Signer, key_note
from trustledger.log import Entry
from trustledger.record import Draft, finish_draft, parse_record
from trustledger.statement import Seen, Statement, records_root, sign_statement
from trustledger.subject import LEDGER, party_subject

SHOP = "https://shop.example/"
ORDER = "urn:uuid:5a1f9c3e-7b2d-4c6e-9f10-2b3c4d5e6f70"
GUEST = "urn:uuid:0c8f2b1a-6d3e-4f5a-8b7c-9d0e1f2a3b4c"
POLICY = """\
format = 1
name = "known-answers"
date = 2026-09-21

[kinds.order]
roles = ["merchant"]

[guests]
kinds = ["claim", "review"]
"""


class Governed:
    """Nine entries: genesis with a recovery key, a policy, parties, a rotation, a threshold, an order, and ends of keys."""

    def __init__(self) -> None:
        self.operator, self.second = signer(OPERATOR, 1), signer(OPERATOR, 6)
        self.recovery, self.fresh = signer(OPERATOR, 5), (signer(OPERATOR, 11), signer(OPERATOR, 12))
        self.log, self.next_log = signer(ORIGIN, 2), signer(ORIGIN, 13)
        self.lab, self.next_lab = signer(LAB, 4), signer(LAB, 7)
        self.shop, self.guest = signer(SHOP, 8), signer(GUEST, 9)
        self.heads: dict[bytes, chain.Head] = {}
        self.entries: list[bytes] = []
        self.records: list[tuple[bytes, ...]] = []
        new = make_genesis(
            ORIGIN, (self.log.public,), self.operator, "Shop", now=START, statement_id=statement_id(0),
            recovery=key_note(self.recovery),
        )  # fmt: skip
        self.genesis = read_genesis(new.entry, new.records)
        self._keep(new.entry, new.records)
        self._changes()

    def _changes(self) -> None:
        year = 365 * 86_400_000
        lab = party_record_data(
            "Lab", ["inspector"], [key_note(self.lab)],
            scopes=[Scope(frozenset({"inspection"}), (PRODUCT,), frozenset({"cadmium", "lead"}), START, None)],
            accreditations=[Accreditation("CNAS", "L0001", frozenset({"lead"}), START - year, START + year)],
            identities=[Identity("uscc", "91350100M000100Y43")], owner="https://group.example/",
        )  # fmt: skip
        shop = party_record_data("Shop", ["merchant"], [key_note(self.shop)], custody=OPERATOR)
        self._place([self.operator], ("policy", LEDGER, policy_data(POLICY)))
        self._place([self.operator], ("party", party_subject(LAB), lab), ("party", party_subject(SHOP), shop))
        rotation = key_record_data([key_note(self.next_lab)], [(self.lab.public, "superseded", None)])
        self._place([self.lab], ("key", party_subject(LAB), rotation))
        two = party_record_data(key_notes=[key_note(self.second)], threshold=2)
        self._place([self.operator], ("party", party_subject(OPERATOR), two))
        order: dict[str, Any] = {
            "keys": [key_note(self.guest).decode()],
            "lines": [{"line": "1", "product": PRODUCT}],
            "merchant": SHOP,
        }
        self._place([self.shop], ("order", (ORDER, PRODUCT, SHOP, party_subject(GUEST)), order))
        end = key_record_data(revoke=[(self.next_lab.public, "compromised", START + 3500)])
        self._place([self.operator, self.second], ("key", party_subject(LAB), end))
        stolen = [(one.public, "compromised", START + 6000) for one in (self.operator, self.second)]
        notes = [key_note(one) for one in self.fresh]
        back = key_record_data(notes, [stolen[0], (stolen[1][0], "compromised", START + 6000)])  # type: ignore[list-item]
        self._place([self.recovery], ("key", party_subject(OPERATOR), back))
        keys = {"log_keys": [self.log.public.text, self.next_log.public.text]}
        self._place(list(self.fresh), ("ledger", LEDGER, keys))

    def _keep(self, entry: bytes, records: tuple[bytes, ...]) -> list[bytes]:
        parsed = [parse_record(raw) for raw in records]
        hashes = [(record.hash, record.subject_hashes) for record in parsed]
        self.entries.append(entry)
        self.records.append(records)
        return chain.extend(self.heads, len(self.entries) - 1, hashes)

    def root(self, size: int) -> bytes:
        """Root of the log at a size."""
        return merkle.root([merkle.leaf_hash(entry) for entry in self.entries[:size]])

    def _place(self, signers: list[Ed25519Signer], *records: tuple[str, Any, dict[str, Any]]) -> None:
        size = len(self.entries)
        at = START + size * 1000
        raws = []
        for kind, subjects, data in records:
            named = subjects if isinstance(subjects, tuple) else (subjects,)
            salts = iter([bytes(range(16))])
            draft = Draft(kind, at - 500, named, data, salted=kind == "order")
            raw, _ = finish_draft(draft, signers[0].party, lambda _, salts=salts: next(salts))  # type: ignore[misc]
            raws.append(raw)
        statement = Statement(
            ORIGIN, self.genesis.hash, signers[0].party, (), at - 250, statement_id(size),
            Seen(size, self.root(size)), len(raws), records_root(raws),
        )  # fmt: skip
        note = sign_statement(statement, signers).raw
        parsed = [parse_record(raw) for raw in raws]
        before = dict(self.heads)
        links = chain.extend(before, size, [(record.hash, record.subject_hashes) for record in parsed])
        self._keep(Entry(at, note, len(links), merkle.root(links)).encode(), tuple(raws))

    def checkpoint(self) -> bytes:
        """Signed by the old log key and the new one."""
        size = len(self.entries)
        return sign_checkpoint(Checkpoint(ORIGIN, size, self.root(size)), [self.log, self.next_log])

    def answers(self) -> dict[str, str]:
        """Every quoted answer."""
        found = {"a.policy": POLICY, "a.checkpoint": self.checkpoint().decode()}
        for number, entry in enumerate(self.entries):
            found[f"a.entry.{number}"] = entry.hex()
            for position, raw in enumerate(self.records[number]):
                found[f"a.record.{number}.{position}"] = raw.hex()
        found["a.root"] = self.root(len(self.entries)).hex()
        return found


if __name__ == "__main__":
    for name, value in Governed().answers().items():
        print(f"{name}\n{value}\n")  # noqa: T201
