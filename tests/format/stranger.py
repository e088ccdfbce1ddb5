"""A checker written from docs/format.md alone, as somebody in another language would. Imports nothing of the library.

It is small because it knows one ledger's worth: no units, no kinds, no policy of GS1. It refuses by raising `Fault`.
"""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_INT = 2**53 - 1
FORMS = (
    (0xD0, ">b"), (0xD1, ">h"), (0xD2, ">i"), (0xD3, ">q"), (0xCC, ">B"), (0xCD, ">H"), (0xCE, ">I"), (0xCF, ">Q"),
)  # fmt: skip
WIDTHS = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4, 0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}


class Fault(Exception):  # noqa: N818 - a fault of the ledger, not of this program
    """The ledger is not what it says."""


def need(fact: object, what: str) -> None:
    """Refuse unless a fact holds."""
    if not fact:
        raise Fault(what)


# --- section 1: canonical MessagePack -----------------------------------------------------------------------------


def write(value: Any, level: int = 1) -> bytes:
    """The one encoding of a value."""
    need(level <= 16, "too deep")
    if value is None or value is True or value is False:
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        need(abs(value) <= MAX_INT, "integer out of range")
        if -32 <= value <= 127:
            return struct.pack("b", value)
        for head, form in FORMS[4:] if value >= 0 else FORMS[:4]:
            try:
                return bytes([head]) + struct.pack(form, value)
            except struct.error:
                continue
    if isinstance(value, str):
        return _sized(value.encode(), 0xA0, 32, (0xD9, 0xDA, 0xDB))
    if isinstance(value, bytes):
        return _sized(value, 0, 0, (0xC4, 0xC5, 0xC6))
    if isinstance(value, list):
        items = b"".join(write(item, level + 1) for item in value)
        return _sized(items, 0x90, 16, (0, 0xDC, 0xDD), len(value))
    need(isinstance(value, dict) and all(isinstance(key, str) for key in value), "no such type")
    pairs = sorted((key.encode(), item) for key, item in value.items())
    body = b"".join(write(key.decode(), level + 1) + write(item, level + 1) for key, item in pairs)
    return _sized(body, 0x80, 16, (0, 0xDE, 0xDF), len(value))


def _sized(
    body: bytes, short: int, below: int, heads: tuple[int, int, int], count: int | None = None
) -> bytes:
    count = len(body) if count is None else count
    if count < below:
        return bytes([short + count]) + body
    width = 1 if count < 1 << 8 and heads[0] else 2 if count < 1 << 16 else 4
    return bytes([heads[{1: 0, 2: 1, 4: 2}[width]]]) + count.to_bytes(width, "big") + body


def read(raw: bytes) -> Any:
    """The value of bytes; they must be what `write` would write."""
    need(len(raw) <= 65_535, "too large")
    value, end = _read(raw, 0, 1)
    need(end == len(raw) and write(value) == raw, "not canonical")
    return value


def _read(raw: bytes, at: int, level: int) -> tuple[Any, int]:
    need(at < len(raw) and level <= 16, "cut short or too deep")
    head, at = raw[at], at + 1
    if head <= 0x7F or head >= 0xE0:
        return (head if head <= 0x7F else head - 256), at
    if head in (0xC0, 0xC2, 0xC3):
        return {0xC0: None, 0xC2: False, 0xC3: True}[head], at
    for known, form in FORMS:
        if head == known:
            size = struct.calcsize(form)
            need(at + size <= len(raw), "cut short")
            return struct.unpack_from(form, raw, at)[0], at + size
    if head <= 0xBF:
        count = head & (0x1F if head >= 0xA0 else 0x0F)
    else:
        need(head in WIDTHS and at + WIDTHS[head] <= len(raw), "a float, an extension, or cut short")
        count, at = int.from_bytes(raw[at : at + WIDTHS[head]], "big"), at + WIDTHS[head]
    if 0xA0 <= head <= 0xBF or head in (0xC4, 0xC5, 0xC6, 0xD9, 0xDA, 0xDB):
        need(at + count <= len(raw), "cut short")
        body = raw[at : at + count]
        try:
            return (body if head in (0xC4, 0xC5, 0xC6) else body.decode()), at + count
        except UnicodeDecodeError:
            raise Fault("not UTF-8") from None
    items = []
    for _ in range(count * (2 if head <= 0x8F or head in (0xDE, 0xDF) else 1)):
        item, at = _read(raw, at, level + 1)
        items.append(item)
    if 0x90 <= head <= 0x9F or head in (0xDC, 0xDD):
        return items, at
    need(all(isinstance(key, str) for key in items[::2]), "a key that is no str")
    return dict(zip(items[::2], items[1::2], strict=True)), at


