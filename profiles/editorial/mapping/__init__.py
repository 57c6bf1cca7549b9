"""Rows to documents and documents to rows: once each, for history, review, fixtures, imports and exports alike."""

from .read import hold_rows, read_rows, read_touching
from .write import remove_rows, settle_seen, write_rows

__all__ = ["hold_rows", "read_rows", "read_touching", "remove_rows", "settle_seen", "write_rows"]
