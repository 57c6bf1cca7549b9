"""Rows to documents and documents to rows: once each, for history, review, fixtures, imports and exports alike."""

from .read import read_rows, read_touching
from .write import remove_rows, settle_seen, write_rows

__all__ = ["read_rows", "read_touching", "remove_rows", "settle_seen", "write_rows"]
