"""What waits is looked at, objected to, let go by two people, or brought to its end: never by silence."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger_facts
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.people import actions as people_actions, facts as people
from mamori.ground.people.events import ReleaseAgreed
from mamori.ground.people.facts import Profile
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import PAYOUT_COUNSEL, PAYOUT_OBJECTION
from mamori.rooms.payouts import actions, matters, notices, situations
from mamori.rooms.payouts.actions import reconsider
from mamori.rooms.payouts.events import PayoutSettled
from mamori.rooms.payouts.lifecycle import PayoutState, TransferState
from mamori.rooms.payouts.matters import DECIDERS, PAYOUTS, account_in_use, must_decide, the_payout
from mamori.rooms.payouts.models import Objection, Payout, Release, Transfer
from mamori.rooms.payouts.refusals import (
    AlreadyObjected,
    AnotherAnswers,
    Answer,
    Explained,
    HowItEnds,
    Kept,
    NoObjection,
    NoSuchAccount,
    NotAtItsEnd,
    NotForThisRole,
    NothingWaits,
    Released,
    TooMuchReleased,
)
from mamori.rooms.payouts.rules import LOOKS, Code, Settled

# What waits is looked at on its day, and a hold comes to its end by a decision: never by silence, never for the operator.


def review(actor: Actor, *, payout: str, reason: Explained) -> None:
    """Say after a look that a hold stays, and why; it is looked at again after as long, its end stays where it is."""
    must_decide(actor)
    reason = written.reasoned(reason)
    with perform(actor, PAYOUTS, payout) as act:
        row = act.matter
        if row.state not in (PayoutState.HELD, PayoutState.REVIEW):
            raise NothingWaits
        _ask_again(act)
        if not row.waits:
            return
        again = matters.due(LOOKS[PayoutState(row.state)], actor.at)
        row.look_since = actor.at
        row.review_at = min(again, row.ends_at or again) if row.state == PayoutState.HELD else again
        act.save("look_since", "review_at")
        act.news = None if matters.objected_since([row]) else ""
        act.record("review", reason=reason, **matters.waits(row))


def remind_look(actor: Actor, *, payout: str) -> None:
    """Remind of a payout that nobody has looked at within its business day."""
    _remind(
        actor, payout, PayoutState.REVIEW, verb="remind_look", news="overdue", notice=notices.LOOK_OVERDUE
    )


def remind_review(actor: Actor, *, payout: str) -> None:
    """Look at a hold on its day: what it rests on is asked again, and where it still stands a person has to look."""
    _remind(
        actor, payout, PayoutState.HELD, verb="remind_review", news="review", notice=notices.REVIEW_OVERDUE
    )


def _remind(actor: Actor, payout: str, state: PayoutState, *, verb: str, news: str, notice: Template) -> None:
    with perform(actor, PAYOUTS, payout) as act:
        _ask_again(act)
        if act.matter.state != state:
            return
        act.news = news
        matters.notify_staff("lead", notice, act.matter, actor.at)
        act.record(verb, **matters.waits(act.matter))


def _ask_again(act: Performance[Payout]) -> None:
    """Ask once more for what the money waits."""
    reconsider(act.actor, seller_ref=act.matter.payee_id)
    act.matter.refresh_from_db()


def end_hold(actor: Actor, *, payout: str) -> None:
    """Hand a hold to counsel on its last day; what a longer measure holds waits for the measure's own end."""
    with perform(actor, PAYOUTS, payout) as act:
        _ask_again(act)
        row = act.matter
        if row.state not in (PayoutState.HELD, PayoutState.REVIEW):
            return
        if row.ends_at is not None and row.ends_at > actor.at:
            row.put_off_at = actor.at
            act.save("put_off_at")
            return
        _to_counsel(act)


def counsel_for_mismatch(actor: Actor, *, seller_ref: str) -> None:
    """Hand to counsel what waits for a name that a person refused, where no clause bears a hold."""
    rows = Payout.objects.filter(
        payee=seller_ref, waiting_since__isnull=False, state=PayoutState.REVIEW.value
    )
    for row in rows.order_by("id"):
        if any(one["code"] == Code.NAME_MISMATCH.value for one in row.reasons):
            with entered(actor, PAYOUTS, row) as act:
                _to_counsel(act)


