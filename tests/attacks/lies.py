"""Statements that lie, each with the question that must be asked of it at every door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from defences import Off, any_order, edited, instead, nothing
from market import (
    DAY,
    LOT,
    NAMES,
    OPERATOR,
    ORDER,
    ORIGIN_DATA,
    OTHER_ORDER,
    PRODUCT,
    RAW,
    REVIEW,
    RIVAL,
    START,
    Market,
    Told,
    found_nothing,
    key,
    ledger_raw,
    order_data,
    party_raw,
    raw,
    sign,
    unparsed,
)

from trustledger.authority.policy import default_policy_text
from trustledger.authority.writing import key_record_data, party_record_data
from trustledger.encoding import encode
from trustledger.keys import key_note
from trustledger.note import ED25519, SignatureLine, VerifierKey, assemble, parse_vkey
from trustledger.statement import NO_KEYS, KeyRing, Seen
from trustledger.subject import party_subject

if TYPE_CHECKING:
    from collections.abc import Callable

RIGHTS = "trustledger.authority.rights:"
ASKED = "trustledger.authority.registration:"
STATE = "trustledger.authority.state:"
CHANGES = "trustledger.authority.changes:"


@dataclass(frozen=True)
class Lie:
    """A statement that must not stand.

    Attributes:
        name: What is attempted.
        told: Makes it.
        code: What the append refuses it with, and the audit reports if it stands all the same.
        off: The defences that are switched off together to show that nothing else would have caught it.
        read: What a reader without audit raises when it looks at the entry, or at whom it is about; None if it reads on.
        append: Where the append says it differently.
        at: When the liar has the ledger place it; a second after the last entry if None.
        still: What else an audit finds once the defence is off: a second line of defence.
    """

    name: str
    told: Callable[[Market], Told]
    code: str
    off: tuple[Off, ...]
    read: str | None = None
    append: str = ""
    at: int | None = None
    still: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


class Pretender:
    """Signs with one key under the public key of another."""

    def __init__(self, claimed: VerifierKey, secret: Any) -> None:
        self.party, self.public, self._secret = claimed.name, claimed, secret

    def sign(self, message: bytes) -> bytes:
        """A signature that is somebody else's, or the same for every message."""
        return self._secret if isinstance(self._secret, bytes) else self._secret.sign(message)


def says(signer: Any, kind: str, subject: str, data: dict[str, Any], *others: Any, **changes: Any) -> Any:
    """One record of one kind."""
    subjects = changes.pop("subjects", ())
    return lambda market: sign(
        market, [raw(kind, subject, data, subjects=subjects)], signer, *others, **changes
    )


def enrols(signer: Any, party: str, *notes: bytes, **fields: Any) -> Any:
    """A ``party`` record."""
    return lambda market: sign(
        market, [party_raw(party, party_record_data(key_notes=notes, **fields))], signer
    )


def keys(signer: Any, party: str, data: dict[str, Any], *others: Any) -> Any:
    """A ``key`` record."""
    return lambda market: sign(market, [party_raw(party, data, "key")], signer, *others)


# --- signatures -------------------------------------------------------------------------------------------------------

NEUTRAL = VerifierKey(NAMES["thief"], ED25519, b"\x01" + bytes(31))
FITS_ALL = b"\x01" + bytes(63)
"""R is the neutral element and S is 0: with `NEUTRAL` as key the equation holds for every message."""
LAB_DATA = found_nothing("R-9")


def note_of(claimed: VerifierKey, signature: bytes) -> bytes:
    """A key note with whatever signature."""
    text = f"trustledger/key@v1\n{claimed.text}\n".encode()
    return assemble(text, [SignatureLine(claimed.name, claimed.key_id, signature)])


def small_order(market: Market) -> Told:
    data = {"keys": [note_of(NEUTRAL, FITS_ALL).decode()], "roles": ["inspector"]}
    return sign(market, [party_raw(NAMES["thief"], data)], key("operator"))


def with_lines(
    change: Callable[[list[SignatureLine]], list[SignatureLine]], *signers: Any, **changes: Any
) -> Any:
    """A statement whose signature lines somebody changed on the way."""

    def told(market: Market) -> Told:
        made = sign(market, [raw("inspection", LOT, LAB_DATA)], *signers, **changes)
        return unparsed(made, change(list(made.signed.lines)))

    return told


