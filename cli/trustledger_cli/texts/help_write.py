"""Help pages of the commands that write."""

# ruff: noqa: E501 -- a text is read and translated as one

from __future__ import annotations

from typing import Final

from trustledger_cli.texts.topic import Topic

TOPICS: Final[dict[str, Topic]] = {
    "template": Topic(
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
    "append": Topic(
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
    "sign": Topic(
        """
Sign the records of files for a ledger that is elsewhere.
Needs the ledger's public card and a key, not the ledger. What opens sealed values is written to STATEMENT.openings, mode 0600: keep it.
Where several keys must sign, give them with --with-key, or sign with one here and let the others follow on their own computers (trustledger cosign); name the parties among them with --cosigner.

Example:
trustledger sign report.csv --card ledger.card --as https://lab.example --key lab.key -o report.statement
""",
        """
离线签署文件中的记录，账本可以在别处。
只需要账本的公开名片和密钥。密封值的开启材料写入 STATEMENT.openings（权限 0600），请妥善保存。
须由多把密钥签署时，用 --with-key 一并给出；或在此先签一把，其余在各自的电脑上用 trustledger cosign 加签。其中如有其他参与方，请用 --cosigner 写明。

示例：
trustledger sign 报告.csv --card ledger.card --as https://lab.example --key lab.key -o 报告.statement
""",
    ),
    "cosign": Topic(
        """
Sign a statement too that somebody else has signed, on another computer.
For a party whose keys lie with several people, or a second party that the statement names (sign --cosigner). Shows what is signed: the ledger, whose records they are, of which kinds and about what. The file can be handed from one to the next; the last one submits it.

Example:
trustledger cosign drying.statement --card ledger.card --key chen.key -o drying-2.statement
""",
        """
对别人已在另一台电脑上签署的声明共同签署。
用于密钥由多人分管的一方，或声明中写明的另一方（sign --cosigner）。会显示所签内容：哪个账本、谁的记录、哪些类型、关于什么。文件可依次传给下一位，由最后一位提交。

示例：
trustledger cosign 干燥.statement --card ledger.card --key chen.key -o 干燥-2.statement
""",
    ),
    "submit": Topic(
        """
Place a statement that was signed elsewhere.
Submitting it again changes nothing and gives the same place. With --openings the ledger's private folder
also keeps what opens the statement's sealed values; leave it out where they are to stay with the signer.

Example:
trustledger --ledger shop.ledger submit report.statement
""",
        """
把在别处签署的声明写入账本。
重复提交不会改变任何内容，得到的位置相同。使用 --openings 时，账本的私有目录还会保存密封值的开启材料；
若这些值只应由签署方保管，请不要使用。

示例：
trustledger --ledger shop.ledger submit 报告.statement
""",
    ),
    "withhold": Topic(
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
}
