"""Help pages of what a shopper reads: card, cost, score."""

# ruff: noqa: E501 -- a text is read and translated as one

from __future__ import annotations

from typing import Final

from trustledger_cli.texts.topic import Topic

TOPICS: Final[dict[str, Topic]] = {
    "card": Topic(
        """
What was tested of a lot, by whom, and how far from the limits in force when it was made.
The verdict holds each result against the law of the product's market; stars only show the margin, under a house framework that is no certification. What is required and was not tested is shown as untested, and nothing is averaged away.

Example:
trustledger card 9506000134352 LOT-7
trustledger card 9506000134352 LOT-7 --explain
trustledger card 9506000134352 LOT-7 --framework all --as-of 2026-10-31
""",
        """
显示某批次检验了哪些项目、由谁检验、与生产时有效的限量相距多远。
判定以产品销售市场的法规为准；星级只表示与限量的距离，依自有框架给出，不是认证。应检而未检的项目按未检验显示，任何不合格都不会被平均掉。

示例：
trustledger card 9506000134352 LOT-7
trustledger card 9506000134352 LOT-7 --explain --lang zh
trustledger card 9506000134352 LOT-7 --framework all --as-of 2026-10-31
""",
    ),
    "cost": Topic(
        """
What the price of a product or lot pays for, as its seller says, and whether the suppliers say the same.
The lines are added exactly. A line that pays for materials is held against the price that the supplier itself signed for the same lots. Private amounts stay private; --disclose and --opening show them to whoever holds their openings.

Example:
trustledger cost 9506000134352 LOT-7 --merchant https://shop.example
trustledger cost 9506000134352 LOT-7 --merchant shop.example --explain
trustledger cost 9506000134352 LOT-7 --merchant dairy.example --buyer shop.example --disclose
""",
        """
显示产品或批次的价格由哪些项目构成（销售方自述），以及供应方的说法是否一致。
各项金额精确相加；原料项目与供应方自己为同一批次签署的价格比对。不公开的金额保持不公开；持有开启材料者可用 --disclose 或 --opening 查看。

示例：
trustledger cost 9506000134352 LOT-7 --merchant https://shop.example
trustledger cost 9506000134352 LOT-7 --merchant shop.example --explain --lang zh
trustledger cost 9506000134352 LOT-7 --merchant dairy.example --buyer shop.example --disclose
""",
    ),
    "score": Topic(
        """
The trust score of a product sold by a merchant: quality, reviews, after-sales and the merchant's record, from 0 to 5.
Only what the chain proves counts: reviews signed with the key of a delivered order, tests of the lots on sale, promises kept. With too little evidence the score is provisional and begins low. --enforce appends what is due now (notice, hold, delisting, relisting), signed by the operator or a platform.

Example:
trustledger score 9506000134352 --merchant https://shop.example
trustledger score 9506000134352 --merchant shop.example --explain
trustledger score 9506000134352 --merchant shop.example --enforce --key platform.key
""",
        """
显示某商家所售产品的信任分（0 至 5）：质量、评价、售后和商家信用。
只计入链上可证明的内容：以已送达订单的密钥签署的评价、在售批次的检验、履行的承诺。证据不足时为暂定分，起点偏低。--enforce 追加当前应执行的措施（通知、暂停、下架、重新上架），由运营方或平台签署。

示例：
trustledger score 9506000134352 --merchant https://shop.example
trustledger score 9506000134352 --merchant shop.example --explain --lang zh
trustledger score 9506000134352 --merchant shop.example --enforce --key platform.key
""",
    ),
}
