"""Moves in a `town`, drawn by Hypothesis: what somebody says, and how the world goes on."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st
from town import (
    DAY,
    FARM,
    GUESTS,
    KINDS,
    LAB,
    LOTS,
    MILL,
    NOTE_KIND,
    OPERATOR,
    ORDERS,
    ORIGIN,
    PARTIES,
    PRODUCTS,
    RECOVERY,
    ROLES,
    SECOND,
    SHOP,
    SPARE_RECOVERY,
    THINGS,
    Town,
    key,
    note_of,
)  # fmt: skip

from trustledger.authority.ledgers import policy_data
from trustledger.authority.policy import default_policy_text
from trustledger.encoding import encode
from trustledger.errors import FormatError, InputError, TrustLedgerError
from trustledger.record import Record
from trustledger.statement import Seen
from trustledger.subject import LEDGER, party_subject

Maker = "Callable[[Town], bytes]"
ALL_ROLES: Final = (
    "brand-owner", "carrier", "inspector", "insurer", "merchant", "platform", "processor", "producer",
)  # fmt: skip
KIND_NAMES: Final = (
    "product", "origin", "inspection", "observation", "shipping", "processing", "listing", "order", "review", "claim",
    "correction", NOTE_KIND,
)  # fmt: skip
BUYERS: Final = ("review", "claim")
USUAL: Final = {
    "product": SHOP, "origin": FARM, "inspection": LAB, "observation": MILL, "shipping": MILL, "processing": MILL,
    "listing": SHOP, "order": SHOP, NOTE_KIND: FARM,
}  # fmt: skip
"""Who says such things under the default policy."""
PARAMETERS: Final = ("lead", "cadmium")
numbers = st.integers(0, 9)


def fresh_notes(town: Town, uri: str, wanted: list[int], *, honest: bool) -> list[str]:
    """Notes of keys of a party; of an honest one, keys that nobody has enrolled yet."""
    state = town.ledger.party(uri) if honest else None
    known = set() if state is None else {one.key for one in state.keys}
    return [note_of(uri, number) for number in wanted if key(uri, number).public not in known]


def some(values: Any, least: int = 0, most: int | None = None) -> st.SearchStrategy[list[Any]]:
    """Different members of a few values, ascending."""
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=most).map(sorted)


def mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The usual four times out of five."""
    return st.integers(0, 4).flatmap(lambda number: odd if number == 4 else usual)


# --- the operator's word ----------------------------------------------------------------------------------------------

times = st.sampled_from([-40 * DAY, -DAY, -SECOND, 0, SECOND, DAY, 40 * DAY])


@st.composite
def scopes(draw: Any) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    if draw(st.booleans()):
        scope["kinds"] = draw(some((*KIND_NAMES, "key", "party"), 1))
    if draw(st.booleans()):
        scope["subjects"] = draw(some((PRODUCTS[0], LOTS[0], LOTS[3], "urn:uuid:", "trustledger:party/"), 1))
    if draw(st.booleans()):
        scope["parameters"] = draw(some(PARAMETERS, 1))
    if draw(st.integers(0, 2)) == 0:
        scope["since"] = draw(times)
    if draw(st.integers(0, 2)) == 0:
        scope["until"] = draw(times)
    return scope


@st.composite
def party_records(draw: Any) -> Maker:
    uri = draw(mostly(st.sampled_from(PARTIES[1:6]), st.sampled_from(PARTIES)))
    names = draw(
        some(
            (
                "keys", "roles", "scopes", "threshold", "suspended", "accreditations", "identities", "owner", "name",
                "lift",
            ),
            1,
            3,
        )
    )  # fmt: skip
    data: dict[str, Any] = {}
    found: list[dict[str, Any]] = []
    wanted: list[int] = []
    custody, honest = False, draw(numbers) > 0
    if "keys" in names:
        wanted = draw(some(range(6), 1, 3))
        custody = draw(st.booleans())
    if "roles" in names:
        usual = ROLES.get(uri, ["operator"] if uri == OPERATOR else ["carrier"])
        data["roles"] = draw(mostly(st.just(usual), some((*ALL_ROLES, "operator"))))
    if "scopes" in names:
        found = draw(st.lists(scopes(), min_size=1, max_size=3))
    if "lift" in names:
        data |= {"scopes": [{}], "suspended": "", "threshold": 1}
    if "threshold" in names:
        data["threshold"] = draw(st.integers(1, 3))
    if "suspended" in names:
        data["suspended"] = draw(st.sampled_from(["", "why"]))
    if "accreditations" in names:
        data["accreditations"] = [{"body": "CNAS", "number": "L1", "since": 0}]
    if "identities" in names:
        data["identities"] = [{"scheme": "lei", "value": draw(st.sampled_from("AB"))}]
    if "owner" in names:
        data["owner"] = draw(st.sampled_from(["", SHOP, FARM]))
    if "name" in names:
        data["name"] = draw(st.sampled_from(["Someone", "Else"]))

    def make(town: Town) -> bytes:
        notes = fresh_notes(town, uri, wanted, honest=honest)
        if notes:
            data["keys"] = notes
            if custody:
                data["custody"] = OPERATOR
        if found:
            moved = [
                {
                    name: town.now + value if name in ("since", "until") else value
                    for name, value in one.items()
                }
                for one in found
            ]
            data["scopes"] = [
                one if one.get("since", 0) < one.get("until", 2**50) else {"kinds": ["origin"]}
                for one in moved
            ]
        return authority("party", uri, data)

    return make


