"""One reason why a document cannot be published, and the table of all rules that give such reasons."""

from dataclasses import dataclass

from profiles.values.vocabulary import Words

LINKABLE = ("conflict", "role_after_death")


@dataclass(frozen=True, slots=True)
class Stop:
    """Why one document cannot be published as it is, and the mend; `other` is the document that it disagrees with."""

    uid: str
    rule: str
    message: str
    other: str = ""

    @property
    def is_linkable(self) -> bool:
        """Whether a link as a conflict mends it."""
        return self.rule in LINKABLE

    def __str__(self) -> str:
        return f"{self.uid}: {self.message}"


# In the order of `docs/editors.md`, which says of each what to do.
RULES = Words(
    "rule",
    """
    uncited | no supporting citation | Cite a passage that supports it.
    passage | passage fails its digest | Pin the passage again.
    excerpt | words to print are not in the passage, or too many | Print fewer words, as they stand there.
    too_firm | firmer than its passages | Lower the voice, or cite a firmer passage.
    unhedged | voice not heard in the sentence | Say in the sentence who says so, or with a word that keeps distance.
    unattributed | allegation about a living person, not attributed | Say who accuses, or take it out.
    anonymous | allegation about a living person, nobody named | Find a named origin, or the reviewer writes why.
    unmentioned | accuses somebody whom it does not mention | Add the person under Mentions.
    no_response | response and outcome not looked for | Give both, or say that they were looked for.
    no_answer | an answer is promised and not printed | Cite the answer as “denies”, or tell it in the sentence.
    impossible_date | impossible dates | Correct the date that cannot be.
    role_after_death | role after a death | Correct one of the two dates, or link the two as a conflict.
    conflict | two claims exclude each other | Link them as a conflict, or supersede the older.
    one_sided | conflict named on one side only | Publish both together.
    dangling | names what is not public | Publish that too.
    misplaced | subject has no such aspect | File it under an aspect of its subject.
    stray_step | step of another subject's designation | Name the designation of the same subject.
    picture | picture without its text, credit, licence or origin | Fill in what is missing.
    no_file | files of a picture are not at hand | Upload the picture again.
    private | never public | Take it out.
    unmasked | anonymous speaker who can be told | Take out what narrows them down, or mark them as named.
    """,
)
