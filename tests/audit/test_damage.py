"""Damage below the ledger: pages of the store's file. The answer survives what kills the reader."""

from __future__ import annotations

import json
import shutil
import signal
import sys

import pytest

from trustledger.audit import AuditReport, audit_directory, child
from trustledger.errors import NotFoundError, StorageError
from trustledger.ledger.card import Card

from .story import tell

PAGE = 4096


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A ledger's directory, its card, and the bytes of its file."""
    story = tell()
    where = tmp_path_factory.mktemp("damage") / "shop.ledger"
    where.mkdir()
    story.store.copy_to(where / "data")
    return where, story.card, (where / "data" / "data.mdb").read_bytes()


def audit_of(shop, data):
    where, card, _ = shop
    (where / "data" / "data.mdb").write_bytes(data)
    return audit_directory(where, trust=card)


def test_sound_file_is_sound(shop):
    report = audit_of(shop, shop[2])
    assert report.ok
    assert report.trusted
    assert report.counts["records"] > 70


def large_values(data):
    """Where LMDB's leaf pages say how large a value on pages of its own is (struct MDB_node, flag F_BIGDATA)."""
    for start in range(2 * PAGE, len(data), PAGE):
        flags, lower = (int.from_bytes(data[start + at : start + at + 2], "little") for at in (10, 12))
        if flags & 0x02 and 16 < lower < PAGE:
            for pointer in range(start + 16, start + lower, 2):
                node = start + int.from_bytes(data[pointer : pointer + 2], "little")
                if data[node + 4] & 0x01:
                    yield node


def test_damage_that_kills_the_reader_is_a_fault(shop):
    died = set()
    for node in large_values(shop[2]):
        data = bytearray(shop[2])
        data[node + 3] ^= 0x80  # the value now reaches two gigabytes beyond the end of the file
        report = audit_of(shop, data)
        assert report.faults
        if report.faults[0].code == "audit.store_died":
            died.add(report.faults[0].facts["seen"])
            assert "SIG" in report.faults[0].text("zh")
    assert died & {signal.SIGBUS.name, signal.SIGSEGV.name}, "no damage tried here kills LMDB any more"


@pytest.mark.parametrize("filling", [b"\x00", b"\xff"])
def test_wiped_pages_with_values_are_faults(shop, filling):
    entry_page = shop[2].index(b"trustledger/statement@v1") // PAGE
    bundle_page = shop[2].index(b"Inner Mongolia") // PAGE
    for page in {0, 1, entry_page, bundle_page}:
        data = bytearray(shop[2])
        data[page * PAGE : (page + 1) * PAGE] = filling * PAGE
        report = audit_of(shop, data)
        # LMDB keeps two meta pages and goes on with the older: the ledger as it was a commit ago, if it was wiped well.
        assert report.faults or page < 2, page


@pytest.mark.parametrize("kept", [0, 100, PAGE, 3 * PAGE + 17])
def test_cut_files_are_faults(shop, kept):
    assert audit_of(shop, shop[2][:kept]).faults


def test_improved_figure_in_the_file_is_named(shop):
    at = shop[2].index(b"0.012")
    data = bytearray(shop[2])
    data[at : at + 5] = b"0.002"
    report = audit_of(shop, data)
    named = [fault for fault in report.faults if fault.code == "audit.record_changed"]
    assert len(named) == 1
    assert named[0].place == "4/0"
    assert len(report.faults) == 1, [fault.text() for fault in report.faults]


def test_since_and_trust_reach_the_child(shop):
    where, card, data = shop
    audit_of(shop, data)
    other = Card("other.example/ledger", bytes(32), card.operator, card.log_keys, card.operator_keys)
    assert [fault.code for fault in audit_directory(where, trust=other).faults] == ["audit.other_ledger"]
    assert audit_directory(where, trust=card, since=b"not a checkpoint").faults
    assert [note.code for note in audit_directory(where).notes] == ["audit.no_policy", "audit.untrusted"]


def test_progress_ends_at_the_end(shop):
    audit_of(shop, shop[2])
    seen = []
    report = audit_directory(shop[0], progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (report.size, report.size)


def test_a_child_that_fails_is_a_fault(shop, monkeypatch):
    audit_of(shop, shop[2])
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert [fault.code for fault in audit_directory(shop[0]).faults] == ["audit.child_failed"]


def test_what_the_account_may_not_read_is_an_error_and_no_fault():
    report = AuditReport()
    for code in ("store.permission", "store.moved"):
        with pytest.raises(StorageError, match="store at here"):
            report.add_fault(StorageError(code, path="here", seen="Permission denied"))
    assert not report.faults


def test_a_child_hands_such_an_error_on(shop, monkeypatch, tmp_path):
    audit_of(shop, shop[2])
    refused = tmp_path / "python"
    message = '["error", "store.permission", {"path": "p", "seen": "no"}]'
    refused.write_text(f"#!/bin/sh\ncat > /dev/null\necho '{message}'\n")
    refused.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(refused))
    with pytest.raises(StorageError) as caught:
        audit_directory(shop[0])
    assert (caught.value.code, caught.value.exit_code) == ("store.permission", 5)


def test_openings_that_may_not_be_read_are_a_note(shop, monkeypatch):
    where, _, data = shop
    audit_of(shop, data)
    child.directory.openings_path(where).mkdir(parents=True, exist_ok=True)

    def refused(path, *, readonly):
        assert readonly
        raise StorageError("store.permission", path=str(path), seen="Permission denied")

    monkeypatch.setattr(child.StoreVault, "in_directory", refused)
    request = {"path": str(where), "card": None, "since": None, "openings": True}
    report = child._run(request, lambda *_: None)
    assert report.ok
    assert "audit.openings_unread" in [note.code for note in report.notes]
    assert "Permission denied" in report.notes[-1].text("zh")


def test_a_child_that_says_nothing_is_stopped(shop, monkeypatch, tmp_path):
    silent = tmp_path / "python"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(silent))
    monkeypatch.setattr(child, "STALL_SECONDS", 0.2)
    report = audit_directory(shop[0])
    assert [fault.facts["seen"] for fault in report.faults] == ["SIGKILL"]


def test_not_a_ledger(tmp_path):
    with pytest.raises(NotFoundError):
        audit_directory(tmp_path / "absent")
    with pytest.raises(StorageError):
        audit_directory(tmp_path)


def test_report_survives_the_way_from_the_child(shop):
    report = audit_of(shop, shop[2])
    plain = json.loads(json.dumps(report.to_plain()))
    assert type(report).from_plain(plain).to_plain() == report.to_plain()
