"""What the registration policy says to people, about its own text and about what it refuses: code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Its text
    "policy.text": (
        "A registration policy is a text, not a {seen}: give the content of a TOML file.",
        "登记规则应为文本，而不是 {seen}：请提供 TOML 文件的内容。",
    ),
    "policy.size": (
        "The registration policy has {seen} bytes or characters: at most {expected} are allowed. Shorten its comments.",
        "登记规则有 {seen} 字节或字符，最多允许 {expected}。请缩短注释。",
    ),
    "policy.long_line": (
        "Line {line} of the registration policy is longer than {expected} characters: break it.",
        "登记规则第 {line} 行超过 {expected} 个字符：请分成多行。",
    ),
    "policy.plain": (
        "Line {line} of the registration policy holds “{seen}”: it uses no control characters, no backslashes and no {{ }} outside comments, because readers of TOML differ about them. Write a table as [name] with one key to a line.",
        "登记规则第 {line} 行含有“{seen}”：注释之外不能使用控制字符、反斜杠和花括号，因为不同的 TOML 程序对它们的理解不同。请用 [名称] 写表，每行一个键。",
    ),
    "policy.toml": (
        "The registration policy is not TOML: {seen}.",
        "登记规则不是有效的 TOML：{seen}。",
    ),
    "policy.newer": (
        "The registration policy is of format {seen}; this program knows format {expected}. Update TrustLedger.",
        "登记规则的格式为 {seen}，本程序只支持格式 {expected}。请升级 TrustLedger。",
    ),
    "policy.format": (
        "The registration policy must say format = {expected} (seen: {seen}).",
        "登记规则中应写 format = {expected}（所见：{seen}）。",
    ),
    "policy.unknown": (
        "The registration policy has the key {at}, which means nothing here: expected one of {expected}. Correct or remove it.",
        "登记规则中的键 {at} 没有意义：此处只能使用 {expected}。请更正或删除。",
    ),
    "policy.dotted": (
        'The registration policy has the table {at}, which means nothing here: a kind expects {expected}. If “{seen}” belongs to the name of a kind, quote the whole name: [kinds."com.example.grading"].',
        '登记规则中的表 {at} 没有意义：记录种类下只能使用 {expected}。如果“{seen}”是种类名的一部分，请给整个名称加引号：[kinds."com.example.grading"]。',
    ),
    "policy.missing": (
        "The registration policy lacks the key {at}: add it.",
        "登记规则缺少键 {at}：请补上。",
    ),
    "policy.value": (
        "In the registration policy, {at} is {seen}: expected {expected}.",
        "登记规则中 {at} 为 {seen}：应为{expected_zh}。",
    ),
    "policy.twice": (
        "In the registration policy, {at} names something twice ({seen}): name each once.",
        "登记规则中 {at} 有重复的名称（{seen}）：每个只写一次。",
    ),
    "policy.role": (
        "In the registration policy, {at} names “{seen}”, which is not a role: expected some of {expected}.",
        "登记规则中 {at} 写有“{seen}”，它不是有效角色：可用的角色有 {expected}。",
    ),
    "policy.kind": (
        "In the registration policy, {at} names “{seen}”, which is not a kind: expected 1 to 64 characters a-z, 0-9, “_”, “.”, “-”, a letter first.",
        "登记规则中 {at} 写有“{seen}”，它不是有效的种类名：应为 1 至 64 个字符（a-z、0-9、“_”、“.”、“-”），以字母开头。",
    ),
    "policy.authority": (
        "In the registration policy, {at} names the kind “{seen}”: who signs it is fixed by the format, no policy rules it. Remove it.",
        "登记规则中 {at} 写有种类“{seen}”：其签署方由格式固定，不受规则约束。请删除。",
    ),
    "policy.never": (
        "In the registration policy, {at} waits for {seen}, and none of these can ever come first: they may not be signed, or wait for each other. Change one of them.",
        "登记规则中 {at} 要求先有 {seen}，但它们都不可能先出现：无人可以签署，或互相等待。请修改其中之一。",
    ),
    # What it refuses
    "policy.behind": (
        "The statement says that it was signed at {seen}, but the ledger would place it at {at}: at most {expected} seconds may lie between. Check the clock of the machine that signed, and sign again.",
        "声明称签署于 {seen}，而账本的登记时间为 {at}：两者最多可相差 {expected} 秒。请检查签署设备的时钟，然后重新签署。",
    ),
    "policy.ahead": (
        "The statement says that it was signed at {seen}, which is still to come: the ledger would place it at {at}, and at most {expected} seconds may lie between. Check the clock of the machine that signed, and sign again.",
        "声明称签署于 {seen}，该时间尚未到来：账本的登记时间为 {at}，最多可提前 {expected} 秒。请检查签署设备的时钟，然后重新签署。",
    ),
    "policy.suspended": (
        "{party} is suspended ({reason}) and may sign nothing: ask the operator.",
        "{party} 已被暂停（{reason}），不能签署任何内容：请联系运营方。",
    ),
    "policy.unlisted": (
        "Record {position} is of kind {kind}, which the registration policy does not list: use a listed kind, or ask the operator to list it.",
        "第 {position} 条记录的种类为 {kind}，登记规则没有列出：请使用已列出的种类，或请运营方将其列入。",
    ),
    "policy.roles": (
        "Record {position}: {party} may not sign {kind}. Its roles are {seen}; expected one of {expected}. Let the right party sign, or ask the operator for the role.",
        "第 {position} 条记录：{party} 不能签署 {kind}。其角色为 {seen}，应有 {expected} 之一。请由合适的参与方签署，或向运营方申请角色。",
    ),
    "policy.signatures": (
        "Record {position}: {kind} must be signed by {expected} different parties, this statement by {seen}. Name another signer, and have it sign the same statement.",
        "第 {position} 条记录：{kind} 须由 {expected} 个不同的参与方签署，此声明只有 {seen} 个。请加上其他签署方，由其签署同一声明。",
    ),
    "policy.cosigner": (
        "Record {position}: {kind} needs another signer with one of the roles {expected}; the other signers have {seen}. Have such a party sign the same statement.",
        "第 {position} 条记录：{kind} 还需要一个角色为 {expected} 之一的签署方；其他签署方的角色为 {seen}。请由这样的参与方签署同一声明。",
    ),
    "policy.guest_kind": (
        "Record {position}: {party} is the buyer of an order and may sign {expected}, not {kind}.",
        "第 {position} 条记录：{party} 是订单的买家，只能签署 {expected}，不能签署 {kind}。",
    ),
    "policy.guest_subject": (
        "Record {position}: {party} is the buyer of the order {expected} and may speak about that order alone, not about {seen}.",
        "第 {position} 条记录：{party} 是订单 {expected} 的买家，只能就该订单发言，不能涉及 {seen}。",
    ),
    "policy.scope_none": (
        "Record {position}: {party} has no scope left and may sign nothing: ask the operator.",
        "第 {position} 条记录：{party} 已没有任何授权范围，不能签署：请联系运营方。",
    ),
    "policy.scope_time": (
        "Record {position}: what {party} may sign holds for {expected}; the ledger's time is {seen}. Ask the operator to renew it.",
        "第 {position} 条记录：{party} 的授权期间为 {expected}，账本时间为 {seen}。请联系运营方续期。",
    ),
    "policy.scope_kind": (
        "Record {position}: {party} may sign only records of kind {expected}, this one is {seen}. Let the right party sign, or ask the operator to widen the scope.",
        "第 {position} 条记录：{party} 只能签署种类为 {expected} 的记录，此记录为 {seen}。请由合适的参与方签署，或请运营方扩大授权范围。",
    ),
    "policy.scope_subject": (
        "Record {position}: {party} may speak only about subjects that begin with {expected}, not about {seen}. Let the right party sign, or ask the operator to widen the scope.",
        "第 {position} 条记录：{party} 只能就以 {expected} 开头的主体发言，不能涉及 {seen}。请由合适的参与方签署，或请运营方扩大授权范围。",
    ),
    "policy.scope_parameter": (
        "Record {position}: {party} may state results for {expected} only, not for {seen}. Leave that result to another laboratory, or ask the operator to widen the scope.",
        "第 {position} 条记录：{party} 只能给出 {expected} 的检测结果，不能给出 {seen} 的结果。请由其他实验室出具，或请运营方扩大授权范围。",
    ),
    "policy.scope_hidden": (
        "Record {position}: {party} may state results for {expected} only, and here it cannot be read what was measured. Write each result's parameter in the open; its value may be sealed.",
        "第 {position} 条记录：{party} 只能给出 {expected} 的检测结果，而此处无法读出检测了什么。请公开写明每项结果的参数；数值可以封存。",
    ),
    "policy.steward": (
        "Record {position} touches {subject}, which {expected} was first to write about, and which the record's own content does not name. Leave it out, or have {expected} sign the statement too (signed by: {seen}).",
        "第 {position} 条记录涉及 {subject}，最先记录它的是 {expected}，而本记录的内容并未提到它。请去掉该主体，或请 {expected} 一同签署此声明（签署方：{seen}）。",
    ),
    "policy.after": (
        "Record {position}: before {kind}, the history of its subject must hold {expected}; it holds {seen}. Append that record first.",
        "第 {position} 条记录：在 {kind} 之前，其主体的历史中应已有 {expected}；现有 {seen}。请先追加该记录。",
    ),
}
