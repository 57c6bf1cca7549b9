"""How the uids that documents name are shown: with the label that the drafts have for them now."""

from collections.abc import Iterable
from typing import Any

from profiles.models import Authority, Claim, Place, Profile, Programme, Source, SourceVersion, Speaker
from profiles.models.documents import chunks
from profiles.values import documents as docs

_LABELLED: dict[str, tuple[Any, str]] = {
    "profile": (Profile, "label"),
    "claim": (Claim, "statement"),
    "source": (Source, "title"),
    "version": (SourceVersion, "source__title"),
    "speaker": (Speaker, "label"),
    "authority": (Authority, "label"),
    "programme": (Programme, "label"),
    "place": (Place, "label"),
}


def labels_of(documents: Iterable[docs.Document | None]) -> dict[str, str]:
    """Uid -> label for all that the documents name; a query for each table named, whatever their number."""
    return labels({uid for document in documents if document for _, uid in docs.references(document)})


def labels(uids: Iterable[str]) -> dict[str, str]:
    """Uid -> label for those that have one."""
    by_table: dict[str, list[str]] = {}
    for uid in uids:
        by_table.setdefault(docs.model_of(uid), []).append(uid)
    found: dict[str, str] = {}
    for tag, some in by_table.items():
        if tag in _LABELLED:
            table, column = _LABELLED[tag]
            for part in chunks(some):
                found.update(table.objects.filter(pk__in=part).order_by().values_list("pk", column))
    return {uid: label if len(label) <= 80 else f"{label[:77].rstrip()} …" for uid, label in found.items()}
