"""All buyers of some listings are warned, each once: begun, widened, told in turns, answered, told once more, called, ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Min

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.post import facts as post
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.japan import written
from mamori.law.alerts import ALERT_REMINDER
from mamori.rooms.contact.alerts import notices
from mamori.rooms.contact.alerts.acts import BY_STAFF, CALLS, Heard, HowEnds, WhatCame, WhyAgain, WhyEnds
from mamori.rooms.contact.alerts.events import AlertAnswered, AlertGoesOn, AlertRemindsOn
from mamori.rooms.contact.alerts.lifecycle import (
    ALERT,
    ALERTED,
    LIVE,
    LOOKING,
    AlertedState,
    AlertOutcome as AlertOutcome,
    AlertState,
    BuyerAnswer,
)
from mamori.rooms.contact.alerts.rules import Danger as Danger, end_of_day, listed, of_alert
from mamori.rooms.contact.models import Alert, AlertedBuyer, AlertedGoods, AlertListing, Trouble
from mamori.rooms.contact.models.alerts import TO_CLEAR, TO_REMIND

AT_ONCE = 100
"""So many buyers are told in one turn, so that the writer's place is free in between."""
LOOKED_AT_ONCE = 2_000
"""So many orders are looked through in one turn at most."""

# The two kinds of matter: an alert, and one buyer whom it told; each found locked, recorded, its clocks settled.


class NoSuchAlert(Refusal, code="no-such-alert", status=404):
    """Given when there is no such warning for this actor."""

    text = Text(
        "このお知らせは見つかりません。番号をご確認ください。",
        "There is no such warning. Please check its number.",
    )


class NoSuchListings(Refusal, code="alert-without-listings", status=422):
    """Given when buyers are to be warned of listings of which none is known."""

    text = Text(
        "知らせる商品が一つも見つかりません。商品の参照をご確認ください。だれにも知らせていません。",
        "None of these listings is known. Please check their references; nobody was told.",
    )


def about(alert: int) -> str:
    """Return the name under which acts, clocks and notices know an alert."""
    return f"contact.alert:{alert}"


def about_alerted(alerted: int) -> str:
    """Return the name under which acts know what an alert is to one buyer."""
    return f"contact.alerted:{alerted}"


def place_of(alerted: int) -> seals.Place:
    """Return where the note of a call lies sealed."""
    return seals.Place("contact_alertedbuyer", alerted, "note")


def _goes_on(one: Alert) -> AlertGoesOn:
    return AlertGoesOn(subject=about(one.pk), alert=one.pk, turn=one.turn)


