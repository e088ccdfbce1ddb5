"""What somebody with full write access and the ledger's own code can do to a `Story`'s store."""

from __future__ import annotations

from trustledger import merkle
from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.ledger import tables
from trustledger.ledger.prepared import Prepared, record_digest
from trustledger.ledger.reader import Reader
from trustledger.ledger.sequencer import _Plan
from trustledger.record import Record, parse_record
from trustledger.statement import Statement, sign_statement


def replace_log(story, entries) -> None:
    """Put other entries in the log, with a tree and a head that fit them. Takes no key."""
    frontier, nodes = merkle.Frontier(), []
    for raw in entries:
        nodes += frontier.append(merkle.leaf_hash(raw))
    with story.store.snapshot() as snapshot:
        before = snapshot.head
        old = {table: [key for key, _ in snapshot.scan(table)] for table in ("entries", "nodes")}
    head = tables.StoreHead(len(entries), frontier.root(), tables.StoreHead.unpack(before).sequenced_at)
    writes = {
        "entries": [(key, None) for key in old["entries"]]
        + [(tables.u64(n), raw) for n, raw in enumerate(entries)],
        "nodes": [(key, None) for key in old["nodes"]]
        + [(tables.u64(n), node) for n, node in enumerate(nodes)],
    }
    story.store.commit(before, writes, head.pack())


def entries_of(story) -> list[bytes]:
    """The log's entries as they are."""
    with story.store.snapshot() as snapshot:
        return [raw for _, raw in snapshot.scan("entries")]


def place_unasked(story, raws, *signers, seen=None, genesis=None) -> int:
    """Sign records and place them with every index kept, but without asking any of the questions."""
    with story.store.snapshot() as snapshot:
        before = snapshot.head
        reader = Reader(snapshot)
        records = [parse_record(raw) for raw in raws]
        batch = Prepared(
            list(raws), [record.hash for record in records], [record.subjects for record in records]
        )
        for position, record in enumerate(records):
            if record.kind in AUTHORITY_KINDS or not isinstance(record, Record):
                batch.authority[position] = record
                batch.digests.append(bytes(32))
            else:
                spec = story.ledger.kinds.spec(record.kind)
                batch.digests.append(record_digest(record, signers[0].party, spec))
        others = tuple(sorted({signer.party for signer in signers[1:]} - {signers[0].party}))
        root = merkle.root(batch.leaves)
        text = Statement(
            story.card.origin, genesis or story.card.genesis, signers[0].party, others, 1_790_000_000_000,
            len(batch.raws).to_bytes(8, "big") + before[-8:], seen, len(raws), root,
        )  # fmt: skip
        roots = merkle.subtree_roots(batch.leaves, tables.RECORD_HEIGHT)
        plan = _Plan(reader, sign_statement(text, signers), batch, roots, reader.head.sequenced_at + 1)
        writes, head = plan.writes(), plan.head()
        signed = sign_checkpoint(Checkpoint(story.card.origin, head.size, head.root), [story.log])
        writes["checkpoints"] = [(tables.LATEST, signed)]
    story.store.commit(before, writes, head.pack())
    return head.size - 1
