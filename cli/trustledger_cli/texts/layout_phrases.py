"""Phrases of layouts, and the file to begin with."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str]]] = {
    "steps.set": (
        "Layout {version} for {subject} stands in {ref}: {count} [count:step|steps]",
        "{subject} 的布局 {version} 已写入 {ref}，共 {count} 个步骤",
    ),
    "steps.again": (
        "Nothing new: {ref} holds this layout {version} already",
        "没有新增：{ref} 已包含布局 {version}",
    ),
    "steps.not_counted": ("This layout does not count:", "此布局无效："),
    "steps.not_enrolled": (
        "Not enrolled in this ledger, so steps that only they may perform cannot be met yet: {parties}",
        "以下参与方尚未在账本登记，仅可由其执行的步骤暂时无法满足：{parties}",
    ),
    "steps.title": (
        "Steps of layout {version} by {party}  [{ref}]",
        "布局 {version} 的步骤，由 {party} 制定  [{ref}]",
    ),
    "steps.no_layout": ("No layout counts for {subject}", "{subject} 没有有效的布局"),
    "steps.number": ("No.", "序号"),
    "steps.step": ("Step", "步骤"),
    "steps.status": ("Status", "状态"),
    "steps.who": ("By whom", "执行方"),
    "steps.remarks": ("Remarks", "说明"),
    "steps.lots": ("Lot", "批次"),
    "steps.open": ("Steps that are not met", "未满足的步骤"),
    "steps.met": ("met", "已满足"),
    "steps.skipped": ("left out", "未执行（可选）"),
    "steps.missing": ("MISSING", "缺失"),
    "steps.other": ("BY SOMEONE ELSE", "由他方执行"),
    "steps.few": ("TOO FEW SIGN", "签署方不足"),
    "steps.inputs": ("GOODS DO NOT MATCH", "货物不符"),
    "steps.parameters": ("NOT ALL TESTED", "检验项目不全"),
    "steps.failed": ("DOES NOT CONFORM", "不合格"),
    "steps.doubted": ("KEY COMPROMISED", "密钥已泄露"),
    "steps.order": ("BEFORE IT WAS MADE", "早于产出"),
    "steps.in_doubt": (
        "not counted, the key was compromised by then: {party}  [{ref}]",
        "不计入，当时密钥已泄露：{party}  [{ref}]",
    ),
    "steps.untimely": (
        "not counted, dated before {lot} was made ([{made}])  [{ref}]",
        "不计入，所载时间早于 {lot} 的产出（[{made}]）  [{ref}]",
    ),
    "steps.same": ("one company, counted once: {parties}", "属同一主体，按一方计：{parties}"),
    "steps.allowed": ("may do it: {who}", "可由其执行：{who}"),
    "steps.with_roles": ("{who} (as {roles})", "{who}（以{roles}身份）"),
    "steps.someone_else": ("not allowed: {party}  [{ref}]", "未获准：{party}  [{ref}]"),
    "steps.foreign": (
        "{lot} did not come out of a step before  [{ref}]",
        "{lot} 不是此前步骤的产出  [{ref}]",
    ),
    "steps.unconsumed": ("{lot} did not go through this step", "{lot} 没有经过此步骤"),
    "steps.short": (
        "{lot}: recorded by {seen} of {expected} parties",
        "{lot}：应由 {expected} 方记录，实有 {seen} 方",
    ),
    "steps.parameter": ("{lot}: no result for {parameter}", "{lot}：缺少 {parameter} 的结果"),
    "steps.result": ("{lot}: {parameter} does not conform  [{ref}]", "{lot}：{parameter} 不合格  [{ref}]"),
    "steps.early": ("the layout is newer than {refs}", "布局晚于 {refs}"),
    "steps.outside": (
        "placed when the layout was not valid, so not counted: {refs}",
        "入账时布局不在有效期内，不计入：{refs}",
    ),
    "steps.unforeseen": ("Counted for no step", "未计入任何步骤的记录"),
    "steps.unreadable": (
        "Cannot be read (erased, or of a newer format), so counted for nothing: {refs}",
        "无法读取（已删除或为更新的格式），不计入：{refs}",
    ),
    "steps.good": ("{subject}: every step is met", "{subject}：所有步骤均已满足"),
    "steps.bad": (
        "{subject}: {count} [count:step is|steps are] not met",
        "{subject}：有 {count} 个步骤未满足",
    ),
    "steps.not_whole": (
        "{subject}: it cannot be said that the layout is met",
        "{subject}：不能认定布局已满足",
    ),
    "steps.all_lots": (
        "{count} [count:lot|lots] of {subject}, {bad} not as laid down",
        "{subject} 共 {count} 个批次，其中 {bad} 个不符合布局",
    ),
    "steps.no_lots": ("There is no lot of {subject} yet to hold against it", "{subject} 尚无可核对的批次"),
}

TEMPLATE: Final[tuple[str, str]] = (
    """\
