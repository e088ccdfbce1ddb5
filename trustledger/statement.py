"""Statements: a party's signed batch of records (format v1, section 3).

The text of a statement is a C2SP signed note in a fixed form. Reading is strict by writing the parsed value again and
comparing. Whether the signatures count is asked in `check_signatures`, with the keys that are active at the
statement's place of the log; this module knows nothing of how those keys came to be.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from trustledger import merkle
from trustledger.encoding import MAX_TIME
from trustledger.errors import FormatError, NewerFormatError, SignatureError
from trustledger.keys import Signer
from trustledger.note import ED25519, SignatureLine, VerifierKey, assemble, parse_base64, parse_note
from trustledger.subject import check_origin, check_party

HEADER: Final = "trustledger/statement@v1"
HEADER_OF_ANY_VERSION: Final = b"trustledger/statement@"
MAX_NOTE: Final = 32_768
MAX_SIGNATURES: Final = 16
MAX_COSIGNERS: Final = 15
MAX_RECORDS: Final = 1_048_576
ID_BYTES: Final = 16
NO_GENESIS: Final = bytes(32)
"""Stands for the genesis hash inside entry 0, which cannot contain its own hash."""

_NUMBER: Final = r"(0|[1-9][0-9]{0,18})"
_TEXT: Final = re.compile(
    re.escape(HEADER) + r"\nledger ([^\n]+)\ngenesis ([^\n]{44})\nparty ([^\n]+)\n((?:with [^\n]+\n){0,15})"
    rf"time {_NUMBER}\nid ([^\n]{{24}})\n(?:seen {_NUMBER} ([^\n]{{44}})\n)?records {_NUMBER}\nroot ([^\n]{{44}})\n"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint of this ledger that the signer holds: its size in entries and its root."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """What a party signs.

    Attributes:
        origin: The ledger's origin.
        genesis: Leaf hash of entry 0; 32 zero bytes inside entry 0 itself.
        party: URI of the party that speaks.
        cosigners: URIs of the other parties that sign too (the ``with`` lines), ascending.
        time: Milliseconds since 1970-01-01T00:00:00Z, as the party claims it.
        id: 16 bytes that make an append idempotent.
        seen: A checkpoint the signer holds, or None.
        records: How many records, 1 to 1,048,576.
        root: RFC 9162 Merkle root over the record bytes.
    """

    origin: str
    genesis: bytes
    party: str
    cosigners: tuple[str, ...]
    time: int
    id: bytes
    seen: Seen | None
    records: int
    root: bytes

    @property
    def signers(self) -> tuple[str, ...]:
        """Everybody who must sign: the party, then the cosigners."""
        return (self.party, *self.cosigners)

    def text(self) -> bytes:
        """The exact text that is signed."""
        lines = [HEADER, f"ledger {self.origin}", f"genesis {_b64(self.genesis)}", f"party {self.party}"]
        lines += [f"with {cosigner}" for cosigner in self.cosigners]
        lines += [f"time {self.time}", f"id {_b64(self.id)}"]
        if self.seen is not None:
            lines.append(f"seen {self.seen.size} {_b64(self.seen.root)}")
        lines += [f"records {self.records}", f"root {_b64(self.root)}", ""]
        return "\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """A statement with its signature lines. That the signatures hold is not said by this type.

    Attributes:
        statement: The parsed text.
        lines: The signature lines as they stand, ascending.
        raw: The whole note.
    """

    statement: Statement
    lines: tuple[SignatureLine, ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys that may sign for a party at a place of the log.

    Attributes:
        keys: Its active keys.
        recovery: Its active recovery keys. One is enough, but only for what brings the party back, which is asked
            where the records are known (`trustledger.authority.registration`).
        threshold: How many of ``keys`` must sign.
    """

    keys: tuple[VerifierKey, ...]
    recovery: tuple[VerifierKey, ...] = ()
    threshold: int = 1


NO_KEYS: Final = KeyRing(())


