"""By which name a profile is called: in Arabic its own name in Arabic letters where one is published, else the label.

Only a name in the language Arabic, as its bearer writes it, is taken; nothing is transliterated.
"""

from collections.abc import Iterable
from typing import Any

from profiles.models.published import Entry
from profiles.values import speech


def columns(*names: str) -> tuple[str, ...]:
    """The columns of Entry to read where rows are called by their names."""
    return (*names, "card") if speech.is_arabic() else names


def heading(entry: Entry) -> str:
    """The name of a published profile in the language spoken."""
    # Where English is spoken the card is not read: it may not have been asked for.
    return called(entry.label, entry.card if speech.is_arabic() else None)


def called(label: str, card: dict[str, Any] | None) -> str:
    """The name in the language spoken of what has this label and row."""
    return (arabic_name(card) if speech.is_arabic() else "") or label


def other_names(entry: Entry) -> list[dict[str, str]]:
    """What stands beside the heading: names in their own script, and the label where it is not the heading."""
    shown = heading(entry)
    names: list[dict[str, str]] = [name for name in (entry.card or {}).get("names") or [] if name["text"] != shown]
    return names if shown == entry.label else [{"text": entry.label, "language": "en"}, *names]


def arabic_name(card: dict[str, Any] | None) -> str:
    """The name in Arabic that a row holds; empty where none is published."""
    names = (card or {}).get("names") or []
    return next((str(name["text"]) for name in names if name["language"] == "ar"), "")


def arabic_names(uids: Iterable[str]) -> dict[str, str]:
    """Uid -> name in Arabic, for the published profiles that have one: one query."""
    rows = Entry.objects.filter(pk__in=list(uids)).order_by().values_list("uid", "card")
    return {uid: name for uid, card in rows if (name := arabic_name(card))}


def named_in(entries: Iterable[Entry]) -> dict[str, str]:
    """Uid -> name in Arabic of the profiles that the rows of a list name; none where English is spoken."""
    if not speech.is_arabic():
        return {}
    lines = (line for entry in entries for line in (entry.card or {}).get("lines") or [])
    return arabic_names({value["who"] for line in lines for value in line["values"] if "who" in value})


def short(value: dict[str, str], names: dict[str, str]) -> str:
    """A value of a row, in the language spoken; `names` are those of the profiles that the rows name."""
    if not speech.is_arabic():
        return value["text"]
    # The label stands before its date, if any.
    name = names.get(value["who"], value["text"].partition(", ")[0]) if "who" in value else ""
    return speech.say(", ").join(filter(None, (name, value.get("arabic", "")))) or value["text"]
