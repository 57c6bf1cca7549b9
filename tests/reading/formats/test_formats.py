"""Each form is read by the program that it is made for, and carries every claim that the page shows."""

import json
import re

import pytest
import rdflib
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.reading.formats import FORMS
from tests import factory
from tests.views.test_profiles import many
from tests.world import world

from . import consumers

pytestmark = pytest.mark.django_db
SCHEMA = rdflib.Namespace("https://schema.org/")
PROFILES = ("/groups/river-guards", "/people/salim-nasser", "/events/shelling-of-marwa")


def get(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content


def shown(client, path):
    """The uids that the page prints, of its own claims and of those that disagree."""
    return set(re.findall(r'aria-label="Claim ([a-z0-9-]+)"', get(client, path).decode()))


@pytest.mark.parametrize("path", PROFILES)
@pytest.mark.parametrize("form", FORMS)
def test_every_claim_of_the_page_is_in_every_form(client, form, path):
    factory.publish(*world())
    uids = shown(client, f"{path}/")
    assert consumers.claims_in(form, get(client, f"{path}.{form}")) == uids != set()
    assert consumers.claims_in(form, get(client, f"{path}/editions/1.{form}")) == uids


@pytest.mark.parametrize("form", FORMS)
def test_a_permalink_keeps_its_edition_and_says_what_was_put_right_since(client, form):
    factory.publish(*world())
    before = get(client, f"/groups/river-guards.{form}")
    gone = factory.make_claim(
        "rg-0003", "An article of May 2024 puts the founding of the River Guards at around 2013.", topic="origins",
        aspect="founded", when="2013~", sense="happened", standing="retracted", standing_note="It is of others.",
    )  # fmt: skip
    factory.publish(gone, kind="retraction", note="It was of others.")
    old = get(client, f"/groups/river-guards/editions/1.{form}")
    assert consumers.claims_in(form, old) == consumers.claims_in(form, before)
    if form in ("csv", "jsonld", "ftm.jsonl"):
        assert "retracted on" in old.decode()
        assert "It was of others." in old.decode()
    assert "editions/1" in old.decode()


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
        ("ftm.jsonl", "application/x-ndjson; charset=utf-8"),
        ("jsonld", "application/ld+json; charset=utf-8"),
    ],
)
def test_each_form_says_what_it_is_and_sets_no_cookie(client, form, media_type):
    factory.publish(*world())
    response = client.get(f"/groups/river-guards.{form}")
    assert response["Content-Type"] == media_type
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert client.get(f"/groups/nobody.{form}").status_code == 404
    assert client.post(f"/groups/river-guards.{form}").status_code == 405


def test_no_record_has_a_statement_without_voice_and_speakers(client):
    factory.publish(*world())
    said = "Two officials have put the strength of the River Guards at about 2,000 fighters."
    rows = [r for r in consumers.sheet(get(client, "/groups/river-guards.csv")) if r["statement"] == said]
    assert [(r["voice"], r["attributed_to"], r["standing"]) for r in rows] == [
        ("attributed", "two officials", "stands")
    ]
    found = consumers.graph(get(client, "/groups/river-guards.jsonld"))
    mdb = rdflib.Namespace("http://127.0.0.1:8000/data/dictionary/#")
    claim = found.value(None, SCHEMA.text, rdflib.Literal(said))
    assert str(found.value(claim, mdb.voice)) == "attributed"
    assert [str(word) for word in found.objects(claim, mdb.attributed_to)] == ["two officials"]
    entities = consumers.ftm(get(client, "/groups/river-guards.ftm.jsonl"))
    assert [e["properties"]["summary"] for e in entities if e["properties"].get("description") == [said]] == [
        ["voice: attributed; said by: two officials; standing: stands"]
    ]
    assert all("voice: " in e["properties"]["summary"][0] for e in entities if "description" in e["properties"])


def test_a_cell_that_begins_like_a_formula_reckons_nothing(client):
    title = '=HYPERLINK("http://example.org","x")'
    factory.publish(
        factory.make_source(title=title), factory.make_version(), factory.make_group(label="+Guards, “=1”", slug="g"),
        factory.make_name("rg-0001", "+Guards, “=1”"),
        factory.make_claim("rg-0002", "@SUM says\u00a0“=1”; it does."),
    )  # fmt: skip
    rows = consumers.sheet(get(client, "/groups/g.csv"))
    assert {row["source_title"] for row in rows} == {f"'{title}"}
    assert [row["statement"] for row in rows][1] == "'@SUM says\u00a0“=1”; it does."
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t"))] == []


