"""Find drafts that changed by another way than the desk's, and drafts that differ from what is published."""

from dataclasses import dataclass, field

from profiles.editorial.mapping import read_rows
from profiles.models import Authority, Claim, Place, Profile, Programme, Silence, Source, SourceVersion, Speaker
from profiles.models.editions import published_digests
from profiles.values import documents as docs

_TABLES = (Profile, Claim, Silence, Source, SourceVersion, Speaker, Authority, Programme, Place)


@dataclass(slots=True)
class Drift:
    """Uids, in order. `unnoted`: the row spells another document than its last known way in left there."""

    rows: int = 0
    unnoted: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def check_drift() -> Drift:
    """Recompute the digests of all draft rows; compare each with the one noted beside it and the one published."""
    noted: dict[str, str] = {}
    for table in _TABLES:
        noted.update(table.objects.values_list("uid", "draft_digest"))
    drafts = {uid: docs.digest(document) for uid, document in read_rows().items()}
    published = published_digests()
    return Drift(
        rows=len(drafts),
        unnoted=sorted(uid for uid, sha in drafts.items() if noted[uid] != sha),
        unpublished=sorted(drafts.keys() - published.keys()),
        changed=sorted(uid for uid, sha in drafts.items() if published.get(uid, sha) != sha),
        gone=sorted(published.keys() - drafts.keys()),
    )