@st.composite
def key_records(draw: Any) -> Maker:
    uri = draw(mostly(st.sampled_from(PARTIES[:5]), st.sampled_from(PARTIES)))
    added = draw(some((0, 1, 2, 3, 4, RECOVERY, SPARE_RECOVERY), 0, 2))
    ends = draw(
        st.lists(
            st.tuples(
                st.sampled_from((0, 0, 1, 1, 2, 3, RECOVERY)),
                st.sampled_from(("superseded", "lost", "compromised", "compromised")),
                st.sampled_from((None, None, 0, SECOND, 3_600 * SECOND, 29 * DAY, 31 * DAY, -SECOND)),
            ),
            max_size=2,
            unique_by=lambda one: one[0],
        )
    )
    recovery = draw(st.integers(0, 5)) == 0
    active, honest = draw(numbers) > 1, draw(numbers) > 0

    def make(town: Town) -> bytes:
        data: dict[str, Any] = {}
        if added:
            data["keys"] = fresh_notes(town, uri, added, honest=honest)
            if recovery:
                data["recovery"] = [key(uri, added[0]).public.text]
        state = town.ledger.party(uri)
        standing = [] if state is None else [one.text for one in state.active_keys()]
        revoke = []
        for number, reason, back in ends:
            text = key(uri, number).public.text
            if active and standing:  # what is revoked usually stands
                text = standing[number % len(standing)]
            if any(one["key"] == text for one in revoke):
                continue
            one = {"key": text, "reason": reason}
            if reason == "compromised" and back is not None:
                one["since"] = town.now - back
            revoke.append(one)
        if revoke:
            data["revoke"] = revoke
        return authority("key", uri, data)

    return make


@st.composite
def ledger_records(draw: Any) -> Maker:
    keys = draw(mostly(some(range(3), 1), st.just([0])))
    foreign = draw(st.integers(0, 9)) == 0
    texts = [key(ORIGIN, number).public.text for number in keys]
    return lambda _: authority(
        "ledger", "", {"log_keys": [*texts, key(FARM).public.text] if foreign else texts}
    )


@st.composite
def policies(draw: Any) -> str:
    if draw(st.integers(0, 3)) == 0:
        return default_policy_text()
    roles = '["' + '", "'.join(ALL_ROLES) + '"]'
    number = lambda *values: draw(st.sampled_from(values))  # noqa: E731
    lines = [
        "format = 1", 'name = "drawn"', "date = 2026-11-22",
        f"[time]\nbehind = {number(2, 3_600, 2_592_000)}\nahead = {number(0, 5, 300)}",
        f'[secondary]\nstrangers = "{number("allow", "named", "steward")}"',
        f"[keys]\nself_revocation_days = {number(0, 1, 30)}",
        "[guests]\nkinds = " + number('["review", "claim"]', '["review", "correction", "observation"]'),
    ]  # fmt: skip
    if draw(st.booleans()):
        lines.append(f'[unlisted]\nroles = {roles}\nstrangers = "{number("allow", "named", "steward")}"')
    for kind in draw(mostly(st.just(KIND_NAMES[:8] + KIND_NAMES[10:11]), some(KIND_NAMES))):
        narrow = number(roles, roles, roles, roles, '["producer"]', "[]")
        rule = [f'[kinds."{kind}"]', f"roles = {narrow}"]
        if (signatures := number(1, 1, 1, 1, 2)) != 1:
            rule.append(f"signatures = {signatures}")
        if number(1, 1, 1, 1, 1, 2) == 2:
            rule.append('cosigned_by = ["inspector", "merchant"]')
        if kind not in {"product", "origin"} and (
            after := number("", "", "product", "origin", "observation")
        ) not in {"", kind}:
            rule.append(f'after = ["{after}", "product"]' if after != "product" else 'after = ["product"]')
        if (strangers := number("", "", "allow", "named", "steward")) != "":
            rule.append(f'strangers = "{strangers}"')
        lines += rule
    return "\n".join(lines) + "\n"


