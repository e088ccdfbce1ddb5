"""All that is wrong with a row is told at once, though a cell of it could not even be read."""

import pytest

from trustledger.interchange.rows import ReadOptions, Row, read_rows
from trustledger.interchange.upload import check

HEAD = "gtin,lot,occurred_at,category,report,parameter,value,unit\n"


def faults(shop, path):
    seen = check([path], shop.options, party=shop.signer.party, ledger=shop.ledger)
    return [(problem.place.row, problem.place.column) for problem in seen.problems], seen


def test_a_cell_that_cannot_be_read_hides_no_other_fault(shop, write):
    path = write("a.csv", HEAD + "6901234567892,L1,05/10/2026,,R-1,lead,0.1,m g/kgg\n")
    found, seen = faults(shop, path)
    assert set(found) == {(2, "occurred_at"), (2, "category"), (2, "unit")}
    assert (seen.to_fix, seen.new, seen.problem_count) == (1, 0, 3)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # What is missing may stand in another row of the report.
        ("9.50E+12,L1,2026-10-05,,R-1,,0.1,m g/kgg", {"gtin", "unit"}),
        ('6901234567892,L1,2026-10-05,milk,R-1,lead,"1,5",mg/kg', {"value"}),
        ("6901234567892,L1,2026-10-05,milk,R-1,,<=5,mg/kg", {"value", "parameter"}),
        (
            "6901234567892,L1,2026-10-05,,9E+12,lead,0.1,mg/kg",
            {"report"},
        ),
    ],
)
def test_what_could_not_be_read_is_not_said_to_be_missing(shop, write, line, expected):
    found, seen = faults(shop, write("a.csv", HEAD + line + "\n"))
    assert {column for _, column in found} == expected
    assert seen.to_fix == 1


def test_rows_of_one_record_are_looked_at_together(shop, write):
    path = write(
        "a.csv",
        HEAD + "6901234567892,L1,2026-10-05,,R-1,lead,0.1,mg/kg\n,,,,R-1,cadmium,≤3,mg/kg\n"
        "6901234567892,L2,2026-10-05,milk,R-2,lead,0.1,mg/kg\n,,,,R-2,cadmium,≤3,mg/kg\n",
    )
    found, _ = faults(shop, path)
    assert set(found) >= {(2, "category"), (3, "value"), (5, "value")}
    assert (4, "category") not in found
    assert not [one for one in found if one[0] == 4]


def test_a_row_to_mend_is_counted_once_wherever_its_record_ends(shop, write):
    lines = [f"6901234567892,L{n},05/10/2026,,R-{n},lead,0.1,mg/kg" for n in range(3)]
    found, seen = faults(shop, write("a.csv", HEAD + "\n".join(lines) + "\n"))
    assert (len(found), seen.to_fix) == (6, 3)


def test_other_readers_never_see_a_broken_row(shop, write):
    path = write("a.csv", HEAD + "6901234567892,L1,05/10/2026,milk,R-1,lead,0.1,mg/kg\n")
    options = ReadOptions(zone=shop.options.zone)
    assert not [item for item in read_rows(path, options) if isinstance(item, Row)]


def test_a_private_value_of_a_broken_row_is_not_shown(shop, write):
    head = HEAD.replace("unit", "unit,seal")
    path = write("a.csv", head + "6901234567892,L1,05/10/2026,milk,R-1,lead,0.1,SECRETUNIT,value;unit\n")
    _, seen = faults(shop, path)
    assert seen.problem_count >= 1
    path = write("b.csv", head + "6901234567892,L1,05/10/2026,milk,R-1,lead,0.1,mg/kg,value\n")
    assert "0.1" not in "".join(problem.text() for problem in faults(shop, path)[1].problems)
