"""docs/format.md quotes bytes and hashes: the library makes them, and a checker that knows only the page accepts them."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
import stranger
from known_answers import CANONICAL, FARM, LAB, LOT, ORIGIN, Little

PAGE = Path(__file__).resolve().parents[2] / "docs" / "format.md"
_BLOCK = re.compile(r"^```(hex|text|canonical) ?([a-z0-9_.]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def quoted_in(page: Path) -> dict[str, str]:
    """Every answer that a page quotes, by name; hex without the line breaks."""
    found: dict[str, str] = {}
    for what, name, body in _BLOCK.findall(page.read_text("utf-8")):
        if what == "canonical":
            for line in body.splitlines():
                value, _, raw = line.rpartition(" ")
                found[f"canonical {value.strip()}"] = raw
        elif name:
            assert name not in found, name
            found[name] = "".join(body.split()) if what == "hex" else body
    return found


QUOTED = quoted_in(PAGE)
LITTLE = Little()
ANSWERS = LITTLE.answers()


def raw(name: str) -> bytes:
    return bytes.fromhex(QUOTED[name])


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() | QUOTED.keys()))
def test_the_page_quotes_what_the_library_makes(name):
    assert QUOTED.get(name) == ANSWERS.get(name)


def entries() -> list[bytes]:
    return [raw(f"entry.{number}") for number in range(5)]


def bundles() -> dict[int, list[bytes]]:
    return {
        number: [
            raw(f"record.{number}.{position}")
            for position in range(2)
            if f"record.{number}.{position}" in QUOTED
        ]
        for number in range(4)
    }


def check(
    all_entries: list[bytes] | None = None, records: dict[int, list[bytes]] | None = None
) -> stranger.Checked:
    return stranger.check_ledger(
        all_entries or entries(), records or bundles(), QUOTED["checkpoint"].encode()
    )


@pytest.mark.parametrize(("shown", "value"), CANONICAL, ids=[shown for shown, _ in CANONICAL])
def test_a_stranger_writes_the_canonical_examples(shown, value):
    assert stranger.write(value) == raw(f"canonical {shown}")
    assert stranger.read(raw(f"canonical {shown}")) == value
    literal = re.fullmatch(r"h'([0-9a-f]*)'", shown)
    assert value == (bytes.fromhex(literal[1]) if literal else json.loads(shown))


def test_a_stranger_accepts_the_ledger_and_finds_the_same_hashes():
    ledger = check()
    assert ledger.genesis == raw("genesis.hash")
    assert (ledger.origin, sorted({name for name, _ in ledger.keys})) == (
        ORIGIN,
        sorted([FARM, LAB, ledger.operator]),
    )
    for size in range(1, 6):
        assert stranger.tree(ledger.leaves[:size]) == raw(f"root.{size}")
    for number in range(4):
        assert b"".join(ledger.links[number]) == raw(f"links.{number}")
        assert stranger.tree(ledger.links[number]) == raw(f"links_root.{number}")
        for position, record in enumerate(bundles()[number]):
            assert stranger.hashed(b"\x00", record) == raw(f"record_hash.{number}.{position}")
    keys = {name: raw(f"subject.{name}") for name in ("lot", "raw", "product")}
    assert keys["lot"] == stranger.hashed(LOT.encode())
    heads = {name: ledger.heads[key] for name, key in keys.items()}
    for name, (length, link) in heads.items():
        assert length.to_bytes(8, "big") + link == raw(f"head.{name}")
    assert stranger.heads_root({keys["lot"]: heads["lot"]}) == raw("heads.one")
    assert stranger.heads_root({keys[name]: heads[name] for name in keys}) == raw("heads.three")
    assert stranger.heads_root(ledger.heads) == raw("heads.all")


def test_a_stranger_opens_the_seal():
    record = stranger.read(raw("record.3.1"))
    value = stranger.read(raw("seal.value"))
    made = stranger.commitment(FARM, LOT, "/price", raw("seal.salt"), value)
    assert made == raw("seal.commitment") == record[5]["/price"]
    assert stranger.commitment(LAB, LOT, "/price", raw("seal.salt"), value) != made


def test_a_stranger_proves_a_ledger_with_a_withheld_record():
    records = bundles()
    records[3][1] = raw("withheld")
    assert check(records=records).links == check().links


def test_a_stranger_reads_the_card_and_the_key_notes():
    text, lines = stranger.note_of(QUOTED["card"].encode())
    fields = [line.split(" ", 1) for line in text.decode().splitlines()[1:]]
    assert [name for name, *_ in fields] == ["origin", "genesis", "operator", "log", "key"]
    assert stranger.base64(fields[1][1]) == raw("genesis.hash")
    name, public, identity = stranger.key_of(fields[4][1])
    assert lines[0][:2] == (name, identity)
    stranger.verify(public, lines[0][2], text)
    assert stranger.self_signed(QUOTED["key.farm"])[0] == FARM
    assert stranger.self_signed(QUOTED["key.lab"])[0] == LAB


def test_the_statement_is_the_one_in_the_entry():
    assert stranger.read(raw("entry.3"))[2].decode() == QUOTED["statement.3"]


def damaged(value: bytes, source: random.Random) -> bytes:
    at = source.randrange(len(value))
    return value[:at] + bytes([value[at] ^ 1 << source.randrange(8)]) + value[at + 1 :]


@pytest.mark.parametrize("number", range(5))
def test_a_stranger_refuses_any_changed_bit_of_an_entry(number):
    source = random.Random(number)
    for _ in range(40):
        changed = entries()
        changed[number] = damaged(changed[number], source)
        with pytest.raises((stranger.Fault, ValueError, TypeError, LookupError, AttributeError)):
            check(changed)


@pytest.mark.parametrize("number", range(4))
def test_a_stranger_refuses_any_changed_bit_of_a_record(number):
    source = random.Random(number)
    for _ in range(40):
        changed = bundles()
        position = source.randrange(len(changed[number]))
        changed[number][position] = damaged(changed[number][position], source)
        with pytest.raises((stranger.Fault, ValueError, TypeError, LookupError, AttributeError)):
            check(records=changed)


def test_the_stranger_is_a_stranger():
    source = Path(stranger.__file__).read_text("utf-8")
    assert not re.search(r"^\s*(?:import|from) trustledger", source, re.MULTILINE)


def test_the_library_reads_what_the_page_quotes():
    """The other way round: the quoted bytes, read by the library alone."""
    from trustledger.authority.genesis import read_genesis
    from trustledger.checkpoint import verify_checkpoint
    from trustledger.ledger.card import parse_card

    genesis = read_genesis(raw("entry.0"), bundles()[0])
    card = parse_card(QUOTED["card"].encode())
    assert (genesis.hash, genesis.origin, genesis.log_keys) == (card.genesis, card.origin, card.log_keys)
    checkpoint = verify_checkpoint(QUOTED["checkpoint"].encode(), card.origin, card.log_keys).checkpoint
    assert (checkpoint.size, checkpoint.root) == (5, raw("root.5"))
