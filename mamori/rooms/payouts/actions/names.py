"""A person's word on a doubtful name: the holder is the registered person, or is not; missed, others are reminded."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import perform
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.japan.names import Verdict
from mamori.rooms.payouts import name_checks, notices, records
from mamori.rooms.payouts.actions.holds import counsel_for_mismatch
from mamori.rooms.payouts.actions.requests import reconsider
from mamori.rooms.payouts.answers import TRIES
from mamori.rooms.payouts.matters import ACCOUNTS
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.refusals import NoLookOwed, NotForThisRole
from mamori.rooms.payouts.rules.holder import BANK_DIFFERS, Proof


def accept_name(hand: Hand, *, account: int, reason: str, seen: int | None = None) -> None:
    """Accept that the holder is the registered person, with the reason; it counts until either name changes.

    `seen` is the version of the registered name that was looked at.
    """
    _look(hand, account, reason, seen, verdict=Verdict.MATCH, verb="accept_name")


def refuse_name(hand: Hand, *, account: int, reason: str, seen: int | None = None) -> None:
    """Say that the holder is not the registered person, with the reason; the seller is asked for another account."""
    _look(hand, account, reason, seen, verdict=Verdict.MISMATCH, verb="refuse_name")


def _look(hand: Hand, account: int, reason: str, seen: int | None, *, verdict: Verdict, verb: str) -> None:
    if hand.role not in STAFF:
        raise NotForThisRole(roles=Text("相談窓口の担当者", "the customer centre's staff"))
    reason = written.reasoned(reason)
    with memory.act():
        with perform(hand, ACCOUNTS, account) as act:
            row = act.matter
            if row.look_since is None or (seen is not None and seen != row.identity_version):
                raise NoLookOwed
            if verdict is Verdict.MATCH and (row.why == BANK_DIFFERS or row.tries >= TRIES):
                # what failed to prove it was looked at as well
                row.proved_by, row.proved_at = Proof.PERSON.value, hand.at
            row.verdict, row.look_since = verdict.value, None
            row.looked_by, row.looked_at = people.subject_of(hand), hand.at
            act.save("verdict", "look_since", "looked_by", "looked_at", "proved_by", "proved_at")
            act.record(verb, reason=reason, **_said(row))
            if verdict is Verdict.MISMATCH:
                records.tell(row.payee_id, notices.NAME_REFUSED, row, hand.at)
        reconsider(hand, seller_ref=row.payee_id)
        if verdict is Verdict.MISMATCH:
            counsel_for_mismatch(hand, seller_ref=row.payee_id)


def remind_name(hand: Hand, *, account: int) -> None:
    """Remind of a name that nobody has looked at within its business day; one that changed meanwhile is compared anew."""
    with perform(hand, ACCOUNTS, account) as act:
        row = act.matter
        name_checks.compare_open(row.payee_id, hand.at)
        row.refresh_from_db()
        if row.look_since is None:
            return
        act.news = "overdue"
        records.tell_staff("lead", notices.LOOK_OVERDUE, row, hand.at)
        act.record("remind_look", **_said(row))


def _said(row: Account) -> dict[str, Any]:
    return {"account": row.number, "verdict": row.verdict, "identity_version": row.identity_version}
