"""Sentences of this room: code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Fields of a layout
    "layout.kind": (
        "{at}: {seen} is no kind of record that a step can be; write one of {expected}, or a kind of your own.",
        "{at}：{seen} 不是步骤可用的记录类型；请写 {expected} 之一，或自定义类型。",
    ),
    "layout.nobody": (
        "{at}: the step “{seen}” does not say who may perform it; name parties, roles or both.",
        "{at}：步骤“{seen}”没有说明可由谁执行；请写 parties（参与方）、roles（角色）或两者。",
    ),
    "layout.signatures": (
        "{at}: {seen} signatures are asked for, but only {expected} parties are allowed; name more parties or ask for fewer.",
        "{at}：要求 {seen} 方签署，但只允许 {expected} 个参与方；请增加参与方或减少签署数。",
    ),
    "layout.field_of": (
        "{at}: records of kind {seen} have no such field; it belongs to steps of kind {expected}. Leave it out.",
        "{at}：{seen} 类型的记录没有此字段，它只用于 {expected} 类型的步骤；请删去。",
    ),
    "layout.origin_inputs": (
        "{at}: the step “{seen}” is an origin, which is made of nothing; leave inputs_from out.",
        "{at}：步骤“{seen}”是产地记录，没有投入；请删去 inputs_from。",
    ),
    "layout.name_twice": (
        "{at}: two steps are called “{seen}”; give each step a name of its own.",
        "{at}：有两个步骤都叫“{seen}”；请为每个步骤取不同的名称。",
    ),
    "layout.inputs_from": (
        "{at}: “{seen}” is no step before this one; earlier steps are: {expected}.",
        "{at}：“{seen}”不是此前的步骤；此前的步骤有：{expected}。",
    ),
    "layout.until": (
        "{at}: the layout would end ({seen}) before it begins ({expected}); make until later than since.",
        "{at}：布局的结束时间（{seen}）不晚于开始时间（{expected}）；请使 until 晚于 since。",
    ),
    # A layout's file
    "layout.file": (
        "What is wrong with the layout in {file} ({count}):",
        "{file} 中的布局有 {count} 处错误：",
    ),
    "layout.large": (
        "{file}: {seen} bytes are too many for a layout; at most {expected} fit a record.",
        "{file}：布局有 {seen} 字节，超过单条记录的上限 {expected} 字节。",
    ),
    "layout.text": (
        "{file}: the file is not UTF-8 (byte {seen}); save it as UTF-8.",
        "{file}：文件不是 UTF-8 编码（第 {seen} 字节）；请另存为 UTF-8。",
    ),
    "layout.toml": (
        "{file}: line {line}, column {column} is not TOML; texts stand in quotes, lists in square brackets, each step below [[steps]].",
        "{file}：第 {line} 行第 {column} 列不是有效的 TOML；文本须加引号，列表用方括号，每个步骤写在 [[steps]] 之下。",
    ),
    "layout.subject": (
        "{seen} is neither a product (a GTIN) nor a lot of one; a layout is laid down for one of these.",
        "{seen} 既不是产品（GTIN），也不是其批次；布局须针对其中之一。",
    ),
    "layout.changed": (
        "{file}: version {version} stands already in {ref} and says otherwise ({field}); what was signed stays, so give the changed layout a new version.",
        "{file}：版本 {version} 已写入 {ref}，内容不同（{field}）；已签署的内容不会改变，请为修改后的布局换一个版本号。",
    ),
    "layout.none": (
        "Nobody has laid down steps for {seen} or its product; its brand owner does so with “trustledger layout set”.",
        "没有人为 {seen} 或其产品制定工序布局；品牌方可用 “trustledger layout set” 制定。",
    ),
    # Findings: which layout counts
    "layout.rival": (
        "{ref}: {party} laid down steps for {subject}, but its brand owner is {expected}; this layout does not count.",
        "{ref}：{party} 为 {subject} 制定了工序布局，但其品牌方是 {expected}；此布局无效。",
    ),
    "layout.role": (
        "{ref}: {party} was no brand owner when it laid down this layout (roles: {seen}); it does not count.",
        "{ref}：{party} 制定此布局时没有品牌方角色（角色：{seen}）；此布局无效。",
    ),
    "layout.scope": (
        "{ref}: {party} laid down steps for {subject}, but its scope did not cover the product then; this layout does not count.",
        "{ref}：{party} 为 {subject} 制定了工序布局，但其当时的授权范围不包括该产品；此布局无效。",
    ),
    "layout.doubted": (
        "{ref}: this layout by {party}, or its correction, is signed with a key that was compromised by then; it does not count. The brand owner should lay the steps down again with a good key.",
        "{ref}：{party} 的此布局（或其更正）由当时已泄露的密钥签署，因此无效。品牌方应使用有效密钥重新制定。",
    ),
    "layout.product_role": (
        "{ref}: {party} described {subject} without being a brand owner (roles: {seen}), so it may lay down no steps for it.",
        "{ref}：{party} 登记了 {subject}，但没有品牌方角色（角色：{seen}），因此无权为其制定布局。",
    ),
    "layout.no_owner": (
        "Nobody with the role brand-owner has said what {subject} is (a record of kind product), so no layout for it counts.",
        "没有品牌方（brand-owner）为 {subject} 写入产品记录，因此没有有效的工序布局。",
    ),
    "layout.unreadable": (
        "{ref}: what this layout says cannot be read as steps, so nothing can be held against it. Its signer should correct it.",
        "{ref}：此布局的内容无法解读为步骤，因此无从核对。请签署方更正。",
    ),
    "layout.perhaps_newer": (
        "{ref}: a record of the brand owner {party} cannot be read; it may have been a newer layout for {subject}.",
        "{ref}：品牌方 {party} 的一条记录无法读取；它可能是 {subject} 的更新布局。",
    ),
    "layout.perhaps_owner": (
        "{ref}: a record of {party} before the first product record of {subject} cannot be read; it may have named another brand owner.",
        "{ref}：在 {subject} 的首条产品记录之前，{party} 有一条记录无法读取；它可能指明了另一品牌方。",
    ),
    "layout.chain_cut": (
        "Not all records of {subject} were read, so there may be a newer layout.",
        "{subject} 的记录没有全部读取，可能另有更新的布局。",
    ),
    # Findings: the lot as a whole
    "layout.not_from": (
        "The steps were done, but {subject} itself did not come out of the step “{step}”.",
        "各步骤都已完成，但 {subject} 本身并非由步骤“{step}”产出。",
    ),
    "layout.trace_cut": (
        "The trace of {subject} was cut, so part of its chain was not looked at.",
        "{subject} 的追溯被截断，部分链条没有核对。",
    ),
}
