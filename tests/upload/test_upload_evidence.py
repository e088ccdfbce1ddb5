"""Evidence files: hashed beside the file that names them, and nowhere else."""

import hashlib
import os

import pytest

from trustledger.interchange.upload import check, evidence_beside, upload


def look(shop, path):
    return check([path], shop.options, party=shop.signer.party, ledger=shop.ledger)


def test_a_file_beside_the_rows_is_hashed(shop, write, row, tmp_path):
    body = b"%PDF" + bytes(3 << 20)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "R 1.pdf").write_bytes(body)
    path = write("a.jsonl", [row(1, evidence=["reports/R 1.pdf"])])
    upload(shop.ledger, [path], shop.options, signer=shop.signer)
    (evidence,) = shop.ledger.record(2, 0).record.evidence
    assert (evidence.name, evidence.media_type, evidence.size) == ("R 1.pdf", "application/pdf", len(body))
    assert evidence.sha256 == hashlib.sha256(body).digest()


def test_each_file_of_rows_has_its_own_folder(shop, write, row, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(name)
    paths = [
        write("one/a.jsonl", [row(1, evidence=["r.txt"])]),
        write("two/a.jsonl", [row(2, evidence=["r.txt"])]),
    ]
    upload(shop.ledger, paths, shop.options, signer=shop.signer)
    sizes = {shop.ledger.record(2, n).record.evidence[0].sha256 for n in (0, 1)}
    assert sizes == {hashlib.sha256(name.encode()).digest() for name in ("one", "two")}


def test_a_missing_file_is_a_problem_at_its_row(shop, write, row):
    seen = look(shop, write("a.jsonl", [row(1), row(2, evidence=["gone.pdf"])]))
    (problem,) = seen.problems
    assert (problem.code, problem.place.row, problem.facts["seen"]) == (
        "upload.evidence_missing",
        2,
        "gone.pdf",
    )
    assert problem.place.column.startswith("evidence")


@pytest.mark.parametrize(
    "written",
    [
        "../secret.txt",
        "/etc/passwd",
        "in/../../secret.txt",
        "..",
        "",
        "a\\b",
        "C:/x",
        "a\0b",
        "link.txt",
        "door/secret.txt",
    ],
)
def test_no_path_leaves_the_folder(shop, write, row, tmp_path, written):
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(outside)
    (tmp_path / "in" / "door").symlink_to(tmp_path)
    (problem,) = look(shop, write("in/a.jsonl", [row(1, evidence=[written])])).problems
    assert problem.code == "upload.evidence_outside"


def test_links_within_the_folder_are_followed(shop, write, row, tmp_path):
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert look(shop, write("a.jsonl", [row(1, evidence=["link.txt"])])).ok


def test_what_is_no_file_is_no_evidence(shop, write, row, tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    rows = [
        row(1, evidence=["folder"]),
        row(2, evidence=["pipe"]),
        row(3, evidence=["loop"]),
        row(4, evidence=["a.jsonl/x"]),
    ]
    found = look(shop, write("a.jsonl", rows)).problems
    assert [problem.place.row for problem in found] == [1, 2, 3, 4]
    assert {problem.code for problem in found} <= {"upload.evidence_missing", "upload.evidence_unreadable"}


def test_a_file_named_by_many_rows_is_read_once(tmp_path):
    (tmp_path / "r.txt").write_text("x")
    read = evidence_beside(tmp_path / "a.csv")
    assert read("r.txt") is read("r.txt")


def scanned(row, tmp_path, number=1, name="scan.pdf", body=b"scan", **more):
    (tmp_path / name).write_bytes(body)
    return row(number, evidence=[name], **more)


def test_a_sheet_uploaded_again_is_not_refused_for_files_that_were_archived(shop, write, row, tmp_path):
    path = write("a.jsonl", [scanned(row, tmp_path)])
    upload(shop.ledger, [path], shop.options, signer=shop.signer)
    (tmp_path / "scan.pdf").unlink()
    seen = look(shop, path)
    assert (seen.ok, seen.new, seen.existing) == (True, 0, 1)
    grown = write("a.jsonl", [row(1, evidence=["old/scan.pdf"]), scanned(row, tmp_path, 2, "b.pdf")])
    done = upload(shop.ledger, [grown], shop.options, signer=shop.signer)
    assert (done.new, done.existing) == (1, 1)


def test_content_that_is_its_own_business_key_is_found_without_its_files(shop, write, row, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    seen = row(1) | {"kind": "observation", "data": {"step": "storing"}, "evidence": ["scan.pdf"]}
    path = write("a.jsonl", [seen])
    upload(shop.ledger, [path], shop.options, signer=shop.signer)
    (tmp_path / "scan.pdf").unlink()
    assert look(shop, path).existing == 1
    other = write("b.jsonl", [seen | {"data": {"step": "moving"}}])
    assert [problem.code for problem in look(shop, other).problems] == ["upload.evidence_missing"]


def test_a_lost_file_hides_no_other_change(shop, write, row, tmp_path):
    path = write("a.jsonl", [scanned(row, tmp_path)])
    upload(shop.ledger, [path], shop.options, signer=shop.signer)
    (tmp_path / "scan.pdf").unlink()
    (problem,) = look(shop, write("b.jsonl", [row(1, value="9", evidence=["scan.pdf"])])).problems
    assert (problem.code, problem.facts["seen"]) == ("upload.other_content", "9")
    (problem,) = look(shop, write("b.jsonl", [row(1, evidence=["other.pdf"])])).problems
    assert problem.code == "upload.evidence_missing"
    twice = look(shop, write("b.jsonl", [row(1, evidence=["scan.pdf", "scan.pdf"])])).problems
    assert {problem.code for problem in twice} == {"upload.evidence_missing"}
    (tmp_path / "scan.pdf").write_bytes(b"another scan")
    (problem,) = look(shop, path).problems
    assert problem.code == "upload.other_evidence"


def test_without_a_ledger_every_file_has_to_be_there(shop, write, row, tmp_path):
    (problem,) = check([write("a.jsonl", [row(1, evidence=["gone.pdf"])])], shop.options).problems
    assert problem.code == "upload.evidence_missing"
