"""A captured picture is seen beside its transcript: its pixels made again, for editors alone."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from PIL import Image

from profiles.models import Capture, Intake
from tests import cast
from tests.admin.conftest import signed_in
from tests.admin.forms import served

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(1)</script>"


def captured(desk, monkeypatch, data):
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    file = SimpleUploadedFile("leaflet.png", data)
    desk.post("/admin/profiles/intake/add/", {"url": "", "text": "", "transcript": "We hold the bridge.", "file": file})
    call_command("work", once=True)
    return Intake.objects.get()


def address(of, act, pk):
    return reverse(f"admin:profiles_{of}_{act}", args=[pk])


def test_it_is_made_again_and_shown_before_it_is_kept_and_after(desk, monkeypatch):
    out = BytesIO()
    Image.new("RGB", (1400, 100), "#336699").save(out, "PNG")
    made = captured(desk, monkeypatch, out.getvalue() + SCRIPT)
    page = desk.get(address("intake", "change", made.pk)).content.decode()
    assert f'src="{address("intake", "picture", made.pk)}"' in page and "Look at this first" not in page
    form = {**served(desk, address("intake", "change", made.pk)), "title": "Leaflet", "kind": "statement"}
    before = desk.get(address("intake", "picture", made.pk))
    desk.post(address("intake", "keep", made.pk), form)
    shown = address("sourceversion", "picture", "src-0001-v1")
    assert f'src="{shown}"' in desk.get(address("sourceversion", "change", "src-0001-v1")).content.decode()
    after = desk.get(shown)
    assert (before.content, before["Content-Type"]) == (after.content, "image/webp")
    assert SCRIPT not in after.content and SCRIPT in bytes(Capture.objects.get().raw)
    assert Image.open(BytesIO(after.content)).size == (1280, 91)
    headers = ("Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")
    assert [after[name] for name in headers] == ["no-store, private", "sandbox; default-src 'none'", "nosniff"]
    users = [signed_in(cast.make_user(role, role)) for role in ("reviewer", "administrator")]
    assert [user.get(shown).status_code for user in users] == [200, 403]


def test_one_that_cannot_be_decoded_is_told_of_before_it_is_kept(desk, monkeypatch):
    made = captured(desk, monkeypatch, b"\x89PNG\r\n\x1a\n" + SCRIPT)
    assert made.warnings == [
        "The picture cannot be shown here: compare the transcript with the file itself. "
        "It is none of PNG, JPEG, WebP, AVIF and GIF, whatever it is called."
    ]
    response = desk.get(address("intake", "picture", made.pk))
    assert (response.status_code, response["Content-Type"]) == (422, "text/plain; charset=utf-8")


def test_what_is_no_picture_has_none(desk, monkeypatch):
    desk.post("/admin/profiles/intake/add/", {"url": "", "text": "Words.", "transcript": ""})
    made = Intake.objects.get()
    assert desk.get(address("intake", "picture", made.pk)).status_code == 404
    assert "captured-picture" not in desk.get(address("intake", "change", made.pk)).content.decode()
