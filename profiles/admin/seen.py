"""Pictures as the screens of the desk show them, published or not."""

from dataclasses import dataclass

from django.urls import reverse

from profiles.models import files
from profiles.values import documents as docs
from profiles.values.picture_files import name_of


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as the desk shows it; without a source where its file is not at hand."""

    alt: str
    src: str = ""
    width: int = 0
    height: int = 0


def seen(picture: docs.Picture | None) -> Seen | None:
    """The fallback in its smallest size; None where there is no file to see."""
    if picture is None or not picture.files:
        return None
    file = next(one for one in picture.files if one.media_type == picture.files[-1].media_type)
    if not files.at_hand(file):
        return Seen(picture.alt)
    address = reverse("admin:profiles_picture_file", args=name_of(file).split("."))
    return Seen(picture.alt, address, file.width, file.height)
