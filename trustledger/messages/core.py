"""Sentences about the format itself (values, subjects, records, statements, entries): code → (English, Chinese)."""

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
    "statement.threshold": (
        "{party} signed with {seen} of its keys, {expected} are needed: let the others sign too.",
        "{party} 只用 {seen} 个密钥签署，需要 {expected} 个：请让其余密钥一并签署。",
    ),
}
