"""Claims: all of them, and one screen a kind; each is edited on its own page, its citations and passages beside it."""

from functools import partial
from urllib.parse import urlencode

import msgspec
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from profiles.admin.checks import ChecksScreen, checks_of_claim
from profiles.admin.citation import CitationForm, CitationFormSet, Shelf, initial_of, versions_posted
from profiles.admin.claim_form import ClaimForm, fieldsets, first_aspect
from profiles.admin.correct import CORRECTING, correct, public_note
from profiles.admin.desk import DocumentAdmin
from profiles.admin.dossier import neighbours
from profiles.admin.entry import answer
from profiles.admin.filters import ByEvidence, ByKind, ByStanding, BySubject, ByTopic, ByVoice
from profiles.admin.history import revisions_of
from profiles.admin.marks import DraftFilter, draft, under_review
from profiles.admin.passages import beside, paragraphs_of
from profiles.admin.review_action import may_open, put_up_for_review
from profiles.admin.words import KIND_LABELS, KINDS, aspect_label, topic_label
from profiles.editorial.edit import new_salt, next_uid
from profiles.editorial.independence import independence
from profiles.editorial.save import next_citation_number
from profiles.models import KIND_MODELS, Citation, Claim, ClaimLink, Profile, Silence
from profiles.models.editions import published_digests, read_documents
from profiles.values import documents as docs
from profiles.values.documents import SHAPE
from profiles.values.vocabulary import VOICE

_FOREIGN = ("about", "place", "authority", "programme", "designation", "superseded_by")


