"""Templates read back as what they show, and what is written is what is read."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from string import Formatter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustledger.errors import FormatError
from trustledger.gs1 import lot_uri
from trustledger.interchange.csv import template
from trustledger.interchange.csv.columns import SHEETS, WORDS, correcting, normal
from trustledger.interchange.csv.plan import CELLS
from trustledger.messages.interchange import SENTENCES


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_a_template_reads_back(read, kind, language):
    text = template(kind, language)
    assert text.startswith("\ufeff")
    rows, problems = read(text)
    assert not problems
    assert {row.plain["kind"] for row in rows} == {kind}
    assert sum(len(row.rows) for row in rows) == 2
    header, *examples = csv.reader(io.StringIO(text[1:]))
    used = {header[i] for cells in examples for i, cell in enumerate(cells) if cell}
    assert (
        used
        - {"gtin", "商品条码", "input_gtin", "output_gtin", "投入GTIN", "产出GTIN", "lot_gtin", "在售GTIN"}
        - set(rows[0].columns.values())
        - {"lot", "批号", "input_lot_party", "投入批号所属方"}
        == set()
    )


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_a_template_is_in_one_language(kind):
    names = {"Milk powder", "Oat flakes"}  # of the column for English names
    codes = r"[A-Z]+[0-9-]*|[A-Z]+-?[0-9]+|GB [0-9.]+|°C|mg/kg|[0-9a-f]{64}|https://(farm|lab|shop).example/"
    codes += "|urn:uuid:[0-9a-f-]{36}|[^a-z]*"
    for row in list(csv.reader(io.StringIO(template(kind, "zh")[1:]))):
        assert [
            cell for cell in row if cell not in names and not re.fullmatch(codes, cell) and cell.isascii()
        ] == []
    english = template(kind, "en")
    assert re.findall("[\u4e00-\u9fff]+", english.replace("奶粉", "").replace("燕麦片", "")) == []


def test_templates_are_of_known_kinds():
    with pytest.raises(FormatError):
        template("com.example.thing")


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_the_table_of_columns_is_sound(kind):
    for sheet in (SHEETS[kind], *([] if kind == "correction" else [correcting(kind)])):
        keys = [column.key for column in sheet.columns]
        assert len(keys) == len(set(keys))
        owner = {}
        for column in SHEETS[kind].columns:
            assert (
                column.cell in CELLS
                or column.cell in WORDS
                or column.cell in ("gtin", "lot", "party", "moment", "day")
            )
            for name in (column.key, column.chinese, *column.aliases):
                assert owner.setdefault(normal(name), column.key) == column.key, name
        for alternatives in (*sheet.required, *sheet.telling):
            assert set(alternatives.split("|")) <= set(keys)
        paths = {column.path for column in sheet.columns}
        for alternatives in sheet.group:
            assert set(alternatives.split("|")) <= paths


def test_sentences_have_the_same_facts_in_both_languages():
    for code, (english, chinese) in SENTENCES.items():
        facts = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, chinese)]
        assert facts[0] == facts[1], code


def test_every_code_raised_here_has_a_sentence():
    from pathlib import Path

    import trustledger.interchange as room

    folder = Path(room.__file__).parent
    sources = [*folder.glob("*.py"), *(folder / "csv").glob("*.py")]
    codes = {
        code for file in sources for code in re.findall(r'"((?:csv|jsonl|rows)\.[a-z_]+)"', file.read_text())
    }
    assert codes - SENTENCES.keys() == set()
    spoken = {code for code in SENTENCES if code.split(".")[0] in ("csv", "jsonl", "rows")}
    assert spoken - codes == {"csv.subject_missing", "csv.occurred_at_missing"} & spoken - codes


LOTS = st.from_regex(r"[A-Z]{3}[0-9]{1,6}[/._-]?[a-z]?", fullmatch=True).filter(lambda lot: lot.isascii())
NUMBERS = st.from_regex(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,6})?", fullmatch=True).filter(str.isascii)
TEXTS = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), include_characters='",;\n', exclude_characters="\ufeff"),
    max_size=30,
).map(lambda text: "x" + text + "y")
REPORTS = st.lists(
    st.tuples(
        LOTS,
        NUMBERS.map(lambda n: "R" + n),
        TEXTS,
        st.lists(
            st.tuples(TEXTS, NUMBERS),
            min_size=1,
            max_size=3,
            unique_by=lambda result: unicodedata.normalize("NFC", result[0]),
        ),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda report: report[1],
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    reports=REPORTS,
    codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from(",;\t"),
)
def test_what_is_written_is_what_is_read(read, reports, codec, delimiter):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["GTIN", "批号", "发生时间", "报告编号", "lab", "检测项目", "value"])
    for lot, report, lab, results in reports:
        writer.writerows(
            ["9506000134352", lot, "2026-10-05", report, lab, parameter, value]
            for parameter, value in results
        )
    rows, problems = read(text.getvalue(), codec=codec)
    assert not problems
    assert [
        (row.plain["subject"], row.plain["data"]["report"], row.plain["data"]["lab"],
         [(item["parameter"], item["value"]) for item in row.plain["data"]["results"]]) for row in rows
    ] == [
        (lot_uri("9506000134352", lot), report, unicodedata.normalize("NFC", lab),
         [(unicodedata.normalize("NFC", p), v) for p, v in results])
        for lot, report, lab, results in reports
    ]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_input_raises(read, content):
    for start in (
        b"",
        b"gtin,lot,occurred_at,report,parameter,value\n",
        b"lot\toccurred_at\tdirection\tdocument\n",
    ):
        read(start + content)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_a_templates_rows_are_what_their_kind_allows(read, kind, language):
    from trustledger.kinds.registry import Kinds

    kinds = Kinds.default()
    for row in read(template(kind, language))[0]:
        assert kinds.draft(row.plain).kind == kind
