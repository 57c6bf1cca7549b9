"""The corrections ledger: what was put right or taken back, told at every place where the old words stood."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.take_down import redact, retract, withdraw
from profiles.reading import corrections
from profiles.reading.pages import project
from tests import cast, factory
from tests.again import standing
from tests.reading.test_pages import rename, ties

pytestmark = pytest.mark.django_db

WAS, IS = "An article calls the Guards a band of 20 men.", "An article calls the Guards a band of 200 men."


def text(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def plain(client, path, status=200):
    """A page's words without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text(client, path, status)))


def down(act, uid, reason):
    return act(uid, by=cast.editor(), reason=reason, project=project)


@pytest.fixture
@standing
def corrected(db):
    """Published, one claim put right, another retracted."""
    factory.publish(
        *ties(), factory.make_claim("rg-0002", WAS), factory.make_claim("rg-0003", "The Guards own a mill.")
    )
    factory.publish(factory.make_claim("rg-0002", IS, salt="1" * 32), kind="correction", note="A digit was lost.")
    down(retract, "rg-0003", "The mill is another’s.")


def test_the_ledger_tells_old_and_new_words_newest_first(client, corrected):
    page = text(client, "/corrections/")
    assert re.findall(r'<li id="publication-(\d+)">', page) == ["3", "2"]
    told = plain(client, "/corrections/")
    for words in (WAS, IS, "A digit was lost.", "The Guards own a mill.", "The mill is another’s."):
        assert (words, words in told) == (words, True)
    assert "<del> 20</del>" in page
    assert "<ins> 200</ins>" in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("", [3, 2]), ("?kind=correction", [2]), ("?kind=redaction", []), ("?profile=rg", [3, 2]), ("?profile=sn", []),
     ("?profile=rg&kind=retraction", [3]), ("?profile=nobody", [])],
)  # fmt: skip
def test_the_ledger_is_narrowed_by_kind_and_profile(client, corrected, query, numbers):
    page = text(client, f"/corrections/{query}")
    assert [int(n) for n in re.findall(r'<li id="publication-(\d+)">', page)] == numbers
    data = json.loads(client.get(f"/corrections.json{query}").content)
    assert [one["publication"] for one in data["corrections"]] == numbers


@pytest.mark.parametrize("path", ["/corrections/", "/corrections.json"])
def test_an_unknown_kind_is_refused_by_name(client, corrected, path):
    assert "kind" in text(client, f"{path}?kind=loud%3Cscript%3E", 400)
    assert "<script>" not in text(client, f"{path}?kind=loud%3Cscript%3E", 400)


def test_an_empty_ledger_says_so(client):
    assert "Nothing has been corrected or taken back yet." in plain(client, "/corrections/").replace("  ", " ")
    assert json.loads(client.get("/corrections.json").content) == {"corrections": [], "next": None}


def test_the_json_has_old_and_new_words_with_their_digests(client, corrected):
    answer = client.get("/corrections.json?kind=correction")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    (one,) = json.loads(answer.content)["corrections"]
    (change,) = one["changes"]
    assert (one["kind"], one["note"], one["url"]) == ("correction", "A digit was lost.", "/publications/2/")
    assert one["profiles"] == [{"name": "River Guards", "url": "/groups/river-guards/"}]
    assert (change["uid"], change["act"], change["before"], change["after"]) == ("rg-0002", "changed", WAS, IS)
    assert change["after_sha256"] == json.loads(client.get("/claims/rg-0002.json").content)["sha256"]
    assert {len(change["before_sha256"]), len(change["after_sha256"])} == {64}


def test_the_ledger_is_paged_by_keyset_both_ways(client, monkeypatch):
    assert corrections.SIZE == 20
    monkeypatch.setattr(corrections, "SIZE", 5)
    factory.publish(*ties())
    for n in range(13):
        factory.publish(
            factory.make_claim("rg-0002", f"Wording {n} of it.", salt=f"{n:032x}"),
            kind="clarification",
            note=f"No {n}.",
            pages=False,
        )
    seen, address = [], "/corrections.json"
    while address:
        data = json.loads(client.get(address).content)
        seen.append([one["publication"] for one in data["corrections"]])
        address = data["next"]
    assert [len(some) for some in seen] == [5, 5, 3]
    assert [number for some in seen for number in some] == list(range(14, 1, -1))
    second = text(client, f"/corrections/?after={seen[0][-1]}")
    back = re.search(r'rel="prev" href="([^"]*)"', second)[1].replace("&amp;", "&")
    assert re.findall(r'<li id="publication-(\d+)">', text(client, f"/corrections/{back}")) == [str(n) for n in seen[0]]


def test_the_page_of_a_claim_tells_what_became_of_it(client, corrected):
    told = plain(client, "/claims/rg-0002/")
    assert "Correction, " in told
    assert "A digit was lost." in told
    assert WAS in told
    assert "Corrections" not in re.sub(r"<footer.*", "", text(client, "/claims/rg-0001/"), flags=re.S)


