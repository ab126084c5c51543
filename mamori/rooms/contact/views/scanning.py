"""A party's own answer to whether a machine may look at what it writes: shown, changed, with its receipt."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Role
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.consents import SCANNING
from mamori.rooms.contact import actions, scanforms, scanning
from mamori.rooms.contact.rules.scanning import ASKING, Answer, Scanning

AGREED = Text("いまの答え：機械が確かめてもよい", "Your answer now: a machine may look")
REFUSED = Text("いまの答え：機械に確かめさせない", "Your answer now: no machine looks")
FORMERLY = Text(
    "前の版の文に同意しています。文が新しくなったので、もう一度お答えください。",
    "You agreed to a former version of this text. It has changed, so please answer once more.",
)
UNASKED = Text("まだ答えていません。", "You have not answered yet.")
_NOW = {
    Scanning.OFF: Text("いま、機械は何も確かめていません。", "At present no machine looks at anything."),
    Scanning.WARN: Text(
        "いま、機械は送る前の文章だけを見て、あなただけに知らせます。断れば、何も見ません。",
        "At present a machine looks only before you send, and tells you alone. If you say no, it looks at nothing.",
    ),
    Scanning.ASK: Text(
        "いま、機械は同意した人の送る前の文章だけを見て、その人だけに知らせます。",
        "At present a machine looks only before somebody who agreed sends, and tells them alone.",
    ),
    Scanning.MASK: Text(
        "いま、双方が同意したやり取りでは、見つけた連絡先を双方の画面で伏せます。",
        "At present, where both sides agreed, contact details that are found are hidden on both sides' pages.",
    ),
}


@open_to(Role.BUYER)
def of_buyer(request: Visit) -> HttpResponse:
    """Show or take a buyer's answer."""
    return _page(request, base=reverse("contact_buyer:scanning"), back=reverse("contact_buyer:threads"))


@open_to(*SELLERS)
def of_seller(request: Visit) -> HttpResponse:
    """Show or take a seller's answer; a delegate's stands for the seller, in whose name it writes."""
    return _page(request, base=reverse("contact_seller:scanning"), back=reverse("contact_seller:inbox"))


def _page(request: Visit, *, base: str, back: str) -> HttpResponse:
    hand = hand_of(request)
    form = scanforms.ScanningForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            receipt = actions.answer_scanning(hand, agrees=form.cleaned_data["agrees"])
            return f"{base}?receipt={receipt}"

        return HttpResponseRedirect(once(hand, form_key(request), do))
    answer = scanning.answer_of(scanning.party_of(hand))
    receipt = request.GET.get("receipt", "")
    shown = {
        "consent": SCANNING,
        "form": form,
        "answer": _said(answer),
        "mode": _NOW[scanning.mode(hand.at)],
        "back": back,
        "token": request.POST.get("token") or new_token(),
        "receipt": receipt if receipt.isascii() and receipt.isdigit() else "",
    }
    return render(request, "contact/scanning.html", shown, status=422 if form.errors else 200)


def _said(answer: Answer | None) -> Text:
    if answer is None:
        return UNASKED
    if answer.agrees and answer.version < SCANNING.version:
        return FORMERLY
    return AGREED if answer.agrees else REFUSED


def link(request: Visit) -> str:
    """Return where a writer reads that a machine looks and can stop it; nothing where none looks, or to a helper."""
    hand = hand_of(request)
    mode = scanning.mode(hand.at)
    if hand.role is Role.HELPER or mode is Scanning.OFF or not (mode in ASKING or scanning.may_scan(hand)):
        return ""
    whose = "contact_seller" if hand.role in SELLERS else "contact_buyer"
    return reverse(f"{whose}:scanning")
