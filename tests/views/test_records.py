"""Claims, sources, the register, publications: what rests on what."""

import hashlib
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.models.editions import Publication
from profiles.models.published import PublishedClaim
from profiles.views import kept
from tests import factory
from tests.views.test_lists import FOUNDED, GROUND, WORLD, group, text
from tests.world import world

pytestmark = pytest.mark.django_db


def test_a_claim_shows_its_sentence_its_fields_and_its_evidence(client):
    factory.publish(*WORLD)
    page = text(client, "/claims/aa-0003/")
    for wanted in (
        "belongs to it.",
        'href="/groups/union-of-rivers/#aa-0003"',
        "said of a set that it belongs to",
        factory.make_citation("aa-0003").passage_sha256,
        "paragraph 2",
        "Publication 1",
        "The exact document as JSON",
    ):
        assert wanted in page, wanted


def test_a_claim_as_json_is_the_exact_document_and_its_digest(client):
    factory.publish(*WORLD)
    body = client.get("/claims/aa-0002.json").content
    facts = json.loads(body)
    exact = body.partition(b'"document":')[2].rpartition(b"}")[0]
    assert hashlib.sha256(exact).hexdigest() == facts["sha256"] == PublishedClaim.objects.get(uid="aa-0002").sha256
    assert (facts["publication"], facts["document"]["voice"], facts["corrections"]) == (1, "stated", [])
    assert (facts["review"], facts["note"]) == (
        "second_person",
        "Reviewed and approved by a second person of the desk.",
    )


def test_a_claim_that_never_was_public_is_not_found(client):
    factory.publish(*WORLD)
    factory.load(factory.make_claim("aa-0099", "A leaking draft."))
    assert client.get("/claims/aa-0099/").status_code == 404
    assert client.get("/claims/aa-0099.json").status_code == 404


def test_both_sides_of_a_contradiction_are_shown(client):
    pair = [
        factory.make_claim(
            uid, sentence, topic="origins", aspect="founded", sense="happened", when=year, standing="contested",
            standing_note="Two passages.", conflicts_with=(other,), quote=FOUNDED,
        )
        for uid, sentence, year, other in (
            ("cc-0011", "One passage says 2005.", "2005", "cc-0012"),
            ("cc-0012", "Another passage says 2014.", "2014", "cc-0011"),
        )
    ]  # fmt: skip
    factory.publish(*WORLD, *pair)
    page = text(client, "/claims/cc-0011/")
    assert "Contradicted by" in page
    assert "Another passage says 2014." in page


def test_a_retracted_claim_shows_its_retraction_and_its_history(client):
    factory.publish(*WORLD)
    old = next(document for document in WORLD if document.uid == "aa-0002")
    fields = {name: getattr(old, name) for name in ("topic", "aspect", "sense", "when", "citations")}
    gone = factory.make_claim(
        "aa-0002", old.statement, standing="retracted", standing_note="The passage is about others.", **fields
    )
    factory.publish(gone, kind="retraction")
    page = text(client, "/claims/aa-0002/")
    assert "<del>" in page
    assert "The passage is about others." in page
    assert page.count('href="/publications/2/"') == 3
    assert "<del>" in text(client, "/sources/river-guards/")


def test_claims_are_narrowed_by_voice(client):
    factory.publish(*WORLD, factory.make_claim("aa-0020", "Two officials alleged it.", voice="reported"))
    page = text(client, "/claims/?voice=reported")
    assert "1 claim found." in page
    assert "Two officials alleged it." in page
    assert "No claim matches" in text(client, "/claims/?voice=reported&aspect=leader")
    assert "under Roles, the topic of the person" in text(client, "/claims/?voice=reported&aspect=leader")
    assert "under Roles" not in text(client, "/claims/?voice=reported&standing=doubted")


def test_what_cannot_be_asked_is_told_by_the_name_of_its_field(client):
    page = client.get("/claims/?voice=loud&origins=x").content.decode()
    assert re.findall(r"<p><bdi>(.*?)</bdi></p>", page) == [
        "Voice: Select a valid choice. loud is not one of the available choices.",
        "Independent origins: Enter a whole number.",
    ]


