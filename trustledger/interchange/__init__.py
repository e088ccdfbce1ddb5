"""Rows in and out: CSV as merchants have it, JSON Lines, EPCIS 2.0."""

from trustledger.interchange.rows import (
    Place,
    Problem,
    ReadOptions,
    Row,
    RowOrProblem,
    read_rows,
    total_bytes,
)

__all__ = ["Place", "Problem", "ReadOptions", "Row", "RowOrProblem", "read_rows", "total_bytes"]
