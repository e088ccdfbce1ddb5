"""Sentences of this room: code → (English, Chinese)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "frameworks.toml": ("This file is not TOML: {seen}", "此文件不是有效的 TOML：{seen}"),
    "frameworks.too_large": (
        "This file has {seen} bytes; at most {expected} are read.",
        "此文件有 {seen} 字节，最多读取 {expected} 字节。",
    ),
    "frameworks.too_many": (
        "{at}: {seen} entries; at most {expected} are read.",
        "{at}：共 {seen} 项，最多读取 {expected} 项。",
    ),
    "frameworks.float": (
        "{seen} is a floating-point number, which cannot hold most decimals exactly. Write {expected}.",
        "{seen} 是浮点数，无法精确表示多数小数。请写成 {expected}。",
    ),
    "frameworks.missing": ("{at} is missing.", "缺少 {at}。"),
    "frameworks.unknown": (
        "{at} is not a key that is known here. Check its spelling.",
        "{at} 不是已知的键，请检查拼写。",
    ),
    "frameworks.type": (
        "{at}: {seen} was found, expected is {expected}.",
        "{at}：读到 {seen}，应为 {expected}。",
    ),
    "frameworks.word": (
        "{at}: {seen} does not stand in the vocabulary. Use a name that does, or add it there.",
        "{at}：词汇表中没有 {seen}。请使用已有名称，或先将其加入词汇表。",
    ),
    "frameworks.parent": (
        "{at}: the parent {seen} is not a category named above it.",
        "{at}：上级类别 {seen} 未在其之前列出。",
    ),
    "frameworks.name_twice": (
        "{at}: the name {seen} already means {expected}.",
        "{at}：名称 {seen} 已用于 {expected}。",
    ),
    "frameworks.bounds": (
        "{at}: {seen} is no range. Give a bound, the smaller first, or say that the row is exempt, not both.",
        "{at}：{seen} 不是有效范围。请给出限值（小者在前），或注明不作限量，二者只取其一。",
    ),
    "frameworks.bands": (
        "{at}: ratios must rise to 1 and stars fall from at most 5 to at least 1.",
        "{at}：比值须递增至 1，星数须由不高于 5 递减至不低于 1。",
    ),
    "frameworks.same_day": (
        "{at}: the editions {expected} and {seen} begin on one day, or belong to different groups.",
        "{at}：版本 {expected} 与 {seen} 同日实施，或分属不同组别。",
    ),
}
