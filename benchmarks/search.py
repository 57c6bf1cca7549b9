"""Search among very many names: against LIKE, and against the same search among few; and lists that long."""

from collections.abc import Callable
from typing import Any

from benchmarks.telling import NAMES, say, step

FEW = 100


def search(kind: str, new: Callable[[str], str], names: int) -> None:
    """Generated profiles that are only names, few and very many: what each question and each list costs."""
    told: dict[int, dict[str, Any]] = {}
    for size in (FEW, names):
        url = new(f"names{size}")
        step(url, "migrate")
        if not step(url, "is_filled")["filled"]:
            step(url, "names", str(size))
        step(url, "settle")
        told[size] = step(url, "ask_names")
    say(f"\n### Search on {NAMES[kind]}: ms of CPU, medians\n")
    say(f"| | {FEW:,} profiles | {names:,} profiles | growth | LIKE at {names:,} | x |"
        " LIKE of all words, with their profiles | x |")  # fmt: skip
    say("|---|---|---|---|---|---|---|---|")
    for question, (ms, like, every) in told[names]["questions"].items():
        few = told[FEW]["questions"][question][0]
        say(f"| `{question}` | {few:.2f} | {ms:.2f} | {ms / few:.2f} | {like:.1f} | {like / ms:.0f} |"
            f" {every:.1f} | {every / ms:.0f} |")  # fmt: skip
    for path, ms in told[names]["lists"].items():
        few = told[FEW]["lists"][path]
        say(f"| {path} | {few:.1f} | {ms:.1f} | {ms / few:.2f} | | | | |")
