"""Remove drafts that nobody ever reviewed or published. All else is retracted, retired or merged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from profiles.editorial.edit import Outcome, Refused, recorded
from profiles.editorial.mapping import read_rows, remove_rows
from profiles.editorial.pictures.store import files_of, forget
from profiles.models import (
    Authority,
    Capture,
    Citation,
    Claim,
    ClaimLink,
    Picture,
    Place,
    Profile,
    Programme,
    PublishedDocument,
    ReviewEntry,
    Silence,
    Source,
    SourceVersion,
    Speaker,
    Translation,
)
from profiles.models.documents import chunks
from profiles.values import documents as docs

_TABLES: dict[str, Any] = {
    "profile": Profile,
    "claim": Claim,
    "silence": Silence,
    "picture": Picture,
    "source": Source,
    "version": SourceVersion,
    "speaker": Speaker,
    "authority": Authority,
    "programme": Programme,
    "place": Place,
}
# Rows that are part of the document itself go with it.
_NESTED = {(Claim, Citation), (Claim, Translation), (Claim, ClaimLink), (SourceVersion, Capture)}


@dataclass(frozen=True, slots=True)
class Dependent:
    """A document that names one which is to be removed."""

    uid: str
    model: str
    label: str
    names: str

    def __str__(self) -> str:
        return f"{self.label} ({self.uid}) names {self.names}"


def remove(uids: Iterable[str], *, by: AbstractBaseUser, reason: str = "") -> Outcome:
    """Delete drafts with what is nested in them; one revision tells of it.

    Refuses what was ever put up for review or published, and what others name, listing these.
    """
    wanted = list(dict.fromkeys(uids))
    with transaction.atomic():
        if reasons := why_not_remove(wanted):
            raise Refused(*reasons)
        lost = files_of(uid for uid in wanted if docs.model_of(uid) == "picture")
        with recorded(wanted, by=by, reason=reason) as outcome:
            delete(wanted)
        forget(lost)
        outcome.removed += wanted
    return outcome


def why_not_remove(uids: Iterable[str], but_for: Collection[str] = ()) -> list[str]:
    """Why these cannot be removed, as whole sentences; empty where they can. What `but_for` name is passed over."""
    wanted = list(uids)
    there = read_rows(wanted)
    reasons = [f"There is no {uid}." for uid in wanted if uid not in there]
    kept = {uid for some in chunks(wanted) for uid in ever_named(some)}
    for uid in sorted(kept):
        reasons.append(stays(uid))
    found = [dependent for dependent in dependents(wanted) if dependent.uid not in but_for]
    reasons += [f"{dependent}." for dependent in found[:20]]
    if len(found) > 20:
        reasons.append(f"And {len(found) - 20} more name them.")
    return reasons


def stays(uid: str) -> str:
    """Why what was ever named stays, as a sentence."""
    instead = "retract it instead" if docs.model_of(uid) in ("claim", "picture") else "it stays"
    return f"{uid} was put up for review or published: {instead}."


def ever_named(uids: list[str]) -> set[str]:
    """Those that a review or a publication named: they stay."""
    reviewed = ReviewEntry.objects.filter(uid__in=uids).values_list("uid", flat=True)
    published = PublishedDocument.objects.filter(uid__in=uids).values_list("uid", flat=True)
    return {*reviewed, *published}


def dependents(uids: Iterable[str]) -> list[Dependent]:
    """The documents that name one of these and are not among them."""
    wanted = list(uids)
    found: dict[tuple[str, str], Dependent] = {}
    by_table: dict[Any, list[str]] = {}
    for uid in wanted:
        by_table.setdefault(_TABLES[docs.model_of(uid)], []).append(uid)
    for table, some in by_table.items():
        for relation in table._meta.related_objects:
            for owner, named in _naming(table, relation, some):
                if owner.pk not in wanted:
                    tag = str(owner._meta.verbose_name)
                    said = getattr(owner, "statement", "") or str(owner)
                    label = f"{tag.capitalize()} “{shorten(said, 120, placeholder=' …')}”"
                    found[owner.pk, named] = Dependent(owner.pk, tag, label, named)
    for source, version in _copied(by_table.get(SourceVersion, ())):
        if source.pk not in wanted:
            label = f"The archived copy that is recorded in “{shorten(source.title, 120, placeholder=' …')}”"
            found[source.pk, version] = Dependent(source.pk, "source", label, version)
    return [found[key] for key in sorted(found)]


def _copied(versions: Collection[str]) -> Iterable[tuple[Source, str]]:
    """(source, version) for the archived copies that sources have of these: no column refers to them."""
    for source in Source.objects.exclude(archived=[]).order_by("pk") if versions else ():
        for copy in source.archived:
            if copy["version"] in versions:
                yield source, copy["version"]


def _naming(table: Any, relation: Any, uids: list[str]) -> Iterable[tuple[models.Model, str]]:
    """(document row, uid that it names) for one kind of reference."""
    model, field = relation.related_model, relation.field
    if (table, model) in _NESTED and field.name in ("claim", "version"):
        return
    rows = model._default_manager.filter(**{f"{field.name}__in": uids}).order_by("pk")
    if relation.many_to_many:
        for row in rows.distinct():
            yield row, next(iter(getattr(row, field.name).filter(pk__in=uids).values_list("pk", flat=True)))
        return
    # What is nested in a claim stands for the claim.
    owner = {"Citation": "claim", "ClaimLink": "claim", "Attribution": "citation__claim"}.get(model.__name__)
    for row in rows.select_related(owner) if owner else rows:
        named = getattr(row, field.attname)
        for step in (owner or "").split("__") if owner else ():
            row = getattr(row, step)
        yield row, named


def delete(uids: list[str]) -> None:
    """Delete the rows of documents of any kind with all that is nested in them, steps before their designation."""
    ClaimLink.objects.filter(claim_id__in=uids).delete()
    left = uids
    while left:
        rows = Claim.objects.filter(pk__in=left).values_list("designation_id", "superseded_by_id")
        named = {uid for row in rows for uid in row} & set(left)
        free = [uid for uid in left if uid not in named]
        if not free:
            raise Refused(f"These name each other: {', '.join(sorted(left))}. Unlink them first.")
        remove_rows(free)
        left = [uid for uid in left if uid in named]
    for tag, table in _TABLES.items():
        some = [uid for uid in uids if docs.model_of(uid) == tag]
        if tag not in ("claim", "silence", "picture") and some:
            if tag == "version":
                Capture.objects.filter(pk__in=some).delete()
            table.objects.filter(pk__in=some).delete()
