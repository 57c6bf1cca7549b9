"""A profile's edition in the forms that other programs read, the newest or a permalink's."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.published import Entry
from profiles.reading import addresses
from profiles.reading.formats import FORMS, Taken, newest, of_edition

from .profiles import edition_at, elsewhere


@require_safe
def taken_away(request: HttpRequest, folder: str, slug: str, form: str) -> HttpResponse:
    """The newest edition of a profile as one of FORMS."""
    entry = Entry.objects.filter(model=addresses.MODELS[folder], slug=slug).only("uid").first()
    taken = newest(entry.uid) if entry else None
    if taken is None:
        return elsewhere(request, folder, slug, f".{form}")
    return _sent(taken, form)


@require_safe
def edition_taken_away(request: HttpRequest, folder: str, slug: str, number: int, form: str) -> HttpResponse:
    """One edition as one of FORMS."""
    row = edition_at(folder, slug, number)
    if row is None:
        return elsewhere(request, folder, slug, f"editions/{number}.{form}")
    response = _sent(of_edition(row, row.newest), form)  # type: ignore[attr-defined]
    response["X-Robots-Tag"] = "noindex"
    return response


def _sent(taken: Taken, form: str) -> HttpResponse:
    made = FORMS[form]
    name = f"{taken.dossier.header.slug}-{taken.dossier.edition.number}.{form}"
    return sent(made.make(taken), made.media_type, name)


def sent(body: bytes, media_type: str, name: str) -> HttpResponse:
    """A file for other programs, and for programs of other sites; `name` is what it is kept under."""
    response = HttpResponse(body, content_type=media_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
