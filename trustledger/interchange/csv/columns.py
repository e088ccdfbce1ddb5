"""Every column a sheet may have, kind by kind: the one table behind reading, detecting, templates and error hints.

A column's key is its English header. Headers are compared without case, spaces, ``_``, ``-``, ``*`` and with
full-width characters folded, so "Occurred at", "OCCURRED_AT" and "occurred-at*" are one.
"""

# ruff: noqa: E501 -- the table is read by its columns; the linter counts a Chinese character twice

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from trustledger.interchange.csv.cells import folded


class Column(NamedTuple):
    """One column.

    Attributes:
        key: English header.
        chinese: Chinese header.
        path: Field of the plain row; ``*`` marks the list that one row adds one item to.
        cell: How its cells are read: a name in `trustledger.interchange.csv.plan.CELLS`, or a key of `WORDS`.
        examples: Cells of the template's two rows.
        aliases: Other headers people use.
        shown: Stands in templates; else it is another way to write a column that does.
    """

    key: str
    chinese: str
    path: str
    cell: str
    examples: tuple[str, str] = ("", "")
    aliases: tuple[str, ...] = ()
    shown: bool = True


class Sheet(NamedTuple):
    """What a sheet of one kind looks like.

    Attributes:
        kind: The kind.
        columns: Its columns, in the template's order.
        required: Each an alternative of keys, one of which the header must have: ``"gtin|lot|subject"``.
        telling: Keys of which a header must have one for this kind to be *detected*; empty: no such need.
        group: Fields by which several rows are one record, as paths with alternatives; a row where one of them is
            empty is a record by itself. Empty: every row is a record.
        leads: The list whose first lot is the record's subject, where that is not a cell of its own.
        lifted: A single item of ``leads`` is not kept as a list: its other fields stand in data itself.
        product: A GTIN without a lot is a subject, the product.
        lines: The list of an order's lines: each names a product, and a lot where it is known.
        corrects: The kind whose columns a correction brings along.
    """

    kind: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    telling: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    leads: str = ""
    lifted: bool = False
    product: bool = False
    lines: str = ""
    corrects: str = ""


WORDS: Final[dict[str, dict[str, str]]] = {
    "direction": {
        "dispatched": "dispatched", "shipped": "dispatched", "out": "dispatched", "发货": "dispatched",
        "发出": "dispatched", "出库": "dispatched", "received": "received", "in": "received", "收货": "received",
        "收到": "received", "入库": "received",
    },
    "delivery_status": {
        "delivered": "delivered", "已送达": "delivered", "已签收": "delivered", "failed": "failed", "投递失败": "failed",
        "未送达": "failed", "returned": "returned", "已退回": "returned",
    },
    "correction_reason": {
        "incorrect_data": "incorrect_data", "incorrect data": "incorrect_data", "数据有误": "incorrect_data",
        "填写错误": "incorrect_data", "did_not_occur": "did_not_occur", "did not occur": "did_not_occur",
        "未发生": "did_not_occur",
    },
    "kind": {
        "product": "product", "产品": "product", "商品": "product", "origin": "origin", "产地": "origin",
        "来源": "origin",
        "processing": "processing", "加工": "processing", "inspection": "inspection", "检验": "inspection",
        "检测": "inspection", "report_copy": "report_copy", "report copy": "report_copy", "报告转录": "report_copy",
        "报告副本": "report_copy",
        "shipping": "shipping", "运输": "shipping", "物流": "shipping", "observation": "observation",
        "观察": "observation", "cost": "cost", "成本": "cost", "correction": "correction", "更正": "correction",
        "recall": "recall", "召回": "recall", "listing": "listing", "上架": "listing", "order": "order", "订单": "order",
        "delivery": "delivery", "配送": "delivery", "sample": "sample", "抽样": "sample",
    },
}  # fmt: skip
"""Cells that hold one of a few words: what people write → what the kind says."""

