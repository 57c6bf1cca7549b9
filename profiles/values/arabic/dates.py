"""A date in Arabic, months by their names in Iraq: nothing that its text says is left out."""

from profiles.values.date_text import Side, Span, split_set

MONTHS = (
    "", "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول",
    "تشرين الثاني", "كانون الأول",
)  # fmt: skip
SEASONS = {
    "21": ("ربيع", "آذار إلى أيار"),
    "22": ("صيف", "حزيران إلى آب"),
    "23": ("خريف", "أيلول إلى تشرين الثاني"),
    "24": ("شتاء", "كانون الأول إلى شباط"),
}
MARKS = {"": "", "~": "نحو ", "?": "ربما ", "%": "ربما نحو "}


def span_in_words(span: Span, sense: str, basis: str) -> str:
    """A span that was read, as `date_words` tells it in English."""
    if not span.interval:
        words = _phrase(span.start)
    elif sense == "held":
        words = _held_words(span)
    else:
        words = _moment_words(span)
    if sense == "as_of":
        words = "كما في " + words.removeprefix("في ")
    return words + (" (مستنتج)" if basis == "derived" else "")


def _phrase(side: Side) -> str:
    if side.text.startswith("["):
        members = [_member_words(first, last) for first, last in split_set(side.text)]
        return " أو ".join(filter(None, ["، ".join(members[:-1]), members[-1]]))
    return MARKS[side.mark] + _words(_coarse(side.text) if side.mark in ("~", "%") else side.text)


def _member_words(first: str, last: str) -> str:
    if first and last:
        return _words(first) if first == last else f"في وقت ما بين {_words(first)} و{_end_words(last)}"
    return f"{_words(first)} أو بعده" if first else f"{_words(last)} أو قبله"


def _held_words(span: Span) -> str:
    start, end = span.start, span.end
    if start.state == "known" and end.state == "known":
        return f"من {_phrase(start)} إلى {_phrase(end)}"
    if start.state == "known":
        return f"منذ {_phrase(start)}" if end.state == "open" else f"من {_phrase(start)}، والنهاية غير معروفة"
    return f"حتى {_phrase(end)}" + ("، والبداية غير معروفة" if start.state == "unknown" else "")


def _moment_words(span: Span) -> str:
    start, end = span.start, span.end
    if end.state != "known":
        return f"{_phrase(start)} أو بعده"
    if start.state != "known":
        return f"{_phrase(end)} أو قبله"
    is_date = not end.mark and not end.text.startswith("[")
    return f"في وقت ما من {_phrase(start)} إلى " + (_end_words(end.text) if is_date else _phrase(end))


def _coarse(text: str) -> str:
    return text.removesuffix("-XX").removesuffix("-XX")


def _end_words(text: str) -> str:
    return _words(text) if len(_coarse(text)) == 10 else f"نهاية {_words(_coarse(text))}"


def _words(text: str) -> str:
    """One plain date, without its mark."""
    year, month, day = (*text.split("-"), "", "")[:3]
    if "X" in year:
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        # As in English: "1900s" may be a decade or a century, so only the other decades have that name.
        return f"عقد {first}" if last - first == 9 and first % 100 else f"في وقت ما بين {first} و{last}"
    if not month:
        return str(int(year))
    if month in SEASONS:
        name, months = SEASONS[month]
        return f"{name} {int(year)} ({months})"
    if month == "XX" and day in ("", "XX"):
        return f"{'يوم' if day else 'شهر'} ما في {int(year)}"
    if month == "XX":
        return f"اليوم {int(day)} من شهر غير معروف في {int(year)}"
    words = f"{MONTHS[int(month)]} {int(year)}"
    return words if not day else f"يوم ما في {words}" if day == "XX" else f"{int(day)} {words}"
