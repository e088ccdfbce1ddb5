"""Files into a ledger: all of a file or nothing, again and again, in portions."""

import resource
import tempfile

import pytest

from trustledger.errors import InputError, PolicyError, StorageError
from trustledger.interchange.upload import check, doing, reading, upload
from trustledger.keys import Ed25519Signer
from trustledger.ledger.appending import Appender


def go(shop, *paths, **more):
    return upload(shop.ledger, paths, shop.options, signer=shop.signer, **more)


def look(shop, *paths, **more):
    return check(paths, shop.options, party=shop.signer.party, ledger=shop.ledger, **more)


def records(ledger):
    return [placed for entry in range(2, ledger.size) for placed in _records(ledger, entry)]


def _records(ledger, entry):
    with ledger.reading() as reader:
        return list(reader.records(entry))


def places(problems):
    return [(problem.code, problem.place.row, problem.place.column) for problem in problems]


def test_a_sheet_is_appended_as_one_statement(shop, write, sheet):
    done = go(shop, write("a.csv", sheet(range(20))))
    assert (done.new, done.existing, len(done.statements)) == (20, 0, 1)
    assert [placed.record.data["report"] for placed in records(shop.ledger)] == [f"R-{n}" for n in range(20)]
    assert shop.ledger.audit().ok


def test_the_grown_sheet_adds_only_what_is_new(shop, write, sheet):
    path = write("a.csv", sheet(range(10)))
    go(shop, path)
    write("a.csv", sheet(range(13)))
    seen = look(shop, path)
    assert (seen.records, seen.new, seen.existing, seen.to_fix, seen.ok) == (13, 3, 10, 0, True)
    done = go(shop, path)
    assert (done.new, done.existing) == (3, 10)
    again = go(shop, path)
    assert (again.new, again.existing, again.statements) == (0, 13, ())


def test_a_row_that_contradicts_what_stands_points_to_its_cell_and_to_correction(shop, write, sheet):
    go(shop, write("a.csv", sheet([1, 2])))
    grown = sheet([1]) + sheet([2], value="0.5").split("\n", 1)[1] + sheet([3]).split("\n", 1)[1]
    path = write("a.csv", grown)
    seen = look(shop, path)
    assert (seen.existing, seen.new, seen.to_fix) == (1, 1, 1)
    (problem,) = seen.problems
    assert places([problem]) == [("upload.other_content", 3, "value")]
    assert (problem.facts["seen"], problem.facts["expected"], problem.facts["ref"]) == ("0.5", "0.012", "2/1")
    assert "correction of 2/1" in problem.text()
    assert "2/1" in problem.text("zh")
    size = shop.ledger.size
    with pytest.raises(InputError) as error:
        go(shop, path)
    assert error.value.facts["count"] == 1
    assert shop.ledger.size == size


def test_another_time_is_shown_as_it_was_understood(shop, write, row):
    go(shop, write("a.jsonl", [row(1)]))
    (problem,) = look(shop, write("a.jsonl", [row(1, occurred_at="2026-10-05T09:00:00+08:00")])).problems
    assert (problem.facts["seen"], problem.facts["expected"]) == (
        "2026-10-05T01:00:00Z",
        "2026-10-05T00:00:00Z",
    )
    assert problem.place.column == "occurred_at"


def test_sealed_values_are_compared_and_kept(shop, write, row):
    seal = {"seal": ["/results/0/value"]}
    path = write("a.jsonl", [row(1, value="0.111", **seal)])
    assert go(shop, path).new == 1
    assert go(shop, path).existing == 1
    (placed,) = records(shop.ledger)
    assert shop.ledger.openings(placed.record)["/results/0/value"].value == "0.111"


def test_salts_are_random(shop, write):
    cost = {
        "kind": "cost",
        "subject": "https://id.gs1.org/01/06901234567892",
        "occurred_at": "2026-10-05T08:00:00Z",
        "data": {"currency": "CNY", "price": 100, "components": []},
    }
    path = write("a.jsonl", [cost])
    go(shop, path)
    (placed,) = records(shop.ledger)
    assert len(placed.record.salt) == 16
    assert placed.record.salt != bytes(16)
    assert go(shop, path).existing == 1


