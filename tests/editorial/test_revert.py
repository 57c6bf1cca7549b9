"""Revert, recover and undo give the old digests exactly."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.editorial.edit import Refused, bring_in
from profiles.editorial.link_conflict import link_conflict
from profiles.editorial.mapping import read_rows
from profiles.editorial.remove import remove
from profiles.editorial.revert import plan_revert, put_back, revert_to, undo
from profiles.models import Revision, RevisionEntry
from profiles.values import documents as docs
from tests import cast, factory
from tests.again import standing

pytestmark = pytest.mark.django_db

PLACE = {"topic": "designations", "aspect": "listings"}
# One claim of each kind, with citations, chains of speakers, links and a translation, and a silence.
EACH_KIND = [
    factory.make_claim("rg-0101", kind="name", name="Guards", name_sort="alias"),
    factory.make_claim("rg-0102", kind="identifier", scheme="wikidata", identifier="Q1"),
    factory.make_claim("rg-0103", kind="membership", about="sn", role="leader"),
    factory.make_claim("rg-0104", kind="relation", about="hb", relation="rival_of"),
    factory.make_claim("rg-0105", kind="part", party="crew", part="target", precision="exact", low=5, counted="people"),
    factory.make_claim("rg-0106", kind="presence", presence="based_at", place="place-0001"),
    factory.make_claim("rg-0107", kind="strength", precision="order", number_words="dozens", counted="fighters"),
    factory.make_claim("rg-0108", kind="designation", as_stated="banned", evidence="primary", **PLACE),
    factory.make_claim("rg-0109", kind="step", designation="rg-0108", step="listed", when="2019", **PLACE),
    factory.make_claim(
        "rg-0110",
        when="2005/2006",
        mentions=("hb", "sn"),
        rests_on=("rg-0101",),
        translations=(docs.Translation(language="ar", text="قال", sha256="a" * 64),),
        citations=(
            factory.make_citation("rg-0110", speakers=(("spk-0001", "spk-0002"), ("spk-0002",))),
            factory.make_citation("rg-0110", number=2, bearing="qualifies", note="Only in part."),
        ),
    ),
    factory.make_silence("rg-s09"),
]  # fmt: skip
GROUND = [
    *factory.make_ground(),
    factory.make_group("hb", "Harbour Brigade"),
    factory.make_person(),
    factory.make_place(),
    factory.make_authority(),
    factory.make_speaker(),
    factory.make_speaker("spk-0002", "a fisherman"),
]


def digests(uids=None):
    return {uid: docs.digest(document) for uid, document in read_rows(uids).items()}


def changed(document):
    """The same document, said otherwise, with its evidence gone."""
    fields = (
        {"note": "Said otherwise."} if isinstance(document, docs.Silence) else {"scope": "otherwise", "citations": ()}
    )
    return msgspec.structs.replace(document, salt="9" * 32, **fields)


@pytest.fixture
@standing
def ground():
    bring_in([*GROUND, *EACH_KIND], by=cast.editor())


@pytest.mark.parametrize("document", EACH_KIND, ids=lambda d: getattr(d, "kind", "silence"))
def test_a_revert_gives_the_old_digest_for_each_kind(ground, document):
    before = digests()
    bring_in([changed(document)], by=cast.editor())
    assert digests() != before
    outcome = revert_to(document.uid, before[document.uid], by=cast.editor(), reason="It was right.")
    assert digests() == before
    assert (outcome.revision.act, outcome.revision.reason) == ("revert", "It was right.")


@pytest.mark.parametrize("document", [d for d in EACH_KIND if d.uid not in ("rg-0101", "rg-0108")], ids=lambda d: d.uid)
def test_what_was_removed_is_recovered_exactly(ground, document):
    before = digests()
    remove([document.uid], by=cast.editor())
    assert document.uid not in digests()
    revert_to(document.uid, before[document.uid], by=cast.editor())
    assert digests() == before


def test_an_import_is_undone_as_one_act(ground):
    before = digests()
    more = [factory.make_group("mb", "Marsh Band"), factory.make_claim("mb-0001", about="rg"), changed(EACH_KIND[0])]
    outcome = bring_in(more, by=cast.editor("ed2"))
    undone = undo(outcome.revision, by=cast.editor())
    assert (undone.left, digests()) == ({}, before)
    assert Revision.objects.first().act == "revert"


def test_an_undone_undo_brings_the_import_back(ground):
    outcome = bring_in([changed(document) for document in EACH_KIND], by=cast.editor())
    imported = digests()
    undone = undo(outcome.revision, by=cast.editor())
    undo(undone.outcome.revision, by=cast.editor())
    assert digests() == imported


def test_what_was_edited_since_is_left_and_listed(ground):
    before = digests()
    outcome = bring_in([changed(document) for document in EACH_KIND[:3]], by=cast.editor())
    later = msgspec.structs.replace(changed(EACH_KIND[1]), scope="later", salt="8" * 32)
    bring_in([later], by=cast.editor("ed2"))
    undone = undo(outcome.revision, by=cast.editor())
    assert undone.left == {"rg-0102": "rg-0102 was edited since, and is left as it is."}
    assert digests() == {**before, "rg-0102": docs.digest(later)}


def test_one_claim_of_a_revision_is_undone_alone(ground):
    before = digests()
    outcome = bring_in([changed(document) for document in EACH_KIND[:2]], by=cast.editor())
    undo(outcome.revision, by=cast.editor(), only=["rg-0101"])
    assert digests() == {**before, "rg-0102": docs.digest(changed(EACH_KIND[1]))}


def test_what_others_came_to_name_is_left_and_listed(ground):
    outcome = bring_in([factory.make_group("mb", "Marsh Band")], by=cast.editor())
    bring_in([factory.make_claim("rg-0200", about="mb")], by=cast.editor())
    undone = undo(outcome.revision, by=cast.editor())
    assert list(undone.left) == ["mb"]
    assert "mb" in digests()


def test_what_was_published_meanwhile_is_not_removed_by_an_undo(ground):
    outcome = bring_in([factory.make_claim("rg-0300")], by=cast.editor())
    factory.publish()
    undone = undo(outcome.revision, by=cast.editor())
    assert undone.left == {"rg-0300": "rg-0300 was put up for review or published: retract it instead."}


def test_a_state_that_names_what_is_gone_is_refused(ground):
    bring_in([factory.make_group("mb", "Marsh Band"), factory.make_claim("rg-0200", about="mb")], by=cast.editor())
    old = digests(["rg-0200"])["rg-0200"]
    remove(["rg-0200"], by=cast.editor())
    remove(["mb"], by=cast.editor())
    with pytest.raises(Refused, match="rg-0200 named mb then, which is not there now"):
        revert_to("rg-0200", old, by=cast.editor())


def test_a_state_of_another_document_is_refused(ground):
    with pytest.raises(Refused, match="There is no such state of rg-0101"):
        revert_to("rg-0101", digests(["rg-0102"])["rg-0102"], by=cast.editor())


edits = st.lists(
    st.tuples(st.sampled_from(["edit", "add", "remove"]), st.integers(0, 4), st.sampled_from(["ed1", "ed2"])),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=edits)
def test_any_sequence_of_edits_by_several_editors_is_undone_step_by_step(ground, edits):
    start = Revision.objects.order_by("-pk").values_list("pk", flat=True)[0]
    states = [digests()]
    for number, (act, which, who) in enumerate(edits):
        uid = f"rg-03{which:02d}"
        there = uid in digests()
        made = factory.make_claim(uid, f"Edit {number}.", salt=f"{number:032x}")
        if act == "remove" and there:
            remove([uid], by=cast.editor(who))
        elif act != "remove":
            bring_in([made], by=cast.editor(who))
        else:
            continue
        states.append(digests())
    for revision, state in zip(
        Revision.objects.filter(pk__gt=start).order_by("-pk"), reversed(states[:-1]), strict=True
    ):
        assert undo(revision, by=cast.editor()).left == {}
        assert digests() == state
    assert RevisionEntry.objects.filter(revision__pk__gt=start).count() == 2 * (len(states) - 1)


acts = st.lists(
    st.tuples(
        st.sampled_from(["edit", "edit", "remove", "revert"]),
        st.sampled_from(range(len(EACH_KIND))),
        st.sampled_from(["ed1", "ed2", "ed3"]),
        st.integers(0, 9),
    ),
    max_size=10,
)


def edited(document, number):
    """The same document, said otherwise in a way that its number decides: evidence, speakers, what was looked for."""
    salt = f"{number + 1:032x}"
    if isinstance(document, docs.Silence):
        return msgspec.structs.replace(
            document, salt=salt, note=f"Note {number}.", aspect=("deputies", "leader")[number % 2]
        )
    speakers = ((), (("spk-0001",),), (("spk-0001", "spk-0002"),), (("spk-0002",), ("spk-0001",)))[number % 4]
    cited = tuple(
        factory.make_citation(document.uid, number=n, speakers=speakers, note=f"Note {number}.")
        for n in range(1, number % 3 + 1)
    )
    return msgspec.structs.replace(document, salt=salt, scope=f"edit {number}", citations=cited)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=acts)
def test_every_state_of_each_kind_comes_back_by_its_digest_whatever_several_editors_did(acts):
    bring_in([*GROUND, *EACH_KIND], by=cast.editor())
    start = Revision.objects.latest("pk")
    states = {start.pk: digests()}
    for number, (act, which, who, back) in enumerate(acts):
        document, by = EACH_KIND[which], cast.editor(who)
        there, before = digests([document.uid]), Revision.objects.latest("pk").pk
        if act == "edit":
            bring_in([edited(document, number)], by=by)
        elif act == "remove" and there and document.uid not in ("rg-0101", "rg-0108"):
            remove([document.uid], by=by)
        elif act == "revert":
            old = list(states.values())[back % len(states)]
            if document.uid in old:
                revert_to(document.uid, old[document.uid], by=by)
                assert digests([document.uid]) == {document.uid: old[document.uid]}
        made = Revision.objects.latest("pk").pk
        if made != before:
            states[made] = digests()
    # Each state of the whole profile, newest first, and then the newest again: all of it, by digest.
    for number in [*sorted(states, reverse=True), max(states)]:
        undone = put_back("rg", Revision.objects.get(pk=number), by=cast.editor("ed2"))
        assert (undone.left, digests()) == ({}, states[number])


@pytest.fixture
@standing
def linked(ground):
    """Two claims in conflict; the revision that linked them, and their states before and after."""
    before = digests(["rg-0101", "rg-0110"])
    outcome = link_conflict("rg-0101", "rg-0110", by=cast.editor())
    return outcome.revision, before, digests(["rg-0101", "rg-0110"])


def ends():
    return {uid: (d.conflicts_with, d.standing) for uid, d in read_rows(["rg-0101", "rg-0110"]).items()}


def test_a_claim_that_leaves_a_conflict_takes_its_other_end_along(linked):
    _, before, _ = linked
    outcome = revert_to("rg-0101", before["rg-0101"], by=cast.editor("eve"))
    assert (ends(), outcome.changed) == (dict.fromkeys(before, ((), "stands")), ["rg-0101", "rg-0110"])
    # What goes back has its old digest; what only followed is another state, with a salt of its own.
    after = digests(before)
    assert (after["rg-0101"] == before["rg-0101"], after["rg-0110"] == before["rg-0110"]) == (True, False)


def test_a_claim_that_comes_back_into_a_conflict_takes_its_other_end_along(linked):
    revision, before, after = linked
    undo(revision, by=cast.editor())
    assert digests(before) == before
    revert_to("rg-0110", after["rg-0110"], by=cast.editor("eve"))
    assert ends() == {"rg-0101": (("rg-0110",), "contested"), "rg-0110": (("rg-0101",), "contested")}


def test_of_an_end_that_was_edited_since_only_the_conflict_goes_back(linked):
    revision, before, _ = linked
    edited = msgspec.structs.replace(read_rows(["rg-0110"])["rg-0110"], scope="otherwise", salt="8" * 32)
    bring_in([edited], by=cast.editor("eve"))
    undone = undo(revision, by=cast.editor())
    assert undone.left == {"rg-0110": "rg-0110 was edited since: of it only the conflict goes back."}
    assert (ends(), read_rows(["rg-0110"])["rg-0110"].scope) == (dict.fromkeys(before, ((), "stands")), "otherwise")
    assert digests(["rg-0101"])["rg-0101"] == before["rg-0101"]


def test_an_end_that_was_not_chosen_keeps_its_conflict_and_so_does_the_other(linked):
    revision, before, after = linked
    undone = undo(revision, by=cast.editor(), only=["rg-0101"])
    told = "rg-0101 stays: its conflict stands on rg-0110 too, which you let be. Take both back, or none."
    assert (undone.left, undone.outcome.revision, digests(before)) == ({"rg-0101": told}, None, after)
    assert (undo(revision, by=cast.editor(), only=list(before)).left, digests(before)) == ({}, before)


def test_a_third_in_the_conflict_stays_in_it(linked):
    _, before, _ = linked
    link_conflict("rg-0110", "rg-0104", by=cast.editor())
    revert_to("rg-0101", before["rg-0101"], by=cast.editor())
    assert ends() == {"rg-0101": ((), "stands"), "rg-0110": (("rg-0104",), "contested")}


def test_another_plan_than_was_shown_does_nothing(linked):
    _, before, after = linked
    shown = plan_revert("rg-0101", before["rg-0101"]).digest
    link_conflict("rg-0110", "rg-0104", by=cast.editor())
    with pytest.raises(Refused, match="Somebody has changed something"):
        revert_to("rg-0101", before["rg-0101"], by=cast.editor(), shown=shown)
    assert digests(["rg-0101"])["rg-0101"] == after["rg-0101"]
