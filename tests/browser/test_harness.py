"""The instruments themselves: each must see a fault that is there."""

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from .axe import axe
from .pictures import screenshot
from .vnu import validate_html

GOOD = """<!doctype html>
<html lang="en">
<head><title>A page</title></head>
<body><main><h1>A page</h1></main></body>
</html>"""
NO_ALT = GOOD.replace("</main>", '<img src="/static/x.png"></main>')
INLINE = GOOD.replace("</main>", "<script>document.title = 'run'</script></main>")
FOREIGN = GOOD.replace("</main>", '<img alt="" src="http://127.0.0.2:9/x.png"></main>')


def serve(html):
    return lambda request: HttpResponse(html)


urlpatterns = [
    path("good", serve(GOOD)),
    path("no-alt", serve(NO_ALT)),
    path("inline", serve(INLINE)),
    path("", include("profiles.views.urls")),
]


@pytest.fixture(autouse=True)
def addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_axe_passes_a_good_page_and_names_a_picture_without_words(new_page):
    page = new_page()
    page.goto("/good")
    assert axe(page) == []
    page.goto("/no-alt")
    assert [line.split(" at ")[0] for line in axe(page)] == ["image-alt (critical)"]


def test_inline_script_does_not_run(new_page, browser, live_server):
    page = browser.new_page()
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto(f"{live_server.url}/inline")
    assert page.title() == "A page"
    # Chromium may have asked for an icon by now, which these few pages have not.
    assert [("script-src" in text) for text in heard if "Failed to load resource" not in text] == [True]
    page.close()


def test_a_picture_is_kept_where_they_are_asked_for(new_page, monkeypatch, tmp_path):
    page = new_page(width=360, dark=True)
    page.goto("/good")
    monkeypatch.setenv("PICTURES", str(tmp_path / "pictures"))
    path = screenshot(page, "good")
    assert path == str(tmp_path / "pictures" / "good.png")
    assert (tmp_path / "pictures" / "good.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    monkeypatch.delenv("PICTURES")
    assert (screenshot(page, "bad"), len(list((tmp_path / "pictures").iterdir()))) == ("", 1)


def test_the_health_page_reaches_the_database_from_the_server(new_page):
    page = new_page(javascript=False)
    assert page.goto("/healthz").status == 200


def test_the_checker_passes_a_good_page_and_names_the_faulty_one(java):
    errors = validate_html({"good": GOOD, "no alt": NO_ALT})
    assert [line.partition(":")[0] for line in errors] == ["no alt"]
    assert validate_html({}) == []
