"""Who has not said that it read what it was told is told once more, and only once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Min

from mamori.grammar.hand import Hand
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.law.outreach import CAMPAIGNS, OUTREACH_REMINDER
from mamori.rooms.display import facts as displays
from mamori.rooms.outreach.actions.matter import CAMPAIGNED, about, count_day, reminds_on
from mamori.rooms.outreach.actions.telling import AT_A_TIME, end_if_over, is_going, room_in_hour, told_act
from mamori.rooms.outreach.models import TO_REMIND, Campaign, SellerTold


def remind(hand: Hand, *, campaign: int) -> None:
    """Remind the next of those who were told in the turn whose time has come; where the hour is full, the rest comes later.

    Who was erased, is no business any more, has closed its account or was told the same again is passed over for good.
    """
    with perform(hand, CAMPAIGNED, campaign) as act:
        one, since = act.matter, act.matter.remind_since
        if not is_going(one) or since is None or one.rests_since is not None:
            return
        if due(Runs(OUTREACH_REMINDER, since=since)) > hand.at:
            return
        waiting = SellerTold.objects.filter(TO_REMIND, campaign=one)
        turn = waiting.select_for_update().filter(told_at__lte=since).order_by("told_at", "id")
        rows = list(turn[:AT_A_TIME])
        heeded = _heeded(act, [row.seller_ref for row in rows])
        passed = [row for row in rows if row.seller_ref not in heeded]
        wanted = [row for row in rows if row.seller_ref in heeded]
        now = wanted[: room_in_hour(act)]
        _remind(act, now)
        SellerTold.objects.filter(pk__in=[row.pk for row in passed]).update(passed_at=hand.at)
        if len(now) < len(wanted):
            one.rests_since = one.hour_at
        one.remind_since = waiting.aggregate(next=Min("told_at"))["next"]
        act.save("remind_since", "rests_since")
        is_more = one.remind_since is not None and one.remind_since <= since and one.rests_since is None
        act.record("call_to_mind", *(reminds_on(one) if is_more else ()), reminded=len(now))
        end_if_over(act)


def _heeded(act: Performance[Campaign], refs: Collection[str]) -> frozenset[str]:
    """Return those of them who are businesses with an open account, and were not told the same again."""
    standings = displays.standings(refs, act.hand.at)
    later = SellerTold.objects.filter(
        seller_ref__in=refs, campaign__code=act.matter.code, told_at__gt=act.matter.remind_since
    ).exclude(campaign=act.matter)
    again = set(later.values_list("seller_ref", flat=True))
    return frozenset(ref for ref in market.selling_among(refs) if standings.get(ref) and ref not in again)


def _remind(act: Performance[Campaign], rows: Sequence[SellerTold]) -> None:
    """Tell them once more: their rows, notices and acts stand or fall together."""
    if not rows:
        return
    one, at, template = act.matter, act.hand.at, CAMPAIGNS[act.matter.code].reminder
    for row in rows:
        outbox.tell(to=f"seller:{row.seller_ref}", template=template, values={}, about=about(one.pk), at=at)
    SellerTold.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    ledger.record_all(act.hand, [told_act("remind", one, row) for row in rows])
    count_day(one.pk, at, reminded=len(rows))
    one.hour_told += len(rows)
    act.save("hour_told")
