"""What is never public is stopped wherever it stands in a document, and its honest twin passes."""

import msgspec
import pytest

from profiles.editorial.edit import Refused
from profiles.editorial.review import open_review
from profiles.exchange.release import release
from profiles.models import User
from profiles.values import documents as docs
from tests import cast, factory
from tests.editorial.rules.ground import GROUND, found, stopped

pytestmark = pytest.mark.django_db

PRIVATE = "Write to guards@river.example for more."


def claim(**values):
    return factory.make_claim("rg-0002", **values)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("statement", "its statement"), ("standing_note", "its standing note"), ("reckoning", "its reckoning"),
        ("scope", "its scope"), ("verified_by", "its verified by"), ("party", "its party"), ("title", "its title"),
        ("outcome", "its outcome"), ("ground", "its ground"), ("identifier", "its identifier"),
        ("number_words", "its number words"), ("listing_id", "its listing id"), ("as_stated", "its as stated"),
        ("name_as_listed", "its name as listed"), ("name", "its name"),
    ],
)  # fmt: skip
def test_every_free_text_of_a_claim_is_looked_at(field, name):
    made = msgspec.structs.replace(claim(), **{field: PRIVATE})
    assert ("rg-0002", "private") in stopped(made)
    message = next(stop.message for stop in found(made) if stop.rule == "private")
    assert message == f"{name} gives an e-mail address (“guards@river.example”), which is never public. Take it out."
    honest = msgspec.structs.replace(claim(), **{field: "Nothing to hide, said two officials."})
    assert ("rg-0002", "private") not in stopped(honest)


def test_words_to_print_notes_of_citations_and_translations_are_looked_at():
    excerpt = factory.make_citation("rg-0002", excerpt=PRIVATE)
    note = factory.make_citation("rg-0002", note=PRIVATE)
    told = docs.Translation(language="ar", text="راسل t.me/guards", sha256="0" * 64)
    assert stopped(claim(citations=(excerpt,))) == [("rg-0002", "private")]
    assert stopped(claim(citations=(note,))) == [("rg-0002", "private")]
    assert stopped(claim(translations=(told,))) == [("rg-0002", "private")]


def test_headers_are_looked_at():
    for made in (
        factory.make_group("hb", "Call +964 770 123 4567"),
        factory.make_source("src-0002", "A talk", "talk", url="https://t.me/guards/12"),
        factory.make_source("src-0002", "A talk", "talk", note=PRIVATE),
        factory.make_version("src-0001-v1", archive_url="https://archive.example/t.me/guards"),
        factory.make_speaker("spk-0003", "A guard, +964 770 123 4567"),
        factory.make_authority("auth-0001", note=PRIVATE),
        factory.make_place("place-0001", note="At 33.31524, 44.36612."),
        factory.make_silence(note=PRIVATE),
    ):
        assert stopped(made) == [(made.uid, "private")]
    honest = factory.make_source("src-0002", "A talk", "talk", url="https://example.org/2024/05/03/1234567890")
    assert stopped(honest, factory.make_silence(note="Both articles were read whole.")) == []


def test_a_birth_is_given_by_its_year():
    born = {"topic": "background", "aspect": "career", "sense": "happened"}
    told = "Salim Nasser was born in {}."
    full = factory.make_claim("sn-0002", told.format("Marwa on 5 May 1974"), when="1974", **born)
    dated = factory.make_claim("sn-0002", told.format("Marwa"), when="1974-05-05", **born)
    month = factory.make_claim("sn-0002", told.format("Marwa"), when="1974-05", **born)
    assert [stopped(one) for one in (full, dated, month)] == [[("sn-0002", "private")]] * 3
    assert stopped(factory.make_claim("sn-0002", told.format("1974"), when="1974", **born)) == []
    assert stopped(claim(statement="The River Guards were born on 5 May 2013.")) == []
    of_guards = "The River Guards are led by Salim Nasser, born on 5 May 1974."
    assert stopped(claim(statement=of_guards)) == [("rg-0002", "private")]


def test_only_a_landmark_is_placed_finer_than_a_town():
    near = {"latitude": "33.3152", "longitude": "44.3661"}
    assert stopped(factory.make_place(**near)) == [("place-0001", "private")]
    assert stopped(factory.make_place(kind="landmark", **near)) == []
    assert stopped(factory.make_place(latitude="33.31", longitude="44.37")) == []


def test_nothing_narrows_an_anonymous_speaker_down():
    tied = factory.make_speaker("spk-0003", "a guard", "witness", anonymous=True, profile="sn")
    assert stopped(tied) == [("spk-0003", "unmasked")]
    assert stopped(factory.make_speaker("spk-0003", "a guard", "witness", anonymous=True, profile="rg")) == []
    bare = factory.make_speaker("spk-0003", "an unnamed guard", "witness")
    assert stopped(bare) == [("spk-0003", "unmasked")]
    assert stopped(factory.make_speaker("spk-0003", "an unnamed guard", "witness", anonymous=True)) == []


def test_who_works_here_is_not_named():
    User.objects.create_user("layla", first_name="Layla", last_name="Haddad")
    assert stopped(claim(reckoning="Reckoned by LAYLA HADDAD.")) == [("rg-0002", "private")]
    assert stopped(claim(reckoning="Reckoned by Layla.")) == []
    assert stopped(factory.make_person("lh", "Layla Haddad")) == []


def test_the_public_note_is_looked_at():
    assert [str(stop) for stop in found(note="Thanks to guards@river.example.")] == [
        "public note: gives an e-mail address (“guards@river.example”), which is never public. Take it out."
    ]
    assert stopped(note="Put right after a reader wrote.") == []
    factory.load(*GROUND, by=cast.editor())
    review = open_review([d.uid for d in GROUND], by=cast.editor(), kind="new", note="Call +964 770 123 4567.")
    with pytest.raises(Refused, match="public note: gives a telephone number"):
        release(review, by=cast.reviewer())


def test_a_retracted_claim_is_looked_at_too():
    gone = {"standing": "retracted", "standing_note": PRIVATE, "citations": ()}
    assert stopped(claim(**gone)) == [("rg-0002", "private")]
