"""Dates as people type them: what each phrase is read as, what is asked, what is refused with the mend."""

from dataclasses import replace

import pytest

from profiles.values.date_entry import Reading, read_date
from profiles.values.dates import DateError, bounds

PHRASES = [
    # One date.
    ("2014", "2014", "2014", None),
    ("in 2014", "2014", "2014", None),
    ("the year 2014", "2014", "2014", None),
    ("some time in 2014", "2014", "2014", None),
    ("June 2014", "2014-06", "June 2014", None),
    ("in June, 2014", "2014-06", "June 2014", None),
    ("January 2007", "2007-01", "January 2007", None),
    ("Jan 2007", "2007-01", "January 2007", None),
    ("Sept. 2007", "2007-09", "September 2007", None),
    ("May 2014", "2014-05", "May 2014", None),
    ("06/2014", "2014-06", "June 2014", None),
    ("2014-06", "2014-06", "June 2014", None),
    ("17 November 2023", "2023-11-17", "17 November 2023", None),
    ("November 17, 2023", "2023-11-17", "17 November 2023", None),
    ("On November 17, 2023,", "2023-11-17", "17 November 2023", None),
    ("the 17th of November, 2023", "2023-11-17", "17 November 2023", None),
    ("Friday, 17 November 2023", "2023-11-17", "17 November 2023", None),
    ("17/11/2023", "2023-11-17", "17 November 2023", None),
    ("17.11.2023", "2023-11-17", "17 November 2023", None),
    ("2023/11/17", "2023-11-17", "17 November 2023", None),
    ("spring 2020", "2020-21", "spring 2020 (March to May)", None),
    ("in the autumn of 2020", "2020-23", "autumn 2020 (September to November)", None),
    ("in the 1990s", "199X", "the 1990s", None),
    ("the 2000s", "200X", "some time between 2000 and 2009", None),
    # Not sure.
    ("around 2013", "2013~", "around 2013", None),
    ("About 2013", "2013~", "around 2013", None),
    ("c. 2013", "2013~", "around 2013", None),
    ("c.2013", "2013~", "around 2013", None),
    ("ca. 2013", "2013~", "around 2013", None),
    ("circa 2013", "2013~", "around 2013", None),
    ("~2013", "2013~", "around 2013", None),
    ("in or around 2013", "2013~", "around 2013", None),
    ("2013 or so", "2013~", "around 2013", None),
    ("in about June 2014", "2014-06~", "around June 2014", None),
    ("perhaps 2013", "2013?", "perhaps 2013", None),
    ("perhaps around 2013", "2013%", "perhaps around 2013", None),
    # One moment within.
    ("by 2014", "[..2014]", "2014 or earlier", "happened"),
    ("by the end of 2014", "[..2014]", "2014 or earlier", "happened"),
    ("no later than June 2014", "[..2014-06]", "June 2014 or earlier", "happened"),
    ("2014 at the latest", "[..2014]", "2014 or earlier", "happened"),
    ("on or before 5 June 2014", "[..2014-06-05]", "5 June 2014 or earlier", "happened"),
    ("by around 2014", "/2014~", "around 2014 or earlier", "happened"),
    ("by the 1990s", "/199X", "the 1990s or earlier", "happened"),
    ("before 2014", "[..2013]", "2013 or earlier", "happened"),
    ("before January 2014", "[..2013-12]", "December 2013 or earlier", "happened"),
    ("before 1 March 2016", "[..2016-02-29]", "29 February 2016 or earlier", "happened"),
    ("before the 1990s", "[..1989]", "1989 or earlier", "happened"),
    ("prior to spring 2020", "[..2020-02]", "February 2020 or earlier", "happened"),
    ("before around 2014", "/2014~", "around 2014 or earlier", "happened"),
    ("after 17 November 2023", "[2023-11-18..]", "18 November 2023 or later", "happened"),
    ("not before 2014", "[2014..]", "2014 or later", "happened"),
    ("2014 or later", "[2014..]", "2014 or later", None),
    ("2005 or 2006", "[2005,2006]", "2005 or 2006", None),
    ("either 2005, 2006 or 2007", "[2005,2006,2007]", "2005, 2006 or 2007", None),
    ("June or July 2014", "[2014-06,2014-07]", "June 2014 or July 2014", None),
    ("the first half of 2014", "[2014-01..2014-06]", "some time between January 2014 and the end of June 2014", None),
    ("Q3 2014", "[2014-07..2014-09]", "some time between July 2014 and the end of September 2014", None),
    # Two dates.
    ("2005-2006", "2005/2006", "some time from 2005 to the end of 2006", None),
    ("2005–2006", "2005/2006", "some time from 2005 to the end of 2006", None),
    ("2005 - 2006", "2005/2006", "some time from 2005 to the end of 2006", None),
    ("2005 to 2006", "2005/2006", "some time from 2005 to the end of 2006", None),
    ("1998-99", "1998/1999", "some time from 1998 to the end of 1999", None),
    ("around 2005-2006", "2005~/2006~", "some time from around 2005 to around 2006", None),
    ("17-19 November 2023", "2023-11-17/2023-11-19", "some time from 17 November 2023 to 19 November 2023", None),
    ("June 5-10, 2014", "2014-06-05/2014-06-10", "some time from 5 June 2014 to 10 June 2014", None),
    ("June-July 2014", "2014-06/2014-07", "some time from June 2014 to the end of July 2014", None),
    ("17 June to 3 July 2014", "2014-06-17/2014-07-03", "some time from 17 June 2014 to 3 July 2014", None),
    # All through.
    ("since 2023", "2023/..", "since 2023", "held"),
    ("since around October 2023", "2023-10~/..", "since around October 2023", "held"),
    ("since at least 2013", "[..2013]/..", "since 2013 or earlier", "held"),
    ("2014-present", "2014/..", "since 2014", "held"),
    ("from 2014 to date", "2014/..", "since 2014", "held"),
    ("from 2014", "2014/", "from 2014, end not known", "held"),
    ("from 2014 on", "2014/", "from 2014, end not known", "held"),
    ("starting in 2014", "2014/", "from 2014, end not known", "held"),
    ("from 2007 to 2010", "2007/2010", "from 2007 to 2010", "held"),
    ("from 2007 until the end of 2010", "2007/2010", "from 2007 to 2010", "held"),
    ("from June 2007 to 3 March 2010", "2007-06/2010-03-03", "from June 2007 to 3 March 2010", "held"),
    ("until 2020", "/2020", "until 2020, start not known", "held"),
    ("until at least 2020", "/[2020..]", "until 2020 or later, start not known", "held"),
    ("throughout 2014", "2014", "2014", "held"),
    # Seen then.
    ("as of 2018", "2018", "as of 2018", "as_of"),
    ("as of 7 April 2025", "2025-04-07", "as of 7 April 2025", "as_of"),
    # EDTF passes.
    ("2013~", "2013~", "around 2013", None),
    ("199X", "199X", "the 1990s", None),
    ("2014/..", "2014/..", "since 2014", "held"),
    ("[2005..2006]", "[2005..2006]", "some time between 2005 and the end of 2006", None),
    ("2014-06-XX", "2014-06-XX", "a day in June 2014", None),
    ("٢٠١٣", "2013", "2013", None),
    ("", "", "", None),
    # Arabic.
    ("كانون الثاني 2007", "2007-01", "January 2007", None),
    ("يناير ٢٠٠٧", "2007-01", "January 2007", None),
    ("في ١٧ تشرين الثاني ٢٠٢٣", "2023-11-17", "17 November 2023", None),
    ("حزيران/يونيو 2014", "2014-06", "June 2014", None),
    ("١ أيلول ٢٠١٤", "2014-09-01", "1 September 2014", None),
    ("منذ عام ٢٠١٣", "2013/..", "since 2013", "held"),
    ("حوالي عام 2013م", "2013~", "around 2013", None),
    ("من 2007 إلى 2010", "2007/2010", "from 2007 to 2010", "held"),
    ("قبل عام 2014", "[..2013]", "2013 or earlier", "happened"),
]


