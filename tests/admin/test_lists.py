"""Lists with nothing in them say so, and what to do next."""

import pytest
from django.apps import apps
from django.contrib import admin

from profiles.admin.empty_lists import WHEN_EMPTY
from tests import cast
from tests.admin.conftest import signed_in


def empty(response):
    content = response.content.decode()
    start = content.find('<p class="list-empty">')
    return " ".join(content[start:].partition("</p>")[0].partition(">")[2].split()) if start >= 0 else None


def test_every_list_has_words_for_its_emptiness():
    ours = {model.__name__ for model in admin.site._registry if model in apps.get_app_config("profiles").get_models()}
    assert ours == set(WHEN_EMPTY)


@pytest.mark.parametrize("name", ["claim", "group", "stage", "review", "designation", "picture", "intake"])
def test_an_empty_list_says_what_to_do_next(desk, name):
    model = apps.get_model("profiles", name)
    assert empty(desk.get(f"/admin/profiles/{name}/")) == WHEN_EMPTY[model.__name__].replace("'", "&#x27;")


def test_an_empty_search_says_where_it_looked(desk, ground):
    told = (
        "Nothing here matches “<bdi>&lt;nobody&gt;</bdi>”. The search reads: uid, words of the sentence, or a name of "
        'a profile, in any spelling. <a href="?">Show all</a>'
    )
    assert empty(desk.get("/admin/profiles/claim/?q=<nobody>")) == told
    assert empty(desk.get("/admin/profiles/stage/?state__exact=refused")) == (
        'Nothing here matches the filters. <a href="?">Show all</a>'
    )


def test_a_list_with_rows_says_nothing_of_the_kind(desk, ground):
    assert empty(desk.get("/admin/profiles/claim/")) is None


def test_the_audit_log_has_its_words_too(db):
    response = signed_in(cast.superuser()).get("/admin/profiles/auditentry/?q=nobody")
    assert empty(response) == 'Nothing here matches “<bdi>nobody</bdi>”. <a href="?">Show all</a>'


def test_a_version_is_chosen_by_the_title_of_its_source(desk, ground):
    query = "term=river&app_label=profiles&model_name=citation&field_name=version"
    found = desk.get(f"/admin/autocomplete/?{query}").json()["results"]
    told = "Who are the River Guards? (src-0001-v1, 2024-05-03T10:00)"
    assert found == [{"id": "src-0001-v1", "text": told}]
    # The same once it is chosen.
    assert f">{told}</option>" in desk.get("/admin/profiles/claim/rg-0001/change/").content.decode()
