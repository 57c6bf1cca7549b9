"""What the claims tell of where groups come from, as deeds on lanes: founded, split, merged, joined, led, moved.

Nothing is inferred but one tie: a person who is told to have had a part in one group and later one in another moved
between them. Denied, retracted and superseded claims are not drawn.
"""

from collections.abc import Iterable

from msgspec import Struct

from profiles.values import dates
from profiles.values import documents as docs
from profiles.values import vocabulary as words
from profiles.values.speech import say

from .drawn import days_of
from .leaf import Leaf, Link
from .lineage import Deed, Mark, Picture, picture_of
from .timeline import Told, newest_seen, told_of
from .values_of import Value

# Of a group: what its own aspects tell, and what ties it to another.
OWN = ("founded", "re_formed", "renamed")
COMES_FROM = ("split_from", "formed_by_merger_of", "succeeds", "re_formed_from")
GOES_INTO = ("merged_into", "member_of", "personnel_joined", "wing_of", "facade_of")
RELATIONS = (*COMES_FROM, *GOES_INTO, "established")
# What makes a person stand on the lane of a group; other parts are drawn only of somebody who moved.
LEADS = ("founder", "leader", "co_leader", "commander")


class Tie(Struct, frozen=True):
    """One row of the list beside the picture: a number, a date, a group, what is said, and the claims that say it."""

    mark: Mark | None
    when: str
    group: Link
    label: str
    other: Link
    told: tuple[Told, ...]


class Lineage(Struct, frozen=True):
    """The picture, its list, and what is told of the same without a date."""

    picture: Picture
    ties: tuple[Tie, ...]
    undated: tuple[Tie, ...]
    asked: tuple[float, float] | None
    lanes: tuple[Link, ...]


class _Step(Struct, frozen=True):
    """One claim as a step of one group's life."""

    claim: docs.Claim
    lane: str
    label: str
    other: str = ""
    person: bool = False


def lineage_of(
    claims: Iterable[docs.Claim], leaf: Leaf, here: frozenset[str] = frozenset(), every_role: bool = False
) -> Lineage | None:
    """The lineage that some claims tell; `here` holds the uids of those that the same page prints in full.

    `every_role` draws all that people were, not only who led and who moved. None where they tell of less than a tie
    between two groups, or two dates of one.
    """
    steps = list(_steps(claims, leaf, every_role))
    dated = _grouped(step for step in steps if step.claim.when)
    deeds = {key: _deed(key, found, leaf) for key, found in dated.items()}
    if len(deeds) < 2 and not any(deed.other for deed in deeds.values()):
        return None
    uids = {uid for deed in deeds.values() for uid in (deed.lane, deed.other) if uid}
    links = {uid: leaf.link(uid) for uid in sorted(uids)}
    picture = picture_of({uid: link.label for uid, link in links.items()}, list(deeds.values()))
    if picture is None:
        return None
    by_deed = {deed: found for key, found in dated.items() for deed in (deeds[key],)}
    undated = _grouped(step for step in steps if not step.claim.when)
    asked = None
    if leaf.on:
        left, right = picture.scale.x(leaf.on.first), picture.scale.x(leaf.on.last)
        asked = left, round(max(right - left, 0.6), 2)
    return Lineage(
        picture,
        tuple(_tie(by_deed[mark.deed], mark, leaf, here) for mark in picture.marks),
        tuple(_tie(found, None, leaf, here) for found in undated.values()),
        asked,
        tuple(links[lane.uid] for lane in picture.lanes),
    )


def _steps(claims: Iterable[docs.Claim], leaf: Leaf, every_role: bool) -> Iterable[_Step]:
    standing = [c for c in claims if not c.negated and c.standing not in ("retracted", "superseded")]
    for claim in standing:
        if claim.kind == "statement" and claim.topic == "origins" and claim.aspect in OWN:
            if _is_group(claim.subject, leaf):
                yield _Step(claim, claim.subject, words.ASPECTS["group"][f"origins.{claim.aspect}"].label)
        elif claim.kind == "relation" and claim.relation in RELATIONS:
            yield from _relation(claim, leaf)
    yield from _people([c for c in standing if c.kind == "membership" and _is_group(c.about, leaf)], leaf, every_role)


def _relation(claim: docs.Claim, leaf: Leaf) -> Iterable[_Step]:
    manner = claim.manner if claim.manner not in ("", "unspecified") else ""
    label = words.MANNER.label(manner) if manner else words.RELATION.label(claim.relation)
    lane, other = claim.subject, claim.about or ""
    if claim.relation == "established":
        lane, other = other, claim.subject
        label = say("%(relation)s by", relation=label) if other else label
    if not _is_group(lane, leaf):
        return
    whom = leaf.label(other) or claim.party
    yield _Step(claim, lane, f"{label}: {whom}" if whom else label, other if _is_group(other, leaf) else "")


def _people(claims: list[docs.Claim], leaf: Leaf, every_role: bool) -> Iterable[_Step]:
    """Who leads, and the way of those who were in one group before: to the lane they came from."""
    by_person: dict[str, list[docs.Claim]] = {}
    for claim in sorted(claims, key=lambda c: (*dates.sort_key(c.when, c.sense), c.uid)):
        by_person.setdefault(claim.subject, []).append(claim)
    for person, told in by_person.items():
        moved = len({claim.about for claim in told if claim.when}) > 1 and any(c.role in LEADS for c in told)
        before: docs.Claim | None = None
        for claim in told:
            if not claim.when or not (every_role or moved or claim.role in LEADS):
                continue
            lane, came_from = claim.about or "", ""
            if before and before.about != lane and _follows(before, claim):
                came_from = before.about or ""
            yield _Step(claim, lane, f"{words.ROLE.label(claim.role)}: {leaf.label(person)}", came_from, person=True)
            before = claim


def _follows(before: docs.Claim, claim: docs.Claim) -> bool:
    """Whether the first days on which each can have begun are both told, and in this order."""
    first, then = days_of(before.when, before.sense), days_of(claim.when, claim.sense)
    return not first.open_before and not then.open_before and first.first < then.first


def _grouped(steps: Iterable[_Step]) -> dict[tuple[str, ...], list[_Step]]:
    """Steps that say the same of the same date share a mark."""
    found: dict[tuple[str, ...], list[_Step]] = {}
    for step in steps:
        key = (step.lane, step.other, step.label, step.claim.when, step.claim.sense)
        found.setdefault(key, []).append(step)
    return found


def _deed(key: tuple[str, ...], steps: list[_Step], leaf: Leaf) -> Deed:
    lane, other, label, when, sense = key
    claims = [step.claim for step in steps]
    relation = claims[0].relation
    return Deed(
        lane=lane,
        label=label,
        when=when,
        sense=sense,
        claims=tuple(claim.uid for claim in claims),
        other=other,
        into=relation in GOES_INTO,
        person=steps[0].person,
        begins=relation in COMES_FROM or relation == "established" or claims[0].aspect == "founded",
        contested=any(claim.standing == "contested" for claim in claims),
        seen=newest_seen(claims, leaf),
    )


def _tie(steps: list[_Step], mark: Mark | None, leaf: Leaf, here: frozenset[str]) -> Tie:
    first = steps[0]
    return Tie(
        mark,
        dates.in_words(first.claim.when, first.claim.sense),
        leaf.link(first.lane),
        first.label,
        leaf.link(first.other),
        tuple(told_of(step.claim, "", Value(""), leaf, step.claim.uid in here) for step in steps),
    )


def _is_group(uid: str | None, leaf: Leaf) -> bool:
    return isinstance(leaf.library.get(uid), docs.Group) if uid else False
