"""What a passage proposes: names in any spelling, who is heard, the weaker voice in doubt, dates and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.values import dates
from profiles.values.mentions import Mention, mentions
from profiles.values.proposals import propose, voice_of
from profiles.values.vocabulary import VOICE

NAMES = {
    "River Guards": "rg",
    "Al-Wadi Brigade": "wb",
    "Wadi": "wadi",
    "Salim Nasser": "sn",
    "حراس النهر": "rg",
    "US": "us",
}
SPEAKERS = {"harbour authority": "sp-ha", "two officials": "sp-two", "River Guards": "sp-rg", "Salim Nasser": "sp-sn"}


def found(passage, names=NAMES):
    return [(passage[mention.start : mention.end], mention.uid) for mention in mentions(passage, names)]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("The River Guards met Salim Nasser.", [("River Guards", "rg"), ("Salim Nasser", "sn")]),
        ("Salim Nasser’s men", [("Salim Nasser", "sn")]),
        ("the River Guards' boats", [("River Guards", "rg")]),
        # The longest at each place; with and without the article.
        ("The Al-Wadi Brigade held Wadi.", [("Wadi Brigade", "wb"), ("Wadi", "wadi")]),
        ("Al Wadi Brigade", [("Wadi Brigade", "wb")]),
        ("El-Wadi Brigade's", [("Wadi Brigade", "wb")]),
        ("RIVER GUARDS", [("RIVER GUARDS", "rg")]),
        # Small letters are no name where the name has capitals.
        ("They told us of river guards.", []),
        ("The US told us.", [("US", "us")]),
        ("وحراس النهر", [("وحراس النهر", "rg")]),
        ("قال حرّاس النهر", [("حرّاس النهر", "rg")]),
        ("The Rivers Guard, the Guards of the River", []),
    ],
)
def test_names_are_found_in_any_spelling(passage, expected):
    assert found(passage) == expected


def test_name_of_articles_alone_is_never_found():
    assert mentions("Al said the same.", {"Al": "x", "": "y", "The": "z"}) == []


@pytest.mark.parametrize(
    ("passage", "voice"),
    [
        ("The River Guards were founded in 2013.", "stated"),
        ("They command 2,000 fighters, according to two officials.", "attributed"),
        ("They command 2,000 fighters, two officials said.", "attributed"),
        ("Salim Nasser denied it.", "attributed"),
        ("It has reportedly become less active.", "reported"),
        ("The group has been described as a facade.", "reported"),
        ("It had an estimated 7,000 fighters.", "reported"),
        ("It is believed to be armed, officials said.", "reported"),
        ("It claimed responsibility for the raid.", "claimed"),
        ("It has claimed dozens of attacks.", "claimed"),
        ("The group describes itself as a movement.", "claimed"),
        ("Officials accuse Salim Nasser of ordering the raid.", "alleged"),
        ("The paper blamed the group for the raid.", "alleged"),
        ("It was listed for allegedly arming others.", "alleged"),
        ("It claimed responsibility, officials said; others blame the guards.", "alleged"),
        ("The mill is proclaimed safe.", "stated"),
        # Of words in other languages nobody can tell that they keep no distance: nothing is proposed.
        ("أعلنت الجماعة أنها تأسست عام 2013.", ""),
        ("به گفتهٔ دو مقام این گروه مسلح است.", "attributed"),
        ("گفته می‌شود این گروه مسلح است.", "reported"),
        ("وقال مسؤولان إن الجماعة قتلت نحو 2000 مدني.", "attributed"),
        ("قتلت الجماعة نحو 2000 مدني.", ""),
        ("زعمت الجماعة ذلك، وربما كان صحيحا.", "reported"),
        ("قال السكان إن الشرطة اتهمت الجماعة بالقتل.", "alleged"),
        ("The River Guards (حراس النهر) were founded in 2013, officials said.", "attributed"),
    ],
)
def test_voice_is_the_weakest_that_the_words_give(passage, voice):
    assert voice_of(passage) == voice


@pytest.mark.parametrize(
    ("passage", "speakers"),
    [
        ("According to the harbour authority, they left.", ["sp-ha"]),
        ("They left, two officials said.", ["sp-two"]),
        ("They left, two officials of the port said.", []),
        ("The River Guards and members of the council say so.", ["sp-rg"]),
        ("The harbour authority has accused Salim Nasser of the raid.", ["sp-ha"]),
        ("Salim Nasser was accused by the harbour authority.", ["sp-ha"]),
        ("Two officials said the River Guards had left.", ["sp-two"]),
        ("“They left,” said Salim Nasser.", ["sp-sn"]),
        ("The River Guards hold the harbour.", []),
    ],
)
def test_speaker_is_who_stands_beside_a_word_of_speech(passage, speakers):
    assert [mention.uid for mention in propose(passage, NAMES, SPEAKERS).speakers] == speakers


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("They were founded in around 2013.", [("in around 2013", "2013~")]),
        ("By 2014, many had left.", [("By 2014", "[..2014]")]),
        ("It broke away in 2005-2006 with help.", [("in 2005-2006", "2005/2006")]),
        ("On November 17, 2023, it was listed.", [("On November 17, 2023", "2023-11-17")]),
        ("Held from 2007 to 2010, until freed.", [("from 2007 to 2010", "2007/2010")]),
        ("Held from June to August 2014.", [("from June to August 2014", "2014-06/2014-08")]),
        ("It met on 17-19 November 2023 there.", [("on 17-19 November 2023", "2023-11-17/2023-11-19")]),
        ("As of 2018 it had a base, gone since 2020.", [("As of 2018", "2018"), ("since 2020", "2020/..")]),
        ("In 2014 and 2015 it grew.", [("2014", "2014"), ("2015", "2015")]),
        ("attacks in the 2000s", [("in the 2000s", "200X")]),
        ("after the 2003 war", [("after the 2003", "[2003..]")]),
        ("in the aftermath of the 2003 war", []),
        ("not before 2014", []),
        ("two years after 2003", []),
        ("from 2007 to the war", []),
        ("since 2014 and 2015", []),
        ("about 2000 fighters", []),
        ("in Iraq (2015).", [("2015", "2015")]),
        ("No. 2014/15 and 12.2014.5", []),
        ("تأسست عام 2013.", [("عام 2013", "2013")]),
        ("في كانون الثاني ٢٠٠٧", [("في كانون الثاني ٢٠٠٧", "2007-01")]),
        ("تأسست نحو عام 2013.", [("نحو عام 2013", "2013~")]),
        ("تأسست في نحو 2013.", [("في نحو 2013", "2013~")]),
        ("نحو 2000 مقاتل", []),
        ("وحوالي ٢٠٠٠ مقاتل", []),
        ("قتل 2000 مدني في المدينة.", []),
        ("قتل ٢٠٠٠.", []),
        ("أكثر من 2000 مدني، وأكثر من 2000.", []),
        ("في 2000 قرية", []),
        ("در ۲۰۱۴ تن کشته شدند", []),
        ("حدود ۲۰۰۰ نفر کشته شدند", []),
        ("تأسست في 2013، ثم في عام 2014 في المدينة", [("في 2013", "2013"), ("في عام 2014", "2014")]),
        ("وفي 2013 انقسمت", []),
        ("ومنذ 2013 انقسمت (2015)", [("2013", "2013"), ("2015", "2015")]),
        ("من 2005 إلى 2008.", [("من 2005 إلى 2008", "2005/2008")]),
        ("در سال ۲۰۱۴ تشکیل شد", [("۲۰۱۴", "2014")]),
        ("The group (حراس) of 2013", [("2013", "2013")]),
    ],
)
def test_dates_of_a_passage_are_read_whole_or_not_at_all(passage, expected):
    proposed = propose(passage, {}, {}).dates
    assert [(passage[date.start : date.end], date.reading.edtf) for date in proposed] == expected


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("They command about 50,000 fighters.", [("about 50,000", "about", 50_000, "fighters")]),
        ("dozens of missile and drone attacks", [("dozens", "order", None, "attacks")]),
        ("thousands of fighters", [("thousands", "order", None, "fighters")]),
        ("an estimated 7,000 fighters", [("an estimated 7,000", "estimate", 7000, "fighters")]),
        ("five armed soldiers", [("five", "exact", 5, "soldiers")]),
        ("winning one seat in the council", [("one", "exact", 1, "seats")]),
        ("killed more than 200 people", [("more than 200", "at_least", 200, "people")]),
        ("7,000 to 10,000 fighters", [("7,000 to 10,000", "between", 7000, "fighters")]),
        ("no fewer than 5 boats", [("no fewer than 5", "at_least", 5, "")]),
        ("no 5 boats; not five", []),
        ("one of the mills, about 18 months ago, in June 2014 at 5:22", []),
        ("15% of it, $5 million, the 45th and Brigade 45", []),
        ("5 to 10-year terms", []),
        ("in the 2003 war", []),
        ("many of them, several times", []),
        ("٥٠٠ مقاتل", [("٥٠٠", "exact", 500, "")]),
        ("نحو 2000 مقاتل", [("نحو 2000", "about", 2000, "")]),
        ("در حدود سال ۱۳۹۲ تشکیل شد", []),
        ("تأسست سنة ١٤٤٠", []),
    ],
)
def test_numbers_of_a_passage_are_counts_only(passage, expected):
    proposed = propose(passage, {}, {}).numbers
    assert [
        (passage[one.start : one.end], one.reading.precision, one.reading.low, one.reading.counted) for one in proposed
    ] == expected


def test_passage_proposes_all_at_once():
    passage = "Since 2016 the River Guards killed dozens of people, the harbour authority said."
    proposal = propose(passage, NAMES, SPEAKERS)
    assert proposal.subjects == (Mention(15, 27, "rg"),)
    assert proposal.speakers == (Mention(57, 74, "sp-ha"),)
    assert proposal.voice == "attributed"
    assert [one.reading.words for one in proposal.dates] == ["since 2016"]
    assert [one.reading.words for one in proposal.numbers] == ["dozens"]


WORDS = """
River Guards Al-Wadi Brigade Salim Nasser’s said by according to the in since from 2014 June 5, to 10 dozens of about
7,000 fighters not between and 2005-2006 حراس النهر عام ٢٠١٣ - , . (2015) US us claimed blamed
"""
PASSAGES = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join))


@given(PASSAGES)
def test_any_passage_proposes_what_stands_in_it(passage):
    proposal = propose(passage, NAMES, SPEAKERS)
    assert proposal.voice in ("", *VOICE)
    for one in (*proposal.subjects, *proposal.speakers, *proposal.dates, *proposal.numbers):
        assert 0 <= one.start < one.end <= len(passage)
    for date in proposal.dates:
        dates.bounds(date.reading.edtf, date.reading.sense or "happened")


@given(
    st.sampled_from(sorted(NAMES)), st.sampled_from(("", "The ", "“", "وقال ")), st.sampled_from(("", "'s", ".", ",”"))
)
def test_each_name_is_found_among_other_words(name, before, after):
    assert [uid for _, uid in found(f"{before}{name}{after} met")] == [NAMES[name]]