ORDERED = (instead("trustledger.note:SignatureLine.order", any_order()),)
COUNTED = edited("trustledger.statement:_signed_by", "count >= ring.threshold and count", "count")
UNSIGNED = edited(
    "trustledger.statement:_signed_by", "    if not count:\n", "    return True\n    if not count:\n"
)

SIGNATURES = [
    Lie("forged signature", says(Pretender(key("lab").public, key("thief")), "inspection", LOT, LAB_DATA),
        "signature.wrong", (nothing("trustledger.note:VerifierKey.verify"),), read="signature.wrong"),
    Lie("small-order key", small_order, "signature.point",
        (instead("trustledger.ed25519:_allowed_point", lambda _: True),), read="signature.point"),
    Lie("counter-signature stripped", with_lines(lambda lines: lines[1:], key("dairy"), key("lab")),
        "statement.unsigned", (UNSIGNED, nothing(ASKED + "_check_recovering")), read="statement.unsigned"),
    Lie("counter-signature reordered", with_lines(lambda lines: lines[::-1], key("lab"), key("dairy")),
        "statement.line_order", ORDERED, read="statement.line_order"),
    Lie("one signature doubled to make two", with_lines(lambda lines: lines * 2, key("coop")),
        "statement.line_order", (*ORDERED, nothing(RIGHTS + "check_kinds")), read="statement.line_order"),
    Lie("line of a stranger added", with_lines(
            lambda lines: [*lines, SignatureLine(NAMES["thief"], b"1234", bytes(64))], key("lab")),
        "statement.stranger", (edited("trustledger.audit.replay:parse_statement", "line.name not in allowed", "False"),
        edited("trustledger.audit.replay:check_signatures", "if key is None:", "if key is None:\n            continue\n        if False:")),
        read="statement.stranger"),
    Lie("too few of a threshold", says(key("coop"), "origin", RAW + "2", ORIGIN_DATA),
        "statement.threshold", (COUNTED,), read="statement.threshold"),
]  # fmt: skip

# --- keys -------------------------------------------------------------------------------------------------------------

TWIN = Pretender(replace(key("lab").public, name=NAMES["thief"]), key("lab"))
"""The laboratory's own key pair under another name: somebody who holds it signs the note too."""
LOG_TWIN = Pretender(replace(key("log").public, name=NAMES["thief"]), key("log"))
ABROAD = key("thief", 7).public
"""A key that somebody uses elsewhere; its holder knows nothing of this ledger."""
UNIQUE = nothing(STATE + "_check_new_key")
RECOVERY = nothing(ASKED + "_check_recovering")
RETIRED = edited(
    STATE + "change_log_keys", "any(key.public == old.public for old in before.retired)", "False"
)


def lenient_note(raw_note: bytes) -> VerifierKey:
    """A key note of which nobody asks who signed it."""
    return parse_vkey(raw_note.decode().split("\n")[1])


def revokes(
    name: str, reason: str = "compromised", since: int | None = None, number: int = 0
) -> dict[str, Any]:
    return key_record_data(revoke=((key(name, number).public, reason, since),))  # type: ignore[arg-type]


def listed_again(market: Market) -> Told:
    old, new = key("log"), key("log", 1)
    for listed in ([old, new], [new]):
        handle = market.fresh(old, new)
        handle.authority.set_log_keys([one.public for one in listed], operator=key("operator"))
    market.log, market.ledger = new, market.fresh(new)
    return sign(
        market, [ledger_raw("ledger", {"log_keys": [new.public.text, old.public.text]})], key("operator")
    )


INACTIVE = "statement.key_not_active"
REVOKED_COUNT = edited("trustledger.authority.parties:PartyState.active_keys", "one.revoked is None and ", "")


def trusting(self: Any, uri: str) -> KeyRing:
    """The ring of an audit that takes any key for a party's that calls itself so."""
    ring = self._rings.get(uri, NO_KEYS)
    return replace(ring, keys=(*ring.keys, *(key(name, 5).public for name in NAMES if NAMES[name] == uri)))


