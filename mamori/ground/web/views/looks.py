"""How the pages look to one reader: language and colours, chosen by a button and kept in a cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signs import Visit

THEME = "theme"
THEMES = frozenset({"light", "dark"})
YEAR = 365 * 24 * 60 * 60


@open_to(*EVERYONE)
@takes("POST")
def language(request: Visit) -> HttpResponse:
    """Keep the language that the reader chose, and go back to the page."""
    answer = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        _keep(request, answer, settings.LANGUAGE_COOKIE_NAME, chosen)
    return answer


@open_to(*EVERYONE)
@takes("POST")
def theme(request: Visit) -> HttpResponse:
    """Keep the colours that the reader chose, or follow the device again, and go back to the page."""
    answer = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        _keep(request, answer, THEME, chosen)
    else:
        answer.delete_cookie(THEME, samesite="Lax")
    return answer


def _keep(request: Visit, answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")


def _back(request: Visit) -> HttpResponse:
    """Lead back to where the reader was; an address elsewhere leads to the first page."""
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts=None) and there.startswith("/")
    return HttpResponseRedirect(there if safe else "/")