@pytest.mark.parametrize("query", ["?voice=loud", "?topic=%3Cscript%3E", "?aspect=a%00b", "?aspect=" + "x" * 500])
def test_a_word_that_no_list_has_is_refused(client, query):
    page = text(client, f"/claims/{query}", 400)
    assert "<script>" not in page


def test_a_source_says_what_is_not_known_of_it_and_what_rests_on_it(client):
    source = factory.make_source(unknown=("publisher", "author"))
    factory.publish(source, *[document for document in WORLD if document.uid != "src-0001"])
    page = text(client, "/sources/river-guards/")
    assert page.count('<span class="quiet">not known</span>') == 2
    assert '<span class="quiet">not recorded</span>' in page
    assert "3 May 2024, 10:00" in page
    assert factory.make_version().text_sha256 in page
    assert "An article says that Alder Guards was founded." in page
    assert "paragraph 2" in page
    # Never the text itself.
    assert "by Salim Nasser in the town of Marwa" not in page
    assert client.get("/sources/no-such/").status_code == 404


def test_the_register_says_what_is_not_stated_and_that_it_screens_nobody(client):
    step = factory.make_claim(
        "aa-0005", "It was listed in 2019.", kind="step", topic="designations", aspect="listings", sense="happened",
        designation="aa-0004", step="listed", when="2019",
    )  # fmt: skip
    person = [
        factory.make_person("pp", "Salim Nasser"),
        factory.make_name("pp-0001", "Salim Nasser"),
        factory.make_claim(
            "pp-0002", "Salim Nasser was listed.", kind="designation", topic="designations", aspect="listings",
            as_stated="sanctioned", evidence="secondary",
        ),
    ]  # fmt: skip
    factory.publish(*WORLD, step, *person)
    page = text(client, "/designations/")
    assert "This is not a screening list." in page
    assert page.count("authority not stated") == 2
    assert page.count("programme not stated") == 3
    assert page.count("(listing of a person)") == 1
    assert "listed: 2019" in page
    assert page.count("no date stated") == 2


def test_publications_are_chained(client):
    factory.publish(*WORLD, note="First.")
    factory.publish(factory.make_claim("aa-0030", "An article calls it a group."), kind="update", note="Second.")
    page = text(client, "/publications/")
    assert page.index("Second.") < page.index("First.")
    first, second = Publication.objects.order_by("number")
    page = text(client, "/publications/2/")
    assert first.sha256 in page
    assert second.sha256 in page
    assert "1 document, 1 edition" in page
    assert client.get("/publications/3/").status_code == 404


def test_an_empty_site_says_so_on_every_list(client):
    for path in (
        "/groups/",
        "/people/",
        "/events/",
        "/claims/",
        "/sources/",
        "/designations/",
        "/publications/",
        "/compare/",
    ):
        assert "published yet" in text(client, path), path


def test_the_register_carries_nobody_else_along(client):
    """A listing of a group makes none of its umbrella."""
    factory.publish(
        *GROUND, *group("uu", "Union", kind="umbrella"), *group("aa", "Alder", umbrella="uu", authority="auth-0001")
    )
    assert text(client, "/designations/").count('<tr id="') == 1


def found(client, query):
    """The uids of the claims that a query finds, and what the page counts."""
    page = text(client, f"/claims/{query}")
    uids = re.findall(r'<a class="uid" href="/claims/[^"]+">([^<]+)</a>', page)
    return uids, re.search(r'role="status">([^<]+)</p>', page)[1]


