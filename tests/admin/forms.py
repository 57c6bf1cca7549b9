"""What a browser would post: the form as it was served, with some fields typed over."""

import copy
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest
from django.contrib.auth import SESSION_KEY
from django.template.response import TemplateResponse
from django.urls import reverse

from tests.again import state


class _Form(HTMLParser):
    """Successful controls of the document form, as HTML defines them."""

    def __init__(self):
        super().__init__()
        self.fields, self.inside, self.select, self.area = {}, False, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id", "").endswith("_form") and attrs["id"] != "logout-form"
        if not self.inside:
            return
        name = attrs.get("name")
        if tag == "input" and name and attrs.get("type") not in ("submit", "checkbox", "radio"):
            self.fields[name] = attrs.get("value", "")
        elif tag == "input" and name and "checked" in attrs:
            self.fields.setdefault(name, [])
            self.fields[name].append(attrs.get("value", "on"))
        elif tag == "select":
            self.select, self.many = name, "multiple" in attrs
            self.first = True
        elif tag == "option" and self.select:
            if "selected" in attrs and self.many:
                self.fields.setdefault(self.select, []).append(attrs["value"])
            elif not self.many and ("selected" in attrs or self.first):
                self.fields[self.select] = attrs.get("value", "")
            self.first = False
        elif tag == "textarea":
            self.area = name
            self.fields[name] = ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            # A browser drops the first line feed of a textarea.
            self.fields[self.area] += data


_served = {}


def served(client, path):
    """The fields of the form at an address, as a browser would send them back: asked once of the same rows."""
    key = (state(), client.session.get(SESSION_KEY), path)
    if key[0] is None:
        return fetched(client, path)
    if key not in _served:
        _served[key] = fetched(client, path)
    return copy.deepcopy(_served[key])


def fetched(client, path):
    """The same, asked each time: where it tells what that costs."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    parser = _Form()
    parser.feed(response.content.decode())
    fields = {
        k: v.removeprefix("\r\n").removeprefix("\n") if isinstance(v, str) else v for k, v in parser.fields.items()
    }
    return {name: value for name, value in fields.items() if "__prefix__" not in name and "-empty-" not in name}


@contextmanager
def undrawn():
    """Answers are worked out and not drawn, where `response.context_data` is all that is asked: that is far quicker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TemplateResponse, "rendered_content", "")
        yield


def claim_page(uid):
    return reverse("admin:profiles_claim_change", args=[uid])


def add_page(kind="statement", subject="rg", **more):
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{reverse('admin:profiles_claim_add')}?kind={kind}&subject={subject}{query}"


def errors(response):
    """Everything that the served form says is wrong."""
    found = response.context["errors"]
    return [str(message) for some in found for message in (some if isinstance(some, list) else [some])]


QUOTE = "The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa."


def typed_citation(number=0, quote=QUOTE, version="src-0001-v1", bearing="supports", voice="stated", **more):
    values = {"version": version, "quote": quote, "bearing": bearing, "voice": voice, "part": "body", **more}
    return {f"citations-{number}-{name}": value for name, value in values.items()}
