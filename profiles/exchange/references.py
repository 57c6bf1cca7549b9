"""What documents of one load say of each other and of what the database holds: all named, of the right kind, agreed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from profiles.editorial.mapping import read_rows
from profiles.exchange.placed import Fault, Placed
from profiles.models import ClaimLink, Profile, Silence, Source, SourceVersion
from profiles.models.documents import chunks
from profiles.values import documents as docs
from profiles.values import vocabulary as words

Load: TypeAlias = dict[str, tuple[Placed, docs.Document]]

# Field -> what the uid in it must name.
_WANTED = {
    **dict.fromkeys(("subject", "about", "mentions", "merged_into", "profile"), "profile"),
    **dict.fromkeys(("superseded_by", "designation", "conflicts_with", "after", "rests_on"), "claim"),
    **dict.fromkeys(("searched", "version"), "version"),
    **dict.fromkeys(("source", "derives_from"), "source"),
    **dict.fromkeys(("place", "within"), "place"),
    **{name: name for name in ("authority", "programme")},
    "speakers": "speaker",
}
_NO_DIGEST = "0" * 64


def complete(placed: Iterable[Placed]) -> tuple[Load, list[Fault]]:
    """The documents by uid, each citation given its version's digest, and all that is wrong with each by itself."""
    every = list(placed)
    digests = _version_digests(every)
    load: Load = {}
    faults: list[Fault] = []
    first: dict[str, Placed] = {}
    for one in every:
        earlier = first.setdefault(one.uid, one)
        if earlier is not one:
            faults.append(one.fault("uid", f"this uid is taken already: {earlier.file}: line {earlier.line}"))
            continue
        try:
            load[one.uid] = one, docs.convert(_with_digests(one, digests))
        except docs.DocumentError as error:
            faults += [one.fault(problem.field, problem.message) for problem in error.problems]
    return load, faults


def _with_digests(one: Placed, digests: Mapping[str, str]) -> dict[str, Any]:
    if one.data["model"] != "claim" or one.node is None:
        return one.data
    citations = one.data.get("citations", ())
    full = [{**c, "text_sha256": digests.get(str(c.get("version")), _NO_DIGEST)} for c in citations]
    return {**one.data, "citations": full}


def _version_digests(every: list[Placed]) -> dict[str, str]:
    found = {one.uid: str(one.data.get("text_sha256")) for one in every if one.data["model"] == "version"}
    cited = {
        str(citation.get("version"))
        for one in every
        if one.data["model"] == "claim" and one.node is not None
        for citation in one.data.get("citations", ())
    }
    for some in chunks(cited - found.keys()):
        found.update(SourceVersion.objects.filter(pk__in=some).values_list("uid", "text_sha256"))
    return found


def disagreements(load: Load, owners: set[str]) -> list[Fault]:
    """All that is wrong between the documents of a load, and between them and the drafts in the database.

    What `owners` have in the database and not in the load counts as gone.
    """
    named = {uid for _, document in load.values() for _, uid in _references(document)}
    fixed = {uid for uid, (_, document) in load.items() if isinstance(document, docs.Version)}
    there = read_rows({*(named - load.keys()), *fixed})
    known: dict[str, docs.Document] = {
        uid: d for uid, d in there.items() if not (isinstance(d, docs.OWNED) and d.subject in owners)
    }
    pinned = {uid: known[uid] for uid in fixed if uid in known}
    known.update({uid: document for uid, (_, document) in load.items()})
    faults: list[Fault] = []
    for placed, document in load.values():
        wrong = list(_dangling(document, known))
        # The rest would only say again that something is missing.
        wrong = wrong or list(_unfit(document, known))
        if document.uid in pinned and pinned[document.uid] != document:
            wrong.append(("uid", "a capture never changes: capture the source again as a new version"))
        faults += [placed.fault(field, message) for field, message in wrong]
    return [*faults, *_one_sided(load, owners), *taken(load, owners)]


def _references(document: docs.Document) -> Iterator[tuple[str, str]]:
    yield from docs.references(document)
    if isinstance(document, docs.Source):
        yield from ((f"no_fact[{index}].version", mark.version) for index, mark in enumerate(document.no_fact))


def _dangling(document: docs.Document, known: Mapping[str, docs.Document]) -> Iterator[tuple[str, str]]:
    for field, uid in _references(document):
        wanted = _WANTED[re.sub(r"\[\d+\]", "", field).rpartition(".")[2]]
        found = docs.model_of(uid)
        if found != wanted:
            yield field, f"'{uid}' is the uid of a {found}, and this names a {wanted}"
        elif uid not in known:
            yield field, f"there is no {wanted} '{uid}', neither in these files nor in the database"


