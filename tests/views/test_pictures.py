"""Pictures in public: on the page and in the JSON once they are reviewed, their files served, and no others."""

import pytest
from django.test import Client
from rdflib import RDF, Graph, URIRef

from profiles.editorial.review import all_drafts, open_review
from profiles.editorial.take_down import withdraw
from profiles.exchange.release import release
from profiles.models import PublishedFile, files
from profiles.reading.pages import project
from profiles.reading.replay import rebuild
from tests import cast, factory

pytestmark = pytest.mark.django_db
PAGE = "/groups/river-guards/"


@pytest.fixture
def made():
    return factory.made_files()


def address(file):
    return f"/media/pictures/{file.sha256}.{'webp' if file.media_type == 'image/webp' else 'png'}"


def statuses(made):
    return [Client().get(address(file)).status_code for file in made]


def test_a_draft_picture_is_nowhere_in_public(made):
    factory.publish(*factory.make_ground())
    factory.load(factory.make_picture(files=made))
    assert statuses(made) == [404, 404]
    assert b"heron" not in Client().get(PAGE).content


def test_a_published_picture_stands_on_the_page_with_text_credit_and_licence(made):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made, caption="On a wall in Marwa."))
    page = Client().get(PAGE).content.decode()
    webp, png = made
    assert f'<source type="image/webp" srcset="{address(webp)} 320w"' in page
    assert f'<img src="{address(png)}" srcset="{address(png)} 320w"' in page
    assert 'width="320" height="240" alt="A blue heron above three waves." loading="lazy"' in page
    assert "<bdi>On a wall in Marwa.</bdi>" in page
    assert '<bdi>River Guards</bdi>, <a href="/about/words/#licence-quotation">shown to identify</a>' in page
    assert "Found at example.org" in page


def test_the_json_has_it_and_its_document(made):
    picture = factory.make_picture(files=made)
    factory.publish(*factory.make_ground(), picture)
    data = Client().get("/groups/river-guards.json").json()
    (shown,) = data["pictures"]
    assert shown == {
        "uid": "rg-p01",
        "kind": "emblem",
        "alt": "A blue heron above three waves.",
        "credit": "River Guards",
        "licence": "quotation",
        "url": "https://example.org/heron",
        "files": [
            {
                "path": address(file), "sha256": file.sha256, "media_type": file.media_type,
                "width": 320, "height": 240, "bytes": file.bytes,
            }
            for file in made
        ],
    }  # fmt: skip
    assert [document["uid"] for document in data["documents"]] == ["rg", "rg-0001", "rg-p01"]
    assert data["redacted"] == []


def test_linked_data_has_each_file_with_text_credit_and_licence(made):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made))
    graph = Graph().parse(data=Client().get("/groups/river-guards.jsonld").content, format="json-ld")
    schema, host = "https://schema.org/", "http://127.0.0.1:8000"
    told = {
        str(node): {str(name).removeprefix(schema): str(value) for name, value in graph.predicate_objects(node)}
        for node in graph.subjects(RDF.type, URIRef(f"{schema}ImageObject"))
    }
    assert sorted(told) == sorted(f"{host}{address(file)}" for file in made)
    for file in made:
        found = told[f"{host}{address(file)}"]
        assert (found["description"], found["creditText"]) == ("A blue heron above three waves.", "River Guards")
        assert (found["contentUrl"], found["sha256"]) == (f"{host}{address(file)}", file.sha256)
        assert found[f"{host}/data/dictionary/#licence"] == "quotation"
        assert found["isBasedOn"] == "https://example.org/heron"


def test_a_published_file_is_served_for_ever_and_as_what_it_is(made):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made))
    response = Client().get(address(made[0]))
    assert b"".join(response.streaming_content) == b"heron 320 image/webp"
    told = ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy", "Content-Length")
    assert [response[name] for name in told] == [
        "image/webp", "public, max-age=31536000, immutable", "nosniff", "sandbox; default-src 'none'", "20",
    ]  # fmt: skip
    assert response.cookies == {}
    assert Client().get(address(made[0]).replace(".webp", ".png")).status_code == 404
    assert Client().post(address(made[0])).status_code == 405


def test_serving_a_file_takes_one_query(made, django_assert_num_queries):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made))
    with django_assert_num_queries(1):
        assert Client().get(address(made[0])).status_code == 200


def test_a_file_that_is_not_at_hand_is_not_found(made):
    lost = factory.made_files(seed="will be lost")
    factory.publish(*factory.make_ground(), factory.make_picture(files=lost))
    files.delete(lost[0].sha256)
    assert statuses(lost) == [404, 200]


def test_an_older_edition_keeps_its_picture_when_a_newer_one_has_another(made):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made))
    newer = factory.made_files(640, 480)
    factory.load(factory.make_picture(files=newer, alt="A heron, newly painted."), by=cast.editor())
    release(open_review(all_drafts(), by=cast.editor(), kind="update", note=""), by=cast.reviewer())
    assert statuses([*made, *newer]) == [200, 200, 200, 200]
    assert address(made[1]) in Client().get(f"{PAGE}editions/1/").content.decode()
    page = Client().get(PAGE).content.decode()
    assert (address(made[1]) in page, address(newer[1]) in page) == (False, True)


def test_a_withdrawn_profile_takes_its_pictures_out_of_public(made):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made))
    withdraw("rg", by=cast.editor(), reason="Wrong group.", project=project)
    assert statuses(made) == [404, 404]
    release(open_review(all_drafts(), by=cast.editor(), kind="new", note=""), by=cast.reviewer())
    assert statuses(made) == [200, 200]


def test_rebuilding_gives_the_same_files(made):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made))
    before = sorted(PublishedFile.objects.values_list("sha256", "picture", "media_type", "bytes"))
    rebuild()
    assert sorted(PublishedFile.objects.values_list("sha256", "picture", "media_type", "bytes")) == before
    assert [row[0] for row in before] == sorted(file.sha256 for file in made)


def test_words_of_a_picture_are_escaped(made):
    factory.publish(*factory.make_ground(), factory.make_picture(files=made, alt='"><script>1</script>'))
    page = Client().get(PAGE).content.decode()
    assert "<script>1" not in page
    assert 'alt="&#34;&gt;&lt;script&gt;1&lt;/script&gt;"' in page
