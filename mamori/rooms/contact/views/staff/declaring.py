"""A formal notice by telephone: taken down, its exact text read out and confirmed, sent once as the buyer's own."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mamori.grammar.formal import Sold
from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import language, told
from mamori.japan.calendar import JAPAN
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact import actions, formally, words
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.formalforms import CallerNoticeForm
from mamori.rooms.contact.rules.formal import explained
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.private import private

OURS = frozenset({"csrfmiddlewaretoken", "token", "text", "step", "read_back"})
"""What the pages fill in themselves; what the agent took down is carried from the one to the other."""


@open_to(*TAKERS)
def notice(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Take down what a caller declares, show its exact text to be read out, and send what was confirmed."""
    found = actions.the_check(hand_of(request), check)
    today = request.received_at.astimezone(JAPAN).date()
    order = market.order(found.order_ref) if found.order_ref else None
    form = CallerNoticeForm(request.POST if request.method == "POST" else None, today=today, order=order)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if request.POST.get("step") == "change":
            status = 200
        else:
            try:
                return _read_out(request, check, form)
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    sold = formally.sold(order.seller_ref, order) if order else Sold()
    told_about = [explained(one, sold) for one in FORMAL_NOTICES]
    shown = {"form": form, "check": check, "order": found.order_ref, "notices": told_about}
    return private(request, "caller_notice", shown, status)


def _read_out(request: Visit, check: str, form: CallerNoticeForm) -> HttpResponse:
    """Show the text to be read out, or send it where it was confirmed as it stands.

    :raises Refusal: as the actions do.
    """
    hand, lang, refusal = hand_of(request), language(), None
    text = actions.text_for_caller(hand, check=check, declared=form.declared, lang=lang)
    if request.POST.get("step") == "send":

        def do() -> str:
            formal = actions.send_formal_for_caller(
                hand,
                check=check,
                declared=form.declared,
                lang=lang,
                read_back=request.POST.get("text", "") if request.POST.get("read_back") else "",
                may_read=form.cleaned_data["may_read"],
            )
            return reverse("contact_staff:taken", args=(formally.number_of(formal),))

        try:
            return HttpResponseRedirect(once(hand, form_key(request), do))
        except NotReadBack as refused:
            refusal = refused
    shown: dict[str, object] = {
        "check": check,
        "text": text,
        "digest": words.digest(text),
        "refusal": refusal,
        "fields": [(name, one) for name, all_ in request.POST.lists() if name not in OURS for one in all_],
        "token": request.POST.get("token") or new_token(),
    }
    return private(request, "caller_notice_read", shown, refusal.status if refusal else 200)
