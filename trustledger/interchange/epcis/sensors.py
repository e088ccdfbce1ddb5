"""Sensor reports as results: our reading of what stays whole in the record's ``epcis``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.encoding import parse_time
from trustledger.errors import FormatError
from trustledger.interchange.epcis.things import decimal
from trustledger.interchange.epcis.vocabulary import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUES: Final = (("value", ""), ("minValue", "minimum "), ("maxValue", "maximum "), ("meanValue", "mean "))
"""Fields of a sensorReport that are a quantity in its unit. A standard deviation is no uncertainty and
percentiles are no results; they stay where they are."""
_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-\s]+")
_LONGEST: Final = 200
_LONGEST_UNIT: Final = 40
_POSITION: Final = frozenset({"latitude", "longitude", "altitude", "elevation"})


class Reading(NamedTuple):
    """One measured value.

    Attributes:
        parameter: What was measured: ``temperature``, ``minimum temperature``, or the URI of a substance or
            organism.
        value: Decimal.
        unit: Code as the report gives it.
        at: Time as the report or its metadata gives it, or None.
    """

    parameter: str
    value: str
    unit: str
    at: str | None

    def result(self) -> dict[str, str]:
        """As a result of an inspection."""
        return {"parameter": self.parameter, "unit": self.unit, "value": self.value}

    def temperature(self) -> dict[str, str]:
        """As a temperature of a shipment."""
        made = {"unit": self.unit, "value": self.value}
        if self.at is not None:
            made["at"] = self.at
        return made


def readings(event: dict[str, Any]) -> list[Reading]:
    """Every value with a unit that the event's sensors report, in their order.

    Reports that say where something was (a component of a position, latitude and longitude) are no results.

    Raises:
        FormatError: A value that is no number.
    """
    if "sensorElementList" not in event:
        return []
    return list(_readings(event["sensorElementList"]))


def _readings(elements: Any) -> Iterator[Reading]:
    for number, element in enumerate(elements if isinstance(elements, list) else ()):
        if not isinstance(element, dict):
            raise FormatError(
                "epcis.sensor", column=f"sensorElementList.{number}", seen=type(element).__name__
            )
        metadata = element.get("sensorMetadata")
        time = metadata.get("time") if isinstance(metadata, dict) else None
        reports = element.get("sensorReport")
        for position, report in enumerate(reports if isinstance(reports, list) else [reports]):
            if isinstance(report, dict):
                yield from _read(report, time, f"sensorElementList.{number}.sensorReport.{position}")


def _read(report: dict[str, Any], time: Any, at: str) -> Iterator[Reading]:
    parameter, unit = _parameter(report), report.get("uom")
    if not 0 < len(parameter) <= _LONGEST or parameter in _POSITION or "component" in report:
        return
    if type(unit) is not str or not 0 < len(unit) <= _LONGEST_UNIT:
        return
    own = report.get("time", time)
    for name, prefix in _VALUES:
        if report.get(name) is not None:
            value = decimal(report[name], f"{at}.{name}")
            yield Reading(prefix + parameter, value, unit, _moment(own))


def _moment(time: Any) -> str | None:
    if type(time) is str and len(time) <= 40:
        try:
            parse_time(time)
        except FormatError:
            return None
        return time
    return None


def _parameter(report: dict[str, Any]) -> str:
    for name in ("chemicalSubstance", "microorganism"):
        if type(report.get(name)) is str:
            return str(report[name])
    kind = report.get("type")
    return _WORDS.sub(" ", local_name(kind)).strip().lower() if type(kind) is str else ""
