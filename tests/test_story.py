"""From source to reader: capture, cite, edit, review, publish, read; and what stays private until then."""

import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.edit import Refused, bring_in
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import all_drafts, drafts_of, open_review
from profiles.exchange.release import release
from profiles.models import Capture, Claim, Profile, SourceVersion
from profiles.values import documents as docs
from tests import cast, factory

pytestmark = pytest.mark.django_db

PUBLIC_TABLES = {
    "profiles_address", "profiles_body", "profiles_entry", "profiles_facet", "profiles_spelling", "profiles_mention",
    "profiles_publishedclaim", "profiles_publishedcitation", "profiles_publisheddocument", "profiles_document",
    "profiles_edition", "profiles_publication", "profiles_oldslug", "profiles_redaction",
}  # fmt: skip
LEAK = "The leaking sentence that nobody has reviewed."


def world():
    """Two groups, a person and an event that a claim or two tie together, of an article in two scripts."""
    officials = (("spk-0001",),)
    return [
        *factory.make_ground(),
        factory.make_name("rg-0002", "حراس النهر", "original_script", language="ar", quote="حراس النهر جماعة مسلحة"),
        factory.make_claim(
            "rg-0003",
            "An article of May 2024 puts the founding of the River Guards at around 2013.",
            topic="origins", aspect="founded", when="2013~", sense="happened",
        ),
        factory.make_claim(
            "rg-0004",
            "Two officials have put the strength of the River Guards at about 2,000 fighters.",
            kind="strength", topic="strength", aspect="fighters", precision="about", low=2000, counted="fighters",
            voice="attributed",
            citations=(
                factory.make_citation("rg-0004", "have about 2,000 fighters, two officials said", voice="attributed",
                                      speakers=officials),
            ),
        ),
        factory.make_claim(
            "rg-0005", "The River Guards were listed in 2019.", kind="designation", topic="designations",
            aspect="listings", as_stated="listed", evidence="secondary", authority="auth-0001",
            quote="The harbour authority listed the River Guards in 2019",
        ),
        factory.make_claim(
            "rg-0006", "The listing dates from 2019.", kind="step", topic="designations", aspect="listings",
            designation="rg-0005", step="listed", when="2019", sense="happened",
            quote="The harbour authority listed the River Guards in 2019",
        ),
        factory.make_silence(),
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_claim(
            "sn-0002", "Salim Nasser leads the River Guards.", kind="membership", topic="roles", aspect="leads",
            about="rg", role="leader", quote="They are led by Salim Nasser",
        ),
        factory.make_event(),
        factory.make_claim(
            "sm-0001", "Officials accuse Salim Nasser of having “ordered” the shelling of Marwa.", kind="part",
            part="accused", about="sn", topic="attributions", aspect="accused", voice="alleged", when="2016",
            sense="happened", response="not_sought", outcome="The article gives none.",
            citations=(
                factory.make_citation("sm-0001", "Officials accuse Salim Nasser of ordering the shelling of Marwa",
                                      voice="alleged", speakers=officials),
            ),
        ),
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("hb-0001", "Harbour Brigade"),
        factory.make_speaker(),
        factory.make_authority(),
    ]  # fmt: skip


PAGES = [
    "/", "/groups/", "/people/", "/events/", "/groups/?kind=party", "/compare/",
    "/compare/?with=river-guards&with=harbour-brigade",
    "/groups/river-guards/", "/groups/river-guards.json", "/people/salim-nasser/", "/events/shelling-of-marwa/",
    "/groups/river-guards/editions/", "/groups/river-guards/editions/1/", "/claims/", "/claims/rg-0004/",
    "/claims/rg-0004.json", "/sources/", "/sources/river-guards/", "/designations/",
    "/publications/", "/publications/1/",
    "/about/words/", "/schemas/",
]  # fmt: skip


def pages(client):
    """Path -> the bytes that a reader gets."""
    return {path: client.get(path) for path in PAGES}


def test_from_a_source_to_a_reader(client, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(factory.ARTICLE)
    bring_in([factory.make_source()], by=cast.editor())
    call_command("capture_source", "river-guards", text=article, stamp="2024-05-03T10:00")
    version = SourceVersion.objects.get()
    assert (version.uid, version.text_sha256) == ("src-0001-v1", docs.sha256(factory.ARTICLE.encode()))
    assert Capture.objects.get().text == factory.ARTICLE

    bring_in([factory.make_group(), factory.make_name(), factory.make_claim("rg-0002")], by=cast.editor())
    assert client.get("/groups/river-guards/").status_code == 404

    review = open_review(drafts_of(["rg"]), by=cast.editor(), kind="new")
    with pytest.raises(Refused, match="You may not approve"):
        release(review, by=cast.editor())
    release(review, by=cast.reviewer())

    page = client.get("/groups/river-guards/").content.decode()
    assert "The River Guards are an armed group." in page
    machine = json.loads(client.get("/groups/river-guards.json").content)
    assert machine["edition"]["number"] == 1
    header, *documents = machine["documents"]
    digests = [[d["uid"], docs.sha256(canonical(d))] for d in documents]
    manifest = canonical({"documents": digests, "header": docs.sha256(canonical(header)), "schema": 1})
    assert docs.sha256(manifest) == machine["edition"]["sha256"]


def canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def by_admin_form():
    claim = Claim.objects.get(pk="rg-0001")
    claim.statement = LEAK
    claim.save()


def by_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_claim SET statement = %s WHERE uid = 'rg-0001'", [LEAK])
        cursor.execute("UPDATE profiles_profile SET label = %s WHERE uid = 'rg'", [LEAK])


def by_bringing_in():
    bring_in([factory.make_claim("rg-0099", LEAK), factory.make_group("rg", LEAK, "river-guards")])


def by_a_stranger():
    Profile.objects.create(uid="zz", model="group", kind="armed_group", label=LEAK, slug="leak")


@pytest.mark.parametrize("change", [by_admin_form, by_sql, by_bringing_in, by_a_stranger])
def test_what_is_not_reviewed_changes_no_public_byte(client, change):
    factory.publish(*world())
    before = pages(client)
    assert {path: answer.status_code for path, answer in before.items()} == dict.fromkeys(PAGES, 200)
    change()
    assert all_drafts() != []
    after = pages(client)
    assert {p: a.content for p, a in after.items()} == {p: a.content for p, a in before.items()}
    assert client.get("/groups/leak/").status_code == 404
    assert client.get("/claims/rg-0099/").status_code == 404


def test_no_public_page_asks_a_draft_table_or_sets_a_cookie(client):
    factory.publish(*world())
    by_bringing_in()
    for path in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(path)
        tables = set(re.findall(r'"(profiles_\w+)"', " ".join(query["sql"] for query in asked)))
        assert (path, tables - PUBLIC_TABLES) == (path, set())
        assert (path, answer.cookies) == (path, {})
        assert (path, "Cookie" in answer.get("Vary", "")) == (path, False)
        assert (path, LEAK.encode() in answer.content) == (path, False)


def test_after_publication_the_draft_is_public(client):
    factory.publish(*world())
    bring_in([factory.make_claim("rg-0099", LEAK)], by=cast.editor())
    factory.publish(kind="update")
    assert LEAK.encode() in client.get("/groups/river-guards/").content
    assert LEAK.encode() not in client.get("/groups/river-guards/editions/1/").content
    assert read_rows(["rg-0099"])["rg-0099"].statement == LEAK
