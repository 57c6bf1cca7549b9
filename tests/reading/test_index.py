from datetime import date

import pytest

from profiles.reading.index import rows
from profiles.values.names import fold

from .dossiers import (
    make_authority,
    make_citation,
    make_claim,
    make_dossier,
    make_group,
    make_library,
    make_place,
    make_release,
    make_source,
    make_speaker,
    make_version,
)

# A uid that no document has is asked of the database.
pytestmark = pytest.mark.django_db
CD = make_group("cd", "Cedar Front")
XY = make_group("xy", "Xenia Amber", model="person")


def rows_of(*claims, header=None, others=(CD, XY), more=()):
    dossier = make_dossier(header or make_group(), claims)
    documents = (*others, *more)
    release = make_release(*documents, dossiers=[dossier])
    return rows(release, {dossier.header.uid: dossier}, make_library(*documents, dossiers=[dossier]))


def belongs(uid="ab-0001", **fields):
    given = {"at": "umbrellas.belongs_to", "relation": "member_of", "about": "cd", "sense": "as_of", **fields}
    return make_claim(uid, kind="relation", **given)


def facets(made):
    return [(f.facet, f.value, f.label, f.claim) for f in made.facets]


def test_an_entry_has_the_facts_of_its_edition():
    entry = rows_of().entries[0]
    found = (entry.uid, entry.model, entry.slug, entry.label, entry.kind, entry.sort_key, entry.edition)
    assert found == ("ab", "group", "amber-brigade", "Amber Brigade", "armed_group", "amber brigade ab", 1)


def test_a_founding_has_its_text_and_bounds():
    entry = rows_of(make_claim("ab-0001", when="2013~")).entries[0]
    assert (entry.when, entry.when_earliest, entry.when_latest) == ("2013~", date(2012, 1, 1), date(2014, 12, 31))


def test_two_foundings_span_both_so_that_no_doubt_hides_the_group():
    entry = rows_of(make_claim("ab-0001", when="2003"), make_claim("ab-0002", when="2014-06")).entries[0]
    assert (entry.when_earliest, entry.when_latest) == (date(2003, 1, 1), date(2014, 6, 30))


@pytest.mark.parametrize(
    "fields",
    [
        {"negated": True},
        {"standing": "retracted"},
        {"standing": "superseded"},
        {"citations": [make_citation("ab-0001-c1", bearing="disputes")]},
        {"at": "origins.re_formed"},
    ],
)
def test_what_does_not_assert_a_founding_gives_no_date(fields):
    entry = rows_of(make_claim("ab-0001", when="2013", **fields)).entries[0]
    assert (entry.when, entry.when_earliest, entry.when_latest) == ("", None, None)


def test_an_event_has_its_date():
    event = make_group("ev", "Raid", model="event")
    entry = rows_of(make_claim("ev-0001", at="when.date", when="2007-01-20"), header=event).entries[0]
    assert (entry.when, entry.when_earliest, entry.when_latest) == ("2007-01-20", date(2007, 1, 20), date(2007, 1, 20))


def test_a_relation_to_an_umbrella_is_a_facet_with_its_bounds():
    made = rows_of(belongs(when="2025-04-07"))
    assert facets(made) == [("umbrella", "cd", "Cedar Front", "ab-0001")]
    assert (made.facets[0].start_latest, made.facets[0].end_earliest) == (date(2025, 4, 7), date(2025, 4, 7))


def test_what_is_said_of_a_set_is_a_facet_and_marked_on_the_card():
    made = rows_of(belongs(reach="collective", voice="alleged"))
    assert facets(made) == [("umbrella", "cd", "Cedar Front", "ab-0001")]
    assert made.entries[0].card["lines"] == [
        {
            "label": "Belongs to",
            "values": [
                {
                    "text": "Cedar Front",
                    "voice": "alleged",
                    "standing": "stands",
                    "reach": "collective",
                    "claim": "ab-0001",
                    "arabic": "",
                    "who": "cd",
                }
            ],
            "more": 0,
        }
    ]


@pytest.mark.parametrize(
    "fields", [{"negated": True}, {"standing": "retracted"}, {"standing": "superseded"}, {"manner": "left"}]
)
def test_what_does_not_say_that_it_belongs_is_no_facet(fields):
    assert facets(rows_of(belongs(**fields))) == []


def test_a_listing_without_authority_is_said_to_have_none_stated():
    common = {"at": "designations.listings", "kind": "designation", "as_stated": "listed", "evidence": "secondary"}
    made = rows_of(
        make_claim("ab-0001", authority="auth-0001", **common),
        make_claim("ab-0002", **common),
        more=[make_authority()],
    )
    assert facets(made) == [
        ("designated_by", "auth-0001", "The Harbour Council", "ab-0001"),
        ("designated_by", "not_stated", "not stated", "ab-0002"),
    ]


def test_a_leader_is_a_facet_of_the_group_and_the_group_a_facet_of_the_leader():
    leads = make_claim("xy-0001", at="roles.leads", kind="membership", about="ab", role="leader", sense="held")
    assert facets(rows_of(leads)) == [("led_by", "xy", "Xenia Amber", "xy-0001")]
    assert facets(rows_of(leads, header=XY, others=[make_group()])) == [("group", "ab", "Amber Brigade", "xy-0001")]


def test_a_member_is_no_leader():
    member = make_claim("xy-0001", at="affiliations.belongs_to", kind="membership", about="ab", role="member")
    assert facets(rows_of(member)) == []


