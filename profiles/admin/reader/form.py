"""The panel's form: one passage, cited for a new claim or for one that is there. It spells documents, saves none."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError

from profiles.admin.citation import Shelf
from profiles.admin.form import problems_of, tidy
from profiles.admin.reader.proposed import Names
from profiles.admin.words import EMPTY, kind_of
from profiles.editorial.edit import new_salt, next_uid
from profiles.editorial.mapping import hold_rows, read_rows
from profiles.editorial.save import next_citation_number, next_header_uid
from profiles.models import Profile, SourceVersion
from profiles.values import documents as docs
from profiles.values import number_entry, vocabulary
from profiles.values.anchors import Passage
from profiles.values.date_entry import read_date
from profiles.values.dates import DateError

NEW, EXISTING = "new", "existing"
MODES = [(NEW, "A new claim"), (EXISTING, "A claim that is there")]
_LINE = {"class": "vTextField", "autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be saved: the claim, what goes with it, the digest that it was opened on, what it spells now.

    Both are empty where the claim is new.
    """

    claim: docs.Claim
    also: tuple[docs.Speaker, ...]
    base: str
    held: docs.Claim | None


def _chosen(name: str, of: vocabulary.Words, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=name, choices=[EMPTY, *of.choices], **kwargs)


class CiteForm(forms.Form):
    """What an editor says about one passage."""

    paragraph = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    first = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    last = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    words = forms.CharField(strip=False, widget=forms.HiddenInput)
    date_asked = forms.CharField(required=False, widget=forms.HiddenInput)

    mode = forms.ChoiceField(choices=MODES, initial=NEW, widget=forms.RadioSelect)

    statement = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "vLargeTextField"}),
        help_text="One whole sentence in your own words, true and fair when quoted alone.",
    )
    subject = forms.CharField(required=False, max_length=64, widget=forms.Select)
    other_subject = forms.CharField(
        label="or another, by any of its names",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={**_LINE, "dir": "auto", "list": "cite-profiles"}),
    )
    aspect = forms.CharField(required=False, max_length=130, widget=forms.Select)
    when = forms.CharField(required=False, max_length=64, widget=forms.TextInput(attrs={**_LINE, "dir": "auto"}))
    sense = _chosen("Sense", vocabulary.SENSE, required=False)
    number = forms.CharField(
        required=False, max_length=120, widget=forms.TextInput(attrs={**_LINE, "placeholder": "about 2,000 fighters"})
    )

    find = forms.CharField(
        label="Find a claim",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={**_LINE, "dir": "auto"}),
        help_text="By words of its sentence, or by a name in any spelling.",
    )
    claim = forms.CharField(required=False, max_length=140, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason, if the claim has been published",
        required=False,
        max_length=1000,
        initial="Rests on a further passage.",
        widget=forms.TextInput(attrs=_LINE),
    )

    bearing = _chosen("Bearing", vocabulary.BEARING)
    voice = _chosen("Voice", vocabulary.VOICE)
    speakers = forms.CharField(
        label="Who is heard",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "vLargeTextField", "dir": "auto", "spellcheck": "false"}),
        help_text="A chain a line, nearest to the source first: officials > members of the group.",
    )
    new_speaker = forms.ChoiceField(
        label="If one is not known yet, add as", required=False, choices=[EMPTY, *vocabulary.SPEAKER_KIND.choices]
    )
    anonymous = forms.BooleanField(label="not named", required=False)
    part = forms.ChoiceField(label="Part of the source", choices=vocabulary.CITATION_PART.choices)

    def __init__(self, *args: Any, version: SourceVersion, shelf: Shelf, names: Names, **kwargs: Any) -> None:
        self.version, self.shelf, self.names = version, shelf, names
        self.speakers_made: list[docs.Speaker] = []
        super().__init__(*args, **kwargs)

    @property
    def is_new(self) -> bool:
        """Whether the passage is for a new claim."""
        return self["mode"].value() != EXISTING

    # -- one field at a time ----------------------------------------------------------------------

    def clean_claim(self) -> tuple[str, str]:
        uid, _, base = self.cleaned_data["claim"].partition(" ")
        return uid, base

    def clean_other_subject(self) -> str:
        """The uid that a name leads to."""
        typed = tidy(self.cleaned_data["other_subject"])
        if not typed:
            return ""
        marked = re.search(r"\[([a-z0-9]+)\]$", typed)
        found = self.names.exactly(marked[1] if marked else typed)
        if not found:
            raise ValidationError(f"No profile is called “{typed}”. Make it first, under Profiles.")
        if len(found) > 1:
            told = ", ".join(f"{self.names.profiles[uid][0]} [{uid}]" for uid in found)
            raise ValidationError(f"Several profiles are called so: write one of {told}.")
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._read_speakers(cleaned)
        if cleaned.get("mode") == NEW:
            self._read_subject(cleaned)
            self._read_date(cleaned)
            self._read_number(cleaned)
            for name in ("statement", "sense"):
                if name in cleaned and not tidy(cleaned[name]):
                    self.add_error(name, "A new claim needs this.")
        elif "claim" in cleaned and not cleaned["claim"][0]:
            self.add_error("claim", "Choose the claim that the passage is cited for.")
        return cleaned

    def _read_speakers(self, cleaned: dict[str, Any]) -> None:
        """Chains of uids; who is not known is made where the editor says of what kind."""
        typed, kind = cleaned.get("speakers", ""), cleaned.get("new_speaker")
        for name in filter(None, map(tidy, re.split(r"[\n;>]", typed))) if kind else ():
            if not self.shelf.speaker(name)[0] and name.casefold() not in self.shelf.uids_by_label:
                uid = _following(self.speakers_made[-1].uid) if self.speakers_made else next_header_uid("speaker")
                made = docs.Speaker(
                    uid=uid, schema=docs.SCHEMA, label=name, kind=kind, anonymous=bool(cleaned.get("anonymous"))
                )
                self.speakers_made.append(made)
                self.shelf.speakers[uid] = name
                self.shelf.uids_by_label[name.casefold()] = [uid]
        try:
            cleaned["speakers"] = self.shelf.chains(typed)
        except ValidationError as error:
            said = [message.replace(_ELSEWHERE, "or say below of what kind it is, to add it.") for message in error]
            self.add_error("speakers", said)

    def _read_subject(self, cleaned: dict[str, Any]) -> None:
        uid = cleaned.get("other_subject") or cleaned.get("subject") or ""
        if "other_subject" not in cleaned:
            return
        if uid not in self.names.profiles:
            self.add_error("subject", "Say whose claim it is.")
            return
        cleaned["subject"] = uid
        model = self.names.profiles[uid][1]
        if cleaned.get("aspect") not in vocabulary.ASPECTS[model]:
            said = f"Choose an aspect of a {model}: the question that the claim answers."
            self.add_error("aspect", said)

    def _read_date(self, cleaned: dict[str, Any]) -> None:
        """EDTF in the place of a date as typed; what can be read in several ways is asked about once."""
        typed, sense = tidy(cleaned.get("when", "")), cleaned.get("sense")
        if not typed or not sense:
            return
        try:
            reading = read_date(typed, sense)
        except DateError as error:
            self.add_error("when", str(error))
            return
        asked = f"{sense} {typed}"
        if (reading.alternatives or reading.note) and (reading.asks or cleaned.get("date_asked") != asked):
            offers = "; ".join(f"{edtf} ({told})" for edtf, told in reading.alternatives)
            again = "" if reading.asks else f" Save again as it is for {reading.edtf}: {reading.words}."
            self.add_error("when", f"“{typed}” {reading.note or f'has several readings: {offers}.'}{again}")
            self.data = self.data.copy()
            self.data[self.add_prefix("date_asked")] = asked
            return
        cleaned["when"] = reading.edtf

    def _read_number(self, cleaned: dict[str, Any]) -> None:
        typed = tidy(cleaned.get("number", ""))
        cleaned["read_number"] = None
        if not typed:
            return
        try:
            reading = number_entry.read_number(typed)
        except number_entry.NumberError as error:
            self.add_error("number", str(error))
            return
        if not reading.counted:
            things = ", ".join(vocabulary.COUNTED)
            self.add_error("number", f"Say what is counted, as in “{typed} fighters”: {things}.")
            return
        cleaned["read_number"] = reading

    # -- documents -----------------------------------------------------------------------------------

    def make(self, passage: Passage) -> Made | None:
        """What to save, in the transaction that gives out uids; None where something is wrong, told at its field."""
        cleaned = self.cleaned_data
        if cleaned["mode"] == NEW:
            there = None
            uid, base = next_uid(Profile.objects.get(pk=cleaned["subject"])), ""
            citation = self._citation(f"{uid}-c1", passage)
            claim = docs.Claim(
                uid=uid, schema=docs.SCHEMA, subject=cleaned["subject"], salt=new_salt(), citations=(citation,),
                **self._values(),
            )  # fmt: skip
        else:
            uid, base = cleaned["claim"]
            hold_rows([uid])
            found = read_rows([uid]).get(uid)
            there = found if isinstance(found, docs.Claim) else None
            if there is None:
                self.add_error("claim", f"There is no claim {uid}.")
                return None
            citation = self._citation(f"{uid}-c{next_citation_number(uid)}", passage)
            if any(
                (c.version, c.start, c.end) == (citation.version, citation.start, citation.end) for c in there.citations
            ):
                self.add_error("claim", f"{uid} cites this very passage already.")
                return None
            claim = msgspec.structs.replace(there, citations=(*there.citations, citation))
        for problem in problems_of(claim):
            self._show(problem)
        return None if self.errors else Made(claim, tuple(self.speakers_made), base, there)

    def _values(self) -> dict[str, Any]:
        cleaned, number = self.cleaned_data, self.cleaned_data["read_number"]
        topic, aspect = cleaned["aspect"].split(".")
        found = vocabulary.ASPECTS[self.names.profiles[cleaned["subject"]][1]][cleaned["aspect"]]
        values = {
            "kind": "strength" if number and kind_of(found) == "strength" else "statement",
            "topic": topic,
            "aspect": aspect,
            "statement": tidy(cleaned["statement"]),
            "when": cleaned["when"],
            "sense": cleaned["sense"],
            "voice": cleaned["voice"],
        }
        if number:
            values |= {name: getattr(number, name) for name in ("precision", "low", "high", "number_words", "counted")}
        return values

    def _citation(self, uid: str, passage: Passage) -> docs.Citation:
        cleaned = self.cleaned_data
        return docs.Citation(
            uid=uid,
            version=self.version.pk,
            text_sha256=self.version.text_sha256,
            paragraph=passage.paragraph,
            start=passage.start,
            end=passage.end,
            passage_sha256=passage.sha256,
            bearing=cleaned["bearing"],
            voice=cleaned["voice"],
            part=cleaned["part"],
            speakers=cleaned["speakers"],
        )

    def _show(self, problem: docs.Problem) -> None:
        name = re.sub(r"^citations\[\d+\]\.", "", problem.field)
        said = f"{problem.message[:1].upper()}{problem.message[1:]}."
        if name in self.fields:
            self.add_error(name, said)
        else:
            self.add_error(None, f"{problem.field}: {problem.message}." if problem.field else said)


# The end of what the shelf says of an unknown speaker: here one can be added in place.
_ELSEWHERE = "Add the speaker first, under Sources > Speakers."


def _following(uid: str) -> str:
    head, _, number = uid.rpartition("-")
    return f"{head}-{int(number) + 1:04d}"
