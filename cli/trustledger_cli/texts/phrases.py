"""Phrases of the interface: name → (English, Chinese). They are joined from one table for each part of it."""

from __future__ import annotations

import re
from typing import Final

from trustledger_cli.texts import (
    authority_phrases,
    demo_phrases,
    layout_phrases,
    reading_phrases,
    shop_phrases,
    writing_phrases,
)

_PLURAL: Final = re.compile(r"\[(\w+):([^|\]]*)\|([^\]]*)\]")
_PHRASES = {
    "error": ("Error: ", "错误："),
    "help.usage": ("Usage:", "用法："),
    "help.example": ("Example", "示例 Example"),
    "help.options": ("Options", "选项"),
    "help.common": ("Options of every command", "通用选项"),
    "help.commands": ("Commands", "命令"),
    "help.start": ("Begin", "开始"),
    "help.write": ("Write", "写入"),
    "help.read": ("Read", "读取"),
    "help.check": ("Check and keep", "检查与保存"),
    "help.help": ("Show this page.", "显示本页。"),
    "help.required": (" [required]", "（必填）"),
    **writing_phrases.PHRASES,
    **authority_phrases.PHRASES,
    **reading_phrases.PHRASES,
    **layout_phrases.PHRASES,
    **shop_phrases.PHRASES,
    **demo_phrases.PHRASES,
}


def phrase(name: str, language: str, /, **facts: str) -> str:
    """A phrase with its facts filled in; ``[count:row|rows]`` is the first word if that fact is 1, else the second.

    Args:
        name: Key of the table.
        language: ``zh`` for Chinese, anything else for English.
        **facts: Text for the names in braces.

    Raises:
        KeyError: There is no such phrase: a mistake of this program, which a test looks for.
    """
    text = _PLURAL.sub(
        lambda found: found[2 if facts.get(found[1]) == "1" else 3], _PHRASES[name][language == "zh"]
    )
    return text.format(**facts)
