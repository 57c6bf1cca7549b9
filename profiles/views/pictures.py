"""Files of published pictures: the bytes under a digest never change, so whoever has them need not ask again."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from profiles.models.files import folder
from profiles.models.published import PublishedFile
from profiles.values.picture_files import ENDINGS

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def picture_file(request: HttpRequest, sha256: str, ending: str) -> HttpResponseBase:
    """One file; 404 for all that no published picture names. One query."""
    row = PublishedFile.objects.filter(sha256=sha256).values_list("media_type", flat=True).first()
    if row is None or ENDINGS[row] != ending:
        raise Http404(sha256)
    response = sent(sha256, row)
    response["Cache-Control"] = FOREVER
    return response


def sent(sha256: str, media_type: str) -> FileResponse:
    """The bytes, of the type that we made them, in a sandbox. Http404 where they are not at hand."""
    path = folder() / sha256[:2] / f"{sha256}.{ENDINGS[media_type]}"
    try:
        content = path.open("rb")
    except FileNotFoundError:
        raise Http404(sha256) from None
    response = FileResponse(content, content_type=media_type)
    response["ETag"] = f'"{sha256}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
