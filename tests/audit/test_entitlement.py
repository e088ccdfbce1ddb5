"""What an audit says of rights and keys: refused statements, stolen keys, and who stands behind it all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trustledger import merkle
from trustledger.audit.report import AuditReport
from trustledger.authority.parties import Identity
from trustledger.authority.policy import default_policy
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.encoding import format_time
from trustledger.errors import PolicyError
from trustledger.keys import key_note
from trustledger.kinds import Kinds
from trustledger.ledger import Ledger, tables
from trustledger.record import finish_draft
from trustledger.views.provenance import trace

from .liar import entries_of, place_unasked
from .story import FARM, LAB, LOT, NOON, OPERATOR, inspection, signer, tell


def story():
    told = tell(records=3)
    told.ledger.authority.set_policy(default_policy().text, operator=told.operator)
    return told


def codes(report: AuditReport) -> list[str]:
    return [fault.code for fault in report.faults]


def raw_inspection(report: str, party: str) -> bytes:
    return finish_draft(Kinds.default().draft(inspection(LOT, report, "0.012")), party, bytes)[0]


def test_an_honest_story_has_no_fault():
    told = story()
    report = told.audit()
    assert (codes(report), [note.code for note in report.notes]) == ([], [])


def test_a_record_outside_its_signers_role_is_a_fault_at_its_place():
    told = story()
    entry = place_unasked(told, [raw_inspection("R-9", FARM)], told.farm)
    (fault,) = told.audit().faults
    assert (fault.code, fault.entry, fault.position) == ("policy.roles", entry, 0)


def test_roles_are_not_asked_before_a_policy_stands():
    told = tell(records=3)
    place_unasked(told, [raw_inspection("R-9", FARM)], told.farm)
    report = told.audit()
    assert codes(report) == []
    assert "audit.role" in [finding.code for finding in report.findings]
    assert "audit.no_policy" in [note.code for note in report.notes]


def test_statements_since_a_theft_are_marked_in_audit_and_trace_and_nothing_is_removed():
    told = story()
    before = [one.ref for one in told.ledger.chain(LOT)]
    times = {index: told.ledger.entry(index).entry.sequenced_at for index in (4, 5, 8)}
    told.ledger.authority.revoke_key(told.lab.public, "compromised", signer=told.operator, since=times[5])
    report = told.audit()
    marked = [finding for finding in report.findings if finding.code == "audit.compromised"]
    assert codes(report) == []
    # The lab signed 4, 5, 6 (as a cosigner) and 8; 4 came before the theft.
    assert [finding.ref for finding in marked] == ["5", "6", "8"]
    assert {finding.facts["party"] for finding in marked} == {LAB}
    assert [one.ref for one in told.ledger.chain(LOT)] == before
    found = trace(told.ledger, LOT)
    steps = {step.ref: step.doubts for node in found.nodes for step in node.steps}
    doubted = {ref for ref, doubts in steps.items() if doubts}
    assert doubted == {"5/0", "6/0", "8/0"}
    (doubt,) = steps["5/0"]
    assert (doubt.party, doubt.key, doubt.since, doubt.entry, doubt.by) == (
        LAB, told.lab.public.key_id.hex(), times[5], 10, (OPERATOR,),
    )  # fmt: skip
    alarms = [one for one in found.findings if one.code == "views.compromised"]
    assert {one.ref for one in alarms} == doubted
    assert {one.level for one in alarms} == {"alarm"}
    assert alarms[0].facts["since"] == format_time(times[5])


@pytest.mark.parametrize("reason", ["lost", "superseded"])
def test_a_key_that_was_only_lost_leaves_no_mark(reason):
    told = story()
    told.ledger.authority.revoke_key(told.lab.public, reason, signer=told.operator)
    assert [one.code for one in told.audit().findings if one.code == "audit.compromised"] == []
    assert not any(step.doubts for node in trace(told.ledger, LOT).nodes for step in node.steps)


def test_after_its_end_a_key_signs_nothing():
    told = story()
    told.ledger.authority.revoke_key(told.lab.public, "lost", signer=told.lab)
    entry = place_unasked(told, [raw_inspection("R-9", LAB)], told.lab)
    (fault,) = told.audit().faults
    assert (fault.code, fault.entry) == ("statement.key_not_active", entry)


def test_a_new_log_key_signs_and_the_old_one_no_more():
    told = story()
    new = signer(told.card.origin, 55)
    told.ledger.authority.set_log_keys([told.log.public, new.public], operator=told.operator)
    assert codes(told.audit()) == []
    both = Ledger(told.store, vault=told.vault, log_signers=(told.log, new), clock=lambda: 1_790_000_050_000)
    both.append([Kinds.default().draft(inspection(LOT, "R-7", "0.012"))], signer=told.lab)
    assert both.checkpoint().signed_by == (told.log.public, new.public)
    both.authority.set_log_keys([new.public], operator=told.operator)
    assert both.checkpoint().signed_by == (new.public,)
    assert codes(told.audit()) == []
    with pytest.raises(PolicyError) as caught:
        told.ledger.append([Kinds.default().draft(inspection(LOT, "R-8", "0.012"))], signer=told.lab)
    assert caught.value.code == "ledger.log_key_retired"
    checkpoint = both.checkpoint().checkpoint
    told.put("checkpoints", tables.LATEST, sign_checkpoint(checkpoint, [told.log]))
    assert codes(told.audit()) == ["checkpoint.unsigned"]
    earlier = sign_checkpoint(Checkpoint(told.card.origin, 2, root_at(told, 2)), [new])
    told.put("checkpoints", tables.LATEST, sign_checkpoint(checkpoint, [new]))
    assert codes(told.audit(since=earlier)) == ["checkpoint.unsigned"]  # it was no log key then


def root_at(told, size: int) -> bytes:
    return merkle.root([merkle.leaf_hash(raw) for raw in entries_of(told)[:size]])


def test_the_report_says_who_stands_behind_the_ledger():
    told = story()
    told.ledger.authority.enrol(
        "https://dairy.example/", operator=told.operator, roles=["producer"], owner=OPERATOR,
        key_note=key_note(signer("https://dairy.example/", 50)), custody=OPERATOR,
    )  # fmt: skip
    row = {
        "kind": "origin",
        "subject": "https://id.gs1.org/01/09506000134352/10/D-1",
        "occurred_at": NOON,
        "data": {},
    }
    told.ledger.append([Kinds.default().draft(row)], signer=signer("https://dairy.example/", 50))
    report = told.audit()
    assert report.independence is not None
    assert report.independence.parties == ("https://dairy.example/", FARM, LAB, OPERATOR)
    assert report.independence.independent == ((FARM,), (LAB,))
    assert {use.party for use in report.independence.held_by_shop} == {"https://dairy.example/", OPERATOR}
    again = AuditReport.from_plain(report.to_plain())
    assert again == report
    assert replace(report.independence) == again.independence


@pytest.mark.parametrize(("reason", "code"), [("", "audit.same_identity"), ("fined", "audit.shed_name")])
def test_a_bad_name_is_not_shed_by_a_new_uri(reason, code):
    told = story()
    same = [Identity("uscc", "91350100M000100Y43")]
    told.ledger.authority.enrol(LAB, operator=told.operator, identities=same)
    if reason:
        told.ledger.authority.suspend(LAB, reason, operator=told.operator)
    assert [one for one in told.audit().findings if one.code.startswith("audit.s")] == []
    new = "https://better-lab.example/"
    told.ledger.authority.enrol(
        new, operator=told.operator, key_note=key_note(signer(new, 60)), roles=["inspector"], identities=same
    )
    (finding,) = [one for one in told.audit().findings if one.code.startswith("audit.s")]
    assert (finding.code, finding.facts["parties"]) == (code, f"{LAB}, {new}")


def test_an_owner_that_changes_hands_later_ties_what_it_owns():
    """The audit learns it at the next statement, as a trace does, though nothing of the signer itself changed."""
    told = story()
    holding = "https://holding.example/"
    told.ledger.authority.enrol(holding, operator=told.operator, key_note=key_note(signer(holding, 61)))
    told.ledger.authority.enrol(FARM, operator=told.operator, owner=holding)
    row = {"kind": "origin", "subject": LOT + "A", "occurred_at": NOON, "data": {}}
    told.ledger.append([Kinds.default().draft(row)], signer=told.farm)
    assert (FARM,) in told.audit().independence.independent
    told.ledger.authority.enrol(holding, operator=told.operator, owner=OPERATOR)
    told.ledger.append([Kinds.default().draft({**row, "subject": LOT + "B"})], signer=told.farm)
    assert told.audit().independence.independent == ((LAB,),)
    assert trace(told.ledger, LOT + "B").independence.independent == ()
