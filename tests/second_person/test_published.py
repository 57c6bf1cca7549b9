"""What one person can do at the desk to a site that is public, act by act, each posted as a browser would: none of it
changes a published page. Each act is seen to have worked, so that nothing passes for being broken."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from profiles.editorial.accounts import ROLES
from profiles.editorial.capture import capture, raw_file
from profiles.editorial.intake import ask_for_text
from profiles.editorial.mapping import read_rows
from profiles.editorial.review import open_review
from profiles.models import (
    Address,
    Body,
    Claim,
    Edition,
    Intake,
    Look,
    Picture,
    Publication,
    PublishedDocument,
    PublishedFile,
    Reanchoring,
    Report,
    Review,
    Revision,
    SecondLook,
    Source,
    SourceVersion,
    Stage,
)
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import attach, signed_in
from tests.admin.forms import served
from tests.admin.test_cite import typed
from tests.admin.test_pictures import post as post_picture
from tests.editorial.pictures import corpus
from tests.editorial.test_reanchor import LATER
from tests.editorial.test_reports import make_report
from tests.exchange.test_staging import line, table

pytestmark = pytest.mark.django_db

TOLD = {"topic": "origins", "aspect": "founded", "sense": "happened"}


def page(model, pk, act="change"):
    return f"/admin/profiles/{model}/{pk}/{act}/"


@pytest.fixture
def public():
    """A published site, written by Edith and approved by Rashid; its text at hand."""
    claims = [
        factory.make_claim("rg-0002", "An article puts the founding at around 2013.", when="2013~", **TOLD),
        factory.make_claim("rg-0003", "An article calls them an armed group."),
    ]
    factory.publish(*factory.make_ground(), *claims)
    attach()


@pytest.fixture
def one(public):
    """One person with every role, and a superuser beside: all the rights that there are. None of those two."""
    return cast.make_user("una", *ROLES, is_superuser=True)


def seen():
    """All that readers are served, and what proves it."""
    tables = (Publication, Edition, PublishedDocument, PublishedFile, Address, Body)
    return [sorted(map(repr, table.objects.values_list())) for table in tables]


def edit(desk):
    fields = {**served(desk, page("claim", "rg-0003")), "statement": "An article calls them guards.", "reason": "So."}
    assert desk.post(page("claim", "rg-0003"), fields).status_code == 302
    return Claim.objects.get(pk="rg-0003").statement == "An article calls them guards."


def correct(desk):
    fields = {**served(desk, page("claim", "rg-0003")), "statement": "An article calls them guards.", "reason": "So.",
              "_correct": "1", "correction_note": "It was wrong.", "correction_kind": "correction"}  # fmt: skip
    assert desk.post(page("claim", "rg-0003"), fields).status_code == 302
    return Review.objects.latest("pk").state == "open"


def link_conflict(desk):
    desk.post(page("claim", "rg-0002", "link-conflict"), {"other": "rg-0003"})
    return Claim.objects.get(pk="rg-0003").standing == "contested"


def cite_while_reading(desk):
    at = "/admin/profiles/sourceversion/src-0001-v1/cite/"
    assert desk.post(at, typed(desk), headers={"X-Reading": "1"}).status_code == 200
    return Claim.objects.filter(pk="rg-0004").exists()


def recapture():
    capture(Source.objects.get(), raw_file(LATER.encode(), "page.txt"), by=cast.editor())


def repin_all(desk):
    recapture()
    shown = desk.get("/admin/passages/src-0001-v2/").context
    given = {"last": shown["sure_last"], "count": shown["sure_total"]}
    desk.post("/admin/passages/src-0001-v2/", {"act": "repin_all", **given})
    return read_rows(["rg-0002"])["rg-0002"].citations[0].version == "src-0001-v2"


def keep_pinned(desk):
    recapture()
    rows = [str(pk) for pk in Reanchoring.objects.waiting().values_list("pk", flat=True)]
    desk.post("/admin/passages/src-0001-v2/", {"act": "keep_ticked", "row": rows, "note": "Not worth it."})
    return not Reanchoring.objects.waiting().exists()


def retract_for_its_source(desk):
    recapture()
    row = Reanchoring.objects.waiting().get(claim="rg-0003").pk
    desk.post("/admin/passages/src-0001-v2/", {"act": "retract", "row": row, "note": "The source takes it back."})
    return Claim.objects.get(pk="rg-0003").standing == "retracted"


def look_again(desk):
    changed = factory.make_claim("rg-0003", "They are guards, an article says.")
    factory.load(changed, by=cast.editor())
    desk.post("/admin/changed-claims/", {"uid": "rg-0003", "digest": docs.digest(changed)})
    return not SecondLook.objects.waiting().exists()


def add_a_picture(desk):
    assert post_picture(desk, data=corpus.with_gps()).status_code == 302
    return Picture.objects.filter(pk="rg-p01").exists()


def keep_a_capture(desk):
    ask_for_text("The guards have a boat.", by=cast.editor())
    made = Intake.objects.get()
    fields = served(desk, page("intake", made.pk))
    desk.post(page("intake", made.pk, "keep"), {**fields, "title": "The boat", "kind": "news_article"})
    return SourceVersion.objects.count() == 2


def stage_and_accept(desk):
    name, file = table(line(), {"uid": "rg-0003", "statement": "They are guards."})
    desk.post("/admin/profiles/stage/add/", {"files": [SimpleUploadedFile(name, file.getvalue())], "reason": "Table."})
    made = Stage.objects.get()
    desk.post(page("stage", made.pk, "accept"), {"all": "1", "review": "1"})
    return Claim.objects.get(pk="rg-0003").statement == "They are guards."


def undo(desk):
    edit(desk)
    revision = Revision.objects.latest("pk")
    shown = desk.get(page("revision", revision.pk, "undo")).context["shown"]
    desk.post(page("revision", revision.pk, "undo"), {"reason": "No.", "shown": shown})
    return Claim.objects.get(pk="rg-0003").statement == "An article calls them an armed group."


def look_over(desk):
    desk.post("/admin/profiles/look/add/", {"uid": "rg-0003", "back": ""})
    return Look.objects.exists()


def close_a_report(desk):
    report = make_report(claim="rg-0003")
    desk.post(page("report", report.pk), {"state": "answered", "answer": "Seen."})
    return Report.objects.get().state == "answered"


def delete_a_draft(desk):
    factory.load(factory.make_claim("rg-0009"), by=cast.editor())
    desk.post(page("claim", "rg-0009", "delete"), {"post": "yes", "reason": "No."})
    return not Claim.objects.filter(pk="rg-0009").exists()


ACTS = (
    edit, correct, link_conflict, cite_while_reading, repin_all, keep_pinned, retract_for_its_source, look_again,
    add_a_picture, keep_a_capture, stage_and_accept, undo, look_over, close_a_report, delete_a_draft,
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_no_act_of_the_desk_changes_a_published_page(one, act):
    before, desk = seen(), signed_in(one)
    assert (act(desk), seen()) == (True, before)
    # Nor does it with all that the same person can press afterwards.
    drafts = " ".join(sorted(read_rows()))
    desk.post("/admin/profiles/review/add/", {"offered": drafts, "change": drafts, "kind": "update"})
    soon = timezone.now() + timedelta(minutes=5)
    for review in Review.objects.exclude(opener=cast.editor()).filter(state="open"):
        for verb in ("pass", "approve", "schedule", "freeze-again", "send-back", "cancel"):
            desk.post(page("review", review.pk, verb), {"at": f"{soon:%Y-%m-%dT%H:%M}", "note": "No."})
    Review.objects.filter(state="scheduled").update(publish_at=timezone.now())
    call_command("publish_due", verbosity=0)
    assert seen() == before


def test_a_reader_who_reports_changes_nothing(public):
    before, reader = seen(), Client()
    for claim in ("rg-0002", "rg-0003"):
        reader.post(f"/claims/{claim}/report/", {"kind": "objection", "text": "It was not so.", "claim": claim})
    assert seen() == before


def test_one_who_freezes_again_what_another_opened_or_decides_on_what_they_mended_publishes_nothing(one):
    """The reviewer mends a claim of a review that they refused, and would approve it then."""
    edit(signed_in(cast.editor("eve")))
    review = open_review(["rg-0003"], by=cast.editor("eve"))
    before, desk = seen(), signed_in(one)
    desk.post(page("review", review.pk, "freeze-again"))
    fields = {**served(desk, page("claim", "rg-0003")), "statement": "They are guards, una says.", "reason": "So."}
    assert desk.post(page("claim", "rg-0003"), fields).status_code == 302
    signed_in(cast.editor("eve")).post(page("review", review.pk, "freeze-again"))
    made = Review.objects.latest("pk")
    assert (made.pk > review.pk, desk.post(page("review", made.pk, "approve")).status_code) == (True, 403)
    assert seen() == before


def test_the_positive_twin_a_second_person_publishes_it(one):
    edit(signed_in(cast.editor("eve")))
    before, review = seen(), open_review(["rg-0003"], by=cast.editor("eve"))
    assert signed_in(one).post(page("review", review.pk, "approve")).status_code == 302
    assert seen() != before
