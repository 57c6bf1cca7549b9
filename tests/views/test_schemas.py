import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from profiles.models import Document, Edition, Redaction
from profiles.values.profile_schema import profile_schema
from tests import factory

SCRIPT = Path(__file__).parents[2] / "docs" / "recompute_digest.py"


def recompute(path, folder):
    """Run the script away from the project: it can import nothing of ours."""
    script = shutil.copy(SCRIPT, folder)
    return subprocess.run([sys.executable, "-I", script, path], capture_output=True, text=True, cwd=folder)


@pytest.fixture
def page(db, client):
    """A published profile's JSON."""
    factory.publish(
        *factory.make_ground(),
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("hb-0001", "Harbour Brigade"),
        factory.make_place(),
        factory.make_speaker(),
        factory.make_claim(
            "rg-0002", kind="relation", about="hb", relation="rival_of", topic="allies", aspect="rivals"
        ),
        factory.make_claim(
            "rg-0003", "حراس النهر, two officials said, have about 2,000 fighters.", kind="strength", topic="strength",
            aspect="fighters", precision="about", low=2000, counted="fighters", voice="attributed", when="2024~",
            citations=(factory.make_citation("rg-0003", voice="attributed", speakers=(("spk-0001",),)),),
        ),
        factory.make_silence(),
    )  # fmt: skip
    response = client.get("/groups/river-guards.json")
    assert response.status_code == 200
    return response.json()


def test_a_published_profile_is_valid(page, client):
    schema = client.get("/schemas/1/profile.json").json()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(page)


def test_its_documents_are_valid(page, client):
    validator = Draft202012Validator(client.get("/schemas/1/document.json").json())
    assert len(page["documents"]) == 5
    for document in page["documents"]:
        validator.validate(document)


@pytest.mark.parametrize("field", ["profile", "edition", "claims", "silences", "documents"])
def test_a_profile_without_one_of_its_parts_is_refused(page, field):
    del page[field]
    assert not Draft202012Validator(profile_schema()).is_valid(page)


@pytest.mark.parametrize(
    "field",
    [
        "uid", "kind", "topic", "aspect", "statement", "when", "sense", "voice", "attributed_to", "standing", "negated",
        "reach", "subject", "about", "citations",
    ],
)  # fmt: skip
def test_a_claim_without_one_of_its_fields_is_refused(page, field):
    del page["claims"][0][field]
    assert not Draft202012Validator(profile_schema()).is_valid(page)


def test_a_document_that_is_no_header_does_not_stand_first(page):
    page["documents"].reverse()
    assert not Draft202012Validator(profile_schema()).is_valid(page)


def test_the_digest_is_recomputed_without_our_code(page, tmp_path):
    (tmp_path / "page.json").write_text(json.dumps(page))
    made = recompute("page.json", tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    edition = Edition.objects.get(profile="rg")
    *documents, last = made.stdout.splitlines()
    assert last == f"{edition.sha256}  edition 1 of river-guards"
    header, pairs = edition.contents()
    assert documents == [f"{header}  rg", *(f"{sha}  {uid}" for uid, sha in sorted(pairs.items()))]


@pytest.mark.django_db(transaction=True)
def test_the_digest_is_recomputed_from_an_address(page, tmp_path, live_server):
    assert recompute(f"{live_server.url}/groups/river-guards.json", tmp_path).returncode == 0


def test_a_changed_document_is_told(page, tmp_path):
    page["documents"][1]["salt"] = "1" * 32
    (tmp_path / "page.json").write_text(json.dumps(page))
    made = recompute("page.json", tmp_path)
    assert (made.returncode, made.stderr) == (1, f"NOT what the page says: {page['edition']['sha256']} \n")


def test_a_readable_claim_that_belies_its_document_is_told(page, tmp_path):
    page["claims"][0]["statement"] = "The River Guards are a choir."
    (tmp_path / "page.json").write_text(json.dumps(page))
    made = recompute("page.json", tmp_path)
    assert (made.returncode, made.stderr) == (1, f"NOT what the page says: {page['edition']['sha256']} rg-0001\n")


def test_the_digest_is_recomputed_after_a_redaction(page, tmp_path):
    from profiles.reading.leaf import Leaf
    from profiles.reading.library import Library, read_editions
    from profiles.reading.machine import edition_json

    edition = Edition.objects.select_related("publication").get(profile="rg")
    sha = edition.contents()[1]["rg-0003"]
    Redaction.objects.create(sha256=sha, publication=1)
    Document.objects.filter(pk=sha).update(body=None)
    data = edition_json(read_editions([edition])["rg"], Leaf(Library()))
    Draft202012Validator(profile_schema()).validate(json.loads(data))
    assert [document["uid"] for document in json.loads(data)["documents"]] == ["rg", "rg-0001", "rg-0002", "rg-s01"]
    (tmp_path / "page.json").write_bytes(data)
    made = recompute("page.json", tmp_path)
    assert (made.returncode, made.stdout.splitlines()[-1]) == (0, f"{edition.sha256}  edition 1 of river-guards")


def test_the_script_has_thirty_lines_at_most():
    assert len(SCRIPT.read_text().splitlines()) <= 30


@pytest.mark.parametrize("name", ["document", "profile"])
def test_a_schema_is_served_and_asked_again_for_nothing(client, name):
    first = client.get(f"/schemas/1/{name}.json")
    assert (first.status_code, first["Content-Type"]) == (200, "application/schema+json")
    assert first.json()["$id"] == f"/schemas/1/{name}.json"
    again = client.get(f"/schemas/1/{name}.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_no_other_schema_is_served(client, db):
    assert client.get("/schemas/2/document.json").status_code == 404
    assert client.get("/schemas/1/rumour.json").status_code == 404


def test_the_page_beside_the_schemas_says_the_rule(client):
    response = client.get("/schemas/")
    assert response.status_code == 200
    text = response.content.decode()
    assert '<h2 id="digest-rule">The digest rule, schema 1</h2>' in text
    assert "/schemas/1/document.json" in text and "/schemas/1/profile.json" in text