def test_the_page_of_a_profile_says_how_often_it_was_corrected(client, corrected):
    told = plain(client, "/groups/river-guards/")
    assert "Corrected 2 times, last on " in told
    assert 'href="/corrections/?profile=rg"' in text(client, "/groups/river-guards/")
    assert "Corrected" not in plain(client, "/people/salim-nasser/")


def test_an_older_edition_tells_what_was_put_right_since(client, corrected):
    told = plain(client, "/groups/river-guards/editions/1/")
    assert "1 statement has been retracted since: rg-0003: The mill is another’s." in told
    assert "1 statement has been put right or taken down since: rg-0002 corrected on " in told
    assert "A digit was lost. What was changed" in told
    assert "since:" not in plain(client, "/groups/river-guards/editions/3/")


def test_an_edition_is_there_as_json_and_says_what_was_put_right_since(client, corrected):
    answer = client.get("/groups/river-guards/editions/1.json")
    data = json.loads(answer.content)
    assert (answer["Content-Type"], answer["X-Robots-Tag"]) == ("application/json; charset=utf-8", "noindex")
    assert data["edition"]["number"] == 1
    assert {claim["uid"]: claim["statement"] for claim in data["claims"]}["rg-0002"] == WAS
    assert [(one["uid"], one["kind"], one["note"]) for one in data["corrected_since"]] == [
        ("rg-0002", "correction", "A digit was lost."),
        ("rg-0003", "retraction", "The mill is another’s."),
    ]
    newest = json.loads(client.get("/groups/river-guards/editions/3.json").content)
    assert newest["corrected_since"] == []
    assert [(one["publication"], one["kind"]) for one in newest["corrections"]] == [
        (3, "retraction"),
        (2, "correction"),
    ]


def test_an_edition_as_json_follows_its_slug_and_goes_with_its_profile(client, corrected):
    factory.publish(*rename(), kind="update")
    moved = client.get("/groups/river-guards/editions/1.json")
    assert (moved.status_code, moved["Location"]) == (301, "/groups/guards-of-the-river/editions/1.json")
    assert client.get("/groups/guards-of-the-river/editions/9.json").status_code == 404
    down(withdraw, "sn", "Taken for another.")
    assert client.get("/people/salim-nasser/editions/1.json").status_code == 410


def test_the_page_of_a_publication_shows_old_and_new_words(client, corrected):
    told = plain(client, "/publications/2/")
    assert (WAS in told, IS in told) == (True, True)
    assert "Old words and new" not in text(client, "/publications/1/")


def test_the_ledger_stands_in_every_footer(client, corrected):
    for path in ("/", "/groups/river-guards/", "/claims/rg-0001/", "/groups/river-guards/editions/1/"):
        assert 'href="/corrections/"' in text(client, path)


def test_a_redacted_claim_leaves_its_address_and_none_of_its_words(client, corrected):
    down(redact, "rg-0002", "It named a witness.")
    for path in ("/claims/rg-0002/", "/claims/rg-0002.json"):
        assert "band of 20" not in text(client, path, 410)
    told = plain(client, "/claims/rg-0002/", 410)
    assert "The words of this claim were deleted" in told
    assert "It named a witness." in told
    for path in ("/corrections/", "/corrections.json", "/publications/2/", "/groups/river-guards/editions/1.json"):
        assert (path, "band of 20" in plain(client, path)) == (path, False)


def test_a_redacted_draft_that_never_was_public_is_not_found(client, corrected):
    factory.load(factory.make_claim("rg-0009", "A leaking draft."), by=cast.editor())
    down(redact, "rg-0009", "It named a witness.")
    assert client.get("/claims/rg-0009/").status_code == 404
    assert client.get("/claims/rg-0009.json").status_code == 404


def test_a_withdrawn_profile_leaves_its_uid_in_the_ledger_and_none_of_its_words(client):
    factory.publish(*ties())
    down(withdraw, "sn", "Taken for another.")
    told = plain(client, "/corrections/?profile=sn")
    assert "A profile was taken down: sn. With it 3 documents left the public." in told
    assert "Taken for another." in told
    for path in ("/corrections/", "/corrections.json", "/publications/2/"):
        assert (path, "Salim" in plain(client, path)) == (path, False)


@pytest.mark.parametrize("count", [3, 300])
def test_the_ledger_costs_the_same_whatever_it_holds(client, count):
    claims = [f"rg-{n:04}" for n in range(2, count + 2)]
    factory.publish(*ties(), *(factory.make_claim(uid, f"It is {uid}.") for uid in claims))
    factory.publish(
        *(factory.make_claim(uid, f"It is {uid} now.", salt="2" * 32) for uid in claims), kind="correction", note="All."
    )
    paths = (
        "/corrections/", "/corrections.json", "/corrections/?profile=rg", "/publications/2/", "/claims/rg-0002/",
        "/groups/river-guards/editions/1/", "/groups/river-guards/editions/1.json",
    )  # fmt: skip
    found = {}
    for path in paths:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        found[path] = len(asked)
    assert found == dict(zip(paths, (9, 9, 12, 11, 17, 9, 12), strict=True))
