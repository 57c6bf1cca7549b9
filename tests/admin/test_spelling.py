"""Every list of the desk is searched in any spelling."""

import re

import pytest

from profiles.editorial.review import open_review
from profiles.models import Edition, Revision, Speaker
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.editorial.test_reports import make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    """Two groups; nothing is published."""
    factory.load(
        *factory.make_ground(),
        factory.make_group("kh", "Kata'ib Hezbollah"),
        factory.make_name("kh-0001", "كتائب حزب الله", "original_script", language="ar"),
        factory.make_claim("kh-0002", "The brigades are led by Qays al-Khaz'ali."),
        factory.make_claim("rg-0002", "It fought beside others.", kind="relation", about="kh", relation="allied_with",
                           topic="allies", aspect="fought_alongside"),
        factory.make_silence("kh-s01"),
        factory.make_source("src-0002", "Who leads Kata'ib Hezbollah?", "leads", publisher="Al-Akhbār"),
        factory.make_version("src-0002-v1", "Another text."),
        factory.make_speaker(label="members of Kata'ib Hezbollah"),
        factory.make_authority(label="Ministry of Naql"),
        factory.make_place(label="Jurf al-Ṣakhar"),
        by=cast.editor(),
    )  # fmt: skip
    Speaker.objects.create(uid="spk-0002", label="a spokesman", kind="official", profile_id="kh", draft_digest="")
    return signed_in(cast.editor())


@pytest.mark.parametrize(
    ("page", "term", "found"),
    [
        ("group", "kataeb hizbollah", ["kh"]),
        ("group", "کتائب", ["kh"]),
        ("group", "river", ["rg"]),
        ("group", "nobody", []),
        ("claim", "kataeb", ["kh-0001", "kh-0002", "rg-0002"]),
        ("claim", "qais khazali", ["kh-0002"]),
        ("claim", "كتائب", ["kh-0001", "kh-0002", "rg-0002"]),
        ("relation", "kataeb", ["rg-0002"]),
        ("claim", "rg-0002", ["rg-0002"]),
        ("silence", "kataeb", ["kh-s01"]),
        ("source", "kataeb", ["src-0002"]),
        ("source", "al akhbar", ["src-0002"]),
        ("sourceversion", "kataeb", ["src-0002-v1"]),
        ("speaker", "kataeb", ["spk-0001", "spk-0002"]),
        ("authority", "naqil", ["auth-0001"]),
        ("place", "jurf al sakhar", ["place-0001"]),
    ],
)
def test_a_list_finds_what_is_spelt_otherwise(desk, page, term, found):
    text = desk.get(f"/admin/profiles/{page}/", {"q": term}).content.decode()
    rows = re.findall(rf'href="/admin/profiles/{page}/([a-z0-9-]+)/change/', text)
    assert sorted(set(rows)) == found


def test_reviews_and_reports_are_found_by_the_profile_that_they_are_about(desk):
    first = open_review(["rg"], by=cast.editor(), kind="new", remark="Kata'ib is not in it.")
    second = open_review(["kh", "kh-0002"], by=cast.editor(), kind="new")
    make_report(claim="rg-0001")
    report = make_report(claim="rg-0002")
    asked = (("review", "hizballah"), ("review", "kataeb"), ("review", "zanzibar"), ("report", "kataeb"))
    pages = {pair: desk.get(f"/admin/profiles/{pair[0]}/", {"q": pair[1]}).content.decode() for pair in asked}
    found = {pair: set(re.findall(r">(?:Review|Report) (\d+)<", page)) for pair, page in pages.items()}
    assert found == {
        ("review", "hizballah"): {str(second.pk)},
        ("review", "kataeb"): {str(first.pk), str(second.pk)},
        ("review", "zanzibar"): set(),
        ("report", "kataeb"): {str(report.pk)},
    }
    page = desk.get("/admin/profiles/review/", {"q": "hizballah"}).content.decode()
    assert '<td class="field-changed">2</td>' in page


def test_what_was_done_and_published_is_found_by_the_profile_that_it_was_about(db):
    desk = signed_in(cast.editor())
    factory.publish(*factory.make_ground())
    group = (factory.make_group("kh", "Kataib Hezbollah"), factory.make_name("kh-0001", "Kataib Hezbollah"))
    of_group = factory.publish(*group, kind="update")
    made = Revision.objects.latest("pk").pk
    factory.load(factory.make_claim("rg-0002", "They own a mill."), by=cast.editor(), reason="Kata'ib has none.")
    of_reason = Revision.objects.latest("pk").pk
    of_note = factory.publish(kind="update", note="Of the Kata'ib no word.")
    edition = Edition.objects.get(profile="kh").pk

    def found(page, term):
        text = desk.get(f"/admin/profiles/{page}/", {"q": term}).content.decode()
        return {int(number) for number in re.findall(rf'href="/admin/profiles/{page}/(\d+)/change/', text)}

    asked = [(page, term) for page in ("edition", "publication", "revision") for term in ("kataeb hizbollah", "kataeb")]
    assert {pair: found(*pair) for pair in asked} == {
        ("edition", "kataeb hizbollah"): {edition},
        ("edition", "kataeb"): {edition},
        ("publication", "kataeb hizbollah"): {of_group.pk},
        ("publication", "kataeb"): {of_group.pk, of_note.pk},
        ("revision", "kataeb hizbollah"): {made},
        ("revision", "kataeb"): {made, of_reason},
    }
    assert [found(page, "zanzibar") for page in ("edition", "publication", "revision")] == [set()] * 3


@pytest.mark.parametrize("number", [3, 300])
def test_a_search_asks_the_same_of_the_database_however_much_it_finds(desk, number, django_assert_num_queries):
    factory.load(*(factory.make_claim(f"kh-{n:04d}") for n in range(100, 100 + number)), by=cast.editor())
    desk.get("/admin/profiles/claim/", {"q": "kataeb"})
    with django_assert_num_queries(18):
        assert desk.get("/admin/profiles/claim/", {"q": "kataeb"}).status_code == 200


SEARCHED = ("group", "claim", "source", "speaker", "review", "report", "edition", "publication", "revision")
TERMS = ["\u0301" * 10_000, "' OR 1=1 --", "<script>", "%", "\u202e", "a " * 500, "\x00"]


@pytest.mark.parametrize("term", TERMS)
def test_no_term_breaks_a_search(desk, term):
    # What is long is folded alike for every page; what a database may choke on is asked of each.
    for page in SEARCHED if len(term) < 100 else SEARCHED[:3]:
        answer = desk.get(f"/admin/profiles/{page}/", {"q": term})
        assert answer.status_code in (200, 302)
        assert b"<script>'" not in answer.content
