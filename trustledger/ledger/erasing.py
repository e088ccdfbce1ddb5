"""Erasing a record's bytes: the one thing that changes what is stored, and it changes no hash."""

from __future__ import annotations

from trustledger.authority.state import names_reserved
from trustledger.errors import PolicyError
from trustledger.ledger import tables
from trustledger.ledger.prepared import CORRECTION
from trustledger.ledger.reader import Reader
from trustledger.record import Record, Withheld, withhold
from trustledger.store import Store


def withhold_record(store: Store, reader: Reader, entry: int, position: int) -> None:
    """Put the withheld form in the place of a record.

    The digest of its business key stays, so that last month's sheet does not publish the record again. Who guesses the
    whole key (the signing party, the kind, a report number, a lot) can tell that such a record stood here.

    Raises:
        PolicyError: A record of an authority kind or of a later version, or a correction.
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
            if record.kind == CORRECTION:  # without it, what it corrected would read as if it stood
                raise PolicyError("ledger.correction_not_withheld", ref=placed.ref)
            chunk, place = divmod(position, tables.RECORDS_PER_CHUNK)
            key = tables.chunk_key(entry, chunk)
            raws = tables.unpack_bundle(snapshot.get("bundles", key) or b"")
            raws[place] = withhold(record)
            withheld = tables.unpack_u64(snapshot.get("meta", tables.WITHHELD) or bytes(8)) + 1
            head = snapshot.head
        # The log does not change, and so the head does not; the count tells other handles to read records again.
        counted = (tables.WITHHELD, tables.u64(withheld))
        store.commit(head, {"bundles": [(key, tables.pack_bundle(raws))], "meta": [counted]}, head)
