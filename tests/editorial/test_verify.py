from datetime import UTC, date, datetime
from io import StringIO

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.editorial.drift import check_drift
from profiles.editorial.publish import publish_review
from profiles.editorial.review import all_drafts, open_review
from profiles.editorial.verify import verify_publications
from profiles.models import (
    Capture,
    Claim,
    Document,
    Edition,
    Publication,
    PublishedDocument,
    Redaction,
    SourceVersion,
)
from profiles.models.guards import guards_down
from profiles.models.projection import Projection
from profiles.values import documents as docs
from tests import cast, factory
from tests.again import standing

pytestmark = pytest.mark.django_db


def publish(*documents, kind="update"):
    factory.load(*documents, by=cast.editor())
    review = open_review(all_drafts(), by=cast.editor(), kind=kind)
    return publish_review(factory.decided(review), by=cast.reviewer(), project=lambda release: Projection())


@pytest.fixture
@standing
def chain():
    """Three publications: two groups and a claim about both; a correction of it; a third claim."""
    first = publish(
        *factory.make_ground(),
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("hb-0001", "Harbour Brigade"),
        factory.make_claim(
            "rg-0002", kind="relation", about="hb", relation="rival_of", topic="allies", aspect="rivals"
        ),
        factory.make_silence(),
        kind="new",
    )
    Capture.objects.create(version_id="src-0001-v1", text=factory.ARTICLE, raw=factory.ARTICLE.encode())
    second = publish(
        factory.make_claim(
            "rg-0002", "The Guards and the Brigade are rivals.", kind="relation", about="hb", relation="rival_of",
            topic="allies", aspect="rivals",
        ),
        kind="correction",
    )  # fmt: skip
    third = publish(factory.make_claim("rg-0003"))
    return [first, second, third]


@pytest.fixture
def unguarded(chain):
    """The chain without its guards."""
    with guards_down(connection):
        yield chain


def change(table, pk, **values):
    """Write past the guards, as somebody with the database in hand could."""
    with guards_down(connection):
        assert table.objects.filter(pk=pk).update(**values) == 1


def remove(row):
    with guards_down(connection):
        type(row).objects.filter(pk=row.pk)._raw_delete(connection.alias)


def problems():
    return verify_publications().problems


def flip(text, position=40):
    return text[:position] + ("0" if text[position] != "0" else "1") + text[position + 1 :]


def published(uid):
    return PublishedDocument.objects.get(pk=uid).sha256


def edition(profile, number):
    return Edition.objects.get(profile=profile, number=number)


def test_what_was_published_is_proved(chain):
    report = verify_publications()
    assert report.problems == []
    # 9 documents at first, then one each.
    assert (report.publications, report.editions, report.documents) == (3, 5, Document.objects.count())
    assert (report.captures, report.redacted, report.head) == (1, 0, chain[-1].sha256)


def test_an_empty_site_is_proved():
    report = verify_publications()
    assert (report.problems, report.publications, report.head) == ([], 0, "")


def test_drafts_do_not_disturb_the_proof(chain):
    factory.load(factory.make_claim("rg-0003", "Another sentence."), factory.make_claim("rg-0004"))
    assert problems() == []


@pytest.mark.parametrize("uid", ["rg", "rg-0001", "rg-s01", "src-0001", "src-0001-v1"])
def test_a_flipped_byte_in_a_document_is_named(chain, uid):
    sha = published(uid)
    change(Document, sha, body=flip(Document.objects.get(pk=sha).body))
    assert problems() == [f"document {sha} ({uid}): its body has another digest"]


def test_a_flipped_byte_in_an_edition_is_named(chain):
    row = edition("hb", 2)
    change(Edition, row.pk, manifest=flip(row.manifest))
    assert problems() == ["edition 2 of hb: its manifest has another digest"]


def test_a_flipped_byte_in_a_publication_is_named(chain):
    change(Publication, 2, body=flip(chain[1].body))
    assert problems() == [
        "publication 2: its body has another digest; what it and later ones changed cannot be replayed"
    ]


