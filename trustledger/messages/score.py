"""Sentences of this room: code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # A scoring policy whose numbers do not go together
    "score.half_life": (
        "A half-life of {seen} days is outside 1 to {expected}.",
        "半衰期 {seen} 天超出范围，应为 1 至 {expected} 天。",
    ),
    "score.decay": (
        "{at}: a table of weights has one entry for each day of the half-life ({expected}; found {seen}), begins with 1000000 and falls to no less than half of it.",
        "{at}：权重表须为半衰期内每天一项（应为 {expected} 项，读到 {seen} 项），首项为 1000000，逐日不增，且不低于其一半。",
    ),
    "score.weights": (
        "{at}: the weights of the four parts add up to {seen}; expected is 100.",
        "{at}：四个部分的权重合计为 {seen}，应为 100。",
    ),
    "score.points": (
        "{at}: passed, coverage, independence and margin add up to {seen}; expected is {expected}, and unknown must be less than passed.",
        "{at}：passed、coverage、independence、margin 合计为 {seen}，应为 {expected}；且 unknown 必须小于 passed。",
    ),
    "score.trade": (
        "{at}: name at least one role that attests orders, and percents of one buyer's lines that do not rise.",
        "{at}：至少指定一个证明订单的角色；同一买家各行的百分比不得递增。",
    ),
    "score.prior": (
        "{at}: {seen} numbers of imagined ratings; expected are {expected}, not negative and not all zero.",
        "{at}：先验评价数有 {seen} 项，应为 {expected} 项，均不为负且不全为零。",
    ),
    "score.baseline": (
        "{at}: a usual share of {seen} times prior_multiple is not below 1.",
        "{at}：常见比例 {seen} 乘以 prior_multiple 后不小于 1。",
    ),
    "score.credit": (
        "{at}: what was bad is forgotten sooner ({seen} days) than what was good ({expected} days). Credit falls fast and rises slowly.",
        "{at}：不良记录的半衰期（{seen} 天）短于良好记录（{expected} 天）。信用应降得快、升得慢。",
    ),
    "score.hysteresis": (
        "{at}: relist_score and relist_lower must lie above the threshold of {expected}, or a listing would come and go.",
        "{at}：relist_score 与 relist_lower 必须高于门槛 {expected}，否则商品会反复上下架。",
    ),
    "score.malformed": (
        "{at} is missing or not what its kind allows.",
        "{at} 缺失，或不符合该类记录的要求。",
    ),
    "score.held": (
        "{seen} is not among the records that were gathered.",
        "{seen} 不在已收集的记录之中。",
    ),
    # Records that weigh nothing, or less
    "score.malformed_record": (
        "{count} records ({places}) are not counted: a field is missing or not what their kind allows (first: {about}).",
        "{count} 条记录（{places}）不计入：字段缺失或不符合该类记录的要求（首处：{about}）。",
    ),
    "score.withheld": (
        "{count} records ({places}) were erased or are of a newer format; what they said is not counted.",
        "{count} 条记录（{places}）已被删除或为更新的格式，其内容不计入。",
    ),
    "score.lone_correction": (
        "{count} corrections ({places}) are not counted: not everybody signed them who signed what they correct.",
        "{count} 条更正（{places}）不计入：原记录的签署方没有全部签署更正。",
    ),
    "score.taken_back": (
        "{count} corrections ({places}) are not counted: the merchant alone would take back that it admitted a fault.",
        "{count} 条更正（{places}）不计入：商家单方撤回已承认的过错。",
    ),
    "score.order_twice": (
        "{count} orders of {subject} ({places}) are stated more than once; each counts once.",
        "{subject} 有 {count} 个订单（{places}）被重复陈述，每个订单只计一次。",
    ),
    "score.self_attested": (
        "{count} orders of {subject} ({places}) are attested by nobody but the merchant's own side and weigh nothing.",
        "{subject} 有 {count} 个订单（{places}）仅由商家一方自证，不计入。",
    ),
    "score.self_delivered": (
        "{count} deliveries of {subject} ({places}) are not signed by a carrier independent of the merchant.",
        "{subject} 有 {count} 次配送（{places}）没有独立于商家的承运方签名。",
    ),
    "score.no_order": (
        "{count} records about {subject} ({places}) name an order that does not stand here; they weigh nothing.",
        "{count} 条关于 {subject} 的记录（{places}）所指的订单不在账本中，不计入。",
    ),
    "score.contradicts": (
        "{count} records about {subject} ({places}) contradict their order's line, lot, product or merchant; they weigh nothing.",
        "{count} 条关于 {subject} 的记录（{places}）与订单的行、批次、产品或商家不符，不计入。",
    ),
    "score.not_theirs": (
        "{count} reviews, claims or resolutions of {subject} ({places}) are not signed by whom they concern; they weigh nothing.",
        "{subject} 有 {count} 条评价、售后申请或处理（{places}）并非由当事方签署，不计入。",
    ),
    "score.review_twice": (
        "{count} reviews of {subject} ({places}) were followed by another one of the same line, which counts instead.",
        "{subject} 有 {count} 条评价（{places}）之后同一行另有评价，以后者为准。",
    ),
    "score.refunded": (
        "{count} reviews of {subject} ({places}) are of lines that were refunded or returned; they are shown and weigh nothing.",
        "{subject} 有 {count} 条评价（{places}）对应的商品已退款或退货，予以展示但不计入。",
    ),
    "score.anonymous": (
        "{count} reviewed orders of {subject} ({places}) have no buyer's pseudonym that can be read; they weigh less, since one person may stand behind them all.",
        "{subject} 有 {count} 个被评价订单（{places}）的买家代号不可读，可能出自同一人，因此权重较低。",
    ),
    "score.incentivised": (
        "{count} reviews of {subject} ({places}) were rewarded and weigh less.",
        "{subject} 有 {count} 条评价（{places}）为有奖评价，权重较低。",
    ),
    "score.keys": (
        "Of {count} orders of {subject}, {keys} handed their buyer a key; with {used} of these something was said.",
        "{subject} 的 {count} 个订单中，{keys} 个把密钥交给了买家，其中 {used} 个密钥曾被使用。",
    ),
    "score.cut": (
        "{subject} has more records than are read for one score, so something may be missing.",
        "{subject} 的记录超出一次评分的读取上限，结果可能不完整。",
    ),
    # Goods
    "score.safety": (
        "{ref}: {subject} is on sale and failed a safety test.",
        "{ref}：{subject} 正在销售，但安全检验不合格。",
    ),
    "score.recall": (
        "{ref}: {subject} is on sale and was recalled.",
        "{ref}：{subject} 正在销售，但已被召回。",
    ),
    "score.no_lots": (
        "The listing of {subject} names no lot on sale, so nothing is known of its tests.",
        "{subject} 的上架信息没有写明在售批次，无从得知其检验情况。",
    ),
    "score.unlisted_lot": (
        "{count} lots of {subject} (first: {about}; {places}) were sold, but the listing does not name them; they count as on sale.",
        "{subject} 有 {count} 个批次（首个：{about}；{places}）已售出，但上架信息未列出；现按在售批次计入。",
    ),
    "score.foreign_order": (
        "{count} orders of {subject} ({places}) name the merchant, but neither its side nor a platform signed them; they are none of its orders.",
        "{subject} 有 {count} 个订单（{places}）写了该商家，但商家一方和平台均未签名，不算该商家的订单。",
    ),
    "score.foreign_lot": (
        "{count} lots that the listing of {subject} names (first: {about}; {places}) are not lots of this product; what a buyer gets is not known.",
        "{subject} 的上架信息列出的 {count} 个批次（首个：{about}；{places}）不是本产品的批次，买家实际收到的批次未知。",
    ),
    "score.lot_unnamed": (
        "{count} lines of {subject} ({places}) were sold without a lot of this product being named by anybody; what was sent is not known.",
        "{subject} 有 {count} 行销售（{places}）无人写明属于本产品的批次，实际发出的批次未知。",
    ),
    "score.lots_cut": (
        "{subject} has {seen} lots on sale; points are given to the latest {expected}, the others count as unknown. Dangers were looked for in all.",
        "{subject} 有 {seen} 个在售批次，只对最近的 {expected} 个评分，其余按未知计；危险情况已逐批查看。",
    ),
    # Proceedings
    "score.not_entitled": (
        "{count} steps of proceedings about {subject} ({places}; case {about}) were not their signer's to take and do not count.",
        "{subject} 的处置程序中有 {count} 个步骤（{places}；案号 {about}）的签署方无权作出，不计入。",
    ),
    "score.own_judge": (
        "{count} notices or relistings of {subject} ({places}; case {about}) were signed by the merchant's own side alone and do not count.",
        "{subject} 有 {count} 次通知或重新上架（{places}；案号 {about}）仅由商家一方签署，不计入。",
    ),
    "score.short_notice": (
        "{ref}: the notice about {subject} gives less than {expected} days to reply (case {seen}); it counts as if it gave them.",
        "{ref}：关于 {subject} 的通知给出的答复期不足 {expected} 天（案号 {seen}），按 {expected} 天计。",
    ),
    "score.no_notice": (
        "{ref}: {subject} was taken down for a low score without a notice (case {seen}).",
        "{ref}：{subject} 因低分被下架，但事先没有通知（案号 {seen}）。",
    ),
    "score.early": (
        "{ref}: {subject} was taken down before the time to reply was over (case {seen}).",
        "{ref}：{subject} 在答复期届满前即被下架（案号 {seen}）。",
    ),
    "score.bound": (
        "{ref}: {subject} was taken down as sold by {merchant}, which is the same seller under another name; that binds this listing too.",
        "{ref}：{subject} 由 {merchant} 销售时已被下架，二者为同一卖家的不同名称，对本商品同样有效。",
    ),
    "score.sold_while_held": (
        "{count} orders of {subject} ({places}) were placed while it was held or taken down.",
        "{subject} 在暂停销售或下架期间仍有 {count} 个订单（{places}）。",
    ),
    "score.sold_unlisted": (
        "{count} orders of {subject} ({places}) were placed while the merchant offered nothing of it; what is not listed is not checked.",
        "{subject} 有 {count} 个订单（{places}）成交时商家并未上架该产品；未上架的销售得不到核查。",
    ),
    "score.should_hold": (
        "At {at}, {subject} sold by {merchant} should be held ({reason}), and is not.",
        "在 {at}，{merchant} 销售的 {subject} 应当暂停销售（{reason}），但没有。",
    ),
    "score.should_delist": (
        "At {at}, {subject} sold by {merchant} should be taken down ({reason}: score {score}, at most {upper}), and is not.",
        "在 {at}，{merchant} 销售的 {subject} 应当下架（{reason}：得分 {score}，上限 {upper}），但没有。",
    ),
    "score.should_notice": (
        "At {at}, {merchant} should have been given notice about {subject} ({reason}: score {score}, at most {upper}), and was not.",
        "在 {at}，应当就 {subject} 通知 {merchant}（{reason}：得分 {score}，上限 {upper}），但没有。",
    ),
    "score.should_relist": (
        "At {at}, {subject} sold by {merchant} should be back on sale ({reason}: score {score}, at most {upper}), and is not.",
        "在 {at}，{merchant} 销售的 {subject} 应当重新上架（{reason}：得分 {score}，上限 {upper}），但没有。",
    ),
}
