"""About our words: every closed list that a page's labels come from, each word with its definition."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.reading import compare
from profiles.values import vocabulary

from .render import render

# In the order in which a reader meets them.
LISTS = (
    (vocabulary.VOICE, "How a source carries what it says", "Firm to weak; the desk’s own judgement stands apart."),
    (vocabulary.BEARING, "What a passage does for a statement", ""),
    (vocabulary.STANDING, "What became of a statement", ""),
    (vocabulary.SILENCE, "When nothing is said", "A blank is never “no”: where nothing stands, nobody has looked yet."),
    (compare.CELL, "What a cell may say", ""),
    (compare.ROW, "How the cells of a comparison stand to each other", ""),
    (vocabulary.REACH, "Of whom it is said", ""),
    (vocabulary.SENSE, "What a date means", "A present tense is dated by the source’s own date, marked as derived."),
    (vocabulary.BASIS, "Where a date comes from", ""),
    (vocabulary.PRECISION, "How exact a number is", ""),
    (vocabulary.VERIFICATION, "Whether it was verified", "As the source tells it."),
    (vocabulary.RESPONSE, "What the accused answered", ""),
    (vocabulary.CONFIDENCE, "How sure the desk is", "Only of its own judgements."),
    (vocabulary.EVIDENCE, "How a listing is known", ""),
    (vocabulary.STEP, "The steps of a listing", ""),
    (vocabulary.NAME_SORT, "Kinds of names", ""),
    (vocabulary.USED_BY, "Who uses a name", ""),
    (vocabulary.SPEAKER_KIND, "Kinds of speakers", ""),
    (vocabulary.ROLE, "Roles of people", ""),
    (vocabulary.RELATION, "Relations", ""),
    (vocabulary.MANNER, "Ways of belonging and supporting", ""),
    (vocabulary.PART, "Parts in an event", ""),
    (vocabulary.PRESENCE, "Being at a place", ""),
    (vocabulary.GROUP_KIND, "Kinds of groups", ""),
    (vocabulary.EVENT_TYPE, "Kinds of events", ""),
    (vocabulary.PUBLICATION_KIND, "Kinds of publications", ""),
    (vocabulary.COUNTED, "What is counted", ""),
    (vocabulary.END_REASON, "How a role ended", ""),
    (vocabulary.STEP_CHANGE, "How an entry was changed", ""),
    (vocabulary.LEGAL_STATUS, "Legal status", ""),
    (vocabulary.ACTIVITY, "Activity", ""),
    (vocabulary.IDENTIFIER_SCHEME, "Registers that identifiers are of", ""),
    (vocabulary.SOURCE_KIND, "Kinds of sources", ""),
    (vocabulary.CITATION_PART, "Parts of a source", ""),
    (vocabulary.CAPTURE_METHOD, "How a source was captured", ""),
    (vocabulary.TEXT_FIDELITY, "How exact a captured text is", "Where none is given, it is as it was read."),
    (vocabulary.PLACE_KIND, "Kinds of places", ""),
    (vocabulary.PICTURE_KIND, "Kinds of pictures", ""),
    (vocabulary.LICENCE, "Under what a picture is shown", ""),
    (vocabulary.MODEL, "What a profile is of", ""),
)  # fmt: skip
# What an answer to a question is.
VALUES = {
    "text": "text",
    "date": "a date",
    "profile": "a profile",
    "place": "a place",
    "number": "a number",
    "word": "a word of a closed list",
}


@require_safe
def about_words(request: HttpRequest) -> HttpResponse:
    """The closed lists with their definitions: no query."""
    return render(request, "words.html", {"here": "words", "lists": LISTS, "values": VALUES})
