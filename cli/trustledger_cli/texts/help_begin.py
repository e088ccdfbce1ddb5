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
    "key": Topic(
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
    "key new": Topic(
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
    "party": Topic(
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
    "party add": Topic(
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
