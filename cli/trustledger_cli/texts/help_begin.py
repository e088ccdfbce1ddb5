"""Help pages of the commands that begin a ledger."""

# ruff: noqa: E501 -- a text is read and translated as one

from __future__ import annotations

from typing import Final

from trustledger_cli.texts.topic import Topic

TOPICS: Final[dict[str, Topic]] = {
    "trustledger": Topic(
        """
A ledger of signed supply-chain records that nobody can quietly change.
Try “trustledger demo” first: the whole story, in a few seconds.

Exit codes: 0 ok · 1 failure · 2 usage · 3 verification failed · 4 refused by policy · 5 storage

Example:
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key
trustledger --ledger shop.ledger append milk.csv --as https://farm.example --key farm.key
trustledger --ledger shop.ledger audit --trust shop.ledger/ledger.card
""",
        """
签名的供应链记录账本：谁也无法悄悄改动。
先试试 “trustledger demo”：几秒钟看完全过程。

退出码：0 成功 · 1 失败 · 2 用法错误 · 3 验证未通过 · 4 被规则拒绝 · 5 存储问题

示例：
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key
trustledger --ledger shop.ledger append 牛奶.csv --as https://farm.example --key farm.key
trustledger --ledger shop.ledger audit --trust shop.ledger/ledger.card
""",
    ),
    "init": Topic(
        """
Make a new ledger in DIR.
Makes the operator's key and the log's key where there is none yet, and writes DIR/ledger.card: the public page that everybody who writes or checks is handed. The registration policy becomes entry 1. A recovery key brings the operator back when its key is stolen; it can only be named now: make it with key new, and keep it offline.

Example:
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key --name "Example Shop"
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key --recovery recovery.key.pub
""",
        """
在 DIR 中新建账本。
缺少的运营方密钥和日志密钥会自动生成；并写出 DIR/ledger.card：交给所有写入者和审计者的公开名片。登记规则成为条目 1。恢复密钥在运营方密钥被盗时使用，只能在此时登记：请先用 key new 生成，并离线保管。

示例：
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key --name "示例商店"
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key --recovery recovery.key.pub
""",
    ),
    "setup": Topic(
        """
Answer a few questions once, so that “trustledger append FILE.csv” is enough afterwards.
The profile holds the ledger, the party, the path of its key (never the key), the time zone and the language. Each answer can be given as an option instead.

Example:
trustledger setup
trustledger setup --ledger shop.ledger --party https://farm.example --key farm.key --zone Asia/Shanghai --lang zh
""",
        """
回答一次几个问题，以后只需 “trustledger append 文件.csv”。
配置文件保存账本、参与方、密钥文件的路径（不保存密钥本身）、时区和语言。每一项也可以用选项直接给出。

示例：
trustledger setup
trustledger setup --ledger shop.ledger --party https://farm.example --key farm.key --zone Asia/Shanghai --lang zh
""",
    ),
}
