"""Templates: a header and two example rows for each kind, as a spreadsheet opens them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from trustledger.interchange.csv.columns import SHEETS
from trustledger.interchange.csv.header import kind_named

if TYPE_CHECKING:
    from trustledger.errors import Language


def template(kind: str, language: Language = "en") -> str:
    """A CSV template that reads back as valid rows, given a time zone.

    Args:
        kind: A kind, in English or Chinese.
        language: Of the headers.

    Returns:
        Text that begins with a byte order mark (write it as UTF-8), so that Excel shows Chinese; lines end
        in CR LF.

    Raises:
        FormatError: ``csv.kind``: there is no such kind, or it is a user's own, which JSON Lines carry.
    """
    columns = [column for column in SHEETS[kind_named(kind)].columns if column.shown]
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow([column.chinese if language == "zh" else column.key for column in columns])
    for row in (0, 1):
        cells = [column.examples[row] for column in columns]
        writer.writerow([_CHINESE.get(cell, cell) for cell in cells] if language == "zh" else cells)
    return text.getvalue()


_CHINESE: Final = {
    "Qingdao": "青岛",
    "not detected": "未检出",
    "milk powder": "奶粉",
    "cereals": "谷物",
    "lead; cadmium": "铅; 镉",
    "lead": "铅",
    "cadmium": "镉",
    "as sold": "销售状态",
    "Example Lab": "示例实验室",
    "raw milk": "生牛乳",
    "packaging": "包装",
    "Example Farm": "示例农场",
    "Example Shop": "示例商店",
    "Example Logistics": "示例物流",
    "spray drying": "喷雾干燥",
    "storing": "入库",
    "active": "在库",
    "shop office": "门店办公室",
    "dispatched": "发货",
    "did_not_occur": "未发生",
    "entered twice": "重复录入",
    "lead above the limit": "铅超标",
    "return to the shop": "退回门店",
    "II": "二级",
    "kg": "公斤",
    "ships_within_hours": "发货时限",
    "no_reason_return_days": "无理由退货",
    "delivered": "已送达",
}
"""Example cells as a Chinese sheet has them. Names, numbers and codes that both have stand in the table of columns."""
