"""The small tables that claims point to: speakers, authorities, programmes, places."""

from django.contrib import admin

from profiles.admin.desk import DocumentAdmin
from profiles.admin.filters import by_words
from profiles.admin.history import revisions_of
from profiles.admin.marks import DraftFilter, draft
from profiles.admin.review_action import put_up_for_review
from profiles.models import Authority, Place, Programme, Speaker
from profiles.values.vocabulary import PLACE_KIND, SPEAKER_KIND


class TableAdmin(DocumentAdmin):
    """A header document without anything nested."""

    fields = ()
    spelled_fields = ("label",)
    actions = (put_up_for_review,)

    def fieldsets_of(self, request, start, current):
        return [(None, {"fields": [*self.fields, "reason"]})]

    def more(self, request, row, current):
        return {"history": revisions_of([row.pk], limit=5)} if row else {}


@admin.register(Speaker)
class SpeakerAdmin(TableAdmin):
    """Who is heard in passages."""

    tag = "speaker"
    fields = ("label", ("kind", "profile"), ("anonymous", "count"), "note")
    list_display = ("label", "kind_label", "anonymous", "count", "profile", "uid", draft)
    list_filter = (DraftFilter, by_words("kind", SPEAKER_KIND.choices), "anonymous")
    list_select_related = ("profile",)
    search_fields = ("uid", "label", "profile__label")
    profile_fields = ("profile",)
    autocomplete_fields = ("profile",)

    @admin.display(description="kind", ordering="kind")
    def kind_label(self, row):
        return SPEAKER_KIND.label(row.kind)


@admin.register(Authority)
class AuthorityAdmin(TableAdmin):
    """Bodies that list."""

    tag = "authority"
    fields = ("label", ("country", "profile"), "note")
    list_display = ("label", "country", "profile", "uid", draft)
    list_filter = (DraftFilter,)
    list_select_related = ("profile",)
    search_fields = ("uid", "label", "country", "profile__label")
    profile_fields = ("profile",)
    autocomplete_fields = ("profile",)


@admin.register(Programme)
class ProgrammeAdmin(TableAdmin):
    """Lists of authorities."""

    tag = "programme"
    fields = ("label", ("authority", "code"), "note")
    list_display = ("label", "authority", "code", "uid", draft)
    list_filter = (DraftFilter,)
    list_select_related = ("authority",)
    search_fields = ("uid", "label", "code", "authority__label")
    spelled_fields = ("label", "authority__label")
    autocomplete_fields = ("authority",)


@admin.register(Place)
class PlaceAdmin(TableAdmin):
    """Places, no finer than a town unless a public landmark."""

    tag = "place"
    fields = ("label", ("kind", "within"), ("country",), ("latitude", "longitude"), "note")
    list_display = ("label", "kind_label", "within", "country", "uid", draft)
    list_filter = (DraftFilter, by_words("kind", PLACE_KIND.choices))
    list_select_related = ("within",)
    search_fields = ("uid", "label", "country", "within__label")
    spelled_fields = ("label", "within__label")
    autocomplete_fields = ("within",)

    @admin.display(description="kind", ordering="kind")
    def kind_label(self, row):
        return PLACE_KIND.label(row.kind)