def test_a_flipped_byte_in_a_captured_text_is_named(chain):
    change(Capture, "src-0001-v1", text=flip(factory.ARTICLE))
    assert problems() == ["capture src-0001-v1: its text has another digest than its version says"]


def test_a_flipped_byte_in_the_raw_bytes_is_named(chain):
    change(Capture, "src-0001-v1", raw=flip(factory.ARTICLE).encode())
    assert problems() == ["capture src-0001-v1: its raw bytes have another digest than its version says"]


@pytest.mark.parametrize(
    "field",
    ["text_sha256", "text_length", "paragraphs", "raw_sha256", "raw_length", "media_type", "method", "stamp",
     "stamp_zone", "archive_url", "note", "retrieved"],
)  # fmt: skip
def test_whatever_a_versions_row_says_otherwise_than_its_document_is_named(chain, field):
    there = getattr(SourceVersion.objects.get(), field)
    other = {"retrieved": date(1999, 1, 1), "media_type": "image/png", "method": "url"}.get(field)
    change(SourceVersion, "src-0001-v1", **{field: other or (9999 if isinstance(there, int) else "a" * 8)})
    assert [p.split(" says ")[1].split()[0] for p in problems()] == [field]


def test_a_text_forged_together_with_its_versions_row_is_named(chain):
    forged = flip(factory.ARTICLE)
    change(Capture, "src-0001-v1", text=forged, raw=None)
    change(SourceVersion, "src-0001-v1", text_sha256=docs.sha256(forged.encode()))
    assert [p.split(":")[0] for p in problems()] == ["version src-0001-v1", "capture src-0001-v1"]


def test_a_published_version_whose_row_is_gone_is_named(chain):
    with guards_down(connection):
        PublishedDocument.objects.create(uid="src-0001-v9", model="version", sha256="f" * 64, publication=1)
    assert "version src-0001-v9: its row is missing" in problems()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_one_changed_character_anywhere_names_its_row(unguarded, data):
    model, field = data.draw(
        st.sampled_from([(Document, "body"), (Edition, "manifest"), (Publication, "body"), (Capture, "text")])
    )
    row = data.draw(st.sampled_from(list(model.objects.order_by("pk"))))
    text = getattr(row, field)
    position = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0"))
    before = text[position]
    name = f"edition {row.number} of {row.profile}:" if model is Edition else f"{model._meta.model_name} {row.pk}"
    model.objects.filter(pk=row.pk).update(**{field: text[:position] + other + text[position + 1 :]})
    try:
        found = problems()
    finally:
        model.objects.filter(pk=row.pk).update(**{field: text})
    assert [p for p in found if not p.startswith(name)] == []
    assert bool(found) == (other != before)


# -- documents -----------------------------------------------------------------------------------------


def test_a_document_that_is_gone_is_named(chain):
    sha = published("rg-0003")
    remove(Document.objects.get(pk=sha))
    assert problems()[0] == f"document {sha} (rg-0003): missing; publication 3 made it public"


def test_a_body_in_another_spelling_is_named(chain):
    body = Document.objects.get(pk=published("rg")).body.replace(":", ": ", 1)
    sha = docs.sha256(body.encode())
    Document.objects.create(sha256=sha, uid="rg", model="group", body=body)
    assert problems() == [f"document {sha} (rg): its body is not in canonical form"]


def test_bytes_that_are_no_document_are_named(chain):
    sha = docs.sha256(b"[]")
    Document.objects.create(sha256=sha, uid="rg", model="group", body="[]")
    [problem] = problems()
    assert problem.startswith(f"document {sha} (rg): its body is no document: ")


def test_columns_that_belie_the_body_are_named(chain):
    sha = published("rg-s01")
    change(Document, sha, model="claim")
    assert problems() == [f"document {sha} (rg-s01): its body is a silence, its row says claim"]
    change(Document, sha, model="silence", uid="rg-s02")
    assert problems()[0] == f"document {sha} (rg-s02): its body is of rg-s01"


# -- redaction -----------------------------------------------------------------------------------------


def redact(sha, number=None):
    Redaction.objects.create(sha256=sha, publication=number)
    assert Document.objects.filter(pk=sha).update(body=None) == 1


