"""Lists that are searched in any spelling: what the words themselves do not find, their skeletons do."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from profiles.models import Claim, Profile, Spelling
from profiles.values.names import alike, fold

# Rows beyond those that the words themselves find; a term that finds more is no name.
MOST = 1_000
WORDS = 20


def spelled(rows: Iterable[tuple[Any, ...]], term: str) -> list[Any]:
    """The keys of rows (key, text ...) in which every word of a term stands in some spelling."""
    found, matches = [], alike(term)
    for key, *texts in rows:
        if matches(" ".join(filter(None, texts))):
            found.append(key)
            if len(found) == MOST:
                break
    return found


def profiles_called(term: str) -> list[str]:
    """The profiles that go by a name, in a draft or in public, in any script or spelling: three queries."""
    folded = fold(term)
    if not folded:
        return []
    named = Claim.objects.filter(kind="name").order_by().values_list("subject_id", "name")
    found = {*spelled(Profile.objects.order_by().values_list("pk", "label"), term), *spelled(named, term)}
    found |= set(Spelling.objects.filter(skeleton__contains=folded).values_list("entry_id", flat=True)[:MOST])
    return sorted(found)[:MOST]


def uids_about(term: str) -> list[str]:
    """The uids of the profiles that go by a name, and of the claims that touch them."""
    found = profiles_called(term)
    touching = Claim.objects.filter(Q(subject__in=found) | Q(about__in=found)).order_by("uid")
    return [*found, *touching.values_list("uid", flat=True)[: 10 * MOST]]


class AnySpelling:
    """For a list: its rows are found by the words of some columns, and by the profiles that other columns name."""

    spelled_fields: tuple[str, ...] = ()
    profile_fields: tuple[str, ...] = ()

    def about(self, term: str) -> Q:
        """The rows about the profiles that go by a name; nothing where no column names any."""
        found = profiles_called(term) if self.profile_fields else []
        asked = Q(pk__in=[])
        for name in self.profile_fields if found else ():
            asked |= Q(**{f"{name}__in": found})
        return asked

    def get_search_results(self, request, queryset, search_term):
        # Each word is a condition of its own, and a database takes only so many.
        search_term = " ".join(search_term.split()[:WORDS])
        plain, several = super().get_search_results(request, queryset, search_term)
        if not fold(search_term):
            return plain, several
        asked = Q(pk__in=plain.order_by().values("pk")) | self.about(search_term)
        if self.spelled_fields:
            # Not the list's own rows: what is reckoned for its columns would be reckoned for every row.
            rows = self.model._base_manager.order_by().values_list("pk", *self.spelled_fields)
            asked |= Q(pk__in=spelled(rows.iterator(), search_term))
        return queryset.filter(asked), False
