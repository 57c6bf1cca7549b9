"""Dead links: asked seldom and politely, kept beside the documents, which do not change."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from profiles.editorial import links
from profiles.editorial.archive import record_archive
from profiles.editorial.fetch import FetchError, Probe
from profiles.editorial.mapping import read_rows
from profiles.models import LinkCheck, SourceVersion
from profiles.values import documents as docs
from tests import cast, factory
from tests.admin.conftest import desk  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
URL = "https://courier.example/a"


@pytest.fixture
def answers(monkeypatch):
    """What each address answers: a status, or words of what went wrong."""
    given, pauses = {URL: 200}, []

    def ask(url):
        answer = given[url]
        if isinstance(answer, str):
            raise FetchError(answer)
        return answer if isinstance(answer, Probe) else Probe(answer, url)

    monkeypatch.setattr(links, "probe", ask)
    monkeypatch.setattr(links.time, "sleep", pauses.append)
    given["pauses"] = pauses
    factory.load(factory.make_source(url=URL))
    return given


def later(**values):
    LinkCheck.objects.update(checked_at=timezone.now() - timedelta(**values))


def test_an_address_is_asked_once_a_week_and_once_a_day_when_it_fails(answers):
    before = docs.digest(read_rows(["src-0001"])["src-0001"])
    assert links.check_links().asked == 1
    assert links.check_links().asked == 0
    later(days=6)
    assert links.check_links().asked == 0
    later(days=8)
    answers[URL] = 404
    assert [row.uid for row in links.check_links().failed] == ["src-0001"]
    later(hours=25)
    answers[URL] = "courier.example cannot be found"
    links.check_links()
    row = LinkCheck.objects.get()
    assert (row.status, row.problem, row.failures) == (None, "courier.example cannot be found", 2)
    assert row.answered_at is not None and not links.is_dead(row)
    later(hours=25)
    links.check_links()
    assert links.is_dead(LinkCheck.objects.get())
    later(hours=25)
    answers[URL] = 200
    links.check_links()
    assert (LinkCheck.objects.get().failures, LinkCheck.objects.get().problem) == (0, "")
    assert docs.digest(read_rows(["src-0001"])["src-0001"]) == before


def test_another_address_begins_anew(answers):
    answers[URL] = 404
    links.check_links()
    answers["https://courier.example/b"] = 404
    factory.load(factory.make_source(url="https://courier.example/b"))
    assert links.check_links().asked == 1
    assert LinkCheck.objects.get().failures == 1


def test_one_server_is_not_asked_at_a_run(answers):
    for number in range(2, 5):
        url = f"https://{'courier' if number < 4 else 'other'}.example/{number}"
        answers[url] = 200
        factory.load(factory.make_source(f"src-000{number}", slug=f"s{number}", url=url))
    assert links.check_links(most=3).asked == 3
    assert [pause > 1.5 for pause in answers["pauses"]] == [True, True]
    assert links.check_links().asked == 1


def test_the_command_names_what_does_not_answer(answers, capsys):
    answers[URL] = 410
    call_command("check_links", dry_run=True)
    assert not LinkCheck.objects.exists()
    call_command("check_links")
    call_command("check_links")
    assert capsys.readouterr().out.splitlines() == [
        f"src-0001 {URL}",
        f"src-0001 {URL}: answered 410 (1 in a row)",
        "1 asked, 1 without a good answer.",
        "0 asked, 0 without a good answer.",
    ]


def test_an_editor_sees_it_at_the_source(answers, desk):  # noqa: F811 (a fixture)
    answers[URL] = 410
    links.check_links()
    page = " ".join(desk.get("/admin/profiles/source/src-0001/change/").content.decode().split())
    assert "gave no good answer at the last 1 check" in page
    assert "It never answered." in page


def test_an_address_that_leads_from_https_to_http_answers_and_is_told_of(answers, desk):  # noqa: F811 (a fixture)
    answers[URL] = Probe(200, "http://courier.example/a")
    assert links.check_links().failed == []
    page = " ".join(desk.get("/admin/profiles/source/src-0001/change/").content.decode().split())
    assert ": <bdi>it leads from https to http://courier.example/a</bdi>." in page


def test_what_an_address_answered_that_is_no_more_stands_nowhere(answers, desk):  # noqa: F811 (a fixture)
    copy, page = "https://archive.example/1", "/admin/profiles/source/src-0001/change/"
    answers[URL], answers[copy] = 200, 404
    factory.load(factory.make_version())
    version = SourceVersion.objects.get(pk="src-0001-v1")
    record_archive(version, copy, by=cast.editor())
    links.check_links()
    assert copy in desk.get(page).content.decode()
    record_archive(version, "", by=cast.editor())
    told = desk.get(page).content.decode()
    assert copy not in told and [row.uid for row in links.answers_of(version.source)] == ["src-0001"]
