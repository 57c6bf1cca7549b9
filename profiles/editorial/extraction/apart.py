"""Ask the process apart to read a page or a PDF; whatever becomes of it, this process goes on."""

import signal
import subprocess
import sys
from contextlib import suppress

import msgspec

from profiles.editorial.extraction.child import Asked
from profiles.editorial.extraction.found import Extracted, Unreadable

SECONDS = 45
_TOO_LONG = "It takes too long to read: it is too large, or made to be so."


class _Answer(msgspec.Struct):
    found: Extracted | None = None
    refused: str = ""


def read_apart(way: str, data: bytes, *, charset: str = "", url: str = "", folder: str) -> Extracted:
    """What a `page` or a `pdf` says, within 45 seconds and 1.5 GB. Unreadable tells why not.

    `folder` is where our modules are; nothing else of this process's environment is handed on.
    """
    asked = msgspec.json.encode(Asked(way, charset, url)) + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "profiles.editorial.extraction.child"],
            input=asked + data,
            capture_output=True,
            cwd=folder,
            env=environment(folder),
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(_TOO_LONG) from None
    if done.returncode == -signal.SIGXCPU or done.returncode == -signal.SIGKILL:
        raise Unreadable(_TOO_LONG)
    with suppress(msgspec.DecodeError):
        answer = msgspec.json.decode(done.stdout, type=_Answer)
        if answer.found is not None:
            return answer.found
        if answer.refused:
            raise Unreadable(answer.refused)
    raise Unreadable("It cannot be read: the reader broke off.")


def environment(folder: str) -> dict[str, str]:
    """All that the process apart is told: no key, no database."""
    return {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