def _record(act: Performance[Alert], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    one = act.matter
    if f"contact.{verb}" in BY_STAFF:
        one.version += 1
        act.save("version")
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record(
        act.actor,
        kind=f"contact.{verb}",
        subject=ledger.MARKET,
        about=about(one.pk),
        reason=reason,
        payload={"about": one.about, "state": one.state, **told},
    )


def _find(actor: Actor, number: int, version: int | None) -> Alert:
    if not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchAlert
    row = Alert.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise NoSuchAlert
    if version is not None and version != row.version:
        raise changed(about(number), BY_STAFF)
    return row


def _settle(act: Performance[Alert]) -> None:
    settlement.settle({about(act.matter.pk): tuple(of_alert(act.matter))}, at=act.actor.at, why=act.verb)


ALERTS: MatterKind[Alert, int] = MatterKind(
    chart=ALERT, find=_find, case=lambda one: about(one.pk), record=_record, settle=_settle
)


def _find_alerted(actor: Actor, number: int, version: int | None) -> AlertedBuyer:
    rows = AlertedBuyer.objects.select_related("alert").select_for_update(of=("self",))
    row = rows.filter(pk=number).first()
    if row is None or not (
        actor.is_staff or actor.role is Role.MACHINE or (actor.role, actor.by) == (Role.BUYER, _buyer(row))
    ):
        raise NoSuchAlert
    if version is not None and version != row.calls:
        raise changed(about_alerted(number), CALLS)
    return row


def _record_alerted(act: Performance[AlertedBuyer], verb: str, *events: Event, **told: Any) -> int:
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record_all(act.actor, [_done(verb, act.matter, **told)])[0]


ALERTED_BUYERS: MatterKind[AlertedBuyer, int] = MatterKind(
    chart=ALERTED,
    find=_find_alerted,
    case=lambda one: about_alerted(one.pk),
    record=_record_alerted,
    settle=lambda act: None,
)


def _buyer(row: AlertedBuyer) -> str:
    return f"buyer:{row.buyer_ref}"


def _done(verb: str, row: AlertedBuyer, **told: Any) -> ledger.Done:
    payload = {"alert": row.alert_id, **told}
    return ledger.Done(
        kind=f"contact.{verb}", subject=_buyer(row), about=about_alerted(row.pk), payload=payload
    )


# What the room above does: begins an alert, adds listings, tells once more, ends it.


def alert_buyers(
    actor: Actor, *, about: str, listings: Collection[str], danger: Danger, ask_to_keep: bool
) -> int:
    """Warn all who bought any of these listings, and who will until it is ended; return the alert's number.

    Begun again about the same matter it is the same alert, as it stands.
    """
    if not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchAlert
    for words in (danger.goods, danger.what, danger.next):
        written.checked(words.ja), written.checked(words.en)
    known = sorted(market.listings(listings))
    with memory.act():
        if number := Alert.objects.filter(about=about).values_list("pk", flat=True).first():
            return number
        if not known:
            raise NoSuchListings
        one = Alert.objects.create(about=about, words=danger.row, keep=ask_to_keep, opened_at=actor.at)
        _add(one, known, actor)
        with entered(actor, ALERTS, one) as act:
            act.record("alert_open", _goes_on(one), listings=known)
    return one.pk


def widen(actor: Actor, alert: int, listings: Collection[str]) -> int:
    """Warn the buyers of more listings as well; return how many of them are new to it, for which orders are gone through anew."""
    with perform(actor, ALERTS, alert) as act:
        act.step("look")
        there = set(act.matter.listings.values_list("listing_ref", flat=True))
        new = sorted(market.listings(listings).keys() - there)
        if not new:
            raise NoSuchListings
        _add(act.matter, new, actor)
        _begin_turn(act, "alert_widen", listings=new)
    return len(new)


def look_again(actor: Actor, *, alert: int) -> None:
    """Go through the orders again, for those that came since."""
    with perform(actor, ALERTS, alert) as act:
        if act.matter.state == AlertState.STANDING:
            act.step("look")
            _begin_turn(act, "alert_look")


def remind(actor: Actor, *, alert: int, reason: WhyAgain = "", version: int | None = None) -> None:
    """Tell those once more who have not answered: upon the clock whoever's time has come, for staff everybody."""
    with perform(actor, ALERTS, alert, version=version) as act:
        one = act.matter
        if one.state not in LIVE or one.remind_since is None:
            return
        if actor.is_staff:
            one.remind_upto = actor.at
            act.record("alert_remind", reason=reason)
        elif settlement.due(Runs(ALERT_REMINDER, since=one.remind_since)) <= actor.at:
            one.remind_upto = min(end_of_day(one.remind_since), actor.at)
        else:
            return
        one.remind_since = None
        act.save("remind_upto", "remind_since")
        outbox.publish(AlertRemindsOn(subject=about(one.pk), alert=one.pk), at=actor.at)


def end_alert(
    actor: Actor, alert: int, *, outcome: HowEnds, reason: WhyEnds, version: int | None = None
) -> None:
    """End it: with no danger after all everybody who was told hears so; when it is done, orders are looked through once more."""
    reason = written.reasoned(reason)
    with perform(actor, ALERTS, alert, version=version) as act:
        is_safe = outcome is AlertOutcome.SAFE
        act.step("clear" if is_safe else "end")
        _begin_turn(act, "alert_clear" if is_safe else "alert_end", reason=reason)


def _add(one: Alert, listings: Iterable[str], actor: Actor) -> None:
    AlertListing.objects.bulk_create(
        AlertListing(alert=one, listing_ref=ref, added_at=actor.at) for ref in listings
    )


def _begin_turn(act: Performance[Alert], verb: str, **told: Any) -> None:
    """Begin with the first order, whatever turn is under way: what that told is passed over."""
    one = act.matter
    one.reached, one.turn = [], one.turn + 1
    act.save("reached", "turn")
    act.record(verb, _goes_on(one), **told)


# An alert goes through the orders, some in each turn, and tells whoever bought: rows, notices and acts stand or fall together.


def go_on(actor: Actor, *, alert: int, turn: int) -> None:
    """Tell the next buyers; what was done already, or is asked twice, is not done again."""
    with perform(actor, ALERTS, alert) as act:
        if act.matter.turn != turn:
            return
        if act.matter.state in LOOKING:
            _tell_next(act)
        elif act.matter.state == AlertState.CLEARING:
            _clear_next(act)


def _tell_next(act: Performance[Alert]) -> None:
    one = act.matter
    refs = one.listings.values_list("listing_ref", flat=True)
    found, reached = market.bought(tuple(refs), after=one.reached, look=LOOKED_AT_ONCE, most=AT_ONCE)
    told = _tell(act, found)
    one.reached, one.turn = list(reached or ()), one.turn + 1
    act.save("reached", "turn")
    if reached:
        outbox.publish(_goes_on(one), at=act.actor.at)
    elif one.state == AlertState.ENDING:
        _close(act, "finish")
    else:
        act.step("stand")
        one.looked_at = act.actor.at
        act.save("looked_at")
    if told or not reached:
        act.record("alert_go_on", told=told)


def _tell(act: Performance[Alert], found: Iterable[market.Purchase]) -> int:
    """Tell these buyers what they were not told of yet; return how many were told."""
    one, at = act.matter, act.actor.at
    bought: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        bought[each.buyer_ref][each.listing_ref].append(each.order_ref)
    for subject in seals.erased([f"buyer:{ref}" for ref in bought]):
        del bought[subject.partition(":")[2]]
    rows = {row.buyer_ref: row for row in one.alerted.filter(buyer_ref__in=bought)}
    new = [ref for ref in bought if ref not in rows]
    ways = post.warned_by(new, at)
    made = AlertedBuyer.objects.bulk_create(
        AlertedBuyer(alert=one, buyer_ref=ref, way=ways[ref], told_at=at) for ref in new
    )
    rows |= {row.buyer_ref: row for row in made}
    fresh = _keep_goods([(rows[ref], goods) for ref, goods in bought.items()], act)
    names = {ref: known.name for ref, known in market.listings({ref for _, ref in fresh}).items()}
    told = defaultdict[str, list[str]](list)
    for buyer_ref, listing_ref in fresh:
        told[buyer_ref].append(names[listing_ref])
    for ref, goods in told.items():
        template = notices.WARNED if ref in ways else notices.WARNED_MORE
        _notify(one, rows[ref], template, act.actor, names=listed(goods))
    ledger.record_all(
        act.actor,
        [_done("alert_tell" if ref in ways else "alert_tell_more", rows[ref]) for ref in told],
    )
    if made:
        one.remind_since = min(one.remind_since or at, at)
        act.save("remind_since")
    return len(told)


def _keep_goods(
    bought: Sequence[tuple[AlertedBuyer, Mapping[str, list[str]]]], act: Performance[Alert]
) -> list[tuple[str, str]]:
    """Keep by which orders these buyers have which goods; return the buyers and listings that are new, in their order."""
    known = {
        (one.buyer_id, one.listing_ref): one
        for one in AlertedGoods.objects.filter(buyer__in=[row.pk for row, _ in bought])
    }
    new, fresh = list[AlertedGoods](), list[tuple[str, str]]()
    for row, goods in bought:
        for listing_ref, orders in goods.items():
            if (kept := known.get((row.pk, listing_ref))) is None:
                new.append(
                    AlertedGoods(buyer=row, listing_ref=listing_ref, orders=orders, told_at=act.actor.at)
                )
                fresh.append((row.buyer_ref, listing_ref))
            elif more := [ref for ref in orders if ref not in kept.orders]:
                kept.orders = [*kept.orders, *more]
                kept.save(update_fields=("orders",))
    AlertedGoods.objects.bulk_create(new)
    return fresh


def _notify(one: Alert, row: AlertedBuyer, template: Template, actor: Actor, **more: str) -> None:
    danger = one.danger
    values: dict[str, object] = {
        "stop": notices.STOP_AND_KEEP if one.keep else notices.STOP,
        "goods": danger.goods,
        "what": danger.what,
        "next": danger.next,
        "number": str(one.pk),
    }
    outbox.notify(to=_buyer(row), template=template, values=values | more, about=about(one.pk), at=actor.at)


def _clear_next(act: Performance[Alert]) -> None:
    """Tell the next of those who were told that there is no danger after all."""
    one = act.matter
    rows = list(one.alerted.filter(TO_CLEAR).order_by("pk")[:AT_ONCE])
    _tell_all(act, rows, notices.CLEARED, "alert_cleared", cleared_at=act.actor.at)
    one.turn += 1
    act.save("turn")
    if len(rows) == AT_ONCE:
        outbox.publish(_goes_on(one), at=act.actor.at)
    else:
        _close(act, "have_cleared")
    act.record("alert_go_on", told=len(rows))


def remind_next(actor: Actor, *, alert: int) -> None:
    """Tell the next of those once more who have not answered; who has no way to be written to is to be called anyway."""
    with perform(actor, ALERTS, alert) as act:
        one = act.matter
        if one.state not in LIVE or one.remind_upto is None:
            return
        waiting = one.alerted.filter(TO_REMIND)
        turn = waiting.select_for_update().filter(told_at__lte=one.remind_upto).order_by("told_at", "id")
        rows = list(turn[:AT_ONCE])
        _tell_all(act, rows, notices.REMINDED, "alert_again", reminded_at=actor.at)
        if len(rows) == AT_ONCE:
            outbox.publish(AlertRemindsOn(subject=about(one.pk), alert=one.pk), at=actor.at)
        else:
            one.remind_upto, one.remind_since = None, waiting.aggregate(next=Min("told_at"))["next"]
            act.save("remind_upto", "remind_since")
        act.record("alert_call_to_mind", told=len(rows))


def _tell_all(
    act: Performance[Alert], rows: Sequence[AlertedBuyer], template: Template, verb: str, **noted: Any
) -> None:
    for row in rows:
        _notify(act.matter, row, template, act.actor)
    AlertedBuyer.objects.filter(pk__in=[row.pk for row in rows]).update(**noted)
    ledger.record_all(act.actor, [_done(verb, row) for row in rows])


def _close(act: Performance[Alert], step: str) -> None:
    act.step(step)
    act.matter.closed_at = act.actor.at
    act.save("closed_at")


# What a buyer answers, on the page or on the telephone; what staff note of a call; a trouble about one of the orders; erasing.


def _answer(actor: Actor, alerted: int, answer: BuyerAnswer) -> None:
    with perform(actor, ALERTED_BUYERS, alerted) as act:
        if actor.role is not Role.BUYER:
            raise NoSuchAlert
        act.step("read" if answer is BuyerAnswer.READ else "answer")
        _note(act, answer)


def _note(act: Performance[AlertedBuyer], answer: BuyerAnswer) -> None:
    """Note what a buyer says, each thing since it was said first, and tell the room above."""
    row, at = act.matter, act.actor.at
    row.opened_at = row.opened_at or at
    act.save("opened_at")
    if answer is not BuyerAnswer.READ:
        field = f"{answer.value}_at"
        setattr(row, field, getattr(row, field) or at)
        act.save(field)
    orders = [ref for goods in row.goods.order_by("pk") for ref in goods.orders]
    told = AlertAnswered(
        subject=about(row.alert_id),
        alert=row.alert_id,
        about=row.alert.about,
        buyer_ref=row.buyer_ref,
        orders=tuple(orders),
        answer=answer.value,
        hurt=answer is BuyerAnswer.HURT,
    )
    act.record(f"alert_{answer.value}", told)


def say_read(actor: Actor, *, alerted: int) -> None:
    """Say that the warning was read, and no more yet."""
    _answer(actor, alerted, BuyerAnswer.READ)


def say_stopped(actor: Actor, *, alerted: int) -> None:
    """Say that it is used no more."""
    _answer(actor, alerted, BuyerAnswer.STOPPED)


def say_hurt(actor: Actor, *, alerted: int) -> None:
    """Say that somebody was hurt or it burnt; what happened is reported as a trouble, to which the page leads next."""
    _answer(actor, alerted, BuyerAnswer.HURT)


def say_gone(actor: Actor, *, alerted: int) -> None:
    """Say that it was given away or thrown away."""
    _answer(actor, alerted, BuyerAnswer.GONE)


def see_number(actor: Actor, *, alerted: int) -> None:
    """Record that somebody looks up the telephone number of a buyer who is to be called, to whom it is shown for a while."""
    with perform(actor, ALERTED_BUYERS, alerted) as act:
        if not actor.is_staff:
            raise NoSuchAlert
        act.record("alert_see")


def note_call(
    actor: Actor, *, alerted: int, outcome: WhatCame, note: Heard, version: int | None = None
) -> None:
    """Note what came of a call to a buyer who was reached by nothing else; what was heard counts as the buyer's answer."""
    note = written.checked(note)
    with perform(actor, ALERTED_BUYERS, alerted, version=version) as act:
        if not actor.is_staff:
            raise NoSuchAlert
        row = act.matter
        act.step("hear" if outcome.answer else "miss")
        row.calls, row.called_at, row.outcome = row.calls + 1, actor.at, outcome.value
        row.note = sealing.seal(subject=_buyer(row), place=place_of(row.pk), plain=note.encode())
        act.save("calls", "called_at", "outcome", "note")
        if outcome.answer:
            _note(act, outcome.answer)
        act.record("alert_hear" if outcome.answer else "alert_miss", outcome=outcome.value)


def note_trouble(actor: Actor, *, trouble: int) -> None:
    """Note that a buyer who was warned has reported a trouble about one of the orders: a return, a refund, or what happened."""
    thread = Trouble.objects.select_related("thread").get(pk=trouble).thread
    goods = AlertedGoods.objects.filter(buyer__buyer_ref=thread.buyer_ref, buyer__trouble=None)
    found = goods.exclude(buyer__state=AlertedState.ERASED).order_by("pk")
    for number in dict.fromkeys(one.buyer_id for one in found if thread.order_ref in one.orders):
        with perform(actor, ALERTED_BUYERS, number) as act:
            act.step("answer")
            act.matter.trouble_id, act.matter.opened_at = trouble, act.matter.opened_at or actor.at
            act.save("trouble", "opened_at")
            act.record("alert_trouble", trouble=trouble)


def forget_alerted(actor: Actor, subject: str, limit: int) -> int:
    """Wait no more for a buyer whose key is destroyed; return for how many warnings that was, so many at most."""
    side, _, ref = subject.partition(":")
    rows = AlertedBuyer.objects.filter(buyer_ref=ref, closed_at=None) if side == "buyer" else None
    numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:limit]) if rows is not None else []
    for number in numbers:
        with perform(actor, ALERTED_BUYERS, number) as act:
            act.step("erase")
            act.matter.closed_at, act.matter.note = actor.at, None
            act.save("closed_at", "note")
    return len(numbers)
