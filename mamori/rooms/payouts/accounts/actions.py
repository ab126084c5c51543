"""Accounts: entered or changed, proven, taken into use, stopped; and a person's word on a doubtful name."""

from __future__ import annotations

import secrets
from typing import Any

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import perform
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.japan.names import Verdict
from mamori.law.deadlines import PAYOUT_COOLING
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.payouts import matters, notices, situations
from mamori.rooms.payouts.accounts import details
from mamori.rooms.payouts.accounts.details import Details, Given
from mamori.rooms.payouts.accounts.rules import BANK_DIFFERS, TRIES, Proof
from mamori.rooms.payouts.actions import reconsider
from mamori.rooms.payouts.events import AccountChanged
from mamori.rooms.payouts.holds.actions import counsel_for_mismatch
from mamori.rooms.payouts.lifecycle import ACCOUNT, AccountState, TransferState
from mamori.rooms.payouts.matters import ACCOUNTS, account_in_use, may_change, the_account
from mamori.rooms.payouts.models import Account, Transfer
from mamori.rooms.payouts.refusals import (
    NoLookOwed,
    NoSuchAccount,
    NoTestRuns,
    NotForThisRole,
    ProofAmountWrong,
    ProofOver,
    SellerNotKnown,
)

# Accounts: entered or changed, cooling where they replace another, proven, taken into use, stopped; each with its receipt.


MOST_TEST = 99
SELLER, MARKET, BY_STAFF = (
    Text("出品者ご本人", "the seller"),
    Text("通販サイト", "the marketplace"),
    Text("相談窓口", "the customer centre"),
)


def set_account(actor: Actor, *, seller_ref: str, given: Given) -> int:
    """Take in the account that a seller's proceeds go to, and return its row; the same told again changes nothing.

    The first is used at once.  One that replaces another waits, and the seller hears of it, at the former mail address too;
    so does one that comes after another was stopped, or whoever got in would stop the account first.
    """
    may_change(actor, seller_ref)
    wanted = details.read(given)
    with memory.act():
        if seller_ref not in situations.known([seller_ref]):
            raise SellerNotKnown(seller=seller_ref)
        matters.lock([seller_ref])
        details.fill_places()
        rows = list(Account.objects.filter(payee=seller_ref).order_by("-number"))
        current = next((row for row in rows if row.closed_at is None), None)
        if current is not None and details.opened(current) == wanted and not _is_spent(current):
            return current.pk
        row = _add(actor, seller_ref, wanted, rows)
        reconsider(actor, seller_ref=seller_ref)
        return row.pk


def _is_spent(row: Account) -> bool:
    """Say whether an account has to be entered anew, though it be the same: money came back, or its test is over."""
    return row.bounced_at is not None or row.tries >= TRIES


def _add(actor: Actor, seller_ref: str, wanted: Details, rows: list[Account]) -> Account:
    # That the former one was stopped is no way round the wait: whoever took a shop over would stop it first.
    used = [row for row in rows if row.adopted_at is not None]
    newest = details.opened(used[0]) if used else None
    waits = newest is not None and newest.place != wanted.place
    ends = {AccountState.COOLING} if waits else {AccountState.COOLING, AccountState.IN_USE}
    over = [row for row in rows if row.state in ends]
    for row in over:
        _end(actor, row, "replace")
    number = rows[0].number + 1 if rows else 1
    row = Account(
        payee_id=seller_ref,
        number=number,
        sealed=details.seal(seller_ref, number, wanted),
        place=details.place_of(wanted),
        asked_by=actor.by,
        asked_at=actor.at,
        cools_at=matters.due(PAYOUT_COOLING, actor.at) if waits else None,
    )
    details.judge(row, actor.at)
    if not waits:
        row.state = ACCOUNT.take("adopt", AccountState(row.state), Role.MACHINE).value
        row.adopted_at = actor.at
    row.save(force_insert=True)
    matters.settle([*over, row], at=actor.at, why="set_account", new={matters.about(row)})
    if Proof(terms.setting(PAYOUT_PROOF, at=actor.at)) is Proof.TEST:
        Transfer.objects.create(
            account=row,
            amount=1 + secrets.randbelow(MOST_TEST),
            state=TransferState.READY.value,
            made_at=actor.at,
        )
    _notify(actor, row)
    _keep(actor, row, "set_account")
    return row


