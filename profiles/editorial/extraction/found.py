"""What reading a page or a file gives: its text, what was left out, and what it says of itself."""

from msgspec import Struct, field


class Unreadable(ValueError):
    """Bytes that give no text; the message is for the editor."""


class Lost(Struct, frozen=True):
    """Words of a page that its text does not have: what they are (caption, table, navigation ...) and themselves."""

    kind: str
    words: str

    @property
    def around(self) -> bool:
        """Whether it stands around the article on every page of the site, and is rarely missed."""
        return self.kind in AROUND


class Extracted(Struct, frozen=True):
    """A text, one line a paragraph, not yet normalised.

    `proposed` is what the page says of itself, by field: title, publisher, author, language, url, archive_url, stamp,
    stamp_zone. `warnings` are sentences for the editor; `fidelity` as in the vocabulary.
    """

    text: str
    lost: list[Lost] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    proposed: dict[str, str] = field(default_factory=dict)
    fidelity: str = ""


AROUND = ("navigation", "page header", "footer", "form", "aside", "comments", "hidden", "shown without scripts")
