"""A ledger in memory with several parties, and short ways to say things in it."""

import itertools

from trustledger import Draft, Ed25519Signer, Ledger
from trustledger.keys import key_note
from trustledger.kinds import Kinds

GTIN = "https://id.gs1.org/01/"
RAW, OIL, CAKE = (f"{GTIN}{g}/10/" for g in ("06901234567892", "09506000134352", "04006381333931"))
T0 = 1_796_000_000_000  # 30 November 2026: what the stories tell happened before it was placed


class World:
    """A ledger, its parties, and `say`."""

    def __init__(self, kinds=None):
        ticks = itertools.count(T0, 1000)
        self.operator = Ed25519Signer.generate("https://shop.example/operator")
        log = Ed25519Signer.generate("shop.example/ledger")
        self.ledger = Ledger.in_memory(
            policy=None,
            origin="shop.example/ledger",
            operator=self.operator,
            log=log,
            kinds=kinds,
            clock=lambda: next(ticks),
        )
        self.signers = {}

    def party(self, name, *roles):
        if name not in self.signers:
            signer = Ed25519Signer.generate(f"https://{name}.example/p")
            self.ledger.enrol(
                signer.party,
                operator=self.operator,
                key_note=key_note(signer),
                roles=roles,
                name=name.title(),
            )
            self.signers[name] = signer
        return self.signers[name]

    def say(self, name, kind, subject, data, *, day=1, also=(), seal=(), evidence=()):
        """Append one record; returns it as placed."""
        row = {
            "kind": kind,
            "subject": subject,
            "also": list(also),
            "occurred_at": f"2026-10-{day:02d}T08:00:00Z",
            "data": data,
            "seal": list(seal),
            "evidence": list(evidence),
        }
        draft = Kinds.default().draft(row)
        assert isinstance(draft, Draft)
        receipt = self.ledger.append([draft], signer=self.party(name))
        return self.ledger.record(*receipt.places[0])

    def made(self, name, out, *inputs, step="mixing", day=2, **more):
        lots = [{"lot": uri, "quantity": str(10 + n), "unit": "kg"} for n, uri in enumerate(inputs)]
        data = {
            "step": step,
            "inputs": lots,
            "outputs": [{"lot": out, "quantity": "5", "unit": "kg"}],
            **more,
        }
        return self.say(name, "processing", out, data, day=day)