def _notify(actor: Actor, row: Account) -> None:
    by = SELLER if actor.role is Role.SELLER else MARKET
    if row.cools_at is None:
        matters.notify(row.payee_id, notices.FIRST, row, actor.at, by=by)
        return
    from_ = spoken(row.cools_at)
    matters.notify(row.payee_id, notices.CHANGED, row, actor.at, by=by, from_=from_)
    matters.notify_former(row.payee_id, notices.CHANGED_FORMER, row, actor.at, from_=from_)


def adopt(actor: Actor, *, account: int) -> None:
    """Take an account into use whose wait is over, in the former one's place."""
    with memory.act():
        with perform(actor, ACCOUNTS, account) as act:
            row = act.matter
            if row.state != AccountState.COOLING:
                return
            former = account_in_use(row.payee_id)
            if former is not None:
                _end(actor, former, "replace")
                matters.settle([former], at=actor.at, why="adopt_account")
            act.step("adopt")
            row.adopted_at = actor.at
            act.save("adopted_at")
            act.record("adopt_account", _changed(row), **_said(row))
        reconsider(actor, seller_ref=row.payee_id)


def stop_account(actor: Actor, *, account: int) -> None:
    """Stop an account: the seller did not ask for it, or called and said so; a change that waits leaves the former in use."""
    with memory.act():
        with perform(actor, ACCOUNTS, account) as act:
            row = act.matter
            if row.closed_at is not None:
                raise NoSuchAccount
            _end(actor, row, "stop")
            by = SELLER if actor.role is Role.SELLER else BY_STAFF
            matters.notify(row.payee_id, notices.STOPPED, row, actor.at, by=by)
            act.record("stop_account", _changed(row), **_said(row))
        reconsider(actor, seller_ref=row.payee_id)


def prove_by_test(actor: Actor, *, account: int, yen: int, seen: int | None = None) -> None:
    """Take the seller's word on how many yen of a test came; three wrong ones end it, and a person looks.

    `seen` is how many had been wrong when the page was opened, so that the same form sent twice is one try.
    """
    with memory.act():
        row = the_account(actor, account)
        may_change(actor, row.payee_id)
        test = Transfer.objects.filter(account=row, payout__isnull=True).order_by("-id").first()
        sent = test is not None and test.state in (TransferState.ORDERED, TransferState.PAID)
        if row.closed_at is not None or row.proved_at is not None or test is None or not sent:
            raise NoTestRuns
        if row.tries >= TRIES:
            raise ProofOver
        if seen is not None and seen != row.tries:
            raise ProofAmountWrong(left=TRIES - row.tries)
        is_right = yen == test.amount
        if is_right:
            _prove(actor, row, Proof.TEST)
        else:
            row.tries += 1
            if row.tries >= TRIES:
                details.see_look(row, actor.at, has_name=details.has_name(row, actor.at))
            row.save(update_fields=("tries", "look_since"))
            matters.settle([row], at=actor.at, why="miss_proof")
            _keep(actor, row, "miss_proof")
    if not is_right:  # the try counts, whatever is answered
        raise ProofOver if row.tries >= TRIES else ProofAmountWrong(left=TRIES - row.tries)


def prove_by_bank(actor: Actor, *, seller_ref: str, agrees: bool) -> None:
    """Take in what the bank's own check of the holder's name said of the newest account; where it differs, a person looks."""
    with memory.act():
        matters.lock([seller_ref])
        row = Account.objects.filter(payee=seller_ref, closed_at__isnull=True).order_by("-number").first()
        if row is None:
            raise NoSuchAccount
        if agrees:
            if row.why == BANK_DIFFERS:  # it takes its own word back
                details.judge(row, actor.at)
                row.save(update_fields=details.COMPARED)
                matters.settle([row], at=actor.at, why="prove_account")
            _prove(actor, row, Proof.BANK)
        else:
            row.verdict, row.why = Verdict.REVIEW.value, BANK_DIFFERS
            row.looked_by, row.looked_at = "", None
            details.see_look(row, actor.at, has_name=details.has_name(row, actor.at))
            row.save(update_fields=("verdict", "why", "looked_by", "looked_at", "look_since"))
            matters.settle([row], at=actor.at, why="miss_proof")
            _keep(actor, row, "miss_proof")
            reconsider(actor, seller_ref=seller_ref)


