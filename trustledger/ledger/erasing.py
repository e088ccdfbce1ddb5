"""Erasing a record's bytes: the one thing that changes what is stored, and it changes no hash."""

from __future__ import annotations

from trustledger.authority.state import names_reserved
from trustledger.errors import PolicyError
from trustledger.kinds.registry import Kinds
from trustledger.ledger import tables
from trustledger.ledger.prepared import record_digest
from trustledger.ledger.reader import Reader
from trustledger.record import Record, Withheld, withhold
from trustledger.store import Store


def withhold_record(store: Store, reader: Reader, kinds: Kinds, entry: int, position: int) -> None:
    """Put the withheld form in the place of a record.

    Its business key is forgotten too: a short key could be guessed from its digest.

    Raises:
        PolicyError: A record of an authority kind, or of a later version.
        NotFoundError: No such record.
    """
    with store.exclusive(30.0):
        with store.snapshot() as snapshot:
            reader.renew(snapshot)
            placed = reader.record(entry, position)
            record = placed.record
            if isinstance(record, Withheld):
                return
            if not isinstance(record, Record) or names_reserved(record):
                raise PolicyError("ledger.never_withheld", ref=placed.ref)
            chunk, place = divmod(position, tables.RECORDS_PER_CHUNK)
            key = tables.chunk_key(entry, chunk)
            raws = tables.unpack_bundle(snapshot.get("bundles", key) or b"")
            raws[place] = withhold(record)
            digest = record_digest(record, placed.party, kinds.spec(record.kind))
            head = snapshot.head
        store.commit(head, {"bundles": [(key, tables.pack_bundle(raws))], "business": [(digest, None)]}, head)
    reader.forget_records(entry)
