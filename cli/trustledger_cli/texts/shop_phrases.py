"""Phrases of what a shopper reads: the inspection card, the cost breakdown, the trust score."""

from __future__ import annotations

from typing import Final

COMPONENTS: Final[dict[str, tuple[str, str]]] = {
    spelling: names
    for names in (
        ("material", "原料"),
        ("processing", "加工"),
        ("packaging", "包装"),
        ("logistics", "物流"),
        ("tax", "税费"),
        ("platform fee", "平台服务费"),
        ("profit", "利润"),
    )
    for spelling in names
}
"""The usual parts of a price, as sellers write them in either language → English, Chinese."""
_SHOP: Final[dict[str, tuple[str, str]]] = {
    "shop.as_of": ("As of {time}", "截至 {time}"),
    "shop.remarks": ("Good to know", "请注意"),
    "shop.explain": ("How each digit comes about", "每个数字的由来"),
    "shop.explain_amounts": ("How each amount comes about", "每个金额的由来"),
}
_CARD: Final[dict[str, tuple[str, str]]] = {
    "card.word.pass": ("PASS", "合格"),
    "card.word.fail": ("FAIL", "不合格"),
    "card.word.undecided": ("UNDECIDED", "无法判定"),
    "card.word.untested": ("UNTESTED", "检验不全"),
    "card.word.unrated": ("no limit", "无限量"),
    "card.says.pass": (
        "Every required test was done, and every result is within its limit.",
        "必检项目均已检验，结果均符合限量。",
    ),
    "card.says.fail": (
        "A result breaks a limit. Nothing else can make up for it.",
        "有结果超出限量，其他项目再好也不能抵消。",
    ),
    "card.says.undecided": (
        "What was measured does not settle it: neither passed nor failed.",
        "现有结果不足以判定：既不算合格，也不算不合格。",
    ),
    "card.says.untested": (
        "A required test is missing. Not tested is not good.",
        "缺少必检项目。未检验不等于合格。",
    ),
    "card.stars": ("{stars} of 5", "{stars}/5 星"),
    "card.law": ("The law of its market ({market}): {standards}", "适用标准（{market} 市场）：{standards}"),
    "card.compare": (
        "For comparison only, not the law of its market: {group}, {standards}",
        "仅供比较，并非其销售市场的法规：{group}，{standards}",
    ),
    "card.no_law": ("No framework applies", "没有适用的评价框架"),
    "card.category": ("{category}, made {produced}", "{category}，生产于 {produced}"),
    "card.category_at": ("{category}, made {first} to {last}", "{category}，生产于 {first} 至 {last} 之间"),
    "card.no_category": ("category unknown", "类别未知"),
    "card.parameter": ("Tested for", "检测项目"),
    "card.verdict": ("Result", "结果"),
    "card.grade": ("Stars", "星级"),
    "card.value": ("Measured", "实测值"),
    "card.limit": ("Limit", "限量"),
    "card.share": ("Share of the limit", "占限量的比例"),
    "card.by": ("By whom", "检验方"),
    "card.independent": ("independent", "独立"),
    "card.dependent": ("NOT independent", "非独立"),
    "card.accredited": ("accredited", "有资质认可"),
    "card.not_accredited": ("no accreditation on record", "无资质认可记录"),
    "card.typed": ("typed by {party}, not signed by a laboratory", "由 {party} 转录，未经实验室签署"),
    "card.untested_list": ("Required, but not tested", "应检而未检"),
    "card.why.no_report": ("no report", "没有报告"),
    "card.why.sealed": ("the value is private, so it counts as untested", "数值不公开，按未检验处理"),
    "card.why.aged": ("the report is too old", "报告已过有效期"),
    "card.why.transcribed": ("only a typed copy of a report", "只有转录的报告"),
    "card.is.over": ("above the limit", "超过限量"),
    "card.is.under": ("below the least value", "低于最低要求"),
    "card.is.uncertainty": ("the limit lies within the uncertainty", "限量落在不确定度范围内"),
    "card.is.uncertainty_sealed": ("the uncertainty is private", "不确定度不公开"),
    "card.is.loq": ("measured too coarsely to decide", "定量限过高，不能判定"),
    "card.is.loq_unstated": (
        "not detected, but nobody says how finely it was looked for",
        "未检出，但未注明定量限",
    ),
    "card.is.unit": ("in a unit that does not compare", "单位不可比"),
    "card.is.basis": ("on a basis that does not compare", "计算基准不可比"),
    "card.is.negative": ("a negative value", "数值为负"),
    "card.is.decimal": ("not a number", "不是数值"),
    "card.is.edition": ("the edition in force is not at hand", "缺少生产时适用的标准版本"),
    "card.is.no_limit": ("not limited here", "此框架未设限量"),
    "card.is.sealed": ("private", "不公开"),
    "card.points": (
        "{name} {edition}: {grade} ({score} points), for information",
        "{name} {edition}：{grade} 级（{score} 分），仅供参考",
    ),
    "card.x.stated": ("The report says", "报告所载"),
    "card.x.limit": ("The limit", "限量"),
    "card.x.arithmetic": ("Reckoned", "计算"),
    "card.x.by": ("Who says so", "出具方"),
    "card.x.record": ("Record", "记录"),
    "card.x.replaced": ("Replaces", "取代"),
    "card.x.limit_of": (
        "{limit} {unit}: {standard}, {clause} ({category})",
        "{limit} {unit}：{standard}，{clause}（{category}）",
    ),
    "card.x.unverified": ("this limit is not verified against the official text", "此限量尚未与官方文本核实"),
    "card.x.none": ("none here", "此处没有"),
    "card.x.no_uncertainty": ("no uncertainty stated", "未注明不确定度"),
    "card.x.uncertainty": ("uncertainty {value} {unit}", "不确定度 {value} {unit}"),
    "card.x.not_detected": ("not detected counts as its limit of quantification", "未检出按定量限计"),
    "card.x.loq_counts": (
        "the limit of quantification counts, being more than value and uncertainty",
        "定量限大于实测值与不确定度之和，按定量限计",
    ),
    "card.x.band": ("up to {ratio} of the limit: {stars}", "不超过限量的 {ratio}：{stars}"),
    "card.x.rounded": ("rounded up to four digits", "向上取四位小数"),
    "card.x.record_of": ("{ref}  (trustledger show {ref})", "{ref}（trustledger show {ref}）"),
    "card.x.rules": ("By these rules", "所用规则"),
    "card.x.edition": ("{standard}, in force since {since}", "{standard}，{since} 起实施"),
    "card.x.product": ("category and required tests: record {ref}", "类别和必检项目：记录 {ref}"),
}
_COST: Final[dict[str, tuple[str, str]]] = {
    "cost.title": ("What the price pays for: {goods}", "价格构成：{goods}"),
    "cost.pieces": ("{count} [count:piece|pieces]", "{count} 件"),
    "cost.price": (
        "{price} for {quantity} {unit}, says {seller}",
        "{price}／{quantity} {unit}，销售方：{seller}",
    ),
    "cost.price_each": ("{price} each, says {seller}", "单价 {price}，销售方：{seller}"),
    "cost.price_sealed": ("a private price", "价格不公开"),
    "cost.component": ("What for", "项目"),
    "cost.amount": ("Amount", "金额"),
    "cost.share": ("Share of the price", "占价格的比例"),
    "cost.status": ("What speaks for it", "依据"),
    "cost.sum": ("Sum", "合计"),
    "cost.private": ("private", "不公开"),
    "cost.declared": ("the seller's word", "销售方自述"),
    "cost.evidenced": ("an invoice is named", "有发票凭证"),
    "cost.cross_checked": ("the supplier says the same", "与供应方说法一致"),
    "cost.sealed": ("private to others", "不公开"),
    "cost.balanced": ("The lines add up to the price exactly.", "各项合计与价格完全相符。"),
    "cost.not_balanced": ("The lines do not add up to the price.", "各项合计与价格不符。"),
    "cost.unknown": (
        "Whether the lines add up cannot be known: something is private, or there are no lines.",
        "无法得知各项合计是否相符：部分内容不公开，或没有列出项目。",
    ),
    "cost.disclosed": (
        "Shown with openings that are private: do not pass it on.",
        "此处显示了不公开的数值，请勿外传。",
    ),
    "cost.x.declared": ("{amount}: stated by {seller}", "{amount}：{seller} 自述"),
    "cost.x.evidenced": (
        "{amount}: stated by {seller}; the hash of an invoice stands in the record",
        "{amount}：{seller} 自述，记录中有发票的哈希值",
    ),
    "cost.x.sealed": (
        "the record commits to an amount that is not shown to you",
        "记录对金额作了承诺，但不向您公开",
    ),
    "cost.x.share": (
        "{seller} asks {price} for {per}; {used} of {lot} go into it: {arithmetic}",
        "{seller} 的价格为 {price}／{per}；用了 {used} {lot}：{arithmetic}",
    ),
    "cost.x.between": ("{exact}, so {low} or {high}", "{exact}，即 {low} 或 {high}"),
    "cost.x.sum": ("Sum", "合计"),
    "cost.x.records": ("records {refs}", "记录 {refs}"),
}
PHRASES: Final[dict[str, tuple[str, str]]] = _SHOP | _CARD | _COST