@st.composite
def policy_records(draw: Any) -> Maker:
    text = draw(policies())
    try:
        data = policy_data(text)
    except FormatError:  # a kind that waits for what never comes
        data = policy_data(default_policy_text())
    return lambda _: authority("policy", "", data)


def authority(kind: str, uri: str, data: dict[str, Any]) -> bytes:
    """Bytes of a record of an authority kind."""
    return encode([1, kind, 0, [party_subject(uri) if uri else LEDGER], dict(data), {}, [], b""])


# --- everybody's word -------------------------------------------------------------------------------------------------


def ordinary(town: Town, kind: str, subject: str, data: dict[str, Any], also: list[str]) -> bytes:
    """Bytes of a record, with further subjects."""
    town.numbers += 1
    draft = KINDS.draft({"kind": kind, "subject": subject, "occurred_at": town.numbers, "data": data})
    subjects = [draft.subjects[0], *sorted({*draft.subjects[1:], *also} - {draft.subjects[0]})]
    salt = town.random(16) if draft.salted else b""
    return encode([1, kind, draft.occurred_at, subjects, dict(draft.data), {}, [], salt])


@st.composite
def ordinary_records(draw: Any) -> Maker:
    kind = draw(st.sampled_from(KIND_NAMES[:8] + KIND_NAMES[-1:]))
    lot = draw(mostly(st.sampled_from(LOTS[:2]), st.sampled_from(LOTS)))
    other = draw(st.sampled_from(LOTS))
    product = draw(st.sampled_from(PRODUCTS[:1] + PRODUCTS))
    order, guest = draw(st.sampled_from((0, 1))), draw(st.sampled_from((0, 1)))
    parameters = draw(some(PARAMETERS, 1))
    also = draw(mostly(st.just([]), some((*THINGS, "https://id.gs1.org/02/1", party_subject(FARM)), 1, 2)))

    def make(town: Town) -> bytes:
        number = str(town.numbers)
        results = [{"parameter": one, "value": "1", "unit": "mg/kg"} for one in parameters]
        line = {"line": "1", "product": PRODUCTS[0], "lot": LOTS[0]}
        data: dict[str, Any] = {
            "product": {"names": {"en": "Milk"}, "category": "milk powder", "market": "CN", "required": ["lead"]},
            "origin": {"place": "Here", "document": number},
            "inspection": {"category": "milk powder", "report": number, "results": results},
            "observation": {"step": "storing", "note": number},
            "shipping": {"direction": "dispatched", "from": "A", "to": "B", "document": number, "lots": [{"lot": other}]},
            "processing": {
                "step": "drying", "run": number, "outputs": [{"lot": lot}],
                "inputs": [{"lot": other if other != lot else LOTS[0] if lot == LOTS[3] else LOTS[3]}],
            },
            "listing": {"merchant": SHOP, "currency": "CNY", "price": 5, "number": number},
            "order": {
                "keys": [note_of(GUESTS[guest])], "merchant": SHOP, "currency": "CNY",
                "lines": [{**line, "quantity": "1", "price": 5}],
            },
            NOTE_KIND: {"text": number},
        }[kind]  # fmt: skip
        subject = {"product": product, "listing": product, "order": ORDERS[order]}.get(kind, lot)
        return ordinary(town, kind, subject, data, also)

    make.usual = USUAL[kind]  # type: ignore[attr-defined]
    return make


@st.composite
def guest_records(draw: Any) -> Maker:
    kind = draw(st.sampled_from((*BUYERS, "observation")))
    order = draw(mostly(st.just(0), st.just(1)))
    also = draw(mostly(st.just([]), some(THINGS, 1, 2)))
    lot = draw(st.sampled_from(LOTS[:2]))

    def make(town: Town) -> bytes:
        line = {"merchant": SHOP, "line": str(town.numbers), "product": PRODUCTS[0], "lot": lot}
        data = {
            "review": {**line, "stars": 1},
            "claim": {**line, "claim": str(town.numbers), "reason": "damaged", "wanted": "refund", "currency": "CNY", "amount": 1},
            "observation": {"step": "storing", "note": str(town.numbers)},
        }[kind]  # fmt: skip
        return ordinary(town, kind, ORDERS[order], data, also)

    return make


