"""The documents: typed, canonical, content-addressed. What a revision, a review and an edition are made of.

A document is one claim with its citations, one silence, one picture, one source version, or one header (of a profile,
source, speaker, authority, programme or place): facts and uids only. Canonical form (schema 1): JSON with keys sorted
by code point, no insignificant space, text in NFC, no floats, integers of 32 bits, no control characters, fields at
their default left out. Its digest is the lower-case hexadecimal SHA-256 of its UTF-8 bytes.
"""

from .canonical import canonical, digest, dossier_digest, dossier_manifest, parse, sha256
from .check import DocumentError, Problem, check, check_claim, convert, shape_problems
from .links import model_of, references, seen_on, tag_of, touched, word_of
from .shape import FIELD_WORDS, KIND_COLUMNS, PROFILE_UID, SHAPE, UID_PATTERNS
from .types import (
    OWNED,
    OWNED_TAGS,
    PROFILES,
    SCHEMA,
    TYPES,
    Authority,
    Citation,
    Claim,
    Document,
    Event,
    Group,
    NoFact,
    Person,
    Picture,
    PictureFile,
    Place,
    Programme,
    Silence,
    Source,
    Speaker,
    Translation,
    Version,
)

__all__ = [
    "FIELD_WORDS",
    "KIND_COLUMNS",
    "OWNED",
    "OWNED_TAGS",
    "PROFILES",
    "PROFILE_UID",
    "SCHEMA",
    "SHAPE",
    "TYPES",
    "UID_PATTERNS",
    "Authority",
    "Citation",
    "Claim",
    "Document",
    "DocumentError",
    "Event",
    "Group",
    "NoFact",
    "Person",
    "Picture",
    "PictureFile",
    "Place",
    "Problem",
    "Programme",
    "Silence",
    "Source",
    "Speaker",
    "Translation",
    "Version",
    "canonical",
    "check",
    "check_claim",
    "convert",
    "digest",
    "dossier_digest",
    "dossier_manifest",
    "model_of",
    "parse",
    "references",
    "seen_on",
    "sha256",
    "shape_problems",
    "tag_of",
    "touched",
    "word_of",
]
