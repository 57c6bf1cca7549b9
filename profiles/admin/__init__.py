"""The desk: the admin's screens over editorial. They parse, call, report."""

from django.contrib import admin

from profiles.admin import (  # noqa: F401  importing registers
    audit,
    intake,
    look,
    picture,
    publication,
    report,
    revision,
    silence,
    site,
    source,
    staging,
    tables,
    user,
    version,
)
from profiles.admin.claim import register_kinds
from profiles.admin.profile import register_profiles
from profiles.admin.review import ReviewAdmin
from profiles.models import Review

register_profiles()
register_kinds()
admin.site.register(Review, ReviewAdmin)
site.install()