def test_an_event_has_its_participants_and_its_place():
    event = make_group("ev", "Raid", model="event")
    made = rows_of(
        make_claim("ev-0001", at="who.participants", kind="part", part="participant", about="cd"),
        make_claim("ev-0002", at="where.place", kind="presence", presence="took_place_in", place="place-0001"),
        make_claim("ev-0003", at="who.participants", kind="part", part="participant", party="villagers"),
        header=event,
        more=[make_place()],
    )
    assert facets(made) == [
        ("participant", "cd", "Cedar Front", "ev-0001"),
        ("place", "place-0001", "Low Town", "ev-0002"),
    ]


def test_names_become_spellings():
    name = make_claim(
        "ab-0001", at="names.names", kind="name", name="Kata'ib Ḥizballāh", name_sort="transliteration", sense="as_of"
    )
    made = [(s.entry_id, s.name, s.skeleton, s.name_sort, s.claim) for s in rows_of(name).spellings]
    assert made == [("ab", "Kata'ib Ḥizballāh", "kataib hizballah", "transliteration", "ab-0001")]


@pytest.mark.parametrize(
    ("name", "skeleton"),
    [
        ("Kata’ib Hezbollah", "kataib hezbollah"),
        ("KATAEB-HEZBOLLAH", "kataeb hezbollah"),
        ("كتائب حزب الله", "كتايب حزب الله"),
        ("أنصار", "انصار"),
        ("انصار", "انصار"),
        ("کتائب", "كتايب"),
        ("الحركة", "الحركه"),
        ("موسى", "موسي"),
        ("حـزب", "حزب"),
        ("a" + "\u0301" * 10_000, "a"),
        ("’‘'", ""),
    ],
)
def test_a_name_is_folded(name, skeleton):
    assert fold(name) == skeleton


def claim_row(*citations, more=(), **fields):
    return rows_of(make_claim("ab-0001", citations=list(citations), **fields), more=more).claims[0]


def test_a_claim_rests_on_its_source_where_nobody_else_is_heard():
    row = claim_row(make_citation("ab-0001-c1"), make_citation("ab-0001-c2", start=20))
    assert (row.origins, row.anonymous) == (1, False)


def test_the_last_speaker_of_a_chain_is_the_origin():
    row = claim_row(
        make_citation("ab-0001-c1", voice="attributed", speakers=[["spk-0001", "spk-0002"]]),
        make_citation("ab-0001-c2", voice="attributed", speakers=[["spk-0002"]], start=20),
        more=[make_speaker("spk-0002", label="A dealer", anonymous=True)],
    )
    assert (row.origins, row.anonymous) == (1, True)


def test_parallel_speakers_are_two_origins_and_one_with_a_name_is_enough():
    row = claim_row(
        make_citation("ab-0001-c1", voice="attributed", speakers=[["spk-0001"], ["spk-0002"]]),
        more=[make_speaker("spk-0002", label="A dealer", anonymous=True)],
    )
    assert (row.origins, row.anonymous) == (2, False)


def test_two_works_that_derive_from_one_are_one_origin():
    more = [
        make_source("src-0002", derives_from="src-0001"),
        make_version("src-0002-v1"),
        make_source("src-0003", derives_from="src-0002"),
        make_version("src-0003-v1"),
    ]
    row = claim_row(
        make_citation("ab-0001-c1", version="src-0002-v1"),
        make_citation("ab-0001-c2", version="src-0003-v1"),
        more=more,
    )
    assert row.origins == 1


def test_works_that_derive_from_each_other_end_the_search():
    more = [
        make_source("src-0002", derives_from="src-0003"),
        make_version("src-0002-v1"),
        make_source("src-0003", derives_from="src-0002"),
    ]
    assert claim_row(make_citation("ab-0001-c1", version="src-0002-v1"), more=more).origins == 1


def test_a_passage_that_disputes_is_no_origin():
    row = claim_row(make_citation("ab-0001-c1"), make_citation("ab-0001-c2", bearing="disputes", start=20))
    assert row.origins == 1


def test_an_open_end_is_sure_up_to_the_stamp_of_the_newest_supporting_version():
    newer = make_version("src-0001-v2", stamp="2026-02")
    later = make_version("src-0001-v3", stamp="2026-09-01")
    row = claim_row(
        make_citation("ab-0001-c1"),
        make_citation("ab-0001-c2", version="src-0001-v2"),
        make_citation("ab-0001-c3", version="src-0001-v3", bearing="mentions"),
        more=[newer, later],
        when="2020/..",
        sense="held",
    )
    assert (row.seen, row.end_earliest, row.end_is) == (date(2026, 2, 1), date(2026, 2, 1), "open")


def test_without_a_stamp_an_open_end_is_sure_up_to_the_retrieval():
    row = claim_row(
        make_citation("ab-0001-c1", version="src-0001-v2"),
        more=[make_version("src-0001-v2", stamp="")],
        when="2020/..",
        sense="held",
    )
    assert row.seen == date(2025, 11, 22)


def test_each_citation_becomes_a_row_of_its_claim():
    made = rows_of(make_claim("ab-0001", citations=[make_citation("ab-0001-c1", paragraph=4, start=7)]))
    assert [(c.claim.uid, c.uid, c.source, c.version, c.paragraph, c.start, c.end) for c in made.citations] == [
        ("ab-0001", "ab-0001-c1", "src-0001", "src-0001-v1", 4, 7, 17)
    ]


def test_only_claims_of_the_release_become_rows():
    old = make_claim("ab-0001", when="2005")
    dossier = make_dossier(make_group(), [old])
    release = make_release(dossiers=[dossier])
    release.documents.pop("ab-0001")
    made = rows(release, {"ab": dossier}, make_library(dossiers=[dossier]))
    assert (len(made.entries), made.claims) == (1, [])
