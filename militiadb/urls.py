"""Editors work under /admin/; all else is the readers'."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("profiles.views.urls")),
]

handler404 = "profiles.views.profiles.not_found"
