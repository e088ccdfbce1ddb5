"""Help pages of the commands that read and check."""

# ruff: noqa: E501 -- a text is read and translated as one

from __future__ import annotations

from typing import Final

from trustledger_cli.texts.topic import Topic

TOPICS: Final[dict[str, Topic]] = {
    "trace": Topic(
        """
Where goods come from, or with --forward where they went.
SUBJECT is a lot's URI, a GTIN and a lot number, a lot number that a party gave, or the name that the screen shows. The tree shows each step, who signed it, what was corrected, and what was verified.

Example:
trustledger trace https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger trace 9506000134352 RAW-1 --forward --csv recall.csv
""",
        """
追溯货物的来源；加 --forward 则追踪去向。
SUBJECT 可以是批次 URI、商品条码加批号、某参与方自编的批号，或屏幕上显示的名称。树形图显示每一步、签署者、更正以及已验证的内容。

示例：
trustledger trace https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger trace 原奶-0901
trustledger trace 9506000134352 RAW-1 --forward --csv 召回.csv
""",
    ),
    "show": Topic(
        """
Show a record, an entry, a party, or all that is recorded about a subject.
REF is 12/0 (record 0 of entry 12), 12 (an entry), a URI, a GTIN and a lot number, or a name as the screen shows it. Everything shown has been verified.

Example:
trustledger show 12/0
trustledger show https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger show 9506000134352 LOT-7
""",
        """
显示一条记录、一个条目、一个参与方，或某个对象的全部记录。
REF 可写 12/0（条目 12 的第 0 条记录）、12（条目）、URI、商品条码加批号，或屏幕上显示的名称。显示的内容都已验证。

示例：
trustledger show 12/0
trustledger show https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger show 9506000134352 LOT-7
""",
    ),
    "log": Topic(
        """
List the entries of the log, newest last.

Example:
trustledger log --limit 50
""",
        """
列出日志条目，最新的在最后。

示例：
trustledger log --limit 50
""",
    ),
    "parties": Topic(
        """
List the parties and their keys.
Guests, the buyers whose keys came with an order, are shown with --guests.

Example:
trustledger parties
""",
        """
列出参与方及其密钥。
访客（随订单登记密钥的买家）须加 --guests 才列出。

示例：
trustledger parties
""",
    ),
    "stats": Topic(
        """
Sizes and counts of the ledger.

Example:
trustledger stats --json
""",
        """
账本的大小和数量。

示例：
trustledger stats --json
""",
    ),
    "audit": Topic(
        """
Compute everything again from the stored bytes and compare.
Faults (something forged, changed or missing) exit 3; findings (legal but odd) exit 0, or 3 with --strict. Bring the card you were handed: without --trust the ledger is only compared with itself.

Example:
trustledger audit --trust ledger.card
trustledger audit --trust ledger.card --since last-month.checkpoint --strict
""",
        """
从存储的字节重新计算一切并逐项比对。
发现错误（伪造、改动、缺失）时退出码为 3；发现提示（合法但可疑）时为 0，加 --strict 则为 3。请使用别人当面交给您的名片：不加 --trust，账本只是在与自己比对。

示例：
trustledger audit --trust ledger.card
trustledger audit --trust ledger.card --since 上月.checkpoint --strict
""",
    ),
    "checkpoint": Topic(
        """
The latest signed checkpoint: the head of the log, as the ledger vouches for it.
Keep it elsewhere; “audit --since” then shows that nothing before it was changed.

Example:
trustledger checkpoint -o last-month.checkpoint
""",
        """
最新的签名检查点：账本以签名担保的日志头。
请另行保存；以后用 “audit --since” 可证明此前的内容没有改动。

示例：
trustledger checkpoint -o 上月.checkpoint
""",
    ),
    "backup": Topic(
        """
Write a consistent copy of the live ledger into a new directory, and verify the copy.
The copy is public: keys and openings of sealed values are not in it and need a backup of their own.

Example:
trustledger backup /mnt/backup/shop-2026-10
""",
        """
把正在使用的账本完整复制到新目录，并验证副本。
副本只含公开内容：密钥和密封值的开启材料不在其中，需要另行备份。

示例：
trustledger backup /mnt/backup/shop-2026-10
""",
    ),
    "demo": Topic(
        """
The whole story in a temporary ledger: farm, dairy, laboratory, carrier, shop, and a fraud that is caught.

Example:
trustledger demo
trustledger demo --lang zh
""",
        """
在临时账本中演示全过程：农场、乳品厂、实验室、承运商、商店，以及一次被识破的造假。

示例：
trustledger demo --lang zh
""",
    ),
}