PROMISES: Final = {
    "发货时限": "ships_within_hours", "答复时限": "answer_within_hours", "无理由退货": "no_reason_return_days",
    "坏单包赔": "bad_order_refund",
}  # fmt: skip
"""Promises as Chinese shops call them. Any other name is the kind's to judge."""
_BUYER_KEY: Final = (
    "trustledger/key@v1\n"
    "urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2+84d23fd7+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop\n"
    "\n"
    "— urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2 hNI/1+KasWG7BWDSfdUZH9mNkQepT8HPCay8W9ReeURxpFgb0984y+8ZQM1H+wi8anN3rm0uV/5+CJZY2zyNDbisnwA="
)
"""A key note to show in a template. Its private key is all zeros, so nobody should use it."""
_GTIN: Final = "'9506000134352"  # the apostrophe keeps a spreadsheet from making 9.506E+12 of it
_C: Final = Column

KIND_COLUMN: Final = _C("kind", "类型", "kind", "kind", aliases=("记录类型", "record type"))


def _of(  # noqa: PLR0913 -- a row of the table
    path: str,
    *,
    gtin: str = "gtin",
    lot: str = "lot",
    zh: str = "",
    lots: tuple[str, str],
    party: str = "",
) -> tuple[Column, ...]:
    """The columns that name a lot: by GTIN and number, and by whose lot it is where GS1 has no URI for it.

    With ``party`` the examples are lots of that party, without a GTIN.
    """
    plain = not zh
    code = "" if party else _GTIN
    return (
        _C(gtin, f"{zh}GTIN" if zh else "商品条码", path, "gtin", (code, code if lots[1] else ""),
           ("barcode", "EAN", "UPC", "条码", "条形码", "商品条形码") if plain else (f"{zh}商品条码", f"{zh}条码")),
        _C(lot, f"{zh}批号", path, "lot", lots,
           ("lot number", "lot no", "batch", "batch number", "批次", "批次号", "生产批号") if plain
           else (f"{zh}批次", f"{zh}批次号")),
        _C(f"{lot}_party", f"{zh}批号所属方", path, "party", (party, party),
           ("lot owner", "批次所属方", "批号归属方") if plain else (f"{zh}批次所属方", f"{zh}批号归属方")),
    )  # fmt: skip


def _subject(first: str, second: str, path: str = "subject") -> tuple[Column, ...]:
    return (
        *_of(path, lots=(first, second)),
        _C("subject", "对象", path, "uri", aliases=("URI", "subject URI", "对象URI")),
    )


_WHEN: Final = _C("occurred_at", "发生时间", "occurred_at", "moment", ("2026-10-05 08:00", "2026-10-05 08:00"),
                  ("time", "date", "时间", "日期", "occurred"))  # fmt: skip
_REST: Final = (
    _C("also", "其他对象", "also", "uris", aliases=("also subjects",)),
    _C("seal", "保密列", "seal", "items", aliases=("sealed", "保密")),
    _C("evidence", "附件", "evidence", "items", aliases=("files", "file", "附件文件", "证据")),
)
_PLACE: Final = _C("place", "地点", "data.place", "text", ("Qingdao", ""), ("location",))
_DOCUMENT: Final = _C(
    "document", "单据号", "data.document", "code", ("D-1001", "D-1001"), ("document number", "单号")
)
_QUANTITY: Final = _C("quantity", "数量", "data.quantity", "decimal", ("500", "250"))
_UNIT: Final = _C("unit", "单位", "data.unit", "unit", ("kg", "kg"))
_NOTE: Final = _C("note", "备注", "data.note", "text", aliases=("notes", "remark", "说明"))


def _item(item: str, *columns: Column) -> tuple[Column, ...]:
    return tuple(c._replace(path=c.path.replace("data.", f"data.{item}.*.", 1)) for c in columns)


