"""What the desk wrote beside a document, and goes with its words: reasons, remarks, comments."""

from collections.abc import Iterable

from profiles.models import Decision, Publication, Review, ReviewEntry, Revision, RevisionEntry
from profiles.values.repeated import repeats

RUN = 3  # words on end


def forget_beside(uids: Iterable[str], said: list[str]) -> None:
    """Blank the reasons, notes and comments that are about these documents alone, or repeat three words of theirs.

    The guards let this through for what a redaction names, and only this.
    """
    wanted = set(uids)
    Decision.objects.filter(uid__in=wanted).exclude(comment="").update(comment="")
    touched = RevisionEntry.objects.filter(uid__in=wanted).values("revision")
    others = set(
        RevisionEntry.objects.filter(revision__in=touched).exclude(uid__in=wanted).values_list("revision_id", flat=True)
    )
    # The reason of the redaction itself is public, and stays.
    for revision in Revision.objects.filter(pk__in=touched).exclude(reason="").exclude(act="redact"):
        if revision.pk not in others or repeats(revision.reason, said, RUN):
            Revision.objects.filter(pk=revision.pk).update(reason="")
    for review in Review.objects.filter(pk__in=ReviewEntry.objects.filter(uid__in=wanted).values("review")):
        told = ("note", "remark", "decision_note")
        gone = {name: "" for name in told if repeats(getattr(review, name), said, RUN)}
        if gone:
            Review.objects.filter(pk=review.pk).update(**gone)


def public_notes_repeating(uids: Iterable[str], said: list[str]) -> list[tuple[int, str]]:
    """The public notes that repeat these words: what a hash covers cannot be changed, so who redacts must know."""
    wanted = list(uids)
    notes = Publication.objects.exclude(note="").order_by("number").values_list("number", "note")
    return [(number, note) for number, note in notes if repeats(note, said, RUN)] if wanted else []
