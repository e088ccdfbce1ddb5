"""Help pages of layouts: the steps that a brand owner expects of a product."""

# ruff: noqa: E501 -- a text is read and translated as one

from __future__ import annotations

from typing import Final

from trustledger_cli.texts.topic import Topic

TOPICS: Final[dict[str, Topic]] = {
    "layout": Topic(
        """
Lay down the steps of a product, and see which of them a lot has gone through.

Example:
trustledger layout set 9506000134352 powder.toml --key brand.key
trustledger layout check 9506000134352 LOT-7
""",
        """
为产品制定工序布局，并核对某批次经过了哪些步骤。

示例：
trustledger layout set 9506000134352 奶粉.toml --key brand.key
trustledger layout check 9506000134352 LOT-7
""",
    ),
    "layout set": Topic(
        """
Sign the steps that every lot of a product must go through, and who may perform each.
FILE is written by hand; --template shows one to begin with. Only the party that described the product as its brand owner can lay down steps for it. The newest layout counts. Doing it again changes nothing; a changed file needs a new version.

Example:
trustledger layout set --template > powder.toml
trustledger layout set 9506000134352 powder.toml --key brand.key
""",
        """
签署产品每个批次必须经过的步骤，以及各步骤可由谁执行。
文件由人工书写；--template 给出可供修改的样例。只有以品牌方身份登记该产品的参与方才能制定布局，以最新的布局为准。重复执行不会改变任何内容；修改后的文件须换版本号。

示例：
trustledger layout set --template > 奶粉.toml
trustledger layout set 9506000134352 奶粉.toml --key brand.key
""",
    ),
    "layout check": Topic(
        """
Which steps of its layout a lot has gone through, by whom, and which are missing or done by someone else.
Of a product all lots are checked. Exits 0 if every step is met, 1 if not or if nobody laid down any.

Example:
trustledger layout check 9506000134352 LOT-7
trustledger layout check 9506000134352
""",
        """
核对某批次经过了布局中的哪些步骤、由谁执行，哪些缺失或由他方执行。
若给出产品，则核对其全部批次。所有步骤均满足时退出码为 0；不满足或没有布局时为 1。

示例：
trustledger layout check 9506000134352 LOT-7
trustledger layout check 9506000134352
""",
    ),
}
