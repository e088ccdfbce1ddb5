"""The little ledger that docs/format.md quotes, built through the library from fixed seeds, times and ids.

Run it to print every answer: ``python tests/format/known_answers.py``.
"""

from __future__ import annotations

from typing import Any

from trustledger import chain, merkle
from trustledger.authority.genesis import make_genesis, read_genesis
from trustledger.authority.writing import party_record_data
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.encoding import encode
from trustledger.keys import Ed25519Signer, key_note
from trustledger.ledger.card import Card
from trustledger.log import HEAD_INDEX, Annotation, Entry
from trustledger.record import Draft, finish_draft, parse_record, withhold
from trustledger.statement import Seen, Statement, records_root, sign_statement
from trustledger.subject import party_subject

ORIGIN, OPERATOR = "shop.example/ledger", "https://shop.example/operator"
FARM, LAB = "https://farm.example/", "https://lab.example/"
PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT, RAW = PRODUCT + "/10/LOT-7", "https://farm.example/lot/RAW-3"
START = 1_790_000_000_000
"""2026-09-21T13:33:20Z; each entry stands a second after the one before it."""

CANONICAL: list[tuple[str, Any]] = [
    ("null", None),
    ("true", True),
    ("0", 0),
    ("127", 127),
    ("128", 128),
    ("65536", 65_536),
    ("9007199254740991", 2**53 - 1),
    ("-1", -1),
    ("-32", -32),
    ("-33", -33),
    ("-129", -129),
    ("-9007199254740991", -(2**53) + 1),
    ('""', ""),
    ('"奶粉"', "奶粉"),
    ("h''", b""),
    ("h'00ff'", b"\x00\xff"),
    ("[]", []),
    ("[1,[2]]", [1, [2]]),
    ("{}", {}),
    ('{"b":1,"a":2,"aa":3}', {"b": 1, "a": 2, "aa": 3}),
]


def signer(name: str, number: int) -> Ed25519Signer:
    """The key whose seed is 32 times one byte."""
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


def statement_id(number: int) -> bytes:
    """Sixteen times one byte."""
    return bytes([0xA0 + number]) * 16


