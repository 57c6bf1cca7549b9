"""Names and statements made to break pages, files and searches: nothing breaks out, nothing answers 500."""

import csv
import io
import json
import re
import unicodedata
from xml.etree import ElementTree

import pytest

from profiles.values import documents as docs
from tests import factory

pytestmark = pytest.mark.django_db

# What a document may hold; control characters and text that is not NFC are refused on the way in (tried below).
NAUGHTY = [
    "<script>alert('naughty')</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></textarea></script><svg onload=alert(1)>",
    "]]><!--<![CDATA[&#x3c;naughty&amp;lt;",
    "{{ 104729*1299709 }}{% include 'base.html' %}{# ${104729*1299709} #}",
    "%(count)s %s %d %% {} {0}",
    "\u202enaughty\u202c \u2066left\u2069 \u200f",
    "e" + "".join(chr(0x0300 + n % 0x34) for n in range(2, 200)),
    "حراس" + "\u064b" * 180,
    "=HYPERLINK(\"http://naughty.example\")",
    "'; DROP TABLE profiles_entry; --",
    "javascript:alert(1)//",
    "\\{}$&%#_^~ \\end{document} TY  - ER  -",
    "👩‍👩‍👧‍👦 İıß ﷺ \ufeff\u00ad",
    "../../etc/passwd%00.html",
]  # fmt: skip
FORMS = ("json", "csv", "ftm.jsonl", "jsonld", "bib", "ris", "csl.json")


def nfc(text):
    return unicodedata.normalize("NFC", text)


