"""Phrases of the demo."""

# ruff: noqa: E501 -- a phrase is read and translated as one line

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str]]] = {
    "demo.title": ("Two lots of milk powder, seven parties, one fraud", "两批奶粉、七个参与方、一次造假"),
    "demo.intro": (
        "Everything below really happens, in a temporary ledger that is deleted afterwards: real keys, real signatures, a real database on disk. Only its clock is set to the days of the story.",
        "以下全部真实发生在一个临时账本中（结束后删除）：真实的密钥、真实的签名、磁盘上真实的数据库，只有时钟按故事的日期走。",
    ),
    "demo.1": ("1  A ledger, and who may sign in it", "1  账本，以及谁可以签名"),
    "demo.1.text": (
        "The operator opens a ledger and enrols five parties by their public keys. Their private keys never leave them; a key slipped in under their name would stand in the log for all to see.",
        "运营方建立账本，用公钥登记五个参与方。私钥从不离开各方；若有人冒名塞入密钥，日志里人人可见。",
    ),
    "demo.1.done": (
        "Genesis {genesis}… is on the card that everybody is handed",
        "创世哈希 {genesis}…… 写在交给每个人的名片上",
    ),
    "demo.2": ("2  The farm uploads its spreadsheet", "2  牧场上传表格"),
    "demo.2.text": (
        "A CSV as a Chinese spreadsheet saves it: GB 18030, Chinese headers, local times, 公斤.",
        "表格软件直接存出的 CSV：GB 18030 编码、中文表头、本地时间、公斤。",
    ),
    "demo.2.done": (
        "{new} new [new:record|records], signed by {name}, in entry {entry}",
        "新增 {new} 条记录，由{name}签署，条目 {entry}",
    ),
    "demo.3": ("3  The dairy appends from its own software", "3  乳品厂从自己的软件写入"),
    "demo.3.text": (
        "Three typed records, one statement, one signature. How much was lost in drying is sealed.",
        "三条带类型的记录，一份声明，一个签名。干燥损耗已密封，不公开。",
    ),
    "demo.4": ("4  The laboratory signs offline", "4  实验室离线签署"),
    "demo.4.text": (
        "It has the ledger's card and its own key, and no connection. The signed report travels as a file; whoever submits it cannot change it.",
        "实验室只有账本名片和自己的密钥，无需联网。签好的报告以文件传递，谁来提交都改不了。",
    ),
    "demo.4.done": (
        "Lead {figure} mg/kg in LOT-7, over the limit of {limit}, signed by {name}: entry {entry}",
        "LOT-7 铅含量 {figure} mg/kg，超过限量 {limit}，由{name}签署：条目 {entry}",
    ),
    "demo.5": ("5  Handing over takes two signatures", "5  交接需要双方签名"),
    "demo.5.text": (
        "Carrier and shop sign the same statement, so neither can deny it later.",
        "承运商与商店签署同一份声明，事后谁也无法否认。",
    ),
    "demo.5.done": (
        "80 kg received at 4.2 °C, signed by {shop} and {carrier}",
        "收货 80 kg，4.2 °C，由{shop}和{carrier}共同签署",
    ),
    "demo.6": ("6  Where does LOT-7 come from?", "6  LOT-7 从哪里来？"),
    "demo.7": ("7  Raw milk 0902 is suspect: where did it go?", "7  原奶-0902 有疑点：它去了哪里？"),
    "demo.7.done": ("{count} [count:row|rows] for the recall list", "召回清单共 {count} 行"),
    "demo.8": ("8  An auditor computes everything again", "8  审计员重新计算一切"),
    "demo.9": ("9  Somebody improves the figure in the database", "9  有人改了数据库里的数字"),
    "demo.9.text": (
        "With full access to the server, and a hex editor: lead {old} mg/kg, over the limit of {limit}, becomes {new}, under it, in a copy of the ledger. No program complains. Then the audit:",
        "拥有服务器全部权限，再加一个十六进制编辑器：在账本副本中，铅从超过限量 {limit} 的 {old} mg/kg 变成了未超标的 {new} mg/kg。没有任何程序报错。然后审计：",
    ),
    "demo.caught": (
        "Caught: the record of entry {entry} is not the one that {name} signed.",
        "当场识破：条目 {entry} 中的记录不是{name}签署的那一条。",
    ),
    "demo.missed": (
        "The audit did not find the change. This must not happen: please report it.",
        "审计没有发现改动。这不应发生，请反馈。",
    ),
    "demo.10": ("10  What a shopper sees: was it tested?", "10  顾客看到什么：检验过吗？"),
    "demo.10.text": (
        "LOT-7 fails and is never sold. LOT-8 is tested too, and goes on sale. A payment platform attests each order; the carrier signs each delivery; each buyer signs a review with the key that came with the order.",
        "LOT-7 不合格，不会上架。LOT-8 同样送检，然后开售。支付平台为每个订单作证，承运商为每次送达签名，买家用随订单得到的密钥签署评价。",
    ),
    "demo.10.done": (
        "{count} orders of LOT-8 from {name}, paid, delivered and reviewed",
        "{name}售出 {count} 单 LOT-8，均已付款、送达并评价",
    ),
    "demo.11": ("11  What does the price pay for?", "11  价格花在哪里？"),
    "demo.11.text": (
        "The shop signs what its price is made up of. The dairy signed its own price for the same lot, the farm its own for the milk: they have to agree.",
        "商店签署自己的价格构成。乳品厂为同一批次、牧场为生乳各自签署过价格：几方说法必须一致。",
    ),
    "demo.12": ("12  Can this shop be trusted with it?", "12  这家店可信吗？"),
    "demo.12.text": (
        "Four parts, each computed from records that anybody can check. A review without a paid order counts nothing.",
        "四个部分，均由任何人可核验的记录算出。没有已付款订单的评价不计分。",
    ),
    "demo.means": (
        "What this proves: nothing was changed after it was signed. What it does not: that it was true when it was written. So the ledger shows who said it.",
        "它证明：签署之后没有任何改动。它不证明：写入时内容属实。所以账本总会显示是谁说的。",
    ),
    "demo.next": ("Try next", "接下来可以试试"),
    "demo.seconds": ("That took {seconds} seconds.", "全程用时 {seconds} 秒。"),
}
