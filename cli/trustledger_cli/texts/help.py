"""Help pages. In each text the first line is the summary; what follows ``Example:`` (``示例：``) is an example."""

# ruff: noqa: E501 -- a text is read and translated as one

from __future__ import annotations

from typing import Final, NamedTuple


class Topic(NamedTuple):
    """The help of a command, in both languages."""

    en: str
    zh: str

    def of(self, language: str) -> tuple[str, str, str]:
        """Summary, body and example."""
        text, mark = (self.zh, "\n示例：\n") if language == "zh" else (self.en, "\nExample:\n")
        rest, _, example = text.strip().partition(mark)
        summary, _, body = rest.partition("\n")
        return summary, body.strip(), example


def _topic(en: str, zh: str) -> Topic:
    return Topic(en, zh)


HELP: Final[dict[str, Topic]] = {
    "trustledger": _topic(
        """
A ledger of signed supply-chain records that nobody can quietly change.
Try “trustledger demo” first: the whole story, in a few seconds.

Example:
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key
trustledger --ledger shop.ledger append milk.csv --as https://farm.example --key farm.key
trustledger --ledger shop.ledger audit --trust shop.ledger/ledger.card
""",
        """
签名的供应链记录账本：谁也无法悄悄改动。
先试试 “trustledger demo”：几秒钟看完全过程。

示例：
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key
trustledger --ledger shop.ledger append 牛奶.csv --as https://farm.example --key farm.key
trustledger --ledger shop.ledger audit --trust shop.ledger/ledger.card
""",
    ),
    "init": _topic(
        """
Make a new ledger in DIR.
Makes the operator's key and the log's key where there is none yet, and writes DIR/ledger.card: the public page that everybody who writes or checks is handed.

Example:
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key --name "Example Shop"
""",
        """
在 DIR 中新建账本。
缺少的运营方密钥和日志密钥会自动生成；并写出 DIR/ledger.card：交给所有写入者和审计者的公开名片。

示例：
trustledger init shop.ledger --origin shop.example/ledger --operator https://shop.example --key operator.key --name "示例商店"
""",
    ),
    "key": _topic(
        """
Keys: what a party signs with.

Example:
trustledger key new farm.key --party https://farm.example
""",
        """
密钥：参与方用来签名。

示例：
trustledger key new farm.key --party https://farm.example
""",
    ),
    "key new": _topic(
        """
Make a key for a party.
FILE holds the private key (mode 0600) and never leaves the party; FILE.pub is public and goes to the ledger's operator.

Example:
trustledger key new farm.key --party https://farm.example --passphrase
""",
        """
为参与方生成密钥。
FILE 是私钥（权限 0600），绝不外传；FILE.pub 是公钥，交给账本的运营方登记。

示例：
trustledger key new farm.key --party https://farm.example --passphrase
""",
    ),
    "party": _topic(
        """
Parties: who may sign.

Example:
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "Green Farm" --key operator.key
""",
        """
参与方：谁可以签名。

示例：
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "青青农场" --key operator.key
""",
    ),
    "party add": _topic(
        """
Enrol a party, add a key to it, or change its name or roles.
Signed by the operator. The key's fingerprint should be compared by telephone or in person before it is enrolled.

Example:
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "Green Farm" --key operator.key
""",
        """
登记参与方，或为其增加密钥、修改名称和角色。
由运营方签名。登记之前，请通过电话或当面核对密钥指纹。

示例：
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "青青农场" --key operator.key
""",
    ),
    "setup": _topic(
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
    "template": _topic(
        """
Write a CSV template for a kind of record, with two example rows.
KIND is one of product, origin, processing, inspection, report_copy, shipping, observation, cost, correction, recall. Delete the example rows before you append the file. With --lang zh the headers are Chinese.

Example:
trustledger template inspection -o inspection.csv
""",
        """
写出某类记录的 CSV 模板，附两行示例。
类型可写：产品、来源、加工、检验、报告副本、运输、观察、成本、更正、召回（或英文名）。填好后请删除示例行。

示例：
trustledger template 检验 -o 检验.csv
""",
    ),
    "append": _topic(
        """
Append the records of files: CSV, JSON Lines, or EPCIS 2.0 JSON.
Everything is checked first; if a single row is bad, nothing is appended, and every bad row is listed. Rows that stand in the ledger already are passed over, so last month's grown sheet can be appended again.

Example:
trustledger append milk.csv --dry-run
trustledger append milk.csv --as https://farm.example --key farm.key --zone Asia/Shanghai
""",
        """
把文件中的记录写入账本：CSV、JSON Lines 或 EPCIS 2.0 JSON。
先检查全部内容；只要有一行有问题，就什么也不写入，并一次列出所有问题行。账本里已有的行会自动跳过，所以上个月的表格加了新行后可以直接再次上传。

示例：
trustledger append 牛奶.csv --dry-run
trustledger append 牛奶.csv --as https://farm.example --key farm.key --zone Asia/Shanghai
""",
    ),
    "sign": _topic(
        """
Sign the records of files for a ledger that is elsewhere.
Needs the ledger's public card and a key, not the ledger. What opens sealed values is written to STATEMENT.openings, mode 0600: keep it.

Example:
trustledger sign report.csv --card ledger.card --as https://lab.example --key lab.key -o report.statement
""",
        """
离线签署文件中的记录，账本可以在别处。
只需要账本的公开名片和密钥。密封值的开启材料写入 STATEMENT.openings（权限 0600），请妥善保存。

示例：
trustledger sign 报告.csv --card ledger.card --as https://lab.example --key lab.key -o 报告.statement
""",
    ),
    "join": _topic(
        """
Join the signatures of two copies of one statement.
Where a statement needs several parties, each signs the same text; this puts their signatures into one file.

Example:
trustledger join ours.statement theirs.statement -o both.statement
""",
        """
合并同一份声明的两份签名。
需要多方共同签署时，各方签署同一文本，再合并为一个文件。

示例：
trustledger join 我方.statement 对方.statement -o 双方.statement
""",
    ),
    "submit": _topic(
        """
Place a statement that was signed elsewhere.
Submitting it again changes nothing and gives the same place.

Example:
trustledger --ledger shop.ledger submit report.statement
""",
        """
把在别处签署的声明写入账本。
重复提交不会改变任何内容，得到的位置相同。

示例：
trustledger --ledger shop.ledger submit 报告.statement
""",
    ),
    "withhold": _topic(
        """
Erase the content of one record for good.
Its place, its signer and its hash stay proven; its content is gone from this ledger. Copies and backups keep theirs.

Example:
trustledger withhold 12/0 --yes
""",
        """
永久删除一条记录的内容。
位置、签署者和哈希仍可证明，内容从本账本中消失；已有的副本和备份不受影响。

示例：
trustledger withhold 12/0 --yes
""",
    ),
    "trace": _topic(
        """
Where goods come from, or with --forward where they went.
SUBJECT is a lot's URI, or a GTIN and a lot number. The tree shows each step, who signed it, and what was verified.

Example:
trustledger trace https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger trace 9506000134352 RAW-1 --forward --csv recall.csv
""",
        """
追溯货物的来源；加 --forward 则追踪去向。
SUBJECT 可以是批次 URI，也可以是商品条码加批号。树形图显示每一步、签署者以及已验证的内容。

示例：
trustledger trace https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger trace 9506000134352 RAW-1 --forward --csv 召回.csv
""",
    ),
    "show": _topic(
        """
Show a record, an entry, a party, or all that is recorded about a subject.
REF is 12/0 (record 0 of entry 12), 12 (an entry), a URI, or a GTIN and a lot number. Everything shown has been verified.

Example:
trustledger show 12/0
trustledger show https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger show 9506000134352 LOT-7
""",
        """
显示一条记录、一个条目、一个参与方，或某个对象的全部记录。
REF 可写 12/0（条目 12 的第 0 条记录）、12（条目）、URI，或商品条码加批号。显示的内容都已验证。

示例：
trustledger show 12/0
trustledger show https://id.gs1.org/01/09506000134352/10/LOT-7
trustledger show 9506000134352 LOT-7
""",
    ),
    "log": _topic(
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
    "parties": _topic(
        """
List the parties and their keys.

Example:
trustledger parties
""",
        """
列出参与方及其密钥。

示例：
trustledger parties
""",
    ),
    "stats": _topic(
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
    "audit": _topic(
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
    "checkpoint": _topic(
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
    "backup": _topic(
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
    "demo": _topic(
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
