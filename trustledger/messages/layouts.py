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
}