@pytest.fixture
def published():
    made = list(factory.make_ground())
    for n, text in enumerate(map(nfc, NAUGHTY)):
        uid = f"n{n:02}"
        made += [
            factory.make_group(uid, text, slug=uid),
            factory.make_name(f"{uid}-0001", text),
            factory.make_claim(f"{uid}-0002", f"An article says {text}.", when="2016", sense="happened"),
            factory.make_claim(
                f"{uid}-0003", f"An article tells of a listing {text}.", kind="designation", topic="designations",
                aspect="listings", as_stated=text[:200], evidence="secondary",
            ),
        ]  # fmt: skip
    factory.publish(*made, note="<script>alert('naughty')</script> {{ 104729*1299709 }}")


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def broken(path, response):
    """What of an answer breaks out; empty where nothing does."""
    found, text = [], body(response).decode()
    kind = response["Content-Type"].partition(";")[0]
    if kind == "text/html":
        found += re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
        # Every tag that our templates print; a naughty one has another, or one of these with a handler.
        found += re.findall(
            r"<(?:img|svg|iframe)[^>]*(?:onload|onerror)[^>]*>|<script(?![^>]* src=)[^>]*>[^<]*alert", text
        )
        found += re.findall(r'href="(?:javascript:[^"]*)"', text)
        assert text.count("</title>") == 1 + text.count("<title>", text.find("</title>")), path
    # So long a number stands in no digest by chance.
    if "136117223861" in text.replace(" ", ""):
        found.append("a template in data was run")
    if kind == "application/x-ndjson":
        found += [line for line in text.split("\n") if line and not isinstance(json.loads(line), dict)]
    elif kind.endswith("json"):
        json.loads(text)
    elif kind == "text/csv":
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        found += [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    elif kind.endswith("xml"):
        ElementTree.fromstring(text)
    return found


def wrong(client, paths):
    answers = [(path, client.get(path)) for path in paths]
    return [
        (path, answer.status_code, faults)
        for path, answer in answers
        if (faults := broken(path, answer)) or answer.status_code != 200
    ]


def test_nothing_breaks_out_of_any_page_or_file(client, published):
    paths = [
        "/", "/groups/", "/groups/?on=2016", "/groups.csv?on=2016", "/groups.json", "/claims/", "/claims.csv",
        "/claims.json", "/designations/", "/designations.csv", "/designations.json", "/designations/matrix/?on=2016",
        "/sources/", "/sources.csv", "/publications/", "/publications/1/", "/corrections/", "/changes.atom",
        "/sitemap-claims.xml", "/api/claims", "/api/profiles", "/api/publications", "/data/claims.csv",
        "/data/claims.jsonl", "/data/entities.ftm.jsonl", "/compare/", "/compare.csv?with=n00&with=n04",
        "/compare.json?with=n00&with=n04",
    ]  # fmt: skip
    for n in range(len(NAUGHTY)):
        uid = f"n{n:02}"
        paths += [
            f"/groups/{uid}/",
            f"/groups/{uid}/?on=2016",
            f"/groups/{uid}/editions/",
            f"/groups/{uid}/editions/1/",
        ]
        paths += [f"/groups/{uid}/changes.atom", f"/groups/{uid}/record/", f"/compare/?with={uid}&with=n00"]
        paths += [f"/claims/{uid}-0002/", f"/claims/{uid}-0002.json", f"/claims/{uid}-0002.bib"]
        paths += [f"/groups/{uid}.{form}" for form in FORMS]
    paths.remove("/compare/?with=n00&with=n00")
    assert wrong(client, paths) == []


def test_what_was_published_stands_on_its_page_word_for_word(client, published):
    for n, text in enumerate(map(nfc, NAUGHTY)):
        (claim,) = [
            one for one in client.get(f"/groups/n{n:02}.json").json()["claims"] if one["uid"] == f"n{n:02}-0002"
        ]
        assert claim["statement"] == f"An article says {text}."


ASKED = [
    *NAUGHTY,
    "a\x00b",
    "\x07\x1b[31m",
    "e" + "\u0301" * 10_000,
    "x" * 50_000,
    "\ufffe\U0010ffff",
    "\r\nSet-Cookie: a=b",
]

# Those that a database or a header may choke on: asked as each question by itself.
HARD = ("a\x00b", "\r\nSet-Cookie: a=b", NAUGHTY[0])
LISTS = {
    "/search/": ("q",), "/search/suggest": ("q",),
    "/groups/": ("kind", "on", "then", "since", "after", "umbrella"),
    "/claims/": ("topic", "aspect", "subject", "source", "speaker", "on", "origins", "after"),
    "/designations/": ("authority", "on", "since", "status", "before"),
    "/designations/matrix/": ("on", "after"),
    "/compare/": ("with", "on", "only", "add"), "/compare.csv": ("with", "on"), "/sources/": ("after",),
    "/groups.csv": ("kind", "on"), "/claims.json": ("subject", "on"), "/groups/n00/": ("on",),
    "/groups/n00/record/": ("said",), "/api/claims": ("after", "subject", "limit"),
    "/publications/": ("before",),
}  # fmt: skip


def test_no_question_breaks_a_list_a_search_or_a_comparison(client, published):
    """Each text as one question of each page and as all of them at once; the hard ones as each question by itself."""
    faults = []
    for number, text in enumerate(ASKED):
        for path, names in LISTS.items():
            alone = names if text in HARD else (names[number % len(names)],)
            for asked in (*({name: text} for name in alone), dict.fromkeys(names, text)):
                answer = client.get(path, asked)
                if answer.status_code not in (200, 302, 400, 404):
                    faults.append((path, asked, answer.status_code))
                elif answer.status_code != 302 and (out := broken(path, answer)):
                    faults.append((path, asked, out))
                assert "a=b" not in str(answer.cookies)
    assert faults == []


UNSEEN = ["\u200b", "\u200e\u200f", "\u2800", "\u3164\u115f", "\xad", "\u2066\u2069", "\U000e0041"]


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\nb", "e" + "\u0301" * 10_000, "\ufffe", "a\u2028b", *UNSEEN])
def test_what_no_document_may_hold_is_refused_by_name(text):
    for given, field in (
        (factory.make_name("rg-0099", text), "name"),
        (factory.make_claim("rg-0099", text), "statement"),
    ):
        assert field in [problem.field for problem in docs.check(given)]