def _to_counsel(act: Performance[Payout]) -> None:
    row, at = act.matter, act.actor.at
    act.step("hand_to_counsel")
    row.look_since, row.review_at = at, matters.due(PAYOUT_COUNSEL, at)
    row.version += 1
    act.save("look_since", "review_at", "version")
    matters.notify_staff("counsel", notices.TO_COUNSEL, row, at)
    act.record("end_hold", **matters.waits(row))


def remind_counsel(actor: Actor, *, payout: str) -> None:
    """Remind counsel of money whose hold has ended and on which nothing was decided."""
    _remind(actor, payout, PayoutState.COUNSEL, verb="remind_counsel", news="end", notice=notices.TO_COUNSEL)


def settle(actor: Actor, *, payout: str, how: HowItEnds, reason: Explained) -> None:
    """Bring money that was never paid to its end, by counsel and with the reason; the seller is told.

    What was asked for by mistake is called off at any time; every other way comes after the hold's last day.
    """
    if actor.role is not Role.COUNSEL:
        raise NotForThisRole(roles=Text("法務担当", "counsel"))
    reason = written.reasoned(reason)
    with perform(actor, PAYOUTS, payout) as act:
        row = act.matter
        if not row.waits:
            raise NothingWaits
        if row.state != PayoutState.COUNSEL and how is not Settled.CORRECTED:
            raise NotAtItsEnd
        amount, is_all = row.waits, row.waits == row.amount
        act.step("settle" if is_all else "settle_rest")
        row.settled, row.settled_amount, row.waits, row.reasons = how.value, amount, 0, []
        row.closed_at = actor.at if is_all else None
        row.waiting_since = row.look_since = row.review_at = row.ends_at = row.put_off_at = None
        row.version += 1
        matters.notify(
            row.payee_id, notices.ENDED, row, actor.at, payout=row.ref, amount=f"{amount:,}", how=how.text
        )
        ended = PayoutSettled(
            subject=matters.about(row),
            payout=row.ref,
            seller_ref=row.payee_id,
            amount=amount,
            how=how.value,
        )
        row.act = act.record(
            "settle", ended, reason=reason, **matters.waits(row), amount=amount, how=how.value
        )
        act.save("settled", "settled_amount", "waits", "reasons", "waiting_since", "look_since")
        act.save("review_at", "ends_at", "put_off_at", "closed_at", "version", "act")


# A seller objects to money that waits, as long as it does, and somebody who did not decide on it reads and answers.


MOST = 2_000


def object_to_hold(actor: Actor, *, payout: str, said: str) -> None:
    """Take in what a seller, or who acts for it, says against money that waits; it is answered within business days."""
    said = written.checked(written.optional(said, most=MOST))
    with perform(actor, PAYOUTS, payout) as act:
        row = act.matter
        if not actor.is_sellers(row.payee_id):
            raise NotForThisRole(roles=Text("出品者とその代理担当", "the seller and who acts for it"))
        if not row.waits:
            raise NothingWaits
        if matters.objected_since([row]):
            raise AlreadyObjected
        one = Objection.objects.create(payout=row, said=b"", by=actor.by, at=actor.at)
        one.said = matters.seal_objection(row.payee_id, one.pk, "said", said)
        one.save(update_fields=("said",))
        matters.note_objection(row, actor.at)
        _notify_lead(act)
        act.record("object", **matters.waits(row), objection=one.pk)