_INSPECTION: Final = (
    *_subject("LOT-7", "LOT-7"),
    _WHEN,
    _C("category", "食品类别", "data.category", "text", ("milk powder", "milk powder"), ("类别", "产品类别", "品类")),
    _C("report", "报告编号", "data.report", "code", ("R-1", "R-1"), ("report number", "报告号", "检测报告编号")),
    _C("sample", "样品编号", "data.sample", "code", ("S-1", ""), ("sample number", "样品号", "样品")),
    *_item(
        "results",
        _C("parameter", "检测项目", "data.parameter", "text", ("lead", "cadmium"), ("item", "项目", "检验项目", "指标")),
        _C("value", "检测结果", "data.value", "result", ("0.012", "not detected"),
           ("result", "结果", "检测值", "实测值", "检验结果")),
        _C("unit", "单位", "data.unit", "unit", ("mg/kg", "mg/kg")),
        _C("loq", "定量限", "data.loq", "decimal", ("0.005", "0.002"), ("limit of quantification",)),
        _C("uncertainty", "不确定度", "data.uncertainty", "decimal", ("0.002", ""), ("测量不确定度",)),
        _C("basis", "基准", "data.basis", "text", ("as sold", "as sold"), ("计量基准", "检测基准")),
        _C("method", "检测方法", "data.method", "text", ("GB 5009.12", "GB 5009.15"), ("方法", "检验方法", "检测依据")),
        _C("limit", "限量", "data.limit", "limit", aliases=("限量值", "标准限值", "标准要求")),
        _C("conforms", "单项判定", "data.conforms", "boolean", aliases=("是否合格", "判定", "conformity")),
    ),
    _C("lab", "检测机构", "data.lab", "text", ("Example Lab", ""), ("laboratory", "实验室", "检验机构")),
    _C("accreditation", "资质编号", "data.accreditation", "code", aliases=("CNAS", "CMA", "认可编号")),
    _C("tested_on", "检测日期", "data.tested_on", "day", ("2026-10-03", ""), ("test date", "检验日期")),
    _PLACE._replace(examples=("", "")),
)  # fmt: skip

_ORDER: Final = _C("order", "订单", "subject", "uri", ("urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd",) * 2,
                   ("order number", "order id", "订单号", "订单编号"))  # fmt: skip
_MERCHANT: Final = _C(
    "merchant", "商家", "data.merchant", "uri", ("https://shop.example/",) * 2, ("shop", "店铺")
)
_CURRENCY: Final = _C("currency", "币种", "data.currency", "code", ("CNY", "CNY"), ("货币",))
_PRICE: Final = (
    _C("price", "售价", "data.price", "money", ("128.00", "128.00"), ("selling price", "价格")),
    _C(
        "price_minor", "售价最小单位", "data.price", "integer", aliases=("售价分", "price cents"), shown=False
    ),
)
_PER: Final = (
    _C("per_quantity", "计价数量", "data.per.quantity", "decimal", ("1", "")),
    _C("per_unit", "计价单位", "data.per.unit", "unit", ("kg", "")),
)
_LINES: Final = (
    _C("line", "行号", "data.line", "code", ("1", "2"), ("line number", "订单行")),
    *_of("data.lot", lots=("LOT-7", "LOT-8")),
    _QUANTITY._replace(examples=("2", "1")),
    _UNIT._replace(examples=("", "")),
)

