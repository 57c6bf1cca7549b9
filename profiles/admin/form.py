"""Forms over documents: what is typed becomes a document; rows are written by editorial verbs alone."""

import unicodedata
from typing import Any

import msgspec
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db import models

from profiles.admin.words import EMPTY
from profiles.values import documents as docs


def tidy(text: str) -> str:
    """Typed text as documents keep it: Unicode NFC, one space between words, no line breaks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain(value: Any) -> Any:
    """A cleaned value as a document has it: uids in place of rows."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet):
        return tuple(sorted(row.pk for row in value))
    return value


class ManyLookUp(AutocompleteSelectMultiple):
    """A look-up of several; each is taken out by itself, since a button for all stands within their list."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class ManyUids(forms.ModelMultipleChoiceField):
    """Several documents, looked up by name; `like` is a field of the model that points to the same table."""

    def __init__(self, like: models.Field, widget: type[forms.Widget] = ManyLookUp, **kw: Any) -> None:
        rows = like.remote_field.model._default_manager.all()
        super().__init__(rows, required=False, widget=widget(like, admin.site), **kw)


class DocumentForm(forms.ModelForm):
    """A form that spells one document. It checks the document, not the row, and never saves by itself."""

    # Fields of the document that stand in the form under another name.
    renamed: dict[str, str] = {}

    reason = forms.CharField(
        label="Reason for this change",
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text="Kept in the history. Needed once this has been published.",
    )

    def __init__(self, *args: Any, current: docs.Document | None = None, start: dict[str, Any], **kwargs: Any) -> None:
        self.current, self.start = current, start
        kwargs["initial"] = {**(self.of_document(current) if current else start), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # A required word without a default is chosen, never the list's first by accident.
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 2
            chosen = self.initial.get(name) or field.initial
            if isinstance(field, forms.TypedChoiceField) and field.required and not chosen and field.choices[0][0]:
                field.choices = [EMPTY, *field.choices]

    def of_document(self, document: docs.Document) -> dict[str, Any]:
        """What the form shows of a document."""
        return {name: getattr(document, name) for name in document.__struct_fields__}

    def _post_clean(self) -> None:
        # The document is checked instead, by the same words as every other way in.
        pass

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = tidy(value)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Field of the document -> what was typed; what did not parse is left out."""
        cleaned = getattr(self, "cleaned_data", {})
        return {name: plain(value) for name, value in cleaned.items() if name in self.struct().__struct_fields__}

    def struct(self) -> type[msgspec.Struct]:
        """The type of the document."""
        return type(self.current) if self.current else docs.TYPES[self.start["model"]]

    def document(self, uid: str) -> Any:
        """The document as typed, over the one that the form was opened on. Not checked yet."""
        if self.current:
            return msgspec.structs.replace(self.current, **self.values())
        known = {k: v for k, v in self.start.items() if k in self.struct().__struct_fields__}
        return self.struct()(**{**known, **self.values(), "uid": uid, "schema": docs.SCHEMA})

    def take_problems(self, problems: list[docs.Problem]) -> None:
        """Show what is wrong with the document at the fields where it was typed."""
        for problem in problems:
            self.show_problem(problem.field, problem.message)

    def show_problem(self, field: str, message: str) -> None:
        """One problem, at its field if it is on this form, else above all."""
        name = self.renamed.get(field, field)
        said = f"{message[:1].upper()}{message[1:]}."
        if name in self.fields and name not in self.errors:
            self.add_error(name, said)
        elif name not in self.fields:
            self.add_error(None, f"{field}: {message}." if field else said)


def problems_of(document: docs.Document) -> list[docs.Problem]:
    """All that is wrong with a document as typed: types, lengths, words, shape."""
    try:
        docs.convert(msgspec.to_builtins(document))
    except docs.DocumentError as error:
        return error.problems
    return []
