"""Sources: works, with their versions listed beneath."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count

from profiles.admin.desk import DocumentAdmin
from profiles.admin.filters import by_words
from profiles.admin.form import DocumentForm
from profiles.admin.history import revisions_of
from profiles.admin.intake import may_capture
from profiles.admin.marks import DraftFilter, draft
from profiles.admin.review_action import put_up_for_review
from profiles.admin.version import versions
from profiles.editorial.links import answers_of, is_dead
from profiles.editorial.reanchor import number_of
from profiles.models import Source
from profiles.values import documents as docs
from profiles.values.vocabulary import SOURCE_KIND

_LOOKED_FOR = ("author", "publisher", "url", "language")


class SourceForm(DocumentForm):
    """The header of a work."""

    unknown = forms.MultipleChoiceField(
        label="Looked for and not known",
        required=False,
        choices=[(name, {"url": "address"}.get(name, name)) for name in _LOOKED_FOR],
        widget=forms.CheckboxSelectMultiple,
    )
    no_fact = forms.CharField(
        label="Paragraphs without fact",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Left out of coverage. A version a line: src-0001-v1: 0, 3, 17",
    )

    def of_document(self, document):
        by_version: dict[str, list[int]] = {}
        for mark in document.no_fact:
            by_version.setdefault(mark.version, []).append(mark.paragraph)
        told = "\n".join(f"{version}: {', '.join(map(str, numbers))}" for version, numbers in by_version.items())
        return {**super().of_document(document), "no_fact": told, "unknown": list(document.unknown)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What an import names beyond our list stays.
        known = dict(self.fields["unknown"].choices)
        extra = [(name, name) for name in (self.current.unknown if self.current else ()) if name not in known]
        self.fields["unknown"].choices = [*known.items(), *extra]

    def clean_unknown(self):
        return tuple(self.cleaned_data["unknown"])

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        others = Source.objects.filter(slug=slug)
        if self.current:
            others = others.exclude(pk=self.current.uid)
        if others.exists():
            raise ValidationError("Another source has this slug already.")
        return slug

    def clean_no_fact(self):
        found = []
        for line in self.cleaned_data["no_fact"].splitlines():
            version, colon, numbers = line.partition(":")
            if not line.strip():
                continue
            given = [number.strip() for number in numbers.split(",")]
            if not colon or not all(number.isdecimal() and number.isascii() for number in given):
                raise ValidationError(f"Write {line.strip()!r} like this: src-0001-v1: 0, 3, 17")
            found += [docs.NoFact(version=version.strip(), paragraph=int(number)) for number in given]
        own = self.current.uid if self.current else ""
        if strange := [mark.version for mark in found if not mark.version.startswith(f"{own}-v")]:
            raise ValidationError(f"{strange[0]} is no version of this source.")
        return tuple(found)


@admin.register(Source)
class SourceAdmin(DocumentAdmin):
    """Works, with their versions listed beneath."""

    tag = "source"
    form = SourceForm
    change_form_template = "admin/desk/source.html"
    list_display = ("title", "kind_label", "publisher", "versions_number", "uid", draft)
    list_filter = (DraftFilter, by_words("kind", SOURCE_KIND.choices))
    search_fields = ("uid", "title", "slug", "publisher", "author", "url")
    spelled_fields = ("title", "publisher", "author")
    ordering = ("title", "uid")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("derives_from",)
    actions = (put_up_for_review,)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(versions_count=Count("versions"))

    @admin.display(description="kind", ordering="kind")
    def kind_label(self, row):
        return SOURCE_KIND.label(row.kind)

    @admin.display(description="versions")
    def versions_number(self, row):
        return row.versions_count

    def fieldsets_of(self, request, start, current):
        main = ["title", ("kind", "slug"), ("publisher", "author"), ("url", "language"), "unknown", "derives_from"]
        rest = ["text_may_travel", "no_fact", "note"] if current else ["text_may_travel", "note"]
        return [(None, {"fields": main}), ("More", {"fields": rest}), (None, {"fields": ["reason"]})]

    def more(self, request, row, current):
        if row is None:
            return {}
        found = sorted(versions(row.versions.all()), key=lambda one: number_of(one.pk))
        return {
            "may_capture": may_capture(request.user),
            "links": [(one, is_dead(one)) for one in answers_of(row)],
            "newest": max(found, key=lambda one: number_of(one.pk)).pk if len(found) > 1 else "",
            "may_look": request.user.has_perm("profiles.change_claim"),
            "versions": found,
            "history": revisions_of([row.pk], limit=5),
        }
