"""Put one claim that is public up for review as a correction, alone but for what it needs, with its public note."""

from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import open_review, with_needed
from profiles.models import Review, User
from profiles.models.editions import published_digests

KINDS = ("correction", "clarification")


def put_up_correction(uid: str, *, by: User, note: str, kind: str = "correction") -> Review:
    """Open the review of what is drafted under a uid. Refuses what never was public, is not changed, or has no note."""
    if kind not in KINDS:
        raise Refused(f"Choose {' or '.join(KINDS)}.")
    if not note.strip():
        raise Refused("Say in public what was wrong: the note stands beside the correction.")
    if not published_digests([uid]):
        raise Refused(f"{uid} is not public, so there is nothing to correct: put it up for review as it is.")
    needed = with_needed(read_rows([uid]))
    if uid not in needed:
        raise Refused("The draft says what is published: change it first.")
    return open_review(needed, by=by, kind=kind, note=note)
