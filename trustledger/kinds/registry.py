"""The kinds a program knows: rows in, drafts out.

The models, and with them pydantic, are loaded at the first draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from trustledger.kinds.spec import KindSpec

if TYPE_CHECKING:
    from trustledger.kinds.fields import KindModel
    from trustledger.record import Draft, Evidence

EvidenceReader = Callable[[str], "Evidence"]
"""Hashes the file at a path. Injected, because this floor reads no files."""


class Kinds:
    """An immutable set of kinds.

    Example:
        >>> Kinds.default().spec("inspection").title["zh"]
        '检验'
    """

    @classmethod
    def default(cls) -> Kinds:
        """The project's own ten kinds."""
        raise NotImplementedError

    def with_kind(self, spec: KindSpec, model: type[KindModel]) -> Kinds:
        """These kinds and one more.

        Args:
            spec: Its name must contain a dot; no part of its business key may be sealable.
            model: The fields of its data.

        Raises:
            FormatError: ``kinds.name``, ``kinds.registered``, ``kinds.key_sealable``.
        """
        raise NotImplementedError

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all kinds, sorted."""
        raise NotImplementedError

    def spec(self, name: str) -> KindSpec | None:
        """The kind of this name, or None if it is not known here."""
        raise NotImplementedError

    def model(self, name: str) -> type[KindModel]:
        """The pydantic model of a kind's data (loads pydantic). Raises InputError ``kinds.unknown``."""
        raise NotImplementedError

    def draft(self, row: Mapping[str, Any], *, evidence_reader: EvidenceReader | None = None) -> Draft:
        """Check one plain row and make it a draft.

        Args:
            row: ``{"kind", "subject", "occurred_at", "data", "also"?, "seal"?, "evidence"?}``. ``subject`` may be left
                out of a processing row with outputs: it is the first output. ``occurred_at`` is RFC 3339 text with an
                offset, an aware datetime, or milliseconds as an int.
            evidence_reader: Hashes the files that ``evidence`` names by path; without it, only objects are accepted.

        Returns:
            The draft: data in canonical order without absent fields, values to seal taken out of it.

        Raises:
            InputError: ``kinds.row``; ``problems`` holds one FormatError for each bad field, whose ``facts["at"]`` is
                its place (``data.results.0.value``), ``seen`` and ``expected``.
        """
        raise NotImplementedError

    def draft_many(
        self, rows: Iterable[Mapping[str, Any]], *, evidence_reader: EvidenceReader | None = None
    ) -> list[Draft | Exception]:
        """Like :meth:`draft` for many rows; a bad row's InputError stands in its place."""
        raise NotImplementedError
