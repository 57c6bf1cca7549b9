"""A source has a later version: what becomes of each citation, and what editors decide."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.editorial.capture import attach_text, capture, raw_file
from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows
from profiles.editorial.reanchor import reanchor_source
from profiles.editorial.repin import keep, repin, retract_claims
from profiles.editorial.revert import undo
from profiles.models import AuditEntry, Claim, Reanchoring, Revision, Source
from profiles.values import anchors
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import attach

pytestmark = pytest.mark.django_db

QUOTES = {
    "rg-0001": "The River Guards were founded in around 2013",
    "rg-0002": "have about 2,000 fighters, two officials said",
    "rg-0003": "The harbour authority listed the River Guards in 2019.",
    "rg-0004": "حراس النهر جماعة مسلحة",
}
LATER = anchors.normalise(
    factory.ARTICLE.replace("about 2,000 fighters", "about 5,000 fighters")
    .replace("The harbour authority listed the River Guards in 2019.\n", "")
    .replace("The River Guards were founded", "This article was updated.\nThe River Guards were founded")
)


@pytest.fixture
def cited():
    """Four claims on the first version, whose text is at hand."""
    claims = [factory.make_claim(uid, quote=quote) for uid, quote in QUOTES.items() if uid != "rg-0001"]
    factory.load(*factory.make_ground(), *claims, by=cast.editor())
    attach()


def recapture(text=LATER):
    return capture(Source.objects.get(), raw_file(text.encode(), "page.txt"), by=cast.editor()).version


def rows():
    return {row.claim: row for row in Reanchoring.objects.waiting()}


def states():
    return {uid: (row.state, row.sure) for uid, row in rows().items()}


def citation(uid="rg-0001"):
    return read_rows([uid])[uid].citations[0]


def test_each_citation_is_looked_for_when_a_later_version_is_captured(cited):
    recapture()
    assert states() == {
        "rg-0001": ("moved", True),
        "rg-0002": ("changed", False),
        "rg-0003": ("gone", False),
        "rg-0004": ("moved", True),
    }
    changed = rows()["rg-0002"]
    assert (changed.pinned, changed.version) == ("src-0001-v1", "src-0001-v2")
    assert LATER[changed.start : changed.end] == "have about 5,000 fighters, two officials said"
    assert changed.evidence["alike"] == 98
    assert LATER[slice(*changed.evidence["sentence"])].startswith("They are led by Salim Nasser")
    assert reanchor_source("src-0001") == 0
    assert Reanchoring.objects.count() == 4


def test_the_same_text_makes_no_version_and_asks_nothing(cited):
    recapture(factory.ARTICLE)
    assert states() == {}


def test_a_page_that_goes_back_to_its_old_text_is_a_version_and_asks_again(cited):
    recapture()
    repin([row.pk for row in rows().values() if row.sure], by=cast.editor())
    back = recapture(factory.ARTICLE)
    assert (back.pk, back.text_sha256) == ("src-0001-v3", anchors.digest(factory.ARTICLE))
    assert {(row.claim, row.pinned, row.version) for row in rows().values()} == {
        ("rg-0001", "src-0001-v2", "src-0001-v3"),
        ("rg-0002", "src-0001-v1", "src-0001-v3"),
        ("rg-0003", "src-0001-v1", "src-0001-v3"),
        ("rg-0004", "src-0001-v2", "src-0001-v3"),
    }
    assert states() == {
        "rg-0001": ("moved", True),
        "rg-0002": ("same", True),
        "rg-0003": ("same", True),
        "rg-0004": ("moved", True),
    }
    assert recapture(factory.ARTICLE).pk == "src-0001-v3"


def test_without_the_old_text_the_digest_tells_and_is_asked_again_once_the_text_comes(cited):
    factory.load(factory.make_source("src-0002", slug="other"), factory.make_version("src-0002-v1"))
    cited_there = factory.make_citation("rg-0005", QUOTES["rg-0002"], version="src-0002-v1")
    factory.load(factory.make_claim("rg-0005", citations=(cited_there,)), by=cast.editor())
    source = Source.objects.get(pk="src-0002")
    capture(source, raw_file(LATER.encode(), "page.txt"), by=cast.editor())
    row = rows()["rg-0005"]
    assert (row.state, row.evidence["text"], row.evidence["alike"]) == ("changed", False, None)
    attach_text(source, raw_file(factory.ARTICLE.encode(), "page.txt"))
    row = rows()["rg-0005"]
    assert (row.state, row.evidence["text"], row.evidence["alike"]) == ("changed", True, 98)
    assert Reanchoring.objects.filter(claim="rg-0005").count() == 1


def test_a_version_later_still_overtakes_what_waits(cited):
    recapture()
    keep([rows()["rg-0003"].pk], by=cast.editor(), note="The older version stays citable.")
    recapture(f"{LATER}\nA last line.")
    assert {row.version for row in rows().values()} == {"src-0001-v3"}
    assert set(rows()) == set(QUOTES)
    decisions = Reanchoring.objects.filter(version="src-0001-v2").order_by("claim").values_list("decision", flat=True)
    assert list(decisions) == ["overtaken", "overtaken", "kept", "overtaken"]


def test_what_is_sure_is_pinned_again_in_one_revision_and_nothing_is_published(cited):
    factory.publish()
    recapture()
    before = citation()
    outcome = repin([row.pk for row in rows().values() if row.sure], by=cast.editor())
    assert outcome.changed == ["rg-0001", "rg-0004"]
    assert outcome.revision.reason == "Pinned again in src-0001-v2."
    after = citation()
    assert (after.uid, after.version, after.text_sha256) == (before.uid, "src-0001-v2", anchors.digest(LATER))
    assert after.passage_sha256 == before.passage_sha256
    assert LATER[after.start : after.end] == QUOTES["rg-0001"]
    assert set(rows()) == {"rg-0002", "rg-0003"}
    published = factory.publish(kind="update")
    assert published.number == 2


def test_other_words_are_pinned_where_the_editor_says_and_words_to_print_do_not_outlive_them(cited):
    quoted = factory.make_citation("rg-0002", QUOTES["rg-0002"], excerpt="about 2,000 fighters")
    factory.load(factory.make_claim("rg-0002", citations=(quoted,)), by=cast.editor())
    recapture()
    passage = anchors.find(LATER, "about 5,000 fighters")
    repin([rows()["rg-0002"].pk], chosen={rows()["rg-0002"].pk: passage}, by=cast.editor())
    after = citation("rg-0002")
    assert (after.start, after.end, after.excerpt) == (passage.start, passage.end, "")


def test_what_is_gone_is_not_pinned_without_words(cited):
    recapture()
    with pytest.raises(Refused, match="rg-0003-c1 is gone"):
        repin([row.pk for row in rows().values()], by=cast.editor())
    assert len(rows()) == 4


def test_what_is_kept_waits_no_more_and_its_document_is_as_it_was(cited):
    recapture()
    before, revisions = citation("rg-0003"), Revision.objects.count()
    with pytest.raises(Refused, match="Say why"):
        keep([rows()["rg-0003"].pk], by=cast.editor(), note=" ")
    keep([rows()["rg-0003"].pk], by=cast.editor(), note="Cut from the page for its length.")
    assert (citation("rg-0003"), Revision.objects.count()) == (before, revisions)
    assert "rg-0003" not in rows()
    kept = Reanchoring.objects.get(claim="rg-0003")
    assert (kept.decision, kept.note, kept.decided_by) == ("kept", "Cut from the page for its length.", cast.editor())
    assert AuditEntry.objects.get(act="passages_kept").thing == "src-0001-v2"


def test_a_claim_is_retracted_as_a_draft_with_a_public_note(cited):
    recapture()
    retract_claims([rows()["rg-0003"].pk], by=cast.editor(), note="The source has taken it back.")
    claim = read_rows(["rg-0003"])["rg-0003"]
    assert (claim.standing, claim.standing_note) == ("retracted", "The source has taken it back.")
    assert "rg-0003" not in rows()
    assert Reanchoring.objects.get(claim="rg-0003").decision == "retracted"


def test_what_somebody_else_decided_is_not_decided_twice(cited):
    recapture()
    pks = [row.pk for row in rows().values() if row.sure]
    repin(pks[:1], by=cast.editor())
    for act in (lambda: repin(pks, by=cast.editor()), lambda: keep(pks, by=cast.editor(), note="So.")):
        with pytest.raises(Refused, match="meanwhile"):
            act()
    assert len(rows()) == 3


def test_a_pin_that_is_undone_waits_again_and_the_first_decision_stays(cited):
    recapture()
    outcome = repin([rows()["rg-0001"].pk], by=cast.editor())
    undo(outcome.revision, by=cast.editor())
    assert "rg-0001" in rows()
    keep([rows()["rg-0001"].pk], by=cast.editor("omar"), note="Rather not.")
    assert "rg-0001" not in rows()
    history = Reanchoring.objects.filter(claim="rg-0001").order_by("pk").values_list("decision", "decided_by__username")
    assert list(history) == [("repinned", "edith"), ("kept", "omar")]


def test_a_claim_that_is_retracted_or_removed_or_cited_anew_waits_no_more(cited):
    recapture()
    Claim.objects.filter(pk="rg-0003").update(standing="retracted")
    factory.load(factory.make_claim("rg-0004", citations=()))
    assert set(rows()) == {"rg-0001", "rg-0002"}


def test_whoever_may_not_change_claims_decides_nothing(cited):
    recapture()
    pks = [rows()["rg-0001"].pk]
    for act in (
        repin,
        lambda pks, by: keep(pks, by=by, note="So."),
        lambda pks, by: retract_claims(pks, by=by, note="So."),
    ):
        with pytest.raises(Refused, match="You may not"):
            act(pks, by=cast.reviewer())
    assert len(rows()) == 4


def many(number, source):
    text = anchors.normalise("\n".join(f"The council of town {n} met in {n + 100} hours." for n in range(number)))
    factory.load(factory.make_source(source, slug=source), factory.make_version(f"{source}-v1", text=text))
    attach(f"{source}-v1", text)
    claims = []
    for n, (start, end) in enumerate(anchors.paragraphs(text)):
        uid = f"rg-{int(source[4:])}{n:04d}"
        passage = anchors.pin(text, start, end)
        cited = docs.Citation(
            uid=f"{uid}-c1", version=f"{source}-v1", text_sha256=anchors.digest(text), paragraph=passage.paragraph,
            start=start, end=end, passage_sha256=passage.sha256, bearing="supports", voice="stated",
        )  # fmt: skip
        claims.append(factory.make_claim(uid, citations=(cited,)))
    factory.load(*claims)
    return Source.objects.get(pk=source), f"Updated.\n{text}"


def looked_for_and_pinned(number, uid):
    source, text = many(number, uid)
    begun = time.thread_time()
    with CaptureQueriesContext(connection) as looking:
        capture(source, raw_file(text.encode(), "page.txt"), by=cast.editor())
    with CaptureQueriesContext(connection) as pinning:
        outcome = repin([row.pk for row in Reanchoring.objects.waiting()], by=cast.editor())
    assert len(outcome.changed) == number
    return len(looking), len(pinning), time.thread_time() - begun


def test_the_queries_are_as_many_for_one_as_for_three_hundred(cited):
    for_one = looked_for_and_pinned(1, "src-0003")[:2]
    assert looked_for_and_pinned(300, "src-0004")[:2] == for_one
    assert max(for_one) <= 30


def test_two_thousand_citations_are_looked_for_and_pinned_again_in_less_than_ten_seconds(cited):
    assert looked_for_and_pinned(2000, "src-0003")[2] < 10
