"""Phrases of the commands that write."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str]]] = {
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "more": ("… and {count} more (--json has all)", "…… 另有 {count} 条（--json 可得全部）"),
    "warn.exposed": (
        "The key file {path} can be read by others on this computer: chmod 600 {path}",
        "此电脑上的其他人可以读取密钥文件 {path}：请执行 chmod 600 {path}",
    ),
    "ask.passphrase": ("Passphrase of {path}", "{path} 的口令"),
    "ask.new_passphrase": ("Passphrase for the new key", "新密钥的口令"),
    "ask.again": ("Once more", "请再输入一次"),
    "progress.reading": ("Reading", "正在读取"),
    "progress.appending": ("Appending", "正在写入"),
    "progress.audit": ("Auditing", "正在审计"),
    "progress.copy": ("Copying", "正在复制"),
    # init
    "init.done": ("The ledger {origin} stands in {path}", "账本 {origin} 已建立于 {path}"),
    "init.hand_out": ("Hand out to everybody who writes or checks", "交给所有写入者和审计者"),
    "init.back_up": ("Back up, and show to nobody but the last", "请备份；除最后一项外不要示人"),
    "init.card": ("The card", "账本名片"),
    "init.genesis": ("Genesis hash", "创世哈希"),
    "init.operator_key": ("The operator's key", "运营方密钥"),
    "init.log_key": ("The log's key", "日志密钥"),
    "init.openings": ("Openings of sealed values", "密封值的开启材料"),
    "init.recovery": ("The recovery key is", "恢复密钥为"),
    "init.policy": ("Registration policy (entry 1)", "登记规则（条目 1）"),
    "init.no_policy": ("none: roles are not asked for", "无：不核对角色"),
    "init.no_recovery": (
        "There is no recovery key, and none can be added later: a stolen operator's key could not be taken back.",
        "没有恢复密钥，以后也无法添加：运营方密钥一旦被盗将无法收回。",
    ),
    "init.data": ("The ledger itself (public)", "账本本身（公开）"),
    "init.next": ("Next: enrol the parties that will sign.", "下一步：登记将要签名的参与方。"),
    # key
    "key.done": ("A key for {party}", "已为 {party} 生成密钥"),
    "key.private": ("Private: keep it, back it up", "私钥：妥善保存并备份"),
    "key.public": ("Public: give it to the operator", "公钥：交给运营方登记"),
    "key.id": ("Fingerprint (key ID)", "指纹（密钥 ID）"),
    "key.hint": (
        "Read the fingerprint to the operator by telephone, so that nobody can slip in another key.",
        "请通过电话向运营方念出指纹，以防有人调换公钥。",
    ),
    # parties
    "col.name": ("Name", "名称"),
    "col.party": ("URI", "URI"),
    "col.roles": ("Roles", "角色"),
    "col.keys": ("Key ID", "密钥 ID"),
    "col.since": ("Since entry", "起始条目"),
    # setup
    "setup.language": ("Language / 语言", "语言 / Language"),
    "setup.ledger": ("Directory of the ledger", "账本目录"),
    "setup.party": ("Which party are you (number or URI)", "您是哪一方（编号或 URI）"),
    "setup.key": ("Your key file", "您的密钥文件"),
    "setup.zone": ("Time zone of the times in your sheets", "表格中时间所在的时区"),
    "setup.done": (
        "Written to {path}. It holds the path of your key, not the key.",
        "已写入 {path}。其中只有密钥文件的路径，没有密钥。",
    ),
    "setup.next": ("From now on this is enough:", "今后只需："),
    # template, append, sign, submit, withhold
    "template.done": (
        "{path} is written: open it in a spreadsheet, replace the two example rows",
        "已写出 {path}：请用表格软件打开，替换两行示例",
    ),
    "append.done": ("{existing} already there, {new} new", "已有 {existing} 条，新增 {new} 条"),
    "append.entries": ("In [count:entry|entries] {entries}", "条目：{entries}"),
    "check.good": (
        "{existing} already there, {new} new, {to_fix} to fix: nothing stands in the way",
        "已有 {existing} 条，新增 {new} 条，待改 {to_fix} 行：可以写入",
    ),
    "check.bad": (
        "{existing} already there, {new} new, {to_fix} to fix: nothing is appended until they are",
        "已有 {existing} 条，新增 {new} 条，待改 {to_fix} 行：改好之前不会写入任何内容",
    ),
    "append.unsigned": (
        (
            "No checkpoint is signed over this: no key of the log is at hand. It lies in the ledger's private/ "
            "(log.key or log.KEYID.key), or in a file that {name} names."
        ),
        (
            "没有为此签署检查点：找不到日志密钥。它应在账本的 private/ 中（log.key 或 log.密钥ID.key），"
            "或由 {name} 指明的文件中。"
        ),
    ),
    "check.keys_unasked": (
        (
            "Not asked: whether the keys are active and enough. Name them (--key, --with-key); "
            "for a key with a passphrase its .pub must lie beside it."
        ),
        "未核对密钥是否有效、数量是否足够：请用 --key、--with-key 指明；有口令的密钥旁须有其 .pub 文件。",
    ),
    "check.warnings": ("To look at before signing", "签署前请核对"),
    "check.to_fix": ("To fix", "待改"),
    "check.understood": (
        "Understood as (times without an offset are in {zone})",
        "理解为（未写时差的时间按 {zone}）",
    ),
    "check.understood_plain": ("Understood as", "理解为"),
    "col.file": ("File", "文件"),
    "col.row": ("Row", "行"),
    "col.column": ("Column", "列"),
    "col.problem": ("What to mend", "问题与改法"),
    "col.written": ("Time as written", "表中时间"),
    "col.understood": ("Understood as", "理解为"),
    "sign.done": (
        "{records} [records:record|records] signed for {origin}: {path}",
        "已为 {origin} 签署 {records} 条记录：{path}",
    ),
    "sign.openings": (
        "{path} opens the sealed values: keep it private, and keep a copy.",
        "{path} 可以打开密封的值：请保密，并另存一份。",
    ),
    "sign.waits": (
        "Still to be signed by {parties}, on their own computers; no ledger takes it before:",
        "还须由 {parties} 在自己的电脑上签署，之后账本才会接受：",
    ),
    "cosign.done": (
        "{records} [records:record|records] of {party} signed too ({kinds}); signed now by {by}",
        "已共同签署 {party} 的 {records} 条记录（{kinds}）；现已签署：{by}",
    ),
    "cosign.subjects": ("About {subjects}", "关于 {subjects}"),
    "submit.new": (
        "{records} [records:record|records] of {party} [records:stands|stand] in entry {entry}",
        "{party} 的 {records} 条记录已写入条目 {entry}",
    ),
    "submit.again": (
        "Nothing new: entry {entry} holds this statement of {party} already",
        "没有新增：条目 {entry} 已包含 {party} 的这份声明",
    ),
    "withhold.sure": ("Erase the content of {ref} for good?", "确定永久删除 {ref} 的内容？"),
    "withhold.done": (
        "The content of {ref} is gone; its hash and place stay proven",
        "{ref} 的内容已删除；其哈希和位置仍可证明",
    ),
}
