"""Sentences about the format itself (values, subjects, records, statements, entries, authority): code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Values: canonical MessagePack, decimals, times
    "encoding.float": (
        '{at} holds the floating-point number {seen}, which cannot be stored exactly: write a measurement as text, such as "0.012", and money as a whole number of minor units.',
        '{at} 处是浮点数 {seen}，无法精确保存：测量值请写成文本，例如 "0.012"；金额请写成最小货币单位的整数。',
    ),
    "encoding.int_range": (
        "{at} holds the whole number {seen}: only numbers from -(2^53 - 1) to 2^53 - 1 are exact everywhere. Write a larger one as text.",
        "{at} 处是整数 {seen}：只允许 -(2^53 - 1) 到 2^53 - 1，以便在任何语言中都精确。更大的数请写成文本。",
    ),
    "encoding.type": (
        "{at} holds a value of type {seen}: expected nothing (null), true or false, a whole number, text, bytes, a list or a map.",
        "{at} 处的值类型为 {seen}：应为空值、布尔值、整数、文本、字节、列表或映射。",
    ),
    "encoding.key_type": (
        "The map at {at} has a key of type {seen}: expected text keys only.",
        "{at} 处的映射有一个类型为 {seen} 的键：键只能是文本。",
    ),
    "encoding.surrogate": (
        "The text {seen} is not valid Unicode (it holds half of a surrogate pair): expected text that can be written as UTF-8.",
        "文本 {seen} 不是有效的 Unicode（含有不成对的代理码位）：应为可写成 UTF-8 的文本。",
    ),
    "encoding.too_deep": (
        "{at} is nested deeper than {expected} levels: flatten the value.",
        "{at} 处的嵌套超过 {expected} 层：请减少嵌套。",
    ),
    "encoding.too_large": (
        "It would have {seen} bytes, at most {expected} are allowed: split it, or keep large content in a file and refer to it as evidence.",
        "大小为 {seen} 字节，最多允许 {expected} 字节：请拆分，或把大内容放进文件并作为证据引用。",
    ),
    "encoding.forbidden": (
        "Byte {offset} ({seen}) begins a kind of value that the format does not have (a float, an extension or a reserved byte): the bytes were made by something else, or damaged.",
        "第 {offset} 字节（{seen}）开始了格式中没有的值类型（浮点数、扩展类型或保留字节）：数据由其他程序生成，或已损坏。",
    ),
    "encoding.int_range_at": (
        "The whole number before byte {offset} is {seen}: only numbers from -(2^53 - 1) to 2^53 - 1 are allowed.",
        "第 {offset} 字节之前的整数为 {seen}：只允许 -(2^53 - 1) 到 2^53 - 1。",
    ),
    "encoding.not_shortest": (
        "The number or length {seen} before byte {offset} is not written in its shortest form: one value must have one encoding.",
        "第 {offset} 字节之前的数或长度 {seen} 没有使用最短写法：一个值只能有一种编码。",
    ),
    "encoding.key_order": (
        "The map key “{seen}” before byte {offset} is out of order or stands twice: keys ascend by their UTF-8 bytes, each once.",
        "第 {offset} 字节之前的键“{seen}”顺序不对或重复：键须按 UTF-8 字节升序排列且不重复。",
    ),
    "encoding.key_type_at": (
        "The map key before byte {offset} is not text: expected text keys only.",
        "第 {offset} 字节之前的映射键不是文本：键只能是文本。",
    ),
    "encoding.utf8": (
        "The text before byte {offset} is not valid UTF-8: it is damaged, or was made by something else.",
        "第 {offset} 字节之前的文本不是有效的 UTF-8：数据已损坏，或由其他程序生成。",
    ),
    "encoding.too_deep_at": (
        "The value before byte {offset} is nested deeper than {expected} levels.",
        "第 {offset} 字节之前的值嵌套超过 {expected} 层。",
    ),
    "encoding.truncated": (
        "At byte {offset} {expected} more bytes were expected, but only {seen} are left: the end is missing.",
        "第 {offset} 字节处应还有 {expected} 字节，但只剩 {seen} 字节：末尾缺失。",
    ),
    "encoding.trailing": (
        "The value ends at byte {offset}, but {seen} more bytes follow: expected nothing after it.",
        "值在第 {offset} 字节处结束，但后面还有 {seen} 字节：其后不应有任何内容。",
    ),
    "encoding.decimal": (
        "“{seen}” is not a decimal as the format writes it: expected digits such as 0.012 or -4, at most 40 characters, without exponent, plus sign, leading zeros or a minus before zero.",
        "“{seen}”不符合十进制数写法：应为 0.012 或 -4 这样的数字，最多 40 个字符，不用指数、正号、前导零，零前不加负号。",
    ),
    "encoding.time": (
        "{seen} is not a time: expected whole milliseconds since 1970-01-01T00:00:00Z within the years 1 to 9999.",
        "{seen} 不是有效时间：应为自 1970-01-01T00:00:00Z 起的整毫秒数，限公元 1 年至 9999 年。",
    ),
    "encoding.rfc3339": (
        "“{seen}” is not a time: write date, time and offset, such as 2026-10-05T08:00:00+08:00.",
        "“{seen}”不是有效时间：请写明日期、时间和时差，例如 2026-10-05T08:00:00+08:00。",
    ),
    # Subjects, parties, origins
    "subject.uri": (
        "“{seen}” is not a URI in normal form: expected scheme:rest of 3 to 512 plain characters, lower-case scheme, no “#”, percent-encoding in upper case and only where needed.",
        "“{seen}”不是规范形式的 URI：应为“scheme:其余部分”，3 至 512 个 ASCII 字符，scheme 小写，不含“#”，百分号编码用大写且仅在必要时使用。",
    ),
    "subject.web": (
        "“{seen}” is not a web address in normal form: expected http(s)://host/path with a lower-case host, without user name or empty query, and at least “/” as path.",
        "“{seen}”不是规范形式的网址：应为 http(s)://主机/路径，主机小写，不含用户名或空查询，路径至少为“/”。",
    ),
    "subject.no_path": (
        "“{seen}” is a web address without a path: add a “/” at the end, and write {expected} everywhere.",
        "“{seen}”是没有路径的网址：请在末尾加上“/”，各处统一写作 {expected}。",
    ),
    "subject.port": (
        "“{seen}” names a port it must not: expected 1 to 65535 without leading zero, and none where it is the scheme's own (80, 443).",
        "“{seen}”的端口不符合要求：应为 1 至 65535，无前导零；协议默认端口（80、443）须省略。",
    ),
    "subject.dot_segment": (
        "“{seen}” has a “.” or “..” step in its path: write the path it leads to.",
        "“{seen}”的路径含有“.”或“..”：请写出其最终路径。",
    ),
    "subject.gs1": (
        "“{seen}” is not a GS1 Digital Link in normal form: expected https://id.gs1.org/AI/value pairs without port or query, and 14 digits after 01.",
        "“{seen}”不是规范形式的 GS1 Digital Link：应为 https://id.gs1.org/ 加成对的 AI/值，无端口和查询，01 之后为 14 位数字。",
    ),
    "subject.party": (
        "“{seen}” cannot name a party: expected a URI in normal form of at most 255 bytes, without “+” and not of scheme trustledger.",
        "“{seen}”不能作为参与方名称：应为规范形式的 URI，最多 255 字节，不含“+”，且 scheme 不是 trustledger。",
    ),
    "subject.origin": (
        "“{seen}” cannot name a ledger: expected 1 to 255 plain characters without spaces or “+”, such as shop.example/ledger.",
        "“{seen}”不能作为账本来源名：应为 1 至 255 个 ASCII 字符，不含空格和“+”，例如 shop.example/ledger。",
    ),
    # Records
    "record.shape": (
        "These bytes are not a record of any version (seen: {seen}): expected an array that begins with version, kind, time and subjects, and has 8 elements in version 1.",
        "这些字节不是任何版本的记录（所见：{seen}）：应为以版本、种类、时间、主体开头的数组，版本 1 有 8 个元素。",
    ),
    "record.kind": (
        "“{seen}” is not the name of a kind: expected 1 to 64 characters a-z, 0-9, “_”, “.”, “-”, a letter first.",
        "“{seen}”不是有效的种类名：应为 1 至 64 个字符（a-z、0-9、“_”、“.”、“-”），以字母开头。",
    ),
    "record.subject_count": (
        "The record names {seen} subjects: expected 1 to {expected}. Make several records of it.",
        "记录有 {seen} 个主体：应为 1 至 {expected} 个。请拆分为多条记录。",
    ),
    "record.subject_order": (
        "The record's subjects are out of order or stand twice ({seen}): the first is what it is about, the others ascend by their bytes, all different.",
        "记录的主体顺序不对或重复（{seen}）：第一个是记录的对象，其余按字节升序排列，互不相同。",
    ),
    "record.salt": (
        "The record's salt is not 16 bytes, nor empty (seen: {seen}).",
        "记录的盐值既不是 16 字节，也不为空（所见：{seen}）。",
    ),
    "record.withheld": (
        "The stand-in of a withheld record is malformed (seen: {seen}): expected [0, hash, [1 to 256 different subject hashes]].",
        "被隐去记录的替代形式不正确（所见：{seen}）：应为 [0, 哈希, [1 至 256 个互不相同的主体哈希]]。",
    ),
    "record.evidence": (
        "Evidence “{seen}” is malformed: expected exactly media_type, name (at most 255 bytes, without / or \\), sha256 (32 bytes) and size (0 or more).",
        "证据“{seen}”格式不正确：应恰有 media_type、name（最多 255 字节，不含 / 或 \\）、sha256（32 字节）和 size（不小于 0）。",
    ),
    "record.pointer": (
        "“{seen}” is not a JSON Pointer: expected steps after “/”, such as /results/0/value, with “~0” for “~” and “~1” for “/”.",
        "“{seen}”不是 JSON Pointer：每一步以“/”开头，例如 /results/0/value；“~”写作“~0”，“/”写作“~1”。",
    ),
    "record.commitment": (
        "The seal at {at} does not hold a commitment of 32 bytes.",
        "{at} 处的封存值不是 32 字节的承诺。",
    ),
    "record.sealed_place": (
        "Nothing can be sealed at {at}: expected a map key that is absent from data, in a map that is there and not itself sealed.",
        "{at} 处无法封存：应为 data 中已有且未被封存的映射里尚不存在的键。",
    ),
    "record.newer": (
        "The record is of version {seen}; this program reads version {expected}. Its place and signature can be checked, its content cannot: update TrustLedger.",
        "记录版本为 {seen}，本程序只能读取版本 {expected}。其位置和签名可以核验，内容无法核验：请升级 TrustLedger。",
    ),
    # Statements
    "statement.newer": (
        "The statement begins with “{seen}”: it was made by a newer version of TrustLedger. Update to read it.",
        "声明以“{seen}”开头：由更新版本的 TrustLedger 生成。请升级后读取。",
    ),
    "statement.text": (
        "The statement's text is not what the format asks for: expected its lines in their order, each once, numbers without sign or leading zeros, base64 of the right length.",
        "声明正文不符合格式：各行须按规定顺序出现且仅一次，数字无符号、无前导零，base64 长度正确。",
    ),
    "statement.cosigners": (
        "The other signers ({seen}) are out of order, too many, or name the party itself: expected at most 15 different parties, ascending.",
        "其他签署方（{seen}）顺序不对、过多或包含声明方自己：应为最多 15 个互不相同的参与方，升序排列。",
    ),
    "statement.time": (
        "The statement's time is {seen}: expected milliseconds since 1970-01-01T00:00:00Z, from 0 to 253402300799999.",
        "声明时间为 {seen}：应为自 1970-01-01T00:00:00Z 起的毫秒数，0 至 253402300799999。",
    ),
    "statement.records": (
        "A statement holds 1 to {expected} records; this one would hold {seen}.",
        "一份声明含 1 至 {expected} 条记录；此处为 {seen} 条。",
    ),
    "statement.seen_size": (
        "The checkpoint named in the statement has size {seen}: expected at least 1 and less than 2^63.",
        "声明中引用的检查点大小为 {seen}：应至少为 1，小于 2^63。",
    ),
    "statement.line_order": (
        "The signature lines are out of order, or one stands twice: expected ascending by name and key ID.",
        "签名行顺序不对或重复：应按名称和密钥 ID 升序排列。",
    ),
    "statement.stranger": (
        "The statement carries a signature line of {seen}, who is not among its signers: only the party and the parties in its “with” lines may sign.",
        "声明带有 {seen} 的签名行，但其不在签署方之列：只有声明方和 “with” 行中的参与方可以签名。",
    ),
    "statement.key_not_active": (
        "{seen} signed with key {key}, which is not an active key of theirs at this place of the log: use an enrolled key, or enrol this one first.",
        "{seen} 使用密钥 {key} 签名，但该密钥在日志此处不是其有效密钥：请使用已登记的密钥，或先登记此密钥。",
    ),
    "statement.unsigned": (
        "{seen} has to sign this statement, but there is no Ed25519 signature of theirs.",
        "{seen} 必须签署此声明，但没有其 Ed25519 签名。",
    ),
    "statement.signer_missing": (
        "The statement names signers whose keys were not given: {seen}.",
        "声明列出的签署方缺少密钥：{seen}。",
    ),
    "statement.join": (
        "The two signed files hold different statements: signatures can be joined only over the same text.",
        "两个签名文件的声明不同：只有正文相同才能合并签名。",
    ),
    # Chains and entries
    "chain.head_index": (
        "The head index is malformed: expected the number of chains and a root of 32 bytes.",
        "链头索引格式不正确：应为链的数量和 32 字节的根。",
    ),
    "log.shape": (
        "These bytes are not an entry of the log (seen: {seen}): expected a statement's entry of 5 elements or an annotation of 3.",
        "这些字节不是日志条目（所见：{seen}）：应为 5 个元素的声明条目，或 3 个元素的注记。",
    ),
    "log.links": (
        "An entry adds 1 to {expected} links to chains; this one names {seen}. Split the batch.",
        "一个条目可增加 1 至 {expected} 个链环；此处为 {seen}。请拆分批次。",
    ),
    "log.newer": (
        "The entry is of version {seen}, made by a newer version of TrustLedger: it is not broken, but cannot be checked here. Update TrustLedger.",
        "条目版本为 {seen}，由更新版本的 TrustLedger 生成：并非损坏，但此处无法核验。请升级 TrustLedger。",
    ),
    "log.too_large": (
        "The entry would have {seen} bytes, at most 65535 are allowed.",
        "条目大小为 {seen} 字节，最多允许 65535 字节。",
    ),
    # Authority: parties, keys, genesis
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
        "{seen} would have more than {expected} keys, which is the most a party may ever have.",
        "{seen} 的密钥将超过 {expected} 个，这是每个参与方的上限。",
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
        "The key {seen} was revoked in entry {entry}: a revocation is never changed or taken back.",
        "密钥 {seen} 已在条目 {entry} 吊销：吊销不可更改或撤回。",
    ),
    "authority.since_outside": (
        "The key is said to be compromised since {seen} (ms): expected a time within its life here, from {first} (its enrolment) to {last} (this entry).",
        "声称密钥自 {seen}（毫秒）起泄露：应在其登记时间 {first} 与本条目时间 {last} 之间。",
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
        "The revocation reaches back to {seen} (ms), further than {first}, which is as far as a party may go alone: let the operator, {expected}, sign it.",
        "吊销追溯到 {seen}（毫秒），早于参与方可自行追溯的 {first}：请由运营方 {expected} 签署。",
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
    "statement.threshold": (
        "{party} signed with {seen} of its keys, {expected} are needed: let the others sign too.",
        "{party} 只用 {seen} 个密钥签署，需要 {expected} 个：请让其余密钥一并签署。",
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
