"""The screen that pins a passage: a panel beside the text where scripts run, a page of its own where they do not."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from profiles.admin.citation import Shelf
from profiles.admin.passages import fidelity_told, pin_quote, texts_of
from profiles.admin.reader.form import EXISTING, CiteForm, Made
from profiles.admin.reader.page import page_of
from profiles.admin.reader.proposed import Proposed
from profiles.admin.words import KIND_LABELS, KINDS
from profiles.editorial.edit import Refused, Stale
from profiles.editorial.save import one_at_a_time, save
from profiles.models import Silence, SourceVersion
from profiles.models.editions import published_digests
from profiles.values import anchors
from profiles.values import vocabulary as words
from profiles.values.selection import paragraph_range, pin_selection
from profiles.values.sentences import sentences_between

# What another kind of claim takes along; the aspect and the subject follow from the kind and the link.
CARRIED = ("statement", "when", "sense", "voice", "number", "bearing", "speakers", "part")
# Tells the script that an answer is the panel's, and not a page to sign in on.
MARK = "X-Reading"


def may_cite(user: Any) -> bool:
    """Whether somebody may pin passages: whoever writes claims."""
    return user.has_perms(["profiles.add_claim", "profiles.change_claim"])


@dataclass(frozen=True, slots=True)
class Place:
    """The words to be cited, and where they stand."""

    paragraph: int
    first: int
    last: int
    words: str
    passage: anchors.Passage


def cite(request: HttpRequest, version: SourceVersion, context: dict[str, Any]) -> HttpResponse:
    """Show the panel for a passage, and save what it says. `context` is what a page of the admin needs."""
    if not may_cite(request.user):
        raise PermissionDenied
    text = texts_of([version.pk]).get(version.pk)
    if text is None:
        raise Http404("The text is not at hand: nothing can be pinned in it.")
    screen = _Screen(request, version, text, context)
    return screen.post() if request.method == "POST" else screen.get()


class _Screen:
    def __init__(self, request: HttpRequest, version: SourceVersion, text: str, context: dict[str, Any]) -> None:
        self.request, self.version, self.text, self.context = request, version, text, context
        asked = request.POST if request.method == "POST" else request.GET
        self.is_panel = bool(request.headers.get(MARK))
        self.asked = asked
        self.shelf = Shelf()

    # -- showing --------------------------------------------------------------------------------------

    def get(self) -> HttpResponse:
        """The panel for a passage, claims to choose from, or the sentences of a paragraph."""
        try:
            place = self._place()
        except anchors.AnchorError as error:
            return self._choose(_said(error))
        if place is None:
            return self._choose("")
        proposed = Proposed(place.words, self._paragraph(place.paragraph), self.version.pk, self.shelf)
        if "offer" in self.asked:
            return self._answer("_offered", {"offered": proposed.offered(self.asked["offer"]), "chosen": ""})
        names = ("paragraph", "first", "last", "words")
        initial = {**proposed.initial, **{name: getattr(place, name) for name in names}}
        form = CiteForm(initial=initial, version=self.version, shelf=self.shelf, names=proposed.names)
        return self._panel(form, place, proposed, 200)

    def _place(self) -> Place | None:
        """What is asked to be cited; None where only a paragraph is named."""
        paragraph = _number(self.asked.get("paragraph"))
        start, _ = paragraph_range(self.text, paragraph)
        if quote := self.asked.get("quote", "").strip():
            found = pin_quote(self._paragraph(paragraph), quote, _number(self.asked.get("nth"), 0) or None)
            passage = anchors.pin(self.text, start + found.start, start + found.end)
        elif "first" in self.asked:
            first, last = _number(self.asked["first"]), _number(self.asked.get("last"))
            # A link names the place alone; a selection sends its words along.
            there = self.asked.get("words", self.text[start + first : start + last] if 0 <= first < last else "")
            passage = pin_selection(self.text, paragraph, first, last, there)
        else:
            return None
        words_there = self.text[passage.start : passage.end]
        return Place(paragraph, passage.start - start, passage.end - start, words_there, passage)

    def _paragraph(self, number: int) -> str:
        start, end = paragraph_range(self.text, number)
        return self.text[start:end]

    def _choose(self, error: str) -> HttpResponse:
        """The sentences of a paragraph, each to be cited with one press, and a field for less than a sentence."""
        number = _number(self.asked.get("paragraph"))
        try:
            start, end = paragraph_range(self.text, number)
        except anchors.AnchorError as wrong:
            raise Http404(str(wrong)) from wrong
        sentences = [
            (first - start, last - start, self.text[first:last])
            for first, last in anchors.sentences(self.text)
            if start <= first < end
        ]
        more = {"paragraph": number, "sentences": sentences, "error": error, "quote": self.asked.get("quote", "")}
        return self._answer("_choose", more, 422 if error else 200)

    def _panel(self, form: CiteForm, place: Place, proposed: Proposed, status: int) -> HttpResponse:
        own = proposed.names.profiles.get(form["subject"].value() or "", ("", "group"))[1]
        more = {
            "form": form,
            "place": place,
            "around": self._around(place),
            "proposed": proposed,
            "own": own,
            "aspect_groups": [group for model in dict.fromkeys([own, *words.MODEL]) for group in _aspect_groups(model)],
            "kinds": [(kind, KIND_LABELS[kind]) for kind in KINDS[own] if kind != "statement"],
            "offered": proposed.offered(form["find"].value() or ""),
            "chosen": form["claim"].value() or "",
            "carried": _carried(form),
            "fidelity": fidelity_told(self.version.fidelity),
            "already": [
                one for one in proposed.resting if one.start < place.passage.end and one.end > place.passage.start
            ],
            "errors": [
                (form.fields[name].label or name.capitalize() if name in form.fields else "", message)
                for name, found in form.errors.items()
                for message in found
            ],
        }
        return self._answer("_panel", more, status)

    def _around(self, place: Place) -> tuple[str, str]:
        """What stands before and after the words in their paragraph, a sentence on either side."""
        start, end = paragraph_range(self.text, place.paragraph)
        first, last = place.passage.start, place.passage.end
        near = [one for one in sentences_between(self.text, start, end) if one[1] >= first - 2 and one[0] <= last + 2]
        return self.text[near[0][0] : first], self.text[last : near[-1][1]]

    def _answer(self, template: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
        context = {
            **self.context,
            "version": self.version,
            "cite_page": reverse("admin:profiles_sourceversion_cite", args=[self.version.pk]),
            "claim_pages": reverse("admin:profiles_claim_changelist"),
            "inner": f"admin/desk/reader/{template}.html",
            "is_panel": self.is_panel,
            **more,
        }
        page = context["inner"] if self.is_panel else "admin/desk/reader/cite.html"
        response = render(self.request, page, context, status=status)
        response.headers[MARK] = "1"
        return response

    # -- saving ---------------------------------------------------------------------------------------

    def post(self) -> HttpResponse:
        """Pin and save, or show the same form with what is wrong; nothing that was typed is lost."""
        try:
            place = self._place()
        except anchors.AnchorError as error:
            return self._choose(_said(error))
        if place is None:
            return self._choose("Choose a sentence, or quote its words.")
        proposed = Proposed(place.words, self._paragraph(place.paragraph), self.version.pk, self.shelf)
        form = CiteForm(self.request.POST, version=self.version, shelf=self.shelf, names=proposed.names)
        if "_find" in self.asked:
            unchecked = CiteForm(
                initial=self.request.POST.dict(), version=self.version, shelf=self.shelf, names=proposed.names
            )
            return self._panel(unchecked, place, proposed, 200)
        with transaction.atomic():
            one_at_a_time()
            made, status = self._save(form, place)
        if made is None:
            return self._panel(form, place, proposed, status)
        return self._saved(made, place, form)

    def _save(self, form: CiteForm, place: Place) -> tuple[Made | None, int]:
        made = form.make(place.passage) if form.is_valid() else None
        if made is None:
            return None, 422
        reason = form.cleaned_data["reason"] if form.cleaned_data["mode"] == EXISTING else ""
        if made.base and not reason and made.claim.uid in published_digests([made.claim.uid]):
            form.add_error("reason", "This has been published: say why you change it.")
            return None, 422
        try:
            save(made.claim, by=self.request.user, reason=reason, base=made.base, held=made.held, also=made.also)
        except Stale:
            form.add_error("claim", "Somebody has saved this claim meanwhile. Look at it below, and choose it again.")
            return None, 409
        except Refused as error:
            for sentence in error.reasons:
                form.add_error(None, sentence)
            return None, 422
        return made, 200

    def _saved(self, made: Made, place: Place, form: CiteForm) -> HttpResponse:
        claim = made.claim
        address = reverse("admin:profiles_claim_change", args=[claim.uid])
        said = format_html('Pinned: <a href="{}">{}</a>, {}.', address, claim.uid, claim.citations[-1].uid)
        for speaker in made.also:
            said += format_html(" Added: {}.", speaker.label)
        filed = {"subject": claim.subject, "topic": claim.topic, "aspect": claim.aspect, "state": "not_stated"}
        for uid in Silence.objects.filter(**filed).values_list("pk", flat=True) if not made.base else ():
            silence = reverse("admin:profiles_silence_change", args=[uid])
            said += format_html(' Silence <a href="{}">{}</a> says “not stated” of this aspect.', silence, uid)
        if not self.is_panel:
            messages.success(self.request, said)
            page = reverse("admin:profiles_sourceversion_change", args=[self.version.pk])
            return HttpResponseRedirect(f"{page}#p{place.paragraph}")
        page = page_of(self.version, self.text)
        context = {
            "page": page,
            "feeds": page.feeds,
            "row": self.version,
            "may_cite": True,
            "cite_page": reverse("admin:profiles_sourceversion_cite", args=[self.version.pk]),
            "claim_pages": reverse("admin:profiles_claim_changelist"),
            "paragraph": page.paragraphs[place.paragraph],
            "number": str(place.paragraph),
        }
        parts = {name: render_to_string(f"admin/desk/reader/_{name}.html", context) for name in ("paragraph", "counts")}
        return JsonResponse({"said": said, "number": place.paragraph, **parts}, headers={MARK: "1"})


def _aspect_groups(model: str) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """The aspects of a model by topic: (model, heading, [(key, label, value)])."""
    return [
        (
            model,
            f"{words.MODEL.label(model).capitalize()}: {label}",
            [
                (key, aspect.label, aspect.value)
                for key, aspect in words.ASPECTS[model].items()
                if aspect.topic == topic
            ],
        )
        for topic, label in words.TOPICS[model].items()
    ]


def _carried(form: CiteForm) -> str:
    """What the panel proposes or was told, for the address of the whole form; its script adds what is typed since."""
    # Who is yet to be added can be added in the panel alone.
    left_out = {"speakers"} if form["new_speaker"].value() else set()
    return urlencode([(name, value) for name in CARRIED if name not in left_out and (value := form[name].value())])


def _number(typed: str | None, otherwise: int = -1) -> int:
    return int(typed) if typed and typed.isdecimal() and typed.isascii() and len(typed) < 10 else otherwise


def _said(error: anchors.AnchorError) -> str:
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith(".") else ".")
