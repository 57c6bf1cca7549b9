"""Any text, and any EDTF told in words: read as what it says, or refused; never read as something else."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from profiles.values import dates
from profiles.values.date_entry import read_date
from profiles.values.dates import DateError

SENSES = ("happened", "held", "as_of")

TYPED = """
2014 2005 1999 06 5 17 31 0 - – / , . ~ ? % [ ] .. X 200X June may Friday the of in on by since until from to and or
between before after around c. early mid late end not no at least as perhaps 1990s now present held some time later
earlier spring winter Q1 first half كانون الثاني حزيران عام و2007 ٢٠١٣ منذ حتى
"""
WORDS = st.lists(st.sampled_from(TYPED.split()), max_size=9)
YEARS = st.integers(1000, 9000).map(str)
PLAIN = st.one_of(
    YEARS,
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-{:02}-{:02}".format, YEARS, st.integers(1, 12), st.integers(1, 28)),
)
COARSE = st.one_of(YEARS.map(lambda year: year[:3] + "X"), *(YEARS.map(lambda y, s=s: y + s) for s in ("-22", "-XX")))
SETS = st.one_of(
    PLAIN.map("[{}..]".format),
    PLAIN.map("[..{}]".format),
    st.builds("[{},{}]".format, PLAIN, PLAIN),
    st.builds("[{}..{}]".format, PLAIN, PLAIN),
    st.builds("[{},{}..{}]".format, PLAIN, PLAIN, PLAIN),
)
SIDES = st.one_of(st.builds("{}{}".format, st.one_of(PLAIN, COARSE), st.sampled_from(("", "~", "?", "%"))), SETS)
EDTF = st.one_of(
    SIDES,
    st.builds("{}/{}".format, SIDES, SIDES),
    SIDES.map("{}/..".format),
    SIDES.map("{}/".format),
    SIDES.map("/{}".format),
)


def days(edtf, sense):
    found = dates.bounds(edtf, sense)
    return found.start_earliest, found.start_latest, found.end_earliest, found.end_latest, found.hedged


@given(st.one_of(st.text(max_size=140), WORDS.map(" ".join), WORDS.map("".join)), st.sampled_from((None, *SENSES)))
@example("\u0660", None)
@example("\ud800", None)
@example("²013", None)
@example("31/31/2014", None)
def test_any_text_is_read_or_refused(text, sense):
    try:
        reading = read_date(text, sense)
    except DateError:
        return
    for edtf, words in [(reading.edtf, reading.words), *reading.alternatives]:
        for one in SENSES:
            dates.bounds(edtf, one)
        assert isinstance(words, str)


@given(EDTF, st.sampled_from(SENSES))
def test_words_of_a_date_never_read_as_another(edtf, sense):
    try:
        words = dates.in_words(edtf, sense)
        reading = read_date(words, sense)
    except DateError:
        assume(False)
    assert days(reading.edtf, sense) == days(edtf, sense)


@given(EDTF)
def test_edtf_passes_through_unless_people_mean_two_things_by_it(edtf):
    try:
        dates.parse(edtf)
    except DateError:
        assume(False)
    assert read_date(edtf).edtf == edtf