TRUSTING = instead(STATE + "Authority.key_ring", trusting)
KEYS = [
    Lie("another party's key enrolled as one's own by a note it did not sign",
        enrols(key("operator"), NAMES["thief"], note_of(replace(ABROAD, name=NAMES["thief"]), key("mill").sign(b""))),
        "signature.wrong", (instead("trustledger.authority.fields:open_key_note", lenient_note),), read="signature.wrong"),
    Lie("another party's key enrolled as one's own by its holder's note",
        lambda market: sign(market, [party_raw(NAMES["thief"], {"keys": [key_note(key("lab")).decode()]})], key("operator")),
        "authority.key_name", (edited("trustledger.authority.fields:read_keys", "key.name != name", "False"), UNIQUE),
        read="authority.key_name"),
    Lie("one key pair for two parties", enrols(key("operator"), NAMES["thief"], key_note(TWIN)),
        "authority.key_enrolled", (UNIQUE,)),
    Lie("a revoked key enrolled again",
        lambda market: sign(market, [party_raw(NAMES["farm"], key_record_data((key_note(key("farm")),)), "key")], key("operator")),
        "authority.key_enrolled", (UNIQUE,)),
    Lie("a party's key made the log's",
        lambda market: sign(market, [ledger_raw("ledger", {"log_keys": [key("log").public.text, replace(key("lab").public, name=key("log").party).text]})], key("operator")),
        "authority.log_key", (nothing(STATE + "_check_log_keys"),)),
    Lie("key of a party before its enrolment", says(key("lab", 5), "inspection", LOT, LAB_DATA), INACTIVE, (TRUSTING,),
        read=INACTIVE),
    Lie("party before its enrolment", says(key("thief"), "inspection", LOT, LAB_DATA), INACTIVE, (),
        read=INACTIVE, append="ledger.not_enrolled"),
    Lie("key used after revocation", says(key("farm"), "origin", RAW + "2", ORIGIN_DATA), INACTIVE, (REVOKED_COUNT,),
        read=INACTIVE),
    Lie("key used in the statement that enrols it",
        keys(key("operator"), NAMES["lab"], key_record_data((key_note(key("lab", 5)),)), key("lab", 5)), INACTIVE,
        (TRUSTING,), read=INACTIVE),
    Lie("recovery key used for records", says(key("recovery"), "observation", LOT, {"step": "storing"}),
        "authority.recovery_only", (RECOVERY, nothing(RIGHTS + "check_kinds"))),
    Lie("recovery key used to enrol somebody", enrols(key("recovery"), NAMES["thief"], key_note(key("thief"))),
        "authority.recovery_only", (RECOVERY,)),
    Lie("recovery key used to change the policy",
        lambda market: sign(market, [policy_raw(weaker())], key("recovery")), "authority.recovery_only", (RECOVERY,)),
    Lie("recovery key thrown away by a stolen operator key",
        keys(key("operator"), OPERATOR, key_record_data(revoke=((key("recovery").public, "lost", None),))),
        "authority.recovery_needed", (nothing(CHANGES + "_check_recovering"),), read="authority.recovery_needed"),
    Lie("recovery key added later", enrols(key("operator"), OPERATOR, key_note(key("operator", 3)), recovery=(key("operator", 3).public,)),
        "authority.recovery_later", (edited(STATE + "change_party", '"recovery" in data and placing.entry', "False"),),
        read="authority.recovery_later"),
    Lie("recovery key used as a counter-signature",
        lambda market: sign(market, [party_raw(NAMES["lab"], {"roles": ["merchant"]})], key("lab"), key("recovery")),
        "authority.recovery_only", (RECOVERY,)),
    Lie("the log's key made a party's", enrols(key("operator"), NAMES["thief"], key_note(LOG_TWIN)), "authority.log_key",
        (UNIQUE,)),
    Lie("keys changed by too few of a threshold", keys(key("coop"), NAMES["coop"], revokes("coop", "lost", number=1)),
        "statement.threshold", (COUNTED,), read="statement.threshold"),
    Lie("a retired log key listed again", listed_again, "authority.log_key_retired", (RETIRED,),
        read="authority.log_key_retired"),
    Lie("more keys by oneself than were granted", keys(key("lab"), NAMES["lab"], key_record_data((key_note(key("lab", 1)),))),
        "authority.more_keys", (edited(STATE + "change_keys", "len(keys) > ended", "False"),), read="authority.more_keys"),
    Lie("another party's key revoked", keys(key("mill"), NAMES["dairy"], revokes("dairy", "lost")),
        "authority.not_its_key", (edited(STATE + "change_state", "uri not in placing.signers", "False"),), read="authority.not_its_key"),
]  # fmt: skip

# --- backdated revocations ----------------------------------------------------------------------------------------------


def undoubted(market: Market) -> Told:
    """Of a key that was compromised since a time, somebody says that it was so since a later one."""
    thief = key("lab")
    market.ledger.authority.revoke_key(
        thief.public, "compromised", signer=key("operator"), since=market.now - 9_000
    )
    again = key_record_data(revoke=((thief.public, "compromised", market.now - 8_000),))
    return sign(market, [party_raw(NAMES["lab"], again, "key")], key("operator"))