def publish_redaction(*shas):
    """A publication that tells of a redaction and changes nothing else."""
    last = Publication.objects.first()
    facts = {**last.facts(), "number": last.number + 1, "previous": last.sha256, "kind": "redaction", "note": ""}
    facts |= {"triples": [], "editions": [], "labels": [], "redacted": sorted(shas), "at": "2025-04-07T12:00:00Z"}
    body = docs.canonical(facts)
    return Publication.objects.create(
        number=facts["number"],
        sha256=docs.sha256(body),
        previous=last.sha256,
        kind="redaction",
        at=datetime(2025, 4, 7, 12, tzinfo=UTC),
        reviewed=last.reviewed,
        body=body.decode(),
    )


def test_the_rest_is_proved_after_a_redaction(chain):
    # What correction 2 replaced, a claim about two profiles, in the first editions of both.
    sha = edition("rg", 1).contents()[1]["rg-0002"]
    made = publish_redaction(sha)
    redact(sha, made.number)
    report = verify_publications()
    assert (report.problems, report.redacted, report.head) == ([], 1, made.sha256)


def test_damage_is_named_beside_a_redaction(chain):
    sha = published("rg-0002")
    redact(sha, publish_redaction(sha).number)
    row = edition("rg", 2)
    change(Edition, row.pk, manifest=flip(row.manifest))
    assert problems() == ["edition 2 of rg: its manifest has another digest"]


def test_a_body_that_is_gone_without_a_redaction_is_named(chain):
    sha = published("rg-0003")
    change(Document, sha, body=None)
    assert problems() == [f"document {sha} (rg-0003): its body is gone and no redaction names it"]


def test_a_redaction_that_no_publication_tells_is_named(chain):
    redact(published("rg-0003"), 3)
    assert problems() == [f"redaction {published('rg-0003')}: no publication tells it"]


def test_a_redaction_that_was_not_done_is_named(chain):
    sha = published("rg-0003")
    Redaction.objects.create(sha256=sha, publication=publish_redaction(sha).number)
    assert problems() == [f"document {sha} (rg-0003): a redaction names it and its body is still there"]


# -- the chain -----------------------------------------------------------------------------------------


def rewrite(number, **values):
    """Forge a publication, its own digest included."""
    row = Publication.objects.get(pk=number)
    body = docs.canonical({**row.facts(), **values})
    change(Publication, number, body=body.decode(), sha256=docs.sha256(body))


def test_a_remembered_head_is_still_in_the_chain(chain):
    for publication in chain:
        assert verify_publications(publication.sha256).problems == []


def test_a_head_that_is_in_no_chain_is_named(chain):
    assert verify_publications("f" * 64).problems == [f"head {'f' * 64}: no publication has this digest"]


def test_a_publication_forged_with_its_digest_breaks_the_link(chain):
    rewrite(2, note="")
    assert problems() == []
    rewrite(2, note="Forged.")
    assert problems() == [
        "publication 2: its row says note '', its body 'Forged.'",
        "publication 3: its previous is not publication 2",
    ]


def test_the_newest_publication_forged_is_caught_by_a_remembered_head(chain):
    rewrite(3, note="Forged.")
    change(Publication, 3, note="Forged.")
    assert problems() == []
    assert verify_publications(chain[2].sha256).problems == [f"head {chain[2].sha256}: no publication has this digest"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"kind": "update"}, "kind 'update', its body 'correction'"),
        ({"reviewed": "demonstration"}, "reviewed 'demonstration', its body 'second_person'"),
        ({"note": "Nothing."}, "note 'Nothing.', its body ''"),
    ],
)
def test_columns_that_belie_a_publication_are_named(chain, values, told):
    change(Publication, 2, **values)
    assert problems() == [f"publication 2: its row says {told}"]


def test_a_time_that_belies_a_publication_is_named(chain):
    change(Publication, 2, at=datetime(2020, 1, 1, tzinfo=UTC))
    at = chain[1].facts()["at"]
    assert problems() == [f"publication 2: its row says at '2020-01-01T00:00:00Z', its body '{at}'"]