def correction(town: Town, target: int, also: list[str], *, data: bool) -> tuple[bytes, str] | None:
    """A correction of one of the records so far, and whose record that is."""
    if not town.places:
        return None
    placed = town.ledger.record(*town.places[target % len(town.places)])
    record = placed.record
    named = {"entry": placed.entry, "position": placed.position, "record": record.hash.hex()}
    said: dict[str, Any] = {"supersedes": named, "reason": "incorrect_data"}
    subject = LOTS[0]
    if isinstance(record, Record):
        if record.subjects[0].startswith("trustledger:"):
            return None
        subject = record.subjects[0]
        if data and record.kind != "correction":
            said["data"] = dict(record.data)
    elif data:
        said["data"] = {"place": "Here", "document": str(town.numbers)}
    return ordinary(town, "correction", subject, said, also), placed.party


# --- moves ------------------------------------------------------------------------------------------------------------

makers = st.one_of(
    party_records(), key_records(), ledger_records(), policy_records(), ordinary_records(), guest_records()
)
Move = "Callable[[Town], None]"


@st.composite
def statements(draw: Any, records: Any, speakers: Any) -> Move:
    """Somebody says something."""
    made = draw(mostly(st.lists(records, min_size=1, max_size=1), st.lists(records, min_size=2, max_size=3)))
    speaker = getattr(made[0], "usual", None) if draw(numbers) else None
    if speaker is None:
        speaker = draw(speakers)
    how = draw(mostly(st.integers(0, 6), st.integers(7, 13)))
    others = draw(mostly(st.just([]), mostly(some(PARTIES[:6], 1, 2), some(PARTIES, 1, 2))))
    offset = draw(mostly(st.just(0), st.sampled_from((-40 * DAY, -DAY, -3 * SECOND, 4 * SECOND, DAY))))
    witness = draw(st.integers(0, 20))

    def go(town: Town) -> None:
        signers = town.held(speaker, how)
        for other in others:
            if other != speaker:
                signers = signers + town.held(other, 0)
        town.say([make(town) for make in made], signers, town.now + offset, seen_of(town, witness))

    return go


def seen_of(town: Town, witness: int) -> Seen | None:
    """What a signer says it has seen: mostly nothing or the truth."""
    if witness < 17:
        return None
    latest = town.ledger.checkpoint().checkpoint
    return Seen(latest.size + (witness == 20), latest.root)


@st.composite
def corrections(draw: Any) -> Move:
    target, data, honest = draw(st.integers(0, 60)), draw(st.booleans()), draw(st.integers(0, 3))
    also = draw(mostly(st.just([]), some(THINGS, 1, 1)))
    stranger = draw(st.sampled_from(PARTIES))

    def go(town: Town) -> None:
        try:
            found = correction(town, target, also, data=data)
        except (InputError, FormatError):
            return
        if found is not None:
            raw, party = found
            town.say([raw], town.held(party if honest else stranger, 0), town.now)

    return go


@st.composite
def withholdings(draw: Any) -> Move:
    target = draw(st.integers(0, 60))

    def go(town: Town) -> None:
        if town.places:
            try:
                town.ledger.withhold(*town.places[target % len(town.places)])
                town.counts["withheld"] += 1
            except TrustLedgerError as error:
                town.counts[error.code] += 1

    return go


@st.composite
def questions(draw: Any) -> Move:
    """Somebody who follows the ledger from time to time asks about one party: what was folded is kept."""
    uri, before, move = draw(st.sampled_from(PARTIES)), draw(st.integers(0, 30)), draw(st.booleans())

    def go(town: Town) -> None:
        if move:
            town.catch_up()
        town.lagging.party(uri, min(before, town.lagging.head.size))
        if before % 2:
            town.lagging.ledger_before(min(before, town.lagging.head.size))

    return go


def _later(step: int) -> Move:
    def go(town: Town) -> None:
        town.now += step

    return go


def _reopen(town: Town) -> None:
    town.reopen()


operator = st.integers(0, 9).flatmap(
    lambda number: st.sampled_from(PARTIES) if number == 9 else st.just(OPERATOR)
)
speakers = st.sampled_from((FARM, FARM, MILL, SHOP, SHOP, LAB, OPERATOR))
guests = mostly(st.sampled_from(GUESTS), st.sampled_from(PARTIES))
moves = st.one_of(
    statements(party_records(), operator),
    statements(st.one_of(key_records(), ledger_records()), operator),
    statements(key_records(), speakers),
    statements(policy_records(), operator),
    statements(ordinary_records(), speakers),
    statements(ordinary_records(), speakers),
    statements(ordinary_records(), st.just(SHOP)),
    statements(guest_records(), guests),
    statements(makers, mostly(speakers, st.sampled_from(PARTIES))),
    corrections(),
    corrections(),
    withholdings(),
    questions(),
    st.sampled_from((_later(SECOND), _later(DAY), _later(40 * DAY), _reopen)),
)
