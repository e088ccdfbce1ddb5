"""Signing files away from the ledger: the same rows, the same checks, a file to carry."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from trustledger.errors import InputError
from trustledger.interchange.upload import doing, sign
from trustledger.ledger import read_submissions


def go(shop, *paths, **more):
    out, kept = io.BytesIO(), {}
    done = sign(
        paths, shop.options, card=shop.ledger.public_card, signer=shop.signer, out=out, openings=kept.update,
        time=1_790_000_000_000, **more,
    )  # fmt: skip
    out.seek(0)
    return done, out, kept


def test_signed_here_submitted_there(shop, write, sheet, monkeypatch):
    monkeypatch.setattr(doing, "MAX_STATEMENT", 1_024)
    done, out, _ = go(shop, write("a.csv", sheet(range(2_500))))
    assert (done.records, done.statements) == (2_500, 3)
    for submission in read_submissions(out):
        assert shop.ledger.submit(submission).new
    assert shop.ledger.size == 5
    assert shop.ledger.audit().ok


def test_repetitions_are_left_out_because_a_ledger_would_refuse_them(shop, write, row):
    done, out, _ = go(shop, write("a.jsonl", [row(1), row(2), row(1)]))
    assert (done.records, done.repeated) == (2, 1)
    (submission,) = read_submissions(out)
    assert shop.ledger.submit(submission).records == 2


def test_openings_are_handed_over_before_the_statement_is_written(shop, write, row):
    out, lengths = io.BytesIO(), []

    def keep(openings):
        lengths.append(out.tell())
        assert [opening.value for opening in openings.values()] == ["0.012"]

    path = write("a.jsonl", [row(1, seal=["/results/0/value"])])
    sign(
        [path], shop.options, card=shop.ledger.public_card, signer=shop.signer, out=out, openings=keep, time=5
    )
    assert lengths == [0]
    assert b"0.012" not in out.getvalue()


def test_a_bad_row_leaves_the_file_empty(shop, write, row):
    out = io.BytesIO()
    path = write("a.jsonl", [row(1), row(2, value="x")])
    with pytest.raises(InputError):
        sign(
            [path],
            shop.options,
            card=shop.ledger.public_card,
            signer=shop.signer,
            out=out,
            openings=dict,
            time=5,
        )
    assert out.getvalue() == b""


def test_two_uploads_at_once_do_not_share_their_temporary_files(shop, write, sheet):
    paths = [write(f"{n}.csv", sheet(range(n * 100, n * 100 + 50))) for n in range(2)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda path: go(shop, path)[0].records, paths))
    assert found == [50, 50]
