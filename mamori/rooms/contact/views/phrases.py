"""Usual texts: the seller's own page of them, and those that a thread offers."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, forms
from mamori.rooms.contact import phrases as kept
from mamori.rooms.contact.finding import NothingHere, seller_of
from mamori.rooms.contact.queries.goods import same
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.usual import ANSWERS

DONE = {
    "kept": Text("定型文を加えました。", "The text was added."),
    "dropped": Text("定型文を消しました。", "The text was dropped."),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A usual text that a thread offers: its name, and what it is called in the address."""

    code: str
    name: Text
    words: Text


def offered(seller_ref: str, page: ThreadPage) -> tuple[Offered, ...]:
    """Return what can begin an answer to this thread: the shop's own texts, then the declared ones of its topic."""
    own = (Offered(one.id, same(one.name), same(one.words)) for one in kept.phrases(seller_ref))
    return (*own, *(Offered(one.code, one.name, one.words) for one in ANSWERS[page.topic_code]))


def begun(request: Visit, texts: tuple[Offered, ...], page: ThreadPage) -> str:
    """Return the words that were chosen to begin with, the number filled in; nothing when none was."""
    wanted = request.GET.get("use", "")
    number = page.order_ref or page.listing_ref
    return next((kept.filled(told(text.words), number) for text in texts if text.code == wanted), "")


@open_to(*SELLERS)
def phrases(request: Visit) -> HttpResponse:
    """Show the shop's usual texts; keep one more, or drop one."""
    hand = hand_of(request)
    here = reverse("contact_seller:phrases")
    if request.method == "POST" and request.POST.get("act") == "drop":
        actions.drop_phrase(hand, phrase=request.POST.get("phrase", ""))
        return HttpResponseRedirect(f"{here}?done=dropped")
    form = forms.PhraseForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():

        def do() -> str:
            actions.keep_phrase(hand, name=form.cleaned_data["name"], said=form.cleaned_data["said"])
            return f"{here}?done=kept"

        try:
            return HttpResponseRedirect(once(hand, form_key(request), do))
        except NothingHere:
            raise
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
    shown = {
        "form": form,
        "token": request.POST.get("token") or new_token(),
        "phrases": kept.phrases(seller_of(hand)),
        "done": DONE.get(request.GET.get("done", "")),
        "most": kept.MOST,
    }
    return render(request, "contact/seller/phrases.html", shown, status=status)
