"""What administrators do to accounts: make, give roles, deactivate, let back in. Nobody does it to their own."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction

from profiles.editorial import second_factor
from profiles.editorial.accounts import ROLES, ensure_roles
from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.editorial.sign_ins import unlock_name
from profiles.models import DeskSession, User


def make_account(user: User, *, by: User) -> User:
    """Save a new account that may sign in to the desk, and has no role yet."""
    _refuse(by, user)
    with transaction.atomic():
        user.is_staff, user.is_superuser, user.demonstration = True, False, False
        user.save()
        record("account_made", by=by, account=user)
    return user


def change_roles(user: User, roles: Iterable[str], *, by: User) -> None:
    """Give an account exactly these roles. Administrators hold no other role: who gives roles uses none."""
    _refuse(by, user)
    wanted, had = set(roles), set(user.groups.values_list("name", flat=True))
    if strange := wanted - ROLES.keys():
        raise Refused(f"There is no role {', '.join(sorted(strange))}.")
    if "administrator" in wanted and len(wanted) > 1:
        raise Refused("An administrator's account holds no other role: make another account for the other work.")
    if wanted == had:
        return
    with transaction.atomic():
        # A site from before a role was thought of has no group for it yet.
        made = Group.objects.filter(name__in=wanted)
        if made.count() < len(wanted):
            ensure_roles()
        user.groups.set(made.all())
        told = [f"+{role}" for role in sorted(wanted - had)] + [f"-{role}" for role in sorted(had - wanted)]
        record("roles_changed", by=by, account=user, note=" ".join(told))


def deactivate(user: User, *, by: User) -> None:
    """Let an account sign in no more, and end its sessions. It stays, since history names it."""
    _refuse(by, user)
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            user.is_active = False
            end_sessions(user)
            record("deactivated", by=by, account=user)


def reactivate(user: User, *, by: User) -> None:
    """Let a deactivated account sign in again."""
    _refuse(by, user)
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            user.is_active = True
            record("reactivated", by=by, account=user)


def set_password(user: User, *, by: User) -> None:
    """Tell that a password was set, and end every session that was begun with the old one."""
    if by.pk != user.pk:
        _refuse(by, user)
        end_sessions(user)
    record("password_set", by=by, account=user)


def reset_second_factor(user: User, *, by: User) -> None:
    """Take away a lost second factor; the next sign-in sets up a new one. Sessions end."""
    _refuse(by, user)
    with transaction.atomic():
        if not second_factor.forget(user):
            raise Refused(f"{user} has no second factor.")
        end_sessions(user)
        record("second_factor_reset", by=by, account=user)


def unlock(user: User, *, by: User) -> None:
    """Let a locked account try again at once."""
    _refuse(by, user)
    with transaction.atomic():
        if not unlock_name(user.get_username()):
            raise Refused(f"{user} is not locked.")
        record("unlocked", by=by, account=user)


def end_session(user: User, name: str, *, by: User) -> None:
    """End one session of one's own, or of somebody whose account one manages."""
    if by.pk != user.pk:
        _refuse(by, user)
    with transaction.atomic():
        found = [row for row in DeskSession.objects.filter(user=user) if row.name == name]
        if not found:
            raise Refused("This session has ended already.")
        found[0].delete()
        record("session_ended", by=by, account=user)


def end_sessions(user: User) -> int:
    """End all sessions of an account; how many there were."""
    return DeskSession.objects.filter(user=user).delete()[0]


def _refuse(by: User, user: User) -> None:
    if not by.is_active or not (by.has_perm("profiles.change_user") and by.has_perm("profiles.add_user")):
        raise Refused("You may not manage accounts.")
    if by.pk == user.pk:
        raise Refused("Nobody manages their own account: another administrator does.")
    if user.is_superuser and not by.is_superuser:
        raise Refused("A superuser's account is managed by superusers.")
