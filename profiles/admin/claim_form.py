"""The form of a claim: the fields of its kind, from the one SHAPE table; what has a default stays folded."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from profiles.admin.form import DocumentForm, ManyUids
from profiles.admin.words import ASPECT_OF_KIND, EMPTY, aspect_choices, word_choices
from profiles.models import ClaimLink
from profiles.values import dates
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.date_entry import Reading, read_date
from profiles.values.dates import DateError, in_words
from profiles.values.documents import SHAPE
from profiles.values.number_entry import NumberError, read_number
from profiles.values.number_entry import in_words as in_words_alone
from profiles.values.tense import usual_sense

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
# What a number as the text has it is read into; seldom typed one by one.
_NUMBER = ("precision", "low", "high", "number_words")
_COLUMNS = (("precision", "low", "high"), "number_words")
# Optional columns that a plain claim hardly ever has: folded with the rest.
_RARE = {
    "statement": ("place", "party", ("number", "counted"), *_COLUMNS),
    "strength": _COLUMNS,
    "part": _COLUMNS,
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
    ("number", "counted"),
    ("authority", "programme"),
    ("as_stated", "evidence"),
    ("step", "step_change"),
)
_CLAIM = ClaimLink._meta.get_field("target_claim")
_PROFILE = ClaimLink._meta.get_field("target_profile")
LABELS = {
    "about": "About",
    "when": "When",
    "low": "Figure, or lowest",
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
    number = forms.CharField(
        required=False,
        max_length=120,
        help_text="As the text has it: about 50,000; 7,000-10,000; at least 5; dozens.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    # Dates that were asked about: sent again unchanged, they stand.
    dates_asked = forms.CharField(required=False, widget=forms.HiddenInput)

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
        if not {"precision"} & {*needed, *may}:
            del self.fields["number"]
        else:
            self.initial["number"] = number_of(current)
        # A number as the text has it says both.
        said = (
            {"precision", "counted"} if self.is_bound and self.data.get(self.add_prefix("number"), "").strip() else ()
        )
        for name in needed:
            self.fields[name].required = name not in said
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        self.fields["statement"].widget.attrs.update({"rows": 3, "dir": "auto", "data-enter": "id_aspect_key"})
        if current:
            self.fields["statement"].widget.attrs |= {"data-key": "e", "data-key-help": "Change the sentence"}
        self.fields["statement"].help_text = "One whole sentence, true and fair when quoted alone."
        senses = {key: sense for key in words.ASPECTS[model] if (sense := usual_sense(kind, key))}
        self.fields["aspect_key"].widget.attrs.update({"data-enter": "save", "data-senses": json.dumps(senses)})
        if "sense" in self.fields:
            self.fields["sense"].widget.attrs["data-enter"] = "save"
        if "name" in self.fields:
            self.fields["name"].widget.attrs["dir"] = "auto"
        if "when" in self.fields:
            self.fields["when"].help_text = _when_help(current)

    def of_document(self, document: docs.Claim) -> dict[str, Any]:
        return {**super().of_document(document), "aspect_key": f"{document.topic}.{document.aspect}"}

    def clean_word(self) -> str:
        word = self.cleaned_data["word"]
        found = words.ASPECTS[self.start["profile"].model].get(self.data.get("aspect_key", ""))
        if word and not (found and found.words and word in found.words):
            raise ValidationError("This aspect does not take that word: choose one of its own list.")
        return word

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._read_date("when", cleaned.get("sense"))
        self._read_date("response_date", "happened")
        self._read_number(cleaned)
        return cleaned

    def _read_number(self, cleaned: dict[str, Any]) -> None:
        """Put precision, bounds and words in the place of a number typed as the text has it."""
        typed, was = cleaned.get("number", ""), self.initial.get("number", "")
        if typed == was or "number" not in self.fields:
            return
        if set(self.changed_data) & set(_NUMBER):
            self.add_error("number", "Say the number here or in its columns, not in both.")
            return
        if not typed:
            cleaned.update(precision="", low=None, high=None, number_words="")
            return
        try:
            reading = read_number(typed)
        except NumberError as error:
            self.add_error("number", str(error))
            return
        cleaned.update({name: getattr(reading, name) for name in _NUMBER})
        cleaned["counted"] = reading.counted or cleaned.get("counted", "")

    def _read_date(self, name: str, sense: str | None) -> None:
        """Put EDTF in the place of a date typed as the text has it; ask where the text means more than one thing."""
        typed = self.cleaned_data.get(name)
        if not typed:
            return
        if not sense:
            try:  # told in one go with the sense that is missing
                read_date(typed)
            except DateError as error:
                self.add_error(name, str(error))
            return
        asked = f"{name} {sense} {typed}"
        again = asked in self.cleaned_data.get("dates_asked", "").split(" | ")
        stored = self.current is not None and typed == getattr(self.current, name)
        if stored and (again or name != "when" or sense != "held" or sense == self.current.sense):
            return
        try:
            reading = _since(typed) if stored else read_date(typed, sense)
        except DateError as error:
            self.add_error(name, str(error))
            return
        if again and (not reading.asks or _is_edtf(typed)):
            self.cleaned_data[name] = typed if reading.asks else reading.edtf
        elif reading.alternatives or reading.note:
            self.add_error(name, _question(typed, sense, reading))
            self.data = self.data.copy()
            key = self.add_prefix("dates_asked")
            self.data[key] = " | ".join(filter(None, [*self.data.get(key, "").split(" | "), asked]))
        else:
            self.cleaned_data[name] = reading.edtf

    def values(self) -> dict[str, Any]:
        found = super().values()
        key = self.cleaned_data.get("aspect_key") if hasattr(self, "cleaned_data") else ""
        if key:
            found["topic"], found["aspect"] = key.split(".")
        for name in ("aspect_key", "citations"):
            found.pop(name, None)
        return found


def number_of(claim: docs.Claim | None) -> str:
    """The number of a claim as the form shows it, without what is counted."""
    return (
        in_words_alone(claim.precision, claim.low, claim.high, claim.number_words) if claim and claim.precision else ""
    )


def _when_help(current: docs.Claim | None) -> str:
    told = _when_in_words(current)
    saved = f" Saved as: {told}." if told else ""
    return f"As the text has it (around 2013, since 2023, 3 April 2014) or in EDTF (2013~, 2023/.., 2014-04-03).{saved}"


def _when_in_words(claim: docs.Claim | None) -> str:
    """What the date of a claim means; empty where it has none that can be read."""
    try:
        return in_words(claim.when, claim.sense, claim.basis) if claim and claim.when else ""
    except (DateError, ValueError):
        return ""


def _is_edtf(text: str) -> bool:
    try:
        dates.parse(text)
    except DateError:
        return False
    return True


def _since(edtf: str) -> Reading:
    """A stored date that is now said to have held: bare, it may have gone on."""
    told = in_words(edtf, "held")
    if "/" in edtf or edtf.startswith("["):
        return Reading(edtf, told, "held")
    return Reading(edtf, told, "held", tuple((one, in_words(one, "held")) for one in (f"{edtf}/..", f"{edtf}/")))


def _question(typed: str, sense: str, reading: Reading) -> str:
    """Every reading of a date with the EDTF to type for it, and what sending it again does."""
    if not reading.alternatives:
        return f"“{typed}” {reading.note} Send it again as it is to keep {reading.edtf}."
    offers = "; ".join(f"{edtf} ({told})" for edtf, told in reading.alternatives if edtf != typed)
    if reading.asks:
        if _is_edtf(typed):
            offers += f"; or send {typed} again as it is ({in_words(typed, sense)})"
        return f"“{typed}” can mean several dates. Type the one that is meant: {offers}."
    if sense == "held" and typed == reading.edtf:
        return f"Did it go on? Type {offers}; or send {typed} again as it is, if no more is said than {reading.words}."
    return f"“{typed}” has several readings. Type one of {offers}; or send it again as it is for {reading.edtf}."


def fieldsets(kind: str, model: str, current: docs.Claim | None) -> list:
    """Statement, aspect, the kind's own columns, date and voice; then what differs from its default; then the rest."""
    needed, may = SHAPE[kind]
    rare = _RARE.get(kind, ())
    flat_rare = {name for row in rare for name in _flat(row)}
    own = [name for name in (*needed, *may) if name not in flat_rare]
    if kind in ("strength", "part"):
        own.insert(own.index("counted"), "number")
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
    if name in _NUMBER:
        return True  # told by the number in words
    if name == "number":
        return not claim.precision
    fields = docs.Claim.__struct_fields__
    default = docs.Claim.__struct_defaults__[fields.index(name) - len(fields)]
    return getattr(claim, name) == default
