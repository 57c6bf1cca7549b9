"""The process apart in which pictures of strangers are decoded: bounded in memory, time and files, and told nothing.

It reads the bytes, and answers in MessagePack: `made`, or `refused` with the reason.
"""

import resource
import sys
from typing import Any

import msgspec

from profiles.editorial.extraction.child import bound

# Fifty million pixels in four bytes each, a few times over.
MEMORY = 1_500_000_000
CPU_SECONDS = 40


def main() -> None:
    """Make one picture again."""
    bound(resource.RLIMIT_AS, MEMORY)
    bound(resource.RLIMIT_CPU, CPU_SECONDS)
    # No file of any size, no core.
    bound(resource.RLIMIT_FSIZE, 0)
    bound(resource.RLIMIT_CORE, 0)
    data = sys.stdin.buffer.read()
    answer, sys.stdout = sys.stdout, sys.stderr
    answer.buffer.write(msgspec.msgpack.encode(_answer(data)))
    answer.buffer.flush()


def _answer(data: bytes) -> dict[str, Any]:
    from profiles.editorial.pictures.clean import make_again
    from profiles.editorial.pictures.made import NoPicture

    try:
        return {"made": make_again(data)}
    except NoPicture as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "It takes more memory than is allowed: save it smaller."}
    except Exception as error:
        return {"refused": f"It cannot be read ({type(error).__name__})."}


if __name__ == "__main__":
    main()
