"""No link within the site leads to nothing, and every fragment is on its page."""

import pytest
from django.contrib.staticfiles import finders

from tests import factory
from tests.links import Checker
from tests.world import world

pytestmark = pytest.mark.django_db


def get(client):
    def asked(address):
        if address.startswith("/static/"):
            return 200 if finders.find(address.removeprefix("/static/")) else 404, "", b""
        response = client.get(address)
        return response.status_code, response.headers.get("Content-Type", ""), response.getvalue()

    return asked


def test_every_link_of_the_site_leads_somewhere(client):
    factory.publish(*world())
    factory.publish(factory.make_group("rg", "River Guard", slug="river-guard"), kind="update")
    checker = Checker(get(client)).run("/", "/groups/river-guards/")
    assert "\n".join(checker.wrong) == ""
    assert {"/groups/river-guard/", "/claims/rg-0004/", "/sources/river-guards/"} <= checker.seen.keys()


def test_a_broken_link_is_found():
    pages = {"/": b'<p id="here"><a href="/x/">x</a><a href="#there">y</a>'}
    checker = Checker(lambda a: (200 if a in pages else 404, "text/html", pages.get(a, b"-"))).run("/")
    assert checker.wrong == ["/ leads to /x/, which answers 404", "/ leads to /#there, which is not on that page"]