def answer_objection(actor: Actor, *, payout: str, said: Answer) -> None:
    """Answer an objection, after asking once more whether the money still has to wait; the seller reads it on its page."""
    must_decide(actor)
    said = written.checked(written.optional(said, most=MOST))
    with memory.act():
        with perform(actor, PAYOUTS, payout) as act:
            row = act.matter
            one = row.objections.filter(answered_at__isnull=True).first()
            if one is None:
                raise NoObjection
            _must_be_another(actor, row)
            one.answer = matters.seal_objection(row.payee_id, one.pk, "answer", said)
            one.answered_by, one.answered_at = people.subject_of(actor), actor.at
            one.save(update_fields=("answer", "answered_by", "answered_at"))
            matters.note_objection(row, None)
            act.record("answer_objection", **matters.waits(row), objection=one.pk)
            matters.notify(row.payee_id, notices.ANSWERED, row, actor.at, payout=row.ref)
        reconsider(actor, seller_ref=row.payee_id)


def remind_objection(actor: Actor, *, payout: str) -> None:
    """Remind of an objection that nobody has answered in time."""
    with perform(actor, PAYOUTS, payout) as act:
        if not matters.objected_since([act.matter]):
            return
        _notify_lead(act)
        act.record("remind_objection", **matters.waits(act.matter))


def _notify_lead(act: Performance[Payout]) -> None:
    """Tell the lead by when an objection is to be answered, counted from now."""
    due = spoken(matters.due(PAYOUT_OBJECTION, act.actor.at))
    matters.notify_staff(Role.LEAD.value, notices.OBJECTED, act.matter, act.actor.at, due=due)


def _must_be_another(actor: Actor, row: Payout) -> None:
    """Let pass who had no part in it, or anybody where there is nobody else."""
    account = account_in_use(row.payee_id)
    acts = ledger_facts.acts_about(matters.about(row), kind="payouts.review")
    had_part = {f"staff:{str(act.content['by']).rpartition(':')[2]}" for act in acts if act.content}
    had_part |= {account.looked_by} if account is not None and account.looked_by else set()
    others = {
        f"staff:{one.number}"
        for one in people.accounts(at=actor.at)
        if one.is_active and one.role in DECIDERS
    }
    if people.subject_of(actor) in had_part and others - had_part:
        raise AnotherAnswers


ABOUT = "payouts.release:"


def propose_release(actor: Actor, *, payout: str, amount: Released, reason: Kept, profile: Profile) -> int:
    """Propose to pay so many yen of what waits, and return the proposal's number.

    Another person agrees; where nobody else could, a delay in everybody's sight takes their place.
    """
    must_decide(actor)
    reason = written.reasoned(reason)
    with memory.act():
        row = the_payout(actor, payout)
        if not row.waits:
            raise NothingWaits
        if not 1 <= amount <= row.waits:
            raise TooMuchReleased(waits=f"{row.waits:,}")
        account = account_in_use(row.payee_id)
        if account is None:
            raise NoSuchAccount
        release = Release.objects.create(
            payout=row, account=account, amount=amount, by=people.subject_of(actor), at=actor.at
        )
        number = people_actions.propose_release(
            actor, about=f"{ABOUT}{row.ref}", profile=profile, reason=reason
        )
        matters.record(
            actor,
            row,
            "propose_release",
            reason=reason,
            payout=row.ref,
            amount=amount,
            release=release.pk,
            proposal=number,
        )
        return number


def release_agreed(event: ReleaseAgreed, at: datetime) -> None:
    """Let go what two people agreed on, to the account that was in use when it was proposed."""
    actor = Actor(by="machine:payouts/agreed", role=Role.MACHINE, at=at, via="agreement")
    with memory.act():
        row = the_payout(actor, event.subject.removeprefix(ABOUT))
        release = row.releases.order_by("-id").first()
        account = account_in_use(row.payee_id)
        if not row.waits or release is None:
            raise NothingWaits
        if release.amount > row.waits:
            raise TooMuchReleased(waits=f"{row.waits:,}")
        if account is None or account.pk != release.account_id:  # they agreed on the one that was seen
            raise NoSuchAccount
        state = TransferState.READY if row.by_run else TransferState.TOLD
        Transfer.objects.create(
            payout=row, account=account, amount=release.amount, agreed=True, state=state.value, made_at=at
        )
        gate = situations.gate([row.payee_id], at)
        actions.decide(actor, [row], gate, verb="release")
