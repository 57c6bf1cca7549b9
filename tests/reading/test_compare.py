import pytest

from profiles.reading.compare import compare

from .dossiers import make_claim, make_dossier, make_group, make_silence

AB, CD, EF = make_group("ab", "Amber Brigade"), make_group("cd", "Cedar Front"), make_group("ef", "Elm Party")


def row_of(key, *dossiers):
    table = compare(dossiers)
    topic = next(s for s in table.sections if s.topic == key.partition(".")[0])
    return next(row for row in (*topic.rows, *topic.nothing) if row.aspect.key == key)


def founded(header, when, number=1, **fields):
    return make_claim(f"{header.uid}-{number:04}", when=when, **fields)


def state(key, *claims_by_column, silences=()):
    headers = [AB, CD, EF]
    made = [make_dossier(headers[i], claims, silences if i == 1 else ()) for i, claims in enumerate(claims_by_column)]
    return row_of(key, *made).state


def test_one_profile_cannot_be_compared():
    with pytest.raises(ValueError, match="2 to 8 profiles can be compared, not 1"):
        compare([make_dossier(AB)])


def test_nine_profiles_cannot_be_compared():
    nine = [make_dossier(make_group(f"g{n}", f"Group {n}")) for n in range(9)]
    with pytest.raises(ValueError, match="2 to 8 profiles can be compared, not 9"):
        compare(nine)


def test_equal_dates_are_the_same():
    assert state("origins.founded", [founded(AB, "2005")], [founded(CD, "2005")]) == "same"


def test_equal_values_of_another_voice_are_the_same():
    alleged = founded(CD, "2005", voice="alleged")
    assert state("origins.founded", [founded(AB, "2005")], [alleged]) == "same"


def test_dates_that_cannot_meet_differ():
    assert state("origins.founded", [founded(AB, "2005")], [founded(CD, "2013~")]) == "differs"


def test_a_month_within_the_other_year_is_partly_the_same():
    assert state("origins.founded", [founded(AB, "2014")], [founded(CD, "2014-06")]) == "partly"


def test_a_shared_value_among_others_is_partly_the_same():
    ab = [founded(AB, "2005"), founded(AB, "2014", 2)]
    assert state("origins.founded", ab, [founded(CD, "2005")]) == "partly"


def test_a_silent_column_is_never_the_same():
    same, silent = [founded(AB, "2005")], []
    assert state("origins.founded", same, [founded(CD, "2005")], silent) == "partly"


def test_a_silent_column_does_not_hide_a_difference():
    assert state("origins.founded", [founded(AB, "2005")], [], [founded(EF, "2014")]) == "differs"


def test_one_column_alone_is_not_comparable():
    assert state("origins.founded", [founded(AB, "2005")], []) == "not comparable"


def test_texts_are_not_comparable_though_they_read_the_same():
    ab = make_claim("ab-0001", at="ideology.aims", statement="It wants a republic.")
    cd = make_claim("cd-0001", at="ideology.aims", statement="It wants a republic.")
    assert state("ideology.aims", [ab], [cd]) == "not comparable"


def test_a_date_told_in_text_is_not_comparable():
    assert state("origins.founded", [founded(AB, "2005")], [founded(CD, "")]) == "not comparable"


def test_a_contested_column_is_never_the_same():
    def two(header):
        a, b = f"{header.uid}-0001", f"{header.uid}-0002"
        return [
            founded(header, "2003", 1, conflicts_with=(b,), standing="contested"),
            founded(header, "2014", 2, conflicts_with=(a,), standing="contested"),
        ]

    assert state("origins.founded", two(AB), two(CD)) == "partly"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"precision": "exact", "low": 900}, {"precision": "exact", "low": 900}, "same"),
        ({"precision": "exact", "low": 900}, {"precision": "exact", "low": 800}, "differs"),
        ({"precision": "at_least", "low": 500}, {"precision": "exact", "low": 900}, "partly"),
        ({"precision": "between", "low": 1, "high": 5}, {"precision": "at_least", "low": 6}, "differs"),
        ({"precision": "order", "number_words": "dozens"}, {"precision": "exact", "low": 90}, "not comparable"),
        ({"precision": "order", "number_words": "dozens"}, {"precision": "order", "number_words": "dozens"}, "same"),
        ({"precision": "exact", "low": 9}, {"precision": "exact", "low": 9, "counted": "people"}, "not comparable"),
    ],
)
def test_numbers_are_compared_whole(left, right, expected):
    claims = [
        [make_claim(f"{uid}-0001", at="strength.fighters", kind="strength", **{"counted": "fighters", **number})]
        for uid, number in (("ab", left), ("cd", right))
    ]
    assert state("strength.fighters", *claims) == expected


def belongs(uid, to, **fields):
    return make_claim(uid, at="umbrellas.belongs_to", kind="relation", relation="member_of", about=to, **fields)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (["ef"], ["ef"], "same"),
        (["ef", "gh"], ["gh", "ef"], "same"),
        (["ef", "gh"], ["ef"], "partly"),
        (["ef"], ["gh"], "differs"),
    ],
)
def test_profiles_are_compared_as_sets(left, right, expected):
    ab = [belongs(f"ab-000{n}", to) for n, to in enumerate(left)]
    cd = [belongs(f"cd-000{n}", to) for n, to in enumerate(right)]
    assert state("umbrellas.belongs_to", ab, cd) == expected


