"""The data set that this site is delivered with passes every rule, and every rule is in the handbook."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from profiles.editorial.living import people_who_died
from profiles.editorial.mapping import read_rows
from profiles.editorial.rules import RULES, stops
from profiles.exchange.incoming import bring_in_files
from profiles.values import documents as docs

ROOT = Path(settings.BASE_DIR)


@pytest.mark.django_db
def test_the_first_data_set_passes_every_rule():
    folder = ROOT / "fixtures"
    bring_in_files((path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.yaml")))
    documents = read_rows()
    assert {docs.tag_of(document) for document in documents.values()} >= {"claim", "person", "speaker", "place"}
    assert [str(stop) for stop in stops(documents, people_who_died(documents))] == []


def test_the_handbook_tells_each_rule_and_what_to_do():
    handbook = (ROOT / "docs" / "editors.md").read_text()
    table = handbook.partition("## What stops a publication")[2].partition("\n## ")[0]
    told = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", table, re.MULTILINE)
    assert told[1:] == [(rule.label, rule.definition) for rule in RULES.values()]


def test_every_rule_of_the_table_is_raised_somewhere_and_none_is_missing():
    folder = ROOT / "profiles" / "editorial" / "rules"
    raised = {name for path in folder.glob("*.py") for name in re.findall(r'Stop\(\s*[^,]+, "(\w+)"', path.read_text())}
    assert raised == set(RULES)
