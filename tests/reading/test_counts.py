"""The numbers that publications keep are those that counting gives."""

from collections import Counter

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.editorial.mapping import read_rows
from profiles.editorial.take_down import redact, retract, withdraw
from profiles.editorial.verify import verify_publications
from profiles.models import Edition, Publication
from profiles.models.counts import ALL, KIND, ClaimCount, FacetCount, PublicationCount, SourceCount
from profiles.models.editions import PublishedDocument, read_published
from profiles.models.published import (
    Entry,
    Facet,
    Listing,
    PublishedCitation,
    PublishedClaim,
    PublishedSource,
    PublishedVersion,
)
from profiles.reading.pages import project
from profiles.reading.replay import rebuild
from tests import cast, factory

pytestmark = pytest.mark.django_db


def kept():
    """What the tables of counts hold."""
    return {
        "facets": {(row.model, row.facet, row.value, row.label): row.number for row in FacetCount.objects.all()},
        "claims": {tuple(getattr(row, p) for p in row.PARTS): row.number for row in ClaimCount.objects.all()},
        "sources": {row.source: row.number for row in SourceCount.objects.all()},
        "publications": {row.number: (row.documents, row.editions) for row in PublicationCount.objects.all()},
        "slugs": dict(PublishedSource.objects.values_list("uid", "slug")),
        "versions": dict(PublishedVersion.objects.values_list("uid", "source")),
    }


def counted():
    """The same, counted row by row."""
    entries = {entry.uid: entry for entry in Entry.objects.all()}
    facets = Counter()
    for entry in entries.values():
        facets[entry.model, ALL, "", ""] += 1
        facets[entry.model, KIND, entry.kind, ""] += 1
    for uid, facet, value, label in {(f.entry_id, f.facet, f.value, f.label) for f in Facet.objects.all()}:
        facets[entries[uid].model, facet, value, label] += 1
    for row in Listing.objects.all():
        facets["listing", ALL, "", ""] += 1
        facets["listing", "authority", row.authority, row.authority_label] += 1
        if row.programme:
            facets["listing", "programme", row.programme, row.programme_label] += 1
        facets["listing", "subject", row.model, ""] += 1
        facets["listing", "profile", row.entry_id, entries[row.entry_id].label] += 1
        if row.evidence:
            facets["listing", "evidence", row.evidence, ""] += 1
    for row in PublishedSource.objects.all():
        facets["source", ALL, "", ""] += 1
        facets["source", "kind", row.kind, ""] += 1
        facets["source", "publisher", row.publisher_key, row.publisher] += 1
        facets["source", "language", row.language, ""] += 1
        facets["source", "origin", row.derives_from, ""] += 1
    claims = PublishedClaim.objects.filter(to_publication=None)
    rested = {(c.claim.uid, c.source) for c in PublishedCitation.objects.filter(claim__in=claims)}
    public = read_published(PublishedDocument.objects.values_list("uid", flat=True))
    made = Publication.objects.order_by("number")
    return {
        "facets": dict(facets),
        "claims": dict(Counter((c.topic, c.aspect, c.voice, c.standing) for c in claims)),
        "sources": dict(Counter(source for _, source in rested)),
        "publications": {
            one.number: (len(one.facts()["triples"]), Edition.objects.filter(publication=one).count()) for one in made
        },
        "slugs": {uid: document.slug for uid, document in public.items() if PUBLIC[uid] == "source"},
        "versions": {uid: document.source for uid, document in public.items() if PUBLIC[uid] == "version"},
    }


class _Models:
    def __getitem__(self, uid):
        return PublishedDocument.objects.get(pk=uid).model


PUBLIC = _Models()
GROUND = (factory.make_source(), factory.make_version(), factory.make_authority(), factory.make_speaker())
KINDS = ("armed_group", "umbrella", "party")
LISTED = "The harbour authority listed the River Guards in 2019"
OFFICIALS = (("spk-0001",),)