def test_a_publication_that_is_gone_is_named(chain):
    # Rows of the later tables go on pointing to it: foreign keys wait until the end of the test.
    remove(Edition.objects.get(publication=2, profile="hb"))
    remove(Edition.objects.get(publication=2, profile="rg"))
    with guards_down(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_review SET publication_id = NULL WHERE publication_id = 2")
        cursor.execute("DELETE FROM profiles_publication WHERE number = 2")
    assert problems() == ["publication 2: missing", "edition 3 of rg: edition 2 should come first"]


def test_a_before_that_was_not_public_is_named(chain):
    triples = chain[2].facts()["triples"]
    rewrite(3, triples=[[triples[0][0], "a" * 64, triples[0][2]]])
    assert problems() == [f"publication 3: it replaces rg-0003 {'a' * 64}, which was not public then"]


def test_a_label_that_was_not_public_is_named(chain):
    rewrite(3, labels=[["rg", published("rg")], ["src-0001", "a" * 64], ["src-0001-v1", published("src-0001-v1")]])
    assert problems() == [
        f"document {'a' * 64} (src-0001): missing; publication 3 made it public",
        f"publication 3: it was printed with src-0001 {'a' * 64}, which was not public then",
    ]


# -- editions ------------------------------------------------------------------------------------------


def test_a_deleted_edition_is_named(chain):
    remove(edition("hb", 2))
    assert problems() == ["edition 2 of hb: missing; publication 2 lists it"]


def test_a_deleted_first_edition_is_named_once(chain):
    remove(edition("hb", 1))
    assert problems() == ["edition 1 of hb: missing; publication 1 lists it"]


def test_a_swapped_manifest_is_named(chain):
    one, two = edition("rg", 1), edition("rg", 2)
    change(Edition, one.pk, manifest=two.manifest)
    change(Edition, two.pk, manifest=one.manifest)
    assert problems() == [
        "edition 1 of rg: its manifest has another digest",
        "edition 2 of rg: its manifest has another digest",
    ]


def test_manifests_swapped_with_their_digests_are_named(chain):
    one, two = edition("rg", 1), edition("rg", 2)
    change(Edition, one.pk, manifest=two.manifest, sha256=two.sha256)
    change(Edition, two.pk, manifest=one.manifest, sha256=one.sha256)
    old, new = one.contents()[1]["rg-0002"], two.contents()[1]["rg-0002"]
    assert problems() == [
        f"edition 1 of rg: publication 1 lists it as {one.sha256}, its row says {two.sha256}",
        f"edition 1 of rg: holds rg-0002 {new}, which was not public about rg then",
        f"edition 2 of rg: publication 2 lists it as {two.sha256}, its row says {one.sha256}",
        f"edition 2 of rg: holds rg-0002 {old}, which was not public about rg then",
    ]


def test_an_edition_that_leaves_out_a_claim_is_named_even_if_the_publication_lists_it(chain):
    row = edition("rg", 3)
    header, pairs = row.contents()
    pairs.pop("rg-0001")
    manifest = docs.dossier_manifest(header, pairs.items()).decode()
    sha = docs.sha256(manifest.encode())
    change(Edition, row.pk, manifest=manifest, sha256=sha)
    rewrite(3, editions=[["rg", 3, sha]])
    assert problems() == ["edition 3 of rg: lacks rg-0001"]


def test_an_edition_that_no_publication_lists_is_named(chain):
    row = edition("hb", 2)
    Edition.objects.create(profile="hb", number=3, sha256=row.sha256, manifest=row.manifest, publication_id=2)
    assert problems() == ["edition 3 of hb: publication 2 does not list it"]


def test_a_profile_that_was_touched_and_got_no_edition_is_named(chain):
    remove(edition("rg", 3))
    rewrite(3, editions=[])
    assert problems() == ["publication 3: it touches rg and lists no edition of it"]


def test_a_withdrawn_profile_needs_no_edition(chain):
    remove(edition("rg", 3))
    rewrite(3, editions=[], withdrawn=["rg"])
    assert problems() == []


# -- what is public now --------------------------------------------------------------------------------


def test_a_published_row_that_points_elsewhere_is_named(chain):
    old = edition("rg", 1).contents()[1]["rg-0002"]
    new = published("rg-0002")
    PublishedDocument.objects.filter(pk="rg-0002").update(sha256=old)
    assert problems() == [f"published rg-0002: its row says {old}, the publications say {new}"]


def test_a_published_row_that_is_missing_or_too_many_is_named(chain):
    sha = published("rg-0003")
    PublishedDocument.objects.filter(pk="rg-0003").delete()
    PublishedDocument.objects.create(uid="rg-0009", model="claim", sha256=sha, publication=3)
    assert problems() == [
        f"published rg-0009: its row says {sha}, the publications say nothing",
        f"published rg-0003: missing; the publications say {sha}",
    ]


def test_a_published_row_with_another_publication_or_model_is_named(chain):
    PublishedDocument.objects.filter(pk="rg-0003").update(publication=1)
    PublishedDocument.objects.filter(pk="rg").update(model="claim")
    assert sorted(problems()) == [
        "published rg-0003: its row says publication 1, the publications say 3",
        "published rg: its row says that it is a claim",
    ]


# -- the commands --------------------------------------------------------------------------------------


def run(name, *args):
    out = StringIO()
    try:
        call_command(name, *args, stdout=out, stderr=StringIO())
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def test_the_command_prints_counts_and_head(chain):
    count = Document.objects.count()
    assert run("verify_publications", "--head", chain[0].sha256) == (
        [
            f"Verified: 3 publications, 5 editions, {count} documents (0 redacted), 1 captures.",
            f"Head: {chain[2].sha256}",
            "The head that you remember is in the chain.",
        ],
        "",
    )
    assert run("verify_publications", "--quiet") == ([], "")


def test_the_command_fails_naming_each_problem_on_a_line(chain):
    change(Capture, "src-0001-v1", text=flip(factory.ARTICLE))
    row = edition("hb", 2)
    change(Edition, row.pk, manifest=flip(row.manifest))
    assert run("verify_publications", "--quiet") == (
        [
            "edition 2 of hb: its manifest has another digest",
            "capture src-0001-v1: its text has another digest than its version says",
        ],
        "2 problems: what is stored is not what was published.",
    )


def test_nothing_drifts_after_a_publication(chain):
    drift = check_drift()
    assert (drift.unnoted, drift.unpublished, drift.changed, drift.gone) == ([], [], [], [])
    assert run("check_drift") == ([f"Checked {drift.rows} drafts."], "")


def test_drafts_that_differ_are_told_and_are_no_failure(chain):
    factory.load(factory.make_claim("rg-0003", "Another sentence."), factory.make_claim("rg-0004"))
    assert run("check_drift") == (
        ["rg-0004: not published", "rg-0003: differs from what is published", "Checked 10 drafts."],
        "",
    )


def test_a_row_changed_by_sql_is_a_failure(chain):
    Claim.objects.filter(pk="rg-0003").update(statement="Changed behind the desk's back.")
    assert run("check_drift") == (
        [
            "rg-0003: differs from what is published",
            "rg-0003: changed by no known way in (a shell, loaddata of rows, or SQL)",
            "Checked 9 drafts.",
        ],
        "1 drafts are not as the desk left them.",
    )


def test_a_published_document_without_a_draft_is_a_failure(chain):
    Claim.objects.get(pk="rg-0003").citations.all().delete()
    Claim.objects.filter(pk="rg-0003").delete()
    lines, error = run("check_drift")
    assert lines == ["rg-0003: published, and has no draft row", "Checked 8 drafts."]
    assert error == "1 drafts are not as the desk left them."


def test_facts_of_a_later_schema_are_not_taken_for_ours(chain):
    rewrite(3, surprise=1)
    [problem, *_] = problems()
    assert problem.startswith("publication 3: its body is no publication: ")
    assert msgspec.json.decode(Publication.objects.get(pk=3).body)["surprise"] == 1
