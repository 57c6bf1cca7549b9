"""A captured picture shown beside its transcript: never its own bytes, but the pixels made again, as portraits are."""

from django.conf import settings
from django.http import Http404, HttpResponse

from profiles.editorial.pictures.apart import make_apart
from profiles.editorial.pictures.made import NoPicture


def is_picture(media_type: str) -> bool:
    """Whether a capture is to be looked at rather than read."""
    return media_type.startswith("image/")


def picture_response(data: bytes, media_type: str) -> HttpResponse:
    """The widest that we make of these bytes, for editors alone; 422 with the reason where they are not decoded.

    Made anew at each look: nothing of it is stored, here or in the browser.
    """
    if not is_picture(media_type):
        raise Http404("This is no picture.")
    response = _made(data)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _made(data: bytes) -> HttpResponse:
    try:
        files = make_apart(data, folder=str(settings.BASE_DIR)).files
    except NoPicture as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    widest = max((file for file in files if file.media_type == "image/webp"), key=lambda file: file.width)
    return HttpResponse(widest.data, content_type=widest.media_type)
