"""A party's own answer to whether a machine may look at what it writes: shown, changed, with its receipt."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, actor_of
from mamori.law.consents import SCANNING
from mamori.law.settings import SCANNING as SETTING
from mamori.rooms.contact import actions, scanning
from mamori.rooms.contact.rules.scanning import ASKING, ScanAnswer, Scanning

AGREED = Text("いまの答え：機械が確かめてもよい", "Your answer now: a machine may look")
REFUSED = Text("いまの答え：機械に確かめさせない", "Your answer now: no machine looks")
FORMERLY = Text(
    "前の版の文に同意しています。文が新しくなったので、もう一度お答えください。",
    "You agreed to a former version of this text. It has changed, so please answer once more.",
)
UNASKED = Text("まだ答えていません。", "You have not answered yet.")


@open_to(Role.BUYER)
def of_buyer(request: Visit) -> HttpResponse:
    """Show or take a buyer's answer."""
    return _page(request, base=reverse("contact_buyer:scanning"), back=reverse("contact_buyer:threads"))


@open_to(*SELLERS)
def of_seller(request: Visit) -> HttpResponse:
    """Show or take a seller's answer; a delegate's stands for the seller, in whose name it writes."""
    return _page(request, base=reverse("contact_seller:scanning"), back=reverse("contact_seller:inbox"))


def _page(request: Visit, *, base: str, back: str) -> HttpResponse:
    actor, receipt = actor_of(request), request.GET.get("receipt", "")
    agrees = {"yes": True, "no": False}.get(request.POST.get("agrees", ""))
    if agrees is not None:

        def do() -> str:
            return f"{base}?receipt={actions.answer_scanning(actor, agrees=agrees)}"

        return HttpResponseRedirect(once(actor, form_key(request), do))
    shown = {
        "consent": SCANNING,
        "answer": _said(scanning.answer_of(actor.whose)),
        "mode": SETTING.words[SETTING.among.index(scanning.mode(actor.at))],
        "back": back,
        "token": new_token(),
        "receipt": receipt if receipt.isascii() and receipt.isdigit() else "",
    }
    return render(request, "contact/scanning.html", shown, status=422 if request.method == "POST" else 200)


def _said(answer: ScanAnswer | None) -> Text:
    if answer is None:
        return UNASKED
    if answer.agrees and answer.version < SCANNING.version:
        return FORMERLY
    return AGREED if answer.agrees else REFUSED


def link(request: Visit) -> str:
    """Return where a writer reads that a machine looks and can stop it; nothing where none looks, or to a helper."""
    actor = actor_of(request)
    mode = scanning.mode(actor.at)
    if actor.role is Role.HELPER or mode is Scanning.OFF or not (mode in ASKING or scanning.may_scan(actor)):
        return ""
    whose = "contact_seller" if actor.role in SELLERS else "contact_buyer"
    return reverse(f"{whose}:scanning")
