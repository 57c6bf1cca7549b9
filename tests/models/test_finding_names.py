"""The index of names: what is put in is found by each of its words, what is dropped lends them to nobody."""

import pytest
from django.db import connection
from django.utils.timezone import now

from profiles.models import finding_names
from profiles.models.finding_names import (
    BESIDE,
    KEYS_OF,
    KNOWN,
    NAMES,
    WORDS_OF,
    Counts,
    Part,
    Parts,
    names_shown,
    names_with,
    words_near,
)
from profiles.models.projection import Projection, write_projection
from profiles.models.published import Entry, Spelling
from profiles.reading.search import find_names
from profiles.values.likeness import Form
from profiles.values.names import fold

pytestmark = pytest.mark.django_db


def store(*names, **kwargs):
    entries = [
        Entry(uid=name[:20], model="group", slug=f"g-{n}", label=name, kind="armed_group", sort_key=name[:20],
              edition=1, publication=1, published_at=now())
        for n, name in enumerate(names)
    ]  # fmt: skip
    rows = [
        Spelling(entry=e, name=e.label, skeleton=fold(e.label)[:300], name_sort="primary", claim="x") for e in entries
    ]
    write_projection(Projection(entries=entries, spellings=rows, **kwargs), 1)


def found(*parts, table=WORDS_OF, limit=10):
    keys = [key for key, *_ in names_with([Parts(table, parts, limit)], Counts())]
    return sorted(name.name for name in names_shown(keys, with_card=False).values())


def part(*either, **how):
    return Part(either, **how)


def table(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        return sorted(cursor.fetchall())


def test_a_name_is_found_by_all_its_words_in_whatever_order():
    store("River Guards", "River Brigade", "Guards of the Harbour")
    assert found(part("river")) == ["River Brigade", "River Guards"]
    assert found(part("guards"), part("river")) == ["River Guards"]
    assert found(part("guards"), part("harbour", "river")) == ["Guards of the Harbour", "River Guards"]
    assert found(part("guards"), part("brigade")) == []
    assert found(part("guard")) == []
    assert found(part("rb"), table=KEYS_OF) == []
    assert found(part("r"), part("brgd"), table=KEYS_OF) == ["River Brigade"]


def test_a_word_that_begins_may_go_on():
    store("River Guards", "Riverbank Guards", "Rivet Works")
    assert found(part("river", begun=True)) == ["River Guards", "Riverbank Guards"]
    assert found(part("river", begun=True, longer=True)) == ["Riverbank Guards"]
    assert found(part("guards"), part("rive", begun=True)) == ["River Guards", "Riverbank Guards"]
    assert found(part("rive", begun=True), limit=1) == ["River Guards"]


def test_the_rarest_word_is_asked_first(django_assert_num_queries):
    store("River Guards", *(f"River Brigade {number}" for number in range(300)))
    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 2):
        assert found(part("river"), part("guards"), limit=1) == ["River Guards"]


def test_a_profile_of_very_many_names_hides_no_other():
    store("River Guards", "River Guardians", "Rivers Guard")
    entry = Entry.objects.get(label="River Guards")
    more = [f"River Guards {sign}" for sign in "abcdefghijklmnopqrstuvwxyz"]
    rows = [Spelling(entry=entry, name=name, skeleton=fold(name), name_sort="alias", claim="x") for name in more]
    finding_names.put_names(Spelling.objects.bulk_create(rows))
    assert sorted(one.label for one in find_names("river")) == ["River Guardians", "River Guards", "Rivers Guard"]


@pytest.mark.parametrize("typed", ["alkata", "Alkataib", "الكت", "الكتائب", "kat"])
def test_a_glued_article_is_found_as_it_is_typed(typed):
    store("Alkataib" if typed.isascii() else "الكتائب")
    assert len(find_names(typed)) == 1


def test_a_name_comes_back_taken_apart():
    name = "Alkataib ibn al-Nahr"
    store(name)
    [(_, entry, folded, words, keys)] = names_with(
        [Parts(WORDS_OF, (Part(("alkataib",)),), 1)], Counts(), folded=fold(name)
    )
    assert entry == name
    assert Form(folded, tuple(words.partition(BESIDE)[0].split()), tuple(keys.split())) == Form.of(name)


def test_a_word_without_end_is_found_by_its_beginning():
    store("x" * 250)
    assert [one.name for one in find_names("x" * 250)] == ["x" * 250]


def test_a_mistyped_word_is_near_to_known_ones():
    store("River Guards", "Reclamation Office")
    assert [words_near(word) for word in ("rivet", "reclamatiom", "eclamaton", "xeclamatiox", "off")] == [
        ["river"], ["reclamation"], ["reclamation"], ["reclamation"], ["off"]
    ]  # fmt: skip


def test_what_is_dropped_leaves_every_table():
    store("River Guards", "River Brigade")
    assert words_near("brigabe") == ["brigade"]
    write_projection(Projection(withdrawn=frozenset({"River Brigade"})), 2)
    assert words_near("brigabe") == []
    assert words_near("rivers") == ["river"]
    assert [row[1:3] for row in table(NAMES)] == [("River Guards", "river guards")]
    assert [row[0] for row in table(WORDS_OF)] == [row[0] for row in table(KNOWN)] == ["guards", "river"]
    assert [row[0] for row in table(KEYS_OF)] == ["grds", "r"]
    finding_names.clear_names()
    assert [table(name) for name in (NAMES, WORDS_OF, KEYS_OF, KNOWN)] == [[], [], [], []]


def test_an_index_made_again_is_the_same():
    store("River Guards", "حراس النهر")
    before = [table(name) for name in (NAMES, WORDS_OF, KEYS_OF, KNOWN)]
    finding_names.put_names(Spelling.objects.all())
    assert [table(name) for name in (NAMES, WORDS_OF, KEYS_OF, KNOWN)] == before
