"""The site as files: all of it, no broken link, only what has changed, nothing of what was taken down."""

import json
import threading
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from profiles.editorial.take_down import redact, withdraw
from profiles.reading.pages import project
from profiles.views.export import folder as folders
from profiles.views.export.links import LIVE, Links
from tests import cast, factory
from tests.again import state
from tests.links import Checker
from tests.world import PAGES, world

pytestmark = pytest.mark.django_db
STAMPS = "manifest.json"
FEW = {"rg", "rg-0001", "rg-0004", "hb", "hb-0001", "src-0001", "src-0001-v1", "spk-0001"}


def few():
    """Of that world two groups and a claim of one: enough where it does not matter of what a page is."""
    return [document for document in world() if document.uid in FEW]


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


def export(folder, **options):
    """What the command says, a line a file, and the summary."""
    from io import StringIO

    out = StringIO()
    call_command("export_site", folder, verbosity=2, stdout=out, **options)
    *lines, summary = out.getvalue().splitlines()
    return lines, summary


_kept = {}


def exported(site, documents):
    """The site of some documents, published and exported; each process does that once, and then puts the files in."""
    factory.publish(*documents)
    known = state()
    if known not in _kept:
        export(site)
        _kept[known] = files(site)
        return
    for name, body in _kept[known].items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(body)


