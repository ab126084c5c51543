"""Who has not said that it read what it was told is told once more, and only once."""

from __future__ import annotations

from django.db.models import Min

from mamori.grammar.hand import Hand
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.performance import perform
from mamori.ground.outbox import actions as outbox
from mamori.law.outreach import CAMPAIGNS
from mamori.rooms.display import facts as displays
from mamori.rooms.outreach.actions.matter import CAMPAIGNED, about, count_day
from mamori.rooms.outreach.actions.telling import end_if_over, told_act
from mamori.rooms.outreach.lifecycle import LIVE
from mamori.rooms.outreach.models import TO_REMIND, SellerTold


def remind(hand: Hand, *, campaign: int) -> None:
    """Remind those who were told in the turn whose time has come; the next turn's time follows.

    Who was erased or is no business any more is passed over.
    """
    with perform(hand, CAMPAIGNED, campaign) as act:
        one, since = act.matter, act.matter.remind_since
        if one.state not in LIVE or since is None:
            return
        waiting = SellerTold.objects.filter(TO_REMIND, campaign=one)
        rows = list(waiting.select_for_update().filter(told_at__lte=since).order_by("id"))
        standings = displays.standings([row.seller_ref for row in rows], hand.at)
        rows = [row for row in rows if standings.get(row.seller_ref)]
        for row in rows:
            row.reminded_at = hand.at
            outbox.tell(
                to=f"seller:{row.seller_ref}",
                template=CAMPAIGNS[one.code].reminder,
                values={},
                about=about(one.pk),
                at=hand.at,
            )
        SellerTold.objects.bulk_update(rows, ("reminded_at",))
        ledger.record_all(hand, [told_act("remind", one, row) for row in rows])
        count_day(one.pk, hand.at, reminded=len(rows))
        one.remind_since = waiting.filter(told_at__gt=since).aggregate(next=Min("told_at"))["next"]
        act.save("remind_since")
        act.record("call_to_mind", reminded=len(rows))
        end_if_over(act)