# --- hashes -------------------------------------------------------------------------------------------------------


def hashed(*parts: bytes) -> bytes:
    """SHA-256 of parts put together."""
    return sha256(b"".join(parts)).digest()


def tree(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1 over leaf hashes."""
    if not leaves:
        return hashed()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashed(b"\x01", tree(leaves[:split]), tree(leaves[split:]))


def heads_root(heads: dict[bytes, tuple[int, bytes]], bit: int = 0) -> bytes:
    """Section 4, head index."""
    if len(heads) < 2:
        return b"".join(
            hashed(b"\x04", key, struct.pack(">Q", n), link) for key, (n, link) in heads.items()
        ) or bytes(32)
    sides: tuple[dict, dict] = ({}, {})
    for key, head in heads.items():
        sides[key[bit // 8] >> (7 - bit % 8) & 1][key] = head
    return hashed(b"\x05", heads_root(sides[0], bit + 1), heads_root(sides[1], bit + 1))


def commitment(party: str, subject: str, pointer: str, salt: bytes, value: Any) -> bytes:
    """Section 2, sealed values."""
    return hashed(b"\x03", write([party, subject, pointer, salt, value]))


# --- signed notes -------------------------------------------------------------------------------------------------


def base64(text: str) -> bytes:
    """Strict base64."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        raise Fault("base64") from None
    need(b64encode(raw).decode() == text, "base64")
    return raw


def key_of(vkey: str) -> tuple[str, bytes, bytes]:
    """Name, key ID and public key of an Ed25519 vkey."""
    name, identity, material = vkey.split("+", 2)
    raw = base64(material)
    need(raw[0] == 1 and len(raw) == 33, "not Ed25519")
    need(hashed(name.encode(), b"\n", raw)[:4].hex() == identity, "key ID")
    return name, raw[1:], bytes.fromhex(identity)


def note_of(raw: bytes) -> tuple[bytes, list[tuple[str, bytes, bytes]]]:
    """Text and lines (name, key ID, signature) of a signed note."""
    try:
        text, _, lines = raw.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        raise Fault("not UTF-8") from None
    need(text and lines.endswith("\n"), "not a note")
    found = []
    for line in lines[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, signature = rest.partition(" ")
        need(dash == "—" and name, "signature line")
        decoded = base64(signature)
        found.append((name, decoded[:4], decoded[4:]))
    return (text + "\n").encode(), found


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Ed25519. (A full checker refuses small-order and non-canonical points too.)"""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        raise Fault("signature") from None


def self_signed(note: str) -> tuple[str, bytes, bytes]:
    """The key of a key note."""
    text, lines = note_of(note.encode())
    header, vkey, end = text.decode().split("\n")
    need(header == "trustledger/key@v1" and not end, "key note")
    name, public, identity = key_of(vkey)
    need([line[:2] for line in lines] == [(name, identity)], "not self-signed")
    verify(public, lines[0][2], text)
    return name, public, identity


# --- the ledger ---------------------------------------------------------------------------------------------------


@dataclass
class Checked:
    """What a run over all entries found."""

    genesis: bytes = b""
    origin: str = ""
    operator: str = ""
    log_keys: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    retired: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    keys: dict[tuple[str, bytes], bytes] = field(default_factory=dict)
    ended: dict[tuple[str, bytes], int] = field(default_factory=dict)
    enrolled: dict[tuple[str, bytes], int] = field(default_factory=dict)
    doubted: dict[tuple[str, bytes], int] = field(default_factory=dict)
    recovery: set[tuple[str, bytes]] = field(default_factory=set)
    parties: dict[str, dict[str, Any]] = field(default_factory=dict)
    guests: dict[str, list[str]] = field(default_factory=dict)
    policy: str = ""
    heads: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    leaves: list[bytes] = field(default_factory=list)
    links: list[list[bytes]] = field(default_factory=list)
    ids: set[tuple[str, bytes]] = field(default_factory=set)
    time: int = -(2**62)


def check_ledger(entries: list[bytes], bundles: dict[int, list[bytes]], checkpoint: bytes) -> Checked:
    """Check a whole ledger from its bytes.

    Args:
        entries: All entries.
        bundles: The record bytes of each statement's entry; withheld forms may stand among them.
        checkpoint: A checkpoint over exactly these entries.
    """
    ledger = Checked()
    for index, raw in enumerate(entries):
        items = read(raw)
        need(isinstance(items, list) and items[1] >= ledger.time, "sequenced_at decreases")
        ledger.time = items[1]
        if items[0] == 2:
            body = read(items[2])
            need(len(items) == 3 and body == [len(ledger.heads), heads_root(ledger.heads)], "head index")
        else:
            need(items[0] == 1 and len(items) == 5, "entry")
            _check_statement(ledger, index, items, bundles[index])
        ledger.leaves.append(hashed(b"\x00", raw))
        ledger.genesis = ledger.leaves[0]
    text, lines = note_of(checkpoint)
    expected = f"{ledger.origin}\n{len(entries)}\n{b64encode(tree(ledger.leaves)).decode()}\n"
    need(text == expected.encode(), "checkpoint")
    for name, public, identity in ledger.log_keys:
        for line in lines:
            if line[:2] == (name, identity):
                return verify(public, line[2], text) or ledger
    raise Fault("checkpoint is not signed")


def _check_statement(ledger: Checked, index: int, items: list[Any], records: list[bytes]) -> None:
    text, lines = note_of(items[2])
    fields = [line.split(" ") for line in text.decode().split("\n")]
    need(fields.pop(0) == ["trustledger/statement@v1"] and fields.pop() == [""], "statement")
    ((_, origin), (_, genesis), (_, party)) = fields[:3]
    signers = [party, *(line[1] for line in fields if line[0] == "with")]
    rest = [line for line in fields[3:] if line[0] != "with"]
    names = [line[0] for line in fields]
    optional = ["seen"] if "seen" in names else []
    order = [
        "ledger",
        "genesis",
        "party",
        *["with"] * (len(signers) - 1),
        "time",
        "id",
        *optional,
        "records",
        "root",
    ]
    need(names == order and signers[1:] == sorted(set(signers[1:]) - {party}), "lines of the statement")
    if index == 0:
        _check_genesis(ledger, records)
    need((origin, base64(genesis)) == (ledger.origin, ledger.genesis or bytes(32)), "another ledger")
    need((party, base64(rest[1][1])) not in ledger.ids, "id stands already")
    ledger.ids.add((party, base64(rest[1][1])))
    if optional:
        size = int(rest[2][1])
        need(1 <= size <= index and base64(rest[2][2]) == tree(ledger.leaves[:size]), "seen another history")
    need([line[:2] for line in lines] == sorted({line[:2] for line in lines}), "order of signature lines")
    for name, identity, signature in lines:
        need(name in signers and (name, identity) in ledger.keys, "a key that is not active")
        need((name, identity) not in ledger.ended, "a key that was revoked")
        verify(ledger.keys[name, identity], signature, text)
    signed = [line[:2] for line in lines]
    recovering = [signer for signer in signers if not _enough(ledger, signer, signed)]
    leaves = [_place(ledger, index, position, raw) for position, raw in enumerate(records)]
    need(
        rest[-2][1] == str(len(records)) and base64(rest[-1][1]) == tree([leaf for leaf, _ in leaves]),
        "records",
    )
    links = [link for _, found in leaves for link in found]
    need(items[3:] == [len(links), tree(links)], "links")
    ledger.links.append(links)
    if index:
        _check_authority(ledger, index, signers, signed, recovering, records)


def _place(ledger: Checked, index: int, position: int, raw: bytes) -> tuple[bytes, list[bytes]]:
    """A record's leaf hash, and the links it adds."""
    items = read(raw)
    if items[0] == 0:
        _, leaf, keys = items
    else:
        need(items[0] == 1 and len(items) == 8, "record")
        others = items[3][1:]
        need(others == sorted(set(others) - {items[3][0]}), "subjects")
        leaf, keys = hashed(b"\x00", raw), [hashed(uri.encode()) for uri in items[3]]
    links = []
    for key in keys:
        ordinal, previous = ledger.heads.get(key, (0, bytes(32)))
        link = hashed(b"\x02", previous, key, struct.pack(">QQI", ordinal, index, position), leaf)
        ledger.heads[key] = (ordinal + 1, link)
        links.append(link)
    return leaf, links


def _check_genesis(ledger: Checked, records: list[bytes]) -> None:
    one, two = map(read, records)
    need(one[1] == "ledger" and one[3] == ["trustledger:ledger"], "ledger record")
    data = one[4]
    need(set(data) == {"format", "log_keys", "operator", "origin"} and data["format"] == 1, "ledger record")
    ledger.origin, ledger.operator = data["origin"], data["operator"]
    ledger.log_keys = [key_of(vkey) for vkey in data["log_keys"]]
    need(all(name == ledger.origin for name, _, _ in ledger.log_keys), "log key")
    need(two[1] == "party" and two[3] == ["trustledger:party/" + ledger.operator], "operator")
    need("operator" in two[4]["roles"], "operator")
    _change_party(ledger, 0, ledger.operator, two[4])


_PARTY: Final = {
    "accreditations", "custody", "identities", "keys", "name", "owner", "recovery", "roles", "scopes", "suspended",
    "threshold",
}  # fmt: skip


def _enough(ledger: Checked, signer: str, signed: list[tuple[str, bytes]]) -> bool:
    """Whether a signer's ordinary keys are enough; if not, a recovery key must be there."""
    own = [key for key in signed if key[0] == signer]
    ordinary = [key for key in own if key not in ledger.recovery]
    if ordinary and len(ordinary) >= ledger.parties[signer].get("threshold", 1):
        return True
    need(any(key in ledger.recovery for key in own), "a signer is missing, or too few keys signed")
    return False


def _check_authority(
    ledger: Checked,
    index: int,
    signers: list[str],
    signed: list[tuple[str, bytes]],
    recovering: list[str],
    records: list[bytes],
) -> None:
    """Changes of authority, which count from the next entry on."""
    allowed = {"ledger", "policy", "party", "key"}
    for raw in records:
        items = read(raw)
        reserved = [uri for uri in items[3] if uri.startswith("trustledger:")] if items[0] == 1 else []
        if recovering:
            own = "trustledger:party/" + ledger.operator
            fits = items[1] == "ledger" or (items[1] == "key" and items[3] == [own])
            need(recovering == [ledger.operator] and fits, "a recovery key says too much")
        if not reserved and (items[0] != 1 or items[1] not in allowed):
            continue
        kind, uri, data = items[1], reserved[0], items[4]
        if kind == "order":
            need(len(reserved) == 1 and items[3][0] != uri, "guest")
            _enrol_guest(ledger, index, uri.removeprefix("trustledger:party/"), items)
            continue
        need(kind in allowed and len(items[3]) == 1, "authority record")
        need(set(items[5]) <= ({"/name"} if kind == "party" else set()), "newer format")
        by_operator = ledger.operator in signers
        if kind in ("ledger", "policy"):
            need(by_operator and uri == "trustledger:ledger", "authority record")
            _change_ledger(ledger, kind, data)
            continue
        need(uri.startswith("trustledger:party/"), "authority record")
        party = uri.removeprefix("trustledger:party/")
        need(by_operator or (kind == "key" and party in signers), "not theirs to say")
        if kind == "party":
            _change_party(ledger, index, party, data)
        else:
            _change_keys(ledger, index, party, data, signed, by_operator=by_operator)


def _change_ledger(ledger: Checked, kind: str, data: dict[str, Any]) -> None:
    if kind == "policy":
        need(set(data) == {"sha256", "toml"}, "newer format")
        need(hashed(data["toml"].encode()) == data["sha256"], "hash of the policy")
        ledger.policy = data["toml"]
        return
    need(set(data) == {"log_keys"}, "newer format")
    keys = [key_of(vkey) for vkey in data["log_keys"]]
    need(keys != [] and all(name == ledger.origin for name, _, _ in keys), "log keys")
    for _, public, _ in keys:
        gone = [one[1] for one in ledger.retired]
        need(public not in gone and public not in ledger.keys.values(), "log key")
    ledger.retired += [key for key in ledger.log_keys if key not in keys]
    ledger.log_keys = keys


def _change_party(ledger: Checked, index: int, uri: str, data: dict[str, Any]) -> None:
    need(set(data) <= _PARTY, "newer format")
    need(index == 0 or "recovery" not in data, "recovery keys are named in entry 0")
    need(uri not in ledger.guests, "a guest")
    need(uri in ledger.parties or data.get("keys"), "no key")
    _enrol(ledger, uri, data)
    ledger.parties.setdefault(uri, {}).update({name: data[name] for name in set(data) & _PARTY - {"keys"}})
    roles = ledger.parties[uri].get("roles", [])
    need(("operator" in roles) == (uri == ledger.operator), "one operator")
    active = [
        key for key in ledger.keys if key[0] == uri and key not in ledger.ended and key not in ledger.recovery
    ]
    need("threshold" not in data or data["threshold"] <= len(active), "threshold")


def _change_keys(
    ledger: Checked,
    index: int,
    uri: str,
    data: dict[str, Any],
    signed: list[tuple[str, bytes]],
    *,
    by_operator: bool,
) -> None:
    need(set(data) <= {"custody", "keys", "recovery", "revoke"}, "newer format")
    ends = data.get("revoke", [])
    need(uri in ledger.parties and (ends or data.get("keys")), "key record")
    new = 0
    recovered = any(key in ledger.recovery for key in signed)
    for end in ends:
        name, public, identity = key_of(end["key"])
        key = name, identity
        need(ledger.keys.get(key) == public and name == uri, "revoked key")
        need(set(end) <= {"key", "reason", "since"}, "newer format")
        need(end["reason"] in ("compromised", "lost", "superseded"), "reason")
        need("since" not in end or end["reason"] == "compromised", "since")
        need(key not in ledger.recovery or recovered, "recovery key")
        since = end.get("since", ledger.enrolled[key]) if end["reason"] == "compromised" else None
        need(since is None or ledger.enrolled[key] <= since <= ledger.time, "since")
        if key in ledger.ended:  # doubts only grow
            need(since is not None and since < ledger.doubted.get(key, ledger.time + 1), "revoked key")
        if since is not None:
            ledger.doubted[key] = since
        new += key not in ledger.ended
        ledger.ended.setdefault(key, index)
    need(by_operator or len(data.get("keys", [])) <= new, "more keys")
    need("recovery" not in data or recovered, "recovery key")
    _enrol(ledger, uri, data)


def _enrol_guest(ledger: Checked, index: int, uri: str, items: list[Any]) -> None:
    need(uri.startswith("urn:uuid:") and uri not in ledger.parties and uri not in ledger.guests, "guest")
    need(len(items[4]["keys"]) == 1, "guest's key")
    _enrol(ledger, uri, {"keys": items[4]["keys"]})
    ledger.parties[uri] = {}
    ledger.guests[uri] = [name for name in items[3] if not name.startswith("trustledger:")]


def _enrol(ledger: Checked, uri: str, data: dict[str, Any]) -> None:
    new = {}
    for note in data.get("keys", []):
        name, public, identity = self_signed(note)
        taken = [*ledger.keys.values(), *(key[1] for key in (*ledger.log_keys, *ledger.retired))]
        need(name == uri and public not in taken and (name, identity) not in ledger.keys, "key")
        ledger.keys[name, identity] = new[name, identity] = public
        ledger.enrolled[name, identity] = ledger.time
    for vkey in data.get("recovery", []):
        name, _, identity = key_of(vkey)
        need(uri == ledger.operator and (name, identity) in new, "recovery key")
        ledger.recovery.add((name, identity))