def profile(uid, kind, about, turn):
    """A group with its name, a listing, a relation to another group, and a claim in one voice or the other."""
    voice = {"voice": "attributed"} if turn % 2 else {}
    heard = {"voice": "attributed", "speakers": OFFICIALS} if turn % 2 else {}
    citations = (factory.make_citation(f"{uid}-0003", **heard),)
    if turn % 3 == 0:
        citations += (factory.make_citation(f"{uid}-0003", number=2, bearing="mentions"),)
    label = f"Band {uid} {turn}"
    return [
        factory.make_group(uid, label, kind=kind, slug=f"band-{uid}"),
        factory.make_name(f"{uid}-0001", label, salt=f"{turn:032x}"),
        factory.make_claim(
            f"{uid}-0002", f"Band {uid} was listed.", kind="designation", topic="designations", aspect="listings",
            as_stated="listed", evidence="secondary", authority="auth-0001", quote=LISTED,
        ),
        factory.make_claim(
            f"{uid}-0003", f"According to two officials, band {uid} has {turn} tales of its start.", topic="origins",
            aspect="founded", sense="happened", when=str(1990 + turn % 30), salt=f"{turn:032x}", citations=citations,
            **voice,
        ),
        factory.make_claim(
            f"{uid}-0004", f"Band {uid} belongs to it.", kind="relation", topic="umbrellas", aspect="belongs_to",
            relation="member_of", about=about, salt=f"{turn:032x}",
        ),
    ]  # fmt: skip


acts = st.lists(
    st.tuples(
        st.sampled_from(["publish", "publish", "retract", "withdraw", "redact"]),
        st.sampled_from(["aa", "bb", "cc"]),
        st.sampled_from(KINDS),
        st.sampled_from(["aa", "bb", "cc"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=acts)
def test_every_number_is_what_counting_gives_after_any_publications(acts):
    """One site through all of it: the examples follow each other."""
    if not Publication.objects.exists():
        every = [document for uid in ("aa", "bb", "cc") for document in profile(uid, "party", "aa", 0)]
        factory.publish(*GROUND, *(d for d in every if d.uid != "aa-0004"))
        assert kept() == counted()
    for number, (act, uid, kind, about) in enumerate(acts):
        # Never the same twice: words that were redacted cannot be published again.
        turn = 5 * Publication.objects.count() + number
        public = read_published([uid, f"{uid}-0003", f"{uid}-0004"])
        if act == "publish" and about != uid:
            gone = Publication.objects.filter(kind="redaction", note=f"{uid}-0004").exists()
            documents = [d for d in profile(uid, kind, about, turn) if not (gone and d.uid == f"{uid}-0004")]
            others = [d for d in profile(about, kind, uid, turn) if d.uid in (about, f"{about}-0001")]
            factory.publish(*others, *documents, kind="update")
        elif act == "retract" and getattr(public.get(f"{uid}-0003"), "standing", "retracted") != "retracted":
            retract(f"{uid}-0003", by=cast.editor(), reason="Wrong.", project=project)
        elif act == "withdraw" and uid in public:
            withdraw(uid, by=cast.editor(), reason="Wrong man.", project=project)
        elif act == "redact" and f"{uid}-0004" in public:
            redact(f"{uid}-0004", by=cast.editor(), reason="It named a witness.", project=project)
        assert kept() == counted()
    assert verify_publications().problems == []
    before = kept()
    rebuild()
    assert kept() == before == counted()


def test_a_source_is_found_by_its_newest_slug_alone(client):
    factory.publish(*factory.make_ground())
    draft = read_rows(["src-0001"])["src-0001"]
    factory.publish(msgspec.structs.replace(draft, slug="who-are-they"), kind="update")
    assert client.get("/sources/who-are-they/").status_code == 200
    assert client.get("/sources/river-guards/").status_code == 404
    assert kept()["slugs"] == {"src-0001": "who-are-they"}
