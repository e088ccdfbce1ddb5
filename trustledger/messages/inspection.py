"""Sentences of this room: code → (English, Chinese)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "inspection.group": (
        "No framework here belongs to {seen}; there are {expected}.",
        "没有属于 {seen} 的评价框架，可选：{expected}。",
    ),
    "inspection.held": ("{seen} is not among the records given.", "所给记录中没有 {seen}。"),
    "inspection.no_product": (
        "No brand owner has said what the product of {subject} is, so nobody knows which limits and tests apply.",
        "尚无品牌方说明 {subject} 属于什么产品，因此无从得知适用哪些限量和必检项目。",
    ),
    "inspection.product_other": (
        "{ref}: {party} describes this product too, but {expected} was first; only its word counts.",
        "{ref}：{party} 也描述了该产品，但 {expected} 在先，仅以后者为准。",
    ),
    "inspection.product_late": (
        "{ref}: what {subject} is was stated or changed only after this lot's first report.",
        "{ref}：{subject} 的产品说明在该批次首份报告之后才给出或更改。",
    ),
    "inspection.key_compromised": (
        "{ref}: the key of {party} that signed this report was compromised by then; it lets nothing pass.",
        "{ref}：{party} 签署此报告所用的密钥当时已泄露，不能据此判为合格。",
    ),
    "inspection.coverage": (
        "{seen} of the {expected} parameters with a safety limit were tested on {subject}; not tested: {parameters}.",
        "{subject} 有安全限量的 {expected} 个项目中检测了 {seen} 个，未检测：{parameters}。",
    ),
    "inspection.category_unknown": (
        "{ref}: the category {seen} is not known here, so no limit applies to it.",
        "{ref}：类别“{seen}”不在词汇表中，因此没有可适用的限量。",
    ),
    "inspection.no_framework": (
        "{ref}: no framework here is the law of the market {seen}.",
        "{ref}：现有框架均不适用于市场 {seen}。",
    ),
    "inspection.not_covered": (
        "{ref}: the frameworks of {group} limit nothing in the category {seen}.",
        "{ref}：{group} 的框架对类别“{seen}”没有任何限量。",
    ),
    "inspection.nothing_required": (
        "{ref}: the brand owner asks for no test of this product.",
        "{ref}：品牌方没有为该产品规定任何必检项目。",
    ),
    "inspection.category_mismatch": (
        "{ref}: this report names the category {seen}, the product is {expected}; the product's limits apply.",
        "{ref}：此报告写的类别是“{seen}”，而产品类别为 {expected}；按产品类别的限量判定。",
    ),
    "inspection.transcribed": (
        "{ref}: {party} typed this report; the laboratory did not sign it here.",
        "{ref}：此报告由 {party} 转录，并非实验室在此签署。",
    ),
    "inspection.not_inspector": (
        "{ref}: {party} signed this report but is no laboratory here; it is shown as typed by it.",
        "{ref}：{party} 签署了此报告，但在此并非检验机构，按其转录的内容展示。",
    ),
    "inspection.retested": (
        "{ref}: this worse result for {parameter} was replaced by an independent retest, {by}.",
        "{ref}：{parameter} 的这一较差结果已由独立复检 {by} 取代。",
    ),
    "inspection.limit_unverified": (
        "{ref}: the limit of {standard} for {parameter} comes from one transcription and was not verified.",
        "{ref}：{standard} 中 {parameter} 的限量来自单一转录来源，尚未核实。",
    ),
    "inspection.edition_missing": (
        "{subject} was, or may have been, made under {seen}, which was not supplied; nothing is decided under it.",
        "{subject} 生产时适用或可能适用 {seen}，但未提供该版本，因此不作判定。",
    ),
    "inspection.no_production_date": (
        "Nobody has said when {subject} was made. It was first on record on {seen}.",
        "没有记录说明 {subject} 何时生产；最早的记录日期为 {seen}。",
    ),
    "inspection.production_late": (
        "{ref}: {subject} was made on {seen}, says a record of {stated}; known since {known}. The strictest counts.",
        "{ref}：{subject} 的生产日期 {seen} 于 {stated} 才声明，其最早记录日期为 {known}；期间各版本以最严者为准。",
    ),
    "inspection.production_after": (
        "{ref}: {subject} is said to be made on {seen}, stated on {stated}, but was on record on {known} already.",
        "{ref}：{subject} 声称于 {seen} 生产（声明于 {stated}），但 {known} 已有其记录。",
    ),
    "inspection.input_failed": (
        "{ref}: {lot}, from which {subject} was made, failed: {parameter} {seen}, allowed {expected}.",
        "{ref}：{subject} 的原料 {lot} 不合格：{parameter} 为 {seen}，限量 {expected}。",
    ),
    "inspection.sample_unanswered": (
        "{ref}: sample {sample} of {subject}, taken {taken} for {lab}, has no answer yet (missing: {parameters}).",
        "{ref}：{subject} 的样品 {sample}（{taken} 抽取，送 {lab}）尚无结果（缺：{parameters}）。",
    ),
    "inspection.cut": (
        "The records of {subject} are too many to be read for a card; it may not be complete.",
        "{subject} 的记录过多，未能全部读取，卡片可能不完整。",
    ),
}
