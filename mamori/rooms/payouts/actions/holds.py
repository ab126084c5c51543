"""What waits is looked at on its day, and a hold comes to its end by a decision: never by silence, never for the operator."""

from __future__ import annotations

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.japan import written
from mamori.law.deadlines import PAYOUT_COUNSEL
from mamori.rooms.payouts import notices, objections, records
from mamori.rooms.payouts.access import must_decide
from mamori.rooms.payouts.actions.requests import reconsider
from mamori.rooms.payouts.events import PayoutSettled
from mamori.rooms.payouts.inputs import Explained, HowItEnds
from mamori.rooms.payouts.lifecycle import PayoutState
from mamori.rooms.payouts.matters import PAYOUTS
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.refusals import NotAtItsEnd, NotForThisRole, NothingWaits
from mamori.rooms.payouts.rules.reasons import Code
from mamori.rooms.payouts.rules.settled import Settled
from mamori.rooms.payouts.rules.standing import LOOKS


def review(hand: Hand, *, payout: str, reason: Explained) -> None:
    """Say after a look that a hold stays, and why; it is looked at again after as long, its end stays where it is."""
    must_decide(hand)
    reason = written.reasoned(reason)
    with perform(hand, PAYOUTS, payout) as act:
        row = act.matter
        if row.state not in (PayoutState.HELD, PayoutState.REVIEW):
            raise NothingWaits
        _ask_again(act)
        if not row.waits:
            return
        again = records.due(LOOKS[PayoutState(row.state)], hand.at)
        row.look_since = hand.at
        row.review_at = min(again, row.ends_at or again) if row.state == PayoutState.HELD else again
        act.save("look_since", "review_at")
        act.news = None if objections.open_since([row]) else ""
        act.record("review", reason=reason, **records.waits(row))


def remind_look(hand: Hand, *, payout: str) -> None:
    """Remind of a payout that nobody has looked at within its business day."""
    _remind(hand, payout, PayoutState.REVIEW, verb="remind_look", news="overdue", notice=notices.LOOK_OVERDUE)


def remind_review(hand: Hand, *, payout: str) -> None:
    """Look at a hold on its day: what it rests on is asked again, and where it still stands a person has to look."""
    _remind(
        hand, payout, PayoutState.HELD, verb="remind_review", news="review", notice=notices.REVIEW_OVERDUE
    )


def _remind(hand: Hand, payout: str, state: PayoutState, *, verb: str, news: str, notice: Template) -> None:
    with perform(hand, PAYOUTS, payout) as act:
        _ask_again(act)
        if act.matter.state != state:
            return
        act.news = news
        records.tell_staff("lead", notice, act.matter, hand.at)
        act.record(verb, **records.waits(act.matter))


def _ask_again(act: Performance[Payout]) -> None:
    """Ask once more for what the money waits."""
    reconsider(act.hand, seller_ref=act.matter.payee_id)
    act.matter.refresh_from_db()


def end_hold(hand: Hand, *, payout: str) -> None:
    """Hand a hold to counsel on its last day; what a longer measure holds waits for the measure's own end."""
    with perform(hand, PAYOUTS, payout) as act:
        _ask_again(act)
        row = act.matter
        if row.state not in (PayoutState.HELD, PayoutState.REVIEW):
            return
        if row.ends_at is not None and row.ends_at > hand.at:
            row.put_off_at = hand.at
            act.save("put_off_at")
            return
        _to_counsel(act)


def counsel_for_mismatch(hand: Hand, *, seller_ref: str) -> None:
    """Hand to counsel what waits for a name that a person refused, where no clause bears a hold."""
    rows = Payout.objects.filter(
        payee=seller_ref, waiting_since__isnull=False, state=PayoutState.REVIEW.value
    )
    for row in rows.order_by("id"):
        if any(one["code"] == Code.NAME_MISMATCH.value for one in row.reasons):
            with entered(hand, PAYOUTS, row) as act:
                _to_counsel(act)


def _to_counsel(act: Performance[Payout]) -> None:
    row, at = act.matter, act.hand.at
    act.step("hand_to_counsel")
    row.look_since, row.review_at = at, records.due(PAYOUT_COUNSEL, at)
    row.version += 1
    act.save("look_since", "review_at", "version")
    records.tell_staff("counsel", notices.TO_COUNSEL, row, at)
    act.record("end_hold", **records.waits(row))


def remind_counsel(hand: Hand, *, payout: str) -> None:
    """Remind counsel of money whose hold has ended and on which nothing was decided."""
    _remind(hand, payout, PayoutState.COUNSEL, verb="remind_counsel", news="end", notice=notices.TO_COUNSEL)


def settle(hand: Hand, *, payout: str, how: HowItEnds, reason: Explained) -> None:
    """Bring money that was never paid to its end, by counsel and with the reason; the seller is told.

    What was asked for by mistake is called off at any time; every other way comes after the hold's last day.
    """
    if hand.role is not Role.COUNSEL:
        raise NotForThisRole(roles=Text("法務担当", "counsel"))
    reason = written.reasoned(reason)
    with perform(hand, PAYOUTS, payout) as act:
        row = act.matter
        if not row.waits:
            raise NothingWaits
        if row.state != PayoutState.COUNSEL and how is not Settled.CORRECTED:
            raise NotAtItsEnd
        amount, is_all = row.waits, row.waits == row.amount
        act.step("settle" if is_all else "settle_rest")
        row.settled, row.settled_amount, row.waits, row.reasons = how.value, amount, 0, []
        row.closed_at = hand.at if is_all else None
        row.waiting_since = row.look_since = row.review_at = row.ends_at = row.put_off_at = None
        row.version += 1
        records.tell(
            row.payee_id, notices.ENDED, row, hand.at, payout=row.ref, amount=f"{amount:,}", how=how.text
        )
        ended = PayoutSettled(
            subject=records.about(row),
            payout=row.ref,
            seller_ref=row.payee_id,
            amount=amount,
            how=how.value,
        )
        row.act = act.record(
            "settle", ended, reason=reason, **records.waits(row), amount=amount, how=how.value
        )
        act.save("settled", "settled_amount", "waits", "reasons", "waiting_since", "look_since")
        act.save("review_at", "ends_at", "put_off_at", "closed_at", "version", "act")
