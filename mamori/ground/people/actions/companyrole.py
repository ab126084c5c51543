"""The role that the company says: its word alone takes any role away, and gives a trusted one only where others agree."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.people.actions import accounts, carrying, proposing
from mamori.ground.people.company import BY_COMPANY
from mamori.ground.people.models import Account, Proposal
from mamori.ground.people.rules import TRUSTED, Matter, Profile, needs_agreement


def renew(hand: Hand, account: Account, role: Role, profile: Profile) -> None:
    """Give somebody the role that the company says now; what they proposed in a trusted role that is over ends."""
    former = Role(account.role)
    _end_wishes(hand, account, but=role)
    if role is former:
        return
    waits = needs_agreement(role, former) and not accounts.is_first_lead()
    given = Role.AGENT if waits else role
    if given is not former:
        carrying.give_role(hand, account, given, reason=BY_COMPANY)
        if former in TRUSTED:
            proposing.end_of(hand, account, why="people.role_changed")
    if waits and not _is_proposed(account):
        proposing.open_proposal(
            hand, matter=Matter.GIVE_ROLE, account=account, role=role, profile=profile, reason=BY_COMPANY
        )


def the_account(number: int) -> Account:
    """Return the account, locked after what the company wished for it: whoever agrees locks both in this order."""
    _wishes(Account(pk=number))
    return accounts.the_account_and_all(number)


def _wishes(account: Account) -> list[Proposal]:
    rows = Proposal.objects.select_for_update().filter(
        IS_OPEN, about=account.subject, matter=Matter.GIVE_ROLE.value, by=BY_COMPANY
    )
    return list(rows)


def _end_wishes(hand: Hand, account: Account, *, but: Role) -> None:
    """Withdraw what the company once wished for somebody and does no more."""
    for found in _wishes(account):
        if found.role != but.value:
            carrying.close(hand, found, "withdraw", reason="people.role_changed")


def _is_proposed(account: Account) -> bool:
    return Proposal.objects.filter(IS_OPEN, about=account.subject, matter=Matter.GIVE_ROLE.value).exists()
