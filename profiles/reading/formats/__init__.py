"""An edition in the forms that other programs read, made on request from published documents.

Each form carries every claim of the edition, and no record has a statement without its voice and who is heard in it.
"""

from collections.abc import Callable

from .bibliography import bibtex, csl_json, ris
from .ftm import ftm_lines
from .jsonld import jsonld
from .sheet import csv_sheet
from .taken import Taken, newest, of_edition

# The end of the address -> what makes its bytes; `citing.ENDINGS` has names and media types.
FORMS: dict[str, Callable[[Taken], bytes]] = {
    "csv": csv_sheet,
    "ftm.jsonl": ftm_lines,
    "jsonld": jsonld,
    "bib": bibtex,
    "ris": ris,
    "csl.json": csl_json,
}

__all__ = ["FORMS", "Taken", "newest", "of_edition"]