@pytest.mark.parametrize(("text", "edtf", "words", "sense"), PHRASES)
def test_phrase_is_read_and_told_back(text, edtf, words, sense):
    assert read_date(text) == Reading(edtf, words, sense)


ASKED = [
    ("2005-06", [("2005-06", "June 2005"), ("2005/2006", "some time from 2005 to the end of 2006")]),
    ("2005–06", [("2005-06", "June 2005"), ("2005/2006", "some time from 2005 to the end of 2006")]),
    ("2005/6", [("2005-06", "June 2005"), ("2005/2006", "some time from 2005 to the end of 2006")]),
    ("from 2005-06", [("2005-06/", "from June 2005, end not known"), ("2005/2006", "from 2005 to 2006")]),
    ("2020-21", [("2020-21", "spring 2020 (March to May)"), ("2020/2021", "some time from 2020 to the end of 2021")]),
    ("1999-02", [("1999-02", "February 1999"), ("1999/2002", "some time from 1999 to the end of 2002")]),
    ("5/6/2014", [("2014-06-05", "5 June 2014"), ("2014-05-06", "6 May 2014")]),
    ("the 1900s", [("190X", "some time between 1900 and 1909"), ("19XX", "some time between 1900 and 1999")]),
]


@pytest.mark.parametrize(("text", "readings"), ASKED)
def test_text_of_two_meanings_asks_which(text, readings):
    reading = read_date(text)
    assert (reading.asks, list(reading.alternatives)) == (True, readings)
    assert (reading.edtf, reading.words) == readings[0]


OFFERED = [
    ("after 2003", None, ["[2003..]", "[2004..]"]),
    ("after June 2014", None, ["[2014-06..]", "[2014-07..]"]),
    ("between 2005 and 2007", None, ["[2005..2007]", "2005/2007"]),
    ("بين عامي 2005 و2007", None, ["[2005..2007]", "2005/2007"]),
    ("2020", "held", ["2020", "2020/..", "2020/"]),
    ("around 2020", "held", ["2020~", "2020~/..", "2020~/"]),
]


