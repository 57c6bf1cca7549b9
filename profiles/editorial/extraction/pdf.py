"""PDF: the text layer of its pages, its lines joined into paragraphs; pictures of text are not read."""

import re
from collections import Counter
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PdfReadError, PyPdfError

from profiles.editorial.extraction.found import Extracted, Unreadable

MOST_PAGES = 500
MOST_LETTERS = 3_000_000
# Letters that are laid out from right to left, the forms for print among them.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_ENDS = re.compile(r"[.!?:;\u2026\u061f\u06d4][\"')\]\u201d\u2019\u00bb]*$")
_BULLET = re.compile(r"^(?:[\u2022\u25aa\u25cf\u2013\u2014*-]|\(?\d{1,3}[.)])\s")
_NO_LETTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?")


def read_pdf(data: bytes) -> Extracted:
    """The text of a PDF of at most 500 pages. Unreadable if it is locked, broken, or bursts its limits."""
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise Unreadable("This is no PDF, whatever its name says.")
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not _opened(reader):
            raise Unreadable("This PDF is locked with a password: unlock it, or paste its text.")
        if (number := len(reader.pages)) > MOST_PAGES:
            raise Unreadable(f"This PDF has {number:,} pages; at most {MOST_PAGES} are read.")
        pages = _pages(reader)
        told = reader.metadata
    except LimitReachedError:
        raise Unreadable("This PDF unpacks into more than is allowed: it is not read.") from None
    except Unreadable:
        raise
    except (PyPdfError, PdfReadError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        raise Unreadable(f"This PDF is broken or cut off: {str(error)[:200] or type(error).__name__}.") from None
    lines = [paragraph for page in pages for paragraph in _paragraphs(page, pages)]
    text = "\n".join(lines)
    inexact = bool(_RIGHT_TO_LEFT.search(text))
    return Extracted(
        text=text, warnings=_warnings(pages, inexact), proposed=_proposed(told), fidelity="inexact" if inexact else ""
    )


def _opened(reader: PdfReader) -> bool:
    """Whether it opens without a password, as those do that only forbid printing."""
    try:
        return bool(reader.decrypt(""))
    except Exception:
        return False


def _pages(reader: PdfReader) -> list[str]:
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        # NUL and other controls are what fonts without a table of letters give.
        pages.append(
            re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", page.extract_text())
        )
        length += len(pages[-1])
        if length > MOST_LETTERS:
            raise Unreadable(f"This PDF has more than {MOST_LETTERS:,} letters.")
    return pages


def _paragraphs(page: str, pages: list[str]) -> list[str]:
    """Its lines joined until one ends a sentence short of the margin, or the next begins something new."""
    lines = [" ".join(line.split()) for line in page.splitlines()]
    wide = sorted(len(line) for line in lines if line)
    margin = wide[int(len(wide) * 0.75)] if wide else 0
    found: list[str] = []
    begun = False
    for line in lines:
        if not line:
            begun = False
            continue
        if begun and not _BULLET.match(line):
            found[-1] = _joined(found[-1], line, pages)
        else:
            found.append(line)
        # A heading is short and ends in no stop; a last line is short and ends in one.
        begun = len(line) > 0.6 * margin and not (_ENDS.search(line) and len(line) < 0.85 * margin)
    return found


def _joined(before: str, line: str, pages: list[str]) -> str:
    """Two lines as one. A hyphen at the end goes only where the word stands elsewhere without it."""
    broken = re.search(r"(\w+)[-\u00ad\u2010]$", before)
    rest = re.match(r"\w+", line)
    if not broken or not rest or not line[0].islower():
        return f"{before} {line}"
    whole, hyphened = broken[1] + rest[0], f"{broken[1]}-{rest[0]}"
    if any(hyphened in page for page in pages) and not any(whole in page for page in pages):
        return before + line
    return before[:-1] + line


def _warnings(pages: list[str], inexact: bool) -> list[str]:
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    letters = Counter("".join(pages))
    found = []
    if len(empty) == len(pages):
        found.append("This PDF has no text layer: it is a scan. Type what is to be kept.")
    elif empty:
        some = ", ".join(map(str, empty[:20])) + (" ..." if len(empty) > 20 else "")
        found.append(f"No text on page{'s' * (len(empty) > 1)} {some}: pictures of text are not read.")
    else:
        found.append("Its lines were joined into paragraphs, and words split at a line's end: compare with the pages.")
    if inexact:
        found.append("Its Arabic or other right-to-left letters may be wrong or out of order: they are no exact quote.")
    if broken := letters["\N{REPLACEMENT CHARACTER}"]:
        found.append(f"{broken} letters could not be read, and stand as \N{REPLACEMENT CHARACTER}.")
    return found


def _proposed(told: Any) -> dict[str, str]:
    if told is None:
        return {}
    found = {}
    for name, key in (("title", "/Title"), ("author", "/Author")):
        value = told.get(key)
        words = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", str(value or "")).split())
        if words:
            found[name] = words[:300]
    if made := _DATE.match(str(told.get("/CreationDate") or "")):
        found["stamp"] = "-".join(part for part in made.groups()[:3] if part)
    return found
