"""Going on after a changed record, and telling which one it was.

The statement's root says that some record of an entry is not the one that was signed. The entry also commits to its
links, and a link binds one record's hash: the records whose links come out differently are the changed ones. Going on
with the links that the entry commits to keeps one change from looking like many.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from trustledger.chain import EMPTY, Head, make_link


def follow_links(
    heads: MutableMapping[bytes, Head],
    entry: int,
    records: Sequence[tuple[bytes, Sequence[bytes]]],
    links: Sequence[bytes],
) -> list[int]:
    """Move chains forward by links that are known to be right.

    Args:
        heads: Every chain before the entry; moved forward in place.
        entry: Index of the entry.
        records: For each record its hash as it is now, and its subjects' hashes.
        links: The links that the entry commits to, as many as the records have subjects.

    Returns:
        Positions of the records that do not give these links.
    """
    changed: list[int] = []
    rest = iter(links)
    for position, (record_hash, subjects) in enumerate(records):
        for subject in subjects:
            length, previous, _ = heads.get(subject, EMPTY)
            link = next(rest)
            if make_link(previous, subject, length, entry, position, record_hash) != link and (
                not changed or changed[-1] != position
            ):
                changed.append(position)
            heads[subject] = (length + 1, link, previous)
    return changed
