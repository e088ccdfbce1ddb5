"""Sentences of this room: code → (English, Chinese)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "plausibility.balance_more": (
        (
            "{ref}: more came out of {step} than went in: {outputs} and a loss of {loss}, from {inputs}. An "
            "input is missing, or a figure is wrong."
        ),
        (
            "{ref}：{step} 的产出多于投入：产出 {outputs}，损耗 "
            "{loss}，投入仅 {inputs}。可能漏记了投入，或数字有误。"
        ),
    ),
    "plausibility.count_grew": (
        (
            "{ref}: {step} made {outputs} (loss {loss}) from {inputs}. A count or volume need not stay the "
            "same; look whether one unit holds the same before and after."
        ),
        (
            "{ref}：{step} 由 {inputs} 制成 {outputs}（损耗 "
            "{loss}）。件数或体积未必守恒，请核对前后每单位所含是否相同。"
        ),
    ),
    "plausibility.balance_incomparable": (
        (
            "{ref}: whether {outputs} (loss {loss}) can come from {inputs} in {step} cannot be compared: the "
            "units differ in kind. State a weight."
        ),
        ("{ref}：{step} 的产出 {outputs}（损耗 {loss}）与投入 {inputs} 单位不同类，无法比较。请注明重量。"),
    ),
    "plausibility.balance_sealed": (
        (
            "{ref}: the balance of {step} cannot be compared: an amount is sealed (open are {inputs} in, "
            "{outputs} out, {loss} lost)."
        ),
        (
            "{ref}：{step} 有数量已密封，无法核对平衡（公开部分：投入 "
            "{inputs}，产出 {outputs}，损耗 {loss}）。"
        ),
    ),
    "plausibility.balance_unstated": (
        (
            "{ref}: the balance of {step} cannot be compared: not every amount is stated ({inputs} in, "
            "{outputs} out, {loss} lost)."
        ),
        ("{ref}：{step} 并未写明全部数量，无法核对平衡（投入 {inputs}，产出 {outputs}，损耗 {loss}）。"),
    ),
    "plausibility.balance_unreadable": (
        (
            "{ref}: the balance of {step} cannot be compared: an amount is no decimal of zero or more in a "
            "known unit ({inputs} in, {outputs} out, {loss} lost)."
        ),
        (
            "{ref}：{step} 中有数量不是非负十进制数或单位未知，无法核对平衡（投入 "
            "{inputs}，产出 {outputs}，损耗 {loss}）。"
        ),
    ),
    "plausibility.used_twice": (
        "{ref}: {used} of {subject} were used, but only {made} were ever made (see {refs}).",
        ("{ref}：{subject} 共被使用 {used}，但总共只产出 {made}（见 {refs}）。"),
    ),
    "plausibility.used_early": (
        (
            "{ref}: at {time} {used} of {subject} had been used, but only {made} had been made by then; there was "
            "enough at {until} only (see {refs})."
        ),
        "{ref}：到 {time}，{subject} 已被使用 {used}，而当时仅产出 {made}；直到 {until} 才够用（见 {refs}）。",
    ),
    "plausibility.left_early": (
        (
            "{ref}: by {time} {party} had sent away {used} of {subject}, having made or received only {made} by "
            "then; it had enough at {until} only (see {refs})."
        ),
        (
            "{ref}：到 {time}，{party} 已发出 {subject} {used}，而其当时产出或收到的仅 {made}；直到 {until} "
            "才够（见 {refs}）。"
        ),
    ),
    "plausibility.circle": (
        (
            "{ref}: {lots} are made of one another in a circle ({refs}), and no record says where any of it came "
            "from."
        ),
        "{ref}：{lots} 循环地互相制成（{refs}），没有任何记录说明其最初来源。",
    ),
    "plausibility.use_incomparable": (
        (
            "{ref}: {made} of {subject} were there and {used} were taken: these units cannot be compared "
            "(see {refs})."
        ),
        ("{ref}：{subject} 现有 {made}，取用 {used}，单位不同类，无法比较（见 {refs}）。"),
    ),
    "plausibility.use_sealed": (
        (
            "{ref}: whether more of {subject} was taken than there was cannot be compared: an amount is "
            "sealed ({made} there, {used} taken, see {refs})."
        ),
        ("{ref}：{subject} 有数量已密封，无法核对取用是否超过现有（现有 {made}，取用 {used}，见 {refs}）。"),
    ),
    "plausibility.use_unstated": (
        (
            "{ref}: {used} of {subject} were used, but how much was made is not stated (stated {made}, see "
            "{refs})."
        ),
        ("{ref}：{subject} 被使用 {used}，但未写明产出总量（已写明 {made}，见 {refs}）。"),
    ),
    "plausibility.more_left": (
        (
            "{ref}: {used} of {subject} left {party}, by use or dispatch, which had made or received only "
            "{made} (see {refs})."
        ),
        ("{ref}：{party} 使用或发出 {subject} 共 {used}，而其产出或收到的仅 {made}（见 {refs}）。"),
    ),
    "plausibility.sent_twice": (
        (
            "{ref}: {used} of {subject} were sent away, shipping onward left out, but only {made} were ever "
            "made (see {refs})."
        ),
        ("{ref}：{subject} 共发出 {used}（不计转运），但总共只产出 {made}（见 {refs}）。"),
    ),
    "plausibility.event_differs": (
        (
            "{ref}: the event {event} is told here as {seen}, in {refs} as {expected}. The first telling is "
            "counted."
        ),
        ("{ref}：事件 {event} 在此记为 {seen}，而在 {refs} 记为 {expected}。计算时以先记录者为准。"),
    ),
    "plausibility.before_made": (
        (
            "{ref}: {subject}: {what} at {seen}, before it was made at {expected} ({refs}). The ledger "
            "placed this at {placed}, the making at {placed_made}."
        ),
        (
            "{ref}：{subject} 的“{what}”发生在 {seen}，早于其产出时间 "
            "{expected}（{refs}）。账本排入时间：此记录 {placed}，产出记录 "
            "{placed_made}。"
        ),
    ),
    "plausibility.future": (
        "{ref}: said to have happened at {seen}, but the ledger had it already at {expected}.",
        "{ref}：声称发生于 {seen}，但账本在 {expected} 就已收录。",
    ),
    "plausibility.future_date": (
        "{ref}: {field} is {seen}, after the ledger placed the record at {expected}.",
        "{ref}：{field} 为 {seen}，晚于账本收录时间 {expected}。",
    ),
    "plausibility.dates_crossed": (
        "{ref}: {field} ({seen}) lies before {other} ({expected}).",
        "{ref}：{field}（{seen}）早于 {other}（{expected}）。",
    ),
    "plausibility.elsewhere": (
        (
            "{ref}: {subject} was used or dispatched at place {seen} at {time}; all that is known is that it "
            "was at, or on its way to, {expected} ({refs})."
        ),
        (
            "{ref}：{subject} 于 {time} 在 {seen} "
            "被使用或发出，而记录只显示其曾在或运往 {expected}（{refs}）。"
        ),
    ),
    "plausibility.unsent": (
        (
            "{ref}: {party} received {subject}, but {maker}, who made it ({refs}), recorded no dispatch, nor "
            "did anyone."
        ),
        ("{ref}：{party} 收到 {subject}，但产出方 {maker}（{refs}）及任何一方均无发货记录。"),
    ),
    "plausibility.other_addressee": (
        "{ref}: {subject} was received by {seen}, but was dispatched to {expected} ({refs}).",
        ("{ref}：{subject} 由 {seen} 收到，但发货对象为 {expected}（{refs}）。"),
    ),
    "plausibility.received_before_sent": (
        "{ref}: {subject} was received at {seen}, before it was dispatched at {expected} ({refs}).",
        ("{ref}：{subject} 于 {seen} 被收到，早于发出时间 {expected}（{refs}）。"),
    ),
    "plausibility.received_more": (
        "{ref}: {seen} of {subject} were received, but only {expected} dispatched (see {refs}).",
        ("{ref}：收到 {subject} {seen}，但只发出 {expected}（见 {refs}）。"),
    ),
    "plausibility.received_incomparable": (
        (
            "{ref}: {seen} of {subject} were received and {expected} dispatched: these units cannot be "
            "compared (see {refs})."
        ),
        ("{ref}：收到 {subject} {seen}，发出 {expected}，单位不同类，无法比较（见 {refs}）。"),
    ),
    "plausibility.received_sealed": (
        (
            "{ref}: whether more of {subject} was received than dispatched cannot be compared: an amount is "
            "sealed ({seen} received, {expected} dispatched, see {refs})."
        ),
        (
            "{ref}：{subject} 有数量已密封，无法核对收货是否多于发货（收到 "
            "{seen}，发出 {expected}，见 {refs}）。"
        ),
    ),
    "plausibility.unit_more": (
        (
            "{ref}: {unit} is said to hold {seen} of {subject}, but only {expected} were packed into it "
            "({refs})."
        ),
        ("{ref}：{unit} 记为装有 {subject} {seen}，但只装入 {expected}（{refs}）。"),
    ),
    "plausibility.unit_other": (
        "{ref}: {unit} is said to hold {seen} of {subject}, which was never packed into it ({refs}).",
        ("{ref}：{unit} 记为装有 {subject} {seen}，但并无将其装入的记录（{refs}）。"),
    ),
    "plausibility.unit_twice": (
        (
            "{ref}: {seen} came out of what {unit} held, in several steps, but only {expected} were packed or "
            "added ({refs})."
        ),
        ("{ref}：{unit} 所装货物分几次共产出 {seen}，但装入及另加的仅 {expected}（{refs}）。"),
    ),
    "plausibility.unit_missing": (
        (
            "{ref}: {expected} of {subject} were packed into {unit} ({refs}), but what was received does not "
            "list it."
        ),
        ("{ref}：{subject} {expected} 已装入 {unit}（{refs}），但收货记录未列出。"),
    ),
    "plausibility.unit_incomparable": (
        (
            "{ref}: {unit} is said to hold {seen} of {subject}, and {expected} were packed ({refs}): these "
            "units cannot be compared."
        ),
        ("{ref}：{unit} 记为装有 {subject} {seen}，装入 {expected}（{refs}），单位不同类，无法比较。"),
    ),
    "plausibility.unit_sealed": (
        (
            "{ref}: what {unit} holds of {subject} cannot be compared with what was packed: an amount is "
            "sealed ({seen} said, {expected} packed, {refs})."
        ),
        (
            "{ref}：{unit} 内 {subject} 的数量已密封，无法与装入量核对（记为 "
            "{seen}，装入 {expected}，{refs}）。"
        ),
    ),
    "plausibility.report_file_twice": (
        (
            "{ref}: the report file {hash} stands for {subject} here and for {other} in {refs}: one report, "
            "two lots."
        ),
        ("{ref}：报告文件 {hash} 在此用于 {subject}，在 {refs} 用于 {other}：一份报告用于两个批次。"),
    ),
    "plausibility.report_number_twice": (
        "{ref}: report {report} of {lab} stands for {subject} here and for {other} in {refs}.",
        ("{ref}：{lab} 的报告 {report} 在此用于 {subject}，在 {refs} 用于 {other}。"),
    ),
    "plausibility.own_goods": (
        (
            "{ref}: {party} inspected {subject}, which it made, handled or sells itself ({refs}). Not an "
            "independent test."
        ),
        ("{ref}：{party} 检验的 {subject} 由其自己生产、经手或销售（{refs}），不是独立检验。"),
    ),
    "plausibility.own_group": (
        (
            "{ref}: {party} inspected {subject}, the goods of {owner} ({refs}). They share an owner or a "
            "registered identity: not an independent test."
        ),
        (
            "{ref}：{party} 检验的 {subject} 属于 "
            "{owner}（{refs}），双方同属一个所有者或登记主体，不是独立检验。"
        ),
    ),
    "plausibility.own_key": (
        (
            "{ref}: {party} inspected {subject}, the goods of {owner} ({refs}), while {custody} holds {seen} of "
            "the {expected} keys of {party}: they could have signed the result themselves."
        ),
        (
            "{ref}：{party} 检验的 {subject} 属于 {owner}（{refs}），而 {party} 的 {expected} 把密钥中有 {seen} "
            "把由 {custody} 保管：货主自己就能签出该结果。"
        ),
    ),
    "plausibility.owners_cut": (
        (
            "{ref}: {party} has more owners above one another than the {expected} that are followed; whether {subject} "
            "({refs}) was inspected independently cannot be told. Ask who controls it."
        ),
        (
            "{ref}：{party} 的上级所有者超过所追查的 {expected} 层，无法判断 "
            "{subject}（{refs}）的检验是否独立。请查明其实际控制人。"
        ),
    ),
    "plausibility.accreditation_unknown": (
        "{ref}: {party} names the accreditation {seen}; the ledger knew {expected} of it at that place.",
        ("{ref}：{party} 声称持有认可 {seen}；账本当时所知为 {expected}。"),
    ),
    "plausibility.accreditation_expired": (
        (
            "{ref}: {party} tested {subject} at {time}, when no accreditation of it was valid (known: "
            "{expected})."
        ),
        ("{ref}：{party} 于 {time} 检验 {subject} 时没有有效的认可（已知：{expected}）。"),
    ),
    "plausibility.accreditation_narrow": (
        (
            "{ref}: the result for {parameter} of {subject} lies outside the accreditation of {party} "
            "({expected}, tested at {time})."
        ),
        ("{ref}：{subject} 的 {parameter} 结果超出 {party} 的认可范围（{expected}，检验时间 {time}）。"),
    ),
    "plausibility.cut": (
        "Only {expected} records were judged together; there are more. Look at a smaller part.",
        "只一并判断了 {expected} 条记录，其余未判断。请缩小范围。",
    ),
}
