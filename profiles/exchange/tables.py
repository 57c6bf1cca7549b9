"""Tables in and out: CSV and XLSX rows as plain text cells, with their row numbers as a spreadsheet shows them."""

import csv
import difflib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from profiles.exchange.columns import BY_NAME, COLUMNS, NEEDED, words_of
from profiles.exchange.placed import Fault, FixtureError
from profiles.values.cells import quoted, unquoted

# openpyxl is imported where a workbook is read or made: at each start it would cost a tenth of it.
SUFFIXES = (".csv", ".xlsx")
MOST_ROWS = 100_000
# A sheet has no more; what claims to have is no workbook of a spreadsheet.
LAST_ROW = 1_048_576
# Unpacked: a small file can hold a very large one.
MOST_UNPACKED = 128 * 2**20
# What openpyxl makes of a workbook that is none.
_BROKEN = (KeyError, IndexError, AttributeError, TypeError, SyntaxError, ValueError, EOFError, OSError)
_BEYOND = 20  # cells looked at beyond the last heading
_WHOLE = re.compile(r"-?(?:[0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{3})+)")
_DECORATION = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 1, the text of each cell that is not empty by its column, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    faults: tuple[Fault, ...] = ()


def read_table(file: IO[bytes], name: str) -> Iterator[Row]:
    """The rows below the heading, empty ones and comments left out. FixtureError where the file itself is at fault."""
    file.seek(0)
    rows = _xlsx_rows(file, name) if name.lower().endswith(".xlsx") else _csv_rows(file, name)
    headings: list[str] | None = None
    filled = 0
    for number, cells in enumerate(rows, 1):
        if filled > MOST_ROWS or number > LAST_ROW:
            raise FixtureError([Fault(name, number, "", "", f"a table has at most {MOST_ROWS:,} rows: split it")])
        if not any(getattr(cell, "value", cell) is not None for cell in cells):
            continue  # a sheet may end in very many of these
        faults: list[Fault] = []
        texts = [_text(cell, name, number, at, headings or [], faults) for at, cell in enumerate(cells)]
        if not any(texts) and not faults:
            continue
        filled += 1
        if headings is None:
            headings = _headings(texts, name, number)
            continue
        found = {heading: text for heading, text in zip(headings, texts, strict=False) if text and heading}
        if found.get("row", "").startswith("#"):
            continue
        faults += [
            Fault(name, number, "", _letter(at), "a cell without a heading: is a text with commas unquoted?")
            for at, text in enumerate(texts[len(headings) :], len(headings) + 1)
            if text
        ]
        yield Row(number, found, tuple(faults))
    if headings is None:
        raise FixtureError([Fault(name, 1, "", "", "this table is empty")])


def _headings(texts: list[str], name: str, number: int) -> list[str]:
    headings = [text.lower().replace(" ", "_") for text in texts]
    while headings and not headings[-1]:
        headings.pop()
    faults = []
    for at, heading in enumerate(headings):
        if heading and heading not in BY_NAME:
            near = difflib.get_close_matches(heading, BY_NAME, 1)
            hint = f" (is {near[0]} meant?)" if near else ""
            faults.append(Fault(name, number, "", texts[at][:60], f"there is no such column{hint}"))
        elif heading and heading in headings[:at]:
            faults.append(Fault(name, number, "", heading, "this column is here twice"))
    if "uid" not in headings:
        faults += [
            Fault(name, number, "", needed, "this column is missing: a new claim needs it")
            for needed in NEEDED
            if needed not in headings and needed != "topic"
        ]
    if faults:
        raise FixtureError(faults)
    return headings


