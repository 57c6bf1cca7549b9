"""Citations on the claim's form: a passage pinned by its words, who is heard in it, how it says it."""

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import msgspec
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from profiles.admin.form import ManyLookUp, ManyUids, tidy
from profiles.admin.passages import Texts, pin_quote, texts_of
from profiles.admin.words import EMPTY
from profiles.models import Attribution, Citation, SourceVersion, Speaker
from profiles.values import anchors
from profiles.values import documents as docs
from profiles.values import vocabulary as words

_UID = re.compile(r"\[(spk-\d+)\]$")


class Shelf:
    """What the citation forms of one page look things up in: each query once, whatever their number."""

    @cached_property
    def versions(self) -> dict[str, SourceVersion]:
        """Uid -> version, of those that the page names."""
        return SourceVersion.objects.select_related("source").in_bulk(self._named)

    @cached_property
    def speakers(self) -> dict[str, str]:
        """Uid -> label of every speaker."""
        return dict(Speaker.objects.order_by().values_list("uid", "label"))

    @cached_property
    def uids_by_label(self) -> dict[str, list[str]]:
        """Label, in small letters -> the uids that have it."""
        found = defaultdict(list)
        for uid, label in sorted(self.speakers.items()):
            found[label.casefold()].append(uid)
        return found

    @cached_property
    def texts(self) -> Texts:
        """Version -> its text, of those that the page names and that are at hand."""
        return texts_of(self._named)

    def __init__(self, named: Iterable[str] = ()) -> None:
        self._named = set(named)

    def chains(self, typed: str) -> tuple[tuple[str, ...], ...]:
        """Speakers as typed: a chain a line, `>` towards the origin. Raises ValidationError naming who is unknown."""
        found, unknown = [], []
        for line in re.split(r"[\n;]", typed):
            if tidy(line):
                chain = []
                for name in line.split(">"):
                    uid, problem = self.speaker(tidy(name))
                    chain.append(uid)
                    unknown += [problem] if problem else []
                found.append(tuple(chain))
        if unknown:
            raise ValidationError(unknown)
        return tuple(found)

    def speaker(self, name: str) -> tuple[str, str]:
        """The uid of a speaker by uid, `label [uid]` or label; else what is wrong, with a guess."""
        match = _UID.search(name)
        uid = match[1] if match else name
        if uid in self.speakers:
            return uid, ""
        uids = self.uids_by_label.get(name.casefold(), [])
        if len(uids) == 1:
            return uids[0], ""
        if uids:
            return "", f"Several speakers are called “{name}”: write {' or '.join(uids)}."
        near = difflib.get_close_matches(name.casefold(), self.uids_by_label, n=2, cutoff=0.5)
        guess = " or ".join(f"“{self.speakers[self.uids_by_label[label][0]]}”" for label in near)
        return "", f"No speaker is called “{name}”." + (
            f" Do you mean {guess}?" if guess else " Add the speaker first, under Sources > Speakers."
        )

    def told(self, speakers: tuple[tuple[str, ...], ...]) -> str:
        """Chains as the form shows them."""
        return "\n".join(" > ".join(f"{self.speakers.get(uid, uid)} [{uid}]" for uid in chain) for chain in speakers)


