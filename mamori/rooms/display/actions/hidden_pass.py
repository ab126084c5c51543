"""Private accounts are counted through, a few at a time: whoever shows enough signs is listed for a person, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from mamori.grammar.hand import Hand
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.law.hidden import HIDDEN_ON, HIDDEN_REST
from mamori.rooms.display.actions.hidden import list_account
from mamori.rooms.display.events import HiddenGoesOn
from mamori.rooms.display.lifecycle import DoubtState
from mamori.rooms.display.models import BusinessDoubt
from mamori.rooms.display.rules.hidden.looking import DoubtListing, listing_of
from mamori.rooms.display.rules.hidden.signs import SignFound, score_of, signs_of
from mamori.rooms.display.rules.hidden.standing import of_pass

AT_ONCE = 100
"""So many accounts are counted through in one turn, so that the writer's place is free in between."""
ALL = "display.hidden:"
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def follow_hidden(hand: Hand) -> None:
    """Count all private accounts through now and every day from now on, or no more, as the operator says by now."""
    with memory.act():
        _settle(hand, since=hand.at)
        look_through(hand)


def begin_hidden(hand: Hand) -> int:
    """Begin to count private accounts where that is on and never began, as in a new house; return whether it did."""
    with memory.act():
        if clocks.newest((ALL,)) or not terms.setting(HIDDEN_ON, at=hand.at):
            return 0
        follow_hidden(hand)
        return 1


def count_today(hand: Hand) -> None:
    """Count all private accounts through: the day of the next pass has come."""
    with memory.act():
        _settle(hand, since=EVER)  # a day after the clock that has rung, whenever the first began
        look_through(hand)


def _settle(hand: Hand, *, since: datetime) -> None:
    is_on = terms.setting(HIDDEN_ON, at=hand.at)
    settlement.settle({ALL: tuple(of_pass(since=since, is_on=is_on))}, at=hand.at, why="follow_hidden")


def look_through(hand: Hand, *, after: str = "") -> None:
    """Count the next private accounts through, and go on after them."""
    with memory.act():
        if not terms.setting(HIDDEN_ON, at=hand.at):
            return
        sellers = market.selling(after=after, limit=AT_ONCE)
        _count(hand, sellers)
        if len(sellers) == AT_ONCE:
            outbox.publish(HiddenGoesOn(subject=ALL, after=sellers[-1]), at=hand.at)


def _count(hand: Hand, sellers: Sequence[str]) -> None:
    private = sorted(market.private_among(sellers))
    figures = market.activities(private, at=hand.at)
    rows = BusinessDoubt.objects.select_for_update().order_by("pk").filter(pk__in=private)
    known = {row.pk: row for row in rows}
    changed = []
    for seller_ref in private:
        signs, row = signs_of(figures[seller_ref]), known.get(seller_ref)
        match _listing(hand, row, score_of(signs)):
            case DoubtListing.LIST:
                list_account(hand, seller_ref=seller_ref, signs=signs)
            case DoubtListing.REFRESH if row is not None and _differs(row, signs):
                row.signs, row.score = [one.kept for one in signs], score_of(signs)
                changed.append(row)
    BusinessDoubt.objects.bulk_update(changed, ("signs", "score"))


def _listing(hand: Hand, row: BusinessDoubt | None, score: int) -> DoubtListing:
    if row is None:
        return listing_of(None, score, before=0, has_rested=False)
    rest = timedelta(days=terms.setting(HIDDEN_REST, at=hand.at))
    has_rested = row.looked_at is None or hand.at - row.looked_at >= rest
    return listing_of(DoubtState(row.state), score, before=row.score, has_rested=has_rested)


def _differs(row: BusinessDoubt, signs: Sequence[SignFound]) -> bool:
    return bool(row.signs != [one.kept for one in signs])
