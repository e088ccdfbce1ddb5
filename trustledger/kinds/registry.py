"""The kinds a program knows: rows in, drafts out.

The models, and with them pydantic, are loaded when a kind is first used for a draft.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from trustledger.errors import FormatError, InputError
from trustledger.kinds.specs import OWN

if TYPE_CHECKING:
    from trustledger.kinds.drafting import Ready
    from trustledger.kinds.fields import KindModel
    from trustledger.kinds.spec import KindSpec
    from trustledger.record import Draft, Evidence

EvidenceReader = Callable[[str], "Evidence"]
"""Hashes the file at a path. Injected, because this floor reads no files."""


class Kinds:
    """An immutable set of kinds.

    Example:
        >>> Kinds.default().spec("inspection").title["zh"]
        '检验'
    """

    __slots__ = ("_models", "_ready", "_specs")

    def __init__(self, specs: Mapping[str, KindSpec], models: Mapping[str, type[KindModel]]) -> None:
        """Use `default` and `with_kind`. ``models`` holds those of kinds that are not the project's own."""
        self._specs = MappingProxyType(dict(specs))
        self._models = MappingProxyType(dict(models))
        self._ready: dict[str, Ready] = {}  # a cache: what is compiled never changes

    @classmethod
    def default(cls) -> Kinds:
        """The project's own kinds."""
        return _default()

    def with_kind(self, spec: KindSpec, model: type[KindModel]) -> Kinds:
        """These kinds and one more.

        Args:
            spec: Its name must contain a dot, so that it never meets a later kind of this project.
            model: The fields of its data.

        Raises:
            FormatError: ``kinds.own_name``, ``kinds.registered``, ``kinds.model_float``,
                ``kinds.model_validator``.
        """
        if "." not in spec.name:
            raise FormatError("kinds.own_name", seen=spec.name)
        if spec.name in self._specs:
            raise FormatError("kinds.registered", seen=spec.name)
        kinds = Kinds({**self._specs, spec.name: spec}, {**self._models, spec.name: model})
        kinds._compile(spec.name)
        return kinds

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all kinds, sorted."""
        return tuple(sorted(self._specs))

    def spec(self, name: str) -> KindSpec | None:
        """The kind of this name, or None if it is not known here."""
        return self._specs.get(name)

    def model(self, name: str) -> type[KindModel]:
        """The pydantic model of a kind's data (loads pydantic).

        Raises:
            InputError: ``kinds.unknown``.
        """
        if name not in self._specs:
            raise self._unknown(name)
        if name in self._models:
            return self._models[name]
        from trustledger.kinds.models import MODELS  # noqa: PLC0415 - loads pydantic

        return MODELS[name]

    def draft(self, row: Mapping[str, Any], *, evidence_reader: EvidenceReader | None = None) -> Draft:
        """Check one plain row and make it a draft.

        Args:
            row: ``{"kind", "subject", "occurred_at", "data", "also"?, "seal"?, "evidence"?}``. ``subject``
                may be left out where the data has outputs: it is the first. ``occurred_at`` is RFC 3339 text
                with an offset, an aware datetime, or milliseconds since the epoch as an int. A field that is
                None is absent.
            evidence_reader: Hashes the files that ``evidence`` names by path; without it only objects are
                accepted.

        Returns:
            The draft: canonical data without absent fields, with the values to seal taken out.

        Raises:
            InputError: ``kinds.unknown``; or ``kinds.row``, whose ``problems`` hold one FormatError for each
                bad field with its place in ``facts["at"]`` (``data.results.0.value``), and ``seen`` and
                ``expected``.
        """
        try:
            ready = self._ready[row["kind"]]
        except (KeyError, TypeError):
            ready = self._compile(row.get("kind") if isinstance(row, Mapping) else None)
        return _draft_of(ready, row, evidence_reader)

    def draft_many(
        self, rows: Iterable[Mapping[str, Any]], *, evidence_reader: EvidenceReader | None = None
    ) -> list[Draft | InputError]:
        """Like `draft` for many rows; where a row is bad, its InputError stands in its place."""
        drafts: list[Draft | InputError] = []
        for row in rows:
            try:
                drafts.append(self.draft(row, evidence_reader=evidence_reader))
            except InputError as error:
                drafts.append(error)
        return drafts

    def _compile(self, name: Any) -> Ready:
        """Load a kind's model and make it ready."""
        if not isinstance(name, str) or name not in self._specs:
            raise self._unknown(name)
        from trustledger.kinds.drafting import Ready  # noqa: PLC0415 - loads pydantic
        from trustledger.kinds.fields import compiled  # noqa: PLC0415 - loads pydantic

        ready = Ready(self._specs[name], compiled(self.model(name)), name in self._models)
        self._ready[name] = ready
        return ready

    def _unknown(self, name: Any) -> InputError:
        near = (
            difflib.get_close_matches(
                str(name)[:80] if isinstance(name, str) else "", self.names, n=1, cutoff=0.5
            )
            or self.names
        )
        problem = FormatError("kinds.unknown", at="kind", seen=name, expected=", ".join(near))
        return InputError("kinds.row", problems=[problem], count=1, kind=name)


@cache
def _default() -> Kinds:
    return Kinds(OWN, {})


def _draft_of(ready: Ready, row: Mapping[str, Any], evidence_reader: EvidenceReader | None) -> Draft:
    """Stands in until the first call, then is the function itself, to save an import statement per row."""
    global _draft_of  # noqa: PLW0603 - replaced once, by the same thing
    from trustledger.kinds.drafting import draft_of  # noqa: PLC0415 - loads pydantic

    _draft_of = draft_of
    return draft_of(ready, row, evidence_reader)
