"""Units of measurement: looked up in a table, converted exactly, never guessed.

What is signed is the canonical symbol where two spellings mean exactly the same (``KGM`` and ``公斤`` become
``kg``, ``ppm`` becomes ``mg/kg``); a unit with another factor stays as it was written (``斤`` stays ``斤``),
since a record says what its signer said. Conversion is for comparing, and gives fractions.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from trustledger.encoding import check_decimal
from trustledger.errors import FormatError
from trustledger.kinds.unit_table import TABLE, TEMPERATURES

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNIT: Final = 40
"""Characters of a unit's name. The longest in the table has 15."""

_REC_20: Final = re.compile(r"(?=.*[A-Z])[A-Z0-9]{2,3}")
_OPAQUE: Final = "code "
_TYPED_MICRO: Final = re.compile(r"(?<![A-Za-z])(?:ug|mcg|mkg|micrograms?)(?![a-z])")  # for the Greek mu
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Attributes:
        symbol: Its canonical spelling, the one that is signed.
        dimension: What it measures; only units of one dimension are comparable. An opaque unit, a code of
            UN/ECE Recommendation 20 that the table does not hold, is a dimension of its own.
        factor: Base units in one of it.
        offset: What is added after the factor (temperatures); base = value · factor + offset.
    """

    symbol: str
    dimension: str
    factor: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)

    def comparable(self, other: Unit) -> bool:
        """Whether values in this unit and the other can be compared."""
        return self.dimension == other.dimension

    def to_base(self, value: str) -> Fraction:
        """A decimal in this unit as an exact number of base units. FormatError ``encoding.decimal``."""
        return Fraction(check_decimal(value)) * self.factor + self.offset


def unit(text: str) -> Unit:
    """The unit that ``text`` names, by symbol, English or Chinese name, or UN/ECE Recommendation 20 code.

    Full-width and compatibility characters are read as what they stand for (``㎏``, ``ｋｇ``, both micro
    signs). Upper and lower case matter: ``mg`` is not ``Mg``.

    Raises:
        FormatError: ``units.unknown``; ``expected`` lists the nearest names.

    Example:
        >>> unit("ppm").symbol, unit("公斤").symbol, unit("XYZ").dimension
        ('mg/kg', 'kg', 'code XYZ')
    """
    if type(text) is not str or not 0 < len(text) <= MAX_UNIT:
        raise FormatError("units.unknown", seen=text, expected="kg, mg/kg, %")
    return _unit(text)


@lru_cache(maxsize=4096)
def _unit(text: str) -> Unit:
    spelling = _plain(text)
    found = _by_name().get(spelling)
    if found is not None:
        return found
    if _REC_20.fullmatch(spelling) and spelling.casefold() not in _folded():  # KG is no keg but a slip for kg
        return Unit(spelling, _OPAQUE + spelling)
    raise FormatError("units.unknown", seen=text, expected=", ".join(nearest(text)))


def listed(text: str) -> Unit:
    """As `unit`, but only of the table: where a person typed it, an unknown code is a slip.

    Raises:
        FormatError: ``units.unknown``, also for what could be a code of Recommendation 20.
    """
    found = unit(text)
    if found.dimension.startswith(_OPAQUE):
        raise FormatError("units.unknown", seen=text, expected=", ".join(nearest(text)))
    return found


def symbol_of(text: str) -> str:
    """The canonical symbol of the unit that ``text`` names. Errors as `unit`."""
    return unit(text).symbol


def symbols() -> tuple[str, ...]:
    """All canonical symbols of the table."""
    return tuple(dict.fromkeys(known.symbol for known in _by_name().values()))


@lru_cache(maxsize=1024)  # a column of the same unknown unit is looked up once
def nearest(text: str) -> tuple[str, ...]:
    """Up to three names that differ by case alone, or symbols of units named alike; common ones if none is."""
    spelling = _plain(text)
    names = _by_name()
    same = [name for name in names if name.casefold() == spelling.casefold()]
    if same:
        return tuple(same[:3])
    typed = _TYPED_MICRO.sub("μg", spelling)
    near = difflib.get_close_matches(typed, names, n=12)
    # What begins otherwise is mostly a thousand times more or less: mg/kg for µg/kg. It comes last.
    near.sort(key=lambda name: name[:1].casefold() != typed[:1].casefold())
    return tuple(dict.fromkeys(names[name].symbol for name in near))[:3] or ("kg", "mg/kg", "%")


def convert(value: str, source: str | Unit, target: str | Unit) -> Fraction:
    """``value`` in another unit of the same dimension, exactly.

    Args:
        value: A decimal (format, section 1).
        source: Its unit.
        target: The unit wanted.

    Returns:
        A fraction, since not every exact result is a decimal (1 °F is 5/9 K).

    Raises:
        FormatError: ``units.incomparable``, ``units.unknown``, ``encoding.decimal``.

    Example:
        >>> convert("3", "斤", "kg")
        Fraction(3, 2)
    """
    before = source if isinstance(source, Unit) else unit(source)
    after = target if isinstance(target, Unit) else unit(target)
    if not before.comparable(after):
        raise FormatError("units.incomparable", seen=before.symbol, expected=after.symbol)
    return (before.to_base(value) - after.offset) / after.factor


def _plain(text: str) -> str:
    """One spelling for what looks the same: NFKC, the Greek mu for both micro signs, single spaces.

    NFKC turns the micro sign into the Greek letter, superscripts into digits and ℃ into °C, so the table's
    own names go through here too.
    """
    folded = unicodedata.normalize("NFKC", text).replace("·", ".").strip()
    return _SPACES.sub(" ", folded).replace(" /", "/").replace("/ ", "/")


@cache
def _by_name() -> dict[str, Unit]:
    """Every symbol and alias in its plain spelling, micrograms also as they are typed: ``ug``, ``mcg``.

    A name with two meanings is a fault of the table.
    """
    names: dict[str, Unit] = {}
    for known, aliases in _rows():
        for name in (known.symbol, *filter(None, aliases.split("|"))):
            plain = _plain(name)
            in_words = plain if plain.isascii() else plain.replace("/", "每")  # 毫克每千克
            for spelling in {plain, in_words, plain.replace("μg", "ug"), plain.replace("μg", "mcg")}:
                if names.setdefault(spelling, known) is not known:
                    raise FormatError("units.table", seen=name, expected=known.symbol)
    return names


@cache
def _folded() -> frozenset[str]:
    return frozenset(name.casefold() for name in _by_name())


def _rows() -> Iterator[tuple[Unit, str]]:
    for dimension, rows in TABLE.items():
        for symbol, factor, aliases in rows:
            yield Unit(symbol, dimension, Fraction(factor)), aliases
    for symbol, factor, offset, aliases in TEMPERATURES:
        yield Unit(symbol, "temperature", Fraction(factor), Fraction(offset)), aliases
