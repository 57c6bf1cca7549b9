"""The first sentences of a page: only what structured claims say, each with its date, voice and notes."""

import pytest

from profiles.reading.lead import in_a_sentence, lead_of
from profiles.reading.leaf import Leaf
from profiles.reading.lines import by_aspect

from .dossiers import make_claim, make_dossier, make_group, make_library
from .real import real_dossiers


def lead(*claims, header=None):
    header = header or make_group()
    others = [make_group("cd", "Cedar Division"), make_group("pn", "Noor", "person")]
    leaf = Leaf(make_library(*others, *claims, dossiers=[make_dossier(header)]))
    return lead_of(header.__struct_config__.tag, header, by_aspect(claims, header), leaf)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2014", "in 2014"),
        ("2014-06", "in June 2014"),
        ("2014-06-05", "on 5 June 2014"),
        ("2013~", "around 2013"),
        ("[2003..]", "in 2003 or later"),
        ("199X", "in the 1990s"),
        ("2005/2006", "some time from 2005 to the end of 2006"),
    ],
)
def test_a_date_stands_in_a_sentence_with_its_preposition(when, said):
    assert in_a_sentence(when, "happened") == said


def test_a_group_is_told_by_kind_founding_leader_and_umbrella_each_with_its_notes():
    made = lead(
        make_claim("ab-0001", when="2014"),
        make_claim("pn-0001", "roles.leads", "membership", about="ab", role="leader", when="2016", voice="reported"),
        make_claim("ab-0002", "umbrellas.belongs_to", "relation", about="cd", relation="member_of", reach="collective"),
    )
    assert made.kind == "an armed group"
    assert [(n.what.label, len(n.marks)) for n in made.founded] == [("in 2014", 1)]
    assert [(n.what.label, n.beside, n.voice.value) for n in made.leaders] == [("Noor", "2016", "reported")]
    assert [(n.what.label, n.beside, n.of_a_set) for n in made.umbrellas] == [("Cedar Division", "", True)]


def test_what_is_denied_retracted_or_replaced_is_no_part_of_it():
    denied = make_claim("ab-0001", when="2014", negated=True)
    retracted = make_claim("ab-0002", when="2015", standing="retracted", standing_note="Wrong.")
    assert lead(denied, retracted) is None
    assert [n.what.label for n in lead(denied, retracted, make_claim("ab-0003", when="2016")).founded] == ["in 2016"]


def test_the_real_leads_name_what_the_claims_name():
    dossiers, library = real_dossiers()

    def told(uid):
        dossier = dossiers[uid]
        model = dossier.header.__struct_config__.tag
        return lead_of(model, dossier.header, by_aspect(dossier.claims, dossier.header), Leaf(library))

    assert [(n.what.label, n.contested) for n in told("pmf").founded] == [("in 2014", True), ("in 2017", True)]
    kh = told("kh")
    assert [(n.what.label, n.beside) for n in kh.leaders] == [("Abu Mahdi Al Muhandis", "until 2020, start not known")]
    assert [(n.what.label, n.voice, n.of_a_set) for n in kh.umbrellas] == [("Islamic Resistance in Iraq", None, False)]
    assert [(n.what.label, n.beside.partition(",")[0]) for n in told("ak").roles] == [
        ("Asaib Ahl Al Haq", "co-leader"),
        ("Al Nujaba Movement", "founder"),
        ("Al Nujaba Movement", "leader"),
    ]
    events = [uid for uid, dossier in dossiers.items() if dossier.header.__struct_config__.tag == "event"]
    assert {told(uid) for uid in events} == {None}
