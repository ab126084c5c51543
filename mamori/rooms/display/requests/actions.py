"""What a buyer asks of what a display leaves out: given at once where it is held, else answered by the seller in time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

import msgspec

from mamori.grammar.actor import Actor
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.ground.seal import actions as sealing
from mamori.japan.calendar import spoken
from mamori.law.display import DisplayItem
from mamori.rooms.display import notices
from mamori.rooms.display.actions.matter import keep_act, settle_rows
from mamori.rooms.display.events import RequestMissed
from mamori.rooms.display.facts import named
from mamori.rooms.display.inputs import WhyExcused, WhyNotGiven, WhyRequired
from mamori.rooms.display.lifecycle import AWAITED, REQUEST, RequestState
from mamori.rooms.display.models import Display, ItemRequest
from mamori.rooms.display.queries import situation
from mamori.rooms.display.requests import queries
from mamori.rooms.display.requests.queries import NoSuchRequest
from mamori.rooms.display.requests.rules import held
from mamori.rooms.display.rules.standing import of_request

REQUESTS = Limit(name="display-requests", most=20, per=timedelta(days=1))
"""So many may one buyer ask for in a day: enough to choose a shop by, too few to gather addresses."""


class AskedTooOften(people.TooMany, code="asked-too-often", status=429):
    """Given when a buyer asks more shops in a day than anybody compares."""

    text = Text(
        "きょうの請求の上限（{most}件）に達しました。あすまたお尋ねください。取引でお困りのときは、相談窓口へお知らせください。",
        "You have asked {most} times today, which is the most. Please ask again tomorrow; if an order went wrong, tell us.",
    )


class NothingToAsk(Refusal, code="nothing-to-ask", status=409):
    """Given when none of what is asked for is left out of the display, or all of it is awaited already."""

    text = Text(
        "請求できる事項がありません。表示に出ているか、すでに請求なさっています。",
        "There is nothing to ask for: it stands in the display, or you have asked already.",
    )


class ReferredBefore(Refusal, code="referred-before", status=409):
    """Given when a request is referred to the marketplace once more, which has decided on it."""

    text = Text(
        "この請求は一度確かめ、知らせるようにお願いしました。お答えください。",
        "This request was looked at once, and you were asked to answer it. Please do.",
    )


class AnswerEachItem(Refusal, code="answer-each-item", status=422):
    """Given when an answer leaves out an item that was asked for, or names another."""

    text = Text(
        "請求された事項のそれぞれに、お書きください：{items}",
        "Please write something under each item that was asked for: {items}",
    )


def about_request(number: int) -> str:
    """Return the name under which acts and clocks know a request."""
    return f"display.request:{number}"


def ask_items(actor: Actor, *, seller_ref: str, items: Collection[DisplayItem]) -> int:
    """Ask for items that a seller's display leaves out, and return the request's number; what is held is given at once."""
    can, buyer_ref = queries.askable(seller_ref), actor.whose.removeprefix("buyer:")
    if can is None:
        raise NothingToAsk
    try:
        people.count_exactly(REQUESTS, actor.whose, at=actor.at)
    except people.TooMany as refusal:
        raise AskedTooOften(most=REQUESTS.most, wait=refusal.wait) from None
    with memory.act():
        Display.objects.select_for_update().filter(pk=seller_ref).first()  # one at a time asks of a seller
        now, seller = can.shown, can.shown.seller
        not_again = queries.not_asked_again(buyer_ref, seller_ref, number=now.number)
        asked = [one for one in can.items if one in items and one not in not_again]
        if not asked:
            raise NothingToAsk
        known = held(
            asked,
            now.told.place,
            offered=now.told.on_request,
            registered=queries.registered(seller),
            given=queries.given_before(seller_ref, number=now.number),
            is_protected=seller.contact.protected,
            doubted=queries.doubted(seller_ref),
        )
        row = ItemRequest.objects.create(
            seller_ref=seller_ref,
            buyer_ref=buyer_ref,
            number=now.number,
            items=asked,
            awaited=[one for one in asked if one not in known],
            asked_at=actor.at,
            begun_at=actor.at,
        )
        with entered(actor, REQUESTED, row) as act:
            _keep(act, known)
            if known:
                _notify_seller(act, notices.GIVEN, items=named(known))
            if row.awaited:
                _notify_seller(act, notices.REQUESTED, items=named(row.awaited), due=_due(row))
            else:
                _end(act, "give")
            act.record("request", given=list(known))
    return row.pk


def answer_request(actor: Actor, *, request: int, answers: Mapping[DisplayItem, str]) -> None:
    """Give a buyer what it asked for; what was given stays readable to it."""
    with perform(actor, REQUESTED, request) as act:
        _end(act, "answer")
        awaited = [DisplayItem(one) for one in act.matter.awaited]
        words = {item: said.strip() for item, said in answers.items() if said.strip()}
        if set(words) != set(awaited):
            raise AnswerEachItem(items=named(awaited))
        _keep(act, queries.opened(act.matter) | words)
        act.matter.awaited = []
        act.save("awaited")
        _notify_buyer(act, notices.ANSWERED, awaited)
        act.record("answer_request")


def refer_request(actor: Actor, *, request: int, reason: WhyNotGiven) -> None:
    """Ask the marketplace, once, to look whether a buyer has to be given this; the seller's time stops."""
    with perform(actor, REQUESTED, request) as act:
        if act.matter.reason is not None:
            raise ReferredBefore
        act.step("refer")
        act.matter.reason = _sealed(act, "reason", reason.encode())
        act.save("reason")
        act.record("refer_request")


