"""Sentences of this room: code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Questions that have no answer
    "cost.none": (
        "No price of {subject} by this seller ({seen}) holds at that time. Ask for another seller or time, or append a record of kind cost.",
        "在所问时间，该销售方（{seen}）没有 {subject} 的有效价格。请换一个销售方或时间，或追加 cost（成本）记录。",
    ),
    "cost.several_sellers": (
        "{subject} has several sellers: {seen}. Say whose price is asked for.",
        "{subject} 有多个销售方：{seen}。请指明要查询哪一方的价格。",
    ),
    "cost.later": (
        "{seen} was placed after the time that is asked about.",
        "{seen} 的入账时间晚于所问时间。",
    ),
    # What does not add up
    "cost.unbalanced": (
        "{ref}: the lines for {subject} add up to {seen}, but the price is {expected}: a difference of {difference}.",
        "{ref}：{subject} 的各项合计为 {seen}，而价格为 {expected}，相差 {difference}。",
    ),
    "cost.no_lines": (
        "{ref}: the seller does not say what the price of {subject} pays for.",
        "{ref}：销售方没有说明 {subject} 的价格由哪些项目构成。",
    ),
    "cost.contradiction": (
        "{ref}: “{component}” of {subject} is said to cost {seen}. For the same lots ({lots}) the suppliers' own prices come to {expected} ({parties}; {refs}).",
        "{ref}：{subject} 的“{component}”声明为 {seen}；而同样的批次（{lots}）按供应方自己的价格应为 {expected}（{parties}；{refs}）。",
    ),
    "cost.other_seller": (
        "{ref}: “{component}” of {subject} ({seen}) agrees with one seller of {lot}; another, {party}, asks {expected} for as much ({refs}).",
        "{ref}：{subject} 的“{component}”（{seen}）与 {lot} 的一个销售方相符；另一销售方 {party} 对同样数量的价格为 {expected}（{refs}）。",
    ),
    "cost.foreign_lot": (
        "{ref}: “{component}” of {subject} pays for {lot}, but no record says that this lot went into it.",
        "{ref}：{subject} 的“{component}”包含 {lot}，但没有记录表明该批次用于此商品。",
    ),
    "cost.same_owner": (
        "{ref}: {party} and its supplier {seen} belong together by owner or registered identity, or their chain of owners is too long to tell, so their prices ({refs}) confirm little.",
        "{ref}：{party} 与其供应方 {seen} 因所有权或登记身份属于同一方（或所有权链过长、无法判断），两者价格（{refs}）相符的证明力很弱。",
    ),
    "cost.beyond_chain": (
        "{ref}: the lines of {subject} pay for {seen} of {lot} in each {per}, but by the records of the chain at most {expected} can be in it. Its price was not cross-checked.",
        "{ref}：{subject} 的各项按每 {per} 计入 {lot} {seen}，而链上记录表明其中至多含 {expected}，因此不视为已核对。",
    ),
    "cost.price_corrected": (
        "{ref}: “{component}” of {subject} agrees with {party} only since that party changed its price of {lot}, after this record was placed: it was {expected}, now it is {seen} ({refs}).",
        "{ref}：{subject} 的“{component}”之所以与 {party} 相符，是因为对方在本记录入账之后更改了 {lot} 的价格：原为 {expected}，现为 {seen}（{refs}）。",
    ),
    "cost.unreceived": (
        "{ref}: {party} signed that it sent {lot} on, but no record says that it made or received it, so its price does not count for “{component}” of {subject} ({refs}).",
        "{ref}：{party} 签署了发出 {lot} 的记录，但没有记录表明其生产或收到过该批次，因此其价格不用于核对 {subject} 的“{component}”（{refs}）。",
    ),
    # What could not be compared
    "cost.currency": (
        "{ref}: “{component}” of {subject} is in {seen}, the price of {lot} by {party} in {expected} ({refs}). Different currencies are neither added nor compared.",
        "{ref}：{subject} 的“{component}”以 {seen} 计，{party} 的 {lot} 价格以 {expected} 计（{refs}）。不同货币既不相加，也不比较。",
    ),
    "cost.other_currency": (
        "{ref}: this seller has a price of {subject} in {expected} too ({refs}); shown is the one in {seen}. Different currencies are neither added nor compared.",
        "{ref}：该销售方对 {subject} 另有以 {expected} 计的价格（{refs}）；此处显示的是以 {seen} 计的价格。不同货币既不相加，也不比较。",
    ),
    "cost.supplier_sealed": (
        "{ref}: what {party} asked for {lot} is sealed ({refs}), so “{component}” of {subject} was not compared with it.",
        "{ref}：{party} 对 {lot} 的价格已封存（{refs}），因此未与 {subject} 的“{component}”比对。",
    ),
    "cost.supplier_later": (
        "{ref}: the price of {lot} by {party} ({refs}) holds only from a later date on, so “{component}” of {subject} was not compared with it.",
        "{ref}：{party} 的 {lot} 价格（{refs}）自更晚的日期起才有效，因此未与 {subject} 的“{component}”比对。",
    ),
    "cost.no_quantity": (
        "{ref}: how much of {lot} “{component}” of {subject} pays for is not said, sealed or zero, so it was not compared with the price by {party} ({refs}).",
        "{ref}：{subject} 的“{component}”未说明所用 {lot} 的数量（或数量已封存、为零），因此未与 {party} 的价格（{refs}）比对。",
    ),
    "cost.units": (
        "{ref}: “{component}” of {subject} counts {lot} in {seen}, the price by {party} is for {expected} ({refs}): these units cannot be compared.",
        "{ref}：{subject} 的“{component}”以 {seen} 计量 {lot}，而 {party} 的价格以 {expected} 为单位（{refs}），无法比较。",
    ),
    "cost.many_sellers": (
        "{ref}: the lots of “{component}” of {subject} have too many sellers to try every combination; it was not compared.",
        "{ref}：{subject} 的“{component}”所含批次的销售方过多，无法逐一组合比对，因此未比对。",
    ),
    "cost.supplier_sealed_one": (
        "{ref}: the price of {lot} by {party} that counts is sealed, though another can be read ({refs}); “{component}” of {subject} was compared with neither.",
        "{ref}：{party} 对 {lot} 的有效价格已封存，但另有可读的价格（{refs}）；{subject} 的“{component}”与两者均未比对。",
    ),
    "cost.supplier_negative": (
        "{ref}: {party} asks less than nothing for {lot} ({refs}), so “{component}” of {subject} was not compared with it.",
        "{ref}：{party} 对 {lot} 的价格为负数（{refs}），因此未与 {subject} 的“{component}”比对。",
    ),
    "cost.supplier_unreadable": (
        "{ref}: records by {party} about {lot} were erased or are of a newer format ({refs}); they may hold the price against which “{component}” of {subject} should be held.",
        "{ref}：{party} 关于 {lot} 的记录已被删除或为更新的格式（{refs}），其中可能有 {subject} 的“{component}”应当比对的价格。",
    ),
    "cost.unknown_quantity": (
        "{ref}: the records of the chain do not say how much of {lot} goes into {subject}, or in units that cannot be compared, so “{component}” agrees with the supplier in price only and is not cross-checked.",
        "{ref}：链上记录未说明 {subject} 所含 {lot} 的数量，或单位无法比较，因此“{component}”仅单价与供应方相符，不视为已核对。",
    ),
    # Records that do not count, or not as they seem
    "cost.malformed": (
        "{ref}: this price of {subject} is not counted: {at} is missing or not what the kind cost allows. The seller must correct it.",
        "{ref}：此 {subject} 的价格不计入：{at} 缺失或不符合 cost（成本）类型的要求。销售方须更正。",
    ),
    "cost.hearsay": (
        "{ref}: {party} states what {seen} asks for {subject}, but {seen} did not sign it; it is not counted.",
        "{ref}：{party} 陈述了 {seen} 对 {subject} 的价格，但 {seen} 未签署，因此不计入。",
    ),
    "cost.seller_sealed": (
        "{ref}: whose price of {subject} this is is sealed by {party}; it is not counted.",
        "{ref}：{party} 封存了此 {subject} 价格所属的销售方，因此不计入。",
    ),
    "cost.opening": (
        "{ref}: what was disclosed for {at} is not the value to which {subject}'s record is bound; it stays sealed. Whoever disclosed it is mistaken or lies.",
        "{ref}：针对 {at} 披露的值与 {subject} 记录所承诺的值不符，仍按封存处理。披露者有误或不实。",
    ),
    "cost.unreadable": (
        "{ref}: a later record by the same seller about {subject} was erased or is of a newer format; it may hold another price than {refs}.",
        "{ref}：同一销售方关于 {subject} 的一条更晚的记录已被删除或为更新的格式，其中的价格可能与 {refs} 不同。",
    ),
    "cost.cut": (
        "{subject} has more records than are read for one question, so something may be missing.",
        "{subject} 的记录超出单次查询的读取上限，结果可能不完整。",
    ),
}
