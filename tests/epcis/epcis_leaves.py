"""The values of an event, and what each may look like in a record."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from trustledger.encoding import parse_time
from trustledger.errors import FormatError
from trustledger.interchange.epcis.identifiers import canonical
from trustledger.interchange.epcis.vocabulary import word


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


def spellings(value):
    """What a value may look like in a record."""
    if value is None or isinstance(value, bool):
        return {repr(value)}
    if isinstance(value, int | Decimal):
        return {Decimal(value)}
    found = {value, word(value)}
    for read_as in (canonical, parse_time, Decimal):
        try:
            found.add(read_as(value))
        except (FormatError, InvalidOperation):
            continue
    return found