@pytest.fixture
def told(db):
    """Claims that differ in who says so, by how many, of whom and when."""
    nobody = factory.make_speaker("spk-0002", "a man in Marwa", anonymous=True)
    other = factory.make_source("src-0002", "Another article", slug="another")
    version = factory.make_version("src-0002-v1", text=factory.ARTICLE + "\nAgain.")
    heard = {"voice": "attributed", "speakers": (("spk-0002",),)}
    again = factory.make_citation("bb-0031", text=factory.ARTICLE + "\nAgain.", number=2, version="src-0002-v1")
    factory.publish(
        *WORLD, nobody, other, version,
        factory.make_claim("aa-0030", "A man says so.", voice="attributed",
                           citations=(factory.make_citation("aa-0030", **heard),), when="2016", sense="happened"),
        factory.make_claim("bb-0031", "Two articles say so.", when="2015/2018", sense="held",
                           citations=(factory.make_citation("bb-0031"), again)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "uids"),
    [
        ("?anonymous=1", ["aa-0030"]),
        ("?anonymous=1&origins=1", ["aa-0030"]),
        ("?anonymous=1&origins=2", []),
        ("?origins=2", ["bb-0031"]),
        ("?speaker=spk-0002", ["aa-0030"]),
        ("?speaker=spk-0009", []),
        ("?source=another", ["bb-0031"]),
        ("?source=src-0002", ["bb-0031"]),
        ("?subject=birch-guards&aspect=type", ["bb-0031"]),
        ("?subject=bb&aspect=type", ["bb-0031"]),
        ("?subject=BIRCH+guards&aspect=type", ["bb-0031"]),
        ("?subject=Birch&aspect=type", []),
        # What ties others to it stands in its dossier too.
        ("?subject=uu&topic=umbrellas", ["aa-0003", "bb-0003"]),
        ("?on=2016&then=certainly", ["aa-0030", "bb-0031"]),
        ("?on=2017&then=certainly", ["bb-0031"]),
        ("?on=2017&then=not&aspect=type", ["aa-0030"]),
    ],
)
def test_claims_are_narrowed_by_who_says_so_of_whom_and_when(client, told, query, uids):
    number = f"{len(uids)} {'claim' if len(uids) == 1 else 'claims'} found."
    assert found(client, query) == (uids, number)


def test_a_date_alone_leaves_no_claim_out(client, told):
    everything, _ = found(client, "")
    asked, count = found(client, "?on=2017")
    assert asked == everything
    assert count == f"{len(everything)} claims found."
    page = text(client, "/claims/?on=2017")
    assert page.count('<li class="on-outside">') == page.count("Not in 2017: before it")
    assert "Certainly in 2017" in page


def test_what_is_chosen_is_named_and_can_be_taken_away(client, told):
    page = text(client, "/claims/?speaker=spk-0002&source=river-guards&voice=attributed")
    chosen = re.findall(r'<a href="([^"]+)" title="Take.*?</span> <bdi>([^<]+)</bdi>', page)
    assert sorted(chosen) == [
        ("?source=river-guards&amp;voice=attributed", "a man in Marwa"),
        ("?speaker=spk-0002&amp;source=river-guards", "attributed"),
        ("?speaker=spk-0002&amp;voice=attributed", "Who are the River Guards?"),
    ]


def test_claims_are_read_latest_first(client, told, monkeypatch):
    uids, _ = found(client, "?order=date")
    # 2016; 2015 to 2018; foundings of 2013~, which may be 2012, and 2005; then what has no date, by falling number.
    everything, _ = found(client, "")
    dated = ["aa-0030", "bb-0031", "bb-0002", "aa-0002"]
    assert uids == [*dated, *sorted(set(everything) - set(dated), reverse=True)]
    assert found(client, "?order=date&voice=attributed")[0] == ["aa-0030"]
    assert "No claim" not in text(client, "/claims/?order=size", 400)
    monkeypatch.setattr("profiles.reading.paging.page.__defaults__", (3, False, ""))
    kept.pages._kept.clear()
    seen, query, pages = [], "?order=date", []
    while query:
        page = text(client, f"/claims/{query}")
        pages.append(re.findall(r'<a class="uid" href="/claims/[^"]+">([^<]+)</a>', page))
        seen += pages[-1]
        after = re.search(r'rel="next" href="([^"]*)"', page)
        back = re.search(r'rel="prev" href="([^"]*)"', page)
        query = after[1].replace("&amp;", "&") if after else ""
    assert seen == uids
    assert found(client, back[1].replace("&amp;", "&"))[0] == pages[-2]