def test_signs_of_other_languages_and_of_tex_come_through(client):
    title = r"50 % of {Guards} & \Co_1 #2 ~ ^ $ حراس"
    factory.publish(
        factory.make_source(title=title, url="https://example.org/a_b%20c?x={1}&y=~z"), factory.make_version(),
        factory.make_group(), factory.make_name(),
    )  # fmt: skip
    entry = consumers.bib(get(client, "/groups/river-guards.bib"))["src-0001-v1"]
    assert entry.fields["url"] == "https://example.org/a_b%20c?x=%7B1%7D&y=~z"
    assert entry.fields["title"] == (
        r"{50 \% of \textbraceleft{}Guards\textbraceright{} \& \textbackslash{}Co\_1 \#2 "
        r"\textasciitilde{} \textasciicircum{} \$ حراس}"
    )
    assert [e["title"] for e in consumers.ris(get(client, "/groups/river-guards.ris"))] == ["River Guards", title]
    assert [e["title"] for e in consumers.csl(get(client, "/groups/river-guards.csl.json"))] == ["River Guards", title]


def test_the_edition_is_the_first_work_with_its_digest_and_address(client):
    factory.publish(*world())
    sha = json.loads(get(client, "/groups/river-guards.json"))["edition"]["sha256"]
    first = consumers.csl(get(client, "/groups/river-guards.csl.json"))[0]
    assert first["id"] == "militiadb-group-river-guards-1"
    assert first["URL"] == "http://127.0.0.1:8000/groups/river-guards/editions/1/"
    assert first["note"].endswith(f"SHA-256 {sha}.")
    entry = consumers.ris(get(client, "/groups/river-guards.ris"))[1]
    assert (entry["type_of_reference"], entry["date"], entry["access_date"]) == ("NEWS", "2024/05/03/", "2024/06/01/")


def test_followthemoney_knows_every_entity_and_drops_nothing(client):
    ftm = pytest.importorskip("followthemoney", reason="requirements-ftm.txt is not installed")
    factory.publish(*world())
    for path in PROFILES:
        for entity in consumers.ftm(get(client, f"{path}.ftm.jsonl")):
            proxy = ftm.model.get_proxy(entity, cleaned=False)
            proxy.schema.validate(entity)
            kept = {k: sorted(v) for k, v in proxy.to_dict()["properties"].items()}
            assert kept == {k: sorted(v) for k, v in entity["properties"].items()}


def test_a_tie_that_a_source_denies_is_a_note_in_followthemoney(client):
    def leads(**values):
        return factory.make_claim(
            "sn-0002", "Salim Nasser leads the River Guards.", kind="membership", topic="roles", aspect="leads",
            about="rg", role="leader", quote="They are led by Salim Nasser", **values,
        )  # fmt: skip

    def schema():
        found = consumers.ftm(get(client, "/groups/river-guards.ftm.jsonl"))
        return next(entity["schema"] for entity in found if entity["id"] == "sn-0002")

    person = (factory.make_person(), factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"))
    factory.publish(*factory.make_ground(), *person, leads())
    assert schema() == "Membership"
    factory.publish(leads(negated=True), kind="correction", note="It was misread.")
    assert schema() == "Note"


def test_an_old_slug_leads_to_the_same_form_and_a_withdrawal_to_its_notice(client):
    factory.publish(*factory.make_ground())
    factory.publish(factory.make_group(slug="guards-of-the-river"), kind="update")
    moved = client.get("/groups/river-guards.csv")
    assert (moved.status_code, moved["Location"]) == (301, "/groups/guards-of-the-river.csv")
    moved = client.get("/groups/river-guards/editions/1.bib")
    assert moved["Location"] == "/groups/guards-of-the-river/editions/1.bib"


@pytest.mark.parametrize("count", [3, 300])
def test_a_form_costs_the_same_whatever_it_holds(client, count):
    factory.publish(*factory.make_ground(), *many(count), pages=False)
    asked = {}
    for form in FORMS:
        for path in (f"/groups/river-guards.{form}", f"/groups/river-guards/editions/1.{form}"):
            with CaptureQueriesContext(connection) as queries:
                get(client, path)
            asked[path] = len(queries)
    assert asked == {
        f"/groups/river-guards{path}.{form}": number for form in FORMS for path, number in (("", 8), ("/editions/1", 6))
    }
