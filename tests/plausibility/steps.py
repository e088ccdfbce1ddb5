"""Steps of traces, made by hand: what the views get once a record was verified."""

from trustledger.authority.parties import Accreditation, EnrolledKey, Identity, PartyState
from trustledger.encoding import parse_time
from trustledger.kinds import Kinds
from trustledger.note import VerifierKey
from trustledger.record import Evidence
from trustledger.views.model import Signatory, Step
from trustledger.views.plausibility import judge

GTIN = "https://id.gs1.org/01/"
RAW, OIL, CAKE = (f"{GTIN}{g}/10/" for g in ("06901234567892", "09506000134352", "04006381333931"))
PALLET = "https://id.gs1.org/00/008600099999850000"
ITEM = GTIN + "09521234000013/21/WJ-1"
FARM_GLN, MILL_GLN, SHOP_GLN = (
    f"https://id.gs1.org/414/{n}" for n in ("0860009999060", "0860009999077", "0860009998001")
)
KINDS = Kinds.default()
MG = "mg/kg"
ROLES = {
    "farm": ("producer",),
    "mill": ("processor",),
    "shop": ("merchant",),
    "lab": ("inspector",),
    "van": ("carrier",),
}


def uri(name):
    return f"https://{name}.example/p"


def ms(time):
    return parse_time(
        time if "T" in time else f"{time}T08:00:01Z"
    )  # no whole quarter of an hour: a precise time


def step(
    ref,
    party,
    kind,
    subject,
    data=None,
    *,
    at="2026-03-01",
    placed="2026-06-01",
    also=(),
    sealed=(),
    files=(),
    **more,
):
    """One step as a trace has it."""
    return Step(
        ref=ref,
        kind=kind,
        about_kind=more.pop("about_kind", kind),
        state=more.pop("state", "shown"),
        standing="about",
        signed_by=Signatory(uri(party), party.title(), more.pop("roles", ROLES.get(party, ("processor",)))),
        cosigned_by=(),
        occurred_at=ms(at),
        sequenced_at=ms(placed),
        subjects=(subject, *also),
        data=data or {},
        sealed=tuple(sealed),
        evidence=tuple(Evidence(media_type="", name="", sha256=one, size=1) for one in files),
        **more,
    )


def lot(name, amount=""):
    """A lot with its amount, written ``"25 kg"``."""
    quantity, _, unit = amount.partition(" ")
    found = {"lot": name}
    if quantity:
        found["quantity"] = quantity
    if unit:
        found["unit"] = unit
    return found


def measured(amount):
    return {name: value for name, value in lot("", amount).items() if name != "lot"}


def origin(ref, subject, amount, party="farm", at="2026-03-01", **more):
    return step(ref, party, "origin", subject, {**measured(amount), **more.pop("data", {})}, at=at, **more)


def made(ref, outputs, inputs, party="mill", at="2026-03-05", loss="", **more):
    data = {
        "step": "pressing",
        "inputs": [lot(*one) for one in inputs],
        "outputs": [lot(*one) for one in outputs],
        **more.pop("data", {}),
    }
    if loss:
        data["loss"] = measured(loss)
    return step(ref, party, "processing", outputs[0][0], data, at=at, **more)


def shipped(ref, direction, subject, amount="", party="farm", at="2026-03-02", lots=(), **more):
    data = {"direction": direction, **measured(amount), **more.pop("data", {})}
    data |= {name.rstrip("_"): more.pop(name) for name in ("from_", "to", "document") if name in more}
    if lots:
        data["lots"] = [lot(*one) for one in lots]
    return step(ref, party, "shipping", subject, data, at=at, **more)


def sent(ref, subject, amount="", **more):
    return shipped(ref, "dispatched", subject, amount, **more)


def received(ref, subject, amount="", **more):
    return shipped(ref, "received", subject, amount, **{"party": "mill", "at": "2026-03-03", **more})


def inspected(
    ref,
    subject,
    *parameters,
    party="lab",
    kind="inspection",
    at="2026-03-08",
    report="R-1",
    data=None,
    **more,
):
    said = {
        "category": "food",
        "report": report,
        "results": [{"parameter": one, "value": "0.1", "unit": MG} for one in parameters or ("lead",)],
        **(data or {}),
    }
    return step(ref, party, kind, subject, said, at=at, **more)


def state(name, *, keys=(), owner="", identities=(), accreditations=(), roles=(), changed=1):
    """A party as the ledger knows it."""
    return PartyState(
        uri=uri(name),
        name=name.title(),
        roles=frozenset(roles),
        keys=tuple(keys),
        entry=1,
        changed=changed,
        owner=uri(owner) if owner else "",
        identities=tuple(Identity("uscc", one) for one in identities),
        accreditations=tuple(accreditations),
    )


def key(name, number=1, custody=""):
    """An enrolled key; who keeps it, if not the party."""
    public = VerifierKey(uri(name), 1, bytes([number]) * 32)
    return EnrolledKey(public, 1, 0, uri(custody or name))


def accredited(number="L-1", since="2025-01-01", until="2027-01-01", parameters=None):
    covered = None if parameters is None else frozenset(parameters)
    return Accreditation(
        "CNAS", number, covered, ms(f"{since}T00:00:00Z"), ms(f"{until}T00:00:00Z") if until else None
    )


def found(*steps, parties=()):
    """The findings of some steps: (level, code, subject, ref, refs, facts)."""
    known = {one.uri: one for one in parties}
    return judge(steps, KINDS, lambda name, _entry: known.get(name))


def told(*steps, parties=()):
    """The findings in short: level and code without its room, and place."""
    return [
        (one.level, one.code.removeprefix("plausibility."), one.ref) for one in found(*steps, parties=parties)
    ]