class Wrong(ValueError):
    """What is wrong in one cell; the message is for the editor."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def whole_number(column: str, text: str, least: int = -(2**31)) -> int:
    """A number as typed, with or without thousands commas. Raises Wrong."""
    number = int(text.replace(",", "")) if _WHOLE.fullmatch(text) else None
    if number is None or not least <= number < 2**31:
        raise Wrong(column, f"'{text[:60]}' is not a whole number, written like 2300")
    return number


def true_or_false(column: str, text: str) -> bool:
    """A yes or no as typed. Raises Wrong."""
    word = text.lower()
    if word not in ("true", "yes", "1", "false", "no", "0"):
        raise Wrong(column, f"'{text[:60]}' is neither true nor false")
    return word in ("true", "yes", "1")


def tidy(text: str) -> str:
    """Text as documents keep it: Unicode NFC, one space between words, no line breaks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _text(cell: Any, name: str, number: int, at: int, headings: list[str], faults: list[Fault]) -> str:
    """One cell as text: dates and numbers as they are typed elsewhere; formulas and errors are refused."""
    value = getattr(cell, "value", cell)
    if value is None:
        return ""
    if isinstance(value, str):
        kind = getattr(cell, "data_type", "s")
        if kind in ("f", "e"):
            told = "a formula: paste its value" if kind == "f" else f"the spreadsheet says {value} here"
            column = headings[at] if at < len(headings) else _letter(at + 1)
            faults.append(Fault(name, number, "", column, told))
            return ""
        return tidy(unquoted(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _day(value, str(getattr(cell, "number_format", "")))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _letter(at: int) -> str:
    """A column as a spreadsheet names it."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(at)


def _day(value: datetime, shown: str) -> str:
    """A date as precise as its cell shows it: a spreadsheet keeps June 2014 as 1 June 2014, shown without the day."""
    if value.hour or value.minute or value.second:
        return value.isoformat(timespec="minutes")
    shown = _DECORATION.sub("", shown).lower()
    if "d" in shown or not shown:
        return value.date().isoformat()
    return f"{value:%B %Y}" if "m" in shown else str(value.year)


def _csv_rows(file: IO[bytes], name: str) -> Iterator[list[str]]:
    number = 0
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        heading = text.readline()
        text.seek(0)
        delimiter = max(",;", key=heading.count)
        for row in csv.reader(text, delimiter=delimiter, strict=True):
            number += 1
            yield row
    except UnicodeDecodeError:
        told = "this is not UTF-8, here or further down: save the file as CSV UTF-8"
        raise FixtureError([Fault(name, number + 1, "", "", told)]) from None
    except csv.Error as error:
        raise FixtureError([Fault(name, number + 1, "", "", f"this is not CSV: {error}")]) from None
    finally:
        text.detach()  # the file stays open: it belongs to the caller


def _xlsx_rows(file: IO[bytes], name: str) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(file) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise FixtureError([Fault(name, 1, "", "", "this workbook is too large once it is unpacked: split it")])
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            sheet: Any = book["claims"] if "claims" in book.sheetnames else book.worksheets[0]
            yield from sheet.iter_rows(max_col=len(COLUMNS) + _BEYOND)
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, zlib.error, *_BROKEN) as error:
        if isinstance(error, FixtureError):
            raise
        raise FixtureError([Fault(name, 1, "", "", f"this is not an XLSX workbook: {error}")]) from None


# -- out ----------------------------------------------------------------------------------------------------


def write_csv(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """CSV lines (UTF-8 once encoded, with a byte order mark for spreadsheets), every cell neutral."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff"
    for row in rows:
        writer.writerow([quoted(str(cell)) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def template_rows() -> list[list[str]]:
    """The headings, a comment that says what each is for, and an example that is a comment too."""
    helps = [f"{column.help} {_listed(words_of(column))}".strip() for column in COLUMNS]
    examples = [column.example for column in COLUMNS]
    return [[column.name for column in COLUMNS], [f"# {helps[0]}", *helps[1:]], ["# example", *examples[1:]]]


def _listed(words: tuple[str, ...]) -> str:
    return f"One of: {', '.join(words)}." if words else ""


def template_csv() -> bytes:
    """The template as CSV."""
    return "".join(write_csv(template_rows())).encode()


def template_xlsx() -> bytes:
    """The template as a workbook. The columns of dates are text, so that no spreadsheet makes days of them."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "claims"
    for row in template_rows():
        sheet.append([quoted(cell) for cell in row])
    for at, column in enumerate(COLUMNS, 1):
        letter = _letter(at)
        sheet.column_dimensions[letter].width = 48 if column.name in ("statement", "quote") else 16
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}2"].alignment = Alignment(wrap_text=True, vertical="top")
        if column.name in ("when", "response_date"):
            for number in range(2, 500):
                sheet.cell(number, at).number_format = "@"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
