"""The kinds of matter of this room, payouts and accounts: settled together, however many an act touches, with their cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mamori.grammar.event import Event
from mamori.ground.cases import actions as cases
from mamori.ground.cases import facts as case_facts
from mamori.ground.declared.casekinds import Lead
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.standing import Stands, asks, runs
from mamori.ground.outbox import actions as outbox
from mamori.rooms.payouts import objections, records
from mamori.rooms.payouts.access import the_account, the_payout
from mamori.rooms.payouts.lifecycle import ACCOUNT, PAYOUT
from mamori.rooms.payouts.models import Account, Payout
from mamori.rooms.payouts.rules import standing


def should(thing: Payout | Account, objected: Mapping[int, datetime]) -> Iterable[Stands]:
    """Return what should stand about a thing; `objected` are the payouts to which an objection is open, with since when."""
    if isinstance(thing, Payout):
        return standing.of_payout(thing, objected_at=objected.get(thing.pk))
    return standing.of_account(thing)


def settle(
    things: Sequence[Payout | Account],
    *,
    at: datetime,
    why: str,
    news: str | None = None,
    new: Collection[str] = (),
) -> None:
    """Let stand about things whose payees are locked what should, and bring their cases up to date.

    The clocks of all are read and written in one look each, and the objections to money that waits are read in one; about
    those that are `new` nothing is looked for.  The cases show `news`, "" for nothing, or where it is None what is asked for.
    """
    old = [one for one in things if isinstance(one, Payout) and records.about(one) not in new]
    objected = objections.open_since([one for one in old if one.waiting_since is not None])
    stands = {records.about(one): tuple(should(one, objected)) for one in things}
    settled = settlement.settle(stands, at=at, why=why, new=new)
    case_facts.carry(stands, new=new)
    for thing in things:
        name = records.about(thing)
        attention = next((one.what for one in asks(stands[name])), "") if news is None else news
        is_over = not any(one.again for one in runs(stands[name]))
        show(thing, at, attention=attention, lead=settled.lead([name]), is_over=is_over)


def show(thing: Payout | Account, at: datetime, *, attention: str, lead: Lead | None, is_over: bool) -> None:
    """Bring the case up to date: it is open as long as somebody is reminded.  What never had one and is over gets none."""
    name = records.about(thing)
    if is_over and not case_facts.is_entered(name):
        return
    records.enter(thing, at)
    cases.update(
        about=name,
        state=thing.state,
        lead=None if is_over else lead,
        closed_at=at if is_over else None,
        attention=None if is_over else attention or None,
        asks=(attention,) if attention and not is_over else (),
    )


def _record(act: Performance[Any], verb: str, *events: Event, **told: Any) -> int:
    number = records.record(act.hand, act.matter, verb, **told)
    for event in events:
        outbox.publish(event, at=act.hand.at)
    return number


def _settle(act: Performance[Any]) -> None:
    """Settle one thing; where nothing was recorded its case shows what it showed."""
    news, name = act.news, records.about(act.matter)
    if news is None and not act.verb and case_facts.is_entered(name):
        news = case_facts.case_of(name).attention or ""
    settle([act.matter], at=act.hand.at, why=act.verb, news=news)


PAYOUTS: Kind[Payout, str] = Kind(
    chart=PAYOUT,
    find=lambda hand, ref, _version: the_payout(hand, ref),
    case=records.about,
    record=_record,
    settle=_settle,
)
ACCOUNTS: Kind[Account, int] = Kind(
    chart=ACCOUNT,
    find=lambda hand, number, _version: the_account(hand, number),
    case=records.about,
    record=_record,
    settle=_settle,
)
