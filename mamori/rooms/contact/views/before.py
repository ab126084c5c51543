"""The page between writing and sending: what a machine noticed is shown to the writer alone, who sends it, mends it or not."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.once import AS_IS, OURS, REMOVE, form_key, is_taken
from mamori.ground.web.signs import Visit, hand_of
from mamori.japan.lures import KINDS, Lure
from mamori.law.consents import SCANNING
from mamori.rooms.contact import actions, scanning
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.rules.marking import segments, without

AGREE, REFUSE = "agree", "refuse"
_TITLES = {kind.code: kind.title for kind in KINDS}


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


@dataclass(frozen=True, slots=True)
class Noticed:
    """One find as the writer is told it."""

    title: Text
    text: str
    sentence: Text


def given(request: Visit, *, seller_ref: str) -> QueryDict:
    """Return the form's fields as the writer chose on the page before: the first text, or that without the finds."""
    choice = request.POST.get("before", "")
    if choice not in (AS_IS, REMOVE):
        return request.POST
    said = request.POST.get("original", "")
    if choice == REMOVE:
        said = without(said, scanning.look(hand_of(request), said, seller_ref=seller_ref).lures)
    data = request.POST.copy()
    data["said"] = said
    return data


def stop(request: Visit, said: str, writing: Writing, *, carried: str = "") -> HttpResponse | None:
    """Return the page that comes before sending, or None when the words may go as they are.

    The writer is asked for consent first where the mode needs it; a no means that nothing is looked at.  Nothing of
    this reaches the other side or staff: only how often a kind was found is counted.
    """
    hand, choice = hand_of(request), request.POST.get("before", "")
    if is_taken(hand, form_key(request)):
        return None
    if choice in (AGREE, REFUSE):
        actions.answer_scanning(hand, agrees=choice == AGREE)
    elif scanning.is_to_be_asked(hand):
        return _page(request, "asked", said, writing, carried, consent=SCANNING)
    if choice in (AS_IS, REMOVE):
        was = scanning.look(hand, request.POST.get("original", ""), seller_ref=writing.seller_ref)
        actions.count_lures(hand, was.lures, "kept" if choice == AS_IS else "removed")
        return None
    looked = scanning.look(hand, said, seller_ref=writing.seller_ref)
    if looked.formal and looked.formal.kind and hand.role is Role.BUYER and writing.order_ref:
        notice = formally.NOTICES[looked.formal.kind.value]
        if notice.provisions_for(formally.sold(writing.seller_ref, market.order(writing.order_ref))):
            return _page(request, "offered", said, writing, carried, notice=notice)
    lures = looked.lures
    if not lures:
        return None
    actions.count_lures(hand, lures, "shown")
    whole = scanning.is_untouched(hand, said)
    return _page(
        request,
        "before",
        said,
        writing,
        carried,
        segments=segments(said, lures),
        noticed=_noticed(said, lures),
        masks=writing.may_hide
        and not whole
        and scanning.may_mask(hand.at, buyer_ref=writing.buyer_ref, seller_ref=writing.seller_ref),
        without="" if whole else without(said, lures),
    )


def _noticed(said: str, lures: tuple[Lure, ...]) -> tuple[Noticed, ...]:
    return tuple(Noticed(_TITLES[lure.kind], said[lure.start : lure.end], lure.sentence) for lure in lures)


def _page(
    request: Visit, name: str, said: str, writing: Writing, carried: str, **more: object
) -> HttpResponse:
    fields = [(key, one) for key, values in request.POST.lists() if key not in OURS for one in values]
    shown = {"said": said, "writing": writing, "fields": fields, "carried": carried, **more}
    answer = render(request, f"contact/{name}.html", shown)
    answer["Cache-Control"] = "private, no-store"
    return answer
