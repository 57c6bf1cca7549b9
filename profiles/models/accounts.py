"""Who may sign in to the desk."""

from collections.abc import Mapping
from typing import NoReturn

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.functional import cached_property

from profiles.models.audit import AuditEntry

# What gives the use of an account to somebody else.
HANDED_OVER = ("account_made", "password_set", "second_factor_reset", "roles_changed", "reactivated")


class AccountKept(Exception):
    """An account was to be deleted: it is deactivated instead, since history names it."""


class UserQuerySet(models.QuerySet):
    """Accounts, which are deactivated and never deleted."""

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AccountKept("Accounts are deactivated, never deleted: history names them.")


class Accounts(UserManager.from_queryset(UserQuerySet)):
    """All accounts, those that are deactivated too."""

    use_in_migrations = False


class User(AbstractUser):
    """A member of the desk. Names and times of work stay in the house: no page or export carries them."""

    demonstration = models.BooleanField(
        default=False,
        editable=False,
        help_text="What this account opens or approves is marked: nobody checked it. Set when it is made, for good.",
    )

    # The database's guards hold both: a row is never deleted, and `demonstration` never changes.
    objects = Accounts()

    @cached_property
    def in_one_hand(self) -> frozenset[int]:
        """The accounts that one person may have together with this one, as the log tells: one query.

        They made it, gave it roles or set its password or second factor, or it did so to them; and so on in turn, up
        and down. Their work is not for this account to approve, since it might be its own.
        """
        up: dict[int, set[int]] = {}
        down: dict[int, set[int]] = {}
        given = AuditEntry.objects.filter(act__in=HANDED_OVER, by__isnull=False, account__isnull=False)
        for by, account in given.order_by().values_list("by", "account").distinct():
            up.setdefault(account, set()).add(by)
            down.setdefault(by, set()).add(account)
        return frozenset(_in_turn(self.pk, up) | _in_turn(self.pk, down)) - {self.pk}

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        """Refuse."""
        raise AccountKept("Accounts are deactivated, never deleted: history names them.")


def _in_turn(first: int, steps: Mapping[int, set[int]]) -> set[int]:
    """All that steps lead to from the first."""
    found: set[int] = set()
    todo = [first]
    while todo:
        new = steps.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found
