"""What the claim's form tells while it is typed: dates and numbers in words, and what a passage itself proposes."""

from typing import Any

from profiles.admin.citation import Shelf
from profiles.admin.passages import pin_quote, texts_of
from profiles.values import anchors
from profiles.values.date_entry import read_date
from profiles.values.dates import DateError
from profiles.values.number_entry import NumberError, read_number
from profiles.values.proposals import propose
from profiles.values.tense import sense_of
from profiles.values.vocabulary import SENSE, VOICE


def answer(asked: dict[str, str]) -> dict[str, Any]:
    """The answer to what was asked about: a date (`when`, `sense`), a `number`, a passage (`quote`, `version`)."""
    found: dict[str, Any] = {}
    if when := asked.get("when", "").strip():
        found["when"] = date_told(when, asked.get("sense", ""))
    if number := asked.get("number", "").strip():
        found["number"] = number_told(number)
    if quote := asked.get("quote", "").strip()[:5000]:
        found["passage"] = passage_told(quote, asked.get("version", ""), asked.get("nth", ""))
    return found


def date_told(typed: str, sense: str) -> dict[str, Any]:
    """A date as read: its words and EDTF, what else it can mean, or what is wrong with it."""
    try:
        reading = read_date(typed, sense if sense in SENSE else None)
    except DateError as error:
        return {"wrong": str(error)}
    told: dict[str, Any] = {"edtf": reading.edtf, "words": reading.words, "sense": reading.sense or ""}
    told["asks"], told["note"] = reading.asks, reading.note
    told["offers"] = [{"edtf": edtf, "words": words} for edtf, words in reading.alternatives]
    return told


def number_told(typed: str) -> dict[str, str]:
    """A number as read, or what is wrong with it."""
    try:
        reading = read_number(typed)
    except NumberError as error:
        return {"wrong": str(error)}
    bounds = "no bounds: only the word is kept" if reading.precision == "order" else ""
    return {"words": reading.words, "counted": reading.counted, "note": bounds}


def passage_told(quote: str, version: str, nth: str) -> dict[str, Any]:
    """What the quoted words propose, and whether they are found in the text; two queries."""
    shelf = Shelf()
    told: dict[str, Any] = {"place": "", "wrong": ""}
    texts = texts_of([version] if version else [])
    text = texts.get(version)
    if text is not None:
        try:
            passage = pin_quote(text, quote, int(nth) if nth.isdecimal() else None)
            place = f"Found in paragraph {passage.paragraph}, {passage.start} to {passage.end}."
            told["place"] = " ".join(filter(None, [place, texts.fidelity.get(version)]))
        except anchors.AnchorError as error:
            told["wrong"] = str(error)
    by_label = {label: uid for uid, label in shelf.speakers.items()}
    found = propose(quote, {}, by_label)
    told |= {"voice": found.voice, "voice_label": VOICE.label(found.voice), "sense": sense_of(quote, found.dates)}
    told["heard"] = [{"uid": uid, "label": shelf.speakers[uid]} for uid in {mention.uid for mention in found.speakers}]
    told["dates"] = [{"typed": quote[one.start : one.end], "words": one.reading.words} for one in found.dates]
    told["numbers"] = [{"typed": quote[one.start : one.end], "words": one.reading.words} for one in found.numbers]
    return told
