"""Every cell of docs/permissions.md, over HTTP: who may does, who may not is refused and nothing happens."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission

from profiles.editorial.accounts import RIGHTS, ROLES, ensure_roles, permission_table
from profiles.editorial.intake import ask_for_text
from profiles.editorial.reports import Message, receive
from profiles.editorial.review import open_review
from profiles.exchange.release import release
from profiles.models import AuditEntry, Intake, Look, Publication, Review, SourceVersion, Speaker, Stage, User
from tests import cast, factory
from tests.admin.conftest import signed_in
from tests.admin.forms import served
from tests.again import again

pytestmark = pytest.mark.django_db

LISTS = (
    "group", "person", "event", "claim", "statement", "name", "membership", "relation", "part", "presence", "strength",
    "designation", "step", "identifier", "silence", "source", "sourceversion", "speaker", "authority", "programme",
    "place", "review", "publication", "edition", "revision",
)  # fmt: skip
NO_ROLE = "no role"


def read(client, user):
    statuses = {client.get(f"/admin/profiles/{name}/").status_code for name in LISTS}
    pages = {client.get(f"/admin/profiles/{page}/change/").status_code for page in ("group/rg", "claim/rg-0001")}
    pages.add(client.get("/admin/profiles/sourceversion/src-0001-v1/change/").status_code)
    assert len(statuses | pages) == 1
    return statuses == {200}


def change(client, user):
    page = "/admin/profiles/speaker/add/"
    response = client.post(page, {"label": "two officials", "kind": "official", "count": "", "note": "", "reason": ""})
    assert response.status_code in (302, 403)
    assert Speaker.objects.exists() is (response.status_code == 302)
    return Speaker.objects.exists()


def capture(client, user):
    response = client.post("/admin/profiles/intake/add/", {"url": "", "text": "Words of a page.", "transcript": ""})
    made = Intake.objects.first()
    assert (response.status_code, made is not None) in ((302, True), (403, False))
    made = made or ask_for_text("Words of a page.", by=cast.editor())
    page = f"/admin/profiles/intake/{made.pk}/"
    kept = client.post(f"{page}keep/", {"title": "A page", "kind": "report", "text": "Words of a page."})
    assert SourceVersion.objects.filter(pk="src-0002-v1").exists() is (kept.status_code == 302)
    assert kept.status_code == response.status_code
    return response.status_code == 302


def stage(client, user):
    response = client.get("/admin/profiles/stage/add/")
    assert client.get("/admin/profiles/stage/").status_code == response.status_code
    Stage.objects.create(state="staged", by=cast.editor())
    dropped = client.post(f"/admin/profiles/stage/{Stage.objects.latest('pk').pk}/drop/").status_code
    assert (dropped == 403) is (response.status_code == 403)
    return response.status_code == 200


def open_a_review(client, user):
    response = client.post(
        "/admin/profiles/review/add/", {"offered": "rg-0002", "change": "rg-0002", "kind": "update", "note": ""}
    )
    assert Review.objects.filter(state="open").exists() is (response.status_code == 302)
    return response.status_code == 302


def approve(client, user):
    review = open_review(["rg-0002"], by=cast.editor())
    before = Publication.objects.count()
    response = client.post(f"/admin/profiles/review/{review.pk}/approve/")
    assert (Publication.objects.count() > before) is (response.status_code == 302)
    if response.status_code == 302:
        return True
    assert client.post(f"/admin/profiles/review/{review.pk}/send-back/", {"note": "No."}).status_code == 403
    review.refresh_from_db()
    assert review.state == "open"
    return False


def take_down(client, user):
    statuses = set()
    for act, uid in (("retract", "rg-0001"), ("redact", "rg-0001"), ("withdraw", "rg")):
        page = f"/admin/profiles/publication/take-down/{act}/{uid}/"
        shown = re.search(r'name="shown" value="([^"]*)"', client.get(page).content.decode())
        typed = {"reason": "It was wrong.", "confirm": uid, "shown": shown[1] if shown else ""}
        before = Publication.objects.count()
        statuses.add(client.post(page, typed).status_code)
        assert (Publication.objects.count() > before) is (statuses == {302})
    assert len(statuses) == 1
    return statuses == {302}


def report(client, user):
    made = receive(
        Message("objection", "It was not so.", once="1", contact="me@example.org"), claim="rg-0001", sha256=""
    )
    page = f"/admin/profiles/report/{made.pk}/change/"
    shown = client.get(page)
    assert ("me@example.org" in shown.content.decode()) is (shown.status_code == 200)
    assert client.get("/admin/profiles/report/").status_code == shown.status_code
    closed = client.post(page, {"state": "answered", "answer": "Looked into."}).status_code
    made.refresh_from_db()
    assert (made.state == "answered") is (closed == 302) is (shown.status_code == 200)
    return closed == 302


def look(client, user):
    answer = client.post("/admin/profiles/look/add/", {"uid": "rg"}).status_code
    assert Look.objects.exists() is (answer == 302)
    return answer == 302


def manage_people(client, user):
    page = "/admin/profiles/user/add/"
    password = "lantern on the weir"
    typed = {"username": "nadia", "usable_password": "true", "password1": password, "password2": password}
    response = client.post(page, {**typed, "roles": ["editor"]})
    made = User.objects.filter(username="nadia").exists()
    assert made is (response.status_code == 302)
    other = cast.make_user("olga")
    for act in ("deactivate", "unlock", "reset-second-factor"):
        acted = client.post(f"/admin/profiles/user/{other.pk}/{act}/now/").status_code
        assert (acted == 302) is made
    assert client.get("/admin/profiles/user/").status_code == (200 if made else 403)
    other.refresh_from_db()
    assert other.is_active is not made
    return made


def read_audit_log(client, user):
    exports = client.post("/admin/profiles/auditentry/export/").status_code
    assert client.get("/admin/profiles/auditentry/").status_code == exports
    assert AuditEntry.objects.filter(act="exported").exists() is (exports == 200)
    return exports == 200


TRIES = {
    "read": read,
    "change": change,
    "capture": capture,
    "stage": stage,
    "open_review": open_a_review,
    "approve": approve,
    "take_down": take_down,
    "report": report,
    "look": look,
    "manage_people": manage_people,
    "read_audit_log": read_audit_log,
}


@pytest.fixture
def world():
    again("the world of permissions", make_world)


def make_world():
    factory.load(*factory.make_ground(), by=cast.editor("eve"))
    review = open_review(["rg", "rg-0001", "src-0001", "src-0001-v1"], by=cast.editor("eve"), kind="new")
    release(review, by=cast.reviewer("rita"))
    factory.load(factory.make_claim("rg-0002"), by=cast.editor())


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.name)
@pytest.mark.parametrize("role", [*ROLES, NO_ROLE])
def test_every_cell_of_the_table_holds_over_http(world, role, right):
    user = cast.make_user("mina", *([] if role == NO_ROLE else [role]))
    assert TRIES[right.name](signed_in(user), user) is (role in right.roles)


def test_who_is_not_signed_in_does_nothing(world, client):
    marks = (Publication.objects.count(), Review.objects.count(), Speaker.objects.count(), User.objects.count())
    for path in ("user/add/", "speaker/add/", "review/add/", "auditentry/export/", "review/1/approve/", "stage/add/"):
        assert client.get(f"/admin/profiles/{path}").status_code == 302
        assert client.post(f"/admin/profiles/{path}", {"username": "nadia"}).status_code == 403
    assert (Publication.objects.count(), Review.objects.count(), Speaker.objects.count(), User.objects.count()) == marks


def test_the_page_of_permissions_is_the_table_of_the_code():
    page = Path(settings.BASE_DIR / "docs" / "permissions.md").read_text()
    assert permission_table() in page
    assert [f"- **{role}**: {what}." for role, what in ROLES.items() if f"- **{role}**: {what}.\n" not in page] == []


def test_every_permission_of_the_table_is_there():
    named = {codename for right in RIGHTS for codename in right.codenames}
    there = set(Permission.objects.filter(codename__in=named).values_list("codename", flat=True))
    assert named - there == set()


def test_making_roles_again_takes_back_what_was_added_by_hand():
    made = ensure_roles()
    made["contributor"].permissions.add(Permission.objects.get(codename="approve_review"))
    ensure_roles()
    assert not made["contributor"].permissions.filter(codename="approve_review").exists()


def test_a_contributor_writes_and_somebody_else_puts_it_up(world):
    contributor = cast.make_user("carl", "contributor")
    desk = signed_in(contributor)
    page = "/admin/profiles/claim/rg-0002/change/"
    typed = {**served(desk, page), "statement": "The River Guards are an armed group of the river towns."}
    assert desk.post(page, typed).status_code == 302
    assert "Put up for review" not in desk.get("/admin/profiles/group/rg/change/").content.decode()
    review = open_review(["rg-0002"], by=cast.editor())
    assert {user.username for user in review.authors.all()} == {"carl", "edith"}
