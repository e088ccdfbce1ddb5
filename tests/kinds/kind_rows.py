"""One good row of each kind, for tests to bend."""

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"
PRODUCT = "https://id.gs1.org/01/09506000134352"
RAW = "https://id.gs1.org/01/09521234000020/10/RAW-1"
TIME = "2026-10-05T08:00:00+08:00"
INSPECTED = {
    "category": "milk powder",
    "report": "R-1",
    "results": [
        {"parameter": "lead", "value": "0.012", "unit": "mg/kg", "basis": "as sold", "method": "GB 5009.12"}
    ],
}
DATA = {
    "product": {
        "names": {"zh": "奶粉", "en": "Milk powder"},
        "category": "milk powder",
        "market": "CN",
        "required": ["lead"],
    },
    "origin": {"place": "呼伦贝尔", "quantity": "500", "unit": "公斤", "harvested_on": "2026-09-30"},
    "processing": {
        "step": "drying",
        "inputs": [{"lot": RAW, "quantity": "500", "unit": "kg"}],
        "outputs": [{"lot": LOT, "quantity": "60", "unit": "kg"}],
        "loss": {"quantity": "440", "unit": "kg"},
    },
    "inspection": INSPECTED,
    "report_copy": {**INSPECTED, "file_sha256": "ab" * 32, "transcribed_by": "王"},
    "shipping": {
        "direction": "dispatched",
        "from": "Farm",
        "to": "Shop",
        "document": "DN-1",
        "lots": [{"lot": LOT, "quantity": "25", "unit": "CS"}],
        "temperatures": [{"value": "4.5", "unit": "CEL", "at": TIME}],
    },
    "observation": {"step": "storing", "note": "dry"},
    "cost": {"currency": "CNY", "price": 1999, "components": [{"component": "milk", "amount": 800}]},
    "correction": {
        "supersedes": {"entry": 3, "position": 0, "record": "cd" * 32},
        "reason": "incorrect_data",
        "data": {"report": "R-1", "lots": [{"lot": RAW}]},
    },
    "recall": {"reference": "RC-1", "reason": "lead", "lots": [RAW]},
}


def row(kind, /, data=None, **more):
    """A good row, with some of it replaced."""
    return {"kind": kind, "subject": LOT, "occurred_at": TIME, "data": {**DATA[kind], **(data or {})}, **more}
