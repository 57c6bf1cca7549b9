"""Words selected in a paragraph, pinned: the place is checked against the words, in code points, never trusted."""

from profiles.values.anchors import AnchorError, Passage, paragraphs, pin


def paragraph_range(text: str, paragraph: int) -> tuple[int, int]:
    """Where a paragraph stands in its text; AnchorError where there is none of that number."""
    bounds = paragraphs(text)
    if not 0 <= paragraph < len(bounds):
        raise AnchorError(f"there is no paragraph {paragraph}: the text has {len(bounds)}")
    return bounds[paragraph]


def pin_selection(text: str, paragraph: int, first: int, last: int, words: str) -> Passage:
    """Pin `first` to `last` of a paragraph, half-open code points from its start, without spaces at either end.

    AnchorError where other words than `words` stand there, or where they are no passage (see `anchors.pin`).
    """
    start, end = paragraph_range(text, paragraph)
    if not 0 <= first < last <= end - start:
        raise AnchorError(f"{first} to {last} is outside paragraph {paragraph}, which has {end - start} code points")
    there = text[start + first : start + last]
    if there.strip(" ") != words.strip(" "):
        raise AnchorError("other words stand at that place than were selected: select them again")
    left = len(there) - len(there.lstrip(" "))
    return pin(text, start + first + left, start + first + left + len(there.strip(" ")))
