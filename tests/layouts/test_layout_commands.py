"""``layout set`` and ``layout check``, in both languages."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "cli"))  # until the package is installed

from trustledger_cli.entry import cli  # noqa: E402

from trustledger.interchange.layouts import layout_draft, read_layout_file  # noqa: E402

GTIN = "9506000134352"
PRODUCT = "https://id.gs1.org/01/09506000134352"
PARTIES = {
    "brand": "brand-owner",
    "farm": "producer",
    "dairy": "processor",
    "store": "merchant",
    "rival": "brand-owner",
}
SHEET = """gtin,occurred_at,name_en,category,market,required
'9506000134352,2026-10-01 08:00,Milk powder,milk powder,CN,lead
"""
LAYOUT = """\
version = "1"

[[steps]]
name = "milking"
kind = "origin"
roles = ["producer"]

[[steps]]
name = "drying"
kind = "processing"
step = "drying"
roles = ["processor"]
inputs_from = ["milking"]
"""
MILK = """gtin,lot,occurred_at,quantity,unit
'6901234567892,RAW-1,2026-10-01 08:00,100,kg
"""
DRIED = """output_gtin,output_lot,occurred_at,step,input_gtin,input_lot
'9506000134352,LOT-7,2026-10-02 08:00,drying,'6901234567892,RAW-1
"""


def run(*arguments):
    return CliRunner().invoke(cli, list(arguments))


class Shop:
    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return str(self.folder / name)

    def write(self, name, text):
        Path(self.path(name)).write_text(text, "utf-8")
        return self.path(name)

    def run(self, *arguments, code=0):
        result = run("--ledger", self.path("shop.ledger"), *arguments)
        assert result.exit_code == code, (result.output, result.stderr)
        return result

    def json(self, *arguments, code=0):
        return json.loads(self.run(*arguments, "--json", code=code).stdout)

    def append(self, name, text, *more):
        sheet = self.write(f"{name}.csv", text)
        return self.run("append", sheet, "--key", self.path(f"{name}.key"), "--zone", "UTC", *more)

    def set(self, text=LAYOUT, *more, name="brand", code=0):
        file = self.write("powder.toml", text)
        return self.run("layout", "set", GTIN, file, "--key", self.path(f"{name}.key"), *more, code=code)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("layouts")
    shop = Shop(folder)
    made = ("init", shop.path("shop.ledger"), "--origin", "shop.example/ledger")
    made += ("--operator", "https://shop.example/", "--key", shop.path("operator.key"), "--name", "Shop")
    assert run(*made).exit_code == 0
    for name, role in PARTIES.items():
        uri = f"https://{name}.example/"
        assert run("key", "new", shop.path(f"{name}.key"), "--party", uri).exit_code == 0
        pub = shop.path(f"{name}.key.pub")
        added = ("party", "add", uri, "--role", role, "--pub", pub, "--name", name.title())
        shop.run(*added, "--key", shop.path("operator.key"))
    shop.append("brand", SHEET)
    return folder


@pytest.fixture
def shop(built, tmp_path, monkeypatch):
    for name in ("TRUSTLEDGER_LEDGER", "TRUSTLEDGER_LANG", "LC_ALL", "LC_MESSAGES", "TZ"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TRUSTLEDGER_PROFILE", str(tmp_path / "profile.json"))
    shutil.copytree(built, tmp_path / "shop")
    return Shop(tmp_path / "shop")


def test_a_lot_from_layout_to_verdict(shop):
    assert "Layout 1 for 09506000134352 stands in" in shop.set().output
    assert "Nothing new" in shop.set().output
    shop.append("farm", MILK)
    shop.append("dairy", DRIED)
    shown = shop.run("layout", "check", GTIN, "LOT-7").output
    assert "✓ 09506000134352 · lot LOT-7: every step is met" in shown
    assert "Dairy" in shown
    assert "所有步骤均已满足" in shop.run("layout", "check", GTIN, "LOT-7", "--lang", "zh").output
    assert shop.json("layout", "check", GTIN, "LOT-7")["met"]
    assert "every step is met" in shop.run("trace", GTIN, "LOT-7").output
    assert shop.json("trace", GTIN, "LOT-7")["layout"]["met"]


def test_a_lot_that_went_another_way_exits_1(shop):
    shop.set()
    shop.append("farm", MILK)
    shop.append("store", DRIED)
    shown = shop.run("layout", "check", GTIN, "LOT-7", code=1).output
    assert "BY SOMEONE ELSE" in shown
    assert "not allowed: Store" in shown
    assert "may do it: processor" in shown
    assert "2 steps are not met" in shown
    zh = shop.run("layout", "check", GTIN, "LOT-7", "--lang", "zh", code=1).output
    assert "由他方执行" in zh
    assert "可由其执行：加工方" in zh
    document = shop.json("layout", "check", GTIN, "LOT-7", code=1)
    assert [step["status"] for step in document["steps"]] == ["missing", "other"]


def test_all_lots_of_a_product(shop):
    shop.set()
    assert "There is no lot" in shop.run("layout", "check", GTIN, code=1).output
    shop.append("farm", MILK)
    shop.append("dairy", DRIED)
    shop.append("dairy", DRIED.replace("LOT-7", "LOT-8").replace("RAW-1", "RAW-9"))
    shown = shop.run("layout", "check", GTIN, code=1).output
    assert "2 lots of 09506000134352, 1 not as laid down" in shown
    assert "drying: GOODS DO NOT MATCH" in shown
    document = shop.json("layout", "check", GTIN, code=1)
    assert {one["subject"][-5:]: one["met"] for one in document["lots"]} == {"LOT-7": True, "LOT-8": False}


def test_without_a_layout_there_is_nothing_to_check(shop):
    shop.append("dairy", DRIED)
    assert shop.json("layout", "check", GTIN, "LOT-7", code=1)["error"]["code"] == "layout.none"
    assert shop.json("layout", "check", GTIN, code=1)["error"]["code"] == "layout.none"
    assert shop.json("layout", "check", GTIN, "LOT-9", code=1)["error"]["code"] == "cli.nothing_about"


def test_a_rivals_layout_is_placed_and_said_not_to_count(shop):
    done = shop.set(name="rival")
    assert "This layout does not count" in done.stderr
    assert "its brand owner is https://brand.example/" in done.stderr
    shop.append("dairy", DRIED)
    assert "No layout counts" in shop.run("layout", "check", GTIN, "LOT-7", code=1).output


def test_faults_of_a_file_name_file_step_and_field(shop):
    error = shop.set(LAYOUT.replace('"producer"', '"farmer"').replace("step =", "stp ="), code=1).stderr
    assert "powder.toml" in error
    assert "steps 1 (milking): roles.0" in error
    assert "steps 2 (drying): stp" in error
    changed = shop.set().exit_code == 0 and shop.set(LAYOUT.replace("producer", "merchant"), code=4).stderr
    assert "new version" in changed
    zh = shop.set(LAYOUT.replace("producer", "merchant"), "--lang", "zh", code=4).stderr
    assert "换一个版本号" in zh


def test_a_party_that_nobody_knows_is_told(shop):
    text = LAYOUT.replace(
        'roles = ["processor"]', 'parties = ["https://dairy.example/", "https://diary.example/"]'
    )
    done = shop.set(text)
    assert "Not enrolled in this ledger" in done.stderr
    assert "https://diary.example/" in done.stderr
    assert "https://dairy.example/" not in done.stderr
    document = json.loads(shop.set(text, "--json").stdout)
    assert document["not_enrolled"] == ["https://diary.example/"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_is_a_layout(shop, language):
    text = run("layout", "set", "--template", "--lang", language).stdout
    draft = layout_draft(PRODUCT, read_layout_file(text.encode(), "t"), 0, "t")
    assert len(draft.data["steps"]) == 5
    for line in ("since", "until"):
        assert f"# {line} = " in text
    shop.set(text)
    assert json.loads(run("layout", "set", "--template", "--json").stdout)["template"]


def test_what_is_not_said(shop):
    assert shop.run("layout", "set", code=2).stderr
    assert shop.run("layout", "set", GTIN, code=2).stderr
    assert (
        "no file"
        in shop.run("layout", "set", GTIN, shop.path("none.toml"), "--key", "k", code=1).stderr.lower()
    )
