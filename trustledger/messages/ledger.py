"""Sentences about ledgers (files, appending, reading, cards, submissions): code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Files
    "ledger.no_directory": (
        "There is no ledger at {seen}: check the path, or make one with “trustledger init”.",
        "{seen} 处没有账本：请检查路径，或用 “trustledger init” 新建。",
    ),
    "ledger.not_a_ledger": (
        "{seen} is not a ledger: expected a directory made by “trustledger init”.",
        "{seen} 不是账本：应为由 “trustledger init” 建立的目录。",
    ),
    "ledger.not_empty": (
        "{seen} is not empty, and nothing in it was touched: name a new directory.",
        "{seen} 不是空目录，未作任何改动：请指定新目录。",
    ),
    "ledger.directory": (
        "{seen} cannot be written: {why}. Check the path, your rights and the free space.",
        "无法写入 {seen}：{why}。请检查路径、权限和剩余空间。",
    ),
    "ledger.newer_schema": (
        "The ledger's store has layout {seen}; this program knows layout {expected}. Update TrustLedger.",
        "账本存储布局为 {seen}，本程序只支持布局 {expected}。请升级 TrustLedger。",
    ),
    "ledger.empty": (
        "The store holds no ledger: it was never finished. Make the ledger anew, or restore it from a backup.",
        "存储中没有账本：创建未完成。请重新建立账本，或从备份恢复。",
    ),
    "ledger.bad_value": (
        "A value in the table “{table}” is not what a ledger writes: the store is damaged or was changed. Restore it from a backup and run an audit.",
        "数据表“{table}”中有一个值并非账本所写：存储已损坏或被更改。请从备份恢复，并执行审计。",
    ),
    "ledger.missing": (
        "The table “{table}” lacks what should stand at {key}: the store is damaged or was changed. Restore it from a backup and run an audit.",
        "数据表“{table}”缺少 {key} 处应有的内容：存储已损坏或被更改。请从备份恢复，并执行审计。",
    ),
    # Appending
    "ledger.existing_mode": (
        "existing=“{seen}” is not a choice: expected one of {expected}.",
        "existing=“{seen}”不是有效选项：应为 {expected} 之一。",
    ),
    "ledger.not_enrolled": (
        "{seen} is not a party of this ledger: the operator enrols it with “trustledger party add”.",
        "{seen} 不是本账本的参与方：请由运营方用 “trustledger party add” 登记。",
    ),
    "ledger.key_not_of_party": (
        "The key {seen} is not an enrolled key of {party}: use the key that was enrolled, or have this one enrolled first.",
        "密钥 {seen} 不是 {party} 已登记的密钥：请使用已登记的密钥，或先登记此密钥。",
    ),
    "ledger.key_revoked": (
        "The key {seen} of {party} was revoked in entry {entry} ({reason}): sign with a key that is active.",
        "{party} 的密钥 {seen} 已在条目 {entry} 吊销（{reason}）：请用有效的密钥签署。",
    ),
    "ledger.log_key_retired": (
        "The log key at hand, {seen}, is not one of this ledger any more: use {expected}.",
        "现有的日志密钥 {seen} 已不属于本账本：请使用 {expected}。",
    ),
    "ledger.key_of_other": (
        "The public key file belongs to {seen}, not to {expected}: use the right file, or the right party.",
        "公钥文件属于 {seen}，而不是 {expected}：请换用正确的文件或参与方。",
    ),
    "ledger.business_key": (
        "Record {position} says what record {ref} says already: it was not appended again.",
        "第 {position} 条记录与已有记录 {ref} 是同一业务事实：未重复追加。",
    ),
    "ledger.other_content": (
        "Record {position} is the same business fact as record {ref}, but its field “{field}” differs: nothing was appended. If {ref} is wrong, append a correction of it.",
        "第 {position} 条记录与已有记录 {ref} 是同一业务事实，但字段“{field}”不同：未追加任何内容。如 {ref} 有误，请追加更正（correction）。",
    ),
    "ledger.cosigners": (
        "This stands already as record {ref}, signed by {seen} only: nothing was appended, since a signature of {expected} cannot be added to it. Append without cosigners, or let {expected} append a record of its own.",
        "该内容已作为记录 {ref} 存在，仅由 {seen} 签署：无法为其补加 {expected} 的签名，故未追加任何内容。请不带联署方追加，或由 {expected} 自行追加记录。",
    ),
    "ledger.twice_in_batch": (
        "Records {first} and {position} of this batch are the same business fact with different content: keep the right one.",
        "本批第 {first} 条和第 {position} 条记录是同一业务事实，但内容不同：请只保留正确的一条。",
    ),
    "ledger.id_taken": (
        "The id {seen} already names another statement of this party, placed as entry {entry}: nothing was appended. Use a new id for new content.",
        "编号 {seen} 已用于该参与方的另一份声明（条目 {entry}）：未追加任何内容。新内容请使用新编号。",
    ),
    "ledger.seen_future": (
        "The signer names a checkpoint of size {seen}, but this ledger has {expected} entries: the statement was made for a later or another copy of it.",
        "签署方引用的检查点大小为 {seen}，而本账本只有 {expected} 个条目：该声明是针对更新的或另一份账本副本作出的。",
    ),
    "ledger.seen": (
        "The signer has seen another history of this ledger: at size {size} it saw root {seen}, here it is {expected}. One of the two is forged; keep the statement as evidence.",
        "签署方见过本账本的另一段历史：大小为 {size} 时其所见的根为 {seen}，此处为 {expected}。二者必有一伪；请保留该声明作为证据。",
    ),
    "ledger.other_ledger": (
        "The statement is for another ledger ({seen}), not for {expected} with this genesis: check the ledger card it was signed with.",
        "该声明属于另一账本（{seen}），而不是具有此创世哈希的 {expected}：请检查签名时所用的账本名片。",
    ),
    "ledger.other_records": (
        "The records ({seen}) are not those the statement is about ({expected}, with another root): the file was changed or put together wrongly.",
        "记录（{seen} 条）与声明所述（{expected} 条，根不同）不符：文件被更改或拼接错误。",
    ),
    "ledger.unknown_kind": (
        "There is no kind “{seen}” here: expected one of {expected}, or register it.",
        "这里没有种类“{seen}”：应为 {expected} 之一，或先注册该种类。",
    ),
    "ledger.subjects_missing": (
        "The record about {seen} does not stand in the chains of {expected}, which its data name: add them to its subjects.",
        "关于 {seen} 的记录没有列入其数据所涉及的 {expected} 的链：请将它们加入主体。",
    ),
    "ledger.withheld_record": (
        "Record {position} is withheld: a new statement must bring the bytes of all its records.",
        "第 {position} 条记录已被隐去：新声明必须提供全部记录的内容。",
    ),
    "ledger.digital_link": (
        "Record {position} names {seen}, which GS1 does not allow: {why}",
        "第 {position} 条记录使用了 {seen}，不符合 GS1 规定：{why_zh}",
    ),
    "ledger.never_withheld": (
        "Record {ref} cannot be erased: records that enrol keys, or are of a later version, stay.",
        "记录 {ref} 不能抹除：登记密钥的记录或更新版本的记录必须保留。",
    ),
    # Reading
    "ledger.no_entry": (
        "There is no entry {seen}: the log has {size} entries, counted from 0.",
        "没有条目 {seen}：日志共有 {size} 个条目，从 0 起计。",
    ),
    "ledger.no_record": (
        "There is no record {seen}: that entry has {count} records, counted from 0.",
        "没有记录 {seen}：该条目共有 {count} 条记录，从 0 起计。",
    ),
    "ledger.no_checkpoint": (
        "There is no signed checkpoint of the log at size {size}, and the log's key is not here to sign one: give the log's key.",
        "日志在大小 {size} 处没有已签名的检查点，且此处没有日志密钥：请提供日志密钥。",
    ),
    "ledger.checkpoint_root": (
        "The signed checkpoint of size {size} has root {seen}, to which the stored log does not lead: the log was changed after it was signed.",
        "大小为 {size} 的已签名检查点的根为 {seen}，与所存日志不符：日志在签名后被更改。",
    ),
    "ledger.root": (
        "The stored log of {size} entries has root {seen} instead of {expected}: something in it was changed.",
        "所存的 {size} 个条目的日志根为 {seen}，应为 {expected}：其中有内容被更改。",
    ),
    "ledger.since": (
        "“since” is the content of a checkpoint file, bytes as ledger.checkpoint().note gives them; seen: {seen}.",
        "since 应为检查点文件的内容，即 ledger.checkpoint().note 给出的字节；所见：{seen}。",
    ),
    "ledger.annotation": (
        "A chain leads to entry {entry}, which is an annotation and has no records: the index was changed.",
        "链指向条目 {entry}，但它是注记，没有记录：索引被更改。",
    ),
    "ledger.no_place": (
        "An index leads to record {seen} of entry {entry}, which does not exist: the index was changed.",
        "索引指向条目 {entry} 的第 {seen} 条记录，但它并不存在：索引被更改。",
    ),
    "ledger.record_count": (
        "Entry {entry}: {seen} records are stored where its statement has {expected}.",
        "条目 {entry}：存有 {seen} 条记录，而其声明为 {expected} 条。",
    ),
    "ledger.records_root": (
        "Entry {entry}: its records lead to root {seen}, but the signed statement says {expected}: a record was changed, added, removed or moved.",
        "条目 {entry}：记录的根为 {seen}，而已签名的声明为 {expected}：有记录被更改、增加、删除或移动。",
    ),
    "ledger.links_root": (
        "Entry {entry}: its links lead to root {seen}, but the entry says {expected}: a link was changed.",
        "条目 {entry}：链环的根为 {seen}，而条目记为 {expected}：有链环被更改。",
    ),
    "ledger.link": (
        "The chain of {subject} does not hold at entry {entry}: its records give link {seen}, the ledger has {expected}.",
        "{subject} 的链在条目 {entry} 处不成立：由记录得出链环 {seen}，账本中为 {expected}。",
    ),
    "ledger.link_not_proven": (
        "The link {seen} does not stand under entry {entry} where the index says: the chain or its index was changed.",
        "链环 {seen} 不在索引所示的条目 {entry} 之下：链或其索引被更改。",
    ),
    "ledger.chain_gap": (
        "The chain of {subject} has a gap: the next record is number {seen}, expected number {expected}.",
        "{subject} 的链有缺口：下一条记录的序号为 {seen}，应为 {expected}。",
    ),
    "ledger.wrong_chain": (
        "Record {seen} is listed in the chain of {subject}, but does not name it: the index was changed.",
        "记录 {seen} 被列入 {subject} 的链，但并未提及该主体：索引被更改。",
    ),
    "ledger.authority_record": (
        "Record {seen} stands in a party's own chain but is not a readable party record: who may sign can no longer be told.",
        "记录 {seen} 位于参与方自己的链中，却不是可读的参与方记录：无法再判断谁有权签署。",
    ),
    # Card and submission
    "card.newer": (
        "The ledger card begins with “{seen}”: it was made by a newer version of TrustLedger. Update to read it.",
        "账本名片以“{seen}”开头：由更新版本的 TrustLedger 生成。请升级后读取。",
    ),
    "card.text": (
        "This is not a ledger card: expected the lines origin, genesis, operator, log and key, unchanged since it was made. Ask the operator for the file again.",
        "这不是账本名片：应含 origin、genesis、operator、log 和 key 各行，且自生成后未作改动。请向运营方重新索取。",
    ),
    "submission.empty": (
        "The file holds no signed statement: expected one made by “trustledger sign”.",
        "文件中没有已签名的声明：应为由 “trustledger sign” 生成的文件。",
    ),
    "submission.line": (
        "Statement {number} of the file does not begin as one made by “trustledger sign”: the file is something else, or damaged.",
        "文件中第 {number} 份声明的开头不是 “trustledger sign” 生成的格式：文件不对或已损坏。",
    ),
    "submission.newer": (
        "The file begins with “{seen}”: it was made by a newer version of TrustLedger. Update to read it.",
        "文件以“{seen}”开头：由更新版本的 TrustLedger 生成。请升级后读取。",
    ),
    "submission.cut_short": (
        "The file ends in the middle of statement {number}: copy it again.",
        "文件在第 {number} 份声明中途结束：请重新复制。",
    ),
    "ledger.data_form": (
        "The data of this {seen} record is not written the way its kind writes it: make it with this library’s function for the kind, and sign it again.",
        "这条 {seen} 记录的数据写法与其类型不符：请用本软件中该类型的函数生成，并重新签署。",
    ),
    "ledger.not_sealable": (
        "A {kind} record cannot keep {seen} private; it can: {expected}. Sign it again with that value shown.",
        "{kind} 类记录不能密封 {seen}；可密封的有：{expected}。请公开该值后重新签署。",
    ),
    "ledger.no_draft": (
        "What is appended are drafts, but here is a {seen}: make them with trustledger.origin(…) and the like, or with Kinds.draft(row).",
        "追加的内容应为草稿（Draft），此处却是 {seen}：请用 trustledger.origin(…) 等函数或 Kinds.draft(row) 生成。",
    ),
    "ledger.draft_field": (
        "A draft’s {at} is of type {expected}, but here of type {seen}: make drafts with trustledger.origin(…) and the like, or with Kinds.draft(row).",
        "草稿的 {at} 应为 {expected} 类型，此处却是 {seen}：请用 trustledger.origin(…) 等函数或 Kinds.draft(row) 生成草稿。",
    ),
    "ledger.salt_missing": (
        "A {seen} record needs a salt of 16 random bytes, since its content could be guessed from its hash: sign it again.",
        "{seen} 类记录需要 16 个随机字节的盐，否则可由哈希猜出内容：请重新签署。",
    ),
    "ledger.correction_form": (
        "A correction names what it corrects as supersedes: {{entry, position, record}}; seen {seen}. `trustledger show` prints it.",
        "更正须以 supersedes: {{entry, position, record}} 指明被更正的记录；实际为 {seen}。`trustledger show` 会给出它。",
    ),
    "ledger.corrects_nothing": (
        "Record {position} corrects {ref}, but no record stands there. `trustledger show` prints the place of a record.",
        "第 {position} 条更正的是 {ref}，但那里没有记录。可用 `trustledger show` 查看记录的位置。",
    ),
    "ledger.corrects_other": (
        "Record {position} corrects {ref} by the hash {seen}, but the record there has the hash {expected}: copy both from `trustledger show`.",
        "第 {position} 条以哈希 {seen} 更正 {ref}，但该处记录的哈希为 {expected}：请从 `trustledger show` 一并复制。",
    ),
    "ledger.corrects_others_word": (
        "Record {position} by {seen} corrects {ref}, which {expected} signed: only who said a thing can correct it.",
        "第 {position} 条由 {seen} 更正 {ref}，而该记录由 {expected} 签署：谁说的话由谁更正。",
    ),
    "ledger.corrects_elsewhere": (
        "Record {position} corrects {ref}, which is not about {seen}: a correction stands on the subject of what it corrects.",
        "第 {position} 条更正 {ref}，但该记录与 {seen} 无关：更正的主体须与被更正的记录相同。",
    ),
    "ledger.opening_differs": (
        "The opening given for the sealed value at {pointer} does not open it: use the file made together with the statement.",
        "为 {pointer} 处密封值提供的开启材料打不开它：请使用与该声明一同生成的文件。",
    ),
    "ledger.erased_differs": (
        "Record {position} has the business key of {ref}, whose content was erased and was another: append a correction of {ref} if this is to stand.",
        "第 {position} 条与 {ref} 的业务键相同，后者内容已被抹去且与此不同：若要以此为准，请对 {ref} 提交更正记录。",
    ),
    "ledger.correction_not_withheld": (
        "{ref} is a correction: erased, it would let what it corrected read as if it stood. Erase the corrected record, and seal what is private in a new correction.",
        "{ref} 是更正记录：若将其抹去，被更正的内容会显得仍然有效。请抹去被更正的记录，并在新的更正中密封私密内容。",
    ),
}
