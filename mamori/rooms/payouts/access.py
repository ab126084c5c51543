"""How this room finds and locks what it acts on, the payee first, and who may do what."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.rooms.payouts import records
from mamori.rooms.payouts.lifecycle import AccountState
from mamori.rooms.payouts.models import Account, Payout
from mamori.rooms.payouts.refusals import NoSuchAccount, NoSuchPayout, NotForThisRole

DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})


def may_see(hand: Hand, seller_ref: str) -> bool:
    """Say whether something of this seller's concerns the hand: the seller, its delegates, staff, a machine."""
    return hand.is_staff or is_machine(hand) or hand.is_sellers(seller_ref)


def is_machine(hand: Hand) -> bool:
    """Say whether the hand is software of the house or of the marketplace."""
    return hand.role is Role.MACHINE and hand.by.startswith("machine:")


def may_change(hand: Hand, seller_ref: str) -> None:
    """Let pass the seller itself and the marketplace: nobody else says where its money goes."""
    is_own = hand.role is Role.SELLER and hand.is_sellers(seller_ref)
    if not is_own and not is_machine(hand):
        raise NotForThisRole(roles=Text("出品者ご本人と通販サイト", "the seller itself and the marketplace"))


def must_decide(hand: Hand) -> None:
    """Let pass leads and counsel."""
    if hand.role not in DECIDERS:
        raise NotForThisRole(roles=Text("責任者と法務担当", "leads and counsel"))


def the_account(hand: Hand, account: int) -> Account:
    """Return the account, its payee locked."""
    ref = Account.objects.filter(pk=account).values_list("payee_id", flat=True).first()
    if ref is None or not may_see(hand, ref):
        raise NoSuchAccount
    records.lock([ref])
    return Account.objects.get(pk=account)


def account_in_use(seller_ref: str) -> Account | None:
    """Return the account that a seller's money goes to, or nothing."""
    return Account.objects.filter(payee=seller_ref, state=AccountState.IN_USE.value).first()


def the_payout(hand: Hand, ref: str) -> Payout:
    """Return the payout, its payee locked."""
    seller_ref = Payout.objects.filter(ref=ref).values_list("payee_id", flat=True).first()
    if seller_ref is None or not may_see(hand, seller_ref):
        raise NoSuchPayout
    records.lock([seller_ref])
    return Payout.objects.get(ref=ref)