def test_a_denial_differs_from_the_same_value_stated():
    assert state("umbrellas.belongs_to", [belongs("ab-0001", "ef")], [belongs("cd-0001", "ef", negated=True)]) == (
        "differs"
    )


def test_a_denial_of_one_value_cannot_be_compared_with_another_value():
    assert state("umbrellas.belongs_to", [belongs("ab-0001", "ef")], [belongs("cd-0001", "gh", negated=True)]) == (
        "not comparable"
    )


def test_a_leader_stands_in_the_column_of_the_group():
    leads = make_claim("xy-0001", at="roles.leads", kind="membership", about="ab", role="leader")
    other = make_claim("xy-0002", at="roles.leads", kind="membership", about="cd", role="leader")
    assert state("leadership.leader", [leads], [other]) == "same"


def listing(uid, **fields):
    return make_claim(
        uid, at="designations.listings", kind="designation", as_stated="listed", evidence="secondary", **fields
    )


def step(uid, of, when):
    return make_claim(uid, at="designations.listings", kind="step", designation=of, step="listed", when=when)


def test_listings_of_one_authority_on_one_day_are_the_same():
    columns = [
        [listing(f"{uid}-0001", authority="auth-0001"), step(f"{uid}-0002", f"{uid}-0001", "2009-07-02")]
        for uid in ("ab", "cd")
    ]
    assert state("designations.listings", *columns) == "same"


def test_listings_of_one_authority_in_two_years_are_partly_the_same():
    ab = [listing("ab-0001", authority="auth-0001"), step("ab-0002", "ab-0001", "2009")]
    cd = [listing("cd-0001", authority="auth-0001"), step("cd-0002", "cd-0001", "2019")]
    assert state("designations.listings", ab, cd) == "partly"


def test_listings_of_two_authorities_are_not_called_different():
    ab, cd = listing("ab-0001", authority="auth-0001"), listing("cd-0001", authority="auth-0002")
    assert state("designations.listings", [ab], [cd]) == "not comparable"


def test_two_listings_without_an_authority_are_not_the_same():
    assert state("designations.listings", [listing("ab-0001")], [listing("cd-0001")]) == "not comparable"


def cell(claims, silences=(), key="origins.founded", other=()):
    return row_of(key, make_dossier(AB, claims, silences), make_dossier(CD, other)).cells[0]


def test_a_cell_with_a_claim_is_stated():
    assert cell([founded(AB, "2005")]).state == "stated"


def test_a_cell_of_two_claims_that_name_each_other_is_contested_and_shows_both():
    claims = [founded(AB, "2003", 1, conflicts_with=("ab-0002",)), founded(AB, "2014", 2, conflicts_with=("ab-0001",))]
    found = cell(claims)
    assert (found.state, [a.claim.uid for a in found.answers]) == ("contested", ["ab-0001", "ab-0002"])


def test_a_cell_of_a_claim_contested_elsewhere_is_contested():
    assert cell([founded(AB, "2003", standing="contested", conflicts_with=("zz-0001",))]).state == "contested"


def test_a_cell_of_denials_alone_is_none():
    assert cell([founded(AB, "", negated=True)]).state == "none"


def test_a_cell_of_a_denial_beside_a_claim_is_stated():
    assert cell([founded(AB, "2003"), founded(AB, "", 2, negated=True)]).state == "stated"


def test_a_cell_whose_source_says_it_is_not_known_is_unknown():
    assert cell([founded(AB, "", word="unknown")]).state == "unknown"


def test_a_cell_looked_for_in_vain_is_not_stated_and_names_what_was_searched():
    found = cell([], [make_silence("ab-s01", at="origins.founded")])
    assert (found.state, found.silence.searched) == ("not_stated", ("src-0001-v1",))


def test_a_cell_kept_back_is_withheld():
    assert cell([], [make_silence("ab-s01", at="origins.founded", state="withheld")]).state == "withheld"


def test_a_cell_nobody_looked_into_is_not_researched():
    assert cell([]).state == "not_researched"


def test_a_retracted_claim_answers_nothing():
    assert cell([founded(AB, "2005", standing="retracted")]).state == "not_researched"


def test_a_superseded_claim_gives_way_to_the_newer_one():
    found = cell([founded(AB, "2004", 1, standing="superseded", superseded_by="ab-0002"), founded(AB, "2005", 2)])
    assert [answer.claim.uid for answer in found.answers] == ["ab-0002"]


def test_a_superseded_claim_stands_where_there_is_no_other():
    found = cell([founded(AB, "2004", 1, standing="superseded")])
    assert [answer.claim.uid for answer in found.answers] == ["ab-0001"]


def test_a_question_not_asked_of_a_person_does_not_apply():
    person = make_dossier(make_group("xy", "Xenia", model="person"))
    assert row_of("origins.founded", make_dossier(AB), person).cells[1].state == "does_not_apply"


def test_rows_that_nobody_answers_are_kept_apart():
    table = compare([make_dossier(AB, [founded(AB, "2005")]), make_dossier(CD)])
    origins = next(s for s in table.sections if s.topic == "origins")
    assert [row.aspect.name for row in origins.rows] == ["founded"]
    assert [row.aspect.name for row in origins.nothing] == [
        "founder", "place", "parent", "purpose", "re_formed", "renamed",
    ]  # fmt: skip


def test_a_step_stands_with_its_listing():
    claims = [listing("ab-0001"), step("ab-0002", "ab-0001", "2009")]
    found = cell(claims, key="designations.listings")
    assert [[c.uid for c in answer.claims] for answer in found.answers] == [["ab-0001", "ab-0002"]]
