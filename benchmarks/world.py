"""A small published site that processes of ours write to at once, or are killed in; and all that must hold of it."""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "militiadb.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.core.management import call_command  # noqa: E402 (what follows needs Django set up)
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import data  # noqa: E402
from profiles.editorial.accounts import ensure_roles  # noqa: E402
from profiles.editorial.decide import Said, decide, wanting  # noqa: E402
from profiles.editorial.drift import check_drift  # noqa: E402
from profiles.editorial.edit import Refused, bring_in, recorded  # noqa: E402
from profiles.editorial.mapping import read_rows  # noqa: E402
from profiles.editorial.publish import TryAgain  # noqa: E402
from profiles.editorial.review import all_drafts, drafts_of, open_review  # noqa: E402
from profiles.editorial.schedule import publish_due, schedule_review  # noqa: E402
from profiles.editorial.verify import verify_publications  # noqa: E402
from profiles.exchange.release import release  # noqa: E402
from profiles.models import Claim, Edition, Entry, Publication, Review, RevisionEntry, User  # noqa: E402
from profiles.models.guards import missing_guards  # noqa: E402
from profiles.reading.pages import project  # noqa: E402
from profiles.values import documents as docs  # noqa: E402
from profiles.views.stored import answer  # noqa: E402

PROFILES, WRITERS = 25, 8


def make_world(profiles: int = PROFILES) -> None:
    """Accounts and some published profiles, in an empty database."""
    call_command("migrate", verbosity=0)
    roles = ensure_roles()
    for name in [f"writer{n}" for n in range(WRITERS)] + ["opener", "reviewer"]:
        role = "reviewer" if name == "reviewer" else "editor"
        User.objects.create(username=name, is_staff=True).groups.add(roles[role])
    bring_in(data.documents(profiles), by=person("opener"))
    release(reviewed(all_drafts(), kind="new"), by=person("reviewer"))


def person(name: str) -> User:
    """An account by its name."""
    return User.objects.get(username=name)


def reviewed(uids: list[str], kind: str = "update") -> Review:
    """A review of these changes, all of it decided on."""
    review = open_review(uids, by=person("opener"), kind=kind)
    return decided(review, person("reviewer"))


def decided(review: Review, by: User) -> Review:
    """Decide on every claim that needs it, in one act."""
    decide(review, [Said(uid, sha, "supports") for uid, sha in wanting(review).items()], by=by)
    return review


def fork(work: Callable[[], None]) -> int:
    """Do something in a process of its own, which starts without our connections; returns its id."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def told(file: Path, **facts: Any) -> None:
    """Acknowledge: what stands in this file was promised to somebody."""
    with file.open("a") as out:
        out.write(json.dumps(facts) + "\n")


def acknowledged(folder: Path) -> Iterator[dict[str, Any]]:
    """All that was promised. A last line that is cut was promised to nobody."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text().splitlines():
            with suppress(ValueError):
                yield json.loads(line)


def save(uid: str, words: str, by: User, file: Path, way: str) -> None:
    """Change one claim, as a form or as an import does, and acknowledge its revision."""
    began = time.perf_counter()
    if way == "form":
        with recorded([uid], by=by, reason="load") as outcome:
            Claim.objects.filter(pk=uid).update(scope=words)
    else:
        document = docs.convert({**_plain(uid), "scope": words, "salt": f"{random.getrandbits(128):032x}"})
        outcome = bring_in([document], by=by, reason="load")
    if outcome.revision is None:
        raise AssertionError(f"{uid}: a save with new words made no revision")
    told(file, act="save", uid=uid, revision=outcome.revision.pk, ms=(time.perf_counter() - began) * 1000)