def show_number(actor: Actor, *, account: int) -> Details:
    """Return the whole account to staff who have just proven themselves; that they looked is on record."""
    if not actor.is_staff:
        raise NotForThisRole(roles=Text("相談窓口の担当者", "the customer centre's staff"))
    with memory.act():
        row = the_account(actor, account)
        found = details.opened(row)
        if found is None:
            raise NoSuchAccount
        matters.record(actor, row, "show_number", **_said(row))
        return found


def _prove(actor: Actor, row: Account, proof: Proof) -> None:
    row.proved_by, row.proved_at = proof.value, actor.at
    row.save(update_fields=("proved_by", "proved_at"))
    _keep(actor, row, "prove_account")
    reconsider(actor, seller_ref=row.payee_id)


def _end(actor: Actor, row: Account, name: str) -> None:
    role = actor.role if name == "stop" else Role.MACHINE
    row.state = ACCOUNT.take(name, AccountState(row.state), role).value
    row.closed_at, row.look_since = actor.at, None
    row.save(update_fields=("state", "closed_at", "look_since"))


def _keep(actor: Actor, row: Account, verb: str) -> None:
    matters.record(actor, row, verb, **_said(row))
    outbox.publish(_changed(row), at=actor.at)


def _changed(row: Account) -> AccountChanged:
    return AccountChanged(
        subject=matters.about(row), seller_ref=row.payee_id, account=row.pk, state=row.state
    )


def _said(row: Account) -> dict[str, Any]:
    return {
        "account": row.number,
        "state": row.state,
        "verdict": row.verdict,
        "why": row.why,
        "proved_by": row.proved_by,
    }


def accept_name(actor: Actor, *, account: int, reason: str, seen: int | None = None) -> None:
    """Accept that the holder is the registered person, with the reason; it counts until either name changes.

    `seen` is the version of the registered name that was looked at.
    """
    _look(actor, account, reason, seen, verdict=Verdict.MATCH, verb="accept_name")


def refuse_name(actor: Actor, *, account: int, reason: str, seen: int | None = None) -> None:
    """Say that the holder is not the registered person, with the reason; the seller is asked for another account."""
    _look(actor, account, reason, seen, verdict=Verdict.MISMATCH, verb="refuse_name")


def _look(actor: Actor, account: int, reason: str, seen: int | None, *, verdict: Verdict, verb: str) -> None:
    if actor.role not in STAFF:
        raise NotForThisRole(roles=Text("相談窓口の担当者", "the customer centre's staff"))
    reason = written.reasoned(reason)
    with memory.act():
        with perform(actor, ACCOUNTS, account) as act:
            row = act.matter
            if row.look_since is None or (seen is not None and seen != row.identity_version):
                raise NoLookOwed
            if verdict is Verdict.MATCH and (row.why == BANK_DIFFERS or row.tries >= TRIES):
                # what failed to prove it was looked at as well
                row.proved_by, row.proved_at = Proof.PERSON.value, actor.at
            row.verdict, row.look_since = verdict.value, None
            row.looked_by, row.looked_at = people.subject_of(actor), actor.at
            act.save("verdict", "look_since", "looked_by", "looked_at", "proved_by", "proved_at")
            act.record(verb, reason=reason, **_name_said(row))
            if verdict is Verdict.MISMATCH:
                matters.notify(row.payee_id, notices.NAME_REFUSED, row, actor.at)
        reconsider(actor, seller_ref=row.payee_id)
        if verdict is Verdict.MISMATCH:
            counsel_for_mismatch(actor, seller_ref=row.payee_id)


def remind_name(actor: Actor, *, account: int) -> None:
    """Remind of a name that nobody has looked at within its business day; one that changed meanwhile is compared anew."""
    with perform(actor, ACCOUNTS, account) as act:
        row = act.matter
        details.compare_open(row.payee_id, actor.at)
        row.refresh_from_db()
        if row.look_since is None:
            return
        act.news = "overdue"
        matters.notify_staff("lead", notices.LOOK_OVERDUE, row, actor.at)
        act.record("remind_look", **_name_said(row))


def _name_said(row: Account) -> dict[str, Any]:
    return {"account": row.number, "verdict": row.verdict, "identity_version": row.identity_version}
