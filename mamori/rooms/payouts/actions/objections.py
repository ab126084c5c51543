"""A seller objects to money that waits, as long as it does, and somebody who did not decide on it reads and answers."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger_facts
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.japan.spoken import spoken
from mamori.law.deadlines import PAYOUT_OBJECTION
from mamori.rooms.payouts import notices, objections, records
from mamori.rooms.payouts.access import DECIDERS, account_in_use, must_decide
from mamori.rooms.payouts.actions.requests import reconsider
from mamori.rooms.payouts.inputs import Answer
from mamori.rooms.payouts.matters import PAYOUTS
from mamori.rooms.payouts.models import Objection, Payout
from mamori.rooms.payouts.refusals import (
    AlreadyObjected,
    AnotherAnswers,
    NoObjection,
    NotForThisRole,
    NothingWaits,
)

MOST = 2_000


def object_to_hold(hand: Hand, *, payout: str, said: str) -> None:
    """Take in what a seller, or who acts for it, says against money that waits; it is answered within business days."""
    said = written.checked(written.optional(said, most=MOST))
    with perform(hand, PAYOUTS, payout) as act:
        row = act.matter
        if not hand.is_sellers(row.payee_id):
            raise NotForThisRole(roles=Text("出品者とその代理担当", "the seller and who acts for it"))
        if not row.waits:
            raise NothingWaits
        if objections.open_since([row]):
            raise AlreadyObjected
        one = Objection.objects.create(payout=row, said=b"", by=hand.by, at=hand.at)
        one.said = objections.seal(row.payee_id, one.pk, "said", said)
        one.save(update_fields=("said",))
        objections.note_open(row, hand.at)
        _tell_lead(act)
        act.record("object", **records.waits(row), objection=one.pk)


def answer_objection(hand: Hand, *, payout: str, said: Answer) -> None:
    """Answer an objection, after asking once more whether the money still has to wait; the seller reads it on its page."""
    must_decide(hand)
    said = written.checked(written.optional(said, most=MOST))
    with memory.act():
        with perform(hand, PAYOUTS, payout) as act:
            row = act.matter
            one = row.objections.filter(answered_at__isnull=True).first()
            if one is None:
                raise NoObjection
            _must_be_another(hand, row)
            one.answer = objections.seal(row.payee_id, one.pk, "answer", said)
            one.answered_by, one.answered_at = people.subject_of(hand), hand.at
            one.save(update_fields=("answer", "answered_by", "answered_at"))
            objections.note_open(row, None)
            act.record("answer_objection", **records.waits(row), objection=one.pk)
            records.tell(row.payee_id, notices.ANSWERED, row, hand.at, payout=row.ref)
        reconsider(hand, seller_ref=row.payee_id)


def remind_objection(hand: Hand, *, payout: str) -> None:
    """Remind of an objection that nobody has answered in time."""
    with perform(hand, PAYOUTS, payout) as act:
        if not objections.open_since([act.matter]):
            return
        _tell_lead(act)
        act.record("remind_objection", **records.waits(act.matter))


def _tell_lead(act: Performance[Payout]) -> None:
    """Tell the lead by when an objection is to be answered, counted from now."""
    due = spoken(records.due(PAYOUT_OBJECTION, act.hand.at))
    records.tell_staff(Role.LEAD.value, notices.OBJECTED, act.matter, act.hand.at, due=due)


def _must_be_another(hand: Hand, row: Payout) -> None:
    """Let pass who had no part in it, or anybody where there is nobody else."""
    account = account_in_use(row.payee_id)
    acts = ledger_facts.acts_about(records.about(row), kind="payouts.review")
    had_part = {f"staff:{str(act.content['by']).rpartition(':')[2]}" for act in acts if act.content}
    had_part |= {account.looked_by} if account is not None and account.looked_by else set()
    others = {
        f"staff:{one.number}" for one in people.accounts(at=hand.at) if one.is_active and one.role in DECIDERS
    }
    if people.subject_of(hand) in had_part and others - had_part:
        raise AnotherAnswers