def _plain(uid: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(docs.canonical(read_rows([uid])[uid]))
    return found


def publish(profile: str, file: Path) -> bool:
    """Publish what differs around a profile, and acknowledge it; False where nothing does. Tries again when told to."""
    began = time.perf_counter()
    uids = drafts_of([profile])
    if not uids:
        return False
    for _ in range(50):
        try:
            made = release(reviewed(uids), by=person("reviewer"))
        except TryAgain:
            continue
        except Refused as error:
            # Saved or published meanwhile, by somebody else.
            if "differs" in str(error) or "meanwhile" in str(error):
                return False
            raise
        told(file, act="publish", number=made.number, ms=(time.perf_counter() - began) * 1000)
        return True
    raise AssertionError("fifty times told to try again")


def publish_at_its_time(profile: str, file: Path) -> bool:
    """Approve what differs around a profile for a set time, let that time come, and acknowledge what was published."""
    uids = drafts_of([profile])
    if not uids:
        return False
    at = timezone.now() + timedelta(minutes=1)
    try:
        schedule_review(reviewed(uids), by=person("reviewer"), at=at)
    except Refused as error:
        if "differs" in str(error) or "meanwhile" in str(error):
            return False
        raise
    # What a process had approved that was killed comes out with it.
    for _, made in publish_due(project, now=at):
        if made is not None:
            told(file, act="publish", number=made.number, ms=0)
    return True


def problems(promised: list[dict[str, Any]]) -> list[str]:
    """All that does not hold: of what was promised, of the chains of revisions, of what is published."""
    return [*_lost(promised), *_broken_chains(), *_half_published(), *_unproved()]


def _lost(promised: list[dict[str, Any]]) -> Iterator[str]:
    saves = [(one["revision"], one["uid"]) for one in promised if one["act"] == "save"]
    there = list(RevisionEntry.objects.values_list("revision_id", "uid"))
    if len(set(saves)) != len(saves):
        yield "two saves were told of one revision"
    if len(set(there)) != len(there):
        yield "a revision has an entry twice"
    yield from (f"lost: revision {pk} of {uid}" for pk, uid in set(saves) - set(there))
    numbers = {one["number"] for one in promised if one["act"] == "publish"}
    lost = numbers - set(Publication.objects.values_list("number", flat=True))
    yield from (f"lost: publication {number}" for number in sorted(lost))


def _broken_chains() -> Iterator[str]:
    """Each revision of a document begins where the one before ended, and the last one is what the rows spell."""
    state: dict[str, str] = {}
    for uid, before, after in RevisionEntry.objects.order_by("pk").values_list("uid", "before", "after"):
        if state.get(uid, "") != before:
            yield f"{uid}: a revision begins at {before[:8] or 'nothing'}, not at {state.get(uid, '')[:8]}"
        state[uid] = after
    rows = {uid: docs.digest(document) for uid, document in read_rows().items()}
    wrong = {uid for uid in state.keys() | rows.keys() if state.get(uid, "") != rows.get(uid, "")}
    yield from (f"{uid}: the rows are not what the last revision made" for uid in sorted(wrong))
    yield from (f"{uid}: the digest noted beside the row is not the row's" for uid in check_drift().unnoted)


def _half_published() -> Iterator[str]:
    approved = set(Review.objects.filter(state="approved").values_list("publication_id", flat=True))
    numbers = set(Publication.objects.values_list("number", flat=True))
    if approved != numbers:
        yield f"approved reviews and publications differ: {sorted(map(str, approved ^ numbers))}"
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield "publications are not numbered one after the other"
    newest: dict[str, Edition] = {}
    for edition in Edition.objects.order_by("number"):
        newest[edition.profile] = edition
    for entry in Entry.objects.all():
        if entry.edition != newest[entry.pk].number:
            yield f"{entry.pk}: its row is of edition {entry.edition}, its newest is {newest[entry.pk].number}"
        path = f"/{ {'group': 'groups', 'person': 'people', 'event': 'events'}[entry.model] }/{entry.slug}"
        page, facts = answer(f"{path}/", "GET", {}), answer(f"{path}.json", "GET", {})
        if page is None or newest[entry.pk].sha256.encode() not in page.body:
            yield f"{path}/ is not the page of its newest edition"
        if facts is None or whole_json(facts.body) != newest[entry.pk].sha256:
            yield f"{path}.json is not its newest edition, whole"


def whole_json(body: bytes) -> str:
    """The digest of an edition's JSON, recomputed from its documents; raises where it is not the one it states."""
    told_of: dict[str, Any] = json.loads(body)
    digests = {d["uid"]: docs.sha256(json_bytes(d)) for d in told_of["documents"]}
    uid = told_of["profile"]["uid"]
    header = digests.pop(uid)
    found = docs.dossier_digest(header, digests.items())
    if found != told_of["edition"]["sha256"]:
        raise AssertionError(f"{uid}: the documents make {found}, the edition says {told_of['edition']['sha256']}")
    return found


def json_bytes(document: dict[str, Any]) -> bytes:
    """Canonical JSON by the standard library."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _unproved() -> Iterator[str]:
    yield from verify_publications().problems
    yield from (f"guard {name} is not there" for name in missing_guards(connection))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if (found := cursor.fetchone()[0]) != "ok":
                yield f"integrity_check: {found}"
