"""The readers' addresses."""

from django.urls import path

from .compare import comparison
from .health import healthz
from .lists import entries

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("groups/", entries, {"model": "group"}, name="groups"),
    path("people/", entries, {"model": "person"}, name="people"),
    path("events/", entries, {"model": "event"}, name="events"),
    path("compare/", comparison, name="compare"),
]
