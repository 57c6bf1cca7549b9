"""An edition in the forms that other programs read, made on request from published documents.

Each form carries every claim of the edition, and no record has a statement without its voice and who is heard in it.
"""

from .bibliography import bibtex, csl_json, ris
from .ftm import ftm_lines
from .jsonld import jsonld
from .sheet import csv_sheet
from .taken import Form, Taken, newest, of_edition

# The end of the address -> how it is made, and its media type.
FORMS: dict[str, Form] = {
    "csv": Form(
        csv_sheet, "text/csv; charset=utf-8; header=present", "CSV", "every claim in a table, a row a citation"
    ),
    "ftm.jsonl": Form(ftm_lines, "application/x-ndjson; charset=utf-8", "FollowTheMoney", "entities, one a line"),
    "jsonld": Form(jsonld, "application/ld+json; charset=utf-8", "JSON-LD", "linked data, schema.org names"),
    "bib": Form(bibtex, "application/x-bibtex; charset=utf-8", "BibTeX", "this edition, and the sources that it cites"),
    "ris": Form(ris, "application/x-research-info-systems; charset=utf-8", "RIS", "the same for reference managers"),
    "csl.json": Form(
        csl_json,
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        "CSL-JSON",
        "the same for citation processors",
    ),
}

__all__ = ["FORMS", "Form", "Taken", "newest", "of_edition"]
