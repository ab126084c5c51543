"""What pages of writing share: what a machine noticed before sending, and which order it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.once import AS_IS, OURS, form_key, is_taken
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.steps import Answers
from mamori.ground.web.wording import Row
from mamori.japan.lures.kinds import Lure
from mamori.law.consents import SCANNING
from mamori.rooms.contact import actions, forms, scanning
from mamori.rooms.contact.finding import buyer_of
from mamori.rooms.contact.formal import records as formally

# The page between writing and sending: what a machine noticed is shown to the writer alone, who sends it, mends it or not.


AGREE, REFUSE = "agree", "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is about to be sent: as what, to whom, and where one goes who does not send it.

    `goes_on` where more is asked before anything is sent; `may_hide` where the mode may hide a find in what is sent.
    """

    title: Text
    seller_ref: str
    buyer_ref: str
    back: str
    order_ref: str = ""
    goes_on: bool = False
    may_hide: bool = True


def given(request: Visit) -> QueryDict:
    """Return the form's fields, with the first text where the writer sends that as it is."""
    if request.POST.get("before") != AS_IS:
        return request.POST
    data = request.POST.copy()
    data["said"] = data.get("original", "")
    return data


def stop(request: Visit, said: str, writing: Writing, *, carried: str = "") -> HttpResponse | None:
    """Return the page that comes before sending, or None when the words may go as they are.

    The writer is asked for consent first where the mode needs it; a no means that nothing is looked at.  Nothing of
    this reaches the other side or staff: only how often a kind was found is counted.
    """
    actor, choice = actor_of(request), request.POST.get("before", "")
    if is_taken(actor, form_key(request)):
        return None
    if choice in (AGREE, REFUSE):
        actions.answer_scanning(actor, agrees=choice == AGREE)
    elif scanning.is_to_be_asked(actor):
        return _page(request, "asked", said, writing, carried, consent=SCANNING)
    looked = scanning.look(actor, said, seller_ref=writing.seller_ref)
    if choice == AS_IS:
        actions.count_lures(actor, looked.lures, "kept")
        return None
    if looked.formal and looked.formal.kind and actor.role is Role.BUYER and writing.order_ref:
        notice = formally.NOTICES[looked.formal.kind.value]
        if notice.provisions_for(formally.sold(writing.seller_ref, market.order(writing.order_ref))):
            return _page(request, "offered", said, writing, carried, notice=notice)
    lures = looked.lures
    if not lures:
        return None
    actions.count_lures(actor, lures, "shown")
    return _page(
        request,
        "before",
        said,
        writing,
        carried,
        segments=segments(said, lures),
        noticed=[(lure, said[lure.start : lure.end]) for lure in lures],
        masks=writing.may_hide
        and not scanning.is_untouched(actor, said)
        and scanning.may_mask(actor.at, buyer_ref=writing.buyer_ref, seller_ref=writing.seller_ref),
    )


def segments(text: str, finds: Sequence[Lure]) -> tuple[tuple[str, bool], ...]:
    """Return the whole text in stretches, each with whether something was found in it."""
    found = [any(find.start <= at < find.end for find in finds) for at in range(len(text))]
    parts = groupby(zip(text, found, strict=True), key=itemgetter(1))
    return tuple(("".join(char for char, _ in part), is_found) for is_found, part in parts)


def _page(
    request: Visit, name: str, said: str, writing: Writing, carried: str, **more: object
) -> HttpResponse:
    fields = [(key, one) for key, values in request.POST.lists() if key not in OURS for one in values]
    shown = {"said": said, "writing": writing, "fields": fields, "carried": carried, **more}
    answer = render(request, f"contact/{name}.html", shown)
    answer["Cache-Control"] = "private, no-store"
    return answer


def order_form(data: object, request: Visit, answers: Answers) -> BaseForm:
    """Return the form, with the order that the address names already chosen."""
    wanted = request.GET.get("order", "")[:64]
    return forms.OrderForm(data, buyer_ref=buyer_of(actor_of(request)), wanted=wanted)


def order_rows(form: BaseForm) -> Iterator[Row]:
    """Say the answer on the page where all is checked."""
    yield Row(label=Text("注文", "Order"), value=forms.order_line(form.cleaned_data["order_fact"]))
