"""What somebody wrote while their stay or page ran out: given back on the page that says so, to send again, stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from mamori.ground.web.signs import Visit

OURS = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Given:
    """One field as it was sent; `is_words` where somebody would be sorry to lose it."""

    name: str
    value: str
    is_words: bool


def given(request: Visit) -> tuple[Given, ...]:
    """Return the fields of a form that somebody sent; words that were sent twice are shown once."""
    if request.method != "POST" or request.path.startswith("/account/"):
        return ()
    fields: list[Given] = []
    shown: set[str] = set()
    for name, value in ((name, str(one)) for name, values in request.POST.lists() for one in values):
        if name not in OURS:
            fields.append(Given(name, value, _is_words(value.strip()) and value not in shown))
            shown.add(value)
    return tuple(fields)


def _is_words(value: str) -> bool:
    """Say whether a person wrote it: neither a choice's code nor a token is in letters other than these."""
    return not value.isascii() or len(value) > 40 or any(c.isspace() for c in value)


def is_from_here(request: Visit) -> bool:
    """Say whether a browser itself tells that a page of ours sent the form: nobody else may lay words before a visitor."""
    return request.headers.get("Origin") in settings.CSRF_TRUSTED_ORIGINS


def signed_out(request: Visit, fields: tuple[Given, ...], *, proof: str = "") -> HttpResponse:
    """Show what was written, the way to sign in or to give `proof` beside it where it is needed, and the button to send it."""
    shown = {
        "fields": fields,
        "sign_in": "" if request.presence.who else sign_in(request),
        "proof": proof,
        "had_files": bool(request.FILES),
    }
    response = render(request, "web/signed_out.html", shown, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def sign_in(request: Visit) -> str:
    """Return where to come in, with the way back and why a stay has ended."""
    door = "/account/login/" if request.path.startswith(("/desk/", "/account/")) else "/in/"
    told = {"next": request.get_full_path()}
    if request.presence.over:
        told["ended"] = request.presence.over.value
    return f"{door}?{urlencode(told)}"
