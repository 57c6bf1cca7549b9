"""Atom feeds, the sitemap, and what robots are told."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.counts import ALL, ClaimCount, FacetCount
from profiles.models.editions import head
from profiles.models.published import Entry, PublishedClaim, PublishedSource
from profiles.reading import addresses, feeds

from .profiles import elsewhere

PAGES = (
    "/", "/groups/", "/people/", "/events/", "/lineage/", "/compare/", "/claims/", "/designations/", "/sources/",
    "/publications/", "/corrections/", "/about/words/", "/schemas/", "/data/", "/data/dictionary/",
)  # fmt: skip


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Everything that was published, newest first."""
    return _atom(feeds.changes())


@require_safe
def changes_of(request: HttpRequest, folder: str, slug: str) -> HttpResponse:
    """The editions of one profile, newest first."""
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).first()
    return _atom(feeds.changes_of(entry)) if entry else elsewhere(request, folder, slug, "changes.atom")


@require_safe
def corrections_feed(request: HttpRequest) -> HttpResponse:
    """What was put right or taken back, newest first."""
    return _atom(feeds.corrections())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is not worth a visit, and where the rest is listed."""
    shut = ("/admin/", "/*/report/", "/*?on=", "/*/record/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in shut), "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _atom(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type=feeds.MEDIA_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response


class _Ours(Sitemap):
    """A part of the sitemap, under the address that the site goes by."""

    limit = 10_000  # of fifty thousand that the protocol allows: a part stays small

    def get_protocol(self, protocol: str | None = None) -> str:
        """That of SITE_URL."""
        return str(settings.SITE_URL.partition("://")[0])

    def get_domain(self, site: object = None) -> str:
        """That of SITE_URL."""
        return str(settings.SITE_URL.partition("://")[2])

    def kept_number(self) -> int | None:
        """How many places there are, as the publications counted them; None where they did not."""
        return None

    @property
    def paginator(self) -> Paginator:
        """Django's; the index, which lists parts alone, counts no rows."""
        made: Paginator = super().paginator
        if (number := self.kept_number()) is not None:
            made.count = number
        return made


class Pages(_Ours):
    """The pages that lead to all others."""

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return item


class Profiles(_Ours):
    """The newest edition of every profile of one model."""

    def __init__(self, model: str) -> None:
        self.model = model

    def items(self) -> QuerySet[Entry]:
        return Entry.objects.filter(model=self.model).order_by("sort_key").only("model", "slug", "published_at")

    def location(self, item: Entry) -> str:
        return addresses.place(item.model, item.slug)

    def lastmod(self, item: Entry) -> object:
        return item.published_at

    def get_latest_lastmod(self) -> datetime | None:
        """When something was last published: no profile is newer, and none is read for it."""
        newest = head()
        return newest.at if newest else None

    def kept_number(self) -> int:
        return sum(FacetCount.objects.filter(model=self.model, facet=ALL).values_list("number", flat=True))


class Claims(_Ours):
    """Every claim that is public and not retracted."""

    def items(self) -> QuerySet:
        public = PublishedClaim.objects.filter(to_publication=None).exclude(standing="retracted")
        return public.order_by("uid").values_list("uid", flat=True)

    def location(self, item: str) -> str:
        return addresses.claim(item)

    def kept_number(self) -> int:
        counted = ClaimCount.objects.exclude(standing="retracted")
        return int(counted.aggregate(found=Sum("number"))["found"] or 0)


class Sources(_Ours):
    """Every source that is public."""

    def items(self) -> QuerySet:
        return PublishedSource.objects.order_by("uid").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return addresses.source(item)


class InArabic(_Ours):
    """The same pages under /ar/, but for those that are in English alone."""

    def __init__(self, pages: _Ours) -> None:
        self.pages = pages

    def items(self) -> Any:
        found = self.pages.items()
        return [one for one in found if addresses.in_both(one)] if isinstance(self.pages, Pages) else found

    def location(self, item: object) -> str:
        return f"/ar{self.pages.location(item)}"

    def lastmod(self, item: object) -> object:
        return self.pages.lastmod(item) if isinstance(self.pages, Profiles) else None

    def get_latest_lastmod(self) -> datetime | None:
        return self.pages.get_latest_lastmod()  # type: ignore[no-any-return]

    def kept_number(self) -> int:
        return self.pages.kept_number()


_ENGLISH: dict[str, _Ours] = {
    "pages": Pages(),
    **{folder: Profiles(model) for model, folder in addresses.FOLDERS.items()},
    "claims": Claims(),
    "sources": Sources(),
}
SITEMAPS: dict[str, _Ours] = {**_ENGLISH, **{f"arabic-{name}": InArabic(pages) for name, pages in _ENGLISH.items()}}