@pytest.mark.parametrize(("text", "sense", "readings"), OFFERED)
def test_stricter_or_longer_readings_are_offered_not_asked(text, sense, readings):
    reading = read_date(text, sense)
    assert (reading.asks, [edtf for edtf, _ in reading.alternatives]) == (False, readings)


SENSED = [
    ("by 2014", "held", "[..2014]/", "from 2014 or earlier, end not known"),
    ("by the 1990s", "held", "[..1999]/", "from 1999 or earlier, end not known"),
    ("before 2014", "held", "[..2013]/", "from 2013 or earlier, end not known"),
    ("between 2005 and 2007", "held", "2005/2007", "from 2005 to 2007"),
    ("between 2005 and 2007", "happened", "[2005..2007]", "some time between 2005 and the end of 2007"),
    ("2005-2006", "held", "2005/2006", "from 2005 to 2006"),
    ("some time from 2005 to 2006", "held", "[2005..2006]", "some time between 2005 and the end of 2006"),
    ("since 2023", "happened", "[2023..]", "2023 or later"),
    ("until 2020", "happened", "[..2020]", "2020 or earlier"),
    ("2018", "as_of", "2018", "as of 2018"),
]


@pytest.mark.parametrize(("text", "sense", "edtf", "words"), SENSED)
def test_chosen_sense_settles_what_a_phrase_means(text, sense, edtf, words):
    assert read_date(text, sense) == Reading(edtf, words, sense)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("early 2014", "2014"),
        ("late in 2013", "2013"),
        ("mid-2014", "2014"),
        ("mid-June 2014", "2014-06"),
        ("at the end of 2013", "2013"),
        ("in the early 1990s", "199X"),
        ("since early 2014", "2014/.."),
        ("before late 2013", "[..2013]"),
        ("after early 2014", "[2014..]"),
        ("أوائل 2014", "2014"),
    ],
)
def test_part_of_a_year_is_read_as_the_whole_with_a_note(text, edtf):
    reading = read_date(text)
    assert (reading.edtf, reading.note.split(":")[0]) == (
        edtf,
        "names a part of a year or month, which a date cannot say",
    )


REFUSED = [
    ("in the aftermath of the 2003 invasion", "names an event, no date"),
    ("last year", "is counted from the day of writing"),
    ("two years ago", "is counted from the day of writing"),
    ("November", "names a month without its year"),
    ("17 November", "names a month without its year"),
    ("November to February 2014", "write the year of both months"),
    ("winter 2014", "runs over two years"),
    ("the 90s", "has two figures of a year"),
    ("'14", "has two figures of a year"),
    ("the 20th century", "is a century"),
    ("1435 هـ", "is of the Islamic calendar"),
    ("5 June 2014, 10:30", "has a time of day"),
    ("31 June 2014", "is not a day: June 2014 has 30 days"),
    ("2014-06-31", "is not a day: June 2014 has 30 days"),
    ("2014-13", "has no such month"),
    ("2006-2005", "runs backwards: write 2005/2006"),
    ("from 2010 to 2007", "runs backwards: write 2007/2010"),
    ("Monday 17 November 2023", "is not the day of 2023-11-17, a Friday"),
    ("2014-", "has no end"),
    ("by 2005-06", "may name a month or two years"),
    ("2005 and 2006", "is not a date we can read"),
    ("not in 2014", "is not a date we can read"),
    ("not until 2014", "is not a date we can read"),
    ("the year after 2014", "is not a date we can read"),
    ("shortly after 2003", "is not a date we can read"),
    ("in the 2003 invasion", "is not a date we can read"),
    ("before 0001", "has nothing before it"),
    ("2014 " * 60, "is too long"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_date_is_refused_with_the_mend(text, reason):
    with pytest.raises(DateError) as refused:
        read_date(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize("text", ["by around 2014", "before perhaps 2014", "after around 2014"])
def test_what_is_not_sure_is_no_limit_of_what_held(text):
    with pytest.raises(DateError, match="is not sure"):
        read_date(text, "held")


def test_sense_outside_its_list_is_the_callers_mistake():
    with pytest.raises(ValueError, match="is not a sense"):
        read_date("2014", "was")


@pytest.mark.parametrize("sense", ["happened", "held", "as_of"])
@pytest.mark.parametrize("text", [text for text, *_ in PHRASES + SENSED])
def test_words_of_a_reading_read_again_say_the_same(text, sense):
    try:
        reading = read_date(text, sense)
    except DateError as refusal:
        assert "is not sure" in str(refusal) or "is said of what went on" in str(refusal)
        return
    again, before = bounds(read_date(reading.words, sense).edtf, sense), bounds(reading.edtf, sense)
    assert replace(again, start="known", end="known") == replace(before, start="known", end="known")
