"""Kinds of records: what each means, which fields it has, and how rows become drafts.

`KindSpec` and the project's own specs are plain data, all that a checker needs. `Kinds` turns rows into
drafts; the models behind it, and with them pydantic, are loaded at the first draft.
`trustledger.kinds.build` has a typed function for each kind, and `trustledger.kinds.fields` what a kind of
your own is made of.
"""

from trustledger.kinds.registry import EvidenceReader, Kinds
from trustledger.kinds.spec import KindSpec, Lots

__all__ = ["EvidenceReader", "KindSpec", "Kinds", "Lots"]
