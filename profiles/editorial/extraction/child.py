"""The process apart in which bytes of strangers are read: bounded in memory, time and files, and told nothing else.

It reads what `apart.read_apart` writes, and answers with one JSON object: `found`, or `refused` with the reason.
"""

import resource
import sys
from collections.abc import Callable

import msgspec

MEMORY = 1_500_000_000
CPU_SECONDS = 30


class Asked(msgspec.Struct):
    """What stands before the bytes, on a line of its own."""

    way: str
    charset: str = ""
    url: str = ""


def main() -> None:
    """Read one document from standard input."""
    bound(resource.RLIMIT_AS, MEMORY)
    bound(resource.RLIMIT_CPU, CPU_SECONDS)
    # No file of any size, no core.
    bound(resource.RLIMIT_FSIZE, 0)
    bound(resource.RLIMIT_CORE, 0)
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked = msgspec.json.decode(line, type=Asked)
    # What libraries print is no answer of ours.
    answer, sys.stdout = sys.stdout, sys.stderr
    answer.buffer.write(msgspec.json.encode(_answer(asked, data)))
    answer.buffer.flush()


def bound(what: int, most: int) -> None:
    """Never more than this, nor than what was allowed before."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(asked: Asked, data: bytes) -> dict[str, object]:
    from profiles.editorial.extraction.found import Unreadable

    try:
        return {"found": _reader(asked)(data)}
    except Unreadable as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "It takes more memory than is allowed."}
    except RecursionError:
        return {"refused": "It is nested too deeply."}
    except Exception as error:
        return {"refused": f"It cannot be read ({type(error).__name__})."}


def _reader(asked: Asked) -> Callable[[bytes], object]:
    """Each imports only what it needs: a library of pages takes a third of a second."""
    if asked.way == "pdf":
        from profiles.editorial.extraction.pdf import read_pdf

        return read_pdf
    from profiles.editorial.extraction.page import read_page

    return lambda data: read_page(data, asked.charset, asked.url)


if __name__ == "__main__":
    main()
