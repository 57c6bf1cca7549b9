"""What was fetched or uploaded, handed out as a file to keep, never as a page: a browser runs and shows none of it."""

import re

from django.http import HttpResponse

# A page is kept as a text: opened from a disk it would run.
_ENDINGS = {
    "text/html": "html.txt", "application/xhtml+xml": "html.txt", "text/plain": "txt", "application/pdf": "pdf",
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/tiff": "tiff",
}  # fmt: skip


def raw_response(data: bytes, media_type: str, name: str) -> HttpResponse:
    """The bytes as an attachment, of no type that a browser shows, in a sandbox even if one did."""
    response = HttpResponse(data, content_type="application/octet-stream")
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", name)[:100]
    response["Content-Disposition"] = f'attachment; filename="{plain}.{_ENDINGS.get(media_type, "bin")}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