def test_a_corrected_record_stands_with_its_corrected_content(shop, write, row):
    go(shop, write("a.jsonl", [row(1)]))
    (placed,) = records(shop.ledger)
    fixed = row(1, value="0.02")
    said = {
        "supersedes": {"entry": placed.entry, "position": 0, "record": placed.record.hash.hex()},
        "reason": "incorrect_data",
        "data": fixed["data"],
    }
    go(shop, write("c.jsonl", [{**row(1), "kind": "correction", "data": said}]))
    assert look(shop, write("a.jsonl", [fixed])).existing == 1


def test_every_bad_row_is_listed_at_once_and_nothing_is_appended(shop, write, row):
    bad = [row(1), row(2, value="1,5"), row(3, extra=1), row(4, subject="milk"), row(5, kind="party"), row(6)]
    path = write("a.jsonl", bad)
    size = shop.ledger.size
    with pytest.raises(InputError) as error:
        go(shop, path)
    rows = [problem.place.row for problem in error.value.problems]
    assert rows == [2, 3, 4, 5]
    assert error.value.problems[-1].code == "upload.authority_kind"
    assert shop.ledger.size == size
    seen = look(shop, path)
    assert (seen.rows, seen.records, seen.new, seen.to_fix, seen.problem_count) == (5, 5, 2, 4, 4)


@pytest.mark.parametrize("kind", ["party", "ledger"])
def test_authority_is_not_uploaded(shop, write, row, kind):
    seen = look(shop, write("a.jsonl", [row(1, kind=kind)]))
    assert places(seen.problems) == [("upload.authority_kind", 1, "kind")]


def test_two_rows_about_one_fact_that_disagree_are_both_named(shop, write, row):
    first = write("a.jsonl", [row(7), row(1)])
    second = write("b.jsonl", [row(2), row(1, value="9")])
    seen = look(shop, first, second)
    (problem,) = seen.problems
    assert (problem.code, problem.place.row) == ("upload.twice", 2)
    assert (problem.facts["first"], problem.facts["first_file"]) == (2, str(first))
    assert seen.to_fix == 1


def test_rows_that_repeat_one_another_are_appended_once(shop, write, row):
    path = write("a.jsonl", [row(1), row(2), row(1), row(1)])
    assert (look(shop, path).new, look(shop, path).existing) == (2, 2)
    done = go(shop, path)
    assert (done.new, done.existing) == (2, 2)
    assert len(records(shop.ledger)) == 2


def test_sealed_rows_that_repeat_one_another_are_one_in_spite_of_their_salts(shop, write, row):
    seal = {"seal": ["/results/0/value"]}
    done = go(shop, write("a.jsonl", [row(1, **seal), row(1, **seal)]))
    assert (done.new, done.existing) == (1, 1)
    with pytest.raises(InputError) as error:
        go(shop, write("b.jsonl", [row(2, **seal), row(2, value="4", **seal)]))
    assert [problem.code for problem in error.value.problems] == ["upload.twice"]


def test_a_large_file_goes_in_as_several_statements(shop, write, sheet, monkeypatch):
    monkeypatch.setattr(doing, "MAX_STATEMENT", 1_100)
    monkeypatch.setattr(reading, "PAGE", 100)
    monkeypatch.setattr(doing, "PAGE", 100)
    done = go(shop, write("a.csv", sheet(range(2_450))))
    assert [statement.records for statement in done.statements] == [1_100, 1_100, 250]
    assert [placed.record.data["report"] for placed in records(shop.ledger)] == [
        f"R-{n}" for n in range(2_450)
    ]
    assert shop.ledger.audit().ok


