"""Text as a cell of a table that no spreadsheet takes for a formula, for every CSV and XLSX that leaves the house."""

import re

# What a spreadsheet takes for a formula at the head of a cell, full-width forms too; `|` and `%` began commands once.
_HEADS = "=+\\-@\t\r\n|%＝＋－＠"
_FORMULA = re.compile(rf" *[{_HEADS}]")
# An apostrophe that was put before such text, or before one of its own.
_QUOTED = re.compile(rf"'(?= *[{_HEADS}]|')")


def neutral(text: str) -> str:
    """Text behind an apostrophe where a spreadsheet would reckon it."""
    return f"'{text}" if _FORMULA.match(text) else text


def quoted(text: str) -> str:
    """The same, and an apostrophe at its head doubled, so that `unquoted` gives the text back as it was."""
    return f"'{text}" if text.startswith("'") else neutral(text)


def unquoted(cell: str) -> str:
    """The text of a cell that `quoted` or `neutral` wrote."""
    return _QUOTED.sub("", cell, count=1) if _QUOTED.match(cell) else cell
