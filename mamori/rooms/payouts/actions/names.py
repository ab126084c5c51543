"""A person's word on a doubtful name: the holder is the registered person, or is not; missed, others are reminded."""

from __future__ import annotations

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.japan.names import Verdict
from mamori.law.deadlines import PAYOUT_LOOK
from mamori.rooms.payouts import keeping, looks, naming, notices
from mamori.rooms.payouts.actions.asking import reconsider
from mamori.rooms.payouts.actions.holding import counsel_for_mismatch
from mamori.rooms.payouts.answers import TRIES
from mamori.rooms.payouts.finding import the_account
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.refusals import NoLookOwed, NotForThisRole
from mamori.rooms.payouts.rules.holder import BANK_DIFFERS, Proof


def accept_name(hand: Hand, *, account: int, reason: str, seen: int | None = None) -> None:
    """Accept that the holder is the registered person, with the reason; it counts until either name changes.

    `seen` is the version of the registered name that was looked at.

    :raises NotForThisRole, NoSuchAccount, NoLookOwed, ReasonNeeded: as their sentences say.
    """
    _look(hand, account, reason, seen, verdict=Verdict.MATCH, verb="accept_name")


def refuse_name(hand: Hand, *, account: int, reason: str, seen: int | None = None) -> None:
    """Say that the holder is not the registered person, with the reason; the seller is asked for another account.

    :raises NotForThisRole, NoSuchAccount, NoLookOwed, ReasonNeeded: as their sentences say.
    """
    _look(hand, account, reason, seen, verdict=Verdict.MISMATCH, verb="refuse_name")


def _look(hand: Hand, account: int, reason: str, seen: int | None, *, verdict: Verdict, verb: str) -> None:
    if hand.role not in STAFF:
        raise NotForThisRole(roles=Text("相談窓口の担当者", "the customer centre's staff"))
    reason = written.reasoned(reason)
    with memory.act():
        row = the_account(hand, account)
        if row.look_since is None or (seen is not None and seen != row.identity_version):
            raise NoLookOwed
        if verdict is Verdict.MATCH and (row.why == BANK_DIFFERS or row.tries >= TRIES):
            # what failed to prove it was looked at as well
            row.proved_by, row.proved_at = Proof.PERSON.value, hand.at
        row.verdict, row.look_since = verdict.value, None
        row.looked_by, row.looked_at = people.subject_of(hand), hand.at
        row.save(update_fields=("verdict", "look_since", "looked_by", "looked_at", "proved_by", "proved_at"))
        looks.open_or_close(row, hand.at)
        _record(hand, row, verb, reason)
        if verdict is Verdict.MISMATCH:
            keeping.tell(row.payee_id, notices.NAME_REFUSED, row, hand.at)
        reconsider(hand, seller_ref=row.payee_id)
        if verdict is Verdict.MISMATCH:
            counsel_for_mismatch(hand, seller_ref=row.payee_id)


def remind_name(hand: Hand, *, account: int) -> None:
    """Remind of a name that nobody has looked at within its business day; one that changed meanwhile is compared anew."""
    with memory.act():
        row = the_account(hand, account)
        naming.compare_open(row.payee_id, hand.at)
        row.refresh_from_db()
        if row.look_since is None:
            return
        keeping.start(PAYOUT_LOOK, row, hand.at)
        keeping.show(row, hand.at, state=row.state, attention="overdue")
        keeping.tell_staff("lead", notices.LOOK_OVERDUE, row, hand.at)
        _record(hand, row, "remind_look")


def _record(hand: Hand, row: Account, verb: str, reason: str = "") -> None:
    keeping.record(
        hand,
        row,
        verb,
        reason=reason,
        account=row.number,
        verdict=row.verdict,
        identity_version=row.identity_version,
    )