def test_statements_are_bounded_in_bytes_too(shop, write, row, monkeypatch):
    monkeypatch.setattr(doing, "MAX_STATEMENT_BYTES", 50_000)
    monkeypatch.setattr(reading, "PAGE", 10)
    rows = [row(n) for n in range(60)]
    for one in rows:
        one["data"]["epcis"] = {"note": "x" * 2_000}
    done = go(shop, write("a.jsonl", rows))
    assert [statement.records for statement in done.statements] == [30, 30]


def test_stopped_half_way_it_goes_on_where_it_stopped(shop, write, sheet, monkeypatch):
    monkeypatch.setattr(doing, "MAX_STATEMENT", 512)
    path = write("a.csv", sheet(range(1_500)))
    place, calls = Appender.place, []

    def stop_third(*args):
        calls.append(args)
        if len(calls) == 3:
            raise StorageError("store.full")
        return place(*args)

    monkeypatch.setattr(Appender, "place", stop_third)
    with pytest.raises(StorageError):
        go(shop, path)
    assert len(records(shop.ledger)) == 1_024
    done = go(shop, path)
    assert (done.new, done.existing) == (476, 1_024)
    assert len({placed.record.data["report"] for placed in records(shop.ledger)}) == 1_500


def test_what_another_process_appended_between_the_passes_is_passed_over(shop, write, row):
    path, other = write("a.jsonl", [row(1), row(2), row(3)]), write("b.jsonl", [row(2)])

    def meanwhile(_checked):
        go(shop, other)
        return True

    done = go(shop, path, confirm=meanwhile)
    assert (done.new, done.existing) == (2, 1)
    assert len(records(shop.ledger)) == 3


def test_what_another_process_contradicted_between_the_passes_is_refused(shop, write, row):
    path, other = write("a.jsonl", [row(1, seal=["/results/0/value"])]), write("b.jsonl", [row(1)])

    def meanwhile(_checked):
        go(shop, other)
        return True

    with pytest.raises(PolicyError) as error:
        go(shop, path, confirm=meanwhile)
    assert error.value.code == "ledger.other_content"


def test_confirm_is_asked_once_and_may_say_no(shop, write, row):
    asked = []
    done = go(shop, write("a.jsonl", [row(1)]), confirm=lambda seen: asked.append(seen) or False)
    assert (done.new, done.statements) == (0, ())
    assert asked[0].new == 1
    assert records(shop.ledger) == []


def test_a_stranger_and_a_wrong_key_are_refused_before_any_file_is_read(shop, tmp_path):
    missing = tmp_path / "not-there.csv"
    stranger = Ed25519Signer.generate("https://stranger.example/p")
    wrong = Ed25519Signer.generate(shop.signer.party)
    with pytest.raises(PolicyError, match="stranger"):
        upload(shop.ledger, [missing], signer=stranger)
    with pytest.raises(PolicyError) as error:
        upload(shop.ledger, [missing], signer=wrong)
    assert error.value.code == "ledger.key_not_of_party"
    with pytest.raises(PolicyError):
        upload(shop.ledger, [missing], signer=shop.signer, cosigners=[stranger])
    with pytest.raises(PolicyError):
        check([missing], party=stranger.party, ledger=shop.ledger)
    with pytest.raises(PolicyError) as error:
        check([missing], party=shop.signer.party, key=wrong.public, ledger=shop.ledger)
    assert error.value.code == "ledger.key_not_of_party"
    with pytest.raises(PolicyError):
        check([missing], party=shop.signer.party, key=stranger.public, ledger=shop.ledger)
    assert not check([missing], party=shop.signer.party, key=shop.signer.public, ledger=shop.ledger).ok


def test_a_dry_run_without_a_ledger_compares_the_files_alone(write, row, shop):
    seen = check([write("a.jsonl", [row(1), row(1)])], shop.options)
    assert (seen.new, seen.existing, seen.compared) == (1, 1, False)


def test_a_dry_run_against_a_ledger_needs_to_know_for_whom(shop, write, row):
    with pytest.raises(ValueError, match="for whom"):
        check([write("a.jsonl", [row(1)])], ledger=shop.ledger)


