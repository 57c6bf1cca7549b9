"""What the desk answers while a claim is typed, and numbers typed as the text has them."""

import pytest

from profiles.editorial.mapping import read_rows
from tests import factory
from tests.admin.forms import add_page, claim_page, served

ENTRY = "/admin/profiles/claim/entry/"
STRENGTH = {"statement": "A source says so.", "sense": "as_of", "voice": "stated", "counted": "fighters"}


def test_a_date_of_two_readings_is_asked_about(desk, ground):
    told = desk.post(ENTRY, {"when": "2005-06"}).json()["when"]
    assert (told["asks"], [offer["edtf"] for offer in told["offers"]]) == (True, ["2005-06", "2005/2006"])


def test_a_passage_proposes_its_voice_sense_speakers_and_dates(desk, ground):
    factory.load(factory.make_speaker())
    quote = "They are led by Salim Nasser, and have about 2,000 fighters, two officials said."
    told = desk.post(ENTRY, {"quote": quote, "version": "src-0001-v1"}).json()["passage"]
    assert (told["voice"], told["sense"], told["heard"], [one["typed"] for one in told["numbers"]]) == (
        "attributed", "as_of", [{"uid": "spk-0001", "label": "two officials"}], ["about 2,000", "two"],
    )  # fmt: skip
    assert told["place"].startswith("Found in paragraph 2,")


def test_nobody_without_the_right_to_write_is_answered(review_desk, desk, client, ground):
    asked = {"when": "2014"}
    assert review_desk.post(ENTRY, asked).status_code == 403
    assert client.post(ENTRY, asked).status_code == 403
    assert desk.get(ENTRY, asked).status_code == 405
    assert desk.post(ENTRY, asked).json()["when"]["words"] == "2014"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("about 50,000 fighters", ("about", 50000, None, "")),
        ("7,000-10,000", ("between", 7000, 10000, "")),
        ("at least 5", ("at_least", 5, None, "")),
        ("thousands", ("order", None, None, "thousands")),
    ],
)
def test_a_number_typed_as_the_text_has_it_is_kept(desk, ground, typed, kept):
    page = add_page("strength", aspect="strength.fighters")
    assert desk.post(page, {**served(desk, page), **STRENGTH, "number": typed}).status_code == 302
    claim = read_rows(["rg-0002"])["rg-0002"]
    assert (claim.precision, claim.low, claim.high, claim.number_words) == kept
    again = served(desk, claim_page("rg-0002"))
    assert desk.post(claim_page("rg-0002"), again).status_code == 302
    assert read_rows(["rg-0002"])["rg-0002"] == claim


def test_a_number_is_said_once(desk, ground):
    page = add_page("strength", aspect="strength.fighters")
    fields = {**served(desk, page), **STRENGTH, "number": "7", "precision": "exact", "low": "8"}
    assert "not in both" in desk.post(page, fields).context["adminform"].form.errors["number"][0]