def files(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def served(site):
    """Asks Python's own web server over the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def asked(address):
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request("GET", address)
        answer = connection.getresponse()
        # A server of files answers a query with the file: in an export none may be asked.
        status = 400 if "?" in address else answer.status
        return status, answer.headers.get("Content-Type", ""), answer.read()

    yield asked
    server.shutdown()
    server.server_close()


def test_every_page_is_there_and_every_link_leads_to_one(client, site, served):
    factory.publish(*world())
    factory.publish(
        factory.make_group("rg", "River Guard", slug="river-guard"), factory.make_name("rg-0001", "River Guard")
    )
    export(site)
    paths = [p.replace("river-guards", "river-guard", 1) if "groups" in p else p for p in PAGES if "?" not in p]
    paths = [path for path in paths if not LIVE.fullmatch(path)]
    answers = {path: served(path) for path in paths}
    assert {path: answer[0] for path, answer in answers.items()} == dict.fromkeys(paths, 200)
    assert answers["/groups/river-guard.json"][2] == client.get("/groups/river-guard.json").content
    assert answers["/claims/rg-0004.json"][2] == client.get("/claims/rg-0004.json").content
    checker = Checker(served, good=(200,)).run("/", "/groups/river-guards/")
    assert checker.wrong == []
    assert {
        "/compare/harbour-brigade...river-guard/",
        "/groups/river-guard/",
        "/claims/rg-0004/",
    } <= checker.seen.keys()
    # The page of an edition names the slug of its time, under which the same bytes stand.
    assert [path for path in paths if path.endswith("/") and path not in checker.seen] == []
    assert served("/groups/river-guards/editions/1.json") == served("/groups/river-guard/editions/1.json")


def test_what_needs_the_running_site_leads_there_or_nowhere(site):
    exported(site, few())
    page = (site / "groups/river-guards/index.html").read_text()
    assert "<form" not in page
    assert "report/" not in page
    export(site, site="https://guards.example")
    page = (site / "groups/river-guards/index.html").read_text()
    assert 'href="https://guards.example/claims/rg-0004/report/"' in page
    assert 'action="https://guards.example/claims/"' in (site / "claims/index.html").read_text()


def test_a_second_run_writes_nothing_and_a_third_what_was_published_since(site):
    exported(site, few())
    before = files(site)
    lines, summary = export(site)
    assert (lines, summary) == ([], f"{len(before) - 1} files; 0 written (0 bytes), 0 deleted.")
    factory.publish(factory.make_claim("hb-0002", "The Harbour Brigade is an armed group."))
    lines, _ = export(site)
    after = files(site)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {f"write {name}" for name in changed - {STAMPS}} == set(lines)
    assert "write groups/harbour-brigade/index.html" in lines
    assert "write groups/river-guards/index.html" not in lines


def test_what_was_taken_down_leaves_the_folder(site, served):
    factory.publish(*world())
    export(site)
    withdraw("rg", by=cast.reviewer(), reason="Named in error.", project=project)
    lines, _ = export(site)
    assert {"delete groups/river-guards.json", "delete groups/river-guards/editions/1.json"} <= set(lines)
    for path in ("/groups/river-guards/", "/groups/river-guards/editions/1/", "/claims/rg-0004/"):
        status, _, body = served(path)
        assert (status, b"River Guards" in body) == (200, False), path
    assert Checker(served, good=(200,)).run("/", "/groups/river-guards/", "/people/salim-nasser/").wrong == []


def test_words_that_were_redacted_are_in_no_file(site):
    exported(site, few())
    words = b"about 2,000 fighters."
    assert [name for name, body in files(site).items() if words in body] != []
    redact("rg-0004", by=cast.reviewer(), reason="A court order.", project=project)
    export(site)
    assert [name for name, body in files(site).items() if words in body] == []


def test_a_dry_run_tells_and_touches_nothing(site):
    factory.publish(*few())
    lines, summary = export(site, dry_run=True)
    assert (site.exists(), len(lines) > 30, "would be written" in summary) == (False, True, True)
    export(site)
    before = files(site)
    withdraw("rg", by=cast.reviewer(), reason="Named in error.", project=project)
    lines, _ = export(site, dry_run=True)
    assert files(site) == before
    done, _ = export(site)
    assert done == lines


def test_a_run_that_is_broken_off_is_made_good_by_the_next(site, monkeypatch):
    exported(site, few())
    whole = files(site)
    factory.publish(factory.make_claim("hb-0002", "The Harbour Brigade is an armed group."))
    replace, count = folders.Folder._replace, []

    def fail(self, name, body):
        count.append(name)
        if len(count) > 5:
            raise OSError("no space left")
        replace(self, name, body)

    with monkeypatch.context() as patch:
        patch.setattr(folders.Folder, "_replace", fail)
        with pytest.raises(OSError, match="no space"):
            export(site)
    assert json.loads((site / STAMPS).read_bytes()) == {"state": {}, "files": {}}
    export(site)
    assert whole != files(site)
    again = site.parent / "again"
    export(again)
    assert files(again) == files(site)


def test_a_folder_with_something_else_in_it_is_refused(site):
    factory.publish(*factory.make_ground())
    site.mkdir()
    (site / "thesis.txt").write_text("mine")
    with pytest.raises(CommandError, match="is not empty"):
        export(site)
    (site / STAMPS).write_text("{}")
    with pytest.raises(CommandError, match="is not the manifest of an export"):
        export(site)
    assert (site / "thesis.txt").read_text() == "mine"


def test_what_begins_with_a_dot_is_left_alone(site):
    factory.publish(*factory.make_ground())
    site.mkdir()
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("mine")
    export(site)
    assert (site / ".git" / "config").read_text() == "mine"


def test_the_comparisons_of_a_list_are_written_and_no_others(site, tmp_path):
    factory.publish(*few())
    listed = tmp_path / "listed.txt"
    listed.write_text("# two\nriver-guards harbour-brigade  # in this order\n\n")
    export(site, comparisons=listed)
    assert sorted(path.name for path in (site / "compare").iterdir()) == [
        "index.html",
        "river-guards...harbour-brigade",
    ]
    listed.write_text("river-guards\n")
    with pytest.raises(CommandError, match="two to 8 slugs a line"):
        export(site, comparisons=listed)
    with pytest.raises(CommandError, match="must begin with https"):
        export(site, site="guards.example")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/groups/x/", "/groups/x/"),
        ("/groups/x.json", "/groups/x.json"),
        ("/groups/x/?on=2016", None),
        ("/compare/?with=a&with=b", "/compare/a...b/"),
        ("/compare/?with=b&with=a", None),
        ("/claims/rg-0001/report/", None),
        ("/admin/", None),
        ("/search/?q=x", None),
        ("/search/", None),
        ("/ar/groups/x/", "/ar/groups/x/"),
        ("/ar/search/", None),
        ("/ar/claims/rg-0001/report/", None),
        ("/groups/../../x/", None),
        ("/groups/%2e%2e/", None),
    ],
)
def test_each_address_has_one_path_or_none(address, path):
    assert Links([("a", "b")]).target(address) == path


def test_further_pages_of_a_list_are_paths_too():
    links = Links()
    paths = {links.target(f"/groups/?after={n}") for n in range(50)}
    assert len(paths) == 50
    assert all(path.startswith("/groups/") and path.endswith("/") for path in paths)
    assert links.target("/groups/?kind=party&after=1") is None


def test_other_sites_are_left_as_they_are():
    page = b'<a href="//elsewhere.example/x">x</a><a href="https://elsewhere.example/?q">y</a><a href="#z">z</a>'
    assert Links().rewrite(page, "/") == (page, set())


@pytest.mark.parametrize(
    ("site", "page"),
    [
        ("", '<p>\u0643</p><a href="/groups/x/#a-1">x</a><a>d</a><a href="/groups/{after}/">n</a>'),
        (
            "https://s.example",
            '<p>\u0643</p><a href="/groups/x/#a-1">x</a><a href="https://s.example/groups/x/?on=2016&amp;then=not">d</a>'
            '<form method="get" action="https://s.example/groups/?kind=party"></form><a href="/groups/{after}/">n</a>',
        ),
    ],
)
def test_the_links_of_a_page_are_led_anew(site, page):
    links = Links(site=site)
    found = (
        '<p>\u0643</p><a href="/groups/x/#a-1">x</a><a href="/groups/x/?on=2016&amp;then=not">d</a>'
        '<form method="get" action="?kind=party"></form><a href="?after=7">n</a>'
    )
    path = links.target("/groups/?after=7")
    assert links.rewrite(found.encode(), "/groups/") == (
        page.format(after=path.split("/")[2]).encode(),
        {"/groups/x/", "/groups/?after=7"},
    )
