"""Rows to documents and back: both round trips, with generated documents."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.editorial.edit import bring_in
from profiles.editorial.mapping import read_rows, write_rows
from profiles.models import Attribution, Citation, Claim, ClaimLink, Picture, Revision, Translation
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.documents.check import _UNSEEN_ALONE
from tests import factory

pytestmark = pytest.mark.django_db

GROUND = [
    factory.make_group("rg"),
    factory.make_group("hb", "Harbour Brigade"),
    factory.make_person(),
    factory.make_source(),
    factory.make_version(),
    factory.make_speaker("spk-0001"),
    factory.make_speaker("spk-0002", "a fisherman", anonymous=True, count=1, profile="sn"),
    factory.make_authority(),
    docs.Programme(uid="prog-0001", schema=1, authority="auth-0001", label="Harbour list"),
    factory.make_place(),
]

text = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=40
    )
    .map(lambda s: " ".join(__import__("unicodedata").normalize("NFC", s).split()))
    # What takes no ink is refused where nothing else stands.
    .filter(lambda s: s and not _UNSEEN_ALONE.fullmatch(s))
)
word_lists = docs.FIELD_WORDS[docs.Claim]
REFERENCES = {
    "about": st.sampled_from(["hb", "sn"]),
    "place": st.just("place-0001"),
    "authority": st.just("auth-0001"),
    "programme": st.just("prog-0001"),
    "designation": st.sampled_from(["rg-0001", "rg-0002"]),
}
NUMBERS = [
    {"precision": "exact", "low": 5, "counted": "people"},
    {"precision": "between", "low": 7000, "high": 10000, "counted": "fighters"},
    {"precision": "order", "number_words": "dozens", "counted": "attacks"},
]
DATES = ["", "2013~", "2005/2006", "2014-06", "2018/..", "../2003", "2020?", "[2003..]"]


def column(name):
    if name in word_lists:
        return st.sampled_from(list(word_lists[name]))
    return REFERENCES.get(name, text)


@st.composite
def citations(draw, claim):
    speakers = st.lists(st.sampled_from(["spk-0001", "spk-0002"]), min_size=1, max_size=2).map(tuple)
    return tuple(
        factory.make_citation(
            claim,
            number=number,
            bearing=draw(st.sampled_from(list(words.BEARING))),
            voice=draw(st.sampled_from(["stated", "reported"])),
            speakers=tuple(draw(st.lists(speakers, max_size=2))),
            note=draw(st.just("") | text),
            excerpt=draw(st.just("") | text),
        )
        for number in draw(st.permutations([1, 2, 10]))[: draw(st.integers(0, 3))]
    )


@st.composite
def claims(draw, uid):
    kind = draw(st.sampled_from(sorted(docs.SHAPE)))
    needed, may = docs.SHAPE[kind]
    numeric = {"precision", "low", "high", "number_words", "counted"}
    values = {name: draw(column(name)) for name in needed if name not in numeric}
    values |= {name: draw(column(name)) for name in may if name not in numeric and draw(st.booleans())}
    if kind == "part":
        values.pop(draw(st.sampled_from(["about", "party"])), None)
        if "about" not in values:
            values.setdefault("party", "five soldiers")
        values = {k: v for k, v in values.items() if k != "party" or "about" not in values}
    if kind == "strength" or ("precision" in may and draw(st.booleans())):
        values |= draw(st.sampled_from(NUMBERS))
    if draw(st.booleans()):
        values |= {"basis": "derived", "reckoning": draw(text), "when": "2014"}
    else:
        values["when"] = draw(st.sampled_from(DATES))
    others = sorted({"rg-0001", "rg-0002", "rg-0003"} - {uid})
    values["conflicts_with"] = tuple(sorted(draw(st.sets(st.sampled_from(others)))))
    values["mentions"] = tuple(sorted(draw(st.sets(st.sampled_from(["hb", "sn"])))))
    if draw(st.booleans()):
        values["translations"] = (docs.Translation(language="ar", text=draw(text), sha256="a" * 64),)
    return factory.make_claim(
        uid,
        statement=draw(text),
        kind=kind,
        sense=draw(st.sampled_from(list(words.SENSE))),
        negated=draw(st.booleans()),
        standing=draw(st.sampled_from(list(words.STANDING))),
        citations=draw(citations(uid)),
        **values,
    )


@st.composite
def dossiers(draw):
    made = [draw(claims(uid)) for uid in ("rg-0001", "rg-0002", "rg-0003")]
    silence = factory.make_silence(
        searched=draw(st.sampled_from([(), ("src-0001-v1",)])), note=draw(st.just("") | text)
    )
    many = st.integers(1, 2**31 - 1)
    files = tuple(
        docs.PictureFile(
            sha256=docs.sha256(media_type.encode()),
            width=draw(many),
            height=draw(many),
            media_type=media_type,
            bytes=draw(many),
        )
        for media_type in ("image/webp", "image/png")
    )
    picture = factory.make_picture(
        files=draw(st.sampled_from([(), files])), alt=draw(st.just("") | text), caption=draw(st.just("") | text)
    )
    return [*made, silence, picture]


def all_rows():
    """Every row of a claim's tables, keys and all."""
    return [sorted(table.objects.values_list()) for table in (Claim, Citation, Attribution, ClaimLink, Translation)] + [
        sorted((row.pk, str(row.files), row.alt) for row in Picture.objects.all())
    ]


generated = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
# Each example writes and reads hundreds of rows.
written = settings(generated, max_examples=30)


@written
@given(first=dossiers(), second=dossiers())
def test_documents_written_and_read_are_the_same_bytes(first, second):
    write_rows(GROUND)
    for wanted in (first, second):
        for document in wanted:
            assert docs.check(document) == []
        write_rows(wanted)
        found = read_rows(d.uid for d in wanted)
        assert {uid: docs.canonical(d) for uid, d in found.items()} == {d.uid: docs.canonical(d) for d in wanted}


@written
@given(made=dossiers())
def test_rows_read_and_written_back_do_not_change(made):
    write_rows([*GROUND, *made])
    before = all_rows()
    write_rows(read_rows().values())
    assert all_rows() == before


@generated
@given(made=dossiers())
def test_bytes_parsed_and_written_are_the_same_bytes(made):
    for document in made:
        data = docs.canonical(document)
        assert docs.canonical(docs.parse(data)) == data
        assert docs.convert(msgspec.json.decode(data)) == document


def test_every_kind_of_header_comes_back_as_it_was():
    write_rows(GROUND)
    assert read_rows() == {document.uid: document for document in GROUND}


def test_reading_takes_the_same_queries_for_many_claims(django_assert_num_queries):
    write_rows(GROUND)
    write_rows(factory.make_claim(f"rg-{n:04d}") for n in range(1, 301))
    for uids in (["rg-0001", "rg-0002", "rg-0003"], [f"rg-{n:04d}" for n in range(1, 301)]):
        with django_assert_num_queries(5):
            assert len(read_rows(uids)) == len(uids)


def test_bringing_in_the_same_twice_makes_one_revision():
    documents = [*GROUND, factory.make_claim()]
    assert len(bring_in(documents).added) == 11
    assert bring_in(documents).unchanged == 11
    assert Revision.objects.count() == 1


def test_an_open_end_is_certain_up_to_the_newest_supporting_version():
    write_rows([*GROUND, factory.make_claim(when="2018/..", sense="held")])
    assert [str(d) for d in Claim.objects.values_list("seen", "end_earliest").get()] == ["2024-05-03", "2024-05-03"]
