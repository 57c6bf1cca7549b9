"""The Arabic site under /ar/."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.take_down import withdraw
from profiles.reading.dictionary import dictionary
from profiles.reading.pages import project
from profiles.views import kept
from profiles.views.schemas import schema_bytes
from profiles.views.urls import PAGES as ARABIC
from profiles.views.urls import urlpatterns
from tests import cast, factory
from tests.world import PAGES, world

HTML = [path for path in PAGES if path.partition("?")[0].endswith("/")]

NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 1234567 * 2 }}{% raise %}",
    "\u202egnol dna sdrawkcab\u2066",
    "a" + "\u0301" * 10_000,
    "\x00\x08\x1b[31m red",
    "%(count)s %s %",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    factory.publish(*world())


def text_of(page):
    """What a reader sees of a page, without what is marked as English."""
    body = page[page.index("<body") :]
    body = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", body, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", body)


def test_every_page_is_there_in_arabic_from_right_to_left(client, published):
    for path in HTML:
        english, arabic = client.get(path), client.get(f"/ar{path}")
        page = arabic.content.decode()
        assert (path, arabic.status_code) == (path, english.status_code)
        assert (path, '<html lang="ar" dir="rtl">' in page) == (path, True)
        assert (path, arabic.headers["Content-Language"]) == (path, "ar")


def test_every_page_of_readers_has_an_arabic_address():
    names = {one.name for one in urlpatterns}
    assert {f"ar-{name}" for name in (*ARABIC, "profile")} == {name for name in names if name.startswith("ar-")}


def test_the_address_alone_decides_the_language(client, published):
    for path, tag in (("/groups/river-guards/", "en"), ("/ar/groups/river-guards/", "ar")):
        pages = {client.get(path, headers={"Accept-Language": wish}).content for wish in ("ar", "en", "fr")}
        assert [f'<html lang="{tag}"' in page.decode() for page in pages] == [True]


def test_each_language_names_the_other(client, published):
    for path in ("/groups/river-guards/", "/claims/rg-0004/", "/"):
        for here in (path, f"/ar{path}"):
            page = client.get(here).content.decode()
            told = re.findall(r'<link rel="alternate" hreflang="([a-z-]+)" href="https?://[^/"]+([^"]*)"', page)
            assert told == [("en", path), ("ar", f"/ar{path}"), ("x-default", path)]
            other = path if here != path else f"/ar{path}"
            assert re.findall(r'<a class="site-language" href="([^"]*)"', page) == [other]


def test_links_stay_in_the_language(client, published):
    page = client.get("/ar/groups/river-guards/").content.decode()
    neutral = r"^/(static|schemas|api|data/dictionary|media)|\.(json|csv|bib|ris|jsonld|jsonl|atom)$"
    links = {href for href in re.findall(r'<a [^>]*href="(/[^"]*)"', page) if not re.search(neutral, href)}
    assert {href for href in links if not href.startswith("/ar/")} == {"/groups/river-guards/"}


def test_a_group_is_called_by_its_arabic_name_its_label_beside(client, published):
    page = client.get("/ar/groups/river-guards/").content.decode()
    assert re.findall(r"<h1><bdi>(.*?)</bdi></h1>", page) == ["حراس النهر"]
    assert re.findall(r'<p class="scripts"><bdi lang="en">(.*?)</bdi>', page) == ["River Guards"]
    assert "<h1><bdi>River Guards</bdi></h1>" in client.get("/groups/river-guards/").content.decode()


def test_an_untranslated_statement_stands_in_english_marked_so(client, published):
    page = client.get("/ar/groups/river-guards/").content.decode()
    sentences = re.findall(r'<bdi class="statement" lang="en" dir="ltr">.*?</bdi>(.{40})', page)
    assert sentences
    assert {after.startswith(' <span class="untranslated">') for after in sentences} == {True}
    assert "untranslated" not in client.get("/groups/river-guards/").content.decode()


def test_what_machines_read_is_in_english_whoever_asks_first(client, db):
    for path in ("/data/dictionary/", "/schemas/"):
        dictionary.cache_clear()
        schema_bytes.cache_clear()
        told = client.get(f"/ar{path}").content.decode()
        assert (path, "تسمية" in told or "ادعاء" in told) == (path, True)
        for file in ("/data/dictionary.json", "/schemas/1/document.json", "/schemas/1/profile.json"):
            assert re.search("[\u0621-\u064a]", client.get(file).content.decode()) is None


@pytest.mark.parametrize("path", ["/ar/claims/", "/ar/sources/river-guards/"])
def test_lists_of_claims_tell_in_arabic_what_is_made_from_structure(client, published, path):
    page = client.get(path).content.decode()
    rows = re.findall(r'<p class="claim-text">(<bdi.*?)</p>', page, re.DOTALL)
    arabic = [row for row in rows if not row.startswith('<bdi lang="en" dir="ltr">')]
    assert arabic != []
    assert [row for row in arabic if "untranslated" in row or not re.search("[\u0600-\u06ff]", row)] == []
    assert [row for row in rows if row not in arabic and "لم تُترجم بعد" not in row] == []
    plain = client.get(path.removeprefix("/ar")).content.decode()
    assert re.findall(r'<p class="claim-text"><bdi([^>]*)>', plain) == [""] * len(rows)


def test_search_tells_in_arabic_what_it_found_in_english(client, published):
    page = client.get("/ar/search/?q=river+guards").content.decode()
    found = re.search(r'<section aria-labelledby="statements">.*?</section>', page, re.DOTALL)[0]
    rows = re.findall(r"<li>(.*?)</li>", found, re.DOTALL)
    told = [row for row in rows if re.search(r'<p class="claim-text"><bdi>.*?</bdi></p>', row, re.DOTALL)]
    assert told != []
    assert ["untranslated" in row for row in rows] == [row not in told for row in rows]
    assert all('<bdi lang="en" dir="ltr">' in row for row in rows)


def test_a_name_in_english_is_marked_on_an_arabic_page(client, published):
    page = client.get("/ar/designations/").content.decode()
    assert '<bdi lang="en">' in page
    assert '<bdi lang="en">' not in client.get("/designations/").content.decode()


def test_forms_refuse_in_arabic(client, published):
    for address in ("/ar/groups/river-guards/?on=soon", "/ar/groups/?on=soon", "/ar/claims/?on=soon"):
        response = client.get(address)
        told = re.findall(r'role="alert"[^>]*>(.*?)</div>', response.content.decode(), re.DOTALL)
        assert (response.status_code, bool(told)) == (400, True)
        assert re.findall("[A-Za-z]+", re.sub(r"<[^>]*>|[0-9-]", "", " ".join(told))) == []


def test_a_profile_is_made_once_a_publication(client, published):
    kept.pages._kept.clear()
    client.get("/ar/groups/river-guards/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/ar/groups/river-guards/")
    assert len(queries) == 1


def test_the_list_asks_as_often_for_one_group_as_for_three(client):
    numbers = []
    for uids in (["aa"], ["ab", "ac"]):
        factory.publish(*(factory.make_group(uid, label=f"Guards of {uid}") for uid in uids))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/ar/groups/").status_code == 200
        numbers.append(len(queries))
    assert numbers == [7, 7]


def test_data_is_the_same_whatever_was_read_before(client, published):
    before = client.get("/groups/river-guards.csv").content, client.get("/claims/rg-0004.json").content
    client.get("/ar/groups/river-guards/")
    assert (client.get("/groups/river-guards.csv").content, client.get("/claims/rg-0004.json").content) == before


def test_what_was_taken_down_is_told_in_arabic(client, published):
    withdraw("rg", by=cast.editor(), reason="Taken for another.", project=project)
    response = client.get("/ar/groups/river-guards/")
    assert response.status_code == 410
    assert "أُزيلت هذه الصفحة" in response.content.decode()
    assert "River Guards" not in response.content.decode()


def test_nothing_is_there_in_arabic_too(client):
    response = client.get("/ar/groups/nowhere/")
    assert (response.status_code, response.headers["Content-Language"]) == (404, "ar")
    assert "لا شيء على هذا العنوان" in response.content.decode()


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_question_breaks_a_page(client, published, text):
    for address, name in (
        ("/ar/search/", "q"),
        ("/ar/groups/", "on"),
        ("/ar/claims/", "aspect"),
        ("/ar/compare/", "with"),
    ):
        response = client.get(address, {name: text})
        assert response.status_code in (200, 302, 400, 404)
        page = response.content.decode()
        assert [wrong for wrong in ("<script>alert", "<img src=x", "2469134") if wrong in page] == []
