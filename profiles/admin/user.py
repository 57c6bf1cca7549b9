"""Members of the desk: made, given roles, deactivated. Every act is a verb of editorial/people.py, and is logged."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django_otp.plugins.otp_static.admin import StaticDevice  # importing registers, before it is undone
from django_otp.plugins.otp_totp.admin import TOTPDevice

from profiles.admin.people.account import sessions_of
from profiles.editorial import people, second_factor
from profiles.editorial.accounts import ROLES
from profiles.editorial.edit import Refused
from profiles.models import User

# Address -> the verb, and what is said afterwards.
ACTS = {
    "deactivate": (people.deactivate, "{} can sign in no more, and every session is ended."),
    "reactivate": (people.reactivate, "{} can sign in again."),
    "unlock": (people.unlock, "{} can try again at once."),
    "reset-second-factor": (people.reset_second_factor, "{} sets up a new second factor at the next sign-in."),
}


class RolesMixin:
    """Roles as boxes, each with what it does; the one rule across them is told at the form."""

    def clean_roles(self):
        chosen = self.cleaned_data["roles"]
        if "administrator" in chosen and len(chosen) > 1:
            raise forms.ValidationError("An administrator's account holds no other role.")
        return chosen


def roles_field():
    """A box for each role."""
    return forms.MultipleChoiceField(
        choices=[(name, f"{name}: {what}") for name, what in ROLES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AccountForm(RolesMixin, DjangoUserAdmin.form):
    """Name and roles of an account."""

    roles = roles_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["roles"] = list(self.instance.groups.values_list("name", flat=True))


class NewAccountForm(RolesMixin, DjangoUserAdmin.add_form):
    """A new account."""

    roles = roles_field()


# Roles are made by code, from one table; nobody edits permissions by hand. And nobody, superusers neither, looks at
# the secret of somebody's second factor, or gives them another.
admin.site.unregister((Group, StaticDevice, TOTPDevice))


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Members of the desk. They are deactivated, never deleted: history names them."""

    form = AccountForm
    add_form = NewAccountForm
    change_form_template = "admin/people/user.html"
    list_display = ("username", "first_name", "last_name", "role_names", "is_active", "is_superuser", "demonstration")
    list_filter = ("groups", "is_active", "is_superuser", "demonstration")
    readonly_fields = ("is_active", "is_superuser", "demonstration", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", ("first_name", "last_name"), "email", "roles")}),
        ("State", {"fields": (("is_active", "is_superuser", "demonstration"), ("last_login", "date_joined"))}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "roles")}),
    )
    filter_horizontal = ()
    actions = None

    class Media:
        css = {"all": ("css/admin-people.css",)}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roles")
    def role_names(self, row):
        return ", ".join(sorted(group.name for group in row.groups.all())) or "none"

    # -- rights ------------------------------------------------------------------------------------------

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        # One's own is for another administrator; a superuser's for superusers.
        return obj is None or (obj.pk != request.user.pk and (request.user.is_superuser or not obj.is_superuser))

    # -- acts --------------------------------------------------------------------------------------------

    def get_urls(self):
        return [
            path("<int:pk>/<slug:act>/now/", self.admin_site.admin_view(self.act), name="profiles_user_act"),
            *super().get_urls(),
        ]

    def act(self, request, pk, act):
        if request.method != "POST" or act not in ACTS:
            return HttpResponseNotAllowed(["POST"])
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        verb, said = ACTS[act]
        try:
            verb(user, by=request.user)
        except Refused as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, said.format(user))
        return HttpResponseRedirect(reverse("admin:profiles_user_change", args=[pk]))

    def save_model(self, request, obj, form, change):
        if change:
            # What the form did not ask stays as the database has it.
            obj.save(update_fields=["username", "first_name", "last_name", "email"])
        else:
            people.make_account(obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        people.change_roles(form.instance, form.cleaned_data["roles"], by=request.user)

    def user_change_password(self, request, id, form_url=""):
        user = self.get_object(request, unquote(id))
        if user is None:
            raise Http404(f"no account {id}")
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            if request.method == "POST" and response.status_code == 302:
                people.set_password(user, by=request.user)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= {
                "sessions": sessions_of(obj, request),
                "owner": obj,
                "device": second_factor.device_of(obj),
                "may_act": self.has_change_permission(request, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)
