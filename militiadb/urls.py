"""Editors work under /admin/; all else is the readers'."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # Before the admin's own, whose sign-in it replaces.
    path("admin/", include("profiles.admin.people.urls")),
    path("admin/", admin.site.urls),
    path("", include("profiles.views.urls")),
]

handler404 = "profiles.views.profiles.not_found"
