"""`on` in SQL answers as the one formula in Python does."""

from datetime import date

import pytest

from profiles.editorial.mapping import write_rows
from profiles.models import Claim
from profiles.models.published import PublishedClaim
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


SIDES = [
    "2013", "2014-06", "2014-06-05", "2014-06-XX", "2014-XX", "2014-XX-05", "2014-XX-XX", "201X", "20XX", "1XXX",
    "2014-21", "2014-22", "2014-23", "2014-06-05~", "2014-06~", "2013?", "2013%", "201X~", "2014-21~", "2014-XX-05%",
    "[2013,2015]", "[2013..2015]", "[2013..]", "[..2015]", "[2012,2014-06..2016]",
]  # fmt: skip
SEEN = (None, date(2013, 7, 1), date(2016, 5, 3))


def every_form():
    """Each side alone, open and unknown at each end, and joined to each other side, where it does not run backwards."""
    texts = ["", *SIDES]
    texts += [form.format(side) for side in SIDES for form in ("{}/..", "{}/", "../{}", "/{}")]
    texts += [f"{left}/{right}" for left in SIDES for right in SIDES]
    for text in texts:
        try:
            dates.parse(text)
        except dates.DateError:
            continue
        yield text


def test_published_claims_answer_in_sql_as_in_python_for_every_pair_of_sides():
    forms = list(every_form())
    assert len(forms) > 600
    made = [
        PublishedClaim(
            uid=f"rg-{n}-{m}-{k}", sha256="0" * 64, kind="statement", subject="rg", topic="identity", aspect="type",
            statement="It is so.", voice="stated", standing="stands", from_publication=1, when=text, sense=sense,
            seen=seen,
        )
        for n, text in enumerate(forms)
        for m, sense in enumerate(("happened", "held", "as_of"))
        for k, seen in enumerate(SEEN if text.endswith("..") and sense == "held" else (None,))
    ]  # fmt: skip
    PublishedClaim.objects.bulk_create(made, batch_size=500)
    bounds = {one.uid: (one.found_bounds(), one.sense) for one in made}
    for question in ("1999", "2012-12-31", "2013/2013-06", "2014-06-05", "2014-06", "2015/2016-05-03", "2016-05-04"):
        found = dict(PublishedClaim.objects.on(question).values_list("uid", "certainty"))
        assert found == {uid: dates.on(b, sense, question) for uid, (b, sense) in bounds.items()}
