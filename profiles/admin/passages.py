"""The passage beside the statement: where the captured text is at hand, its words with a sentence on either side."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from profiles.models import Capture
from profiles.values import anchors
from profiles.values import documents as docs
from profiles.values.vocabulary import TEXT_FIDELITY


@dataclass(frozen=True, slots=True)
class Shown:
    """A cited passage as an editor sees it; without words where the text is not at hand."""

    citation: docs.Citation
    before: str = ""
    words: str = ""
    after: str = ""
    at_hand: bool = False
    holds: bool = False
    fidelity: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        c = self.citation
        return f"{c.version}, paragraph {c.paragraph}, {c.start} to {c.end}"


class Texts(dict[str, str]):
    """Version -> its text, for those at hand. `fidelity` says of some that they are not the very letters."""

    def __init__(self, rows: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(rows)
        self.fidelity: dict[str, str] = {}


def texts_of(versions: Iterable[str]) -> Texts:
    """The texts of some versions; one query."""
    columns = ("version_id", "text", "version__fidelity")
    rows = list(Capture.objects.filter(pk__in=set(versions)).values_list(*columns))
    found = Texts((uid, text) for uid, text, _ in rows)
    found.fidelity = {uid: fidelity_told(word) for uid, _, word in rows if word}
    return found


def fidelity_told(word: str) -> str:
    """How a text was read, as a sentence; empty where it is as it came."""
    return TEXT_FIDELITY[word].definition if word in TEXT_FIDELITY else word


def beside(citations: Iterable[docs.Citation], texts: Texts | None = None) -> dict[str, Shown]:
    """Citation uid -> the passage to show beside its claim; one query, or none where the texts are given."""
    wanted = list(citations)
    if texts is None:
        texts = texts_of(citation.version for citation in wanted) if wanted else Texts()
    sentences = {version: anchors.sentences(texts[version]) for version in {c.version for c in wanted} & texts.keys()}
    found = {}
    for citation in wanted:
        text = texts.get(citation.version)
        if text is None:
            found[citation.uid] = Shown(citation)
            continue
        told = texts.fidelity.get(citation.version, "")
        found[citation.uid] = _shown(citation, text, sentences[citation.version], told)
    return found


def _shown(citation: docs.Citation, text: str, sentences: list[tuple[int, int]], fidelity: str) -> Shown:
    start, end = citation.start, min(citation.end, len(text))
    own = max(0, bisect_right(sentences, (start, len(text))) - 1)
    first = sentences[max(0, own - 1)][0] if sentences else start
    last = sentences[min(len(sentences) - 1, own + 1)][1] if sentences else end
    words = text[start:end]
    return Shown(
        citation,
        before=text[min(first, start) : start],
        words=words,
        after=text[end : max(last, end)],
        at_hand=True,
        holds=anchors.digest(words) == citation.passage_sha256,
        fidelity=fidelity,
    )


# Signs that pasting often turns into each other, one for one, so that places stay where they are.
_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def pin_quote(text: str, quote: str, nth: int | None = None) -> anchors.Passage:
    """Find pasted words in a text and pin them. Line ends and typographic quotes need not agree.

    Raises anchors.AnchorError, for the editor, where they are not there, or stand there several times.
    """
    wanted = anchors.normalise(quote).replace("\n", " ")
    try:
        return anchors.find(text, wanted, nth)
    except anchors.AnchorError:
        if wanted in text:
            raise
    places = []
    plain, plainly = text.translate(_ALIKE), wanted.translate(_ALIKE)
    at = plain.find(plainly)
    while at >= 0:
        places.append(at)
        at = plain.find(plainly, at + 1)
    if not places:
        raise anchors.AnchorError("These words are not in the text. Paste them as they stand there.")
    if nth is None and len(places) > 1:
        raise anchors.AnchorError(f"These words stand {len(places)} times: say which, 1 to {len(places)}.")
    if nth is not None and nth > len(places):
        raise anchors.AnchorError(f"There is no occurrence {nth}, only 1 to {len(places)}.")
    start = places[(nth or 1) - 1]
    return anchors.pin(text, start, start + len(plainly))


Paragraph = tuple[int, int, list[tuple[str, list[str]]]]


def paragraphs_of(text: str, ranges: Iterable[tuple[int, int, str]]) -> list[Paragraph]:
    """Each paragraph as (number, start, [(words, claims that cite them)]), cut where citations begin and end."""
    found = []
    known = list(ranges)
    for number, (start, end) in enumerate(anchors.paragraphs(text)):
        here = [one for one in known if one[0] < end and one[1] > start]
        cuts = sorted({start, end, *(min(max(edge, start), end) for one in here for edge in one[:2])})
        cut = [
            (text[a:b], list(dict.fromkeys(claim for s, e, claim in here if s <= a and b <= e)))
            for a, b in pairwise(cuts)
        ]
        found.append((number, start, cut))
    return found
