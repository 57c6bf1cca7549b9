"""The corrections ledger for machines: one page of it as one JSON object, newest first."""

from collections.abc import Iterable
from typing import Any

import msgspec

from profiles.values.release import REVIEWED

from . import addresses
from .corrections import Correction, Wording
from .paging import Page

_FIELDS = ("act", "before", "after", "note", "before_sha256", "after_sha256")


def ledger_json(corrections: Iterable[Correction], found: Page) -> bytes:
    """UTF-8; `next` is the address of the page after this one, null on the last."""
    path = addresses.machine(addresses.corrections())
    following = f"{path}{found.after}" if found.after else None
    facts = {"corrections": [correction_facts(one) for one in corrections], "next": following}
    return msgspec.json.encode(facts) + b"\n"


def correction_facts(one: Correction) -> dict[str, Any]:
    """One publication of the ledger; `more` counts the documents that only its own page lists."""
    made = one.made
    return {
        "publication": made.number,
        "kind": made.kind,
        "published_at": made.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "note": made.note,
        "review": made.reviewed,
        "review_note": REVIEWED.get(made.reviewed, ""),
        "url": addresses.publication(made.number),
        "profiles": [{"name": link.label, "url": link.href} for link in one.profiles],
        "withdrawn": list(one.withdrawn),
        "changes": [_wording(wording) for wording in one.wordings],
        "more": one.more,
    }


def _wording(wording: Wording) -> dict[str, Any]:
    facts: dict[str, Any] = {"uid": wording.uid}
    facts.update({name: told for name in _FIELDS if (told := getattr(wording, name))})
    if wording.href:
        facts["url"] = wording.href
    if wording.changes:
        facts["fields"] = [
            {"field": change.field, "label": change.label, "before": change.before, "after": change.after}
            for change in wording.changes
        ]
    return facts
