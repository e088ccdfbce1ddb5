"""All help pages."""

from __future__ import annotations

from typing import Final

from trustledger_cli.texts import help_authority, help_begin, help_layouts, help_read, help_shop, help_write
from trustledger_cli.texts.topic import Topic

HELP: Final[dict[str, Topic]] = {
    **help_begin.TOPICS,
    **help_authority.TOPICS,
    **help_write.TOPICS,
    **help_layouts.TOPICS,
    **help_shop.TOPICS,
    **help_read.TOPICS,
}
