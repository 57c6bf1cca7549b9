"""The readers' addresses."""

import re

from django.contrib.sitemaps import views as sitemaps
from django.urls import path, re_path
from django.views.generic import RedirectView

from profiles.reading.formats import FORMS
from profiles.reading.formats.bulk import FILES
from profiles.reading.resources import RESOURCES

from .api import api_description, api_list, api_nothing, api_one, api_page
from .arabic import arabic_patterns
from .claims import claim, claim_json, claims
from .compare import comparison, comparison_data
from .corrections import corrections, corrections_json
from .data import data, data_dictionary, data_dictionary_json, data_file, data_manifest
from .designations import designations, matrix
from .feeds import SITEMAPS, changes, changes_of, corrections_feed, robots
from .formats import claim_reference, edition_taken_away, taken_away
from .health import healthz
from .home import home
from .kept import kept
from .lineage import lineage
from .list_data import FORMS as LIST_FORMS
from .list_data import NAMES as LISTS
from .list_data import list_data
from .lists import entries
from .pictures import picture_file
from .profiles import between, edition, edition_json, editions, newest, stored
from .publications import publication, publications
from .record import record
from .reports import report, sent
from .schemas import schema, schemas
from .search import search, suggest
from .sources import source, sources
from .words import about_words

# Letters, digits and single hyphens, as documents have them.
SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
UID = r"(?P<uid>[a-z0-9]+(?:-[a-z0-9]+)+)"
PROFILE = rf"^(?P<folder>groups|people|events)/{SLUG}"
FORM = rf"\.(?P<form>{'|'.join(map(re.escape, FORMS))})$"

urlpatterns = [
    path("", kept(home), name="home"),
    path("about/", RedirectView.as_view(url="/about/words/"), name="about"),
    path("about/words/", about_words, name="words"),
    re_path(rf"{PROFILE}/$", stored, name="profile"),
    re_path(rf"{PROFILE}\.json$", stored, name="profile-json"),
    re_path(rf"{PROFILE}{FORM}", kept(taken_away), name="profile-form"),
    re_path(rf"{PROFILE}/editions/(?P<number>[1-9]\d{{0,8}}){FORM}", edition_taken_away, name="edition-form"),
    re_path(rf"{PROFILE}/editions/$", editions, name="editions"),
    re_path(
        rf"{PROFILE}/editions/(?P<first>[1-9]\d{{0,8}})\.\.\.(?P<last>[1-9]\d{{0,8}})/$", between, name="edition-diff"
    ),
    re_path(rf"{PROFILE}/editions/(?P<number>[1-9]\d{{0,8}})/$", edition, name="edition"),
    re_path(rf"{PROFILE}/editions/(?P<number>[1-9]\d{{0,8}})\.json$", edition_json, name="edition-json"),
    re_path(
        r"^media/pictures/(?P<sha256>[0-9a-f]{64})\.(?P<ending>avif|webp|png|jpg)$", picture_file, name="picture-file"
    ),
    re_path(rf"{PROFILE}/record/$", record, name="record"),
    re_path(rf"{PROFILE}/changes\.atom$", changes_of, name="profile-feed"),
    path("changes.atom", kept(changes), name="feed"),
    path("corrections/changes.atom", kept(corrections_feed), name="corrections-feed"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("data/", kept(data), name="data"),
    path("data/manifest.json", kept(data_manifest), name="data-manifest"),
    path("data/dictionary/", data_dictionary, name="data-dictionary"),
    path("data/dictionary.json", data_dictionary_json, name="data-dictionary-json"),
    re_path(rf"^data/(?P<name>{'|'.join(map(re.escape, FILES))})$", data_file, name="data-file"),
    path("api/", api_page, name="api"),
    path("api/openapi.json", api_description, name="api-description"),
    re_path(rf"^api/(?P<name>{'|'.join(RESOURCES)})$", api_list, name="api-list"),
    re_path(rf"^api/(?P<name>{'|'.join(RESOURCES)})/(?P<key>[^/]+)$", api_one, name="api-one"),
    re_path(r"^api/", api_nothing, name="api-nothing"),
    path("robots.txt", robots, name="robots"),
    path("healthz", healthz, name="healthz"),
    path("groups/", kept(entries), {"model": "group"}, name="groups"),
    path("people/", kept(entries), {"model": "person"}, name="people"),
    path("events/", kept(entries), {"model": "event"}, name="events"),
    path("lineage/", kept(lineage), name="lineage"),
    path("compare/", kept(comparison), name="compare"),
    re_path(r"^compare\.(?P<form>csv|json)$", kept(comparison_data), name="compare-data"),
    path("claims/", kept(claims), name="claims"),
    re_path(rf"^claims/{UID}/$", claim, name="claim"),
    re_path(rf"^claims/{UID}\.json$", claim_json, name="claim-json"),
    re_path(rf"^claims/{UID}\.(?P<form>bib|ris|csl\.json)$", claim_reference, name="claim-reference"),
    re_path(rf"^claims/{UID}/report/$", report, name="report"),
    re_path(rf"^claims/{UID}/report/sent/$", sent, name="report-sent"),
    path("designations/", kept(designations), name="designations"),
    path("search/", kept(search), name="search"),
    path("search/suggest", kept(suggest), name="suggest"),
    path("designations/matrix/", kept(matrix), name="matrix"),
    path("sources/", kept(sources), name="sources"),
    re_path(rf"^sources/{SLUG}/$", kept(source), name="source"),
    *(
        path(f"{name}.{form}", list_data, {"name": name, "form": form}, name=f"{name}-{form}")
        for name in LISTS
        for form in LIST_FORMS
    ),
    path("publications/", publications, name="publications"),
    re_path(r"^publications/(?P<number>[1-9]\d{0,8})/$", publication, name="publication"),
    path("corrections/", kept(corrections), name="corrections"),
    path("corrections.json", kept(corrections_json), name="corrections-json"),
    path("schemas/", schemas, name="schemas"),
    re_path(r"^schemas/1/(?P<name>document|profile)\.json$", schema, name="schema"),
]

# The pages that people read.
PAGES = (
    "home", "words", "groups", "people", "events", "editions", "edition-diff", "edition", "record", "compare",
    "claims", "claim", "report", "report-sent", "designations", "matrix", "search", "suggest", "sources", "source",
    "publications", "publication", "corrections", "data", "data-dictionary", "lineage", "api", "schemas",
)  # fmt: skip
urlpatterns += [
    # Not stored: made on request, and kept until the next publication.
    *arabic_patterns([re_path(rf"{PROFILE}/$", kept(newest), name="profile")]),
    *arabic_patterns([one for one in urlpatterns if one.name in PAGES]),
]
