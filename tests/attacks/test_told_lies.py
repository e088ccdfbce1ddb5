"""Every lie that is a statement: refused at the door, a fault in the audit, and unnoticed without its defence."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from defences import forget
from lies import ALL, Lie
from market import Market, Told, faults, open_market, put_in

from trustledger.errors import TrustLedgerError
from trustledger.ledger.submission import Submission, read_submissions, write_submission
from trustledger.subject import LEDGER, PARTY_PREFIX

every = pytest.mark.parametrize("lie", ALL, ids=str)


@pytest.fixture(autouse=True)
def remember_nothing():
    yield
    forget()


def test_the_market_itself_is_honest():
    report = open_market().audit()
    assert report.ok
    assert report.findings == []


def submit(market: Market, told: Told) -> None:
    """By way of a file, as it comes from another machine: the note is read with all care."""
    file = io.BytesIO()
    write_submission(file, Submission(told.signed, told.raws))
    file.seek(0)
    for submission in read_submissions(file):
        market.ledger.submit(submission)


@every
def test_the_append_refuses_it(lie: Lie):
    market = open_market()
    told = lie.told(market)
    if lie.at is not None:
        market.now = lie.at
    before = market.ledger.size
    with pytest.raises(TrustLedgerError) as refused:
        submit(market, told)
    assert refused.value.code == (lie.append or lie.code)
    assert market.ledger.size == before


@every
def test_the_audit_calls_it_a_fault(lie: Lie):
    market = open_market()
    put_in(market, lie.told(market), at=lie.at)
    report = market.audit()
    assert lie.code in faults(report)


def look(market: Market, entry: int) -> None:
    """What a reader without an audit sees of an entry, and of those whose rights it changes."""
    ledger = market.fresh()
    with ledger.reading() as reader:
        subjects = {uri for record in reader.records(entry) for uri in record.record.subjects}
    for uri in subjects:
        if uri == LEDGER:
            ledger.authority.state()
        elif uri.startswith(PARTY_PREFIX):
            ledger.party(uri[len(PARTY_PREFIX) :])


@every
def test_a_reader_says_what_it_can_see(lie: Lie):
    market = open_market()
    entry = put_in(market, lie.told(market), at=lie.at)
    if lie.read is None:
        look(market, entry)
    else:
        with pytest.raises(TrustLedgerError) as seen:
            look(market, entry)
        assert seen.value.code == lie.read


@pytest.mark.parametrize("lie", [lie for lie in ALL if lie.off], ids=str)
def test_without_its_defence_it_would_stand(lie: Lie, monkeypatch):
    market = open_market()
    put_in(market, lie.told(market), at=lie.at)
    for defence in lie.off:
        defence.switch(monkeypatch)
    report = market.audit()
    assert faults(report) == lie.still
    assert not report.newer


def test_the_threat_model_lists_every_lie_and_what_a_reader_sees_of_it():
    text = (Path(__file__).parents[2] / "docs" / "threat-model.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| (an error|—) \|$", text, re.MULTILINE)
    assert rows == [(lie.name, "an error" if lie.read else "—") for lie in ALL]
