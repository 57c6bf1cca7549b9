"""What every screen of a document shares: the form spells a document, and saving it is one act of editorial."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.views.decorators.csrf import csrf_protect

from profiles.admin.deletion import DeletionScreen
from profiles.admin.form import DocumentForm, problems_of
from profiles.admin.history import HistoryScreen
from profiles.admin.labels import labels_of
from profiles.admin.marks import DeskChangeList
from profiles.admin.provenance import ProvenanceScreen
from profiles.admin.review_action import may_open
from profiles.admin.spelling import AnySpelling
from profiles.editorial.edit import Refused
from profiles.editorial.mapping import read_rows, spelling
from profiles.editorial.save import next_header_uid, one_at_a_time, save
from profiles.models.base import WordField
from profiles.models.editions import published_digests, read_documents
from profiles.values import documents as docs
from profiles.values.diff import side_by_side


class DocumentAdmin(AnySpelling, ProvenanceScreen, HistoryScreen, DeletionScreen, admin.ModelAdmin):
    """Lists, forms and deletion for one table of documents."""

    form = DocumentForm
    formfield_overrides = {WordField: {"widget": forms.Select}, models.URLField: {"assume_scheme": "https"}}
    change_form_template = "admin/desk/change_form.html"
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    tag = ""

    class Media:
        css = {"all": ("css/admin-desk.css",)}
        js = ("js/lookups.js",)

    # -- what a kind of document says for itself -------------------------------------------------------

    def start(self, request: HttpRequest) -> dict[str, Any] | HttpResponse:
        """What a new document begins with; a response where something must be chosen first."""
        return {"model": self.tag, **self.get_changeform_initial_data(request)}

    def started(self, row: Any, current: Any) -> dict[str, Any]:
        """What the form of a document that is there has to know beside it."""
        return {"model": docs.tag_of(current)}

    def fieldsets_of(self, request: HttpRequest, start: dict[str, Any], current: Any) -> list:
        """The fields of the form, in groups."""
        return [(None, {"fields": self.fields})]

    def new_uid(self, start: dict[str, Any]) -> str:
        """The uid of a new document."""
        return next_header_uid(start["model"])

    def formset_of(self, request: HttpRequest, form: DocumentForm, data: Any) -> Any:
        """What is nested in the document, if anything."""
        return None

    def document(self, form: DocumentForm, formset: Any, uid: str) -> docs.Document:
        """What was typed, as a document."""
        return form.document(uid)

    def more(self, request: HttpRequest, row: Any, current: Any) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    # -- the form ------------------------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        # Looking up is enough; what is found is changed on its own page, under its own digest.
        if isinstance(field, forms.ModelChoiceField) and hasattr(field.widget, "can_add_related"):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    @method_decorator(csrf_protect)
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return self._screen(request, object_id, extra_context)
        # The row stays locked from the look at its digest to the save.
        with transaction.atomic():
            return self._screen(request, object_id, extra_context)

    def _screen(self, request, object_id, extra_context):
        posted = request.method == "POST"
        row = current = None
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            start = self.start(request)
            if isinstance(start, HttpResponse):
                return start
            if posted:
                one_at_a_time()
        else:
            row = self._row(request, unquote(object_id), lock=posted)
            if row is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            may = self.has_change_permission if posted else self.has_view_or_change_permission
            if not may(request, row):
                raise PermissionDenied
            current = read_rows([row.pk])[row.pk]
            start = self.started(row, current)
        editable = self.has_change_permission(request, row) if row else True
        form = self._form(request, start, current)
        formset = self.formset_of(request, form, request.POST if posted else None)
        status, beside = 200, []
        if posted:
            done, status, beside = self._save(request, start, form, formset, row)
            if done is not None:
                return done
        if not editable:
            for field in form.fields.values():
                field.disabled = True
        context = {
            "base": docs.digest(current) if current else "",
            "beside": beside,
            "formset": formset,
            "start": start,
            **self.more(request, row, current),
            **(extra_context or {}),
        }
        return self._page(request, form, row, context, status)

    def _row(self, request, uid, *, lock):
        if lock and connection.features.has_select_for_update:
            # Alone: PostgreSQL locks no row of a join that may be empty. SQLite has one writer, and its lock is taken.
            self.model._base_manager.select_for_update().filter(pk=uid).order_by().first()
        return self.get_object(request, uid)

    def _form(self, request, start, current) -> DocumentForm:
        fieldsets = self.fieldsets_of(request, start, current)
        names = [name for _, options in fieldsets for row in options["fields"] for name in _names(row)]
        columns = {field.name for field in self.opts.get_fields()} - {"claims", "silences"}
        made = self.get_form(request, None, fields=[name for name in names if name in columns])
        data = request.POST if request.method == "POST" else None
        form = made(data, current=current, start=start)
        form.desk_fieldsets = [
            (title, {**options, "fields": _only(options["fields"], form.fields)}) for title, options in fieldsets
        ]
        return form

    def _save(self, request, start, form, formset, row):
        """(response where all went well, status, states side by side)."""
        current = form.current
        base = request.POST.get("base", "")
        valid = form.is_valid()
        valid = (formset is None or formset.is_valid()) and valid
        uid = row.pk if row else self.new_uid(start)
        if current and base != docs.digest(current):
            form.add_error(
                None, "Somebody has saved this meanwhile. Compare both below, and save again what is to stand."
            )
            return None, 409, self._beside(form, formset, uid, base)
        if not valid:
            return None, 200, []
        made = self.document(form, formset, uid)
        if problems := problems_of(made):
            self.take_problems(form, formset, problems)
            return None, 200, []
        reason = form.cleaned_data["reason"] or self.reason_given(request)
        # The uid of a new one was never used.
        changed = current is not None and made != current
        if changed and not reason and uid in published_digests([uid]):
            form.add_error("reason", "This has been published: say why you change it.")
            return None, 200, []
        try:
            outcome = save(made, by=request.user, reason=reason, base=base if current else "", held=current)
        except Refused as error:
            for sentence in error.reasons:
                form.add_error(None, sentence)
            return None, 200, []
        new = row is None
        row = self.get_queryset(request).get(pk=uid) if new else spelling(row, made)
        return self.saved(request, row, new=new, outcome=outcome), 200, []

    def reason_given(self, request):
        """What stands for the reason where none is typed."""
        return ""

    def take_problems(self, form, formset, problems):
        """Show each problem where it was typed."""
        form.take_problems(problems)

    def _beside(self, form, formset, uid, base):
        opened = read_documents({uid: base}).get(uid) if base else None
        typed = self.document(form, formset, uid)
        named = [one for one in (opened, form.current, typed) if one]
        return side_by_side(opened, form.current, typed, labels_of(named))

    def saved(self, request, row, *, new, outcome):
        """Where to go after a save."""
        if not new and not outcome.revision:
            self.message_user(request, "Nothing was changed.", messages.INFO)
            return self.response_post_save_change(request, row)
        return self.response_add(request, row) if new else self.response_change(request, row)

    def _page(self, request, form, row, context, status):
        focus_first_error(form, context["formset"], nested_first=row is None)
        adminform = helpers.AdminForm(
            form, form.desk_fieldsets, {} if row else self.get_prepopulated_fields(request), (), model_admin=self
        )
        formset, named = context["formset"], self.opts.verbose_name
        editable = row is None or self.has_change_permission(request, row)
        verb = "Add" if row is None else "Change" if editable else "View"
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb} {named}",
            "subtitle": Truncator(row).chars(120) if row else None,
            "adminform": adminform,
            "object_id": row.pk if row else None,
            "original": row,
            "opts": self.opts,
            "app_label": self.opts.app_label,
            "add": row is None,
            "change": row is not None,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "is_popup_var": IS_POPUP_VAR,
            "to_field": None,
            "to_field_var": TO_FIELD_VAR,
            "media": self.media + adminform.media + (formset.media if formset else forms.Media()),
            "inline_admin_formsets": [],
            "errors": _errors(form, formset),
            "preserved_filters": self.get_preserved_filters(request),
            "editable": editable,
            "has_view_permission": self.has_view_permission(request, row),
            "has_add_permission": self.has_add_permission(request),
            "has_change_permission": self.has_change_permission(request, row),
            "has_delete_permission": self.has_delete_permission(request, row),
            "has_editable_inline_admin_formsets": editable,
            "has_absolute_url": False,
            "save_as": False,
            "save_on_top": False,
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.change_form_template, context, status=status)

    # -- lists ------------------------------------------------------------------------

    def has_open_review_permission(self, request):
        """Asked for the action "put up for review"."""
        return may_open(request.user)

    def get_changelist(self, request, **kwargs):
        return DeskChangeList


def focus_first_error(form, formset, *, nested_first):
    """Begin where something is wrong, without a script too."""
    shown = [name for _, options in form.desk_fieldsets for row in options["fields"] for name in _names(row)]
    own = [form[name] for name in shown if name in form.errors]
    nested = [one[name] for one in (formset.forms if formset else ()) for name in one.fields if name in one.errors]
    for field in [*nested, *own][:1] if nested_first else [*own, *nested][:1]:
        field.field.widget.attrs["autofocus"] = True


def _names(row):
    return [row] if isinstance(row, str) else row


def _only(rows, fields):
    """The rows of a fieldset without the fields that this form does not have."""
    kept = []
    for row in rows:
        if isinstance(row, str):
            kept += [row] if row in fields else []
        elif some := tuple(name for name in row if name in fields):
            kept.append(some if len(some) > 1 else some[0])
    return kept


def _errors(form, formset):
    found = helpers.AdminErrorList(form, [])
    if formset is not None:
        for one in formset.forms:
            found.extend(one.errors.values())
        found.extend(formset.non_form_errors())
    return found
