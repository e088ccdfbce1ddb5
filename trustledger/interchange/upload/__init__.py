"""Files into statements: the one way in for sheets, JSON Lines and EPCIS documents.

Pass 1 reads every row of every file, checks it and keeps the records in a temporary file; pass 2 appends them
as statements of bounded size, each whole or not at all. If pass 1 finds a single problem there is no pass 2.
Running the same upload again goes on where it stopped, because records that stand already are passed over.

`check` is pass 1 alone: the dry run. `sign` is pass 2 into a file, for a machine that has only the ledger's
card; `cosign` adds a signature to such a file on another one.
"""

from trustledger.interchange.upload.cosigning import Cosigned, cosign
from trustledger.interchange.upload.doing import Placed, Signed, Uploaded, check, sign, upload
from trustledger.interchange.upload.evidence import EvidenceFiles, evidence_beside
from trustledger.interchange.upload.reading import Check, Progress, Sample

__all__ = [
    "Check",
    "Cosigned",
    "EvidenceFiles",
    "Placed",
    "Progress",
    "Sample",
    "Signed",
    "Uploaded",
    "check",
    "cosign",
    "evidence_beside",
    "sign",
    "upload",
]
