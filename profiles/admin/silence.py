"""Silences: what was looked for about a profile, in which sources, and not found."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from profiles.admin.desk import DocumentAdmin
from profiles.admin.filters import BySubject, ByTopic
from profiles.admin.form import DocumentForm
from profiles.admin.marks import DraftFilter, draft
from profiles.admin.of_profile import OfProfile
from profiles.admin.review_action import put_up_for_review
from profiles.admin.words import EMPTY, aspect_choices, aspect_label, topic_label
from profiles.models import Silence


class SilenceForm(DocumentForm):
    """One silence of one profile."""

    renamed = {"topic": "aspect_key", "aspect": "aspect_key"}

    aspect_key = forms.ChoiceField(label="Aspect", help_text="The question that was asked.")

    def __init__(self, *args, start, **kwargs):
        super().__init__(*args, start=start, **kwargs)
        self.fields["aspect_key"].choices = [EMPTY, *aspect_choices(start["profile"].model)]
        self.fields["searched"].help_text = "The versions that were read for it."

    def of_document(self, document):
        return {**super().of_document(document), "aspect_key": f"{document.topic}.{document.aspect}"}

    def clean_aspect_key(self):
        key = self.cleaned_data["aspect_key"]
        topic, aspect = key.split(".")
        there = Silence.objects.filter(subject=self.start["profile"], topic=topic, aspect=aspect)
        if self.current:
            there = there.exclude(pk=self.current.uid)
        if other := there.first():
            raise forms.ValidationError(f"{other.pk} tells of this aspect already.")
        return key

    def values(self):
        found = super().values()
        if key := getattr(self, "cleaned_data", {}).get("aspect_key"):
            found["topic"], found["aspect"] = key.split(".")
        found.pop("aspect_key", None)
        return found


@admin.register(Silence)
class SilenceAdmin(OfProfile, DocumentAdmin):
    """Silences, listed and edited."""

    tag = "silence"
    form = SilenceForm
    list_display = ("uid", "subject", "heading", "state", draft)
    list_filter = (DraftFilter, ByTopic, BySubject)
    list_select_related = ("subject",)
    search_fields = ("uid", "subject__label", "aspect", "note")
    profile_fields = ("subject",)
    autocomplete_fields = ("searched",)
    actions = (put_up_for_review,)

    @admin.display(description="aspect", ordering="topic")
    def heading(self, row):
        model = row.subject.model
        return f"{topic_label(model, row.topic)}: {aspect_label(model, row.topic, row.aspect)}"

    def begun(self, request, subject):
        return {"state": "not_stated", "aspect_key": request.GET.get("aspect", "")}

    def fieldsets_of(self, request, start, current):
        return [(None, {"fields": ["aspect_key", "state", "searched", "note", "reason"]})]

    def saved(self, request, row, *, new, outcome):
        said = f"{row.pk} is saved." if outcome.revision else "Nothing was changed."
        self.message_user(request, said, messages.SUCCESS)
        address = reverse(f"admin:profiles_{row.subject.model}_change", args=[row.subject_id])
        return HttpResponseRedirect(f"{address}#{row.pk}")
