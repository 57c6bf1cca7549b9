"""No word of ours is without its Arabic."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given, reject
from hypothesis import strategies as st
from jinja2 import Environment

from profiles.reading import (
    compare,
    corrections,
    edition_diff,
    filters,
    list_words,
    listing_filter,
    matrix,
    orders,
    source_filter,
    values_of,
)
from profiles.reading.citing import ENDINGS
from profiles.reading.dictionary import dictionary
from profiles.reading.formats.bulk import FILES
from profiles.reading.resources import RESOURCES
from profiles.values import dates, likeness, numbers, speech, vocabulary
from profiles.values.arabic import PLURALS, TEXTS
from profiles.values.arabic.vocabulary import ASPECTS, TOPICS, WORDS
from profiles.values.release import REVIEWED
from profiles.views.words import LISTS, VALUES
from tests.values.test_dates import claims

ROOT = Path(settings.BASE_DIR)
# For files, where no language is meant.
ENGLISH = ("export_listed.html", "export_moved.html")
PLACE = re.compile(r"%\((\w+)\)[sd]")


def template_messages():
    env = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    for path in sorted((ROOT / "templates/public").glob("*.html")):
        if path.name not in ENGLISH:
            for _, _, message in env.extract_translations(path.read_text()):
                yield message[:2] if isinstance(message, tuple) else message


def python_messages():
    """What `say` and `say_number` are called with in so many words."""
    for folder in ("reading", "views", "values"):
        for path in sorted((ROOT / "profiles" / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(getattr(node, "func", None), "id", "")
                if not isinstance(node, ast.Call) or name not in ("say", "say_number", "lazily"):
                    continue
                told = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if name == "say_number":
                    if len(told) == 2:
                        yield tuple(told)
                else:
                    yield from told
                    for one in node.args:
                        if isinstance(one, ast.IfExp):
                            yield from (part.value for part in (one.body, one.orelse) if isinstance(part, ast.Constant))


def for_programmers():
    """What the pages of the API and of the dictionary say of each field."""
    for document in dictionary()["documents"]:
        yield document["description"]
        for field in document["fields"]:
            yield field["description"]
            yield "" if "list" in field else field["type"]
    for resource in RESOURCES.values():
        yield resource.what
        yield from (asked.what for asked in resource.filters.values())


def looked_up():
    """Texts that reach `say` from tables."""
    yield from for_programmers()
    yield from REVIEWED.values()
    yield from values_of._ENDED.values()
    yield from corrections._TOLD.values()
    yield from corrections._BECAME.values()
    yield from edition_diff.HEADINGS.values()
    yield from (verb for verb in edition_diff.ORDER)
    yield from (one.use for one in ENDINGS.values())
    yield from (one.holds for one in FILES.values())
    yield from (text for _, title, rider in LISTS for text in (title, rider) if text)
    yield from VALUES.values()
    yield from listing_filter.LISTED.values()
    yield from listing_filter.STATUS.values()
    yield from source_filter.EMPTY.values()
    yield from (one.label for one in source_filter.SourceFilter.base_filters.values())
    yield from (told for choices in orders.ORDERS.values() for told, _ in choices.values())
    yield from matrix.STATUS.values()
    yield from (one.label for kind in filters.FILTERS.values() for one in kind.base_filters.values())
    yield from (one.label for one in listing_filter.ListingFilter.base_filters.values())
    for table in (list_words._ALL, list_words._MATCHING, list_words._MORE):
        yield from table.values()
    yield from (text for table in (list_words._TITLES, list_words._EVERYTHING) for text in table.values())
    yield from (text for pair in list_words._NONE.values() for text in pair)
    yield from (text for text in list_words._BETWEEN.values() if text)
    yield from (value for name, value in vars(likeness).items() if name.isupper() and isinstance(value, str))


def test_every_message_has_an_arabic_text():
    messages = [*template_messages(), *python_messages(), *looked_up()]
    missing = [
        one for one in messages if (one[1] not in PLURALS if isinstance(one, tuple) else one and one not in TEXTS)
    ]
    assert sorted(set(map(str, missing))) == []


def test_no_arabic_text_fills_a_place_that_the_english_one_lacks():
    pairs = [*TEXTS.items(), *((english, form) for english, forms in PLURALS.items() for form in forms)]
    assert [
        english for english, told in pairs if not set(PLACE.findall(told)) <= {*PLACE.findall(english), "count"}
    ] == []


def test_no_arabic_text_brings_markup_that_the_english_one_lacks():
    allowed = re.compile(r"</?(a|strong|bdi|code|span)\b")
    tags = [tag for told in TEXTS.values() for tag in re.findall(r"<[^>]*>", told)]
    assert [tag for tag in tags if not allowed.match(tag)] == []


@pytest.mark.parametrize("words", [*(one for one, _, _ in LISTS), vocabulary.PERSON_KIND, vocabulary.PICTURE_TYPE])
def test_every_word_of_a_closed_list_has_a_label_and_a_definition(words):
    assert sorted(WORDS[words.name]) == sorted(words)
    assert [value for value, (label, meaning) in WORDS[words.name].items() if not (label and meaning)] == []


def test_every_topic_and_question_has_a_label():
    topics = {label for topics in vocabulary.TOPICS.values() for label in topics.values()}
    aspects = {one.english for aspects in vocabulary.ASPECTS.values() for one in aspects.values()}
    assert (topics - TOPICS.keys(), aspects - ASPECTS.keys()) == (set(), set())


@pytest.mark.parametrize(
    ("text", "sense", "words"),
    [
        ("2007-01", "happened", "كانون الثاني 2007"),
        ("2020-11-30~", "happened", "نحو 30 تشرين الثاني 2020"),
        ("2013/..", "held", "منذ 2013"),
        ("2014/2019-06", "held", "من 2014 إلى حزيران 2019"),
        ("/2020", "held", "حتى 2020، والبداية غير معروفة"),
        ("2025-04-07", "as_of", "كما في 7 نيسان 2025"),
        ("2005/2006", "happened", "في وقت ما من 2005 إلى نهاية 2006"),
        ("2011-21", "happened", "ربيع 2011 (آذار إلى أيار)"),
        ("2016-XX", "happened", "شهر ما في 2016"),
        ("[2003,2005]", "happened", "2003 أو 2005"),
    ],
)
def test_a_date_is_said_in_arabic_with_its_hedges(text, sense, words):
    with speech.speaking("ar"):
        assert dates.in_words(text, sense) == words


@pytest.mark.parametrize("form", ["bare", "closed", "open end", "unknown end", "open start", "unknown start"])
@given(data=st.data())
def test_every_date_has_arabic_words_and_no_english_ones(form, data):
    text, *_ = data.draw(claims("held", form))
    try:
        dates.parse(text)
    except dates.DateError:
        reject()  # it runs backwards
    for sense in ("happened", "held", "as_of"):
        with speech.speaking("ar"):
            words = dates.in_words(text, sense)
        assert (bool(words), re.findall("[A-Za-z]+", words)) == (True, [])


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("exact", 1, None, "", "fighters"), "مقاتل واحد"),
        (("exact", 2, None, "", "groups"), "جماعتان"),
        (("about", 7, None, "", "soldiers"), "نحو 7 جنود"),
        (("at_least", 3000, None, "", "fighters"), "ما لا يقل عن 3,000 مقاتل"),
        (("between", 1000, 1015, "", "fighters"), "من 1,000 إلى 1,015 مقاتلًا"),
        (("order", None, None, "dozens", "attacks"), "الهجمات: «dozens»"),
    ],
)
def test_a_number_takes_the_form_of_its_noun(args, words):
    with speech.speaking("ar"):
        assert numbers.in_words(*args) == words


def test_a_list_is_english_again_after_the_page():
    with speech.speaking("ar"):
        assert compare.CELL.label("none") == "لا شيء"
    assert compare.CELL.label("none") == "none"
