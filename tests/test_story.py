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
from tests.world import FORMS, PAGES, world

pytestmark = pytest.mark.django_db

PUBLIC_TABLES = {
    "profiles_address", "profiles_body", "profiles_entry", "profiles_facet", "profiles_spelling", "profiles_mention",
    "profiles_listing", "profiles_interval",
    "profiles_publishedclaim", "profiles_publishedcitation", "profiles_publisheddocument", "profiles_document",
    "profiles_edition", "profiles_publication",
    "profiles_facetcount", "profiles_claimcount", "profiles_sourcecount", "profiles_publicationcount",
    "profiles_publishedsource", "profiles_publishedversion", "profiles_oldslug", "profiles_redaction",
}  # fmt: skip
LEAK = "The leaking sentence that nobody has reviewed."


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
    for path in [*PAGES, *FORMS]:
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
