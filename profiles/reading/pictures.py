"""A profile's pictures, as its page and its JSON show them: never without their text, credit and licence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from profiles.values import documents as docs
from profiles.values import vocabulary as words

from . import addresses


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture as a page prints it. `sources` are (type, srcset), `srcset` is that of the fallback."""

    uid: str
    alt: str
    caption: str
    credit: str
    licence: str
    licence_href: str
    found_at: str
    found_href: str
    sources: tuple[tuple[str, str], ...]
    srcset: str
    src: str
    width: int
    height: int


def shown(pictures: Iterable[docs.Picture]) -> tuple[Shown, ...]:
    """Those that have a file."""
    return tuple(_shown(picture) for picture in pictures if picture.files)


def _shown(picture: docs.Picture) -> Shown:
    by_type: dict[str, list[docs.PictureFile]] = {}
    for file in picture.files:
        by_type.setdefault(file.media_type, []).append(file)
    last = picture.files[-1]
    fallbacks = by_type.pop(last.media_type)
    return Shown(
        uid=picture.uid,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        licence=words.LICENCE.label(picture.licence),
        licence_href=words.LICENCE_LINK.get(picture.licence) or addresses.word("licence", picture.licence),
        found_at=urlsplit(picture.url).hostname or "",
        found_href=picture.url,
        sources=tuple((media_type, _srcset(files)) for media_type, files in by_type.items()),
        srcset=_srcset(fallbacks),
        src=addresses.picture_file(last),
        width=last.width,
        height=last.height,
    )


def _srcset(files: Iterable[docs.PictureFile]) -> str:
    return ", ".join(f"{addresses.picture_file(file)} {file.width}w" for file in files)


def picture_facts(picture: docs.Picture) -> dict[str, Any]:
    """One picture for machines."""
    facts: dict[str, Any] = {
        "uid": picture.uid,
        "kind": picture.kind,
        "alt": picture.alt,
        "credit": picture.credit,
        "licence": picture.licence,
        "files": [
            {
                "path": addresses.picture_file(file),
                "sha256": file.sha256,
                "media_type": file.media_type,
                "width": file.width,
                "height": file.height,
                "bytes": file.bytes,
            }
            for file in picture.files
        ],
    }
    more = {
        "caption": picture.caption,
        "licence_url": words.LICENCE_LINK.get(picture.licence, ""),
        "url": picture.url,
    }
    return {**facts, **{name: value for name, value in more.items() if value}}
