"""What will be public: the documents of a review over what is published and named by them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from profiles.models.editions import read_published
from profiles.values import documents as docs
from profiles.values.origins import DEEPEST, works_behind


@dataclass(frozen=True, slots=True)
class Public:
    """The documents as they will be public: what a review changes, over what is published and named by it."""

    changed: Mapping[str, docs.Document]
    around: Mapping[str, docs.Document]

    def get(self, uid: str | None) -> docs.Document | None:
        """The document that will be public under a uid."""
        return None if uid is None else self.changed.get(uid) or self.around.get(uid)

    @property
    def claims(self) -> Iterator[docs.Claim]:
        """The claims that are changed."""
        return (document for document in self.changed.values() if isinstance(document, docs.Claim))

    def label(self, uid: str) -> str:
        """What to call a profile, a place, a speaker; its uid where it is not at hand."""
        return str(getattr(self.get(uid), "label", "") or uid)


def public_with(changed: Mapping[str, docs.Document]) -> Public:
    """What will be public once these documents are: two queries, and two for each step from a version to its origin."""
    named = {uid for document in changed.values() for _, uid in docs.references(document)} - changed.keys()
    around = read_published(named)
    public = Public(changed, around)
    wanted = works_behind([*changed.values(), *around.values()])
    for _ in range(DEEPEST):
        wanted -= changed.keys() | around.keys()
        if not wanted:
            break
        found = read_published(wanted)
        around.update(found)
        wanted = works_behind(found.values())
    return public
