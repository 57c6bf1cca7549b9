"""Rows to documents and documents to rows: once each, for history, review, fixtures, imports and exports alike."""

from .read import hold_rows, known_rows, read_rows, read_touching
from .write import remove_rows, settle_seen, spelling, write_rows

__all__ = [
    "hold_rows",
    "known_rows",
    "read_rows",
    "read_touching",
    "remove_rows",
    "settle_seen",
    "spelling",
    "write_rows",
]
