"""Sentences of this room: code → (English, Chinese)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "kinds.row": (
        "What is wrong with this {kind} record ({count}):",
        "此 {kind} 记录有 {count} 处错误：",
    ),
    "kinds.unknown": (
        "{at}: there is no kind {seen}; known: {expected}.",
        "{at}：没有名为 {seen} 的记录类型；可用：{expected}。",
    ),
    "kinds.name": (
        "{seen} is not a name for a kind: use 1 to 64 of a-z 0-9 _ . -, beginning with a letter.",
        "{seen} 不能作为记录类型的名称：请用 1 至 64 个 a-z 0-9 _ . - 字符，以字母开头。",
    ),
    "kinds.own_name": (
        (
            "A kind of your own needs a dot in its name, such as shop.{seen}; names without "
            "one belong to the project."
        ),
        "自定义记录类型的名称须含点号，例如 shop.{seen}；不含点号的名称由本项目保留。",
    ),
    "kinds.registered": (
        "The kind {seen} is registered already; choose another name.",
        "记录类型 {seen} 已注册；请换一个名称。",
    ),
    "kinds.key_sealable": (
        (
            "{seen} is part of the business key of {kind} (or of any event), so it cannot be "
            "sealable; remove one of the two."
        ),
        "{seen} 属于 {kind}（或任何事件）的业务主键，不能设为可密封；请去掉其中之一。",
    ),
    "kinds.model_float": (
        (
            "The model's field {at} is a float, and floats are never signed; use "
            "DecimalText, or an int of minor units."
        ),
        "模型字段 {at} 为浮点数，而浮点数不可签名；请用 DecimalText，或以最小单位计的整数。",
    ),
    "kinds.model_validator": (
        (
            "The model at {at} has a model validator or root value, which is not run here; "
            "write the rule as a classmethod check."
        ),
        "{at} 处的模型含有模型级校验器或根值，此处不会执行；请把规则写成类方法 check。",
    ),
    "kinds.missing": (
        "{at}: missing; this field is required.",
        "{at}：缺失；此字段必填。",
    ),
    "kinds.unknown_field": (
        "{at}: there is no field {seen} here; did you mean {expected}?",
        "{at}：此处没有字段 {seen}；是否指 {expected}？",
    ),
    "kinds.invalid": (
        "{at}: {seen} is not allowed; the kind's own rule says: “{expected}”.",
        "{at}：不接受 {seen}；该类型自己的规则为：“{expected}”。",
    ),
    "kinds.choice": (
        "{at}: {seen} is none of the choices; write {expected}.",
        "{at}：{seen} 不在可选值之内；请写 {expected}。",
    ),
    "kinds.bool": (
        "{at}: {seen} is not true or false; write true or false without quotes.",
        "{at}：{seen} 不是布尔值；请写 true 或 false，不加引号。",
    ),
    "kinds.int": (
        "{at}: {seen} is not a whole number; write digits without quotes or a point.",
        "{at}：{seen} 不是整数；请只写数字，不加引号和小数点。",
    ),
    "kinds.int_range": (
        "{at}: {seen} is out of range; the limit is {expected}.",
        "{at}：{seen} 超出范围；界限为 {expected}。",
    ),
    "kinds.list": (
        "{at}: {seen} is not a list; write it in square brackets, even a single item.",
        "{at}：{seen} 不是列表；即使只有一项也请写在方括号内。",
    ),
    "kinds.map": (
        "{at}: {seen} is not a map of fields; write it in braces.",
        "{at}：{seen} 不是字段映射；请写在花括号内。",
    ),
    "kinds.too_few": (
        "{at}: {seen} items are too few; give at least {expected}.",
        "{at}：{seen} 项太少；至少需要 {expected} 项。",
    ),
    "kinds.too_many": (
        "{at}: {seen} items are too many for one record; split it, the limit is {expected}.",
        "{at}：{seen} 项超出单条记录的上限 {expected}；请拆分。",
    ),
    "kinds.float": (
        (
            "{at}: {seen} is a float, which cannot be signed exactly; write {expected} in "
            "quotes, or Decimal({expected})."
        ),
        "{at}：{seen} 是浮点数，无法精确签名；请写成带引号的 {expected}，或 Decimal({expected})。",
    ),
    "kinds.decimal": (
        (
            "{at}: {seen} is not a plain decimal; write it like 0.012 or -18, without "
            "spaces, separators, plus or exponent."
        ),
        "{at}：{seen} 不是普通十进制数；请写成 0.012 或 -18 的形式，不含空格、千分位、加号或指数。",
    ),
    "kinds.decimal_long": (
        "{at}: {seen} has too many digits; at most {expected} characters.",
        "{at}：{seen} 位数过多；最多 {expected} 个字符。",
    ),
    "kinds.minus_zero": (
        "{at}: {seen} is zero with a minus; write it without the minus.",
        "{at}：{seen} 是带负号的零；请去掉负号。",
    ),
    "kinds.negative": (
        "{at}: {seen} is negative, but a quantity is 0 or more.",
        "{at}：{seen} 为负数，而数量应为 0 或以上。",
    ),
    "kinds.text": (
        "{at}: {seen} is not a text; write it in quotes.",
        "{at}：{seen} 不是文本；请加引号。",
    ),
    "kinds.text_empty": (
        "{at}: the text is empty; leave the field out instead.",
        "{at}：文本为空；请省略该字段。",
    ),
    "kinds.text_long": (
        (
            "{at}: the text has {seen} characters; at most {expected} are allowed. Attach "
            "longer ones as evidence."
        ),
        "{at}：文本有 {seen} 个字符，最多允许 {expected} 个；更长的内容请作为证据文件附上。",
    ),
    "kinds.text_control": (
        "{at}: the text contains the control or invisible character {seen}; remove it: {expected}",
        "{at}：文本含有控制字符或不可见字符 {seen}；请删除：{expected}",
    ),
    "kinds.date": (
        "{at}: {seen} is not a date; write 2026-10-05, or 2026-10-05T08:00:00+08:00.",
        "{at}：{seen} 不是日期；请写成 2026-10-05 或 2026-10-05T08:00:00+08:00。",
    ),
    "kinds.time": (
        (
            "{at}: {seen} is not a time; write 2026-10-05T08:00:00+08:00, or milliseconds "
            "since 1970 as a whole number."
        ),
        "{at}：{seen} 不是时间；请写成 2026-10-05T08:00:00+08:00，或自 1970 年起的整数毫秒。",
    ),
    "kinds.time_naive": (
        (
            "{at}: {seen} has no time zone, so it is no moment; add the offset, such as "
            "+08:00 (in Python: tzinfo)."
        ),
        "{at}：{seen} 没有时区，无法确定时刻；请加上时差，例如 +08:00（在 Python 中设置 tzinfo）。",
    ),
    "kinds.money": (
        "{at}: {seen} is not an amount in minor units; write a whole number, such as 1999 for 19.99.",
        "{at}：{seen} 不是以最小货币单位计的金额；请写整数，例如 19.99 写作 1999。",
    ),
    "kinds.price": (
        "{at}: money is counted in minor units; for {seen} {currency} write {expected}.",
        "{at}：金额以最小货币单位（如分）计；{seen} {currency} 请写 {expected}。",
    ),
    "kinds.currency": (
        "{at}: {seen} is not a currency code in use; write its ISO 4217 code, such as CNY.",
        "{at}：{seen} 不是现行货币代码；请写 ISO 4217 代码，例如 CNY。",
    ),
    "kinds.digest": (
        "{at}: {seen} is not a SHA-256; write its 64 lower-case hex digits.",
        "{at}：{seen} 不是 SHA-256；请写 64 位小写十六进制数。",
    ),
    "kinds.names": (
        "{at}: names are a map of language to name, at least one, such as zh and en; seen: {seen}.",
        "{at}：名称应为“语言 → 名称”的映射，至少一项，例如 zh 和 en；所见：{seen}。",
    ),
    "kinds.language": (
        "{at}: {seen} is not a language code; write en, zh, zh-Hant and the like (BCP 47).",
        "{at}：{seen} 不是语言代码；请写 en、zh、zh-Hant 等（BCP 47）。",
    ),
    "kinds.free": (
        "{at}: {seen} is not a map.",
        "{at}：{seen} 不是映射。",
    ),
    "kinds.free_type": (
        (
            "{at}: {seen} cannot be signed; use text, whole numbers up to 2^53-1, true, "
            "false, null, lists and maps."
        ),
        "{at}：{seen} 无法签名；请用文本、不超过 2^53-1 的整数、true、false、null、列表和映射。",
    ),
    "kinds.free_depth": (
        "{at}: nested too deeply; at most {expected} levels are allowed here.",
        "{at}：嵌套过深；此处最多 {expected} 层。",
    ),
    "kinds.free_key": (
        "{at}: the key {seen} is not a text; write it in quotes.",
        "{at}：键 {seen} 不是文本；请加引号。",
    ),
    "kinds.free_text": (
        "{at}: {seen} is not valid Unicode (a lone surrogate); remove it.",
        "{at}：{seen} 不是有效的 Unicode（孤立代理项）；请删除。",
    ),
    "kinds.part": (
        "{at}: part {seen} of {expected} cannot be; the number is at most the count.",
        "{at}：共 {expected} 部分，不会有第 {seen} 部分；编号不得大于总数。",
    ),
    "kinds.unit_alone": (
        "{at}: there is a unit {seen} but no quantity; give both or neither.",
        "{at}：有单位 {seen} 却没有数量；请同时给出或都不给。",
    ),
    "kinds.no_value": (
        "{at}: a result needs a value, or not_detected: true with the limit of quantification (loq).",
        "{at}：检验结果须有数值，或写 not_detected: true 并给出定量限（loq）。",
    ),
    "kinds.value_and_not_detected": (
        "{at}: a result cannot have the value {seen} and be not detected; keep one of them.",
        "{at}：结果不能既有数值 {seen} 又为未检出；请保留其一。",
    ),
    "kinds.temperature": (
        "{at}: {seen} is not a unit of temperature; write °C, °F or K.",
        "{at}：{seen} 不是温度单位；请写 °C、°F 或 K。",
    ),
    "kinds.did_not_occur": (
        "{at}: what did not occur has no corrected data; leave data out, or give the reason incorrect_data.",
        "{at}：未发生之事没有更正后的数据；请省略 data，或将原因写为 incorrect_data。",
    ),
    "kinds.report_file": (
        "{at}: a copy of a report needs the report's file; attach it as evidence, or give its SHA-256 here.",
        "{at}：报告转录须有报告文件；请作为证据附上，或在此写出其 SHA-256。",
    ),
    "kinds.reserved": (
        (
            "{at}: {seen} is the ledger's own subject, which only its operator's records may "
            "name; use the party's URI."
        ),
        "{at}：{seen} 是账本自身的主体，仅限运营方的记录使用；请改用该方的 URI。",
    ),
    "kinds.primary": (
        "{at}: {seen} is none of the outputs; leave the subject out, or name {expected} or another output.",
        "{at}：{seen} 不在产出之列；请省略 subject，或写 {expected} 或其他产出。",
    ),
    "kinds.subjects": (
        "{at}: the record names {seen} subjects; at most {expected} fit one record. Split it into several.",
        "{at}：该记录涉及 {seen} 个主体，单条记录最多 {expected} 个；请拆分为多条。",
    ),
    "kinds.order": (
        (
            "{at}: {seen} is not an order; name it by a random UUID of version 4, as urn:uuid:… in lower case, "
            "so that it says nothing about the buyer."
        ),
        "{at}：{seen} 不是订单标识；请用随机生成的第 4 版 UUID（小写 urn:uuid:…），以免透露买家信息。",
    ),
    "kinds.guest_name": (
        (
            "{at}: the buyer's key is named {seen}; make a key named by a random UUID of version 4 (urn:uuid:…), "
            "since a buyer is never named."
        ),
        "{at}：买家密钥的名称为 {seen}；请以随机的第 4 版 UUID（urn:uuid:…）为名生成密钥，买家不得具名。",
    ),
    "kinds.product": (
        "{at}: {seen} is a lot or an item, and here a product is meant; write {expected}.",
        "{at}：{seen} 是批次或单件，而此处应为产品；请写 {expected}。",
    ),
    "kinds.lot_elsewhere": (
        "{at}: {seen} is no lot of the product {expected}; compare both with the label.",
        "{at}：{seen} 不是产品 {expected} 的批次；请与标签核对两者。",
    ),
    "kinds.twice": (
        "{at}: {seen} stands here twice; keep one, or tell the two apart.",
        "{at}：{seen} 在此出现两次；请保留其一，或加以区分。",
    ),
    "kinds.currency_missing": (
        "{at}: there is an amount of money, but no currency; write its ISO 4217 code, such as CNY.",
        "{at}：有金额而无币种；请写 ISO 4217 代码，例如 CNY。",
    ),
    "kinds.promise": (
        (
            "{at}: there is no promise {seen}; known: {expected}. A promise of your own has a dot in its name, "
            "such as shop.gift_wrap."
        ),
        "{at}：没有名为 {seen} 的承诺；可用：{expected}。自定义承诺的名称须含点号，例如 shop.gift_wrap。",
    ),
    "kinds.promise_value": (
        "{at}: the promise {seen} needs a value in {expected}; write how much is promised.",
        "{at}：承诺 {seen} 须有以 {expected} 为单位的数值；请写明承诺多少。",
    ),
    "kinds.promise_unit": (
        "{at}: the promise {promise} is measured in {expected}, not in {seen}; convert it, or leave the unit out.",
        "{at}：承诺 {promise} 以 {expected} 计，而非 {seen}；请换算，或省略单位。",
    ),
    "kinds.score_alone": (
        "{at}: missing; {field} is {seen}, but nobody can compute it again without its policy and its time (as_of).",
        "{at}：缺失；{field} 为 {seen}，但没有所用策略（policy）和截止时间（as_of）便无法重新计算。",
    ),
    "kinds.decision_until": (
        "{at}: a decision that extends says until when, and no other does; this one says {seen}.",
        "{at}：延期（extend）的决定须写明截止时间，其他决定则不写；此决定为 {seen}。",
    ),
    "kinds.seal": (
        "{at}: {seen} cannot be sealed in a record of kind {kind}; these can: {expected}.",
        "{at}：{kind} 记录中 {seen} 不可密封；可密封的有：{expected}。",
    ),
    "kinds.seal_absent": (
        "{at}: there is nothing at {seen} to seal; name a field that is in the data.",
        "{at}：{seen} 处没有可密封的内容；请写数据中已有的字段。",
    ),
    "kinds.seal_overlap": (
        "{at}: {seen} lies within {expected}, which is sealed as a whole, or is named twice; keep one.",
        "{at}：{seen} 位于已整体密封的 {expected} 之内，或重复；请保留其一。",
    ),
    "kinds.seal_list": (
        "{at}: seal is a list of at most {expected} JSON Pointers such as /price; seen: {seen}.",
        "{at}：seal 应为最多 {expected} 个 JSON 指针（如 /price）的列表；所见：{seen}。",
    ),
    "kinds.evidence_list": (
        "{at}: evidence is a list of at most {expected} files; seen: {seen}.",
        "{at}：evidence 应为最多 {expected} 个文件的列表；所见：{seen}。",
    ),
    "kinds.evidence_path": (
        "{at}: {seen} is a path, and no files are read here; give media_type, name, sha256 and size instead.",
        "{at}：{seen} 是路径，而此处不读取文件；请给出 media_type、name、sha256 和 size。",
    ),
    "kinds.evidence": (
        "{at}: evidence has exactly the fields {expected}; seen: {seen}.",
        "{at}：证据须恰好包含字段 {expected}；所见：{seen}。",
    ),
    "kinds.evidence_types": (
        "{at}: media_type and name are texts and size is a whole number from 0; seen: {seen}.",
        "{at}：media_type 与 name 应为文本，size 应为不小于 0 的整数；所见：{seen}。",
    ),
    "kinds.evidence_name": (
        "{at}: {seen} is not a plain file name of at most 255 bytes; leave out the folders.",
        "{at}：{seen} 不是不超过 255 字节的纯文件名；请去掉目录部分。",
    ),
    "units.unknown": (
        "The unit {seen} is not known, and units are never guessed; nearest: {expected}.",
        "未知单位 {seen}，单位从不猜测；相近的有：{expected}。",
    ),
    "units.incomparable": (
        "{seen} and {expected} measure different things and cannot be compared; use units of one kind.",
        "{seen} 与 {expected} 量纲不同，无法比较；请使用同类单位。",
    ),
    "units.table": (
        (
            "The table of units gives {seen} two meanings, one of them {expected}; this is a "
            "fault of the program."
        ),
        "单位表中 {seen} 有两种含义，其一为 {expected}；这是程序缺陷。",
    ),
    "gs1.digits": (
        "{seen} is not made of digits {expected} only; retype the number.",
        "{seen} 含有 {expected} 以外的字符；请重新输入。",
    ),
    "gs1.gtin": (
        "{seen} is not a GTIN; it has 8, 12, 13 or 14 digits. Check for lost leading zeros.",
        "{seen} 不是 GTIN；应为 8、12、13 或 14 位数字。请检查是否丢失了前导零。",
    ),
    "gs1.gln": (
        "{seen} is not a GLN; it has {expected} digits. Check for lost leading zeros.",
        "{seen} 不是 GLN；应为 {expected} 位数字。请检查是否丢失了前导零。",
    ),
    "gs1.sscc": (
        "{seen} is not an SSCC; it has {expected} digits. Check for lost leading zeros.",
        "{seen} 不是 SSCC；应为 {expected} 位数字。请检查是否丢失了前导零。",
    ),
    "gs1.check_digit": (
        (
            "{seen} has a wrong check digit: with these digits it would be {expected}. "
            "Compare it with the label."
        ),
        "{seen} 的校验位有误：按其余数字应为 {expected}。请与标签核对。",
    ),
    "gs1.lot": (
        (
            "{seen} cannot be a GS1 lot or serial number (1 to 20 characters of the GS1 set "
            "82); name it under its party instead."
        ),
        "{seen} 不能作为 GS1 批号或序列号（GS1 字符集 82 中的 1 至 20 个字符）；请改用所属方的批次 URI。",
    ),
    "gs1.own_lot": (
        "{seen} is not a lot number; write printable characters, at least one.",
        "{seen} 不是批号；请写至少一个可打印字符。",
    ),
    "gs1.own_lot_long": (
        "The URI of lot {seen} would be longer than {expected} bytes; use a shorter lot number.",
        "批号 {seen} 的 URI 将超过 {expected} 字节；请用更短的批号。",
    ),
    "gs1.party_query": (
        "Lots cannot be named under {seen}, since this URI has a query; use one without a question mark.",
        "{seen} 含有查询部分，不能在其下命名批次；请用不含问号的 URI。",
    ),
    "gs1.elsewhere": (
        (
            "{seen} is a second name for goods that GS1 names (a Digital Link on another host, or an EPC URN); "
            "write it under {expected}."
        ),
        "{seen} 会成为 GS1 已命名货物的第二个名称（其他域名上的 Digital Link，或 EPC URN）；请改写到 {expected} 之下。",
    ),
    "gs1.key": (
        (
            "{uri}: {seen} is not a primary key of GS1 Digital Link; begin with 01 (GTIN), "
            "00 (SSCC), 414 or 417 (GLN) and the like."
        ),
        "{uri}：{seen} 不是 GS1 Digital Link 的主键；请以 01（GTIN）、00（SSCC）、414 或 417（GLN）等开头。",
    ),
    "gs1.qualifier": (
        (
            "{uri}: the keys {seen} are not allowed in this order; allowed: {expected}, of "
            "which qualifiers may be left out."
        ),
        "{uri}：键的顺序 {seen} 不被允许；允许的顺序为 {expected}，其中限定键可省略。",
    ),
    "gs1.value": (
        "{uri}: {seen} cannot be the value of key {ai} (length or characters); compare it with the label.",
        "{uri}：{seen} 不能作为键 {ai} 的值（长度或字符不符）；请与标签核对。",
    ),
    "gs1.encoding": (
        "{uri}: {seen} must be written {expected}, so that one lot has one spelling.",
        "{uri}：{seen} 须写作 {expected}，以保证同一批次只有一种写法。",
    ),
}
