"""Phrases of authority: parties, their keys, the log's keys, the registration policy."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str]]] = {
    # party
    "party.done": ("{name} is enrolled (entry {entry})", "已登记 {name}（条目 {entry}）"),
    "party.changed": ("{name} is changed (entry {entry})", "已更改 {name}（条目 {entry}）"),
    "party.again": (
        "Nothing new: entry {entry} says this of {name} already",
        "没有新增：条目 {entry} 已对 {name} 作同样登记",
    ),
    "party.same": ("Nothing to change: {name} has these roles", "无需更改：{name} 已是这些角色"),
    "party.accreditation_gone": (
        (
            "An accreditation of {name} is off its list: traces judge its earlier results without it too. To say "
            "that it ended, give it again with its end (BODY:NUMBER:UNTIL). “party history” shows what stood."
        ),
        (
            "{name} 的一项认可资质已从列表中去除：追溯时其以往结果也将按没有该资质判断。"
            "如只是到期或被撤销，请写明截止时间重新登记（机构:编号:有效期至）。“party history” 可查看原有内容。"
        ),
    ),
    "party.unchanged": (
        "Nothing to change: this stands of {name} already, and nothing was written",
        "无需更改：{name} 的登记已是如此，未写入任何内容",
    ),
    "party.no_role": (
        "{name} has no role and can sign no record that a policy asks roles for: party role … --add.",
        "{name} 没有角色，凡规则要求角色的记录都不能签署：请用 party role … --add。",
    ),
    "party.owns_itself": (
        "{name} is named as its own owner: leave --owner out, or name who controls it.",
        "{name} 的所有者写成了它自己：请省略 --owner，或写明控制方。",
    ),
    "party.unknown_kind": (
        "The scope allows {kind}, which is no kind that this program knows. Kinds of your own have a dot in the name.",
        "限定范围允许 {kind}，但本程序没有该类型。自定义类型的名称须含点。",
    ),
    "party.near_kind": (
        "The scope allows {kind}, which is no kind that this program knows: did you mean {near}?",
        "限定范围允许 {kind}，但本程序没有该类型：是否指 {near}？",
    ),
    "party.unknown_scheme": (
        "{seen} is a register whose numbers are not verified here; verified are {expected}.",
        "本程序不核对 {seen} 登记机构的号码；可核对的有 {expected}。",
    ),
    "party.same_identity": (
        "{other} ({uri}) is enrolled with {seen} too: one company under two addresses counts as one voice.",
        "{other}（{uri}）也登记了 {seen}：同一企业用两个地址，只算一方。",
    ),
    "time.taken_as": (
        "{seen} is taken as {time} (zone {zone})",
        "{seen} 按 {time} 理解（时区 {zone}）",
    ),
    "party.silenced": (
        "{name} is suspended and signs nothing from here on (entry {entry}); what it said stands",
        "已暂停 {name}，此后不能签署（条目 {entry}）；已签内容仍然有效",
    ),
    "party.lifted": ("{name} may sign again (entry {entry})", "{name} 恢复签署资格（条目 {entry}）"),
    "party.title": ("Party", "参与方"),
    "party.threshold": ("Signatures needed", "签署门限"),
    "party.threshold_of": ("{count} of its keys", "其中 {count} 把密钥"),
    "party.owner": ("Owner", "所有者"),
    "party.identities": ("Identities", "登记身份"),
    "party.accreditations": ("Accreditations", "认可资质"),
    "party.scopes": ("Limited to", "限定范围"),
    "party.suspended": ("SUSPENDED", "已暂停"),
    "party.guest": ("Guest of order", "订单访客"),
    "party.kinds": ("kinds", "类型"),
    "party.subjects": ("subjects that begin with", "对象开头"),
    "party.parameters": ("parameters", "项目"),
    "party.from": ("from", "自"),
    "party.until": ("until", "至"),
    "parties.guests": (
        "{count} [count:guest is|guests are] not shown (--guests)",
        "另有 {count} 个访客未列出（--guests）",
    ),
    "parties.suspended": ("{roles} (SUSPENDED)", "{roles}（已暂停）"),
    "history.ref": ("Record", "记录"),
    "history.when": ("Placed", "入账时间"),
    "history.by": ("Signed by", "签署方"),
    "history.what": ("What changed", "变更内容"),
    "history.key": ("Key {key} enrolled, kept by {custody}", "登记密钥 {key}，由 {custody} 保管"),
    "history.recovery_key": (
        "Recovery key {key} enrolled, kept by {custody}",
        "登记恢复密钥 {key}，由 {custody} 保管",
    ),
    "history.revoked": ("Key {key} ended: {reason}", "密钥 {key} 终止：{reason}"),
    # keys
    "key.custody": ("Kept by", "保管方"),
    "key.state": ("State", "状态"),
    "key.active": ("active", "有效"),
    "key.recovery": ("recovery only", "仅用于恢复"),
    "key.revoked": ("ended in entry {entry}: {reason}", "已于条目 {entry} 终止：{reason}"),
    "key.since": (", doubted since {time}", "，自 {time} 起存疑"),
    "key.superseded": ("superseded", "已更换"),
    "key.lost": ("lost", "遗失"),
    "key.compromised": ("COMPROMISED", "已泄露"),
    "key.rotated": (
        "{name} signs with {new} from here on, no longer with {old} (entry {entry})",
        "{name} 此后用 {new} 签署，不再用 {old}（条目 {entry}）",
    ),
    "key.ended": (
        "Key {key} of {name} signs nothing from here on: {reason} (entry {entry})",
        "{name} 的密钥 {key} 此后不能签署：{reason}（条目 {entry}）",
    ),
    "key.none_left": (
        "{name} has no key left and can sign nothing until the operator enrols one (party add … --pub).",
        "{name} 已没有可用密钥；运营方登记新密钥（party add … --pub）之前不能签署。",
    ),
    "key.too_few": (
        (
            "{name} has {count} of the {needed} keys that must sign, and can sign nothing: the operator enrols "
            "another one (party add … --pub) or lowers the threshold (party add … --threshold)."
        ),
        (
            "{name} 须由 {needed} 把密钥签署，目前只剩 {count} 把，不能签署任何内容："
            "请运营方登记新密钥（party add … --pub）或降低门限（party add … --threshold）。"
        ),
    ),
    "key.operator_short": (
        (
            "{name} is the operator and has {count} of the {needed} keys that must sign: nobody can be enrolled "
            "or changed until the recovery key brings it back (trustledger key recover NEW.pub --key RECOVERY.key)."
        ),
        (
            "{name} 是运营方，须由 {needed} 把密钥签署，目前只剩 {count} 把：用恢复密钥恢复"
            "（trustledger key recover 新公钥.pub --key 恢复密钥）之前，不能登记或更改任何参与方。"
        ),
    ),
    "key.recovered": (
        "{name} is back; all its earlier keys ended as compromised (entry {entry})",
        "{name} 已恢复；其先前的全部密钥均按泄露终止（条目 {entry}）",
    ),
    # the log's own key
    "log.rotated": (
        "{key} signs for the log too from here on (entry {entry})",
        "此后 {key} 也为日志签名（条目 {entry}）",
    ),
    "log.retired": (
        "{key} signs for the log no more (entry {entry})",
        "{key} 不再为日志签名（条目 {entry}）",
    ),
    "log.keys": ("Keys of the log", "日志密钥"),
    "log.signs": ("Signed the latest checkpoint", "已签最新检查点"),
    "log.next": (
        "Once readers have a checkpoint with both signatures, end the old key:",
        "待各方取得带两个签名的检查点后，终止旧密钥：",
    ),
    "log.elsewhere": (
        "Name {path} in {name} beside the other key's file, or it will not sign.",
        "请将 {path} 与原密钥文件一并写入 {name}，否则不会签名。",
    ),
    "log.useless": ("{path} is of no use any more: delete it.", "{path} 已无用处：请删除。"),
    # policy
    "policy.name": ("Policy", "规则"),
    "policy.hash": ("SHA-256", "SHA-256"),
    "policy.time": ("Signing times", "签署时间"),
    "policy.times": (
        "at most {behind} before and {ahead} after the placement",
        "最多早于入账 {behind}，晚于入账 {ahead}",
    ),
    "policy.strangers": ("Other people's goods", "他人的货物"),
    "policy.guests": ("Buyers may sign", "买家可签"),
    "policy.reach": ("Own key revoked back to", "自行吊销可回溯"),
    "policy.kind": ("Kind", "类型"),
    "policy.roles": ("Signed by", "可签角色"),
    "policy.more": ("And", "其他要求"),
    "policy.unlisted": ("Kinds of your own (with a dot)", "自定义类型（名称含点）"),
    "policy.signatures": ("{count} parties sign", "须 {count} 方签署"),
    "policy.cosigned": ("cosigned by {roles}", "须由{roles}共同签署"),
    "policy.after": ("after {kinds}", "须在 {kinds} 之后"),
    "policy.own_strangers": ("other people's goods: {rule}", "他人的货物：{rule}"),
    "policy.days": ("{count} [count:day|days]", "{count} 天"),
    "policy.hours": ("{count} [count:hour|hours]", "{count} 小时"),
    "policy.minutes": ("{count} [count:minute|minutes]", "{count} 分钟"),
    "policy.seconds": ("{count} [count:second|seconds]", "{count} 秒"),
    "policy.set": (
        "Policy {name} of {date} holds from here on (entry {entry})",
        "规则 {name}（{date}）此后生效（条目 {entry}）",
    ),
    "policy.again": (
        "Nothing new: policy {name} of {date} holds since entry {entry}",
        "没有新增：规则 {name}（{date}）自条目 {entry} 起已生效",
    ),
    "policy.good": (
        "{name} of {date} is a policy: {kinds} [kinds:kind|kinds] listed",
        "{name}（{date}）是有效的规则，列出 {kinds} 种类型",
    ),
    "policy.none_before": ("No policy holds yet: roles are not asked for.", "目前没有规则：不核对角色。"),
    "policy.same": ("It says what the policy in force says.", "与现行规则内容一致。"),
    "policy.against": ("What changes from {name}, which holds now", "与现行规则 {name} 的差异"),
    "policy.against_default": (
        "What differs from the default {name} (no ledger was named)",
        "与默认规则 {name} 的差异（未指明账本）",
    ),
    "policy.path": ("Key", "键"),
    "policy.before": ("Before", "原值"),
    "policy.now": ("After", "新值"),
    "policy.shut_out": (
        "Could no longer be signed as it was ({count}); each line names the first such record:",
        "以下内容将不能再照原样签署（{count} 项）；每行给出第一条此类记录：",
    ),
    "policy.nobody_out": (
        (
            "Everybody could still sign what they signed so far. Asked: roles, numbers of signatures, cosigners, what "
            "must come first, signing times. Not asked: who may touch other people's goods."
        ),
        (
            "各方此前签署过的类型仍可签署。已核对：角色、签署方数量、共同签署方、先后次序、签署时间；"
            "未核对：谁可涉及他人的货物。"
        ),
    ),
    "policy.unknown_kind": (
        "{kind} is no kind that this program knows: this table holds for nothing. Your own kinds have a dot.",
        "本程序没有名为 {kind} 的类型，此表不起作用。自定义类型的名称须含点。",
    ),
    "policy.near_kind": (
        "{kind} is no kind that this program knows, so this table holds for nothing: did you mean {near}?",
        "本程序没有名为 {kind} 的类型，此表不起作用：是否指 {near}？",
    ),
}
