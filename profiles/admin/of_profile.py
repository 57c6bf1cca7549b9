"""Documents that belong to one profile: pictures, silences. Asked is whose, where the address does not say."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.template.response import TemplateResponse

from profiles.editorial.edit import new_salt, next_uid
from profiles.models import Profile


class OfProfile:
    """For the screen of such a document; what a new one begins with beside is `begun`."""

    def start(self, request):
        subject = Profile.objects.filter(pk=request.GET.get("subject", "")).first()
        if subject is None:
            return self.choose(request)
        owned = {"model": self.tag, "subject": subject.pk, "profile": subject, "salt": new_salt()}
        return {**owned, **self.begun(request, subject)}

    def started(self, row, current):
        return {"model": self.tag, "profile": row.subject}

    def new_uid(self, start):
        return next_uid(start["profile"], self.tag)

    def choose(self, request):
        """Ask whose it is."""
        ask = forms.Form()
        ask.fields["subject"] = forms.ModelChoiceField(
            Profile.objects.all(), widget=AutocompleteSelect(self.model._meta.get_field("subject"), admin.site)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": f"Add {self.tag}: whose?",
            "opts": self.opts,
            "form": ask,
            "media": self.media + ask.media,
        }
        return TemplateResponse(request, "admin/desk/choose.html", context)
