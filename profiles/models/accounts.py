"""Who may sign in to the desk."""

from typing import NoReturn

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.functional import cached_property

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
    def handed_over_by(self) -> frozenset[int]:
        """Who made this account, gave it roles or set its password or second factor, but for itself: one query.

        Work of theirs is not for this account to approve: it might be theirs.
        """
        given = self.acts_upon.filter(act__in=HANDED_OVER).values_list("by", flat=True)
        return frozenset(given) - {None, self.pk}

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        """Refuse."""
        raise AccountKept("Accounts are deactivated, never deleted: history names them.")