def _required(words_of: words.Words, **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(choices=[EMPTY, *words_of.choices], **kwargs)


class _Shelved:
    """A look-up that tells what is chosen from the shelf: it asks nothing, however many forms there are."""

    shelf: Shelf
    of = ""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        known = getattr(self.shelf, self.of) if any(value) else {}
        rows = [
            self.create_option(name, uid, self.told(known[uid]), {uid}, at)  # type: ignore[attr-defined]
            for at, uid in enumerate(value)
            if uid in known
        ]
        return [(None, rows, 0)]

    def told(self, row: Any) -> str:
        """What is chosen, in words."""
        return str(row)


class _VersionLookUp(_Shelved, AutocompleteSelect):
    of = "versions"

    def told(self, row: Any) -> str:
        return str(row.titled)


class _SpeakersLookUp(_Shelved, ManyLookUp):
    of = "speakers"


class VersionField(forms.ModelChoiceField):
    """A source version, from the shelf."""

    def to_python(self, value: Any) -> SourceVersion | None:
        if value in self.empty_values:
            return None
        if value not in self.widget.shelf.versions:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.widget.shelf.versions[value]


class SpeakersField(ManyUids):
    """Speakers heard directly, as uids, from the shelf."""

    def clean(self, value: Any) -> tuple[str, ...]:
        if unknown := [uid for uid in value or () if uid not in self.widget.shelf.speakers]:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": unknown[0]})
        return tuple(value or ())


class CitationForm(forms.Form):
    """One citation. The passage is pinned by its words or its place; its digest is never typed."""

    uid = forms.CharField(required=False, widget=forms.HiddenInput)
    version = VersionField(
        SourceVersion.objects.all(),
        label="Source version",
        widget=_VersionLookUp(Citation._meta.get_field("version"), admin.site),
    )
    quote = forms.CharField(
        label="Quoted words",
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "class": "vLargeTextField", "dir": "auto", "data-enter": "id_statement"}
        ),
        help_text="Paste the passage, at most one sentence: its place and digest are found for you.",
    )
    nth = forms.IntegerField(
        label="Which of them", required=False, min_value=1, help_text="Where the words stand several times."
    )
    start = forms.IntegerField(label="or from", required=False, min_value=0)
    end = forms.IntegerField(label="to", required=False, min_value=1, help_text="Code points of the whole text.")
    bearing = _required(words.BEARING)
    voice = _required(words.VOICE, help_text="How this passage says it.")
    heard = SpeakersField(
        Attribution._meta.get_field("speaker"),
        label="Who is heard",
        widget=_SpeakersLookUp,
        help_text="Each by itself, once it is under Sources > Speakers. For chains, use the field below.",
    )
    speakers = forms.CharField(
        label="In chains",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "vLargeTextField", "spellcheck": "false"}),
        help_text="Somebody who quotes somebody: a chain a line, nearest to the source first, by label or uid: "
        "Iraqi officials > members of Kataib Hezbollah. Each is first added under Sources > Speakers.",
    )
    part = forms.TypedChoiceField(label="Part of the source", choices=words.CITATION_PART.choices, initial="body")
    excerpt = forms.CharField(
        label="Words to print",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Words of the passage that readers may see. Leave it empty unless they are needed.",
    )
    note = forms.CharField(required=False, max_length=5000, widget=forms.TextInput(attrs={"class": "vTextField"}))

    def __init__(self, *args: Any, shelf: Shelf, owner: str, known: dict[str, docs.Citation], **kwargs: Any) -> None:
        self.shelf, self.owner, self.known = shelf, owner, known
        super().__init__(*args, **kwargs)
        self.fields["version"].widget.shelf = self.fields["heard"].widget.shelf = shelf

    @property
    def citation(self) -> docs.Citation | None:
        """The citation that the form was opened on, as it stands now."""
        uid = self.data.get(self.add_prefix("uid")) if self.is_bound else self.initial.get("uid")
        return self.known.get(uid or "")

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said that a plain citation leaves at its default."""
        rare = ("nth", "start", "end", "speakers", "excerpt", "note")
        return self["part"].value() in ("", "body", None) and not any(
            self[name].value() or self[name].errors for name in rare
        )

    def clean_uid(self) -> str:
        uid = self.cleaned_data["uid"]
        if uid and not (self.owner and re.fullmatch(re.escape(self.owner) + r"-c\d+", uid)):
            raise ValidationError("This citation belongs to another claim.")
        return uid

    def clean_speakers(self) -> tuple[tuple[str, ...], ...]:
        return self.shelf.chains(self.cleaned_data["speakers"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        heard = cleaned.get("heard")
        if heard is not None and "speakers" in cleaned:
            cleaned["speakers"] += tuple((uid,) for uid in heard if (uid,) not in cleaned["speakers"])
        # Told in one go with whatever else is wrong.
        if not {"version", "quote", "nth", "start", "end"} & self.errors.keys():
            self._pin(cleaned)
        return cleaned

    def _pin(self, cleaned: dict[str, Any]) -> None:
        """Set paragraph, start, end and digest from the quoted words, else from the place, else as they were."""
        version, start, end = cleaned["version"], cleaned.get("start"), cleaned.get("end")
        quote = tidy(cleaned.get("quote") or "")
        was = self.citation
        if was and not quote and (was.version, was.start, was.end) == (version.pk, start, end):
            cleaned.update(paragraph=was.paragraph, passage_sha256=was.passage_sha256)
            return
        field = "quote" if quote or start is None else "start"
        text = self.shelf.texts.get(version.pk)
        if text is None:
            self.add_error("version", f"The text of {version.pk} is not at hand, so that nothing can be pinned in it.")
            return
        if not quote and (start is None or end is None):
            self.add_error("quote", "Paste the quoted words, or give both ends of the passage.")
            return
        try:
            passage = pin_quote(text, quote, cleaned.get("nth")) if quote else anchors.pin(text, start, end)
        except anchors.AnchorError as error:
            said = str(error)
            self.add_error(field, said[:1].upper() + said[1:])
            return
        cleaned.update(paragraph=passage.paragraph, start=passage.start, end=passage.end, passage_sha256=passage.sha256)

    def document(self, uid: str) -> docs.Citation | None:
        """The citation as typed; None where too little of it parsed."""
        cleaned = getattr(self, "cleaned_data", {})
        version = cleaned.get("version")
        if self.errors or version is None or "passage_sha256" not in cleaned:
            return self.citation
        values = {name: cleaned[name] for name in ("paragraph", "start", "end", "passage_sha256", "part", "excerpt")}
        values |= {name: cleaned.get(name, "") for name in ("bearing", "voice")}
        values |= {"note": tidy(cleaned.get("note", "")), "speakers": cleaned.get("speakers", ())}
        values |= {"version": version.pk, "text_sha256": version.text_sha256}
        was = self.citation
        return msgspec.structs.replace(was, **values) if was else docs.Citation(uid=uid, **values)


class CitationFormSet(forms.BaseFormSet):
    """The citations of one claim, in order."""

    prefilled: dict[str, Any] = {}
    shelf: Shelf

    def _construct_form(self, i: int, **kwargs: Any) -> forms.Form:
        # A blank one begins with the version that was cited last: that alone is no citation yet.
        if i >= self.initial_form_count():
            kwargs["initial"] = self.prefilled
        made = super()._construct_form(i, **kwargs)
        if not self.is_bound and (words := self._selected):
            # Seen, and not sent: the place pins them, whatever stands there twice.
            made.fields["quote"].widget.attrs["placeholder"] = words
        return made

    @property
    def _selected(self) -> str:
        """The words at the place that a blank citation begins with; empty where it has none."""
        first, last = (str(self.prefilled.get(name, "")) for name in ("start", "end"))
        if not (first.isdecimal() and last.isdecimal()):
            return ""
        return self.shelf.texts.get(self.prefilled["version"], "")[int(first) : int(last)]

    @property
    def script_data(self) -> str:
        """What Django's own script for inlines needs to add another."""
        return json.dumps(
            {
                "name": f"#{self.prefix}",
                "options": {"prefix": self.prefix, "addText": "Add another citation", "deleteText": "Remove"},
            }
        )

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["admin/js/jquery.init.js", "admin/js/inlines.js"])

    @property
    def empty_form(self) -> forms.Form:
        made = super().empty_form
        made.initial = self.prefilled
        return made

    def documents(self, claim: str, next_number: Any) -> tuple[docs.Citation, ...]:
        """What was typed, as citations; `next_number` is asked only where one is new."""
        found = []
        number = None
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", {})
            if cleaned.get("DELETE") or not (cleaned.get("uid") or form.has_changed()):
                continue
            uid = cleaned.get("uid") or ""
            if not uid:
                number = next_number() if number is None else number + 1
                uid = f"{claim}-c{number}"
            made = form.document(uid)
            if made:
                found.append(made)
        return tuple(found)


def versions_posted(data: Any) -> set[str]:
    """The source versions that a posted form names."""
    return {value for name, value in data.items() if value and re.fullmatch(r"citations-\d+-version", name)}


def initial_of(citation: docs.Citation, shelf: Shelf) -> dict[str, Any]:
    """What the form shows of a citation."""
    fields = ("uid", "version", "start", "end", "bearing", "voice", "part", "excerpt", "note")
    return {**{name: getattr(citation, name) for name in fields}, "speakers": shelf.told(citation.speakers)}