def test_the_signing_party_names_lots_without_gtin(shop, write):
    text = "lot,occurred_at,name\n甲-1,2026-10-05 08:00,枸杞\n"
    done = go(shop, write("a.csv", "kind," + text.replace("\n甲", "\norigin,甲")))
    assert done.new == 1
    (placed,) = records(shop.ledger)
    assert placed.record.subjects[0].startswith("https://shop.example/p/lot/")


def test_samples_show_the_time_as_interpreted(shop, write, sheet):
    seen = look(shop, write("a.csv", sheet(range(9))))
    assert [sample.place.row for sample in seen.samples] == [2, 3, 4, 5, 6]
    first = seen.samples[0]
    assert (first.written, first.understood) == ("2026-10-05 08:00", "2026-10-05T08:00:00+08:00")
    assert first.draft.occurred_at == 1_791_158_400_000
    assert (first.kind, first.subject) == ("inspection", "https://id.gs1.org/01/06901234567892/10/L0")


def test_samples_of_json_lines_show_what_stands_there(shop, write, row):
    (sample,) = look(shop, write("a.jsonl", [row(1)])).samples
    assert sample.written == sample.understood == "2026-10-05T08:00:00+08:00"


def test_problems_are_bounded_and_counted_to_the_last(shop, write, row):
    seen = look(shop, write("a.jsonl", [row(n, value="x") for n in range(1_205)]))
    assert (len(seen.problems), seen.problem_count, seen.to_fix) == (1_000, 1_205, 1_205)


def test_problems_stand_in_the_order_of_files_and_rows(shop, write, row):
    go(shop, write("z.jsonl", [row(1)]))
    first = write("a.jsonl", [row(1, value="3"), row(2, value="x"), row(1, value="4")])
    second = write("b.jsonl", [row(5, value="x")])
    found = look(shop, first, second).problems
    assert [(problem.place.file, problem.place.row) for problem in found] == [
        (str(first), 1),
        (str(first), 2),
        (str(first), 3),
        (str(second), 1),
    ]


def test_a_file_that_cannot_be_read_is_one_problem(shop, tmp_path):
    seen = look(shop, tmp_path / "none.csv")
    assert places(seen.problems) == [("rows.unreadable", None, None)]
    assert not seen.ok


def test_a_record_too_large_for_the_format_is_a_problem_at_its_row(shop, write, row):
    large = row(2)
    large["data"]["epcis"] = {str(n): "x" * 900 for n in range(90)}
    seen = look(shop, write("a.jsonl", [row(1), large, row(3)]))
    assert [problem.place.row for problem in seen.problems] == [2]
    assert seen.new == 2


def test_progress_is_told_in_bytes_and_then_in_records(shop, write, sheet):
    told = []
    first, second = write("a.csv", sheet(range(30))), write("b.csv", sheet(range(30, 60)))
    go(shop, first, second, progress=lambda *step: told.append(step))
    total = first.stat().st_size + second.stat().st_size
    reading_steps = [step for step in told if step[0] == "reading"]
    assert reading_steps[-1] == ("reading", total, total)
    assert [step[1] for step in reading_steps] == sorted(step[1] for step in reading_steps)
    assert ("reading", first.stat().st_size, total) in reading_steps
    assert told[-1] == ("appending", 60, 60)


def test_a_full_temporary_folder_is_said_and_nothing_is_appended(shop, write, sheet, monkeypatch):
    class Full:
        def write(self, _raw):
            raise OSError(28, "No space left on device")

        def close(self):
            pass

    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: Full())
    with pytest.raises(StorageError) as error:
        go(shop, write("a.csv", sheet(range(3))))
    assert error.value.code == "upload.temporary"
    assert "No space left" in error.value.text("zh")
    assert records(shop.ledger) == []


def test_memory_does_not_grow_with_the_file(shop, write, sheet):
    look(shop, write("a.csv", sheet(range(2_000))))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    look(shop, write("b.csv", sheet(range(20_000))))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 32_000  # KiB: caches and the window of open records, not 20,000 rows of some 4 kB each
