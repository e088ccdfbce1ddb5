"""Templates: a header and two example rows for each kind, as a spreadsheet opens them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from trustledger.interchange.csv.columns import SHEETS
from trustledger.interchange.csv.header import kind_named

if TYPE_CHECKING:
    from trustledger.errors import Language


def template(kind: str, language: Language = "en") -> str:
    """A CSV template that reads back as valid rows, given a time zone.

    Args:
        kind: A kind, in English or Chinese.
        language: Of the headers.

    Returns:
        Text that begins with a byte order mark (write it as UTF-8), so that Excel shows Chinese; lines end
        in CR LF.

    Raises:
        FormatError: ``csv.kind``: there is no such kind, or it is a user's own, which JSON Lines carry.
    """
    columns = [column for column in SHEETS[kind_named(kind)].columns if column.shown]
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow([column.chinese if language == "zh" else column.key for column in columns])
    writer.writerows([column.examples[row] for column in columns] for row in (0, 1))
    return text.getvalue()