SHEETS: Final[dict[str, Sheet]] = {sheet.kind: sheet for sheet in (
    Sheet("product", (
        *(c._replace(examples=(_GTIN, "'9506000134369")) for c in _subject("", "") if c.key == "gtin"),
        *(c for c in _subject("", "") if c.key == "subject"),
        _WHEN,
        _C("name", "名称", "data.names.{language}", "text", aliases=("product name", "商品名称", "品名"),
           shown=False),
        _C("name_en", "英文名称", "data.names.en", "text", ("Milk powder", "Oat flakes"), ("English name", "英文名")),
        _C("name_zh", "中文名称", "data.names.zh", "text", ("奶粉", "燕麦片"), ("Chinese name", "中文名")),
        _C("category", "食品类别", "data.category", "text", ("milk powder", "cereals"), ("类别", "产品类别", "品类")),
        _C("market", "市场", "data.market", "code", ("CN", "CN"), ("销售市场",)),
        _C("required", "必检项目", "data.required", "items", ("lead; cadmium", "lead"), ("required tests", "检测要求")),
        _C("brand", "品牌", "data.brand", "text"),
        _C("description", "描述", "data.description", "text", aliases=("商品描述",)),
        *_REST,
    ), ("subject|gtin", "name|name_en|name_zh"), product=True),
    Sheet("origin", (
        *_subject("RAW-1", "RAW-2"),
        _WHEN,
        _C("name", "名称", "data.name", "text", ("raw milk", "raw milk"), ("品名",)),
        _PLACE._replace(aliases=("location", "产地", "来源地")),
        _C("country", "国家", "data.country", "code", ("CN", "CN"), ("原产国", "country of origin")),
        _QUANTITY, _UNIT,
        _C("producer", "生产者", "data.producer", "text", ("Example Farm", "Example Farm"), ("农场", "farm")),
        _C("harvested_on", "采收日期", "data.harvested_on", "day", ("2026-10-01", ""), ("harvest date", "采收时间")),
        _C("method", "方式", "data.method", "text", aliases=("生产方式", "养殖方式", "捕捞方式")),
        _DOCUMENT, *_REST,
    ), ("gtin|lot|subject",), product=True),
    Sheet("processing", (
        _WHEN,
        _C("step", "工序", "data.step", "text", ("spray drying", "spray drying"), ("process", "加工步骤")),
        _C("run", "生产批次", "data.run", "code", ("RUN-1", "RUN-1"), ("work order", "工单号", "批次编号")),
        *_item("inputs", *_of("data.lot", gtin="input_gtin", lot="input_lot", zh="投入", lots=("RAW-1", "RAW-2"),
                             party="https://farm.example/"),
               _C("input_quantity", "投入数量", "data.quantity", "decimal", ("500", "250")),
               _C("input_unit", "投入单位", "data.unit", "unit", ("kg", "kg"))),
        *_item("outputs", *_of("data.lot", gtin="output_gtin", lot="output_lot", zh="产出", lots=("LOT-7", "")),
               _C("output_quantity", "产出数量", "data.quantity", "decimal", ("90", "")),
               _C("output_unit", "产出单位", "data.unit", "unit", ("kg", ""))),
        _PLACE,
        _C("loss_quantity", "损耗数量", "data.loss.quantity", "decimal", ("5", ""), ("损耗",)),
        _C("loss_unit", "损耗单位", "data.loss.unit", "unit", ("kg", "")),
        _DOCUMENT,
        _C("produced_on", "生产日期", "data.produced_on", "day", ("2026-10-04", ""), ("production date",)),
        _C("expires_on", "保质期至", "data.expires_on", "day", ("2027-10-04", ""), ("expiry date", "有效期至", "到期日")),
        *_REST,
    ), ("step", "output_lot|output_gtin"), group=("data.step", "data.run|data.document"), leads="outputs"),
    Sheet("inspection", (*_INSPECTION, *_REST), ("gtin|lot|subject", "report", "parameter", "value"),
          group=("subject", "data.report")),
    Sheet("report_copy", (
        *_INSPECTION,
        _C("file_sha256", "报告文件SHA256", "data.file_sha256", "code", ("0123456789abcdef" * 4, ""),
           ("sha256", "文件哈希", "报告哈希")),
        _C("transcribed_by", "录入人", "data.transcribed_by", "text", ("shop office", ""), ("转录人", "抄录人")),
        *_REST,
    ), ("gtin|lot|subject", "report", "parameter", "value"), ("file_sha256", "transcribed_by"), ("subject", "data.report")),
    Sheet("shipping", (
        *_item("lots", *_subject("LOT-7", "LOT-8", "data.lot"), _QUANTITY, _UNIT),
        _WHEN,
        _C("direction", "方向", "data.direction", "direction", ("dispatched", "dispatched"), ("收发", "发货/收货")),
        _C("from", "发货方", "data.from", "text", ("Example Farm", ""), ("sender", "ship from", "发货人")),
        _C("to", "收货方", "data.to", "text", ("Example Shop", ""), ("receiver", "ship to", "收货人")),
        _C("carrier", "承运人", "data.carrier", "text", ("Example Logistics", ""), ("物流公司",)),
        _DOCUMENT._replace(aliases=("document number", "单号", "运单号", "提单号")),
        *_item("temperatures",
               _C("temperature", "温度", "data.value", "decimal", ("4.2", "4.4")),
               _C("temperature_unit", "温度单位", "data.unit", "unit", ("°C", "°C")),
               _C("temperature_at", "测温时间", "data.at", "moment", ("2026-10-05 09:00", "2026-10-05 10:00"))),
        _C("seal_number", "封条号", "data.seal_number", "code", aliases=("铅封号",)),
        *_REST,
    ), ("gtin|lot|subject", "direction"), group=("data.direction", "data.document"), leads="lots", lifted=True),
    Sheet("observation", (
        *_subject("LOT-7", "LOT-8"),
        _WHEN,
        _C("step", "步骤", "data.step", "text", ("storing", "storing"), ("环节",)),
        _C("disposition", "状态", "data.disposition", "text", ("active", "active")),
        _PLACE, _QUANTITY, _UNIT, _NOTE, *_REST,
    ), ("gtin|lot|subject", "step"), product=True),
    Sheet("cost", (
        *_subject("LOT-7", "LOT-7"),
        _WHEN,
        _CURRENCY,
        *_PRICE,
        *_item("components",
               _C("component", "成本项目", "data.component", "text", ("raw milk", "packaging"), ("cost item", "费用项目")),
               _C("amount", "金额", "data.amount", "money", ("60.00", "8.50")),
               _C("amount_minor", "金额最小单位", "data.amount", "integer", aliases=("金额分", "amount cents"),
                  shown=False)),
        _C("seller", "卖家", "data.seller", "text", ("Example Shop", ""), ("merchant", "商家")),
        _C("buyer", "买方", "data.buyer", "text", aliases=("采购方",)),
        *_PER,
        *_REST,
    ), ("gtin|lot|subject", "currency"), group=("subject", "data.currency", "occurred_at"), product=True),
    Sheet("correction", (
        *_subject("LOT-7", "LOT-8"),
        _WHEN,
        _C("entry", "条目", "data.supersedes.entry", "integer", ("12", "12"), ("entry index", "条目号")),
        _C("position", "条目内序号", "data.supersedes.position", "integer", ("0", "1"), ("位置",)),
        _C("record", "记录哈希", "data.supersedes.record", "code", ("0123456789abcdef" * 4, "fedcba9876543210" * 4),
           ("record hash",)),
        _C("correction_reason", "更正原因", "data.reason", "correction_reason", ("did_not_occur", "did_not_occur"),
           ("reason",)),
        _C("correction_note", "更正说明", "data.note", "text", ("entered twice", "entered twice"), ("note", "备注", "说明")),
        *_REST,
    ), ("gtin|lot|subject", "entry", "position", "record", "correction_reason"), group=("data.supersedes.entry", "data.supersedes.position"), product=True),
    Sheet("recall", (
        *_item("lots", *_subject("LOT-7", "LOT-8", "data.lot")),
        _WHEN,
        _C("reference", "召回编号", "data.reference", "code", ("RC-1", "RC-1"), ("recall number", "召回号")),
        _C("reason", "召回原因", "data.reason", "text", ("lead above the limit", "")),
        _C("severity", "召回级别", "data.severity", "text", ("II", ""), ("级别",)),
        _C("action", "措施", "data.action", "text", ("return to the shop", ""), ("处理措施",)),
        *_REST,
    ), ("gtin|lot|subject", "reference", "reason"), group=("data.reference",), leads="lots", lifted=True, product=True),
    Sheet("listing", (
        *(c._replace(examples=(_GTIN, _GTIN)) for c in _subject("", "") if c.key == "gtin"),
        *(c for c in _subject("", "") if c.key == "subject"),
        _WHEN, _MERCHANT, _CURRENCY, *_PRICE, *_PER,
        *_item("lots", *_of("data.lot", gtin="lot_gtin", lot="lot_on_sale", zh="在售", lots=("LOT-7", "LOT-8")),
               _C("lot_quantity", "在售数量", "data.quantity", "decimal", ("40", "")),
               _C("lot_unit", "在售单位", "data.unit", "unit", ("kg", ""))),
        *_item("promises",
               _C("promise", "承诺", "data.promise", "promise", ("ships_within_hours", "no_reason_return_days")),
               _C("promise_value", "承诺数值", "data.value", "decimal", ("48", "7")),
               _C("promise_unit", "承诺单位", "data.unit", "unit")),
        _C("category", "商品类目", "data.category", "text", ("milk powder", ""), ("类目",)),
        _C("market", "市场", "data.market", "code", ("CN", ""), ("销售市场",)),
        _C("number", "商品编号", "data.number", "code", ("SKU-7", "SKU-7"), ("SKU", "货号")),
        _C("until", "截止时间", "data.until", "moment", ("2026-12-31 23:59", ""), ("end", "下架时间")),
        *_REST,
    ), ("gtin|subject", "merchant", "currency", "price|price_minor"),
       ("promise", "lot_on_sale", "lot_gtin", "number", "until", "market"),
       group=("subject", "data.number|data.merchant", "occurred_at"), product=True),
    Sheet("order", (
        _ORDER, _WHEN, _MERCHANT,
        _C("buyer_key", "买家公钥", "data.keys", "note", (_BUYER_KEY, ""), ("public key", "公钥")),
        _C("buyer", "买家代称", "data.buyer", "text", ("B-7Q2", ""), ("pseudonym", "买家")),
        _CURRENCY,
        *_item("lines", *_LINES,
               _C("line_price", "行金额", "data.price", "money", ("256.00", "128.00"), ("line total", "小计")),
               _C("line_price_minor", "行金额最小单位", "data.price", "integer", aliases=("行金额分",), shown=False)),
        *_REST,
    ), ("order", "buyer_key", "line", "gtin|lot"), group=("subject",), lines="lines"),
    Sheet("delivery", (
        _ORDER, _WHEN, _MERCHANT,
        _DOCUMENT._replace(aliases=("document number", "单号", "运单号", "waybill")),
        _C("delivery_status", "配送状态", "data.status", "delivery_status", ("delivered", "delivered"), ("status", "状态")),
        _C("attempt", "第几次投递", "data.attempt", "integer", aliases=("投递次数",)),
        *_item("lines", *_LINES),
        *_REST,
    ), ("order", "document", "delivery_status", "line", "gtin|lot"),
       group=("subject", "data.document", "data.status", "occurred_at"), lines="lines"),
    Sheet("sample", (
        *_subject("LOT-7", "LOT-8"),
        _WHEN,
        _C("sample", "样品编号", "data.sample", "code", ("S-1", "S-2"), ("sample number", "样品号", "样品")),
        _C("lab", "检测机构", "data.lab", "uri", ("https://lab.example/",) * 2, ("laboratory", "实验室", "检验机构")),
        _C("parameters", "送检项目", "data.parameters", "items", ("lead; cadmium", "lead"), ("待检项目",)),
        _C("seal_number", "封条号", "data.seal_number", "code", ("F-1", ""), ("铅封号",)),
        _C("sent_on", "送检日期", "data.sent_on", "day", ("2026-10-05", "")),
        _QUANTITY._replace(examples=("0.5", "")), _UNIT._replace(examples=("kg", "")),
        _C("sampling_method", "抽样方法", "data.method", "text"),
        _PLACE,
        _C("taken_by", "抽样人", "data.taken_by", "text"),
        *_REST,
    ), ("gtin|lot|subject", "sample", "lab", "parameters")),
)}  # fmt: skip
"""The sheets of all kinds."""


