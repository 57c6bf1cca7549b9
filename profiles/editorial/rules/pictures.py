"""Pictures: shown with their text, their credit, their licence and where they were found, and never without a file."""

from collections.abc import Iterator

from profiles.editorial.rules.stop import Stop
from profiles.models import files
from profiles.values import documents as docs

_NEEDED = (
    ("alt", "no text for who cannot see it: say what there is to see"),
    ("credit", "no credit: say whose work it is"),
    ("licence", "no licence: say under what it may be shown"),
    ("url", "no word of where it was found: give the address of the page"),
)
# Where the desk made it there is no such page.
_OURS = "own_work"


def unsourced(picture: docs.Picture) -> Iterator[Stop]:
    """A picture says what it shows, whose it is, under what it may be shown, and where it was found."""
    for field, told in _NEEDED:
        if not getattr(picture, field) and not (field == "url" and picture.licence == _OURS):
            yield Stop(picture.uid, "picture", f"has {told}.")


def fileless(picture: docs.Picture) -> Iterator[Stop]:
    """A picture has files, and all of them are at hand."""
    if not picture.files:
        yield Stop(picture.uid, "no_file", "has no file: upload the picture.")
    elif missing := [file for file in picture.files if not files.at_hand(file)]:
        told = f"{len(missing)} of its {len(picture.files)} files are not at hand: upload the picture again."
        yield Stop(picture.uid, "no_file", told)
