"""The audit log: who did what, when. Rows are only ever added; triggers refuse all else."""

from typing import Self

from django.conf import settings
from django.db import models


class AuditQuerySet(models.QuerySet):
    """Entries of the log, asked in the domain's words."""

    def about(self, account: models.Model) -> Self:
        """What was done to one account, by whomever."""
        return self.filter(account=account)


class AuditEntry(models.Model):
    """One act. It names what was touched (`review 12`, `publication 3`), and holds no words of claims or reasons."""

    ACTS = (
        ("signed_in", "signed in"),
        ("sign_in_failed", "sign-in failed"),
        ("locked", "locked out"),
        ("unlocked", "unlocked"),
        ("signed_out", "signed out"),
        ("session_ended", "session ended"),
        ("password_set", "password set"),
        ("second_factor_set", "second factor set up"),
        ("second_factor_reset", "second factor reset"),
        ("recovery_codes_made", "recovery codes made"),
        ("recovery_code_used", "recovery code used"),
        ("code_failed", "code refused"),
        ("account_made", "account made"),
        ("roles_changed", "roles changed"),
        ("deactivated", "deactivated"),
        ("reactivated", "reactivated"),
        ("revised", "revision"),
        ("review_opened", "review opened"),
        ("claim_decided", "claim decided on"),
        ("review_scheduled", "review approved for a set time"),
        ("review_put_back", "review put back to open"),
        ("review_approved", "review approved"),
        ("review_sent_back", "review sent back"),
        ("review_dropped", "review taken back"),
        ("published", "published"),
        ("taken_down", "taken down"),
        ("exported", "exported"),
        ("report_answered", "reader's report answered"),
        ("report_declined", "reader's report declined"),
        ("passages_kept", "passages kept at an older version"),
        ("second_look", "passages still support a changed claim"),
        ("looked_over", "looked over, nothing to change"),
    )
    act = models.CharField(max_length=24, choices=ACTS, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="acts")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="acts_upon", help_text="Whose account it is."
    )
    thing = models.CharField(max_length=100, blank=True, default="", help_text="review 12, publication 3")
    note = models.CharField(max_length=300, blank=True, default="")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "entry of the audit log"
        verbose_name_plural = "audit log"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.thing}".strip()
