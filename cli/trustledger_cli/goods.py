"""What the commands for shoppers look up beside their answer: names of goods and parties, as of the same moment."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from trustledger import FormatError, Ledger, NotFoundError
from trustledger.ledger.moments import Past, find_moment
from trustledger.record import Record
from trustledger.subject import check_party
from trustledger.views.corrections import said_by
from trustledger.views.goods import is_product, product_of
from trustledger_cli.lookup import typed_uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trustledger.authority.parties import PartyState
    from trustledger.ledger.moments import AsOf
    from trustledger_cli.render.shop import Names


def party_names(ledger: Ledger, uris: Iterable[str], as_of: AsOf) -> Names:
    """What parties are called, by the operator's word at a moment; a party without a name by its URI."""
    with ledger.reading() as reader:
        past = Past(reader, find_moment(reader, as_of).size)
        found: dict[str, str] = {}
        for uri in dict.fromkeys(filter(None, uris)):
            with suppress(FormatError):
                state = past.party(check_party(uri))
                found[uri] = state.name if state is not None and state.name else uri
    return lambda uri: found.get(uri, uri)


def names_said_in(ledger: Ledger, ref: str) -> Mapping[str, str]:
    """The names that a ``product`` record gives, by language; none if there is no such record."""
    entry, _, position = ref.partition("/")
    if not position:
        return {}
    names = (said_by(ledger.record(int(entry), int(position))) or {}).get("names")
    if not isinstance(names, dict):
        return {}
    return {language: name for language, name in names.items() if isinstance(name, str)}


def names_of(ledger: Ledger, subject: str, as_of: AsOf) -> Mapping[str, str]:
    """What goods are called: the word of the brand owner whose word counts for a card."""
    lot = f"{subject}/10/0" if is_product(subject) else subject  # its product's names are those of any lot
    return names_said_in(ledger, ledger.card(lot, as_of=as_of).framework.category_record)


def lots_of(ledger: Ledger, product: str, most: int = 10) -> list[str]:
    """Lots of a product that records name, the latest first."""
    with ledger.reading() as reader:
        found = [
            subject
            for placed in reader.chain(product)
            if isinstance(placed.record, Record)
            for subject in placed.record.subjects
            if product_of(subject) == product and "/10/" in subject
        ]
    return list(dict.fromkeys(reversed(found)))[:most]


def merchants_of(ledger: Ledger, product: str) -> list[str]:
    """URIs of the merchants that have listed a product, ascending."""
    with ledger.reading() as reader:
        listings = [said_by(placed) or {} for placed in reader.chain(product) if placed.kind == "listing"]
    return sorted({one["merchant"] for one in listings if isinstance(one.get("merchant"), str)})


def find_party(ledger: Ledger, text: str) -> str:
    """URI of the party that some words mean: its URI as typed or pasted, the same without scheme, or its name.

    Raises:
        FormatError: ``cli.several``: several parties are called so.
        NotFoundError: ``doors.party``: none is.
    """
    with suppress(FormatError):
        uri = check_party(typed_uri(text))
        if ledger.party(uri) is not None:
            return uri
    bare = text.strip().rstrip("/").casefold()
    found = [one for one in ledger.parties() if bare in _calls(one)]
    if len(found) > 1:
        listed = ", ".join(one.uri for one in found)
        raise FormatError("cli.several", seen=text, count=len(found), expected=listed)
    if not found:
        raise NotFoundError("doors.party", seen=text)
    return found[0].uri


def _calls(party: PartyState) -> frozenset[str]:
    bare = party.uri.partition("://")[2] or party.uri
    return frozenset({party.name.casefold(), party.uri.rstrip("/").casefold(), bare.rstrip("/").casefold()})
