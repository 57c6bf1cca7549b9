"""The words of a passage propose the question that it answers."""

import pytest

from profiles.values.aspect_words import aspect_of_passage


@pytest.mark.parametrize(
    ("passage", "model", "aspect"),
    [
        ("The River Guards were founded in around 2013 by Salim Nasser.", "group", "origins.founded"),
        ("They are led by Salim Nasser, and have about 2,000 fighters.", "group", "leadership.leader"),
        ("They have about 2,000 fighters, two officials said.", "group", "strength.fighters"),
        ("Officials accuse the River Guards of shelling Marwa.", "group", "conduct.accusations"),
        ("The group denied that it had shelled Marwa.", "group", "conduct.denials"),
        ("The harbour authority listed the River Guards in 2019.", "group", "designations.listings"),
        ("The Guards claimed responsibility for the attack.", "group", "attacks_claimed.single"),
        ("It split from the Harbour Brigade in 2015.", "group", "origins.parent"),
        ("حراس النهر جماعة مسلحة تأسست عام 2013.", "group", "origins.founded"),
        ("Salim Nasser was killed in a strike in 2019.", "person", "death.death"),
        ("Salim Nasser leads the River Guards.", "person", "roles.leads"),
        ("Twelve people were killed and forty wounded.", "event", "toll.killed"),
        ("They take a toll from each boat.", "group", "money.income"),
        ("In 2017 they took over the lock at Sefrin.", "group", "operations.wars_and_battles"),
        ("The river is long.", "group", ""),
        ("It began in 2013.", "", ""),
    ],
)
def test_the_first_word_that_fits_proposes_its_aspect(passage, model, aspect):
    assert aspect_of_passage(passage, model) == aspect
