"""The full check: everything is computed again from the stored bytes, trusting neither the store nor the shop.

- `replay`: the log from entry 0 on: statements, signatures, authority, records, links;
- `batch`: the records of one statement, read fast;
- `indexes`: the tables that can be computed again, compared with what was computed;
- `report`: faults, findings, and what is not proven;
- `child`: the same in a process of its own, for a store so damaged that reading it kills the reader.
"""

from trustledger.audit.child import audit_directory
from trustledger.audit.replay import audit
from trustledger.audit.report import AuditReport, Fault, Finding

__all__ = ["AuditReport", "Fault", "Finding", "audit", "audit_directory"]
