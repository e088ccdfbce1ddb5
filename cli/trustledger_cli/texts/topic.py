"""The form of a help page."""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """The help of a command, in both languages.

    The first line is the summary; what follows ``Example:`` (``示例：``) is an example.
    """

    en: str
    zh: str

    def of(self, language: str) -> tuple[str, str, str]:
        """Summary, body and example."""
        text, mark = (self.zh, "\n示例：\n") if language == "zh" else (self.en, "\nExample:\n")
        rest, _, example = text.strip().partition(mark)
        summary, _, body = rest.partition("\n")
        return summary, body.strip(), example
