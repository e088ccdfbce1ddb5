"""Sentences of this room: code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "views.role": (
        "{ref}: {party} signed this {kind}, but its roles are {seen}; usually {expected} signs it.",
        "{ref}：此 {kind} 的签署方 {party} 角色为 {seen}，通常应为 {expected}。",
    ),
    "views.compromised": (
        "{ref}: signed with the key {key} of {party}, which was compromised since {since}, as entry {entry} says: the signature holds, but a thief could have made it.",
        "{ref}：由 {party} 的密钥 {key} 签署，而条目 {entry} 声明该密钥自 {since} 起已泄露：签名有效，但可能出自盗用者。",
    ),
    "views.recall": (
        "{ref}: {subject} is recalled ({reference}): {reason}",
        "{ref}：{subject} 已被召回（{reference}）：{reason}",
    ),
    "views.report_copy": (
        "{ref}: {party} typed this copy of a report; the laboratory did not sign it. See the file itself.",
        "{ref}：此报告由 {party} 转录，并非实验室签署。请与原文件核对。",
    ),
    "views.correction_missing": (
        "{ref}: this correction names no earlier record that is here, so it corrects nothing.",
        "{ref}：此更正所指的先前记录不存在，因此没有更正任何内容。",
    ),
    "views.correction_party": (
        "{ref}: this correction is not by the party that signed the record it names, so it corrects nothing.",
        "{ref}：此更正的签署方不是所指记录的签署方，因此没有更正任何内容。",
    ),
    "views.correction_subject": (
        "{ref}: this correction is about {subject}, the record it names is not; it corrects nothing.",
        "{ref}：此更正的对象是 {subject}，而所指记录的对象不同，因此没有更正任何内容。",
    ),
    "views.correction_hash": (
        "{ref}: the hash in this correction is not that of the record it names, so it corrects nothing.",
        "{ref}：此更正中的哈希与所指记录不符，因此没有更正任何内容。",
    ),
    "views.withheld": (
        "{ref}: this record was erased. Its place and signer are proven, what it said is not known.",
        "{ref}：此记录的内容已被删除。其位置和签署方可以证明，内容不得而知。",
    ),
    "views.newer": (
        "{ref}: a later version of the format wrote this record. Update trustledger to read it.",
        "{ref}：此记录由更高版本的格式写入，这里无法读取其内容。请升级 trustledger。",
    ),
    "views.unknown_kind": (
        "{ref}: the kind {seen} is not registered here, so lots that it names are not followed.",
        "{ref}：类型 {seen} 未在此注册，因此不追踪其所列批次。",
    ),
    "views.made_of_itself": (
        "{ref}: {subject} is said to be made of itself (step {step}).",
        "{ref}：{subject} 被记为由其自身制成（步骤 {step}）。",
    ),
    "views.unsaid": (
        "Nobody has said where {subject} came from.",
        "没有任何记录说明 {subject} 的来源。",
    ),
}