OUTSIDE = edited(CHANGES + "_revoke", "not key.at <= since <= placing.at", "False")
LATER = START + 40 * DAY
FRESH = Pretender(
    replace(key("thief", 3).public, name="urn:uuid:3f1d3c1e-3f5e-4b57-9a55-0c2b1a9d5f01"), key("thief", 3)
)
REVOCATIONS = [
    Lie("revocation from before the key's enrolment",
        keys(key("operator"), NAMES["lab"], revokes("lab", since=START - DAY)), "authority.since_outside", (OUTSIDE,),
        read="authority.since_outside"),
    Lie("revocation from the future on",
        keys(key("operator"), NAMES["lab"], revokes("lab", since=START + 90 * DAY)), "authority.since_outside", (OUTSIDE,),
        read="authority.since_outside"),
    Lie("own word disowned beyond what the policy allows",
        lambda market: sign(market, [party_raw(NAMES["lab"], revokes("lab"), "key")], key("lab"), time=LATER),
        "authority.reach", (nothing(STATE + "_check_reach"),), at=LATER),
    Lie("a doubt taken back", undoubted, "authority.key_revoked",
        (edited(CHANGES + "_revoke", 'raise PolicyError("authority.key_revoked", seen=vkey, entry=end.entry)', "pass"),),
        read="authority.key_revoked"),
    Lie("keys that ended doubted to get more of them",
        keys(key("farm", 1), NAMES["farm"], key_record_data((key_note(key("farm", 2)),), ((key("farm").public, "compromised", START + 30_000),))),
        "authority.more_keys", (edited(STATE + "change_keys", "len(keys) > ended", "False"),), read="authority.more_keys"),
    Lie("time long before its placement", says(key("lab"), "inspection", LOT, LAB_DATA, time=START - 31 * DAY),
        "policy.behind", (nothing(RIGHTS + "check_time"),)),
    Lie("time long before, behind a record of authority",
        lambda market: sign(market, [party_raw(NAMES["farm"], {"name": "Farm 2"}), raw("origin", RAW + "2", ORIGIN_DATA)],
                            key("farm", 1), key("operator"), time=START - 31 * DAY),
        "policy.behind", (nothing(RIGHTS + "check_time"),)),
    Lie("an order long before its placement", says(key("shop"), "order", OTHER_ORDER, order_data(FRESH), time=START - 31 * DAY),
        "policy.behind", (nothing(RIGHTS + "check_time"),)),
    Lie("time after its placement", says(key("lab"), "inspection", LOT, LAB_DATA, time=START + DAY),
        "policy.ahead", (nothing(RIGHTS + "check_time"),)),
]  # fmt: skip

# --- rights -----------------------------------------------------------------------------------------------------------

KINDS = nothing(RIGHTS + "check_kinds")
SCOPES = nothing(RIGHTS + "check_scopes")
GUESTS = nothing(RIGHTS + "check_guest")
STRANGERS = nothing(ASKED + "_check_strangers")
ELSEWHERE = "https://id.gs1.org/01/09506000134369/10/LOT-1"


def promoted(market: Market) -> Told:
    """Gives itself a role in the statement that uses it; the operator signs the whole of it."""
    raws = [party_raw(NAMES["mill"], party_record_data(roles=["inspector"])), raw("sample", LOT, SAMPLE)]
    return sign(market, raws, key("mill"), key("operator"))


