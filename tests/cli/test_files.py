"""What a command writes where a person said: never over another file by accident, whole or not at all."""

from __future__ import annotations

import os

import pytest
from trustledger_cli.files import new_file, write_file

from trustledger import FormatError, StorageError

from .conftest import GTIN, LOT, SHEET

KEPT = b"something that must not be lost\n"


def writers(shop):
    sheet = shop.write("raw.csv", SHEET)
    sign = ("sign", sheet, "--card", str(shop.ledger / "ledger.card"), "--key", shop.path("farm.key"))
    return {
        "template": ("template", "origin", "-o"),
        "checkpoint": ("checkpoint", "-o"),
        "sign": (*sign, "--zone", "UTC", "-o"),
        "trace": ("trace", GTIN, "RAW-1", "--forward", "--csv"),
    }


@pytest.mark.parametrize("command", ["template", "checkpoint", "sign", "trace"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_overwritten_unless_it_is_asked_for(shop, command, language):
    shop.append(shop.write("a.csv", SHEET))
    (shop.folder / "there").write_bytes(KEPT)
    arguments = writers(shop)[command]
    refused = shop.run(*arguments, shop.path("there"), "--lang", language, code=1)
    assert ("已经存在" if language == "zh" else "exists already") in refused.stderr
    assert "--force" in refused.stderr
    assert (shop.folder / "there").read_bytes() == KEPT
    shop.run(*arguments, shop.path("there"), "--force")
    assert (shop.folder / "there").read_bytes() != KEPT
    assert not [path for path in shop.folder.iterdir() if path.name.startswith(".")]


def test_a_private_key_is_not_signed_over(shop):
    before = (shop.folder / "farm.key").read_bytes()
    shop.run(*writers(shop)["sign"], shop.path("farm.key"), code=1)
    assert (shop.folder / "farm.key").read_bytes() == before


def test_openings_are_never_lost(shop):
    row = f'{{"kind": "cost", "subject": "{LOT}", "occurred_at": "2026-10-05T08:00:00+08:00", "seal": ["/price"], "data": {{"currency": "CNY", "price": 1, "components": []}}}}\n'
    rows = shop.write("c.jsonl", row)
    arguments = ("sign", rows, "--card", str(shop.ledger / "ledger.card"), "--key", shop.path("farm.key"))
    out = shop.path("c.statement")
    shop.run(*arguments, "-o", out)
    openings = shop.folder / "c.statement.openings"
    (shop.folder / "c.statement").unlink()
    first = openings.read_bytes()
    shop.run(*arguments, "-o", out, code=1)
    assert openings.read_bytes() == first
    assert not (shop.folder / "c.statement").exists()
    shop.run(*arguments, "-o", out, "--force")
    assert openings.read_bytes().startswith(first)
    assert openings.read_bytes().count(b"\n") == 2
    assert openings.stat().st_mode & 0o777 == 0o600


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "x"
    with pytest.raises(ZeroDivisionError), new_file(path, force=False) as file:  # noqa: PT012
        file.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_meanwhile_stays(tmp_path, monkeypatch, links):
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError(1, "no links")))
    path = tmp_path / "x"
    with pytest.raises(FormatError, match="exists"), new_file(path, force=False) as file:  # noqa: PT012
        file.write(b"new")
        path.write_bytes(KEPT)
    assert path.read_bytes() == KEPT
    write_file(tmp_path / "y", b"new")
    assert (tmp_path / "y").read_bytes() == b"new"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["x", "y"]


def test_a_directory_is_never_replaced_and_a_link_is_a_file_that_exists(tmp_path):
    with pytest.raises(StorageError):
        write_file(tmp_path, b"", force=True)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FormatError):
        write_file(tmp_path / "link", b"")
    assert not (tmp_path / "nowhere").exists()
