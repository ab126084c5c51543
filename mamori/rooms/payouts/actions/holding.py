"""What waits is looked at on its day, and a hold comes to its end by a decision: never by silence, never for the operator."""

from __future__ import annotations

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.outbox import actions as outbox
from mamori.japan import written
from mamori.law.deadlines import PAYOUT_COUNSEL, PAYOUT_END, PAYOUT_LOOK, PAYOUT_REVIEW
from mamori.rooms.payouts import keeping, notices, telling
from mamori.rooms.payouts.actions.asking import reconsider
from mamori.rooms.payouts.events import PayoutSettled
from mamori.rooms.payouts.finding import must_decide, the_payout
from mamori.rooms.payouts.inputs import Explained, HowItEnds
from mamori.rooms.payouts.lifecycle import PAYOUT, PayoutState
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.refusals import NotAtItsEnd, NotForThisRole, NothingWaits
from mamori.rooms.payouts.rules.reasons import Code
from mamori.rooms.payouts.rules.settled import Settled

_CLOCKS = {
    PayoutState.REVIEW: PAYOUT_LOOK,
    PayoutState.HELD: PAYOUT_REVIEW,
    PayoutState.COUNSEL: PAYOUT_COUNSEL,
}
"""By which clock somebody is reminded of money that waits."""


def review(hand: Hand, *, payout: str, reason: Explained) -> None:
    """Say after a look that a hold stays, and why; it is looked at again after as long, its end stays where it is.

    :raises NotForThisRole, NoSuchPayout, NothingWaits, ReasonNeeded: as their sentences say.
    """
    must_decide(hand)
    reason = written.reasoned(reason)
    with memory.act():
        row = the_payout(hand, payout)
        if row.state not in (PayoutState.HELD, PayoutState.REVIEW):
            raise NothingWaits
        reconsider(hand, seller_ref=row.payee_id)
        row.refresh_from_db()
        if not row.waits:
            return
        if row.state == PayoutState.HELD:
            again = keeping.start(PAYOUT_REVIEW, row, hand.at)
            row.review_at = min(again, row.ends_at or again)
        else:
            row.review_at = keeping.start(PAYOUT_LOOK, row, hand.at)
        row.look_since = hand.at
        row.save(update_fields=("review_at", "look_since"))
        keeping.record_wait(hand, row, "review", reason)
        telling.show(row, hand.at, is_looked_at=True)


def remind_look(hand: Hand, *, payout: str) -> None:
    """Remind of a payout that nobody has looked at within its business day."""
    _remind(
        hand, payout, PayoutState.REVIEW, verb="remind_look", attention="overdue", notice=notices.LOOK_OVERDUE
    )


def remind_review(hand: Hand, *, payout: str) -> None:
    """Look at a hold on its day: what it rests on is asked again, and where it still stands a person has to look."""
    _remind(
        hand,
        payout,
        PayoutState.HELD,
        verb="remind_review",
        attention="review",
        notice=notices.REVIEW_OVERDUE,
    )


def _remind(
    hand: Hand, payout: str, state: PayoutState, *, verb: str, attention: str, notice: Template
) -> None:
    with memory.act():
        row = the_payout(hand, payout)
        reconsider(hand, seller_ref=row.payee_id)
        row.refresh_from_db()
        if row.state != state:
            return
        keeping.start(_CLOCKS[state], row, hand.at)
        keeping.show(row, hand.at, state=row.state, attention=attention)
        keeping.tell_staff("lead", notice, row, hand.at)
        keeping.record_wait(hand, row, verb)


def end_hold(hand: Hand, *, payout: str) -> None:
    """Hand a hold to counsel on its last day; what a longer measure holds waits for the measure's own end."""
    with memory.act():
        row = the_payout(hand, payout)
        reconsider(hand, seller_ref=row.payee_id)
        row.refresh_from_db()
        if row.state not in (PayoutState.HELD, PayoutState.REVIEW):
            return
        if row.ends_at is not None and row.ends_at > hand.at:
            days = (row.ends_at - hand.at).days + 1
            row.put_off_at = hand.at
            row.save(update_fields=("put_off_at",))
            clocks.start(
                kind=PAYOUT_END.code, about=keeping.about(row), at=hand.at, duration=CalendarDays(days)
            )
            return
        _to_counsel(hand, row)


def counsel_for_mismatch(hand: Hand, *, seller_ref: str) -> None:
    """Hand to counsel what waits for a name that a person refused, where no clause bears a hold."""
    rows = Payout.objects.filter(
        payee=seller_ref, waiting_since__isnull=False, state=PayoutState.REVIEW.value
    )
    for row in rows.order_by("id"):
        if any(one["code"] == Code.NAME_MISMATCH.value for one in row.reasons):
            _to_counsel(hand, row)


def _to_counsel(hand: Hand, row: Payout) -> None:
    row.state = PAYOUT.take("hand_to_counsel", PayoutState(row.state), hand.role).value
    row.look_since, row.review_at = hand.at, keeping.due(PAYOUT_COUNSEL, hand.at)
    row.version += 1
    row.save(update_fields=("state", "look_since", "review_at", "version"))
    telling.start_counsel(row, hand.at)
    keeping.tell_staff("counsel", notices.TO_COUNSEL, row, hand.at)
    keeping.record_wait(hand, row, "end_hold")


def remind_counsel(hand: Hand, *, payout: str) -> None:
    """Remind counsel of money whose hold has ended and on which nothing was decided."""
    _remind(
        hand, payout, PayoutState.COUNSEL, verb="remind_counsel", attention="end", notice=notices.TO_COUNSEL
    )


def settle(hand: Hand, *, payout: str, how: HowItEnds, reason: Explained) -> None:
    """Bring money that was never paid to its end, by counsel and with the reason; the seller is told.

    What was asked for by mistake is called off at any time; every other way comes after the hold's last day.

    :raises NotForThisRole, NoSuchPayout, NothingWaits, NotAtItsEnd, ReasonNeeded: as their sentences say.
    """
    if hand.role is not Role.COUNSEL:
        raise NotForThisRole(roles=Text("法務担当", "counsel"))
    reason = written.reasoned(reason)
    with memory.act():
        row = the_payout(hand, payout)
        if not row.waits:
            raise NothingWaits
        if row.state != PayoutState.COUNSEL and how is not Settled.CORRECTED:
            raise NotAtItsEnd
        amount, is_all = row.waits, row.waits == row.amount
        row.state = PAYOUT.take(
            "settle" if is_all else "settle_rest", PayoutState(row.state), hand.role
        ).value
        row.settled, row.settled_amount, row.waits, row.reasons = how.value, amount, 0, []
        row.waiting_since, row.closed_at = None, hand.at if is_all else None
        row.look_since = row.review_at = row.ends_at = row.put_off_at = None
        row.version += 1
        row.act = keeping.record_wait(hand, row, "settle", reason, amount=amount, how=how.value)
        row.save()
        keeping.stop(row, hand.at, "settled")
        keeping.show(row, hand.at, state=row.state, is_over=True)
        keeping.tell(
            row.payee_id, notices.ENDED, row, hand.at, payout=row.ref, amount=f"{amount:,}", how=how.text
        )
        outbox.publish(
            PayoutSettled(
                subject=keeping.about(row),
                payout=row.ref,
                seller_ref=row.payee_id,
                amount=amount,
                how=how.value,
            ),
            at=hand.at,
        )
