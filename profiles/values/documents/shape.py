"""Which columns each kind of claim needs and may have, whose words come from which list, what a uid looks like."""

from msgspec import Struct

from profiles.values import vocabulary as words

from .types import (
    Authority,
    Citation,
    Claim,
    Event,
    Group,
    Person,
    Picture,
    PictureFile,
    Place,
    Programme,
    Silence,
    Source,
    Speaker,
    Version,
)

# kind -> (columns it needs, columns it may have); a column of no list here is shared by all kinds.
_NUMBER = ("precision", "low", "high", "number_words", "counted")
SHAPE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("name", "name_sort"), ("language", "used_by")),
    "identifier": (("scheme", "identifier"), ()),
    "membership": (("about", "role"), ("title", "end_reason")),
    "relation": (("about", "relation"), ("manner",)),
    "part": (("part",), ("about", "party", *_NUMBER)),
    "presence": (("presence", "place"), ()),
    "strength": (("precision", "counted"), ("low", "high", "number_words")),
    "designation": (
        ("as_stated", "evidence"),
        ("authority", "programme", "listing_id", "name_as_listed", "ground"),
    ),
    "step": (("designation", "step"), ("step_change",)),
    "statement": ((), ("about", "place", "party", "word", *_NUMBER)),
}
KIND_COLUMNS = tuple(dict.fromkeys(c for needed, may in SHAPE.values() for c in (*needed, *may)))

# Which closed list a field's words come from, by document type.
_CLAIM_WORDS = {
    "voice": words.VOICE, "sense": words.SENSE, "basis": words.BASIS, "reach": words.REACH,
    "verification": words.VERIFICATION, "standing": words.STANDING, "confidence": words.CONFIDENCE,
    "response": words.RESPONSE, "name_sort": words.NAME_SORT, "used_by": words.USED_BY,
    "scheme": words.IDENTIFIER_SCHEME, "role": words.ROLE, "end_reason": words.END_REASON,
    "relation": words.RELATION, "manner": words.MANNER, "part": words.PART, "presence": words.PRESENCE,
    "precision": words.PRECISION, "counted": words.COUNTED, "evidence": words.EVIDENCE, "step": words.STEP,
    "step_change": words.STEP_CHANGE,
}  # fmt: skip
FIELD_WORDS: dict[type[Struct], dict[str, words.Words]] = {
    Claim: _CLAIM_WORDS,
    Citation: {"voice": words.VOICE, "bearing": words.BEARING, "part": words.CITATION_PART},
    Silence: {"state": words.SILENCE},
    Picture: {"kind": words.PICTURE_KIND, "licence": words.LICENCE},
    PictureFile: {"media_type": words.PICTURE_TYPE},
    Group: {"kind": words.GROUP_KIND},
    Person: {"kind": words.PERSON_KIND},
    Event: {"kind": words.EVENT_TYPE},
    Source: {"kind": words.SOURCE_KIND},
    Version: {"method": words.CAPTURE_METHOD, "fidelity": words.TEXT_FIDELITY},
    Speaker: {"kind": words.SPEAKER_KIND},
    Place: {"kind": words.PLACE_KIND},
}

# Uids say what they name: reserved heads keep one space of uids for all tables.
PROFILE_UID = (r"(?!(?:src|spk|auth|prog|place)\b)[a-z][a-z0-9]{1,15}", "kh")
_OWNER = rf"(?P<owner>{PROFILE_UID[0]})"
UID_PATTERNS: dict[type[Struct], tuple[str, str]] = {
    Claim: (_OWNER + r"-\d{4,}", "kh-0017"),
    Citation: (_OWNER + r"-\d{4,}-c\d+", "kh-0017-c2"),
    Silence: (_OWNER + r"-s\d{2,}", "kh-s03"),
    Picture: (_OWNER + r"-p\d{2,}", "kh-p01"),
    Source: (r"src-\d{4,}", "src-0001"),
    Version: (r"(?P<owner>src-\d{4,})-v\d+", "src-0001-v1"),
    Speaker: (r"spk-\d{4,}", "spk-0001"),
    Authority: (r"auth-\d{4,}", "auth-0001"),
    Programme: (r"prog-\d{4,}", "prog-0001"),
    Place: (r"place-\d{4,}", "place-0001"),
}
