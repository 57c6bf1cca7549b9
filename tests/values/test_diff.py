"""Document against document: what changed, in words."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from profiles.values.diff import changes, pieces, side_by_side
from tests import factory

CLAIM = factory.make_claim("rg-0002", "The River Guards are an armed group.")


def replaced(document, **values):
    return msgspec.structs.replace(document, **values)


def test_the_same_document_has_no_changes():
    assert changes(CLAIM, CLAIM) == []
    assert changes(CLAIM, replaced(CLAIM, salt="1" * 32)) == []


def test_a_reworded_sentence_is_told_word_by_word():
    (change,) = changes(CLAIM, replaced(CLAIM, statement="The River Guards were an armed band."))
    assert (change.field, change.label) == ("statement", "Statement")
    assert change.pieces == (
        ("same", "The River Guards"), ("out", " are"), ("in", " were"), ("same", " an armed"),
        ("out", " group."), ("in", " band."),
    )  # fmt: skip
    assert change.sentence == (
        "Statement: “The River Guards are an armed group.” became “The River Guards were an armed band.”."
    )


def test_words_of_lists_dates_and_uids_are_told_as_people_say_them():
    after = replaced(CLAIM, voice="claimed", when="2013~", sense="happened", about="sn", negated=True)
    told = {change.field: change.sentence for change in changes(CLAIM, after, {"sn": "Salim Nasser"})}
    assert told == {
        "voice": "Voice: “stated” became “claimed by the subject”.",
        "sense": "Sense of the date: “as of” became “happened”.",
        "when": "Date: “around 2013 (2013~)” came in.",
        "about": "About: “Salim Nasser [sn]” came in.",
        "negated": "Negated: “yes” came in.",
    }


def test_citations_are_told_by_their_uid():
    one = CLAIM.citations[0]
    two = factory.make_citation("rg-0002", "They are led", number=2)
    moved = replaced(one, bearing="disputes", speakers=(("spk-0001", "spk-0002"), ("spk-0002",)))
    told = {
        change.field: (change.before, change.after)
        for change in changes(CLAIM, replaced(CLAIM, citations=(moved, two)))
    }
    assert told == {
        "rg-0002-c1.bearing": ("supports", "disputes"),
        "rg-0002-c1.speakers": ("", "spk-0001 > spk-0002; spk-0002"),
        "rg-0002-c2.place": ("", f"src-0001-v1, paragraph 2, {two.start} to {two.end} ({two.passage_sha256[:12]})"),
        "rg-0002-c2.bearing": ("", "supports"),
        "rg-0002-c2.voice": ("", "stated"),
        "rg-0002-c2.part": ("", "body"),
    }


def test_what_is_new_and_what_is_gone_is_told_field_by_field():
    silence = factory.make_silence()
    came = changes(None, silence)
    went = changes(silence, None)
    assert [(c.field, c.after) for c in came] == [(c.field, c.before) for c in went]
    assert {c.field for c in came} == {"subject", "topic", "aspect", "state", "searched"}
    assert all(c.before == "" for c in came) and all(c.after == "" for c in went)
    assert changes(None, None) == []


def test_states_side_by_side_say_whose_change_it_is():
    theirs = replaced(CLAIM, statement="Theirs.", scope="theirs")
    yours = replaced(CLAIM, statement="Yours.", standing="doubted")
    rows = {row.label: row.whose for row in side_by_side(CLAIM, theirs, yours)}
    assert rows == {"Statement": "both", "Standing": "yours", "Scope": "theirs"}
    assert side_by_side(CLAIM, CLAIM, CLAIM) == []


@given(st.text(alphabet="ab ", max_size=30), st.text(alphabet="ab ", max_size=30))
def test_pieces_spell_both_texts(before, after):
    found = pieces(before, after)
    said = [
        " ".join("".join(w for kind, w in found if kind in kinds).split())
        for kinds in (("same", "out"), ("same", "in"))
    ]
    assert said == [" ".join(before.split()), " ".join(after.split())]
