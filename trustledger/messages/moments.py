"""Sentences about the moment that a question is asked as of: code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "moment.type": (
        "A moment cannot be a value of type {seen}: give milliseconds, an RFC 3339 time, a number of entries as text, or a signed checkpoint.",
        "时刻不能是 {seen} 类型的值：请给出毫秒数、RFC 3339 时间、以文本表示的条目数，或已签名的检查点。",
    ),
    "moment.before": (
        "This ledger did not exist yet at {seen}. Ask for a later time.",
        "在 {seen} 时，本账本尚未建立。请改问更晚的时间。",
    ),
    "moment.ahead": (
        "The log has {size} entries, and {seen} were asked for. Give a number from 1 to {size}, a checkpoint of this ledger, or fetch the newer log.",
        "日志有 {size} 条条目，而所问的是 {seen} 条。请给出 1 至 {size} 的数、本账本的检查点，或先取得更新的日志。",
    ),
    "moment.fork": (
        "The first {size} entries of this log have the root {seen}, but its own key signed {expected} for them: history was changed. Keep the checkpoint as evidence and run an audit.",
        "此日志前 {size} 条条目的根为 {seen}，而日志密钥曾为其签署 {expected}：历史已被更改。请保留检查点作为证据，并执行审计。",
    ),
    "moment.later": (
        "{seen} did not stand in the log yet when it had {size} entries.",
        "日志只有 {size} 条条目时，其中还没有 {seen}。",
    ),
}
