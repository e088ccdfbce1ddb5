"""Sentences about the commands for shoppers: card, cost, score. Code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "doors.as_of": (
        "--as-of “{seen}” is no moment: give a time such as 2026-10-05T12:00:00+08:00, a day such as 2026-10-05, a checkpoint file, or a number of entries.",
        "--as-of “{seen}”不是有效的时刻：请给出时间（如 2026-10-05T12:00:00+08:00）、日期（如 2026-10-05）、检查点文件或条目数。",
    ),
    "doors.party": (
        "No party of this ledger is called “{seen}”. Give its URI or its name; “trustledger parties” lists them.",
        "账本中没有名为“{seen}”的参与方。请给出其 URI 或名称；可用 “trustledger parties” 查看。",
    ),
    "doors.framework": (
        "--framework “{seen}” is neither a side ({expected}, all) nor a file.",
        "--framework “{seen}”既不是可选的框架（{expected}、all），也不是文件。",
    ),
    "doors.one_side": (
        "--framework names the sides {seen}; name one, or “all” for side by side.",
        "--framework 指定了多个框架：{seen}；请只选一个，或用 all 并列显示。",
    ),
    "doors.not_a_lot": (
        "{seen} is a product, and a card belongs to a lot: what was tested is one lot, never all of them. Lots of it: {expected}.",
        "{seen} 是产品，而检验卡属于批次：检验的是某一批，而非所有批次。该产品的批次：{expected}。",
    ),
    "doors.several_sellers": (
        "{subject} has several sellers: {seen}. Say whose price is asked for with --merchant.",
        "{subject} 有多个销售方：{seen}。请用 --merchant 指明要查询哪一方的价格。",
    ),
    "doors.merchant": (
        "Which merchant sells {subject}? Say so with --merchant. Offered by: {seen}.",
        "{subject} 由哪个商家销售？请用 --merchant 指明。已上架的商家：{seen}。",
    ),
    "doors.enforce_now": (
        "--enforce looks at now: leave --as-of out.",
        "--enforce 只针对当前时刻：请去掉 --as-of。",
    ),
    "doors.not_a_product": (
        "{seen} is no product: a score belongs to a product sold by a merchant. Give its GTIN, or a lot of it.",
        "{seen} 不是产品：信任分属于某商家所售的产品。请给出其商品条码或其某一批次。",
    ),
}
