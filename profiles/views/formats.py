"""A profile's edition in the forms that other programs read, the newest or a permalink's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.models.published import Entry
from profiles.reading import addresses
from profiles.reading.citing import ENDINGS
from profiles.reading.formats import FORMS, Taken, newest, of_edition
from profiles.reading.formats.bibliography import claim_references
from profiles.reading.references import bibtex_of, csl_of, ris_of

from .profiles import edition_at, elsewhere

WRITERS = {"bib": bibtex_of, "ris": ris_of, "csl.json": csl_of}


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


@require_safe
def claim_reference(request: HttpRequest, uid: str, form: str) -> HttpResponse:
    """One claim as a work to cite, with the versions that it cites."""
    found = claim_references(uid)
    if found is None:
        raise Http404(f"no claim {uid}")
    return sent(WRITERS[form](found), ENDINGS[form].media_type, f"{uid}.{form}")


def _sent(taken: Taken, form: str) -> HttpResponse:
    name = f"{taken.dossier.header.slug}-{taken.dossier.edition.number}.{form}"
    return sent(FORMS[form](taken), ENDINGS[form].media_type, name)


def sent(body: bytes, media_type: str, name: str) -> HttpResponse:
    """A file for other programs, and for programs of other sites; `name` is what it is kept under."""
    response = HttpResponse(body, content_type=media_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
