"""Save what a form spells: the document that it was opened on, and those that change with it, in one revision."""

import re
from typing import Any

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction

from profiles.editorial.edit import Outcome, Stale, settle
from profiles.editorial.mapping import read_rows
from profiles.models import Authority, Document, Place, Profile, Programme, RevisionEntry, Source, Speaker
from profiles.values import documents as docs

_SERIES: dict[str, tuple[str, Any]] = {
    "source": ("src-", Source),
    "speaker": ("spk-", Speaker),
    "authority": ("auth-", Authority),
    "programme": ("prog-", Programme),
    "place": ("place-", Place),
    "group": ("g", Profile),
    "person": ("p", Profile),
    "event": ("e", Profile),
}


def save(
    document: docs.Document, *also: docs.Document, by: AbstractBaseUser, reason: str = "", base: str = ""
) -> Outcome:
    """Make the rows spell these documents. `base` is the digest that the first was opened on; empty: it is new.

    Nothing changed: no revision. Raises Stale where somebody saved the first meanwhile, Refused where one is not
    well formed; nothing is written then.
    """
    wanted = {made.uid: made for made in (document, *also)}
    outcome = Outcome()
    with transaction.atomic():
        before = {uid: docs.digest(there) for uid, there in read_rows(wanted).items()}
        if before.get(document.uid, "") != base:
            raise Stale("Somebody has saved this meanwhile. Compare both and save again.")
        settle(outcome, before, wanted, False, by=by, reason=reason, act="save")
    return outcome


def one_at_a_time() -> None:
    """Wait, until the transaction ends, for whoever else gives out uids. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x4D494C])


def next_header_uid(tag: str) -> str:
    """The next free uid of a source, speaker, authority, programme, place (`spk-0002`) or profile (`g0001`)."""
    head, table = _SERIES[tag]
    used = set(table.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    used |= set(RevisionEntry.objects.filter(uid__startswith=head).values_list("uid", flat=True))
    numbers = [int(found[1]) for uid in used if (found := re.fullmatch(re.escape(head) + r"(\d{4,})", uid))]
    return f"{head}{max(numbers, default=0) + 1:04d}"


def next_citation_number(claim: str) -> int:
    """The next number for a citation of a claim; never one that any stored document of it ever had."""
    pattern = re.compile(re.escape(claim) + r'-c(\d+)"')
    stored = Document.objects.filter(uid=claim, body__isnull=False).values_list("body", flat=True)
    return max((int(number) for body in stored for number in pattern.findall(body or "")), default=0) + 1


def mirrored(claim: docs.Claim, before: docs.Claim | None) -> list[docs.Claim]:
    """The claim with its conflicts written at both ends: itself first, then each other claim that this changes.

    Standing follows a link: what stands becomes contested, and stands again once its last conflict is gone.
    """
    linked, were = set(claim.conflicts_with), set(before.conflicts_with if before else ())
    if linked == were:
        return [claim]
    made = [_standing(claim)]
    for uid, other in sorted(read_rows(linked ^ were).items()):
        if isinstance(other, docs.Claim):
            named = {*other.conflicts_with, claim.uid} if uid in linked else {*other.conflicts_with} - {claim.uid}
            changed = _standing(msgspec.structs.replace(other, conflicts_with=tuple(sorted(named))))
            made += [changed] if changed != other else []
    return made


def _standing(claim: docs.Claim) -> docs.Claim:
    if claim.conflicts_with and claim.standing == "stands":
        return msgspec.structs.replace(claim, standing="contested")
    if not claim.conflicts_with and claim.standing == "contested":
        return msgspec.structs.replace(claim, standing="stands")
    return claim
