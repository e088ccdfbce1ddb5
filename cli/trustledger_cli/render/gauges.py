"""What is read at a glance: stars, bars and verdicts. Exact fractions in, characters out; no float on the way."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from rich.text import Text

MOST_STARS: Final = 5
_CELLS: Final = 12
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def stars(count: int | None, style: str = "yellow") -> Text:
    """``★★★★☆``; a dash where nobody gave any."""
    if count is None:
        return Text("—", style="dim")
    shown = max(0, min(count, MOST_STARS))
    return Text("★" * shown + "☆" * (MOST_STARS - shown), style=style if shown else "bold red")


def bar(share: Fraction, style: str, cells: int = _CELLS) -> Text:
    """A bar that is full at 1, to an eighth of a cell; the rest of its length is shaded.

    Args:
        share: How much of it; what lies outside 0 to 1 is shown as the nearer end.
        style: Its colour.
        cells: Its length.
    """
    held = max(Fraction(0), min(share, Fraction(1)))
    full, part = divmod(int(held * cells * 8), 8)
    if held and not full and not part:
        part = 1  # something is never shown as nothing
    drawn = "█" * full + (_EIGHTHS[part] if part else "")
    return Text.assemble((drawn, style), ("░" * (cells - len(drawn)), "dim"))


def percent(share: Fraction, digits: int = 1) -> str:
    """``62.5 %``, rounded half up: for people, never for arithmetic."""
    scale = 10**digits
    tenths = int(abs(share) * 100 * scale + Fraction(1, 2))
    whole, rest = divmod(tenths, scale)
    sign = "-" if share < 0 and tenths else ""
    return f"{sign}{whole}.{rest:0{digits}d} %" if digits else f"{sign}{whole} %"


def badge(text: str, colour: str) -> Text:
    """A word that stands out."""
    return Text(f" {text} ", style=f"bold white on {colour}")
