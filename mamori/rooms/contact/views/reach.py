"""The page on which a buyer lets the seller call or mail them, and takes it back."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, forms
from mamori.rooms.contact.finding import NothingHere, buyer_of
from mamori.rooms.contact.leave import WAYS, Way
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.thread import ThreadPage


@open_to(Role.BUYER)
def reach(request: Visit, number: str) -> HttpResponse:
    """Show which details the seller has; take one, or take it back."""
    hand = hand_of(request)
    page = threads.page_of(hand, number)
    base = reverse("contact_buyer:thread", args=(page.number,))
    if request.method != "POST":
        return _show(request, page, {}) if page.closed_at is None else HttpResponseRedirect(base)
    try:
        way = Way(request.POST.get("way", ""))
    except ValueError:
        raise NothingHere() from None
    form = forms.DETAILS[way](request.POST)
    ends = request.POST.get("act") == "end"
    if not ends and not form.is_valid():
        return _show(request, page, {way: form}, status=422)

    def do() -> str:
        if ends:
            actions.end_contact(hand, thread=page.thread, way=way)
        else:
            actions.let_contact(hand, thread=page.thread, way=way, detail=form.cleaned_data["detail"])
        return f"{base}?done={'unreach' if ends else 'reach'}"

    try:
        return HttpResponseRedirect(once(hand, form_key(request), do))
    except NothingHere:
        raise
    except Refusal as refusal:
        form.is_valid()
        form.add_error(None if ends else "detail", told(refusal.sentence))
        return _show(request, page, {way: form}, status=refusal.status)


def _show(
    request: Visit, page: ThreadPage, bound: dict[Way, forms.DetailForm], status: int = 200
) -> HttpResponse:
    held = {one.way: one for one in page.leaves}
    known = _known(hand_of(request))
    shown = [
        {
            "way": way.value,
            "text": WAYS[way],
            "held": held.get(way),
            "form": bound.get(way)
            or forms.DETAILS[way](initial={"detail": known[way]}, auto_id=f"{way.value}_%s"),
            "token": new_token(),
        }
        for way in Way
    ]
    faulty = next(iter(bound.values()), None)
    context = {"page": page, "ways": shown, "faulty": faulty}
    return render(request, "contact/buyer/reach.html", context, status=status)


def _known(hand: Hand) -> dict[Way, str]:
    """Return what the marketplace knows of the buyer, to be looked at and changed before it is given."""
    buyer = market.buyer(buyer_of(hand))
    contact = buyer.contact if buyer else market.Contact()
    return {Way.PHONE: contact.phone, Way.MAIL: contact.mail}
