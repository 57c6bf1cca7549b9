"""What is typed to capture something, and to keep it once it was read."""

from django import forms

from profiles.admin.form import tidy
from profiles.editorial.fetch import MAX_BYTES
from profiles.editorial.keep import Wanted, free_slug
from profiles.models import Source, SourceVersion
from profiles.values.vocabulary import SOURCE_KIND

# A form with more is not read at all; larger texts come as files.
MOST_TYPED = 1_000_000
_WIDE = {"class": "vTextField", "autocomplete": "off"}
_AREA = {"class": "vLargeTextField", "dir": "auto"}


class CaptureForm(forms.Form):
    """An address, a file or a text: one of them."""

    url = forms.CharField(
        label="Address",
        required=False,
        max_length=1000,
        widget=forms.URLInput(attrs={**_WIDE, "inputmode": "url"}),
        help_text="Of the public web. With a file or a text below: where that was read; it is then not fetched.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": ".html,.htm,.xhtml,.pdf,.txt,.md,.png,.jpg,.jpeg,.gif,.webp,.tif,.tiff"}
        ),
        help_text=f"A saved page, a PDF, a plain text or a picture, of at most {MAX_BYTES // 1_000_000} MB.",
    )
    transcript = forms.CharField(
        label="Words of the picture",
        required=False,
        strip=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={**_AREA, "rows": 4}),
        help_text="Only for a picture: its words as you read them. They are marked as a transcript.",
    )
    text = forms.CharField(
        label="Or the text itself",
        required=False,
        strip=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={**_AREA, "rows": 8}),
        help_text="Pasted as it stands there, a paragraph a line.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(f"This file is larger than {MAX_BYTES:,} bytes.")
        return file

    def clean(self):
        given = self.cleaned_data
        if given.get("file") and given.get("text", "").strip():
            raise forms.ValidationError("Give a file or a text, not both.")
        if given.get("transcript", "").strip() and not given.get("file"):
            self.add_error("transcript", "Give the picture too, or paste these words as a text.")
        elif not self.errors and not (given.get("url") or given.get("file") or given.get("text", "").strip()):
            raise forms.ValidationError("Give an address, a file or a text.")
        return given


class KeepForm(forms.Form):
    """What is kept of what was read: a new source's header, and the version. Proposals stand in it, to be corrected."""

    title = forms.CharField(max_length=300, widget=forms.TextInput(attrs={**_WIDE, "dir": "auto"}))
    kind = forms.ChoiceField(choices=[("", "---------"), *SOURCE_KIND.choices])
    publisher = forms.CharField(required=False, max_length=300, widget=forms.TextInput(attrs={**_WIDE, "dir": "auto"}))
    author = forms.CharField(required=False, max_length=300, widget=forms.TextInput(attrs={**_WIDE, "dir": "auto"}))
    url = forms.URLField(
        label="Address", required=False, max_length=1000, assume_scheme="https", widget=forms.URLInput(attrs=_WIDE)
    )
    language = forms.CharField(required=False, max_length=64, help_text="BCP 47, as en or ar.")
    slug = forms.SlugField(
        required=False, max_length=100, help_text="Of its public address; made from the title if empty."
    )
    stamp = forms.RegexField(
        r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?\Z",
        required=False,
        help_text="The publisher's own date line: 2025-04-07T17:22, or as much of it as there is.",
        error_messages={"invalid": "Write it like 2025-04-07T17:22, 2025-04-07 or 2025-04."},
    )
    stamp_zone = forms.CharField(
        label="Its zone", required=False, max_length=64, help_text="As +03:00 or UTC; empty if unknown."
    )
    archive_url = forms.URLField(
        label="Archived copy",
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs=_WIDE),
        help_text="Where an archive keeps this page, if one does.",
    )
    note = forms.CharField(
        required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )
    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={**_AREA, "rows": 16}),
        help_text="A paragraph a line. Changed words are a transcript, and marked so; the bytes stay as they came.",
    )
    HEADER = ("title", "kind", "publisher", "author", "url", "language", "slug")
    VERSION = ("stamp", "stamp_zone", "archive_url", "note")

    def __init__(self, data, *, intake):
        proposed = dict(intake.proposed)
        self.correctable = len(intake.text) <= MOST_TYPED // 2
        initial = {**proposed, "text": intake.transcript or intake.text, "url": proposed.get("url") or intake.url}
        super().__init__(data, initial=initial, label_suffix="")
        if intake.source_id:
            for name in self.HEADER:
                del self.fields[name]
        if not self.correctable:
            del self.fields["text"]
        elif intake.fidelity and not intake.transcript:
            self.fields["text"].help_text = "A paragraph a line. It stays marked as inexact, whatever is corrected."

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug and Source.objects.filter(slug=slug).exists():
            raise forms.ValidationError(f"Another source has this slug already: {free_slug(slug)} is free.")
        return slug

    @property
    def header_fields(self):
        return [self[name] for name in self.HEADER if name in self.fields]

    @property
    def version_fields(self):
        return [self[name] for name in self.VERSION]

    def wanted(self) -> Wanted:
        """What was settled on."""
        given = {name: tidy(value) for name, value in self.cleaned_data.items() if name not in ("text", "note")}
        return Wanted(
            source={name: given[name] for name in self.HEADER if name in self.fields},
            text=self.cleaned_data.get("text", ""),
            note=self.cleaned_data["note"].strip(),
            **{name: given[name] for name in self.VERSION if name != "note"},
        )


def proposals_beside(intake) -> list[tuple[str, str, str]]:
    """(field, what the source's header has, what the page says), where a page says something else."""
    source = intake.source
    if source is None:
        return []
    found = []
    for name, label in (("title", "Title"), ("publisher", "Publisher"), ("author", "Author"), ("language", "Language")):
        said = intake.proposed.get(name, "")
        if said and said != getattr(source, name):
            found.append((label, getattr(source, name), said))
    return found


def known_at(url: str):
    """The source that has this address already, or one that has it as an archived copy."""
    if not url:
        return None
    if found := Source.objects.filter(url=url).first():
        return found
    if version := SourceVersion.objects.filter(archive_url=url).select_related("source").first():
        return version.source
    copied = Source.objects.exclude(archived=[])
    return next((source for source in copied if any(copy["url"] == url for copy in source.archived)), None)
