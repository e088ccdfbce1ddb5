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
    "inspection.product_withdrawn": (
        "{ref}: the brand owner withdrew what it said of {subject} ({by}); nothing passes without a product record.",
        "{ref}：品牌方已撤回对 {subject} 的产品说明（{by}）；没有产品说明即不能判为合格。",
    ),
    "inspection.product_changed": (
        "{ref}: before {by}, {subject} was {category} for {market}, tested for {required}; the worst of both counts.",
        "{ref}：{by} 更改前，{subject} 类别为 {category}、市场为 {market}、必检 {required}；两版以较差者为准。",
    ),
    "inspection.report_corrected": (
        "{ref}: {party} replaced what this report said ({by}). A failure stands until another laboratory retests.",
        "{ref}：{party} 以 {by} 更正了此报告的内容。如原结果不合格，在另一家独立实验室复检前仍有效。",
    ),
    "inspection.report_withdrawn": (
        "{ref}: {party} withdrew this report ({by}). A failure stands until another laboratory retests.",
        "{ref}：{party} 以 {by} 撤回了此报告。如原结果不合格，在另一家独立实验室复检前仍有效。",
    ),
    "inspection.result_unreadable": (
        "{ref}: this report has results of which nobody can read what they are about; they may be failures.",
        "{ref}：此报告含有无法读出项目的结果，其中可能有不合格项。",
    ),
    "inspection.parameter_unknown": (
        "{ref}: the parameter {parameter} is not known here, so it was held against no limit.",
        "{ref}：项目“{parameter}”不在词汇表中，因此未与任何限量比较。",
    ),
    "inspection.parameter_disguised": (
        "{ref}: the parameter {parameter} is written with letters that only look like those of a known one.",
        "{ref}：项目名“{parameter}”混用了外形相似的其他文字字母，冒充已知项目。",
    ),
    "inspection.incomparable": (
        "{ref}: {parameter} {seen} cannot be held against {expected}: another unit, basis or no number.",
        "{ref}：{parameter} 的结果 {seen} 无法与限量 {expected} 比较：单位或基准不同，或不是数值。",
    ),
    "inspection.tested_before": (
        "{ref}: tested on {seen}, before {subject} was made ({expected} or later); it tells nothing for it.",
        "{ref}：检测日期 {seen} 早于 {subject} 的生产（最早 {expected}），不能证明该批次合格。",
    ),
    "inspection.report_elsewhere": (
        "{ref}: this report is about {about}, not {subject} itself; it is not counted among the lot's results.",
        "{ref}：此报告针对 {about}，而非 {subject} 本身，不计入该批次的结果。",
    ),
    "inspection.stranger": (
        "{ref}: {party} speaks of {subject} ({kind}) but is no laboratory and never held it; it decides nothing.",
        "{ref}：{party} 对 {subject} 作出陈述（{kind}），但它既非检验机构，也从未持有该货物，因此不据以判定。",
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
    "inspection.input_unjudged": (
        "{ref}: this report on {lot}, from which {subject} was made, cannot be held against any limit.",
        "{ref}：{subject} 的原料 {lot} 的此份报告无法与任何限量比较。",
    ),
    "inspection.sources_changed": (
        "{ref}: {subject} was said to be made from {lot} until {by}; what {lot} shows still counts.",
        "{ref}：在 {by} 之前，{subject} 曾声明由 {lot} 制成；{lot} 的结果仍然计入。",
    ),
    "inspection.sample_withdrawn": (
        "{ref}: sample {sample} of {subject}, taken {taken} for {lab}, was corrected or withdrawn by {by}.",
        "{ref}：{subject} 的样品 {sample}（{taken} 抽取，送 {lab}）已由 {by} 更正或撤回。",
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