@dataclass(frozen=True, slots=True)
class VerifiedStatement:
    """A statement each of whose signers has signed with keys active at its place.

    Attributes:
        statement: The parsed text.
        keys: The keys that signed, in the order of the lines; those of unknown type are not among them.
        unverified: Lines by enrolled keys of a type this version cannot verify; they prove nothing.
        recovering: Signers for whom only recovery keys stand. They may say little.
    """

    statement: Statement
    keys: tuple[VerifierKey, ...]
    unverified: int
    recovering: tuple[str, ...] = ()


def parse_statement(raw: bytes) -> SignedStatement:
    """Read a signed statement strictly.

    Raises:
        NewerFormatError: A statement of another version.
        FormatError: Anything else that is not exactly what section 3 allows.
    """
    if raw.startswith(HEADER_OF_ANY_VERSION) and not raw.startswith(HEADER.encode() + b"\n"):
        raise NewerFormatError("statement.newer", seen=raw.split(b"\n", 1)[0][:64].decode("ascii", "replace"))
    note = parse_note(raw, max_bytes=MAX_NOTE, max_lines=MAX_SIGNATURES)
    lines = note.lines
    order = [line.order for line in lines]
    if order != sorted(set(order)):
        raise FormatError("statement.line_order")
    statement = parse_text(note.text)
    allowed = set(statement.signers)
    for line in lines:
        if line.name not in allowed:
            raise FormatError("statement.stranger", seen=line.name)
    return SignedStatement(statement, lines, raw)


def parse_text(text: bytes) -> Statement:
    """Read the text of a statement, without signatures.

    Raises:
        FormatError: Not exactly the lines of section 3.
    """
    match = _TEXT.fullmatch(text.decode("ascii", "replace"))
    if match is None:
        raise FormatError("statement.text")
    origin, genesis, party, with_lines, time, id_, seen_size, seen_root, records, root = match.groups()
    statement = Statement(
        check_origin(origin),
        parse_base64(genesis, at="genesis"),
        check_party(party),
        tuple(check_party(line[5:]) for line in with_lines.splitlines()),
        int(time),
        parse_base64(id_, at="id"),
        None if seen_size is None else Seen(int(seen_size), parse_base64(seen_root, at="seen")),
        int(records),
        parse_base64(root, at="root"),
    )
    check_statement(statement)
    if statement.text() != text:
        raise FormatError("statement.text")
    return statement


def check_statement(statement: Statement) -> None:
    """The limits and orders that section 3 sets for the text.

    Raises:
        FormatError: One of them is broken.
    """
    check_origin(statement.origin)
    for party in statement.signers:
        check_party(party)
    cosigners = statement.cosigners
    if (
        list(cosigners) != sorted(set(cosigners))
        or statement.party in cosigners
        or len(cosigners) > MAX_COSIGNERS
    ):
        raise FormatError("statement.cosigners", seen=", ".join(cosigners))
    if not 0 <= statement.time <= MAX_TIME:
        raise FormatError("statement.time", seen=statement.time)
    if not 1 <= statement.records <= MAX_RECORDS:
        raise FormatError("statement.records", seen=statement.records, expected=MAX_RECORDS)
    if statement.seen is not None and not 1 <= statement.seen.size < 2**63:
        raise FormatError("statement.seen_size", seen=statement.seen.size)
    hashes = [statement.genesis, statement.root, *([statement.seen.root] if statement.seen else [])]
    if (
        type(statement.id) is not bytes
        or len(statement.id) != ID_BYTES
        or any(len(one) != 32 for one in hashes)
    ):
        raise FormatError("statement.text")


