"""How many independent origins a claim has: three sources that retell one speaker are one."""

from collections.abc import Iterable
from dataclasses import dataclass

from profiles.models import Source, SourceVersion
from profiles.models.documents import chunks
from profiles.values import documents as docs
from profiles.values.origins import DEEPEST, origins_of, supporting


@dataclass(frozen=True, slots=True)
class Independence:
    """The sources that support a claim, and the origins that these come down to, as uids."""

    sources: frozenset[str]
    origins: frozenset[str]

    def __str__(self) -> str:
        s, o = len(self.sources), len(self.origins)
        return f"{s} source{'' if s == 1 else 's'}, {o} origin{'' if o == 1 else 's'}"

    @property
    def fewer(self) -> bool:
        """Whether it looks better founded than it is."""
        return len(self.origins) < len(self.sources)


def independence(claims: Iterable[docs.Claim]) -> dict[str, Independence]:
    """Claim -> its sources and origins, where a passage supports it; one query, and one a step to a first work."""
    wanted = {claim.uid: supporting(claim) for claim in claims}
    versions = {citation.version for cited in wanted.values() for citation in cited}
    source_of: dict[str, str] = {}
    derives: dict[str, str] = {}
    columns = ("pk", "source_id", "source__derives_from_id")
    for some in chunks(sorted(versions)):
        for version, source, first in SourceVersion.objects.filter(pk__in=some).order_by().values_list(*columns):
            source_of[version] = source
            if first:
                derives[source] = first
    behind = set(derives.values()) - derives.keys()
    for _ in range(DEEPEST):
        if not behind:
            break
        rows = Source.objects.filter(pk__in=behind).exclude(derives_from=None).order_by()
        further = dict(rows.values_list("pk", "derives_from_id"))
        derives |= further
        behind = set(further.values()) - derives.keys()

    def first_work(version: str) -> str:
        work = source_of.get(version, version)
        for _ in range(DEEPEST):
            work = derives.get(work, work)
        return work

    return {
        uid: Independence(
            frozenset(source_of.get(one.version, one.version) for one in cited),
            frozenset(origins_of(cited, first_work)),
        )
        for uid, cited in wanted.items()
        if cited
    }
