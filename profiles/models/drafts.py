"""All tables whose rows are documents, with what calls a row by name."""

from typing import Any

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Concat

from .claims import Claim, Silence
from .pictures import Picture
from .profiles import Profile
from .sources import Authority, Place, Programme, Source, SourceVersion, Speaker

_SILENT = Concat(F("subject__label"), Value(", "), F("aspect"), Value(": "), F("state"), output_field=TextField())
_SHOWN = Concat(F("subject__label"), Value(", "), F("kind"), Value(": "), F("alt"), output_field=TextField())
# Table, its name in addresses, and what a row is called.
DRAFTS: tuple[tuple[Any, str, Any], ...] = (
    (Profile, "profile", F("label")),
    (Claim, "claim", F("statement")),
    (Silence, "silence", _SILENT),
    (Picture, "picture", _SHOWN),
    (Source, "source", F("title")),
    (SourceVersion, "sourceversion", F("uid")),
    (Speaker, "speaker", F("label")),
    (Authority, "authority", F("label")),
    (Programme, "programme", F("label")),
    (Place, "place", F("label")),
)


def named(uids: list[str]) -> list[tuple[str, str, str]]:
    """(uid, name of its table, what it is called) for the drafts under some uids, by uid: one query."""
    parts = [
        table.objects.order_by()
        .filter(pk__in=uids)
        .values_list("pk", Value(model, CharField()), Cast(title, TextField()))
        for table, model, title in DRAFTS
    ]
    return sorted(parts[0].union(*parts[1:], all=True).order_by())
