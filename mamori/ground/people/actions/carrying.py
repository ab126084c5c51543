"""Carrying out what was agreed: the effect, the end of the proposal, and the record of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import F

from mamori.grammar.hand import Hand, Role
from mamori.ground.clocks import actions as clocks
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people.events import ErasureAgreed, ReleaseAgreed, TermsAgreed
from mamori.ground.people.factors import remove_factors
from mamori.ground.people.lifecycle import PROPOSAL, ProposalState
from mamori.ground.people.models import Account, Proposal
from mamori.ground.people.rules import Matter
from mamori.ground.people.secrets_kept import MARKET


def effect(hand: Hand, found: Proposal) -> None:
    """Carry it out, once: whoever holds the row has it open, and closes it here."""
    close(hand, found, "effect")
    news = _TOLD.get(Matter(found.matter))
    if news is not None:
        outbox.publish(news(subject=found.about, proposal=found.pk), at=hand.at)
    account = Account.objects.select_for_update().get(pk=found.account_id) if found.account_id else None
    if account is None:
        return
    _OF_ACCOUNT[Matter(found.matter)](hand, account, found)


def _allow_totp(hand: Hand, account: Account, _: Proposal) -> None:
    account.totp_allowed_at = hand.at
    account.save(update_fields=["totp_allowed_at"])


def _reset_factors(_: Hand, account: Account, __: Proposal) -> None:
    remove_factors(account.pk)
    account.set_unusable_password()
    account.totp_allowed_at = None
    account.epoch = F("epoch") + 1
    account.save(update_fields=["password", "totp_allowed_at", "epoch"])


_TOLD: Mapping[Matter, type[ErasureAgreed | TermsAgreed | ReleaseAgreed]] = {
    Matter.ERASE_PERSON: ErasureAgreed,
    Matter.CHANGE_TERMS: TermsAgreed,
    Matter.RELEASE_PAYOUT: ReleaseAgreed,
}
"""What others carry out, in this transaction: they hear it together."""
_OF_ACCOUNT: Mapping[Matter, Callable[[Hand, Account, Proposal], None]] = {
    Matter.GIVE_ROLE: lambda hand, account, found: give_role(hand, account, Role(found.role)),
    Matter.ALLOW_TOTP: _allow_totp,
    Matter.RESET_FACTORS: _reset_factors,
}


def close(hand: Hand, found: Proposal, step: str, *, reason: str = "") -> None:
    """End a proposal by a step, and its clock with it."""
    found.state = PROPOSAL.take(step, ProposalState(found.state), hand.role).value
    found.closed_at = hand.at
    found.save(update_fields=["state", "closed_at"])
    clocks.stop(about=f"people.proposal:{found.pk}", at=hand.at, why=step)
    record(hand, f"people.proposal_{found.state}", found, reason=reason)


def give_role(hand: Hand, account: Account, role: Role, *, reason: str = "") -> None:
    """Give the role, and end the sessions that were begun in the former one."""
    former, account.role = account.role, role.value
    account.epoch += 1
    account.save(update_fields=["role", "epoch"])
    record_account(hand, "people.role_changed", account, reason=reason, former=former, role=role.value)


def record_account(hand: Hand, kind: str, account: Account, *, reason: str = "", **payload: str) -> None:
    """Record what happened to an account, with whoever has it as the subject."""
    ledger.record(
        hand,
        kind=kind,
        subject=account.subject,
        about=f"people.account:{account.pk}",
        reason=reason,
        payload=payload,
    )


def record(hand: Hand, kind: str, found: Proposal, *, reason: str = "") -> None:
    """Record what happened to a proposal, with the person whom it concerns as its subject."""
    ledger.record(
        hand,
        kind=kind,
        subject=found.about if found.account_id else MARKET,
        about=f"people.proposal:{found.pk}",
        reason=reason,
        payload={"matter": found.matter, "concerned": found.about, "role": found.role},
    )
