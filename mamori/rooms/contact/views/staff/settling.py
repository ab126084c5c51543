"""That a formal notice is settled, by telephone: the words are read out, confirmed, and taken once as the buyer's own."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mamori.ground.web.access import open_to
from mamori.ground.web.once import new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import language
from mamori.rooms.contact import actions, words
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.queries.formal import formal_of
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.private import private


@open_to(*TAKERS)
def settled(request: Visit, check: str, number: str, case_page: str) -> HttpResponse:
    """Show the words to be read out, and take what was confirmed."""
    hand, lang, refusal = hand_of(request), language(), None
    actions.the_check(hand, check)
    formal = formal_of(hand, number).pk
    token = request.POST.get("token") or new_token()
    if request.method == "POST":

        def do() -> str:
            actions.settle_formal_for_caller(
                hand,
                check=check,
                formal=formal,
                lang=lang,
                read_back=request.POST.get("text", "") if request.POST.get("read_back") else "",
            )
            return reverse("contact_staff:taken", args=(number,))

        try:
            return HttpResponseRedirect(once(hand, token, do))
        except NotReadBack as refused:
            refusal = refused
    text = actions.settling_for_caller(hand, check=check, formal=formal, lang=lang)
    shown = {"check": check, "text": text, "digest": words.digest(text), "refusal": refusal, "token": token}
    return private(request, "caller_settled", shown, refusal.status if refusal else 200)
