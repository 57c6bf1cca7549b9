"""The yardstick's addresses, then the site's."""

from django.urls import include, path

from .views import bare, page

urlpatterns = [
    path("bare/", bare),
    path("naive/<slug:slug>/", page),
    path("", include("militiadb.urls")),
]
handler404 = "profiles.views.profiles.not_found"
