"""Sentences about faults, findings and what an audit does not prove: code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Faults
    "audit.differs": (
        "The value of key {key} in table {table} is not what the log says it is: it was changed, or the index was not kept.",
        "表 {table} 中键 {key} 的值与日志不符：被改动过，或索引没有维护好。",
    ),
    "audit.missing": (
        "Key {key} is missing from table {table}, although the log says it must be there.",
        "表 {table} 缺少键 {key}，而按日志它应当存在。",
    ),
    "audit.extra": (
        "Key {key} stands in table {table}, although nothing in the log put it there.",
        "表 {table} 中多出键 {key}，日志中没有它的来源。",
    ),
    "audit.extra_count": (
        "Table {table} has {seen} keys that nothing in the log put there.",
        "表 {table} 中有 {seen} 个键在日志中没有来源。",
    ),
    "audit.record_changed": (
        "Record {position} of entry {entry} is not the one that was signed: its content was changed.",
        "第 {entry} 条的第 {position} 条记录不是当初签署的那一条：内容被改动过。",
    ),
    "audit.entry_missing": (
        "Entry {entry} is missing from the log; nothing after it can be checked.",
        "日志缺少第 {entry} 条；其后的内容无法核对。",
    ),
    "audit.records_missing": (
        "Records of entry {entry} (chunk {chunk}) are missing from the store.",
        "存储中缺少第 {entry} 条的记录（第 {chunk} 块）。",
    ),
    "audit.time_backwards": (
        "The ledger's own time runs backwards: {seen} ms after {expected} ms.",
        "账本自身的时间倒流：{expected} 毫秒之后是 {seen} 毫秒。",
    ),
    "audit.head_index": (
        "The head index in the log says {seen}; the chains before it give {expected}. Somebody hid or changed the end of a chain.",
        "日志中的链尾索引为 {seen}，而其前各链算出的是 {expected}：有人隐藏或改动了某条链的末端。",
    ),
    "audit.other_ledger": (
        "This is another ledger than the one on your card, which is for {expected}: its entry 0 has the hash {seen}.",
        "这不是您手中名片（{expected}）上的账本：它第 0 条的哈希为 {seen}。",
    ),
    "audit.card_differs": (
        "The card has the right genesis but other keys than the ledger {seen}: one of them was changed. Ask the operator for the card over a channel you trust.",
        "名片的创世条目相符，但密钥与账本 {seen} 不同：其中之一被改动过。请通过可信渠道向运营方重新索取名片。",
    ),
    "audit.checkpoint_root": (
        "A signed checkpoint says that the first {size} entries have another root than they have here ({seen}): history was rewritten, or there are two histories.",
        "已签名的检查点对前 {size} 条给出的根与此处（{seen}）不同：历史被改写，或存在两个版本的历史。",
    ),
    "audit.truncated": (
        "A signed checkpoint covers {expected} entries, but only {seen} are here: the end of the log is missing.",
        "已签名的检查点覆盖 {expected} 条，而这里只有 {seen} 条：日志末尾缺失。",
    ),
    "audit.withheld_authority": (
        "A record that enrols keys or roles of {seen} was withheld; such records are never withheld.",
        "登记 {seen} 的密钥或角色的记录被隐去；此类记录不得隐去。",
    ),
    "audit.openings_unread": (
        "The openings kept beside this ledger were not compared, since they cannot be read here: {why}",
        "未核对账本旁保存的开启材料，因为此处无法读取：{why_zh}",
    ),
    "audit.opening": (
        "The opening kept here for the sealed value at {pointer} does not fit its commitment: the opening was changed.",
        "此处保存的 {pointer} 密封值的开封信息与承诺不符：开封信息被改动过。",
    ),
    "audit.store_died": (
        "The store's files are so damaged that reading them killed the reader ({seen}). Restore a backup; do not write to this copy.",
        "存储文件损坏严重，读取进程被终止（{seen}）。请从备份恢复，不要再写入此副本。",
    ),
    "audit.child_failed": (
        "The audit's own process failed: {seen}",
        "审计子进程失败：{seen}",
    ),
    # Findings
    "audit.twice": (
        "The same party has said this business fact before, at {first}; the ledger should have asked for a correction.",
        "同一方已在 {first} 记录过同一业务事实；账本本应要求使用更正记录。",
    ),
    "audit.compromised": (
        "It is signed with the key {key} of {party}, which was compromised since {since}, as entry {entry} says: the signature holds, but a thief could have made it.",
        "由 {party} 的密钥 {key} 签署，而条目 {entry} 声明该密钥自 {since} 起已泄露：签名有效，但可能出自盗用者。",
    ),
    "audit.same_identity": (
        "{parties} are registered as {identity}: they are one company under several names and count as one.",
        "{parties} 的注册身份同为 {identity}：是同一企业的多个名称，只算一家。",
    ),
    "audit.shed_name": (
        "{parties} are registered as {identity}, and {suspended} is suspended: a suspended party may not go on under another name.",
        "{parties} 的注册身份同为 {identity}，而 {suspended} 已被停用：被停用的参与方不得换名继续。",
    ),
    "audit.no_policy": (
        "No registration policy stands in this ledger: roles were recorded, but nobody asked for them.",
        "本账本没有登记策略：角色只作记录，并未据此把关。",
    ),
    "audit.right_not_known": (
        "It would not be allowed as far as is known here, but authority was changed by something newer before: {why}",
        "就此处所知不应被接受，但此前有更新版本的记录改变了授权：{why}",
    ),
    "audit.role": (
        "{party} signed a record of kind {kind} without a role that usually signs it ({expected}).",
        "{party} 签署了 {kind} 类记录，但不具备通常签署此类记录的角色（{expected}）。",
    ),
    "audit.unknown_kind": (
        "Kind {kind} is not known to this auditor: signatures and places were checked, its content and business keys were not.",
        "审计方不认识 {kind} 这一类型：已核对签名与位置，未核对内容与业务键。",
    ),
    "audit.corrects_nothing": (
        "A correction names a place where no record with that hash stands: it corrects nothing.",
        "更正记录所指的位置没有该哈希对应的记录：它没有更正任何内容。",
    ),
    "audit.corrects_others_word": (
        "A correction names a record that somebody else signed: it corrects nothing.",
        "更正记录所指的记录由他人签署：它没有更正任何内容。",
    ),
    "audit.corrects_elsewhere": (
        "A correction names a record about other subjects: it corrects nothing.",
        "更正记录所指的记录与其主体无关：它没有更正任何内容。",
    ),
    # What is not proven
    "audit.untrusted": (
        "No card was given: the keys were taken from the ledger itself, which proves nothing against its operator. Get the ledger's card from somebody you trust and pass it with --trust.",
        "未提供账本名片：所用密钥取自账本自身，对运营方不构成任何证明。请从可信来源取得账本名片，并用 --trust 指定。",
    ),
    "audit.no_checkpoint": (
        "The signed checkpoint is missing, with which every ledger begins: the log's key vouches for none of this, and the end of the log may have been cut off.",
        "缺少已签名的检查点，而每个账本自创建起就有一个：日志密钥未对任何内容作出担保，日志末尾可能已被截去。",
    ),
    "audit.blind": (
        "Entry {entry} was made by a later version: from there on, chains and indexes cannot be checked here. The tree, checkpoints, statements and their records were.",
        "第 {entry} 条由更新的版本写入：自此以后，链与索引无法在此核对；树、检查点、声明及其记录仍已核对。",
    ),
    "audit.key_not_known": (
        "{seen} signed with a key that is not known here; a later version may have enrolled it in what could not be read.",
        "{seen} 使用了此处未知的密钥签名；它可能由更新的版本登记在无法读取的内容中。",
    ),
    "audit.unsigned_tail": (
        "The last {seen} entries are not covered by the latest signed checkpoint; their own signatures were checked.",
        "最后 {seen} 条未被最新的已签名检查点覆盖；其自身签名已核对。",
    ),
    "audit.unknown_annotation": (
        "The log has an annotation of number {seen}, which this version does not know; it was passed over.",
        "日志中有编号为 {seen} 的注记，本版本不认识，已跳过。",
    ),
    "audit.standings_unread": (
        "Whether {seen} listings stand where their trust scores put them could not be judged: {why}",
        "未能判断 {seen} 个在售商品的状态是否与其信任评分相符：{why_zh}",
    ),
    "audit.standing_unknown": (
        "Whether what {merchant} offers stands where its trust score puts it could not be judged: {why}",
        "未能判断 {merchant} 的在售商品状态是否与其信任评分相符：{why_zh}",
    ),
    "audit.standings_cut": (
        "Only {expected} of {seen} listings were judged by their trust scores; ask for the others with `trustledger score`.",
        "{seen} 个在售商品中只按信任评分判断了 {expected} 个；其余请用 `trustledger score` 查询。",
    ),
    "audit.stopped": (
        "The audit stopped early, after {seen} faults: there may be more.",
        "发现 {seen} 处错误后审计提前停止：可能还有更多。",
    ),
}
