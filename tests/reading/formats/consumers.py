"""The programs that each form is made for: bytes in, uids of claims out."""

import csv
import io
import json
import re

import jsonschema
import rdflib
import rispy
from pybtex.database import parse_string

CLAIM = re.compile(r"\b[a-z][a-z0-9]{1,15}-\d{4,}\b")
TEXT = {"type": "string", "minLength": 1}
DATE = {
    "type": "object",
    "properties": {"date-parts": {"type": "array", "items": {"type": "array", "items": {"type": "integer"},
                                                             "minItems": 1, "maxItems": 3}, "maxItems": 2}},
    "required": ["date-parts"],
    "additionalProperties": False,
}  # fmt: skip
# The part of CSL-JSON that we write, in the words of its schema (citationstyles.org, csl-data.json): variables outside
# of it would be dropped by a processor.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **dict.fromkeys(
                ("id", "title", "container-title", "publisher", "URL", "archive_location", "language", "note",
                 "keyword"), TEXT),
            "type": {"enum": ["entry-encyclopedia", "article-newspaper", "report", "legislation", "webpage"]},
            "author": {"type": "array", "items": {"type": "object", "properties": {"literal": TEXT},
                                                  "additionalProperties": False}},
            "edition": {"type": ["string", "number"]},
            "issued": DATE,
            "accessed": DATE,
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}  # fmt: skip


def sheet(body):
    return list(csv.DictReader(io.StringIO(body.decode(), newline=""), strict=True))


def bib(body):
    return parse_string(body.decode(), "bibtex").entries


def ris(body):
    return rispy.loads(body.decode())


def csl(body):
    found = json.loads(body)
    jsonschema.validate(found, CSL)
    return found


def ftm(body):
    return [json.loads(line) for line in body.decode().splitlines()]


def graph(body):
    return rdflib.Graph().parse(data=body.decode(), format="json-ld")


def claims_in(form, body):
    """The uids of the claims that a program finds in a form."""
    schema = rdflib.Namespace("https://schema.org/")
    if form == "csv":
        return {row["uid"] for row in sheet(body) if row["record"] == "claim"}
    if form == "bib":
        return {uid for entry in bib(body).values() for uid in CLAIM.findall(entry.fields.get("keywords", ""))}
    if form == "ris":
        return {uid for entry in ris(body) for uid in entry.get("keywords", [])}
    if form == "csl.json":
        return {uid for entry in csl(body) for uid in CLAIM.findall(entry.get("keyword", ""))}
    if form == "ftm.jsonl":
        return {entity["id"] for entity in ftm(body) if CLAIM.fullmatch(entity["id"])} - {"src-0001"}
    found = graph(body)
    claims = found.subjects(rdflib.RDF.type, schema.Claim)
    return {str(found.value(claim, schema.identifier)) for claim in claims}
