"""Recall: of all spellings that documented schemes give, at least 95 in 100 find their profile among the first five."""

import random
import string
from collections import Counter

import pytest
from anyascii import anyascii
from django.conf import settings
from django.core.management import call_command
from django.utils.timezone import now

from profiles.models.projection import Projection, write_projection
from profiles.models.published import Entry, Spelling
from profiles.reading.search import find_names
from profiles.values.names import fold
from profiles.values.skeleton import words
from tests import factory
from tests.reading.schemes import FAMILY, GIVEN, GROUPS, spellings

pytestmark = pytest.mark.django_db


def store(names):
    """Entries found by one name each, as a publication would write them."""
    entries = [
        Entry(uid=f"p{n:05}", model="group", slug=f"p-{n}", label=name, kind="armed_group", sort_key=f"{n:05}",
              edition=1, publication=1, published_at=now())
        for n, name in enumerate(names)
    ]  # fmt: skip
    rows = [
        Spelling(entry=entry, name=entry.label, skeleton=fold(entry.label)[:300], name_sort="primary", claim="x")
        for entry in entries
    ]
    write_projection(Projection(entries=entries, spellings=rows), 1)


def missed(people):
    """(how many asked, those not among the first five)."""
    asked, lost = 0, []
    for label, spelt in people:
        for spelling in spelt:
            asked += 1
            if label not in [found.label for found in find_names(spelling, 5)]:
                lost.append((spelling, label))
    return asked, lost


@pytest.mark.parametrize("stored", [0, 5], ids=["arabic", "plain"])
def test_generated_spellings_find_their_profile(stored):
    """Stored in one form only, each name is asked for in all others."""
    people = [
        spellings(f"{given} {family}", f"{latin} {house}")
        for n, (given, latin) in enumerate(GIVEN)
        for family, house in FAMILY[n % 6 :: 6]
    ]
    people += [spellings(*group) for group in GROUPS]
    known = [(spelt[min(stored, len(spelt) - 1)], spelt) for spelt in people]
    store(label for label, _ in known)
    asked, lost = missed(known)
    assert asked > 500
    assert len(lost) <= 0.05 * asked, (len(lost) / asked, lost[:40])


def slips(word, chance):
    """One mistake of each sort in a word, each at a place drawn by lot."""
    place, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
    before, after = word[:place], word[place:]
    return {
        before + after[1:],
        before + letter + after,
        before + letter + after[1:],
        before + after[1] + after[0] + after[2:],
    } - {word}


def test_single_typing_mistakes_find_their_profile():
    """In a word that is the name's own, and in the whole name."""
    chance = random.Random(17)
    names = list(
        dict.fromkeys(f"{latin} {house}" for n, (_, latin) in enumerate(GIVEN) for _, house in FAMILY[n % 8 :: 8])
    )
    labels = {ascii_of(name).title() for name in names}
    store(sorted(labels))
    held = Counter(word for label in labels for word in set(label.split()))
    people = []
    for label in sorted(labels):
        for word in [word for word in label.split() if len(word) > 3 and held[word] <= 3]:
            typed = sorted(slips(word.lower(), chance))
            people.append((label, [*typed, *(label.replace(word, slip) for slip in typed)]))
    asked, lost = missed(people)
    assert asked > 500
    assert len(lost) <= 0.05 * asked, (len(lost) / asked, lost[:40])


def ascii_of(name):
    return " ".join(words(anyascii(name)))


@pytest.mark.parametrize("question", ["zzyzx qqq", "xqzzw", "qwxrtp vvbn", "pqrstu"])
def test_letters_of_no_name_do_not_find_one_that_happens_to_have_their_consonants(question):
    store(["Quwwat al-Mina Zuzakisi", "Quwwat al-Jazira Qisakizu", "Quwwat al-Qasr Wubuwini", "Usbat al-Mina Bakarisu"])
    assert find_names(question) == []
    assert [found.label for found in find_names("Qisaqizou", 1)] == ["Quwwat al-Jazira Qisakizu"]


def test_every_stored_name_of_the_data_finds_its_profile():
    call_command("loaddata", "authorities", "places", "speakers", *_files(), verbosity=0)
    factory.publish()
    names = list(Spelling.objects.values_list("name", "entry__label").order_by("pk"))
    assert len(names) > 80
    _, lost = missed([(label, [name]) for name, label in names])
    assert lost == []


def _files():
    root = settings.BASE_DIR / "fixtures"
    return [str(path) for folder in ("sources", "profiles") for path in sorted((root / folder).glob("*.yaml"))]
