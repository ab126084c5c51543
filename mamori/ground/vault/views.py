"""The answers that carry a file: a picture to be seen here, an original only to be saved; neither can run anything."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from mamori.ground.vault.facts import Original, Picture


def shown(picture: Picture) -> HttpResponse:
    """Return a picture, or a text's text, that a page of ours may show; a door has decided that it may be seen."""
    return _safe(HttpResponse(picture.content, content_type=picture.media_type))


def saved(original: Original) -> HttpResponse:
    """Return an original as an attachment that a browser saves and never opens in our name."""
    answer = _safe(HttpResponse(original.content, content_type="application/octet-stream"))
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=original.name)
    return answer


def _safe(answer: HttpResponse) -> HttpResponse:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
