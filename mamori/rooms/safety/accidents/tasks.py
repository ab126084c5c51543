"""What is heard of injury and fire elsewhere joins an accident; the clock of one that is open; and what is over goes."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.ground.market import facts as market
from mamori.law.accidents import ACCIDENT_NEXT, AccidentSource, Hurt
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.alerts import facts as alerts
from mamori.rooms.contact.alerts.events import AlertAnswered
from mamori.rooms.contact.events import HarmChanged, QuestionOfDanger, TroubleOpened
from mamori.rooms.safety.accidents import actions


def trouble_opened(event: TroubleOpened, at: datetime) -> None:
    """Hear that a trouble was opened: one that tells of injury or fire joins an accident."""
    _join_trouble(event.trouble, at)


def harm_changed(event: HarmChanged, at: datetime) -> None:
    """Hear that a trouble was raised or lowered: what is a danger now joins an accident, and nothing leaves one."""
    _join_trouble(event.trouble, at)


def _join_trouble(trouble: int, at: datetime) -> None:
    """Join a trouble in danger; where its order holds several goods nobody knows which, and it stays where it is."""
    fact = contact.trouble(trouble)
    if fact is None or fact.harm != "danger":
        return
    thread, order = contact.thread(fact.thread), market.order(fact.order_ref)
    goods = sorted({item.listing for item in order.items}) if order else []
    listing = (thread.listing_ref if thread else "") or (goods[0] if len(goods) == 1 else "")
    name = f"contact.trouble:{trouble}"
    actions.join(
        _machine(at), source=AccidentSource.TROUBLE, about_report=name, listing=listing, case=fact.case
    )


def question_of_danger(event: QuestionOfDanger, at: datetime) -> None:
    """Hear that a question before a purchase tells of injury or fire."""
    thread = contact.thread(event.thread)
    if thread is not None:
        name = f"contact.thread:{thread.id}"
        actions.join(
            _machine(at),
            source=AccidentSource.QUESTION,
            about_report=name,
            listing=thread.listing_ref,
            case=thread.case,
        )


def alert_answered(event: AlertAnswered, at: datetime) -> None:
    """Hear that a buyer who was warned says that somebody was hurt or it burnt: until it is looked into that counts as hurt.

    It is joined to the accident of what the buyer has of those goods, whatever the warning was about.
    """
    alert = alerts.alert(event.alert)
    if not event.hurt or alert is None:
        return
    bought = {item.listing for order in market.orders(event.orders).values() for item in order.items}
    for listing in sorted(bought & set(alert.listings)):
        actions.join(
            _machine(at),
            source=AccidentSource.ANSWER,
            about_report=f"contact.alert:{event.alert}",
            listing=listing,
            hurt=Hurt.MINOR,
            again=True,
        )


def accident_waits(fired: Fired) -> None:
    """Ring for an accident that is still open."""
    actions.remind_accident(fired.actor, accident=int(fired.about.rpartition(":")[2]))


def erase_accidents(actor: Actor, over: datetime, limit: int) -> int:
    """Erase the words of accidents whose time is over."""
    return actions.erase_accidents(actor, over=over, limit=limit)


def _machine(at: datetime) -> Actor:
    return Actor(by="machine:safety", role=Role.MACHINE, at=at, via="outbox")


RINGS = {ACCIDENT_NEXT.code: accident_waits}
