"""The screens for what has to be looked at again: passages in a later version, claims over the same passages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.capture import capture, raw_file
from profiles.editorial.mapping import read_rows
from profiles.models import Reanchoring, SecondLook, Source
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.editorial.test_reanchor import LATER, QUOTES

pytestmark = pytest.mark.django_db
PAGE = "/admin/passages/src-0001-v2/"
LOOKS = "/admin/changed-claims/"


@pytest.fixture
def later(ground):
    claims = [factory.make_claim(uid, quote=quote) for uid, quote in QUOTES.items() if uid != "rg-0001"]
    factory.load(*claims, by=cast.editor())
    capture(Source.objects.get(), raw_file(LATER.encode(), "page.txt"), by=cast.editor())


def waiting():
    return sorted(Reanchoring.objects.waiting().values_list("claim", flat=True))


def row(claim):
    return Reanchoring.objects.waiting().get(claim=claim).pk


def told(response):
    return [str(message) for message in response.context["messages"]]


def press(desk, page=PAGE, **fields):
    return told(desk.post(page, fields, follow=True))


def test_the_front_page_leads_to_what_waits(desk, later):
    factory.load(factory.make_claim("rg-0004", "They are armed.", quote=QUOTES["rg-0004"]), by=cast.editor())
    page = desk.get("/admin/").content.decode()
    assert f'href="{PAGE}"' in page
    assert "4 passages, 2 to decide one by one" in page
    assert f'href="{LOOKS}?claim=rg-0004"' in page


def test_what_is_the_same_is_pinned_again_at_one_press(desk, later):
    shown = desk.get(PAGE).context
    given = {"last": shown["sure_last"], "count": shown["sure_total"]}
    assert press(desk, act="repin_all", **given) == ["2 citations pinned again in src-0001-v2: 2 drafts."]
    assert waiting() == ["rg-0002", "rg-0003"]
    assert press(desk, act="repin_all", **given) == ["Somebody has decided on some of these meanwhile. Look again."]


def test_some_of_them_are_ticked_and_the_rest_kept(desk, later):
    assert press(desk, act="repin_ticked", row=[row("rg-0001")])[0].startswith("1 citation pinned again")
    assert press(desk, act="keep_ticked", row=[row("rg-0004")], note="") == ["Say why it is kept as it is."]
    press(desk, act="keep_ticked", row=[row("rg-0004")], note="Not worth it.")
    assert waiting() == ["rg-0002", "rg-0003"]
    assert press(desk, act="keep_ticked", note="So.") == ["Tick what is to be decided."]


def test_words_stand_side_by_side_with_what_changed_in_them(desk, later):
    card = next(one for one in desk.get(PAGE).context["cards"] if one.row.claim == "rg-0002")
    assert card.was[1] == "have about 2,000 fighters, two officials said"
    assert card.now[1] == "have about 5,000 fighters, two officials said"
    assert [words for what, words in card.pieces if what == "in"] == [" 5,000"]
    assert card.state == "changed"


def test_each_is_decided_by_its_own_buttons(desk, later):
    assert "say which words" in press(desk, act="repin", row=row("rg-0003"))[0]
    assert press(desk, act="words", row=row("rg-0003"), quote="never written")[0].startswith("These words are not in")
    assert press(desk, act="words", row=row("rg-0003"), quote="This article was updated.")[0].startswith(
        "Pinned to “This"
    )
    press(desk, act="repin", row=row("rg-0002"))
    assert press(desk, act="retract", row=row("rg-0001"), note="The source takes it back.") == [
        'Retracted in the draft: rg-0001. <a href="/admin/profiles/review/add/?uid=rg-0001">Put it up for review</a>: '
        "until then it stands for readers."
    ]
    assert waiting() == ["rg-0004"]
    found = read_rows(["rg-0001", "rg-0002", "rg-0003"])
    assert [one.citations[0].version for one in found.values()] == ["src-0001-v1", "src-0001-v2", "src-0001-v2"]
    assert found["rg-0001"].standing == "retracted"
    assert press(desk, act="dance", row=row("rg-0004")) == ["Press one of the buttons."]


@pytest.mark.parametrize("page", [PAGE, LOOKS])
def test_who_may_not_change_claims_neither_sees_nor_decides(desk, later, page):
    others = signed_in(cast.reviewer())
    assert (desk.get(page).status_code, others.get(page).status_code) == (200, 403)
    assert others.post(page, {"act": "repin", "row": row("rg-0001")}).status_code == 403
    assert len(waiting()) == 4
    assert desk.get("/admin/passages/src-0009-v1/").status_code == 404


def test_a_page_costs_the_same_however_many_wait(desk, later):
    def cost(page):
        with CaptureQueriesContext(connection) as used:
            assert desk.get(page).status_code == 200
        return len(used)

    factory.load(factory.make_claim("rg-0001", "They are armed.", quote=QUOTES["rg-0001"]))
    few = (cost(PAGE), cost(LOOKS))
    more = [factory.make_claim(f"rg-1{n:03d}") for n in range(60)]
    factory.load(*more)
    factory.load(*(factory.make_claim(one.uid, f"They are armed, {one.uid}.") for one in more))
    capture(Source.objects.get(), raw_file(f"{LATER}\nMore.".encode(), "page.txt"))
    assert (cost("/admin/passages/src-0001-v3/"), cost(LOOKS)) == few
    assert max(few) <= 20


def test_a_changed_claim_is_looked_at_beside_its_passage(desk, later):
    factory.load(factory.make_claim("rg-0002", "They have 2,000 fighters.", quote=QUOTES["rg-0002"]), by=cast.editor())
    (item,) = desk.get(LOOKS).context["items"]
    assert item.passages[0].words == QUOTES["rg-0002"]
    assert [(one.before, one.after) for one in item.changes] == [
        ("The River Guards are an armed group.", "They have 2,000 fighters.")
    ]
    stale = press(desk, LOOKS, uid="rg-0002", digest="0" * 64)
    assert stale == ["Somebody has changed one of these meanwhile. Look again."]
    press(desk, LOOKS, uid="rg-0002", digest=item.digest)
    assert SecondLook.objects.get().decided == item.digest
    assert not SecondLook.objects.waiting().exists()


def test_a_passage_cited_late_from_an_older_version_is_looked_for_at_a_press(desk, later):
    source, older = "/admin/profiles/source/src-0001/change/", "/admin/profiles/sourceversion/src-0001-v1/change/"
    assert "There is a later version" in desk.get(older).content.decode()
    assert "There is a later version" not in desk.get(older.replace("v1", "v2")).content.decode()
    assert f'action="{PAGE}"' in desk.get(source).content.decode()
    none = ["No passage waits to be looked for: each was, or is kept, in the newest text at hand."]
    assert press(desk, act="look") == none
    factory.load(factory.make_claim("rg-0005", quote="They are led by Salim Nasser"), by=cast.editor())
    assert "rg-0005" not in waiting()
    assert press(desk, act="look") == ["1 passage looked for in src-0001-v2."]
    assert "rg-0005" in waiting()
    assert press(desk, act="look") == none


def test_a_source_with_one_version_offers_no_such_press(desk, ground):
    assert 'value="look"' not in desk.get("/admin/profiles/source/src-0001/change/").content.decode()
