"""``--framework``: by which rules goods are judged; a side by its name, or files of one's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from trustledger.frameworks import MAX_FILE, CardPolicy, Frameworks, parse_policy, shipped, shipped_policy
from trustledger.views.trust_score import ScorePolicy, parse_score_policy, shipped_score_policy
from trustledger_cli.session import UsageFault, read_file

ALL: Final = "all"
"""Every side that covers the goods, side by side."""
_FORMAT: Final = re.compile(rb'^[ \t]*format[ \t]*=[ \t]*"([^"\r\n]{1,100})@', re.MULTILINE)


class Rules(NamedTuple):
    """The rules that an answer goes by.

    Attributes:
        frameworks: Limits and points, a user's own among them.
        card_policy: Stars.
        score_policy: The trust score.
        side: The side that is asked for: its name, `ALL`, or None for the one that applies.
    """

    frameworks: Frameworks
    card_policy: CardPolicy
    score_policy: ScorePolicy
    side: str | None


def read_rules(words: tuple[str, ...]) -> Rules:
    """What ``--framework`` says; what a file is stands in its key ``format``.

    Raises:
        UsageFault: A word is neither a side nor a file, or there are several sides.
        FormatError: A file that cannot be understood.
    """
    files = [word for word in words if Path(word).is_file()]
    sides = [word for word in words if word not in files]
    raws = [(_format(raw), raw) for raw in (read_file(path, MAX_FILE) for path in files)]
    rules = shipped().adding(raw for form, raw in raws if form not in {"card-policy", "score-policy"})
    stars = [parse_policy(raw) for form, raw in raws if form == "card-policy"]
    scores = [parse_score_policy(raw) for form, raw in raws if form == "score-policy"]
    if len(sides) > 1:
        raise UsageFault("doors.one_side", seen=", ".join(sides))
    side = next(iter(sides), None)
    return Rules(
        rules,
        stars[-1] if stars else shipped_policy(),
        scores[-1] if scores else shipped_score_policy(),
        None if side is None else _side(rules, side),
    )


def _side(rules: Frameworks, word: str) -> str:
    if word.lower() == ALL:
        return ALL
    if word.upper() not in rules.groups():
        raise UsageFault("doors.framework", seen=word, expected=", ".join(rules.groups()))
    return word.upper()


def _format(raw: bytes) -> str:
    """``card-policy``, ``score-policy``, ``framework``, …; whoever parses the file looks closely."""
    found = _FORMAT.search(raw)
    return found[1].decode("utf-8", "replace").rpartition("/")[2] if found else ""