class ClaimAdmin(ChecksScreen, DocumentAdmin):
    """All claims, of every kind."""

    kind = ""
    tag = "claim"
    form = ClaimForm
    autocomplete_fields = _FOREIGN
    change_form_template = "admin/desk/claim_form.html"
    list_display = ("sentence", "when", "voice_label", "citations_number", draft)
    list_filter = (DraftFilter, ByEvidence, ByStanding, ByVoice, ByTopic, BySubject)
    list_select_related = ("subject",)
    search_fields = ("uid", "statement", "name", "subject__label", "about__label")
    search_help_text = "Uid, words of the sentence, or a name of a profile, in any spelling."
    spelled_fields = ("statement",)
    profile_fields = ("subject", "about")
    ordering = ("uid",)
    actions = (put_up_for_review,)

    def get_list_filter(self, request):
        return self.list_filter if self.kind else (*self.list_filter, ByKind)

    def get_queryset(self, request):
        cited = Citation.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
        rows = super().get_queryset(request).select_related("subject", "about")
        return rows.annotate(
            supporting=Subquery(cited.annotate(n=Count("pk", filter=Q(bearing="supports"))).values("n"))
        )

    class Media:
        css = {"all": ("css/admin-checks.css",)}
        js = (forms.Script("js/entry.js", defer=True),)

    # -- columns -----------------------------------------------------------------------------------------

    @admin.display(description="statement", ordering="uid")
    def sentence(self, row):
        model = row.subject.model
        filed = f"{topic_label(model, row.topic)}: {aspect_label(model, row.topic, row.aspect)}"
        told = Truncator(row.statement).chars(200)
        place = f"{row.pk} · {row.subject} · {filed}"
        return format_html('<span dir="auto">{}</span><small>{}</small>', told, place)

    @admin.display(description="voice", ordering="voice")
    def voice_label(self, row):
        return VOICE.label(row.voice)

    @admin.display(description="citations")
    def citations_number(self, row):
        return row.supporting or format_html('<span class="mark mark-warn">{}</span>', "uncited")

    # -- the form ----------------------------------------------------------------------------------------

    def get_urls(self):
        own = (
            []
            if self.kind
            else [path("entry/", self.admin_site.admin_view(self.entry_view), name="profiles_claim_entry")]
        )
        return [*own, *super().get_urls()]

    def entry_view(self, request):
        """What is typed, told in words: JSON for the form's script. Passages are no part of an address."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return JsonResponse(answer(request.POST))

    def _row(self, request, uid, *, lock):
        rows = self.get_queryset(request)
        if not lock:
            return rows.filter(pk=uid).order_by().first()
        # With the other ends of its conflicts, which the save writes too; in one order for all, so that two editors who
        # link the same two do not wait for each other.
        ends = ClaimLink.objects.filter(claim=uid, link="conflicts_with").values("target_claim")
        held = Q(pk=uid) | Q(pk__in=request.POST.getlist("conflicts_with")) | Q(pk__in=ends)
        if self.kind:
            # The screen of one kind sees no others, and the other end of a conflict may be of any.
            list(Claim.objects.filter(held).order_by("pk").select_for_update(no_key=True).values_list("pk"))
            return rows.filter(pk=uid).order_by().first()
        found = rows.filter(held).order_by("pk").select_for_update(of=("self",), no_key=True)
        return next((row for row in list(found) if row.pk == uid), None)

    def start(self, request):
        kind = self.kind or request.GET.get("kind", "")
        subject = Profile.objects.filter(pk=request.GET.get("subject", "")).first()
        if subject is None or kind not in SHAPE:
            return self.choose(request, kind)
        key = first_aspect(kind, subject.model, request.GET.get("topic", ""), request.GET.get("aspect", ""))
        return {
            "model": "claim",
            "kind": kind,
            "subject": subject.pk,
            "profile": subject,
            "salt": new_salt(),
            "aspect_key": key,
            "about": request.GET.get("about") or None,
            "designation": request.GET.get("designation") or None,
            **carried(request, ("statement", "when", "sense", "voice", "number")),
        }

    def started(self, row, current):
        return {"model": "claim", "kind": row.kind, "profile": row.subject}

    def choose(self, request, kind):
        """Ask for the subject, and the kind where the address does not say it."""
        ask = forms.Form()
        ask.fields["subject"] = forms.ModelChoiceField(
            Profile.objects.all(), widget=AutocompleteSelect(Claim._meta.get_field("subject"), admin.site)
        )
        if not self.kind:
            ask.fields["kind"] = forms.ChoiceField(choices=[(one, KIND_LABELS[one]) for one in SHAPE], initial=kind)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Add {self.opts.verbose_name}: whose?",
            "opts": self.opts,
            "form": ask,
            "media": self.media + ask.media,
        }
        return TemplateResponse(request, "admin/desk/choose.html", context)

    def fieldsets_of(self, request, start, current):
        return fieldsets(start["kind"], start["profile"].model, current)

    def new_uid(self, start):
        return next_uid(start["profile"])

    def formset_of(self, request, form, data):
        current = form.current
        cited = current.citations if current else ()
        known = {citation.uid: citation for citation in cited}
        base = data.get("base", "") if data else ""
        if current and base and base != docs.digest(current):
            opened = read_documents({current.uid: base}).get(current.uid)
            known = {citation.uid: citation for citation in (opened.citations if opened else ())} | known
        version = request.GET.get("version") or (cited[-1].version if cited else "")
        if not version and current is None:
            version = usual_version(form.start["subject"])
        shelf = Shelf({version, *(citation.version for citation in known.values()), *versions_posted(data or {})})
        made = forms.formset_factory(
            CitationForm, CitationFormSet, extra=0 if current or data else 1, can_delete=True, max_num=100
        )
        formset = made(
            data,
            prefix="citations",
            initial=[initial_of(citation, shelf) for citation in cited],
            form_kwargs={"shelf": shelf, "owner": current.uid if current else "", "known": known},
        )
        # A passage selected in the text comes with its place.
        place = {name: request.GET[name] for name in ("start", "end") if request.GET.get(name, "").isdecimal()}
        place |= carried(request, ("bearing", "voice", "speakers", "part"))
        formset.shelf, formset.prefilled = shelf, {"version": version, **place} if version else {}
        return formset

    def document(self, form, formset, uid):
        # A new claim's uid was never used, nor was any citation's.
        number = partial(next_citation_number, uid) if form.current else lambda: 1
        return msgspec.structs.replace(form.document(uid), citations=formset.documents(uid, number))

    def take_problems(self, form, formset, problems):
        kept = [one for one in formset.forms if not one.cleaned_data.get("DELETE")]
        for problem in problems:
            head, _, field = problem.field.partition("].")
            number = head.removeprefix("citations[")
            if number.isdigit() and int(number) < len(kept):
                place = field if field in kept[int(number)].fields else None
                kept[int(number)].add_error(place, f"{problem.message[:1].upper()}{problem.message[1:]}.")
            else:
                form.show_problem(problem.field, problem.message)

    def more(self, request, row, current):
        if current is None:
            return {}
        before, after = neighbours(row)
        published = published_digests([row.pk]).get(row.pk, "")
        return {
            "independence": independence([current]).get(current.uid),
            "checks": checks_of_claim(current, published),
            "claim_before": before,
            "claim_after": after,
            "published": published,
            "may_open": may_open(request.user),
            "correcting": CORRECTING,
            "correction": {name: _typed(request, f"correction_{name}") for name in ("note", "kind")},
            "under_review": bool(under_review([row.pk])),
            "history": revisions_of([row.pk], limit=5),
        }

    def _page(self, request, form, row, context, status):
        formset = context["formset"]
        context["again"] = "again" in request.GET
        if row is None and not form.is_bound:
            formset.forms[0].fields["quote"].widget.attrs["autofocus"] = True
        texts = formset.shelf.texts
        if form.current:
            passages = beside(form.current.citations, texts)
            context["passages"] = [passages[citation.uid] for citation in form.current.citations]
        elif version := formset.prefilled.get("version", ""):
            context["text_version"] = version
            if version in texts:
                context["paragraphs"] = _marked(version, texts[version])
        return super()._page(request, form, row, context, status)

    # -- afterwards --------------------------------------------------------------------------------------

    def reason_given(self, request):
        return public_note(request)

    def saved(self, request, row, *, new, outcome):
        others = [uid for uid in (*outcome.changed, *outcome.added) if uid != row.pk]
        if others:
            self.message_user(request, f"Written there too: {', '.join(others)}.", messages.INFO)
        if outcome.revision:
            self._warn_of_silence(request, row)
        if "_correct" in request.POST and not new:
            return correct(request, row.pk)
        if "_addanother" in request.POST:
            message = f"{row.pk} is saved. Here is the next one." if outcome.revision else "Nothing was changed."
            self.message_user(request, message, messages.SUCCESS)
            version = row.citations.order_by("-position").values_list("version_id", flat=True).first()
            query = {"subject": row.subject_id, "kind": row.kind, "aspect": f"{row.topic}.{row.aspect}"}
            query |= {"version": version} if version else {}
            query["again"] = "1"
            return HttpResponseRedirect(f"{reverse('admin:profiles_claim_add')}?{urlencode(query)}")
        return super().saved(request, row, new=new, outcome=outcome)

    def _warn_of_silence(self, request, row):
        """Say that the page tells of a silence where this claim now answers."""
        filed = {"subject": row.subject_id, "topic": row.topic, "aspect": row.aspect}
        for silence in Silence.objects.filter(**filed, state="not_stated"):
            address = reverse("admin:profiles_silence_change", args=[silence.pk])
            told = "says “not stated” of this aspect, in the versions that it names. Does it still hold?"
            messages.warning(request, format_html('Silence <a href="{}">{}</a> {}', address, silence.pk, told))

    def response_post_save_add(self, request, obj):
        return self._to_profile(obj)

    def response_post_save_change(self, request, obj):
        return self._to_profile(obj)

    def _to_profile(self, row):
        address = reverse(f"admin:profiles_{row.subject.model}_change", args=[row.subject_id])
        return HttpResponseRedirect(f"{address}#{row.pk}")


def _typed(request, name):
    return request.POST.get(name) or request.GET.get(name, "")


def _marked(version, text):
    """The text to write from, beside a new claim's form: what is cited already is marked."""
    ranges = Citation.objects.filter(version=version).order_by().values_list("start", "end", "claim_id")
    return paragraphs_of(text, ranges)


def carried(request, names):
    """What was typed on the panel of a source's text before its whole form was asked for."""
    return {name: request.GET[name][:5000] for name in names if request.method == "GET" and request.GET.get(name)}


def usual_version(subject):
    """The version that a profile's claims cite most: where the next passage most likely stands."""
    cited = Citation.objects.filter(claim__subject=subject).order_by().values("version")
    return next(iter(cited.annotate(n=Count("pk")).order_by("-n", "version").values_list("version", flat=True)), "")


def register_kinds():
    """A screen for each kind of claim."""
    admin.site.register(Claim, ClaimAdmin)
    for kind, model in KIND_MODELS.items():
        admin.site.register(model, type(f"{model.__name__}Admin", (ClaimAdmin,), {"kind": kind}))


def kinds_for(model):
    """The kinds that an editor may add to a profile of this model, with their labels."""
    return [(kind, KIND_LABELS[kind]) for kind in KINDS[model]]
