"""`on` in SQL answers as the one formula in Python does."""

import pytest

from profiles.editorial.mapping import write_rows
from profiles.models import Claim
from profiles.values import dates
from tests import factory

pytestmark = pytest.mark.django_db

TEXTS = [
    "", "2013", "2013~", "2013?", "2013%", "2005/2006", "2014-06", "2014-06-05", "2018/..", "2018/", "../2003", "/2003",
    "[2003..]", "[..2014]", "[2005,2006]", "199X", "199X/..", "2014-06-XX", "2020-21", "2023-10~/..", "2014-06/2018",
]  # fmt: skip
QUESTIONS = [
    "1990",
    "1999-12-31",
    "2002",
    "2003",
    "2005",
    "2006-06",
    "2013",
    "2014-06-05",
    "2018",
    "2024-05-03",
    "2030",
]


def test_on_in_sql_equals_on_in_python_for_every_form_and_sense():
    made = [
        factory.make_claim(f"rg-{1000 + 3 * n + k}", when=text, sense=sense)
        for n, text in enumerate(TEXTS)
        for k, sense in enumerate(("happened", "held", "as_of"))
    ]
    write_rows([*factory.make_ground(), *made])
    for question in QUESTIONS:
        found = dict(Claim.objects.filter(pk__in=[c.uid for c in made]).on(question).values_list("pk", "certainty"))
        wanted = {c.pk: dates.on(c.found_bounds(), c.sense, question) for c in Claim.objects.filter(pk__in=found)}
        assert found == wanted
    assert len(found) == 63


def test_a_question_that_is_no_period_is_refused():
    with pytest.raises(dates.DateError):
        Claim.objects.on("2013~")
