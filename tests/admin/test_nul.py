"""A NUL in what the desk is sent: refused in words where PostgreSQL would take it for a fault of ours."""

import pytest

from profiles.editorial.mapping import read_rows
from tests.admin.forms import claim_page, served

pytestmark = pytest.mark.only_on("postgresql")


@pytest.mark.parametrize(
    ("path", "without"),
    [
        ("/admin/profiles/claim/a%00b/change/", 302),
        ("/admin/profiles/claim/add/?kind=statement&subject=%00", 200),
        ("/admin/profiles/group/a%00b/history/", 302),
        ("/admin/profiles/publication/take-down/withdraw/a%00b/", 409),
    ],
)
def test_an_address_with_a_nul_is_refused_in_words(desk, ground, path, without):
    answer = desk.get(path)
    assert (answer.status_code, answer.content[:34]) == (400, b"What was sent has a NUL in it, whi")
    assert desk.get(path.replace("%00", "")).status_code == without


def test_a_form_with_a_nul_saves_nothing(desk, ground):
    before = read_rows(["rg-0001"])
    fields = {**served(desk, claim_page("rg-0001")), "statement": "Another.", "conflicts_with": ["rg\0"]}
    assert desk.post(claim_page("rg-0001"), fields).status_code == 400
    assert read_rows(["rg-0001"]) == before