def normal(header: str) -> str:
    """A header as it is compared: folded, case-folded, without spaces, ``_``, ``-``, ``*`` and a colon."""
    name = (folded(header) or "").casefold()
    return "".join(c for c in name if c not in " _-*:\n\r")


@cache
def correcting(kind: str) -> Sheet:
    """The sheet of corrections that bring the corrected content along, in the columns of its own kind.

    What says which record is superseded goes to a part of its own, ``correction``, since both may have a note.
    """
    inner, outer = SHEETS[kind], SHEETS["correction"]
    added = tuple(
        column._replace(path=column.path.replace("data.", "correction.", 1), aliases=())
        for column in outer.columns
        if column.path.startswith("data.")
    )
    return inner._replace(
        kind="correction",
        columns=(*added, *inner.columns),
        required=(*outer.required[1:], *inner.required),  # what it is about is said as for its own kind
        corrects=kind,
        group=("correction.supersedes.entry", "correction.supersedes.position"),
    )


def names_of(sheet: Sheet) -> dict[str, Column]:
    """All headers that a sheet knows, in the form of `normal`, the kind column included."""
    known: dict[str, Column] = {}
    for column in (KIND_COLUMN, *sheet.columns):
        for name in (column.key, column.chinese, *column.aliases):
            known.setdefault(normal(name), column)
    return known
