"""The addresses of the inbox and of the way out of advertising."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.post import actions, facts
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signs import Visit
from mamori.site.demo import entry

# The inbox of a demo, open to anybody who tries it, that of a sandbox behind its word, and the page that stops advertising.


SHOWN_APART: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": True,
}
"""A mail's HTML may be looked at and nothing else: it runs nothing, fetches nothing, and is of no origin."""


FRAMING: dict[str, Any] = {**cast("dict[str, Any]", settings.SECURE_CSP), "frame-src": [CSP.SELF]}
"""The policy of every page, and a page of ours may stand within it."""


def folder(word: str) -> Path:
    """Return the folder of a demo's mail, or by its word of a sandbox's.

    :raises Http404: in every house that is neither, without the word, and where mail goes out for good.
    """
    if word or clocks.is_sandbox():
        entry.guests_of(word, there=clocks.is_sandbox())
    elif not settings.MAMORI_DEMO:
        raise Http404
    way = facts.transport(settings.MAMORI_MAIL)
    if not isinstance(way, facts.Folder):
        raise Http404
    return way.path


def _found(name: str, word: str) -> facts.Received:
    found = facts.read_mail(folder(word), name)
    if found is None:
        raise Http404
    return found


@open_to(*EVERYONE)
@takes("GET", "HEAD")
def inbox(request: Visit, word: str = "") -> HttpResponse:
    """Show what the house has sent, whoever it was for: there is nobody real in a demo."""
    return render(request, "letterbox/inbox.html", {"mails": facts.read_folder(folder(word))})


@open_to(*EVERYONE)
@takes("GET", "HEAD")
@csp_override(FRAMING)
def message(request: Visit, name: str, word: str = "") -> HttpResponse:
    """Show one mail: what it says in words, and its HTML in a frame of its own."""
    mail = _found(name, word)
    ours = re.findall(re.escape(settings.ORIGIN) + r"/[!-~]*", mail.text)
    return render(request, "letterbox/message.html", {"mail": mail, "links": list(dict.fromkeys(ours))})


@open_to(*EVERYONE)
@takes("GET", "HEAD")
@xframe_options_sameorigin
@csp_override(SHOWN_APART)
def as_html(request: Visit, name: str, word: str = "") -> HttpResponse:
    """Give a mail's HTML for the frame."""
    response = HttpResponse(_found(name, word).html)
    response["X-Robots-Tag"] = "noindex"
    return response


@open_to(*EVERYONE)
@csrf_exempt  # mail programs stop it with one click; the address itself is the proof
@takes("GET", "HEAD", "POST")
def stop(request: Visit, token: str) -> HttpResponse:
    """Ask whether advertising is to stop, and stop it; nobody has to sign in for that."""
    who = facts.who_stops(token)
    if who is None:
        raise Http404
    if request.method == "POST":
        role = Role.SELLER if who.startswith("seller:") else Role.BUYER
        actor = Actor(by=who, role=role, at=request.received_at, via="mail", request=request.number)
        actions.opt_out(actor, who=who)
    return render(request, "letterbox/stop.html", {"stopped": request.method == "POST"})


urlpatterns = [
    path("inbox/", inbox, name="inbox"),
    path("inbox/<str:name>/", message, name="inbox-message"),
    path("inbox/<str:name>/html", as_html, name="inbox-html"),
    path("sandbox/<str:word>/inbox/", inbox, name="sandbox-inbox"),
    path("sandbox/<str:word>/inbox/<str:name>/", message, name="sandbox-inbox-message"),
    path("sandbox/<str:word>/inbox/<str:name>/html", as_html, name="sandbox-inbox-html"),
    path("stop/<str:token>/", stop, name="stop-ads"),
]
