"""The kind of matter of a doubt whether a private account is a business: found locked, as seen; recorded and settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.seal import actions as sealing
from mamori.japan.spoken import spoken
from mamori.rooms.display.actions.matter import NoSuchShop, keep_act
from mamori.rooms.display.lifecycle import DOUBT
from mamori.rooms.display.models import BusinessDoubt, DoubtEntry
from mamori.rooms.display.queries.hidden import CONCLUSIONS, about_doubt, place_of
from mamori.rooms.display.rules.hidden.standing import EntryKind, of_doubt

SOMETHING = Text("出品者の答え、または担当者の判断", "an answer or a decision")


def keep_entry(
    act: Performance[BusinessDoubt],
    verb: str,
    what: EntryKind,
    words: str,
    *events: Event,
    choice: str = "",
    since: datetime | None = None,
) -> None:
    """Record what was said or decided, and keep its words sealed with the seller's key, bound to the act."""
    doubt, hand = act.matter, act.hand
    told = {"since": since.isoformat()} if since else {}
    number = act.record(verb, *events, choice=choice, **told)
    sealed = sealing.seal(subject=f"seller:{doubt.seller_ref}", place=place_of(number), plain=words.encode())
    DoubtEntry.objects.create(
        seller_ref=doubt.seller_ref,
        what=what.value,
        choice=choice,
        since=since,
        sealed=sealed,
        by=hand.role.value,
        act=number,
        at=hand.at,
    )
    memory.forget(CONCLUSIONS)
    doubt.entries += 1
    act.save("entries")


def settle_doubts(doubts: Iterable[BusinessDoubt], *, at: datetime, why: str) -> None:
    """Let stand about doubts what should."""
    settlement.settle({about_doubt(one.seller_ref): tuple(of_doubt(one)) for one in doubts}, at=at, why=why)


def _record(act: Performance[BusinessDoubt], verb: str, *events: Event, **told: Any) -> int:
    doubt = act.matter
    payload = {"state": doubt.state, "score": doubt.score, "signs": doubt.signs, **told}
    return keep_act(act, verb, events, about=about_doubt(doubt.seller_ref), payload=payload)


def _settle(act: Performance[BusinessDoubt]) -> None:
    settle_doubts([act.matter], at=act.hand.at, why=act.verb)


def _find(hand: Hand, seller_ref: str, version: int | None) -> BusinessDoubt:
    """Return the doubt about an account, locked; `version` is how many entries its form showed."""
    doubt = None
    if hand.role is Role.MACHINE or hand.is_staff or hand.is_sellers(seller_ref):
        doubt = BusinessDoubt.objects.select_for_update().filter(pk=seller_ref).first()
    if doubt is None:
        raise NoSuchShop
    if version is not None and version != doubt.entries:
        last = DoubtEntry.objects.filter(seller_ref=seller_ref).order_by("id").last()
        raise ChangedMeanwhile(what=SOMETHING, when=spoken(last.at if last else doubt.flagged_at))
    return doubt


DOUBTS: Kind[BusinessDoubt, str] = Kind(
    chart=DOUBT,
    find=_find,
    case=lambda one: about_doubt(one.seller_ref),
    record=_record,
    settle=_settle,
)
