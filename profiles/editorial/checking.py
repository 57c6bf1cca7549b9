"""Check citations against the texts that are at hand: locator, paragraph, digest, one sentence, and coverage."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from profiles.editorial.edit import Refused
from profiles.models import Capture, Citation, Source, SourceVersion
from profiles.values import anchors
from profiles.values.anchors import Coverage, Passage
from profiles.values.passages import verify_together

# States of a checked citation; only the first is as it should be.
STATES = ("verified", "moved", "changed", "gone", "malformed")


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """One citation and what became of its passage; `malformed`: its place or digest could never be a passage."""

    uid: str
    claim: str
    state: str
    evidence: str


@dataclass(frozen=True, slots=True)
class CheckedVersion:
    """The citations of one version against a text: its own (`pinned`), another that was given, or none.

    `coverage` and `text` are None unless the text is the version's own; `unchecked` are the citations without a text.
    """

    version: str
    source: str
    pinned: bool
    citations: tuple[CheckedCitation, ...]
    unchecked: tuple[str, ...]
    coverage: Coverage | None
    text: str | None

    def of(self, state: str) -> list[CheckedCitation]:
        """Those in one state."""
        return [citation for citation in self.citations if citation.state == state]


@dataclass(frozen=True, slots=True)
class _Row:
    uid: str
    claim: str
    standing: str
    paragraph: int
    start: int
    end: int
    sha256: str


def check_citations(texts: Mapping[str, str] | None = None) -> list[CheckedVersion]:
    """Check every draft citation whose text is at hand: captured, or given by its source's slug (`texts`).

    A given text that is no version's own, by its digest, stands for the newest version: its passages are looked for
    one by one. Refused where a slug is no source's.
    """
    given, pinned = _given(texts or {})
    rows: dict[str, list[_Row]] = defaultdict(list)
    columns = ("uid", "claim_id", "claim__standing", "paragraph", "start", "end", "passage_sha256")
    for version, *values in Citation.objects.order_by("uid").values_list("version_id", *columns):
        rows[version].append(_Row(*values))
    wanted = SourceVersion.objects.filter(pk__in=[*rows, *given]).select_related("source").order_by("source_id", "uid")
    return [_check(version, rows[version.pk], given.get(version.pk), version.pk in pinned) for version in wanted]


def _given(texts: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """Version uid -> text that stands for it, and which of them it is the very text of."""
    given: dict[str, str] = {}
    pinned: set[str] = set()
    known = Source.objects.in_bulk(list(texts), field_name="slug")
    for slug, text in texts.items():
        if slug not in known:
            raise Refused(f"There is no source with the slug {slug}.")
        # By number: v10 comes after v9.
        versions = sorted(known[slug].versions.all(), key=lambda row: int(row.pk.rpartition("-v")[2]))
        if not versions:
            raise Refused(f"{slug} has no version yet: capture it first.")
        digest = anchors.digest(text)
        same = [version.pk for version in versions if version.text_sha256 == digest]
        given |= dict.fromkeys(same or [versions[-1].pk], text)
        pinned.update(same)
    return given, pinned


def _check(version: SourceVersion, rows: list[_Row], given: str | None, is_pinned: bool) -> CheckedVersion:
    text = given
    if text is None:
        text = Capture.objects.filter(pk=version.pk).values_list("text", flat=True).first()
        is_pinned = text is not None and anchors.digest(text) == version.text_sha256
    if text is None:
        return CheckedVersion(version.pk, version.source.slug, False, (), tuple(r.uid for r in rows), None, None)
    checked = tuple(_check_rows(text, rows, None if is_pinned else version.text_length))
    covered = None
    if is_pinned:
        right = {citation.uid for citation in checked if citation.state == "verified"}
        ranges = [(row.start, row.end) for row in rows if row.uid in right and row.standing != "retracted"]
        no_fact = {mark["paragraph"] for mark in version.source.no_fact if mark["version"] == version.pk}
        covered = anchors.coverage(text, ranges, no_fact)
    return CheckedVersion(version.pk, version.source.slug, is_pinned, checked, (), covered, text if is_pinned else None)


def _check_rows(text: str, rows: list[_Row], length: int | None) -> Iterator[CheckedCitation]:
    """Each row against the text; `length` is that of the pinned text, None where this is it."""
    passages: dict[str, Passage] = {}
    for row in rows:
        try:
            passages[row.uid] = Passage(row.paragraph, row.start, row.end, row.sha256)
        except anchors.AnchorError as error:
            yield CheckedCitation(row.uid, row.claim, "malformed", str(error))
    if length is None:
        findings = {uid: anchors.verify(text, passage) for uid, passage in passages.items()}
    else:
        findings = dict(zip(passages, verify_together(text, length, list(passages.values())), strict=True))
    for row in rows:
        if row.uid not in findings:
            continue
        finding = findings[row.uid]
        refusal = anchors.refusal(text, row.start, row.end) if finding.state == "verified" else None
        if refusal:
            yield CheckedCitation(row.uid, row.claim, "malformed", refusal)
        else:
            yield CheckedCitation(row.uid, row.claim, finding.state, finding.evidence)
