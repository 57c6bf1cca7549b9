"""Find drafts that changed by another way than the desk's, and drafts that differ from what is published."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from profiles.editorial.mapping import read_rows
from profiles.models import (
    Authority,
    Claim,
    Picture,
    Place,
    Profile,
    Programme,
    Silence,
    Source,
    SourceVersion,
    Speaker,
)
from profiles.models.documents import chunks
from profiles.models.editions import published_digests
from profiles.values import documents as docs

_TABLES = (Profile, Claim, Silence, Picture, Source, SourceVersion, Speaker, Authority, Programme, Place)
_BATCH = 500


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


def note_drafts(digests: Mapping[str, str]) -> None:
    """The rows under these uids spell documents with these digests: what was changed outside the desk is known now."""
    for table in _TABLES if digests else ():
        for some in chunks(digests):
            rows = list(table.objects.filter(pk__in=some).only("pk"))
            for row in rows:
                row.draft_digest = digests[row.pk]
            table.objects.bulk_update(rows, ["draft_digest"], batch_size=_BATCH)
