"""The columns of a table of claims: what each is for, whether it belongs to the claim or to one of its citations."""

from dataclasses import dataclass

from profiles.values import documents as docs
from profiles.values import vocabulary as words

ROW, CLAIM, CITATION = "row", "claim", "citation"


@dataclass(frozen=True, slots=True)
class Column:
    """One documented column. `group` says whether it tells of the row, the claim, or this row's citation."""

    name: str
    group: str
    example: str
    help: str


def _columns(group: str, rows: str) -> list[Column]:
    parts = (row.split("|") for row in rows.strip().splitlines())
    return [Column(name.strip(), group, example.strip(), told.strip()) for name, example, told in parts]


COLUMNS: tuple[Column, ...] = (
    *_columns(
        ROW,
        """
        row | | Your own word for a new claim: the same on each of its rows. # begins a comment.
        """,
    ),
    *_columns(
        CLAIM,
        """
        uid | | Uid of a claim that is there, which then changes. Empty for a new claim: it is given the next free uid.
        kind | strength | Kind of claim.
        subject | river-guards | Uid or slug of the profile that the claim is about.
        about | | Uid or slug of the second profile, where there is one.
        topic | strength | Topic. May be left out where aspect names it too.
        aspect | fighters | The question that the claim answers: fighters, or strength.fighters.
        statement | About 2,000 fight for the River Guards, two officials said. | A whole sentence, true and fair alone.
        when | May 2024 | Date as the text has it (around 2013, June 2014, by 2014, since 2023) or EDTF.
        sense | as_of | How the date is meant.
        basis | stated | Where the date comes from. Empty: stated.
        reckoning | | How a derived date was reckoned.
        voice | attributed | How the claim carries the assertion.
        name | | The name itself.
        name_sort | | Sort of name.
        language | | Language of the name, as ar or ar-Latn.
        used_by | | Who uses the name.
        scheme | | Scheme of an identifier.
        identifier | | The identifier.
        role | | Role of a membership.
        title | | The title, verbatim.
        end_reason | | Why a membership ended.
        relation | | Relation of the subject to the second profile.
        manner | | Manner of the relation.
        part | | Part in an event.
        party | | A described party, where there is no profile.
        presence | | Sort of presence.
        place | | Uid or label of a place.
        number | about 2,000 | A number as the text has it (dozens, at least 5), in the place of the next four.
        precision | | How exact a number is.
        low | | The number; the lower one of two.
        high | | The higher number.
        number_words | | The source's own words for the number.
        counted | fighters | What is counted.
        authority | | Uid or label of the authority that lists.
        programme | | Uid or label of its programme.
        as_stated | | The source's own term for a listing.
        listing_id | | The authority's own number of a listing.
        name_as_listed | | The name as it stands in the list.
        ground | | The ground given for a listing.
        evidence | | Whether the notice itself is pinned.
        designation | | Uid of the listing that a step belongs to, or the row word of a listing further up.
        step | | The act in the life of a listing.
        step_change | | What an amendment changed.
        word | | The list word that answers an aspect with a list.
        scope | | Limits of the claim, in free words.
        negated | | true where a source says that it is not so.
        reach | | Of whom it is said. Empty: named.
        verification | | How far the source says it is verified.
        verified_by | | Who verified it, as the source tells.
        standing | | Standing of the claim. Empty: stands.
        standing_note | | Public note on the standing.
        confidence | | Of what the desk has assessed.
        response | | Response of the accused.
        response_date | | Date of the response.
        outcome | | What came of an accusation.
        conflicts_with | | Uids of claims that disagree, which name this one in turn.
        after | | Uids of claims that this one comes after.
        mentions | | Uids or slugs of profiles named in passing.
        rests_on | | Uids of the claims that an assessment rests on.
        superseded_by | | Uid of the newer claim.
        """,
    ),
    *_columns(
        CITATION,
        """
        version | river-guards | Uid of a source version; or uid or slug of a source that has one version only.
        quote | They have about 2,000 fighters, two officials said. | Words of one sentence, as in the captured text.
        occurrence | | Which of several places where the quote stands: 1, 2 ...
        paragraph | | Number of the paragraph, from 0. Together with start and end in the place of a quote.
        start | | First code point of the passage in the whole text, from 0.
        end | | Code point after the passage.
        bearing | supports | What the passage does for the claim.
        citation_voice | attributed | How this passage says it.
        speakers | two officials | Who is heard, by uid or label, nearest to the source first: a > b; c.
        citation_part | | Part of the source. Empty: body.
        excerpt | | The words of the passage that may be printed.
        citation_note | | A note on the citation.
        """,
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
CLAIM_COLUMNS = tuple(column.name for column in COLUMNS if column.group == CLAIM)
CITATION_COLUMNS = tuple(column.name for column in COLUMNS if column.group == CITATION)

# What every claim has.
NEEDED = ("kind", "subject", "topic", "aspect", "statement", "sense", "voice")
# Column -> the table in which its uids and names are looked up.
LOOKED_UP = {
    "subject": "profile", "about": "profile", "mentions": "profile", "place": "place", "authority": "authority",
    "programme": "programme",
}  # fmt: skip
CLAIM_UIDS = ("designation", "superseded_by", "conflicts_with", "after", "rests_on")
LISTS = ("conflicts_with", "after", "mentions", "rests_on")
# What is read from the column `number`.
NUMBER_FIELDS = ("precision", "low", "high", "number_words")
NUMBERS = ("low", "high", "occurrence", "paragraph", "start", "end")
BOOLEANS = ("negated",)
DATES = ("when", "response_date")
# Column -> field of the citation, where they have other names.
_CITATION_FIELDS = {"citation_voice": "voice", "citation_part": "part", "citation_note": "note"}
_COLUMN_OF = {field: column for column, field in _CITATION_FIELDS.items()} | {
    "passage_sha256": "quote",
    "text_sha256": "version",
    "uid": "version",
}


def citation_field(column: str) -> str:
    """The field of a citation that a column fills."""
    return _CITATION_FIELDS.get(column, column)


def column_of(field: str) -> str:
    """The column in which a field of a claim's document is filled in: `citations[1].voice` is citation_voice."""
    place, _, name = field.rpartition(".")
    if place.startswith("citations"):
        return _COLUMN_OF.get(name, name).partition("[")[0]
    return name.partition("[")[0]


def words_of(column: Column) -> tuple[str, ...]:
    """The words that a column may hold, where they are of a closed list."""
    if column.name == "kind":
        return tuple(docs.SHAPE)
    if column.name == "topic":
        return tuple(dict.fromkeys(topic for topics in words.TOPICS.values() for topic in topics))
    struct = docs.Citation if column.group == CITATION else docs.Claim
    return tuple(docs.FIELD_WORDS[struct].get(citation_field(column.name), ()))
