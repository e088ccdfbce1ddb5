"""Sentences about who may say what (parties, roles, keys, the ledger's own records, entry 0): code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "authority.reserved_subject": (
        "Record {position} names {seen}: subjects of scheme trustledger are the ledger's own, and only its authority kinds may name them.",
        "第 {position} 条记录使用了 {seen}：scheme 为 trustledger 的主体归账本自身所有，只有授权类记录可以使用。",
    ),
    "authority.subject": (
        "A party record stands on exactly one subject, trustledger:party/ and the party's URI; this one stands on {seen}.",
        "参与方记录只能有一个主体：trustledger:party/ 加参与方 URI；此处为 {seen}。",
    ),
    "authority.not_operator": (
        "Only the operator, {expected}, enrols parties and changes them; this was signed by {seen}.",
        "只有运营方 {expected} 可以登记或更改参与方；此处由 {seen} 签署。",
    ),
    "authority.one_operator": (
        "{seen} cannot have the role of operator: a ledger has one operator, {expected}, for good.",
        "{seen} 不能担任运营方：账本只有一个运营方 {expected}，不可更改。",
    ),
    "authority.newer_field": (
        "The authority record has the fields {seen}, which this version does not know and must not ignore: update TrustLedger.",
        "授权记录含有本版本不认识、也不能忽略的字段 {seen}：请升级 TrustLedger。",
    ),
    "authority.no_key": (
        "{seen} is not enrolled yet: its first record must bring a key. Give its public key note (the .pub file).",
        "{seen} 尚未登记：首条登记记录必须带有密钥。请提供其公钥文件（.pub）。",
    ),
    "authority.too_many_keys": (
        "{seen} would have more than {expected} keys in all, revoked ones included, which is the most that this signature may bring it to. For a party the operator may enrol more, for the operator its recovery key.",
        "{seen} 的密钥（含已吊销的）将超过 {expected} 个，这是此签名所能达到的上限。参与方的更多密钥须由运营方登记，运营方的更多密钥须由其恢复密钥登记。",
    ),
    "authority.keys": (
        "The field “keys” holds a {seen}: expected a list of self-signed key notes, each a text.",
        "字段 “keys” 的类型是 {seen}：应为自签名公钥文本的列表。",
    ),
    "authority.key_note": (
        "“{seen}” is not a self-signed key note: expected trustledger/key@v1, one key, and one signature line by that key.",
        "“{seen}”不是自签名的公钥文件：应含 trustledger/key@v1、一个密钥和该密钥的一行签名。",
    ),
    "authority.key_name": (
        "The key note is in the name of {seen}, but would be enrolled for {expected}: make the key for the right party.",
        "公钥文件属于 {seen}，却要登记给 {expected}：请为正确的参与方生成密钥。",
    ),
    "authority.key_twice": (
        "The same key of {seen} stands twice in one record.",
        "{seen} 的同一密钥在一条记录中出现两次。",
    ),
    "authority.key_enrolled": (
        "The key {seen} is enrolled already, for {holder}: a key is enrolled once in a ledger and never again. Make a new one.",
        "密钥 {seen} 已登记给 {holder}：一个密钥在账本中只能登记一次。请生成新密钥。",
    ),
    "authority.log_key": (
        "{seen} is a key of the log: a log key is no party's key. Make another one.",
        "{seen} 是日志密钥：日志密钥不能作为参与方密钥。请另行生成。",
    ),
    "authority.name": (
        "“{seen}” is not a name: expected 1 to 255 printable characters.",
        "“{seen}”不是有效名称：应为 1 至 255 个可显示字符。",
    ),
    "authority.roles": (
        "The field “roles” holds a {seen}: expected a list of role names.",
        "字段 “roles” 的类型是 {seen}：应为角色名列表。",
    ),
    "authority.role": (
        "“{seen}” is not a role: expected one of {expected}.",
        "“{seen}”不是有效角色：应为 {expected} 之一。",
    ),
    "authority.role_order": (
        "The roles {seen} are out of order, or one stands twice: expected them ascending, each once.",
        "角色 {seen} 顺序不对或重复：应升序排列，互不相同。",
    ),
    "authority.operator_limited": (
        "{seen} is the operator: it keeps its role, is never suspended and has no scopes, or nobody could set the ledger right.",
        "{seen} 是运营方：其角色不可撤去，不可停用，也不可限定范围，否则无人能纠正账本。",
    ),
    "authority.unknown_party": (
        "{seen} is not enrolled, so its keys cannot change: enrol it with a “party” record first.",
        "{seen} 尚未登记，无法更改其密钥：请先用 “party” 记录登记。",
    ),
    "authority.no_change": (
        "The key record about {seen} neither brings a key nor revokes one: say at least one of both.",
        "关于 {seen} 的密钥记录既没有新密钥也没有吊销：至少须有其一。",
    ),
    "authority.more_keys": (
        "{party} brings {seen} new keys and revokes {expected}: without the operator it may only exchange keys, not add to them. Revoke an old key in the same record, or let the operator sign.",
        "{party} 新增 {seen} 个密钥而只吊销 {expected} 个：没有运营方签名时只能换钥，不能增加。请在同一记录中吊销旧密钥，或由运营方签署。",
    ),
    "authority.not_its_key": (
        "Only {expected} itself or the operator may change its keys; this was signed by {seen}.",
        "只有 {expected} 本身或运营方可以更改其密钥；此处由 {seen} 签署。",
    ),
    "authority.last_keys": (
        "{party} is the operator and would have {seen} active keys where {expected} must sign, and no recovery key: nobody could bring it back. Enrol another key in the same record, or before.",
        "{party} 是运营方，此后只剩 {seen} 个有效密钥（需 {expected} 个签署），且没有恢复密钥：再无人能恢复。请在同一记录中或事先登记新密钥。",
    ),
    "authority.recovery_needed": (
        "Recovery keys of {seen} come and go by a recovery key alone: sign with one.",
        "{seen} 的恢复密钥只能用恢复密钥更换：请用恢复密钥签署。",
    ),
    "authority.recovery_later": (
        "{seen} cannot name recovery keys here: they are enrolled in entry 0, and later only by a “key” record that a recovery key signs.",
        "{seen} 不能在此指定恢复密钥：恢复密钥在条目 0 登记，其后只能由恢复密钥签署的 “key” 记录更换。",
    ),
    "authority.recovery_operator": (
        "{seen} cannot have a recovery key: only the operator, {expected}, has one. The operator can give any other party new keys.",
        "{seen} 不能有恢复密钥：只有运营方 {expected} 才有。其他参与方可由运营方换发新密钥。",
    ),
    "authority.recovery_only": (
        "The statement is signed for {seen} by a recovery key alone, which may only change the keys of {seen} and of the log: sign everything else with an ordinary key.",
        "该声明仅由 {seen} 的恢复密钥签署；恢复密钥只能更换 {seen} 的密钥和日志密钥，其他内容请用普通密钥签署。",
    ),
    "authority.recovery": (
        "The field “recovery” ({seen}) does not list keys that this record enrols: expected at least one of their vkeys, each once, Ed25519.",
        "字段 “recovery”（{seen}）所列不是本记录登记的密钥：应至少列出其中一个 Ed25519 密钥的 vkey，且不重复。",
    ),
    "authority.key_unknown": (
        "{seen} is not a key of {party}: look up its keys with “trustledger party show”.",
        "{seen} 不是 {party} 的密钥：可用 “trustledger party show” 查看其密钥。",
    ),
    "authority.key_revoked": (
        "The key {seen} was revoked in entry {entry}: a revocation is never taken back. All that can be said later is that it was compromised, or earlier than was said.",
        "密钥 {seen} 已在条目 {entry} 吊销：吊销不可撤回。此后只能声明它已泄露，或泄露时间早于原先所述。",
    ),
    "authority.since_outside": (
        "The key is said to be compromised since {seen}: expected a time within its life here, from {first} (its enrolment) to {last} (this entry).",
        "声称密钥自 {seen} 起泄露：应在其登记时间 {first} 与本条目时间 {last} 之间。",
    ),
    "authority.since": (
        "A key that is {seen} has no “since”: only what was signed with a compromised key is doubted.",
        "原因为 {seen} 的密钥不应有 “since”：只有泄露的密钥才会使此前的签名存疑。",
    ),
    "authority.reason": (
        "“{seen}” is not a reason for a revocation: expected one of {expected}.",
        "“{seen}”不是吊销原因：应为 {expected} 之一。",
    ),
    "authority.reach": (
        "The revocation reaches back to {seen}, further than {first}, which is as far as a party may go alone: let the operator, {expected}, sign it.",
        "吊销追溯到 {seen}，早于参与方可自行追溯的 {first}：请由运营方 {expected} 签署。",
    ),
    "authority.guest_known": (
        "The guest {seen} is enrolled already: every order gives its buyer a fresh urn:uuid and a fresh key.",
        "访客 {seen} 已登记：每个订单都应给买家新的 urn:uuid 和新的密钥。",
    ),
    "authority.guest_name": (
        "“{seen}” is no name for a guest: expected urn:uuid: and a random UUID in lower case, never a person's name or number.",
        "“{seen}”不能作为访客名称：应为 urn:uuid: 加小写随机 UUID，不得使用人的姓名或号码。",
    ),
    "authority.guest_key": (
        "The order that enrols the guest {seen} must bring exactly one Ed25519 key, as a self-signed note in “keys”.",
        "登记访客 {seen} 的订单须在 “keys” 中带有且只带有一个自签名的 Ed25519 公钥。",
    ),
    "authority.guest_subject": (
        "The order names {seen}: expected exactly one trustledger:party/urn:uuid:… beside what it is about, or none if no buyer gets a key.",
        "订单使用了 {seen}：除其主体外应恰有一个 trustledger:party/urn:uuid:…；买家不领密钥时则没有。",
    ),
    "authority.guest_fixed": (
        "{seen} is a guest: what it may sign was fixed by its order and does not change. It can only be suspended, and its key revoked.",
        "{seen} 是访客：其签署范围由订单确定，不可更改；只能停用或吊销其密钥。",
    ),
    "authority.custody": (
        "The record says who holds keys ({seen}), but brings none: custody is declared when a key is enrolled.",
        "记录声明由 {seen} 保管密钥，却没有登记密钥：保管方须在登记密钥时声明。",
    ),
    "authority.threshold": (
        "The threshold {seen} is not a number of keys: expected 1 to {expected}.",
        "门限 {seen} 不是有效的密钥数：应为 1 至 {expected}。",
    ),
    "authority.threshold_keys": (
        "{party} would need {seen} signatures but has {expected} active keys: enrol the keys first.",
        "{party} 需要 {seen} 个签名，却只有 {expected} 个有效密钥：请先登记密钥。",
    ),
    "authority.field_missing": (
        "The field “{field}” lacks “{seen}”.",
        "字段 “{field}” 缺少 “{seen}”。",
    ),
    "authority.identity": (
        "“{seen}” is not a registered identity: expected a scheme such as uscc, lei or vat, and its number in digits and capital letters without spaces.",
        "“{seen}”不是有效的注册身份：应为 uscc、lei、vat 等类别，以及由数字和大写字母组成、不含空格的号码。",
    ),
    "authority.order": (
        "The field “{field}” is out of order, or something in it stands twice: expected ascending order, each once.",
        "字段 “{field}” 顺序不对或有重复：应升序排列，互不相同。",
    ),
    "authority.list": (
        "The field “{field}” is not a list as expected: {least} to {expected} members of one sort.",
        "字段 “{field}” 不是所需的列表：应有 {least} 至 {expected} 个同类成员。",
    ),
    "authority.period": (
        "The time {seen} in “{field}” is not right: expected whole milliseconds since 1970-01-01T00:00:00Z, “since” before “until”.",
        "“{field}” 中的时间 {seen} 不正确：应为 1970-01-01T00:00:00Z 起的整毫秒数，“since” 早于 “until”。",
    ),
    "authority.subject_prefix": (
        "“{seen}” is no beginning of a subject: expected 1 to 512 ASCII characters, such as https://id.gs1.org/01/0690.",
        "“{seen}”不是主体的前缀：应为 1 至 512 个 ASCII 字符，例如 https://id.gs1.org/01/0690。",
    ),
    "authority.log_key_retired": (
        "{seen} signed for this log once and was retired: make a new key.",
        "{seen} 曾是本日志的密钥，已退役：请生成新密钥。",
    ),
    "authority.policy": (
        "A policy record holds exactly “sha256” (bytes) and “toml” (text); this one holds {seen}.",
        "策略记录应恰含 “sha256”（字节）和 “toml”（文本）；此处为 {seen}。",
    ),
    "authority.policy_hash": (
        "The policy's text has the SHA-256 {expected}, but the record says {seen}.",
        "策略文本的 SHA-256 为 {expected}，记录所写却是 {seen}。",
    ),
    "genesis.shape": (
        "Entry 0 has {seen} records: expected a statement with exactly two, the ledger's and the operator's.",
        "条目 0 有 {seen} 条记录：应为恰含两条记录（账本记录和运营方记录）的声明。",
    ),
    "genesis.ledger_record": (
        "The first record of entry 0 is not the ledger's (seen: {seen}): expected kind “ledger” on trustledger:ledger with exactly format, log_keys, operator and origin.",
        "条目 0 的第一条记录不是账本记录（所见：{seen}）：应为 trustledger:ledger 上的 “ledger” 记录，恰含 format、log_keys、operator 和 origin。",
    ),
    "genesis.newer": (
        "The ledger has format {seen}; this program knows format {expected}. Update TrustLedger.",
        "账本格式为 {seen}，本程序只支持格式 {expected}。请升级 TrustLedger。",
    ),
    "genesis.log_keys": (
        "The ledger's log keys are not right ({seen}): expected one or more different Ed25519 keys named as the ledger's origin.",
        "账本的日志密钥不正确（{seen}）：应为一个或多个互不相同、以账本来源命名的 Ed25519 密钥。",
    ),
    "genesis.operator": (
        "The second record of entry 0 does not enrol and empower the operator {expected} (seen: {seen}): expected kind “party” on its subject, with the role operator and the key that signs entry 0.",
        "条目 0 的第二条记录没有登记运营方 {expected}（所见：{seen}）：应为其主体上的 “party” 记录，含角色 operator 和签署条目 0 的密钥。",
    ),
    "genesis.statement": (
        "The statement of entry 0 (by {seen}) is not exactly the operator's over its two records: expected zero genesis, no “with” and no “seen” line, and the right root.",
        "条目 0 的声明（{seen}）不是运营方对两条记录的声明：genesis 应为零，无 “with” 和 “seen” 行，根须正确。",
    ),
    "genesis.links": (
        "The links of entry 0 are not those of its two records: the ledger was not made by this format's rules, or was changed.",
        "条目 0 的链环与其两条记录不符：账本并非按本格式建立，或已被更改。",
    ),
}
