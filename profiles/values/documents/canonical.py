"""The one spelling of a document, and the digests taken over it."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from .types import SCHEMA, Document

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Document)


def canonical(document: Any) -> bytes:
    """The one spelling of a document: the bytes that its digest is taken over."""
    return _encoder.encode(document)


def sha256(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def digest(document: Any) -> str:
    """The digest of a document: SHA-256 of its canonical bytes."""
    return sha256(canonical(document))


def parse(data: bytes | str) -> Document:
    """The document that stored canonical bytes spell. Raises msgspec.ValidationError on anything else."""
    return _decoder.decode(data)


def dossier_manifest(header: str, pairs: Iterable[tuple[str, str]], schema: int = SCHEMA) -> bytes:
    """The bytes whose SHA-256 is an edition's: header's digest and (uid, digest) pairs, uids sorted by code point."""
    return canonical({"documents": [list(pair) for pair in sorted(pairs)], "header": header, "schema": schema})


def dossier_digest(header: str, pairs: Iterable[tuple[str, str]], schema: int = SCHEMA) -> str:
    """The SHA-256 of an edition."""
    return sha256(dossier_manifest(header, pairs, schema))
