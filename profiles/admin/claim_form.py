"""The form of a claim: the fields of its kind, from the one SHAPE table; what has a default stays folded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from profiles.admin.form import DocumentForm, ManyUids
from profiles.admin.words import ASPECT_OF_KIND, EMPTY, aspect_choices, word_choices
from profiles.models import ClaimLink
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.documents import SHAPE

# Folded while they are at their default, in this order.
_FOLDED = (
    ("standing", "standing_note"),
    "conflicts_with",
    "superseded_by",
    "mentions",
    "after",
    ("basis", "reckoning"),
    ("reach", "negated"),
    "scope",
    ("verification", "verified_by"),
    ("response", "response_date"),
    "outcome",
    "rests_on",
    "confidence",
)
# Optional columns that a plain claim hardly ever has: folded with the rest.
_RARE = {
    "statement": ("place", "party", ("precision", "low", "high"), ("number_words", "counted")),
    "name": (),
    "designation": ("listing_id", "name_as_listed", "ground"),
}
# Columns that stand beside each other.
_ROWS = (
    ("name", "name_sort"),
    ("language", "used_by"),
    ("scheme", "identifier"),
    ("about", "role"),
    ("title", "end_reason"),
    ("relation", "about"),
    ("part", "about", "party"),
    ("presence", "place"),
    ("precision", "low", "high"),
    ("number_words", "counted"),
    ("authority", "programme"),
    ("as_stated", "evidence"),
    ("step", "step_change"),
)
_CLAIM = ClaimLink._meta.get_field("target_claim")
_PROFILE = ClaimLink._meta.get_field("target_profile")
LABELS = {
    "about": "About",
    "when": "When",
    "low": "Number",
    "high": "Highest",
    "number_words": "Number in words",
    "counted": "What is counted",
    "negated": "Not so",
    "name_sort": "Sort",
}


class ClaimForm(DocumentForm):
    """One claim of one kind."""

    renamed = {"topic": "aspect_key", "aspect": "aspect_key"}

    aspect_key = forms.ChoiceField(label="Aspect", help_text="The question that the claim answers.")
    conflicts_with = ManyUids(
        _CLAIM, label="Conflicts with", help_text="Written on the other claim too; both become contested."
    )
    after = ManyUids(_CLAIM, label="Comes after", help_text="Order without dates.")
    rests_on = ManyUids(_CLAIM, label="Rests on", help_text="For the desk's own judgements.")
    mentions = ManyUids(_PROFILE, label="Mentions", help_text="Profiles that the sentence names beside its subject.")
    word = forms.ChoiceField(required=False, label="List word", help_text="For an aspect that takes one.")

    def __init__(self, *args: Any, current: docs.Claim | None = None, start: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, current=current, start=start, **kwargs)
        kind = current.kind if current else start["kind"]
        model = start["profile"].model
        needed, may = SHAPE[kind]
        self.fields["aspect_key"].choices = [EMPTY, *aspect_choices(model)]
        groups = word_choices(model)
        self.fields["word"].choices = [EMPTY, *groups]
        if "word" not in may or not groups:
            del self.fields["word"]
        for name in needed:
            self.fields[name].required = True
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        self.fields["statement"].widget.attrs.update(rows=3, dir="auto")
        if "name" in self.fields:
            self.fields["name"].widget.attrs["dir"] = "auto"

    def of_document(self, document: docs.Claim) -> dict[str, Any]:
        return {**super().of_document(document), "aspect_key": f"{document.topic}.{document.aspect}"}

    def clean_word(self) -> str:
        word = self.cleaned_data["word"]
        found = words.ASPECTS[self.start["profile"].model].get(self.data.get("aspect_key", ""))
        if word and not (found and found.words and word in found.words):
            raise ValidationError("This aspect does not take that word: choose one of its own list.")
        return word

    def values(self) -> dict[str, Any]:
        found = super().values()
        key = self.cleaned_data.get("aspect_key") if hasattr(self, "cleaned_data") else ""
        if key:
            found["topic"], found["aspect"] = key.split(".")
        for name in ("aspect_key", "citations"):
            found.pop(name, None)
        return found


def fieldsets(kind: str, model: str, current: docs.Claim | None) -> list:
    """Statement, aspect, the kind's own columns, date and voice; then what differs from its default; then the rest."""
    needed, may = SHAPE[kind]
    rare = _RARE.get(kind, ())
    flat_rare = {name for row in rare for name in _flat(row)}
    own = [name for name in (*needed, *may) if name not in flat_rare]
    main = ["statement", "aspect_key", *_in_rows(own), ("when", "sense"), "voice"]
    folded = [*rare, *_FOLDED]
    changed = [row for row in folded if current and any(not _at_default(current, name) for name in _flat(row))]
    folded = [row for row in folded if row not in changed]
    found = [(None, {"fields": main})]
    if changed:
        found.append(("Set on this claim", {"fields": changed}))
    found.append(("More", {"fields": folded, "classes": ("collapse",)}))
    found.append((None, {"fields": ["reason"]}))
    return found


def first_aspect(kind: str, model: str, topic: str, aspect: str) -> str:
    """The aspect that a new claim's form begins with: as asked, else what the kind is mostly for; never by accident."""
    aspects = words.ASPECTS[model]
    if aspect in aspects:
        return aspect
    usual = ASPECT_OF_KIND.get(kind, "")
    if topic:
        of_topic = [key for key, found in aspects.items() if found.topic == topic]
        if usual in of_topic:
            return usual
        return of_topic[0] if len(of_topic) == 1 else ""
    return usual if usual in aspects else ""


def _flat(row: Any) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else row


def _in_rows(names: list[str]) -> list:
    left = list(names)
    found: list[Any] = []
    for row in _ROWS:
        if set(row) <= set(left):
            found.append(row)
            left = [name for name in left if name not in row]
    return [*found, *left]


def _at_default(claim: docs.Claim, name: str) -> bool:
    fields = docs.Claim.__struct_fields__
    default = docs.Claim.__struct_defaults__[fields.index(name) - len(fields)]
    return getattr(claim, name) == default
