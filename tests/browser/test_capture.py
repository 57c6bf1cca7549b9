"""Capturing in Chromium, from a server of strangers: by keyboard and without scripts, and nothing of theirs runs."""

import pytest
from django.core.management import call_command

from profiles.models import Capture, Intake, SourceVersion
from tests import cast
from tests.editorial.extraction.shapes import ARABIC, LONG, SHAPES, article, p

from .axe import axe, in_both
from .pictures import screenshot

EVIL = (
    "<title>An ill page</title><script>document.title = 'it ran'; window.ran = 1; fetch('https://evil.example/')</script>"
    + article(
        p(*LONG, ARABIC[0])
        + "<p>&lt;script&gt;window.ran = 2&lt;/script&gt; &lt;img src=x onerror='window.ran = 3'&gt;</p>"
        "<p onmouseover='window.ran = 4'>A paragraph that waits to be touched, and is as long as any other one.</p>"
        '<figure><img src="https://evil.example/p.png" alt="&quot;&gt;&lt;script&gt;window.ran = 5&lt;/script&gt; a">'
        "<figcaption>&lt;svg onload='window.ran = 6'&gt; is its caption.</figcaption></figure>",
        title="An ill page &lt;script&gt;window.ran = 7&lt;/script&gt;",
    )
    + "<script>" + "window.ran = 8;" * 50 + "</script>"
)  # fmt: skip


@pytest.fixture
def strangers(web):
    """The address of a server with pages of every shape, and an ill one."""
    web.pages = {"/evil": EVIL, **{f"/{shape.name.replace(' ', '-')}": shape.page for shape in SHAPES}}
    return web.url


def ask(page, url):
    page.goto("/admin/profiles/intake/add/")
    page.fill("#id_url", url)
    page.press("#id_url", "Enter")
    page.wait_for_selector("text=is being fetched and read")


def work():
    call_command("work", once=True)


def test_a_page_is_asked_for_read_looked_at_and_kept(desk, strangers):
    page = desk(cast.editor())
    ask(page, f"{strangers}/caption")
    screenshot(page, "capture-waiting")
    assert axe(page) == []
    work()
    # The page looks by itself whether it is done.
    page.wait_for_selector("text=What was left out")
    assert axe(page) == []
    screenshot(page, "capture-look")
    page.select_option("#id_kind", "news_article")
    page.fill("#id_publisher", "Marwa Courier")
    page.press("#id_publisher", "Enter")
    page.wait_for_url("**/admin/profiles/sourceversion/src-0002-v1/change/")
    assert page.inner_text("#reader-text").count(LONG[0]) == 1
    assert SourceVersion.objects.get(pk="src-0002-v1").source.publisher == "Marwa Courier"


def test_without_scripts_it_is_looked_at_again_by_hand(desk, strangers):
    page = desk(cast.editor(), javascript=False)
    ask(page, f"{strangers}/arabic")
    work()
    page.click("text=Look again")
    page.wait_for_selector("text=What was left out")
    page.click("text=Correct the text")
    page.fill("#id_text", ARABIC[0])
    page.select_option("#id_kind", "report")
    page.click("text=Keep as a version")
    page.wait_for_url("**/src-0002-v1/change/")
    assert SourceVersion.objects.get(pk="src-0002-v1").fidelity == "transcript"


def test_a_page_full_of_scripts_shown_to_an_administrator_runs_nothing(desk, strangers):
    """`new_page` fails, too, if another host was asked for anything or the policy was broken."""
    page = desk(cast.superuser())
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    ask(page, f"{strangers}/evil")
    work()
    page.wait_for_selector("text=What was left out")
    for box in page.query_selector_all(".capture-text li, .capture-lost li"):
        box.hover()
    assert "<script>window.ran = 2</script>" in page.inner_text(".capture-text")
    assert "<svg onload='window.ran = 6'> is its caption." in page.inner_text(".capture-columns")
    assert page.evaluate("[typeof window.ran, document.querySelectorAll('.capture-text *:not(li)').length]") == [
        "undefined",
        0,
    ]
    with page.expect_download() as file:
        page.click("text=as it came")
    assert file.value.suggested_filename.endswith(".html.txt")
    page.select_option("#id_kind", "report")
    page.click("text=Keep as a version")
    page.wait_for_url("**/src-0002-v1/change/")
    assert page.evaluate("typeof window.ran") == "undefined"
    # Nor where its address is typed in: it comes as a file.
    with page.expect_download() as file:
        page.evaluate("location.href = '/admin/profiles/sourceversion/src-0002-v1/raw/'")
    assert file.value.path().read_bytes() == bytes(Capture.objects.get(pk="src-0002-v1").raw)
    assert ran == []


def test_a_failure_says_why_and_can_be_tried_again(desk, strangers):
    page = desk(cast.editor(), width=320, dark=True)
    ask(page, f"{strangers}/none")
    work()
    page.wait_for_selector(f"text={strangers}/none answered 404 Not Found")
    assert axe(page) == []
    screenshot(page, "capture-failed-320-dark")
    page.click("input[value='Try again']")
    page.wait_for_selector("text=is being fetched and read")
    assert Intake.objects.get().state == "waiting"


def test_the_pages_fit_and_axe_finds_nothing(desk, strangers):
    page = desk(cast.editor(), width=320)
    page.goto("/admin/profiles/intake/add/?source=src-0001")
    assert in_both(page, look=lambda way: screenshot(page, f"capture-ask-{way}")) == []
    for shape in ("live-blog", "persian", "embedded"):
        ask(page, f"{strangers}/{shape}")
        work()
        page.wait_for_selector("text=What was left out")
        page.click("text=Correct the text")
        assert in_both(page, look=lambda way: screenshot(page, f"capture-{shape}-{way}")) == []  # noqa: B023 (called at once)
    page.goto("/admin/profiles/intake/")
    assert in_both(page, look=lambda way: screenshot(page, f"capture-list-{way}")) == []
