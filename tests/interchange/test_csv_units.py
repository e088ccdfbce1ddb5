"""Units in sheets are those of the table; what a system sends in events is passed on."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize("typed", ["XYZ", "AB1", "KGG", "kgg"])
def test_a_unit_that_nobody_knows_is_refused_in_every_column(read, typed):
    for sheet in (
        f"lot,occurred_at,quantity,unit\nA,2026-10-05,5,{typed}\n",
        f"lot,occurred_at,category,report,parameter,value,unit\nA,2026-10-05,milk,R,lead,1,{typed}\n",
        f"lot,occurred_at,category,report,parameter,value\nA,2026-10-05,milk,R,lead,1 {typed}\n",
        f"lot,occurred_at,category,report,parameter,value\nA,2026-10-05,milk,R,lead,<1 {typed}\n",
        f"occurred_at,step,input_lot,output_lot,loss_quantity,loss_unit\n2026-10-05,x,A,B,1,{typed}\n",
        f"lot,occurred_at,direction,temperature,temperature_unit\nA,2026-10-05,out,4,{typed}\n",
    ):
        rows, problems = read(sheet)
        assert not rows
        assert [problem.code for problem in problems] == ["units.unknown"]
        assert problems[0].facts["seen"] == typed
        assert problems[0].place.row == 2


def test_a_unit_stays_as_it_was_typed(read):
    rows, problems = read("lot,occurred_at,quantity,unit\nA,2026-10-05,5,公斤\nB,2026-10-05,5,KGM\n")
    assert not problems
    assert [row.plain["data"]["unit"] for row in rows] == ["公斤", "KGM"]


def test_a_code_of_an_event_passes_as_itself(read):
    from trustledger.kinds import Kinds

    event = {
        "type": "ObjectEvent",
        "eventTime": "2026-10-05T08:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "action": "OBSERVE",
        "bizStep": "shipping",
        "quantityList": [
            {"epcClass": "https://id.gs1.org/01/09506000134352/10/LOT-7", "quantity": 5, "uom": "4X"}
        ],
    }
    rows, problems = read(json.dumps(event), name="events.json")
    assert not problems
    assert Kinds.default().draft(rows[0].plain).data["unit"] == "4X"
