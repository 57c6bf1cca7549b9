"""What a reviewer is warned of: it stops nothing, and each says what to look at."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from profiles.editorial.living import people_who_died
from profiles.editorial.public import Public, public_with
from profiles.editorial.rules import accused_of, accuses, heard_in
from profiles.models import Capture, Look, SourceVersion
from profiles.models.documents import chunks
from profiles.models.editions import newest_editions
from profiles.models.published import Spelling
from profiles.values import documents as docs
from profiles.values.accusing import accusing_words
from profiles.values.hedges import missing_hedges, shared_run
from profiles.values.origins import origins, supporting

STALE_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Caution:
    """What to look at in one document; of a profile that nobody looked at for long, its uid."""

    uid: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.uid}: {self.message}"


def cautions(
    changed: Mapping[str, docs.Document], public: Public | None = None, dead: Collection[str] | None = None
) -> list[Caution]:
    """All that is to be looked at in these documents; their number makes no more queries.

    Who has `public_with` and `people_who_died` of the same documents at hand gives them.
    """
    around = public_with(changed) if public is None else public
    claims = [claim for claim in around.claims if claim.standing != "retracted"]
    died = people_who_died(changed) if dead is None else dead
    newest = _newest_versions(claims, around)
    texts = dict(Capture.objects.filter(pk__in=_versions(claims)).values_list("version_id", "text"))
    names = _names(claims, around)
    found: list[Caution] = []
    for claim in claims:
        found += _one_origin(claim, around)
        found += _superseded(claim, around, newest)
        found += _too_near(claim, texts, names)
        found += _unfiled(claim, around, died)
    return [*found, *_stale(changed, around)]


def _one_origin(claim: docs.Claim, public: Public) -> Iterator[Caution]:
    found = origins(claim, public.get)
    if len(found) == 1:
        label = getattr(public.get(*found), "label", "") or getattr(public.get(*found), "title", "") or min(found)
        yield Caution(claim.uid, "one_origin", f"goes back to one origin only, {label}: look whether another says so.")


def _superseded(claim: docs.Claim, public: Public, newest: Mapping[str, str]) -> Iterator[Caution]:
    for uid in dict.fromkeys(citation.version for citation in claim.citations):
        version = public.get(uid)
        latest = newest.get(version.source, uid) if isinstance(version, docs.Version) else uid
        if latest != uid:
            message = f"cites {uid}, and {latest} is newer: see whether the passage still stands there."
            yield Caution(claim.uid, "superseded_version", message)


def _too_near(claim: docs.Claim, texts: Mapping[str, str], names: Mapping[str, set[str]]) -> Iterator[Caution]:
    """Words copied from a passage, and distance that its sentence leaves out; where the text is at hand."""
    ours = {claim.name, claim.name_as_listed, claim.title} - {""}
    ours.update(*(names[uid] for uid in _called(claim)))
    run, missing = "", dict[str, None]()
    for citation in supporting(claim):
        if text := texts.get(citation.version):
            passage = text[citation.start : citation.end]
            run = max(run, shared_run(claim.statement, passage, ours), key=len)
            missing.update(dict.fromkeys(missing_hedges(claim.statement, passage)))
    if run:
        yield Caution(claim.uid, "shared_words", f"shares “{run}” with its passage: say it in words of your own.")
    if missing:
        told = ", ".join(f"“{word}”" for word in missing)
        yield Caution(claim.uid, "missing_hedge", f"leaves out {told} of its passage: keep the distance it keeps.")


def _unfiled(claim: docs.Claim, public: Public, dead: Collection[str]) -> Iterator[Caution]:
    """Words that accuse somebody who lives, in a claim that is filed as no accusation of them."""
    if claim.kind in ("designation", "step", "name"):
        return
    filed = accused_of(claim, public) | heard_in(claim, public) if accuses(claim) else set()
    named = {claim.subject, claim.about, *claim.mentions} - filed
    words = accusing_words(claim.statement)
    if words and any(isinstance(public.get(uid), docs.Person) and uid not in dead for uid in named):
        told = ", ".join(f"“{word}”" for word in words)
        message = (
            f"reads like an accusation of a living person ({told}): if it is one, file it as one, and attribute it."
        )
        yield Caution(claim.uid, "accusing_words", message)


def _stale(changed: Mapping[str, docs.Document], public: Public) -> Iterator[Caution]:
    profiles = {uid for document in changed.values() for uid in docs.touched(document)}
    for uid, at in sorted(last_looked_at(profiles).items()):
        if at < timezone.now() - STALE_AFTER:
            message = f"nothing of {public.label(uid)} was published since {at:%d %B %Y}: look the profile over."
            yield Caution(uid, "stale_profile", message)


def last_looked_at(profiles: set[str]) -> dict[str, datetime]:
    """Profile -> when somebody last had it before them: its newest edition, or a look since. No edition: left out."""
    found = {uid: edition.publication.at for uid, edition in newest_editions(profiles).items()}
    for some in chunks(sorted(found)):
        for uid, at in Look.objects.filter(uid__in=some).order_by().values_list("uid").annotate(Max("at")):
            found[uid] = max(found[uid], at)
    return found


def _versions(claims: list[docs.Claim]) -> set[str]:
    return {citation.version for claim in claims for citation in claim.citations}


def _newest_versions(claims: list[docs.Claim], public: Public) -> dict[str, str]:
    """Source -> its newest version, whether or not that is public yet: v10 comes after v9."""
    cited = map(public.get, _versions(claims))
    sources = {version.source for version in cited if isinstance(version, docs.Version)}
    found: dict[str, str] = {}
    for some in chunks(sorted(sources)):
        for uid, source in SourceVersion.objects.filter(source__in=some).values_list("uid", "source_id"):
            found[source] = max(found.get(source, uid), uid, key=lambda one: int(one.rpartition("-v")[2]))
    return found


def _names(claims: list[docs.Claim], public: Public) -> dict[str, set[str]]:
    """Uid -> what it is called: its label, and for a profile all of its published names."""
    found: dict[str, set[str]] = defaultdict(set)
    for uid in {uid for claim in claims for uid in _called(claim)}:
        found[uid].add(public.label(uid))
    for some in chunks(sorted(found)):
        for uid, name in Spelling.objects.filter(entry__in=some).values_list("entry_id", "name"):
            found[uid].add(name)
    return found


def _called(claim: docs.Claim) -> Iterator[str]:
    """The uids of all whose names may stand in a claim's sentence."""
    yield from filter(None, (claim.subject, claim.about, claim.place, claim.authority, claim.programme))
    yield from claim.mentions
    for citation in claim.citations:
        for chain in citation.speakers:
            yield from chain