def check_signatures(signed: SignedStatement, key_ring: Callable[[str], KeyRing]) -> VerifiedStatement:
    """Check every signature line against the keys that are active at the statement's place.

    Args:
        signed: The statement.
        key_ring: The keys that may sign for a party here; asked once for each name.

    Returns:
        The statement, now verified.

    Raises:
        SignatureError: A line by a key that is not active for its name, a signature that does not hold, or a signer
            with fewer verified signatures than its threshold and none by a recovery key.
    """
    text = signed.statement.text()
    rings = {name: key_ring(name) for name in signed.statement.signers}
    known = {(key.name, key.key_id): key for ring in rings.values() for key in (*ring.keys, *ring.recovery)}
    verified: list[VerifierKey] = []
    unverified = 0
    for line in signed.lines:
        key = known.get((line.name, line.key_id))
        if key is None:
            raise SignatureError("statement.key_not_active", seen=line.name, key=line.key_id)
        if key.type != ED25519:
            unverified += 1
            continue
        key.verify(text, line.signature)
        verified.append(key)
    recovering = tuple(name for name, ring in rings.items() if _signed_by(name, ring, verified))
    return VerifiedStatement(signed.statement, tuple(verified), unverified, recovering)


def _signed_by(name: str, ring: KeyRing, verified: Sequence[VerifierKey]) -> bool:
    """Whether a party has signed as a recovering one; no return without enough signatures.

    No line stands twice (section 3), so every verified line is another key.
    """
    count = sum(key in ring.keys for key in verified)
    if count >= ring.threshold and count:
        return False
    if any(key in ring.recovery for key in verified):
        return True
    if not count:
        raise SignatureError("statement.unsigned", seen=name)
    raise SignatureError("statement.threshold", seen=count, expected=ring.threshold, party=name)


def sign_statement(
    statement: Statement, signers: Sequence[Signer], elsewhere: Collection[str] = ()
) -> SignedStatement:
    """Sign a statement with every signer's key.

    Args:
        statement: What to sign.
        signers: One or more for the party and for each cosigner; nobody else.
        elsewhere: Parties that sign on another machine; see `cosign_statement`. No ledger places it without them.

    Raises:
        FormatError: A limit is broken, a signer is missing or does not belong here.
    """
    check_statement(statement)
    missing = set(statement.signers) - {signer.party for signer in signers} - set(elsewhere)
    if missing:
        raise FormatError("statement.signer_missing", seen=", ".join(sorted(missing)))
    return _signed(statement, signers)


def cosign_statement(signed: SignedStatement, signers: Sequence[Signer]) -> SignedStatement:
    """Add signatures to a statement that others have signed, of parties that it names.

    The lines that stand there are kept as they are, unverified: the ledger verifies all of them.

    Raises:
        FormatError: It does not name a signer's party, or together the lines break a limit.
    """
    return join_signatures(signed, _signed(signed.statement, signers))


def _signed(statement: Statement, signers: Sequence[Signer]) -> SignedStatement:
    """A statement with the signatures of some of its signers."""
    text = statement.text()
    lines = [
        SignatureLine(signer.party, signer.public.key_id, signer.sign(text))
        for signer in sorted(signers, key=lambda one: (one.party.encode(), one.public.key_id))
    ]
    return parse_statement(assemble(text, lines))


def join_signatures(first: SignedStatement, second: SignedStatement) -> SignedStatement:
    """One statement with the lines of both: two parties that sign on different machines.

    Raises:
        FormatError: The texts differ, or together they break a limit.
    """
    text = first.statement.text()
    if second.statement.text() != text:
        raise FormatError("statement.join")
    lines = {(line.name.encode(), line.key_id): line for line in (*first.lines, *second.lines)}
    return parse_statement(assemble(text, [lines[place] for place in sorted(lines)]))


def records_root(records: Sequence[bytes]) -> bytes:
    """The RFC 9162 root over record bytes, as a statement's ``root`` line gives it."""
    return merkle.root([merkle.leaf_hash(raw) for raw in records])


def _b64(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


__all__ = [
    "HEADER",
    "MAX_RECORDS",
    "NO_GENESIS",
    "NO_KEYS",
    "KeyRing",
    "Seen",
    "SignedStatement",
    "Statement",
    "VerifiedStatement",
    "check_signatures",
    "check_statement",
    "cosign_statement",
    "join_signatures",
    "parse_statement",
    "parse_text",
    "records_root",
    "sign_statement",
]
