"""What has to be looked at again: a passage whose source has a later version, a claim whose words changed over it.

Rows are kept for good; only how one was decided is written into it, once. They name documents by uid, so that a
citation may go: a row waits only while what it asks about is still so.
"""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from profiles.models.citations import Citation
from profiles.models.claims import Claim


class Asked(models.Model):
    """A question about evidence, and what somebody decided; `by` is nobody where the code closed it."""

    claim = models.CharField(max_length=64, db_index=True, help_text="Uid.")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    decision = models.CharField(max_length=16, blank=True, default="")
    note = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class ReanchoringQuerySet(models.QuerySet):
    """Passages looked for in later versions, asked in the domain's words."""

    def waiting(self) -> Self:
        """Those to decide on: the citation still stands where it was pinned, and its claim was not retracted.

        One that was pinned again waits anew where somebody has put the draft back.
        """
        newer = self.model._base_manager.filter(citation=OuterRef("citation"), pk__gt=OuterRef("pk"))
        there = Citation.objects.filter(pk=OuterRef("citation"), version=OuterRef("pinned"))
        return self.filter(
            Exists(there.exclude(claim__standing="retracted")), ~Exists(newer), decision__in=("", "repinned")
        )


class Reanchoring(Asked):
    """What became of a cited passage in a later version of its source, with the evidence, and what was decided."""

    STATES = (("same", "same"), ("moved", "moved"), ("changed", "changed"), ("gone", "gone"))
    DECISIONS = (
        ("repinned", "pinned again"),
        ("kept", "kept as it is"),
        ("retracted", "claim retracted"),
        ("overtaken", "overtaken by a later version"),
    )
    citation = models.CharField(max_length=64, db_index=True, help_text="Uid.")
    pinned = models.CharField(max_length=64, help_text="The version that it is pinned in.")
    version = models.CharField(max_length=64, db_index=True, help_text="The later version.")
    state = models.CharField(max_length=8, choices=STATES)
    sure = models.BooleanField(
        help_text="Words and sentence are the same, and there is no other place that it could be."
    )
    paragraph = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    passage_sha256 = models.CharField(max_length=64, blank=True, default="")
    evidence = models.JSONField(default=dict, help_text="Likeness in per cent, the sentences around, how often.")

    objects = ReanchoringQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(state="gone") ^ Q(paragraph__isnull=False, start__isnull=False, end__isnull=False),
                name="reanchoring_found_unless_gone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.citation} in {self.version}: {self.state}"


class SecondLookQuerySet(models.QuerySet):
    """Claims to be looked at a second time, asked in the domain's words."""

    def waiting(self) -> Self:
        """The newest of each claim, where nobody has decided and the claim was not retracted."""
        newer = self.model._base_manager.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
        there = Claim.objects.filter(pk=OuterRef("claim")).exclude(standing="retracted")
        return self.filter(~Exists(newer), Exists(there), decision="")


class SecondLook(Asked):
    """A claim came to say something else over passages that stayed: do they still support it?"""

    DECISIONS = (
        ("supports", "still supports"),
        ("recited", "cited anew"),
        ("put_back", "put back to what it said"),
    )
    before = models.CharField(max_length=64, help_text="Digest of the claim while its passages were last looked at.")
    after = models.CharField(max_length=64, help_text="Digest of the claim as it says something else.")
    decided = models.CharField(max_length=64, blank=True, default="", help_text="Digest that was decided on.")

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"second look at {self.claim}"


def forget_asked(uids: Iterable[str]) -> None:
    """Blank the notes to all questions about these claims, which may repeat their words: for a redaction."""
    for model in (Reanchoring, SecondLook):
        model.objects.filter(claim__in=list(uids)).exclude(note="").update(note="")