def insist_request(actor: Actor, *, request: int, reason: WhyRequired) -> None:
    """Ask a seller to give it after all; its time begins anew."""
    with perform(actor, REQUESTED, request) as act:
        act.step("insist")
        act.matter.begun_at = actor.at
        act.save("begun_at")
        _notify_seller(act, notices.INSISTED, items=named(act.matter.awaited), due=_due(act.matter))
        act.record("insist_request", reason=reason)


def excuse_request(actor: Actor, *, request: int, reason: WhyExcused) -> None:
    """Let a seller not give it, for a reason that is kept, and tell both."""
    with perform(actor, REQUESTED, request) as act:
        _end(act, "excuse")
        _notify_buyer(act, notices.EXCUSED, act.matter.awaited)
        _notify_seller(act, notices.NEED_NOT_GIVE, items=named(act.matter.awaited))
        act.record("excuse_request", reason=reason)


def miss_request(actor: Actor, *, request: int) -> None:
    """Note that a seller did not answer in time, and tell both and the rooms above; it can still answer."""
    with perform(actor, REQUESTED, request) as act:
        one = act.matter
        if one.state != RequestState.ASKED:
            return
        act.step("miss")
        _notify_seller(act, notices.REQUEST_MISSED, items=named(one.awaited))
        _notify_buyer(act, notices.ANSWER_MISSED, one.awaited)
        event = RequestMissed(
            subject=about_request(one.pk),
            seller_ref=one.seller_ref,
            version=one.number,
            items=tuple(one.awaited),
            since=one.asked_at,
        )
        act.record("miss_request", event)


def follow_requests(actor: Actor, *, seller_ref: str) -> None:
    """Give those who wait what is shown by now; of whom no display is asked any more, nothing is asked for."""
    numbers = queries.waiting(seller_ref)
    now = situation.shown_now(seller_ref) if numbers else None
    if numbers and now is None:
        close_requests(actor, seller_ref=seller_ref)
        return
    for number in numbers:
        with perform(actor, REQUESTED, number) as act:
            _give_shown(act, now.told.said if now else {})


def _give_shown(act: Performance[ItemRequest], said: Mapping[DisplayItem, str]) -> None:
    found = {item: said[item] for item in map(DisplayItem, act.matter.awaited) if item in said}
    if not found:
        return
    _keep(act, queries.opened(act.matter) | found)
    act.matter.awaited = [one for one in act.matter.awaited if one not in found]
    act.save("awaited")
    if not act.matter.awaited:
        _end(act, "show")
    _notify_buyer(act, notices.ANSWERED, found)
    act.record("show_request", given=list(found))


def close_requests(actor: Actor, *, seller_ref: str = "", buyer_ref: str = "") -> None:
    """End the requests of a buyer, or to a seller, who is gone."""
    whose = {"seller_ref": seller_ref} if seller_ref else {"buyer_ref": buyer_ref}
    rows = ItemRequest.objects.filter(**whose, state__in=AWAITED)
    for number in rows.values_list("pk", flat=True).order_by("pk"):
        with perform(actor, REQUESTED, number) as act:
            _end(act, "close")
            act.record("close_request")


def _end(act: Performance[ItemRequest], step: str) -> None:
    act.step(step)
    act.matter.closed_at = act.actor.at
    act.save("closed_at")


def _keep(act: Performance[ItemRequest], words: Mapping[DisplayItem, str]) -> None:
    """Keep what was given, sealed."""
    if words:
        act.matter.given = _sealed(act, "given", msgspec.json.encode(words, order="sorted"))
        act.save("given")


def _sealed(act: Performance[ItemRequest], column: str, plain: bytes) -> bytes:
    place = queries.place_of(act.matter.pk, column)
    return sealing.seal(subject=f"seller:{act.matter.seller_ref}", place=place, plain=plain)


def _due(row: ItemRequest) -> Text:
    due = queries.due_of(row)
    assert due is not None
    return spoken(due)


def _notify_seller(act: Performance[ItemRequest], template: Template, **values: Any) -> None:
    _notify(act, f"seller:{act.matter.seller_ref}", template, values)


def _notify_buyer(act: Performance[ItemRequest], template: Template, items: Iterable[str]) -> None:
    shop = market.shop_names([act.matter.seller_ref]).get(act.matter.seller_ref, "")
    values = {"shop": shop or act.matter.seller_ref, "items": named(items)}
    _notify(act, f"buyer:{act.matter.buyer_ref}", template, values)


def _notify(act: Performance[ItemRequest], to: str, template: Template, values: Mapping[str, Any]) -> None:
    outbox.notify(
        to=to, template=template, values=values, about=about_request(act.matter.pk), at=act.actor.at
    )


def _record(act: Performance[ItemRequest], verb: str, *events: Event, **told: Any) -> int:
    row = act.matter
    payload = {"state": row.state, "items": row.items, "awaited": row.awaited, **told}
    return keep_act(act, verb, events, about=about_request(row.pk), payload=payload)


def _settle(act: Performance[ItemRequest]) -> None:
    settle_rows([act.matter], lambda one: about_request(one.pk), of_request, at=act.actor.at, why=act.verb)


def _find(actor: Actor, number: int, version: int | None) -> ItemRequest:
    del version
    row = ItemRequest.objects.select_for_update().filter(pk=number).first()
    if row is None or not queries.may_see(actor, row):
        raise NoSuchRequest
    return row


REQUESTED: MatterKind[ItemRequest, int] = MatterKind(
    chart=REQUEST,
    find=_find,
    case=lambda one: about_request(one.pk),
    record=_record,
    settle=_settle,
)
