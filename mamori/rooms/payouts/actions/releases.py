"""Money that waits is let go by two people, in spite of what stands against it: one proposes, another agrees."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.declared import memory
from mamori.ground.people import actions as people
from mamori.ground.people import facts as people_facts
from mamori.ground.people.events import ReleaseAgreed
from mamori.ground.people.facts import Profile
from mamori.japan import written
from mamori.rooms.payouts import effects, records, situations
from mamori.rooms.payouts.access import account_in_use, must_decide, the_payout
from mamori.rooms.payouts.inputs import Kept, Released
from mamori.rooms.payouts.lifecycle import TransferState
from mamori.rooms.payouts.models import Release, Transfer
from mamori.rooms.payouts.refusals import NoSuchAccount, NothingWaits, TooMuchReleased

ABOUT = "payouts.release:"


def propose_release(hand: Hand, *, payout: str, amount: Released, reason: Kept, profile: Profile) -> int:
    """Propose to pay so many yen of what waits, and return the proposal's number.

    Another person agrees; where nobody else could, a delay in everybody's sight takes their place.
    """
    must_decide(hand)
    reason = written.reasoned(reason)
    with memory.act():
        row = the_payout(hand, payout)
        if not row.waits:
            raise NothingWaits
        if not 1 <= amount <= row.waits:
            raise TooMuchReleased(waits=f"{row.waits:,}")
        account = account_in_use(row.payee_id)
        if account is None:
            raise NoSuchAccount
        release = Release.objects.create(
            payout=row, account=account, amount=amount, by=people_facts.subject_of(hand), at=hand.at
        )
        number = people.propose_release(hand, about=f"{ABOUT}{row.ref}", profile=profile, reason=reason)
        records.record(
            hand,
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
    hand = Hand(by="machine:payouts/agreed", role=Role.MACHINE, at=at, via="agreement")
    with memory.act():
        row = the_payout(hand, event.subject.removeprefix(ABOUT))
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
        effects.decide(hand, [row], gate, verb="release")