SAMPLE = {"sample": "S-1", "lab": NAMES["lab"], "parameters": ["lead"]}
RIGHTLESS = [
    Lie("kind outside the signer's role", says(key("shop"), "inspection", LOT, LAB_DATA), "policy.roles", (KINDS,)),
    Lie("the role in the statement that uses it", promoted, "policy.roles", (KINDS,)),
    Lie("a party that makes itself an inspector",
        lambda market: sign(market, [party_raw(NAMES["mill"], party_record_data(roles=["inspector"]))], key("mill")),
        "authority.not_operator",
        (edited(STATE + "change_state", "if not placing.by_operator:  #", "if False:  #"),), read="authority.not_operator"),
    Lie("a second operator", enrols(key("operator"), NAMES["thief"], key_note(key("thief")), roles=["operator"]),
        "authority.one_operator", (nothing(CHANGES + "_check_operator"),), read="authority.one_operator"),
    Lie("operator silenced", lambda market: sign(market, [party_raw(OPERATOR, {"suspended": "gone"})], key("operator")),
        "authority.operator_limited", (nothing(CHANGES + "_check_operator"),), read="authority.operator_limited"),
    Lie("operator in another's role", says(key("operator"), "delivery", ORDER, {"merchant": NAMES["shop"], "document": "D", "status": "delivered", "lines": [{"line": "1", "product": PRODUCT, "lot": LOT}]}),
        "policy.roles", (KINDS,)),
    Lie("suspended party", says(key("quiet"), "origin", RAW + "2", ORIGIN_DATA), "policy.suspended",
        (nothing(RIGHTS + "check_suspended"),)),
    Lie("suspended party behind another", says(key("farm", 1), "origin", RAW + "2", ORIGIN_DATA, key("quiet")),
        "policy.suspended", (nothing(RIGHTS + "check_suspended"),)),
    Lie("kind that the policy does not list",
        lambda market: sign(market, [encode([1, "certificate", START, [LOT, PRODUCT], {}, {}, [], b""])], key("operator")),
        "policy.unlisted", (KINDS,), append="ledger.unknown_kind"),
    Lie("scope: kind", says(key("desk"), "observation", LOT, {"step": "storing"}), "policy.scope_kind", (SCOPES,)),
    Lie("scope: subject", says(key("desk"), "inspection", ELSEWHERE, LAB_DATA), "policy.scope_subject", (SCOPES,)),
    Lie("scope: parameter", says(key("desk"), "inspection", LOT, found_nothing("R-9", "melamine")),
        "policy.scope_parameter", (SCOPES,)),
    Lie("scope: time", says(key("desk"), "inspection", LOT, LAB_DATA, time=START + 31 * DAY), "policy.scope_time", (SCOPES,),
        at=START + 31 * DAY),
    Lie("rival's lot touched in passing", says(key("shop"), "cost", LOT, {"currency": "CNY", "price": 1, "components": []}, subjects=[RIVAL]),
        "policy.steward", (STRANGERS,)),
]  # fmt: skip

# --- guests -----------------------------------------------------------------------------------------------------------

AGAIN = Pretender(
    replace(key("guest").public, name="urn:uuid:3f1d3c1e-3f5e-4b57-9a55-0c2b1a9d5f02"), key("guest")
)


def ordered(signer: Any, guest: Any, order: str = OTHER_ORDER, *, name: str = "", **more: Any) -> Any:
    """An order that enrols a guest, unlike the one that stands."""
    return says(signer, "order", order, {**order_data(guest), **more})


def company_as_guest() -> bytes:
    """An order whose buyer has a name."""
    subjects = [OTHER_ORDER, *sorted((LOT, PRODUCT, party_subject(NAMES["thief"])))]
    return encode([1, "order", START, subjects, order_data(key("thief")), {}, [], bytes(16)])


GUESTS_LIES = [
    Lie("guest about another order", says(key("guest"), "review", OTHER_ORDER, REVIEW), "policy.guest_subject", (GUESTS,)),
    Lie("guest touching a rival's lot", says(key("guest"), "review", ORDER, REVIEW, subjects=[RIVAL]),
        "policy.guest_subject", (GUESTS, STRANGERS)),
    Lie("guest saying what guests do not say", says(key("guest"), "inspection", LOT, LAB_DATA), "policy.guest_kind",
        (GUESTS, KINDS)),
    Lie("guest named as a counter-signer", says(key("lab"), "inspection", LOT, LAB_DATA, key("guest")), "policy.guest_kind",
        (GUESTS, KINDS)),
    Lie("a guest enrolled by whoever likes", ordered(key("farm", 1), FRESH), "policy.roles", (KINDS,)),
    Lie("one key for two orders", ordered(key("shop"), AGAIN), "authority.key_enrolled", (UNIQUE,)),
    Lie("an old guest taken into another order", ordered(key("shop"), key("guest")), "authority.guest_known",
        (edited(STATE + "enrol_guest", "before is not None", "False"), UNIQUE), read="authority.guest_known",
        still=frozenset({"audit.differs"})),
    Lie("a company enrolled as a guest", lambda market: sign(market, [company_as_guest()], key("shop")), "authority.guest_name",
        (edited(STATE + "enrol_guest", "_GUEST.fullmatch(uri) is None", "False"),), read="authority.guest_name",
        append="kinds.row"),
    Lie("a guest given a key of the operator's",
        keys(key("operator"), NAMES["guest"], key_record_data((key_note(key("guest", 1)),))), "authority.guest_fixed",
        (edited(STATE + "change_keys", "keys and before.guest is not None", "False"),), read="authority.guest_fixed"),
    Lie("a guest given a role", lambda market: sign(market, [party_raw(NAMES["guest"], {"roles": ["inspector"]})], key("operator")),
        "authority.guest_fixed", (edited(STATE + "change_party", "before.guest is not None", "False"),), read="authority.guest_fixed"),
]  # fmt: skip