# The steps of a product, in order. Sign it: trustledger layout set GTIN FILE.toml --key brand.key
version = "2026-1"                     # a changed layout needs a new version
# since = 2026-10-01T00:00:00+08:00    # records count from here on (the ledger's time), and
# until = 2027-10-01T00:00:00+08:00    # before this; both may be left out

[[steps]]
name = "harvest"                       # what you call the step
kind = "origin"                        # which records tell of it
roles = ["producer"]                   # who may perform it: a role, or
                                       # parties = ["https://farm.example/"], or both: then both must fit
[[steps]]
name = "raw test"
kind = "inspection"
roles = ["inspector"]
inputs_from = ["harvest"]              # every lot that was harvested
parameters = ["melamine"]              # must have a result for these
optional = true                        # may be left out

[[steps]]
name = "drying"
kind = "processing"
step = "drying"                        # what the processing must call it
roles = ["processor"]
inputs_from = ["harvest"]              # made of what was harvested, and of nothing else

[[steps]]
name = "final test"                    # without inputs_from: of the finished lot itself
kind = "inspection"
roles = ["inspector"]
signatures = 2                         # by two different parties
parameters = ["lead"]

[[steps]]
name = "delivery"
kind = "shipping"
direction = "dispatched"
roles = ["carrier", "processor"]
inputs_from = ["drying"]
""",
    """\
# 一个产品的各个步骤，按顺序书写。签署：trustledger layout set 商品条码 文件.toml --key brand.key
version = "2026-1"                     # 修改布局时请换版本号
# since = 2026-10-01T00:00:00+08:00    # 从此时（账本时间）起的记录才计入，
# until = 2027-10-01T00:00:00+08:00    # 到此时为止；两者均可省略

[[steps]]
name = "采收"                          # 步骤名称，自定
kind = "origin"                        # 由哪类记录证明
roles = ["producer"]                   # 可由谁执行：角色；或
                                       # parties = ["https://farm.example/"]；两者都写则须同时符合
[[steps]]
name = "原料检验"
kind = "inspection"
roles = ["inspector"]
inputs_from = ["采收"]                 # 采收的每个批次都须检验
parameters = ["三聚氰胺"]              # 必须有这些项目的结果
optional = true                        # 可省略的步骤

[[steps]]
name = "干燥"
kind = "processing"
step = "干燥"                          # 加工记录中的工序名
roles = ["processor"]
inputs_from = ["采收"]                 # 只能由采收的批次制成

[[steps]]
name = "成品检验"                      # 没有 inputs_from：针对成品批次本身
kind = "inspection"
roles = ["inspector"]
signatures = 2                         # 须由两个不同的参与方记录
parameters = ["铅"]

[[steps]]
name = "发货"
kind = "shipping"
direction = "dispatched"
roles = ["carrier", "processor"]
inputs_from = ["干燥"]
""",
)
"""A layout to begin with: (English, Chinese)."""
