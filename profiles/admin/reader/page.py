"""What the reading view of a version shows: its paragraphs in pieces, the claims on them, coverage, whom it feeds."""

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from profiles.models import Citation, SourceVersion
from profiles.values import anchors
from profiles.values.hedge_marks import hedge_marks
from profiles.values.pieces import Piece, Range, cut


@dataclass(frozen=True, slots=True)
class Resting:
    """A claim that rests on a passage, by one citation."""

    uid: str
    citation: str
    start: int
    end: int
    sha256: str
    bearing: str
    statement: str
    standing: str
    subject: str
    subject_label: str
    subject_model: str
    about: str | None
    about_label: str | None
    about_model: str | None

    @property
    def more(self) -> str:
        """Bearing and standing, where they are not the usual ones."""
        unusual = [word for word in (self.bearing, self.standing) if word not in ("supports", "stands")]
        return "".join(f" · {word}" for word in unusual)


@dataclass(frozen=True, slots=True)
class Note:
    """One passage of a paragraph, by its number there, and the claims that rest on it."""

    number: str
    claims: list[Resting]
    pages: str

    @property
    def lines(self) -> SafeString:
        """Each claim as an element, escaped: of two thousand a template would take half the page's time."""
        return mark_safe("".join(map(self._line, self.claims)))  # noqa: S308  each is escaped

    def _line(self, one: Resting) -> str:
        statement, subject, more = escape(one.statement), escape(one.subject_label), escape(one.more)
        return (
            f'<div class="reader-note"><a href="{escape(self.pages + one.uid)}/change/" dir="auto">{statement}</a> '
            f"<small><bdi>{subject}</bdi> · {escape(one.uid)}{more}</small></div>"
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its pieces, the notes to them, and where its sentences stand, counted from its start."""

    number: int
    pieces: list[Piece]
    notes: list[Note]
    sentences: list[Range]
    no_fact: bool
    is_uncited: bool

    @property
    def place(self) -> str:
        """Its number, as text: nothing to localise."""
        return str(self.number)

    @property
    def words(self) -> SafeString:
        """The pieces as elements, escaped: thousands a page, which a template would take most of a second for."""
        return mark_safe("".join(map(_element, self.pieces)))  # noqa: S308  each is escaped

    @property
    def sentence_places(self) -> str:
        """For the script: `0-82 83-160`, in code points of the paragraph."""
        return " ".join(f"{start}-{end}" for start, end in self.sentences)


def _element(piece: Piece) -> str:
    looks = " ".join([*["reader-hedge"] * piece.is_hedge, *["reader-uncited"] * piece.is_uncited])
    words = escape(piece.words)
    if piece.of:
        of, ends = _numbers(piece.of), _numbers(piece.ends)
        return f'<mark class="{looks}" data-of="{of}" data-n="{ends}">{words}</mark>'
    return f'<span class="{looks}">{words}</span>' if looks else words


def _numbers(found: tuple[int, ...]) -> str:
    return ",".join(map(str, found))


@dataclass(slots=True)
class Fed:
    """A profile that the version feeds, and with how many claims."""

    uid: str
    label: str
    model: str
    claims: int


@dataclass(frozen=True, slots=True)
class Page:
    """A whole version. `misplaced` are the citations whose words do not stand at their place."""

    paragraphs: list[Paragraph]
    coverage: anchors.Coverage
    feeds: list[Fed]
    misplaced: list[Resting]
    citations: int
    claims: int

    @property
    def per_cent(self) -> str:
        """How much is cited; never rounded up to all or down to nothing."""
        share = self.coverage.share * 100
        return "less than 1" if 0 < share < 1 else str(int(share))

    @property
    def uncited(self) -> int:
        """How many paragraphs have words that no claim cites."""
        return sum(paragraph.is_uncited for paragraph in self.paragraphs)


_WORD = re.compile(r"\w")
_COLUMNS = (
    "claim_id", "uid", "start", "end", "passage_sha256", "bearing", "claim__statement", "claim__standing",
    "claim__subject_id", "claim__subject__label", "claim__subject__model",
    "claim__about_id", "claim__about__label", "claim__about__model",
)  # fmt: skip


def resting_on(version: str) -> list[Resting]:
    """Every citation of a version with its claim, in the order of the text; one query."""
    rows = Citation.objects.filter(version=version).order_by().values_list(*_COLUMNS)
    return sorted((Resting(*row) for row in rows), key=lambda one: (one.start, one.end, one.citation))


def feeds(cited: list[Resting]) -> list[Fed]:
    """The profiles that claims on a version are about, from either end; the most fed first."""
    found: dict[str, Fed] = {}
    for one in {one.uid: one for one in cited if one.standing != "retracted"}.values():
        ends = [(one.subject, one.subject_label, one.subject_model), (one.about, one.about_label, one.about_model)]
        for uid, label, model in ends:
            if uid:
                found.setdefault(uid, Fed(uid, label or uid, model or "", 0)).claims += 1
    return sorted(found.values(), key=lambda fed: (-fed.claims, fed.label, fed.uid))


def page_of(version: SourceVersion, text: str) -> Page:
    """The reading view of a version whose text is at hand."""
    cited = resting_on(version.pk)
    right, misplaced = [], []
    for one in cited:
        (right if anchors.digest(text[one.start : one.end]) == one.sha256 else misplaced).append(one)
    no_fact = {mark["paragraph"] for mark in version.source.no_fact if mark["version"] == version.pk}
    bounds = anchors.paragraphs(text)
    no_fact &= set(range(len(bounds)))
    standing = [(one.start, one.end) for one in right if one.standing != "retracted"]
    covered = anchors.coverage(text, standing, no_fact)
    starts = [start for start, _ in bounds]
    notes: dict[int, dict[Range, list[Resting]]] = defaultdict(lambda: defaultdict(list))
    for one in right:
        notes[bisect_right(starts, one.start) - 1][(one.start, one.end)].append(one)
    sentences = _by_paragraph(starts, anchors.sentences(text))
    hedged = _by_paragraph(starts, hedge_marks(text))
    # A full stop that stays behind is no fact.
    uncited = _by_paragraph(starts, [run for run in covered.uncited if _WORD.search(text, *run)])
    pages = reverse("admin:profiles_claim_changelist")
    paragraphs = [
        Paragraph(
            number,
            cut(text, (start, end), list(notes[number]), hedged[number], uncited[number]),
            [Note(str(n), claims, pages) for n, claims in enumerate(notes[number].values(), 1)],
            [(first - start, last - start) for first, last in sentences[number]],
            number in no_fact,
            bool(uncited[number]),
        )
        for number, (start, end) in enumerate(bounds)
    ]
    return Page(paragraphs, covered, feeds(cited), misplaced, len(cited), len({one.uid for one in cited}))


def _by_paragraph(starts: list[int], ranges: list[Range]) -> dict[int, list[Range]]:
    found: dict[int, list[Range]] = defaultdict(list)
    for one in ranges:
        found[bisect_right(starts, one[0]) - 1].append(one)
    return found