class Little:
    """Five entries: genesis, two enrolments, two records signed by two parties, a head index."""

    def __init__(self) -> None:
        self.operator, self.log = signer(OPERATOR, 1), signer(ORIGIN, 2)
        self.farm, self.lab = signer(FARM, 3), signer(LAB, 4)
        self.heads: dict[bytes, chain.Head] = {}
        self.entries: list[bytes] = []
        self.records: list[tuple[bytes, ...]] = []
        self.links: list[list[bytes]] = []
        self.notes: list[bytes] = []
        new = make_genesis(
            ORIGIN, (self.log.public,), self.operator, "Shop", now=START, statement_id=statement_id(0)
        )
        self.genesis = read_genesis(new.entry, new.records)
        self._keep(new.entry, new.records)
        self._enrol(self.farm, "Farm", "producer")
        self._enrol(self.lab, "Lab", "inspector")
        self._place_two()
        ends = sorted(self.heads.items())
        body = chain.encode_head_index(len(ends), chain.heads_root(ends))
        self.entries.append(Annotation(HEAD_INDEX, START + 4000, body).encode())

    def _keep(self, entry: bytes, records: tuple[bytes, ...]) -> None:
        parsed = [parse_record(raw) for raw in records]
        hashes = [(record.hash, record.subject_hashes) for record in parsed]
        self.links.append(chain.extend(self.heads, len(self.entries), hashes))
        self.entries.append(entry)
        self.records.append(records)

    def root(self, size: int) -> bytes:
        """Root of the log at a size."""
        return merkle.root([merkle.leaf_hash(entry) for entry in self.entries[:size]])

    def _place(self, records: tuple[bytes, ...], signers: list[Ed25519Signer]) -> None:
        size = len(self.entries)
        cosigners = tuple(sorted(one.party for one in signers[1:]))
        statement = Statement(
            ORIGIN, self.genesis.hash, signers[0].party, cosigners, START + size * 1000 - 250, statement_id(size),
            Seen(size, self.root(size)), len(records), records_root(records),
        )  # fmt: skip
        note = sign_statement(statement, signers).raw
        before = dict(self.heads)
        parsed = [parse_record(raw) for raw in records]
        links = chain.extend(before, size, [(record.hash, record.subject_hashes) for record in parsed])
        self.notes.append(note)
        self._keep(Entry(START + size * 1000, note, len(links), merkle.root(links)).encode(), records)

    def _enrol(self, key: Ed25519Signer, name: str, role: str) -> None:
        data = party_record_data(name, (role,), (key_note(key),))
        moment = START + len(self.entries) * 1000 - 500
        raw, _ = finish_draft(Draft("party", moment, (party_subject(key.party),), data), OPERATOR, bytes)
        self._place((raw,), [self.operator])

    def _place_two(self) -> None:
        made = {
            "inputs": [{"lot": RAW, "quantity": "120", "unit": "kg"}],
            "outputs": [{"lot": LOT, "quantity": "14.5", "unit": "kg"}],
            "step": "spray drying",
        }
        one, _ = finish_draft(Draft("processing", START, (LOT, RAW, PRODUCT), made), FARM, bytes)
        price = {"components": [], "currency": "CNY"}
        salts = iter([bytes(range(16)), bytes(range(16, 32))])
        draft = Draft("cost", START, (LOT, PRODUCT), price, seal={"/price": 1999}, salted=True)
        two, openings = finish_draft(draft, FARM, lambda _: next(salts))
        ((self.commitment, self.opening),) = openings.items()
        self._place((one, two), [self.farm, self.lab])

    def answers(self) -> dict[str, str]:
        """Every quoted answer: bytes as hex, notes and cards as text."""
        heads = {name: (key, self.heads[key]) for name, key in self._subject_keys().items()}
        three = sorted(heads[name] for name in ("lot", "raw", "product"))
        size = len(self.entries)
        checkpoint = sign_checkpoint(Checkpoint(ORIGIN, size, self.root(size)), [self.log])
        hexed = {
            "genesis.hash": self.genesis.hash,
            "seal.salt": self.opening.salt,
            "seal.value": encode(self.opening.value),
            "seal.commitment": self.commitment,
            "withheld": withhold(parse_record(self.records[3][1])),
            "heads.one": chain.heads_root([heads["lot"]]),
            "heads.three": chain.heads_root(three),
            "heads.all": chain.heads_root(sorted(self.heads.items())),
        }
        for name, (key, (length, link, _)) in heads.items():
            hexed[f"subject.{name}"] = key
            hexed[f"head.{name}"] = length.to_bytes(8, "big") + link
        for number, entry in enumerate(self.entries):
            hexed[f"entry.{number}"] = entry
            hexed[f"root.{number + 1}"] = self.root(number + 1)
        for number, records in enumerate(self.records):
            hexed[f"links.{number}"] = b"".join(self.links[number])
            hexed[f"links_root.{number}"] = merkle.root(self.links[number])
            for position, raw in enumerate(records):
                hexed[f"record.{number}.{position}"] = raw
                hexed[f"record_hash.{number}.{position}"] = parse_record(raw).hash
        texts = {
            "key.farm": key_note(self.farm),
            "key.lab": key_note(self.lab),
            "statement.3": self.notes[2],
            "checkpoint": checkpoint,
            "card": Card.of(self.genesis).sign(self.operator),
        }
        canonical = {f"canonical {name}": encode(value).hex() for name, value in CANONICAL}
        return {
            **canonical,
            **{name: value.hex() for name, value in hexed.items()},
            **{name: value.decode() for name, value in texts.items()},
        }

    @staticmethod
    def _subject_keys() -> dict[str, bytes]:
        from trustledger.subject import subject_hash

        return {name: subject_hash(uri) for name, uri in (("lot", LOT), ("raw", RAW), ("product", PRODUCT))}


if __name__ == "__main__":
    for name, value in Little().answers().items():
        print(f"{name}\n{value}\n")  # noqa: T201