def _unfit(document: docs.Document, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What does not go with what it names, all of which is there."""
    if isinstance(document, docs.Claim | docs.Silence):
        yield from _misfiled(document, docs.tag_of(known[document.subject]))
    if isinstance(document, docs.Claim):
        if document.designation:
            listing = known[document.designation]
            if listing.kind != "designation" or listing.subject != document.subject:
                yield "designation", f"'{listing.uid}' is not a designation of {document.subject}"
        for uid in document.conflicts_with:
            if document.uid not in known[uid].conflicts_with:
                yield "conflicts_with", f"'{uid}' does not name this claim in turn: a conflict stands in both"
        for index, citation in enumerate(document.citations):
            yield from _unfit_citation(f"citations[{index}]", citation, known[citation.version])
    elif isinstance(document, docs.Source):
        for index, mark in enumerate(document.no_fact):
            version = known[mark.version]
            if version.source != document.uid:
                yield f"no_fact[{index}].version", f"'{mark.version}' is a version of {version.source}"
            elif mark.paragraph >= version.paragraphs:
                yield f"no_fact[{index}].paragraph", f"'{mark.version}' has {version.paragraphs} paragraphs, from 0"
        for index, copy in enumerate(document.archived):
            if known[copy.version].source != document.uid:
                yield f"archived[{index}].version", f"'{copy.version}' is a version of {known[copy.version].source}"
    elif isinstance(document, docs.PROFILES) and document.merged_into:
        into = docs.tag_of(known[document.merged_into])
        if into != docs.tag_of(document):
            yield "merged_into", f"'{document.merged_into}' is a {into}: only two of one model are merged"


def _misfiled(document: docs.Claim | docs.Silence, model: str) -> Iterator[tuple[str, str]]:
    aspects = words.ASPECTS[model]
    aspect = aspects.get(f"{document.topic}.{document.aspect}")
    if document.topic not in words.TOPICS[model]:
        yield "topic", f"'{document.topic}' is not one of a {model}'s topics: {', '.join(words.TOPICS[model])}"
    elif aspect is None:
        allowed = ", ".join(a.name for a in aspects.values() if a.topic == document.topic)
        yield "aspect", f"'{document.aspect}' is not one of {document.topic}'s aspects: {allowed}"
    elif isinstance(document, docs.Claim) and document.word and document.word not in (aspect.words or ()):
        if aspect.words is None:
            yield "word", f"{aspect.key} takes no word of a list"
        else:
            yield "word", f"'{document.word}' is not one of {', '.join(aspect.words)}"


def _unfit_citation(where: str, citation: docs.Citation, version: docs.Version) -> Iterator[tuple[str, str]]:
    if citation.text_sha256 != version.text_sha256:
        yield f"{where}.text_sha256", f"'{version.uid}' has another text digest: {version.text_sha256}"
    if citation.end > version.text_length:
        yield f"{where}.end", f"the text of '{version.uid}' ends at {version.text_length}"
    if citation.paragraph >= version.paragraphs:
        yield f"{where}.paragraph", f"'{version.uid}' has {version.paragraphs} paragraphs, from 0"


def _one_sided(load: Load, owners: set[str]) -> Iterator[Fault]:
    """Conflicts that a draft outside the load names, and the load does not name back."""
    claims = [uid for uid, (_, document) in load.items() if isinstance(document, docs.Claim)]
    for some in chunks(claims):
        links = ClaimLink.objects.filter(link="conflicts_with", target_claim__in=some)
        for uid, target, subject in links.values_list("claim_id", "target_claim_id", "claim__subject_id"):
            placed, claim = load[str(target)]
            if uid not in load and subject not in owners and uid not in claim.conflicts_with:  # type: ignore[union-attr]
                yield placed.fault("conflicts_with", f"'{uid}' names this claim, and is not named here")


def taken(load: Load, owners: set[str]) -> list[Fault]:
    """Slugs, and aspects with a silence, that stand twice: in the load, or in it and in the database."""
    faults: list[Fault] = []
    keys: dict[tuple[str, ...], str] = {}
    for uid, key in _keys_there(load, owners):
        if uid not in load:
            keys[key] = uid
    for placed, document in load.values():
        taken = key_of(document)
        other = keys.setdefault(taken, document.uid) if taken else document.uid
        if other == document.uid:
            continue
        if isinstance(document, docs.Silence):
            message = f"'{other}' is a silence on {document.topic}.{document.aspect} already"
            faults.append(placed.fault("aspect", message))
        else:
            faults.append(placed.fault("slug", f"'{other}' has this slug already"))
    return faults


def key_of(document: docs.Document) -> tuple[str, ...] | None:
    """What may stand once only: the slug of a profile or source, the aspect of a silence; None for all else."""
    if isinstance(document, (*docs.PROFILES, docs.Source)):
        return docs.tag_of(document), document.slug
    if isinstance(document, docs.Silence):
        return "silence", document.subject, document.topic, document.aspect
    return None


def _keys_there(load: Load, owners: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    keys = [key for _, document in load.values() if (key := key_of(document))]
    for some in chunks(key[1] for key in keys if key[0] not in ("source", "silence")):
        for uid, model, slug in Profile.objects.filter(slug__in=some).values_list("uid", "model", "slug"):
            yield uid, (model, slug)
    for some in chunks(key[1] for key in keys if key[0] == "source"):
        for uid, slug in Source.objects.filter(slug__in=some).values_list("uid", "slug"):
            yield uid, ("source", slug)
    for some in chunks({key[1] for key in keys if key[0] == "silence"} - owners):
        rows = Silence.objects.filter(subject__in=some)
        for uid, *where in rows.values_list("uid", "subject_id", "topic", "aspect"):
            yield uid, ("silence", *where)


def label_warnings(load: Load) -> Iterator[str]:
    """Groups and people whose label is none of their main names, where they have any: one sentence each."""
    names: dict[str, set[str]] = {}
    for _, document in load.values():
        if isinstance(document, docs.Claim) and document.name_sort == "primary":
            names.setdefault(document.subject, set()).add(document.name)
    for placed, document in load.values():
        if isinstance(document, docs.Group | docs.Person) and document.label not in names.get(
            document.uid, {document.label}
        ):
            yield str(placed.fault("label", f"'{document.label}' is none of the main names claimed in its file"))
