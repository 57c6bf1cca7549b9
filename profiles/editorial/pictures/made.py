"""What the process apart answers: the files that it made again, and what it says of the picture."""

import msgspec


class MadeFile(msgspec.Struct, frozen=True):
    """One file, with its bytes."""

    width: int
    height: int
    media_type: str
    data: bytes


class Made(msgspec.Struct, frozen=True):
    """All files of one picture, in the order of its document; `told` says what was not kept of what came."""

    files: tuple[MadeFile, ...]
    told: tuple[str, ...] = ()


class NoPicture(Exception):
    """Why this is not taken: a sentence for the editor."""
