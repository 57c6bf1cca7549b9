"""The readers' addresses."""

from django.urls import path, re_path

from .compare import comparison
from .health import healthz
from .home import home
from .lists import entries
from .profiles import edition, editions, stored
from .words import about_words

# Letters, digits and single hyphens, as documents have them.
SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
PROFILE = rf"^(?P<folder>groups|people|events)/{SLUG}"

urlpatterns = [
    path("", home, name="home"),
    path("about/words/", about_words, name="words"),
    re_path(rf"{PROFILE}/$", stored, name="profile"),
    re_path(rf"{PROFILE}\.json$", stored, name="profile-json"),
    re_path(rf"{PROFILE}/editions/$", editions, name="editions"),
    re_path(rf"{PROFILE}/editions/(?P<number>[1-9]\d{{0,8}})/$", edition, name="edition"),
    path("healthz", healthz, name="healthz"),
    path("groups/", entries, {"model": "group"}, name="groups"),
    path("people/", entries, {"model": "person"}, name="people"),
    path("events/", entries, {"model": "event"}, name="events"),
    path("compare/", comparison, name="compare"),
]
