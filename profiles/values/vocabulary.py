"""The closed lists: every word a claim may be filed under, each with its one-line definition.

Forms, the public page "About our words", the JSON Schemas and the data dictionary all read them from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from . import speech
from .arabic.vocabulary import ASPECTS as ARABIC_ASPECTS
from .arabic.vocabulary import TOPICS as ARABIC_TOPICS
from .arabic.vocabulary import WORDS as ARABIC_WORDS


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a closed list: what is stored, what is shown, what it means."""

    value: str
    label: str
    definition: str


class Words(Mapping[str, Word]):
    """A closed list in its own order, looked up by stored value; labels and definitions in the language spoken."""

    def __init__(self, name: str, rows: str) -> None:
        """Read `rows`: one `value | label | definition` a line."""
        self.name = name
        self._words: dict[str, Word] = {}
        for row in rows.strip().splitlines():
            value, label, definition = (part.strip() for part in row.split("|"))
            self._words[value] = Word(value, label, definition)

    def __getitem__(self, value: str) -> Word:
        return self._spoken[value]

    def __contains__(self, value: object) -> bool:
        return value in self._words  # Mapping's own would raise and catch for each word that is empty

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Pairs for a Django field or form."""
        return [(word.value, word.label) for word in self._spoken.values()]

    def label(self, value: str) -> str:
        """The shown label, or the value itself where a later schema knows more words than this code."""
        word = (self._arabic if speech.is_arabic() else self._words).get(value)
        return word.label if word else value

    def english(self, value: str) -> str:
        """The English label, whatever is spoken: to compare by."""
        word = self._words.get(value)
        return word.label if word else value

    @property
    def _spoken(self) -> dict[str, Word]:
        return self._arabic if speech.is_arabic() else self._words

    @cached_property
    def _arabic(self) -> dict[str, Word]:
        """The same words in Arabic; English where the table lacks one, which a test finds."""
        told = ARABIC_WORDS.get(self.name, {})
        return {value: Word(value, *told.get(value, (one.label, one.definition))) for value, one in self._words.items()}


# -- how a passage or a claim carries an assertion ---------------------------------------------------

# Order is firm to weak; `assessed` stands outside it.
VOICE = Words(
    "voice",
    """
    stated | stated | The source says it in its own voice.
    attributed | attributed | The source names or describes who says it.
    reported | reported | The source keeps its distance and names nobody ("reportedly", "has been described as").
    claimed | claimed by the subject | The subject says it of itself, or claims an act.
    alleged | alleged | Somebody accuses the subject; the source does not adopt it.
    assessed | assessed by the desk | The desk's own judgement, with reasons and the claims that it rests on.
    """,
)
FIRMNESS = {"stated": 4, "attributed": 3, "reported": 2, "claimed": 1, "alleged": 0}

BEARING = Words(
    "bearing",
    """
    supports | supports | The passage supports the claim as worded.
    qualifies | qualifies | The passage limits the claim.
    disputes | disputes | The passage says otherwise.
    denies | denies | The accused says no.
    mentions | mentions | The passage names the matter and proves nothing.
    """,
)

STANDING = Words(
    "standing",
    """
    stands | stands | Printed as worded; this does not mean "true".
    contested | contested | Another cited claim disagrees; both name each other.
    doubted | doubted | A stated part could not be confirmed; the note says what was not checked.
    superseded | superseded | Right when it was printed; a newer claim is linked.
    retracted | retracted | Wrong to have printed; the reason is public.
    """,
)

SILENCE = Words(
    "silence",
    """
    not_stated | not stated | Looked for in the sources named, and not found there.
    withheld | withheld | Known to the desk, and not printed.
    """,
)

SENSE = Words(
    "sense",
    """
    happened | happened | Once, within the time given.
    held | held | All through the time given.
    as_of | as of | Seen then; silent about before and after.
    """,
)

BASIS = Words(
    "basis",
    """
    stated | stated | The date is the source's own.
    derived | derived | The date is reckoned from what the source says; the reckoning is given.
    """,
)

PRECISION = Words(
    "precision",
    """
    exact | exactly | The number as counted.
    about | about | Near this number, in the source's own words.
    at_least | at least | This number or more.
    at_most | at most | This number or fewer.
    between | between | From the first number to the second.
    estimate | estimated | The source calls it an estimate.
    order | in words | An order of size in words ("dozens", "thousands"): no bounds are made up, and it is never summed.
    """,
)

VERIFICATION = Words(
    "verification",
    """
    verified | verified | Confirmed, as the source tells it.
    partly | partly verified | Confirmed in part, as the source tells it.
    mostly_unverified | mostly not verified | The source says that most of it has not been verified.
    unverified | not verified | The source says that it has not been verified.
    refuted | refuted | The source says that it has been shown to be wrong.
    """,
)

REACH = Words(
    "reach",
    """
    named | by name | Said of this subject by name.
    collective | as one of a set | Said of a set that the subject belongs to.
    members_together | members together | A total over the members.
    """,
)

CONFIDENCE = Words(
    "confidence",
    """
    low | low | The desk could easily be wrong.
    moderate | moderate | Plausible and sourced, not sure.
    high | high | The desk would be surprised to be wrong.
    """,
)

RESPONSE = Words(
    "response",
    """
    printed | printed | The answer of the accused is printed beside the accusation.
    declined | declined | The accused was asked and declined to answer.
    no_reply | no reply | The accused was asked and did not reply.
    not_sought | not sought by the desk | The desk has not asked the accused, and the sources read give no answer.
    """,
)

EVIDENCE = Words(
    "evidence",
    """
    primary | primary | The notice or list entry itself is pinned.
    secondary | secondary | Another source tells of the listing.
    """,
)

SPEAKER_KIND = Words(
    "speaker kind",
    """
    person | person | A private or public person speaking for themselves.
    official | official | Somebody who speaks from an office of state.
    authority | authority | A state body or court of record.
    armed_group | armed group | A group, or members who speak for it.
    party | party | A political party.
    media | media | Another publisher.
    court | court | A court.
    witness | witness | Somebody who saw it.
    organisation | organisation | Any other body.
    desk | the desk | The editors of this site.
    unspecified | not specified | The source does not say what kind of speaker it is.
    """,
)

CITATION_PART = Words(
    "part of the source",
    """
    headline | headline | The title of the work.
    standfirst | standfirst | The summary beneath the title.
    body | body | Running text.
    caption | caption | The words below a picture.
    quotation | quotation | Words quoted from somebody.
    stamp | stamp | The publisher's date line.
    table | table | A table.
    list_entry | list entry | An entry of a list.
    annex | annex | An annex.
    """,
)

PUBLICATION_KIND = Words(
    "publication kind",
    """
    new | new | First published.
    update | update | The world or the sources moved on.
    clarification | clarification | The wording was made clearer; nothing printed was wrong.
    correction | correction | Something printed was wrong, and is put right.
    retraction | retraction | Something should not have been printed, and is taken back in public.
    withdrawal | withdrawal | A profile is taken down; a dated notice stays.
    redaction | redaction | Words are deleted everywhere; their digest stays.
    """,
)

# -- subjects ------------------------------------------------------------------------------------------

MODEL = Words(
    "model",
    """
    group | Group | An organised body: armed, political, of a state.
    person | Person | A natural person.
    event | Event | Something that happened at a time.
    """,
)

GROUP_KIND = Words(
    "group kind",
    """
    armed_group | armed group | A body that fights under arms.
    umbrella | umbrella group | A body made of other bodies.
    party | political party | A body that stands for election.
    electoral_list | electoral list | Parties that stand for election together.
    state_body | state body | A part of a state.
    state | state | A state.
    foreign_force | foreign force | An armed force of another country.
    coalition | military coalition | States or forces that fight together.
    religious_authority | religious authority | A body or office of religious standing.
    media | media | A publisher or channel.
    movement | movement | A loose body of followers.
    facade | facade | A name used to hide another body.
    """,
)

PERSON_KIND = Words("person kind", "individual | person | A natural person.")

EVENT_TYPE = Words(
    "event type",
    """
    attack | attack | An armed act against people or things.
    abduction | abduction | People taken by force.
    killing | killing | People killed.
    clash | clash | A short fight between parties.
    strike | strike | An attack from the air or with missiles.
    battle | battle | A fight over a place.
    operation | war or operation | A war, campaign or operation.
    arrest_detention | detention | People arrested or held.
    release_exchange | release or exchange | People or bodies released or exchanged.
    trial | trial | Proceedings in a court.
    formation | formation | A body comes into being.
    split | split | A part leaves a body and goes on by itself.
    dissolution | dissolution | A body ends.
    rename | renaming | A body takes another name.
    election | election | A vote.
    protest | protest | A gathering to object.
    agreement_talks | talks or agreement | Talks, or what came of them.
    announcement | announcement | Something is made known.
    withdrawal | withdrawal | Forces leave.
    """,
)
KINDS_BY_MODEL = {"group": GROUP_KIND, "person": PERSON_KIND, "event": EVENT_TYPE}

# -- words of the kinds of claim ---------------------------------------------------------------------------

NAME_SORT = Words(
    "name sort",
    """
    primary | main name | The name that heads the page.
    alias | also called | Another name in use.
    weak | sometimes called | A name too common to identify by.
    former | former name | A name no longer in use.
    abbreviation | abbreviation | Letters that stand for the name.
    translation | translation | What the name means in another language.
    transliteration | also spelt | The name in another spelling of the same script.
    original_script | in its own script | The name as its bearer writes it.
    kunya | kunya | A name of the form "father of" or "mother of".
    nom_de_guerre | nom de guerre | A name taken for the fight.
    as_listed | listed as | The name on an authority's list; never a heading.
    """,
)

USED_BY = Words(
    "used by",
    """
    self | itself | The subject's own name for itself.
    press | press | Newspapers and agencies.
    authority | authorities | A list or notice of an authority.
    opponents | opponents | Those who stand against it.
    desk | the desk | The editors of this site.
    """,
)

IDENTIFIER_SCHEME = Words(
    "identifier scheme",
    """
    wikidata | Wikidata | An item of Wikidata.
    opensanctions | OpenSanctions | An entity of OpenSanctions.
    listing | listing number | The number of an entry on an authority's list.
    """,
)

PRESENCE = Words(
    "presence",
    """
    based_at | based at | Has its seat there.
    operates_in | operates in | Active there.
    fought_in | fought in | Took part in fighting there.
    deployed_to | deployed to | Sent forces there.
    founded_in | founded in | Came into being there.
    took_place_in | took place in | Where the event was.
    political_seat | political seat | Has a political office there.
    claimed_presence | claims presence in | Says that it is there.
    """,
)

RELATION = Words(
    "relation",
    """
    split_from | split from | Left it to go on by itself.
    merged_into | merged into | Went up in it.
    formed_by_merger_of | formed from | Came from the merger of it and others.
    succeeds | succeeds | Comes after it, in its place.
    re_formed_from | re-formed from | Came back from it.
    established | established | Brought it into being.
    subordinate_to | subordinate to | Stands under it.
    under_operational_control_of | under operational control of | Fought under its orders.
    wing_of | wing of | Is a part of it with a task of its own.
    facade_of | facade of | Acts for it under another name.
    member_of | belongs to | Is one of its parts or members.
    personnel_joined | personnel joined | People of it went over to the other.
    contested_on_list_of | stood on the list of | Stood for election with it.
    supported_by | supported by | Was given something by it.
    described_as_proxy_of | described as a proxy of | Somebody calls it a proxy of the other.
    tied_to | tied to | Has ties of a kind not specified.
    fought_alongside | fought alongside | On the same side in a fight.
    fought_against | fought against | On the other side in a fight.
    supported | supported | Gave it something.
    allied_with | allied with | Has an alliance with it.
    rival_of | rival of | Competes with it.
    identified_with | identified with | Somebody says that both are the same.
    """,
)

MANNER = Words(
    "manner",
    """
    founding | founding member | Was there when the other was formed.
    component | component | Is one of its parts.
    central | central component | Is a main part of it.
    joined | joined | Became a part of it.
    aligned | aligned | Stands with it without joining.
    left | left | Was a part of it, and left.
    expelled | expelled | Was put out of it.
    funds | funds | Money.
    arms | arms | Weapons.
    training | training | Training.
    equipment | equipment | Equipment.
    advice | advice | Advisers.
    shelter | shelter | A place to stay.
    unspecified | not specified | The source does not say what kind.
    """,
)

ROLE = Words(
    "role",
    """
    leader | leader | Leads it.
    co_leader | co-leader | Leads it with others.
    deputy_leader | deputy leader | Second to the leader.
    founder | founder | Brought it into being, alone or with others.
    commander | commander | Commands in it.
    spokesperson | spokesperson | Speaks for it.
    official | official | Holds an office in it.
    financier | financier | Finds or moves money for it.
    representative | representative | Stands for it elsewhere.
    member | member | Belongs to it.
    associated | associated | Has to do with it in a way not specified.
    religious_guide | religious guide | Guides it in religion.
    former_unspecified | formerly in | Was in it once, in a role not specified.
    """,
)

END_REASON = Words(
    "end reason",
    """
    death | death | The role ended with a death.
    resigned | resigned | The holder gave it up.
    removed | removed | The holder was removed.
    detained | detained | The holder was detained.
    group_ended | group ended | The body itself ended.
    not_stated | not stated | The sources read do not say.
    """,
)

PART = Words(
    "part",
    """
    actor | actor | Did it, where "did" accuses nobody.
    perpetrator | perpetrator | Did it, as the cited passage says.
    claimant | claimed it | Says that it did it.
    accused | accused | Somebody says that it did it.
    target | target | It was aimed at.
    killed | killed | Lost their lives.
    injured | injured | Were hurt.
    abducted | abducted | Were taken by force.
    detained | detained | Were held.
    captor | captor | Held them.
    released | released | Were let go.
    exchanged | exchanged | Were given in return.
    participant | participant | Took part.
    ally | ally | Fought or stood with them.
    opponent | opponent | Fought or stood against them.
    founder | founder | Brought the body into being.
    candidate_winner | elected | Stood for election and won.
    mediator | mediator | Stood between the sides.
    host | host | Gave the place.
    """,
)
# To whom it was done: all other parts did something, of which one may be accused.
SUFFERED = ("target", "killed", "injured", "abducted", "detained", "released", "exchanged")

STEP = Words(
    "designation step",
    """
    designated | designated | Listed; the source does not say which act it was.
    announced | announced | Made known.
    decided | decided | Decided.
    listed | listed | Entered on the list.
    published | published | Printed in the official journal.
    effective | effective | In force from then.
    amended | amended | The entry was changed.
    renewed | renewed | Prolonged.
    reviewed_kept | reviewed and kept | Looked at again and left in force.
    petition_or_appeal | petition or appeal | Somebody asked for it to end.
    suspended | suspended | Out of force for a time.
    general_licence | general licence | Dealings allowed in general.
    annulled | annulled | Void by judgment.
    revoked_or_delisted | revoked or delisted | Taken off the list.
    expired | expired | Ended by itself.
    relisted | listed again | Entered again.
    """,
)
STEP_CHANGE = Words(
    "change of an entry",
    """
    name_added | name added | A name was added.
    name_removed | name removed | A name was taken out.
    identifier_changed | identifier changed | An identifier was changed.
    programme_added | programme added | Listed under a further programme.
    ground_changed | ground changed | The ground was changed.
    entry_moved | entry moved | Moved to another list.
    """,
)
STEPS_IN_FORCE = ("designated", "listed", "effective", "renewed", "reviewed_kept", "relisted")
# Steps that one designation takes once; the others may come again.
STEPS_ONCE = ("designated", "announced", "decided", "listed", "published", "effective", "annulled")
STEPS_ENDED = ("suspended", "annulled", "revoked_or_delisted", "expired")

COUNTED = Words(
    "what is counted",
    """
    fighters | fighters | People under arms.
    groups | groups | Bodies.
    attacks | attacks | Attacks.
    people | people | People.
    soldiers | soldiers | Members of armed forces.
    seats | seats | Seats in an elected body.
    """,
)

# Lists that the vocabulary leaves to the data: their words come from what the sources say.
LEGAL_STATUS = Words(
    "legal status",
    """
    state_recognised | recognised by the state | Stands in law as a part of the state's forces.
    unlawful | unlawful | Forbidden by the law of its country.
    not_specified | not specified | The source does not say.
    """,
)
ACTIVITY = Words(
    "activity",
    """
    active | active | Does what it was formed for.
    less_active | less active | Does less of it than before.
    regrouped | regrouped | Came back after a pause.
    ended | ended | No longer exists.
    """,
)
# Words of which only one can hold at a time; all others may stand beside each other.
EXCLUSIVE_WORDS = (
    {"state_recognised", "unlawful"},
    {"active", "ended"},
    {"less_active", "ended"},
    {"regrouped", "ended"},
)
SOURCE_KIND = Words(
    "source kind",
    """
    news_article | news article | A piece in a newspaper, agency or broadcaster's site.
    official_notice | official notice | A notice or list entry of an authority.
    report | report | A report of an organisation or scholar.
    statement | statement | What a group or person has put out.
    desk_list | desk list | A list that the desk of this site keeps itself.
    """,
)
PLACE_KIND = Words(
    "place kind",
    """
    country | country | A country.
    region | region | A part of a country, or of several, without borders of its own in law.
    province | province | A first-level part of a country.
    city | city or town | A city, town or village.
    district | district | A part of a city, or a country district.
    landmark | public landmark | A public place that stands on maps.
    """,
)
CAPTURE_METHOD = Words(
    "capture method",
    """
    file | file | From a file that an editor gave.
    text | text | From pasted or plain text.
    url | address | Fetched from the web.
    """,
)
TEXT_FIDELITY = Words(
    "fidelity of a text",
    """
    transcript | transcript | Typed or corrected by an editor beside the page or file that was captured.
    inexact | inexact letters | Letters of a right-to-left script that a PDF gives: some may be wrong or out of order.
    """,
)

PICTURE_KIND = Words(
    "picture kind",
    """
    portrait | portrait | The face of a person.
    emblem | emblem | A sign, logo or seal that a body uses of itself.
    flag | flag | A flag.
    photograph | photograph | Any other photograph.
    """,
)
# The fallback that every browser shows comes last.
PICTURE_TYPE = Words(
    "picture type",
    """
    image/avif | AVIF | A file in AVIF.
    image/webp | WebP | A file in WebP.
    image/png | PNG | A file in PNG.
    image/jpeg | JPEG | A file in JPEG.
    """,
)
LICENCE = Words(
    "licence",
    """
    public_domain | public domain | No rights are known to stand in it.
    cc0 | CC0 1.0 | Its maker has given up all rights.
    cc_by_4 | CC BY 4.0 | Free to use with credit.
    cc_by_3 | CC BY 3.0 | Free to use with credit.
    cc_by_2 | CC BY 2.0 | Free to use with credit.
    cc_by_sa_4 | CC BY-SA 4.0 | Free to use with credit, under the same licence.
    cc_by_sa_3 | CC BY-SA 3.0 | Free to use with credit, under the same licence.
    cc_by_sa_2 | CC BY-SA 2.0 | Free to use with credit, under the same licence.
    permission | by permission | Whoever holds the rights lets this site show it; nobody else may use it from here.
    quotation | shown to identify | Under somebody's rights; shown small, to say what it looks like, no more.
    own_work | own work | Made by the desk; free to use with credit.
    """,
)
_CC = "https://creativecommons.org/"
LICENCE_LINK = {
    "cc0": f"{_CC}publicdomain/zero/1.0/",
    **{f"cc_by_{n}": f"{_CC}licenses/by/{n}.0/" for n in (2, 3, 4)},
    **{f"cc_by_sa_{n}": f"{_CC}licenses/by-sa/{n}.0/" for n in (2, 3, 4)},
}

# Words that keep a distance. A statement whose voice is not `stated` names its speaker or has one of these.
HEDGES = (
    "about", "accuse", "accused", "accuses", "accusing", "allege", "alleged", "allegedly", "alleges", "allegation",
    "allegations", "according to", "apparently", "approximately", "around", "as told", "believed", "blame", "blamed",
    "blames", "claim", "claimed", "claims", "described as", "estimate", "estimated", "estimates", "it is said",
    "likely", "may have", "might have", "nearly", "not confirmed", "not been verified", "perhaps", "possibly",
    "probably", "purported", "purportedly", "reported", "reportedly", "reports", "roughly", "said", "say", "says",
    "some", "suspected", "thought to", "told", "unconfirmed", "unverified",
)  # fmt: skip


# -- topics and aspects ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Aspect:
    """One question that claims of one model answer: a comparison row, a filter, a silence.

    `value` says what an answer is (date, profile, place, number, word or text); texts are shown, and never called the
    same or different. `glance` puts it in the at-a-glance box. `single` says of a question with one answer whether it
    has that for good (`once`: a founding) or one at a time (`at_a_time`: a strength); empty: it may have many.
    """

    model: str
    topic: str
    name: str
    english: str
    value: str
    glance: bool
    words: Words | None
    single: str = ""

    @property
    def key(self) -> str:
        """The aspect with its topic, as `leadership.leader`."""
        return f"{self.topic}.{self.name}"

    @property
    def label(self) -> str:
        """The question in the language spoken."""
        return question_label(self.english)


_WORD_LISTS = {
    "legal_status": LEGAL_STATUS,
    "activity": ACTIVITY,
    "group_kind": GROUP_KIND,
    "event_type": EVENT_TYPE,
}


def _aspects(model: str, rows: str) -> tuple[dict[str, str], dict[str, Aspect]]:
    """Read `topic: Label` lines, each followed by `  name* value Label` lines.

    * marks the at-a-glance box, ! a question that has one answer for good, @ one that has one at a time.
    """
    topics: dict[str, str] = {}
    aspects: dict[str, Aspect] = {}
    topic = ""
    for row in filter(str.strip, rows.splitlines()):
        if not row.startswith("        "):
            topic, label = (part.strip() for part in row.split(":", 1))
            topics[topic] = label
            continue
        name, value, label = row.split(None, 2)
        value, _, word_list = value.partition("=")
        words = _WORD_LISTS[word_list] if word_list else None
        bare = name.rstrip("*!@")
        single = "once" if "!" in name else "at_a_time" if "@" in name else ""
        aspect = Aspect(model, topic, bare, label, value, "*" in name, words, single)
        aspects[aspect.key] = aspect
    return topics, aspects


GROUP_TOPICS, GROUP_ASPECTS = _aspects(
    "group",
    """
    identity: Identity
        type* text Type
        country text Country
        denomination text Denomination
        legal_status*@ word=legal_status Legal status
    names: Names
        names* text Names
        translations text Translations
        abbreviations text Abbreviations
        former text Former names
        not_to_be_confused_with profile Not to be confused with
    origins: Origins
        founded*! date Founded
        founder profile Founder
        place! place Place of founding
        parent* profile Came out of
        purpose text Purpose
        re_formed date Re-formed
        renamed date Renamed
    leadership: Leadership
        leader* profile Leader
        deputies profile Deputies
        commanders profile Commanders
        former_leaders profile Former leaders
        succession text Succession
    structure: Structure
        components profile Components
        member_count@ number Number of members
        units text Units
        wings profile Wings
        command text Command
        personnel text Personnel
    umbrellas: Umbrella groups
        belongs_to* profile Belongs to
    ideology: Outlook
        outlook text Outlook
        aims text Aims
        stance_on_foreign_forces text Stance on foreign forces
    support: Outside support
        backers* profile Backers
        kinds_of_support text Kinds of support
        control profile Control
        labels profile Labels
    allies: Allies and opponents
        fought_alongside profile Fought alongside
        supports profile Supports
        rivals profile Rivals
        opponents profile Opponents
    strength: Strength
        fighters*@ number Fighters
        other_counts number Other counts
    arsenal: Arsenal
        drones text Drones
        rockets text Rockets
        missiles text Missiles
        air_defence text Air defence
        small_arms text Small arms
        explosives text Explosives
        other_arms text Other arms
    areas: Areas
        based place Based
        operates place Operates
        theatres* place Theatres
    operations: Operations
        wars_and_battles profile Wars and battles
        methods text Methods
        focus text Focus
    attacks_claimed: Attacks claimed
        series number Series
        single profile Single attacks
        verification text Verification
    conduct: Conduct
        accusations text Accusations
        denials text Denials
        investigations text Investigations
        proceedings text Proceedings
        outcomes text Outcomes
        acts profile Acts told of it
    suffered: Suffered
        strikes text Strikes
        losses text Losses
        detentions profile Detentions
    designations: Designations
        listings* date Listings
        listings_of_leaders profile Listings of leaders (personal)
    politics: Politics
        parties profile Parties
        elections profile Elections
        seats number Seats
        alliances profile Alliances
    money: Money
        income text Income
        businesses text Businesses
    status: Status
        activity*@ word=activity Activity
        talks text Talks
        pressure text Pressure
        disarmament text Disarmament
        standing text Standing among its kind
    other: Other
        other text Other
    """,
)

PERSON_TOPICS, PERSON_ASPECTS = _aspects(
    "person",
    """
    identity: Identity
        nationality* text Nationality
        family profile Family
    names: Names
        names* text Names
        translations text Translations
        abbreviations text Abbreviations
        former text Former names
        not_to_be_confused_with profile Not to be confused with
    roles: Roles
        leads* profile Leads or led
        commands* profile Commands or commanded
        founded* profile Founded
        offices text Offices
    affiliations: Affiliations
        belongs_to* profile Belongs or belonged to
        tied_to profile Tied to
        movements text Movements between groups
    background: Background
        religion text Religious standing
        career text Career
        travel place Travel
    designations: Designations
        listings* date Listings
    detention_proceedings: Detention and proceedings
        detentions profile Detentions
        releases profile Releases
        proceedings text Proceedings
    conduct: Conduct
        accusations text Accusations
        denials text Denials
        investigations text Investigations
        outcomes text Outcomes
        acts profile Parts in events
    statements: Statements
        said text Said
    death: Death
        death*! date Death
        killed_in profile Killed in
    other: Other
        other text Other
    """,
)

EVENT_TOPICS, EVENT_ASPECTS = _aspects(
    "event",
    """
    what: What
        type* text Type
        summary text What happened
        method text Method
        cause text Cause
        part_of profile Part of
    names: Names
        names text Names
    when: When
        date*! date Date
        order text Order of events
    where: Where
        place* place Place
    who: Who
        participants* profile Took part
        perpetrators profile Perpetrators
        targets profile Targets
        opponents profile Opponents
        captors profile Captors
        detained profile Detained
        released profile Released
        exchanged profile Exchanged
        others profile Others
    toll: Toll
        killed*! number Killed
        injured! number Injured
        abducted! number Abducted
    claims_of_responsibility: Claims of responsibility
        claims profile Claimed by
    attributions: Attributions
        accused profile Accused
        accusers profile Accused by
    consequences: Consequences
        results text Results
        seats number Seats
    other: Other
        other text Other
    """,
)

TOPICS = {"group": GROUP_TOPICS, "person": PERSON_TOPICS, "event": EVENT_TOPICS}
ASPECTS = {"group": GROUP_ASPECTS, "person": PERSON_ASPECTS, "event": EVENT_ASPECTS}


def question_label(english: str) -> str:
    """The label of a question, known by its English one, in the language spoken."""
    return ARABIC_ASPECTS.get(english, english) if speech.is_arabic() else english


def topic_label(label: str) -> str:
    """The heading of a topic, as TOPICS has it, in the language spoken."""
    return ARABIC_TOPICS.get(label, label) if speech.is_arabic() else label


def aspect_of(model: str, topic: str, name: str) -> Aspect | None:
    """The aspect of a model, or None where the closed list has none of that name."""
    return ASPECTS.get(model, {}).get(f"{topic}.{name}")


# -- questions that are not asked of every kind ----------------------------------------------------------

# (model, kind) -> keys of aspects. A row is left out only where nobody has claimed or searched it.
_TOLL = ("toll.killed", "toll.injured", "toll.abducted")
_BLOODLESS = (
    "release_exchange", "trial", "formation", "split", "dissolution", "rename", "election", "agreement_talks",
    "announcement", "withdrawal",
)  # fmt: skip
_NOT_ASKED: dict[tuple[str, str], tuple[str, ...]] = {
    **{("event", kind): _TOLL for kind in _BLOODLESS},
    ("group", "state"): ("identity.legal_status", "origins.parent", "strength.fighters", "status.activity"),
    ("group", "state_body"): ("strength.fighters",),
    ("group", "electoral_list"): ("strength.fighters", "areas.theatres"),
    ("group", "religious_authority"): ("strength.fighters", "areas.theatres"),
    ("group", "media"): ("strength.fighters", "areas.theatres"),
}


def applies(model: str, kind: str, aspect: Aspect) -> bool:
    """Whether a question is asked of profiles of a kind: nobody is killed by an election as such."""
    return aspect.key not in _NOT_ASKED.get((model, kind), ())


# -- where a claim stands on the page of its `about` -----------------------------------------------------

# (kind, its word) -> per model of `about`: "topic.aspect". The subject's place is the claim's own topic and aspect.
_AT_ABOUT: dict[tuple[str, str], dict[str, str]] = {
    ("membership", "leader"): {"group": "leadership.leader"},
    ("membership", "co_leader"): {"group": "leadership.leader"},
    ("membership", "deputy_leader"): {"group": "leadership.deputies"},
    ("membership", "founder"): {"group": "origins.founder"},
    ("membership", "commander"): {"group": "leadership.commanders"},
    ("membership", ""): {"group": "structure.personnel"},
    ("relation", "split_from"): {"group": "structure.wings"},
    ("relation", "merged_into"): {"group": "structure.components"},
    ("relation", "formed_by_merger_of"): {"group": "origins.parent"},
    ("relation", "succeeds"): {"group": "status.activity"},
    ("relation", "re_formed_from"): {"group": "status.activity"},
    ("relation", "established"): {"group": "origins.founder"},
    ("relation", "subordinate_to"): {"group": "structure.command"},
    ("relation", "under_operational_control_of"): {"group": "structure.command"},
    ("relation", "wing_of"): {"group": "structure.wings"},
    ("relation", "facade_of"): {"group": "structure.wings"},
    ("relation", "member_of"): {"group": "structure.components"},
    ("relation", "personnel_joined"): {"group": "structure.personnel"},
    ("relation", "contested_on_list_of"): {"group": "politics.alliances"},
    ("relation", "supported_by"): {"group": "allies.supports"},
    ("relation", "described_as_proxy_of"): {"group": "allies.supports"},
    ("relation", "fought_alongside"): {"group": "allies.fought_alongside"},
    ("relation", "fought_against"): {"group": "allies.opponents"},
    ("relation", "supported"): {"group": "support.backers"},
    ("relation", "allied_with"): {"group": "politics.alliances"},
    ("relation", "rival_of"): {"group": "allies.rivals"},
    ("relation", "identified_with"): {"group": "names.not_to_be_confused_with"},
    ("part", "perpetrator"): {"group": "conduct.acts", "person": "conduct.acts"},
    ("part", "claimant"): {"group": "attacks_claimed.single", "person": "conduct.acts"},
    ("part", "accused"): {"group": "conduct.accusations", "person": "conduct.accusations"},
    ("part", "target"): {"group": "suffered.strikes", "person": "other.other"},
    ("part", "killed"): {"group": "suffered.losses", "person": "death.killed_in"},
    ("part", "injured"): {"group": "suffered.losses", "person": "other.other"},
    ("part", "abducted"): {"group": "suffered.losses", "person": "detention_proceedings.detentions"},
    ("part", "detained"): {"group": "suffered.detentions", "person": "detention_proceedings.detentions"},
    ("part", "captor"): {"group": "other.other", "person": "conduct.acts"},
    ("part", "released"): {"group": "suffered.detentions", "person": "detention_proceedings.releases"},
    ("part", "exchanged"): {"group": "suffered.detentions", "person": "detention_proceedings.releases"},
    ("part", "founder"): {"group": "other.other", "person": "roles.founded"},
    ("part", "ally"): {"group": "allies.supports", "person": "conduct.acts"},
    ("part", "candidate_winner"): {"group": "politics.elections", "person": "roles.offices"},
    ("part", ""): {"group": "operations.wars_and_battles", "person": "conduct.acts", "event": "what.part_of"},
    # A plain statement, by its aspect at its subject: what is said of one side is not said of the other.
    ("statement", "conduct.accusations"): {"event": "attributions.accused"},
    ("statement", "designations.listings_of_leaders"): {"person": "other.other"},
    ("statement", "ideology.aims"): {"event": "other.other"},
    ("statement", "ideology.stance_on_foreign_forces"): {"event": "other.other"},
    ("statement", "politics.elections"): {"event": "who.others"},
    ("statement", "politics.seats"): {"group": "politics.alliances", "event": "consequences.seats"},
    ("statement", "status.pressure"): {"event": "consequences.results"},
    ("statement", "status.standing"): {"group": "structure.components"},
    ("statement", "suffered.losses"): {"event": "other.other"},
    ("statement", "suffered.strikes"): {"event": "what.summary"},
    ("statement", "support.labels"): {"person": "affiliations.tied_to"},
    ("statement", ""): {"event": "other.other"},
}
_AT_ABOUT_ELSE = {"group": "other.other", "person": "affiliations.tied_to", "event": "what.part_of"}


def place_at_about(kind: str, word: str, about_model: str, topic: str, aspect: str) -> Aspect:
    """The aspect that a claim answers on the page of the profile it is about.

    It goes by the table. A plain statement whose aspect is not there keeps it, where that model has it.
    """
    aspects = ASPECTS[about_model]
    own = f"{topic}.{aspect}"
    by_model = _AT_ABOUT.get((kind, word or own))
    if by_model is None and kind == "statement" and own in aspects:
        return aspects[own]
    by_model = by_model or _AT_ABOUT.get((kind, ""), {})
    return aspects[by_model.get(about_model, _AT_ABOUT_ELSE[about_model])]


# A part's place on its event's page.
ASPECT_OF_PART = {
    "perpetrator": "who.perpetrators",
    "target": "who.targets",
    "opponent": "who.opponents",
    "captor": "who.captors",
    "detained": "who.detained",
    "released": "who.released",
    "exchanged": "who.exchanged",
    "killed": "toll.killed",
    "injured": "toll.injured",
    "abducted": "toll.abducted",
    "claimant": "claims_of_responsibility.claims",
    "accused": "attributions.accused",
    "mediator": "who.others",
    "host": "who.others",
}
