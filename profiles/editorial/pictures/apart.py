"""Ask the process apart to make a picture again; whatever becomes of it, this process goes on."""

import signal
import subprocess
import sys
from contextlib import suppress

import msgspec

from profiles.editorial.extraction.apart import environment
from profiles.editorial.pictures.made import Made, NoPicture

SECONDS = 60
_TOO_LONG = "It takes too long to read: it is too large, or made to be so."


class _Answer(msgspec.Struct):
    made: Made | None = None
    refused: str = ""


def make_apart(data: bytes, *, folder: str) -> Made:
    """The picture made again, within a minute and 1.5 GB. NoPicture tells why not. `folder` has our modules."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "profiles.editorial.pictures.child"],
            input=data,
            capture_output=True,
            cwd=folder,
            env=environment(folder),
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoPicture(_TOO_LONG) from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise NoPicture(_TOO_LONG)
    with suppress(msgspec.DecodeError):
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
        if answer.made is not None:
            return answer.made
        if answer.refused:
            raise NoPicture(answer.refused)
    raise NoPicture("It cannot be read: the reader broke off.")