# --- policy -----------------------------------------------------------------------------------------------------------


def weaker() -> str:
    """The default policy, but shops inspect."""
    return default_policy_text().replace(
        'roles = ["inspector", "processor"]', 'roles = ["merchant", "operator"]'
    )


def policy_raw(text: str, digest: bytes | None = None) -> bytes:
    """Bytes of a ``policy`` record."""
    return ledger_raw("policy", {"sha256": digest or sha256(text.encode()).digest(), "toml": text})


HASH = edited(STATE + "change_policy", "sha256(text.encode()).digest() != digest", "False")
PLAIN = edited("trustledger.authority.policy:plain_toml", "if odd is not None", "if False")
SPLIT = default_policy_text().replace('name = "supply-chain"', 'name = "supply\\u002dchain"')
POLICIES = [
    Lie("policy weakened in the statement that needs it",
        lambda market: sign(market, [policy_raw(weaker()), raw("inspection", LOT, LAB_DATA)], key("operator")),
        "policy.roles", (KINDS,)),
    Lie("policy whose hash lies", lambda market: sign(market, [policy_raw(weaker(), sha256(b"").digest())], key("operator")),
        "authority.policy_hash", (HASH,), read="authority.policy_hash"),
    Lie("policy that versions of TOML read differently", lambda market: sign(market, [policy_raw(SPLIT)], key("operator")),
        "policy.plain", (PLAIN,), read="policy.plain"),
    Lie("policy by somebody else", lambda market: sign(market, [policy_raw(weaker())], key("platform")),
        "authority.not_operator", (edited(STATE + "change_ledger", "not placing.by_operator", "False"),), read="authority.not_operator"),
    Lie("policy that rules authority itself",
        lambda market: sign(market, [policy_raw(default_policy_text() + '[kinds.party]\nroles = ["merchant"]\n')], key("operator")),
        "policy.authority", (edited("trustledger.authority.policy:_check_kind", "kind in AUTHORITY", "False"),), read="policy.authority"),
]  # fmt: skip

# --- where it stands --------------------------------------------------------------------------------------------------

PLACES = [
    Lie("made for a staging copy", says(key("lab"), "inspection", LOT, LAB_DATA, origin="staging.example/ledger"),
        "ledger.other_ledger", (instead("trustledger.audit.replay:check_identity", lambda *_: None),), read="ledger.other_ledger"),
    Lie("made for a restarted ledger of the same name", says(key("lab"), "inspection", LOT, LAB_DATA, genesis=bytes(31) + b"\1"),
        "ledger.other_ledger", (instead("trustledger.audit.replay:check_identity", lambda *_: None),), read="ledger.other_ledger"),
    Lie("made by somebody who saw another history",
        lambda market: sign(market, [raw("inspection", LOT, LAB_DATA)], key("lab"), seen=Seen(5, bytes(32))),
        "ledger.seen", (instead("trustledger.audit.replay:check_identity", lambda *_: None),)),
    Lie("a lot under another spelling", lambda market: sign(market, [spelled(market)], key("lab")),
        "ledger.digital_link", (edited(ASKED + "check_subject_allowed", "problem is not None", "False"),), append="kinds.row"),
    Lie("a record on the ledger's own subjects",
        lambda market: sign(market, [raw("observation", LOT, {"step": "storing"}, subjects=["trustledger:party/" + NAMES["lab"]])], key("shop")),
        "authority.reserved_subject", (nothing("trustledger.audit.batch:check_subjects_allowed"),),
        read="authority.reserved_subject", append="kinds.row", still=frozenset({"authority.reserved_subject", "audit.extra"})),
]  # fmt: skip


def spelled(_: Market) -> bytes:
    """An inspection of the lot with a wrong check digit, which nobody would look up."""
    made = raw("inspection", LOT, LAB_DATA)
    return made.replace(b"/01/09506000134352", b"/01/09506000134353")


ALL = [*SIGNATURES, *KEYS, *REVOCATIONS, *RIGHTLESS, *GUESTS_LIES, *POLICIES, *PLACES]
