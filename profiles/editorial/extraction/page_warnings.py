"""What an editor should look at before a page's text is kept."""

import re
from itertools import islice
from typing import Any

from profiles.editorial.extraction.found import Lost
from profiles.editorial.extraction.lost import squashed

SHORT = 600
# Of words that a warning names.
LONGEST = 120
MOST_TOLD = 5
MOST_STRUCK = MOST_ROWS = 500  # looked at
_BEHIND_A_WALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|read|unlock)|to continue reading|already a subscriber|subscribers? only|"
    r"for subscribers|(?:sign|log) in to (?:continue|read)|(?:register|create an account) to (?:continue|read)|"
    r"rest of this (?:article|story))\b|اشترك لمتابعة|لمتابعة القراءة|للمشتركين فقط|برای ادامه مطالعه",
    re.IGNORECASE,
)
_WALL = re.compile(r"paywall|piano-|tp-modal|subscriber-only|metered", re.IGNORECASE)
_RUNS_SCRIPTS = re.compile(r"enable javascript|javascript is (?:required|disabled)", re.IGNORECASE)


def warnings_of(page: Any, said: list[dict[str, Any]], lines: list[str], lost: list[Lost]) -> list[str]:
    """One sentence for each thing that may be wrong."""
    length = sum(map(len, lines))
    own = [one for one in lost if not one.around and one.kind != "embedded"]
    everything = " ".join([*lines, *(one.words for one in lost)])
    found = []
    if not lines and not lost:
        found.append("No article was found on this page, nor any words: paste or type what is to be kept.")
    elif not lines:
        found.append("No article was found on this page: see below what it says, and paste or type what is to be kept.")
    elif length < SHORT:
        found.append(f"Only {length} characters were found: is this the whole article?")
    if _walled(page, said) or _BEHIND_A_WALL.search(everything):
        found.append("This page seems to be behind a paywall or a sign-in: what follows it was not sent.")
    if _RUNS_SCRIPTS.search(everything) or (length < SHORT and _scripts(page) > max(5_000, 10 * length)):
        found.append("This page makes its text by script, and none is run here: open it, and paste its text.")
    if own and lines and sum(len(one.words) for one in own) > 0.3 * length:
        found.append("Much of the page's own text was left out: look below whether it belongs to the article.")
    if any("liveblog" in str(one.get("@type", "")).lower() for one in said) or _dated_entries(page) >= 5:
        found.append("This looks like a live page: entries come and go; take it again when it is closed.")
    if kinds := _told(own, ("table", "caption", "description of a picture", "drawing", "embedded"), lost):
        found.append(f"Left out: {kinds}.")
    if _has_rows(page, lines) and not any(one.kind == "table" for one in own):
        found.append("It has a table: each row became one paragraph, its cells in one line.")
    if struck := _struck(page, lines):
        found.append(f"Struck out on the page, and kept here as if it stood: {struck}.")
    articles = [one for one in page.iter("article") if all(above.tag != "article" for above in one.iterancestors())]
    if sum(len(one.text_content()) > SHORT for one in articles) > 1:
        found.append("There is more than one article on this page.")
    return found


def _walled(page: Any, said: list[dict[str, Any]]) -> bool:
    if any(str(one.get("isAccessibleForFree", "true")).lower() == "false" for one in said):
        return True
    return any(
        _WALL.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        for element in page.iter("div", "section")
    )


def _has_rows(page: Any, lines: list[str]) -> bool:
    """Whether a row of a table was read; one that stands beside the article was not."""
    kept = squashed(" ".join(lines))
    rows = (squashed(row.text_content()) for row in islice(page.iter("tr"), MOST_ROWS))
    return any(row and row in kept for row in rows)


def _struck(page: Any, lines: list[str]) -> str:
    """Words that were read although a line is drawn through them: the first few, in quotation marks."""
    kept = squashed(" ".join(lines))
    every = (" ".join(one.text_content().split()) for one in islice(page.iter("s", "strike", "del"), MOST_STRUCK))
    words = list(dict.fromkeys(one for one in every if one and squashed(one) in kept))
    told = ", ".join(f"“{one[:LONGEST]}{'…' * (len(one) > LONGEST)}”" for one in words[:MOST_TOLD])
    more = len(words) - MOST_TOLD
    return f"{told} and {more} more" if more > 0 else told


def _scripts(page: Any) -> int:
    return sum(len(script.text or "") + 500 * bool(script.get("src")) for script in page.iter("script"))


def _dated_entries(page: Any) -> int:
    """How many times of day stand before paragraphs, outside lists of other articles."""
    return sum(1 for time in page.iter("time") if "T" in (time.get("datetime") or "") and _in_entry(time))


def _in_entry(time: Any) -> bool:
    return not any(above.tag in ("nav", "aside", "footer") for above in time.iterancestors())


def _told(own: list[Lost], kinds: tuple[str, ...], lost: list[Lost]) -> str:
    """Such as "2 captions, 1 table"."""
    plural = {"description of a picture": "descriptions of pictures", "embedded": "embedded things"}
    single = {"embedded": "embedded thing"}
    counts = {kind: sum(one.kind == kind for one in lost) for kind in kinds}
    return ", ".join(
        f"{number} {single.get(kind, kind) if number == 1 else plural.get(kind, f'{kind}s')}"
        for kind, number in counts.items()
        if number
    )