def test_questions_speakers_and_sources_are_chosen_by_name(client, told, monkeypatch):
    page = text(client, "/claims/?aspect=founded&speaker=spk-0009")
    lists = {
        name: re.findall(
            r'<option value="([^"]*)"( selected)?>([^<]*)', re.search(rf'id="f-{name}".*?</select>', page)[0]
        )
        for name in ("aspect", "speaker", "source")
    }
    assert ("founded", " selected", "Founded (0)") in lists["aspect"]  # what the others leave of it
    assert ("type", "", "Type (0)") not in lists["aspect"]
    assert len({value for value, *_ in lists["aspect"]}) == len(lists["aspect"])
    assert lists["speaker"] == [
        ("", "", "anybody"),
        ("spk-0002", "", "a man in Marwa"),
        ("spk-0009", " selected", "spk-0009"),
    ]
    assert [value for value, *_ in lists["source"]] == ["", "another", "river-guards"]
    assert "<bdi>Founded</bdi>" in page
    monkeypatch.setattr("profiles.reading.claim_choices.MANY", 1)
    page = text(client, "/claims/?source=another")
    assert '<input id="f-source" name="source" maxlength="100" size="20" value="another"' in page
    assert '<select id="f-speaker"' in page


@pytest.mark.parametrize("query", ["?on=2017~", "?origins=many", "?origins=-1", "?anonymous=perhaps", "?then=never"])
def test_what_no_filter_can_ask_is_refused(client, told, query):
    assert "No claim" not in text(client, f"/claims/{query}", 400)


@pytest.mark.parametrize("count", [3, 300])
def test_the_queries_of_claims_do_not_grow(client, count):
    factory.publish(*WORLD, *[factory.make_claim(f"aa-{1000 + n}", f"Thing {n} is said.") for n in range(count)])
    queries = {}
    for query in ("", "?on=2016", "?source=river-guards&on=2016&then=possibly", "?anonymous=0&origins=1"):
        with CaptureQueriesContext(connection) as asked:
            text(client, f"/claims/{query}")
        queries[query] = len(asked)
    assert list(queries.values()) == [10, 10, 12, 7], queries


def option_counts(client, query=""):
    """The choices of each list of words, but for those that nothing has: value -> how many."""
    page = client.get(f"/claims/{query}").content.decode()
    found = {}
    for name in ("topic", "voice", "standing"):
        (options,) = re.findall(rf'<select id="f-{name}".*?</select>', page, re.DOTALL)
        counted = re.findall(r'<option value="(\w+)"[^>]*>[^<]*\((\d+)\)</option>', options)
        found[name] = {value: int(number) for value, number in counted if number != "0"}
    return found


WORDS = (
    "names", "identity", "strength", "designations", "roles", "attributions", "origins", "stated", "attributed",
    "alleged", "stands",
)  # fmt: skip


def test_each_choice_says_how_many_claims_it_finds_under_the_others(client):
    factory.publish(*world())
    for query in (
        "",
        "?voice=attributed",
        "?topic=names",
        "?subject=river-guards",
        "?on=2016&then=possibly",
        "?origins=1",
    ):
        counts = option_counts(client, query)
        for name, words in counts.items():
            asked = "&".join(part for part in query[1:].split("&") if part and not part.startswith(f"{name}="))
            assert words == {
                word: number for word in WORDS if (number := found_under(client, f"?{asked}&{name}={word}"))
            }


def found_under(client, query):
    page = client.get(f"/claims/{query}")
    if page.status_code == 400:
        return 0
    return int(re.search(r'role="status">(\d+) claim', page.content.decode())[1])


def test_of_many_claims_under_other_filters_none_are_counted(client, monkeypatch):
    monkeypatch.setattr("profiles.reading.claim_list.FEW", 2)
    factory.publish(*world())
    assert option_counts(client, "?subject=river-guards") == {"topic": {}, "voice": {}, "standing": {}}
    assert option_counts(client, "?voice=attributed")["topic"] == {"strength": 1}
