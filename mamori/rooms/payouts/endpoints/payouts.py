"""Payouts and accounts over JSON."""

from __future__ import annotations

from ninja import Status

from mamori.grammar.hand import Hand
from mamori.japan.banks import account as bank_account
from mamori.japan.banks import master, yucho
from mamori.japan.zengin.letters import NotForTransfer
from mamori.japan.zengin.orders import NoHolder
from mamori.japan.zengin.outcomes import NEXT, WHY_SAID, Why
from mamori.rooms.payouts import actions, facts
from mamori.rooms.payouts.actions import Asked, Given
from mamori.rooms.payouts.endpoints.shapes import (
    AccountGiven,
    AccountsShown,
    BankSaid,
    PayoutAsked,
    PayoutShown,
    ResultSaid,
    account_shown,
    payout_shown,
)
from mamori.rooms.payouts.refusals import (
    NoSuchAccount,
    NoSuchPayout,
    NotForThisRole,
    PartUnsaid,
    PayoutAmountWrong,
    PayoutDiffers,
    PayoutRefIsNumber,
    PayoutRefWrong,
    SellerNotKnown,
)

ASKING = (SellerNotKnown, PayoutDiffers, PayoutAmountWrong, PayoutRefWrong, PayoutRefIsNumber)
READING = (NoSuchPayout,)
TELLING = (NoSuchPayout, PartUnsaid)
GIVING = (
    NotForThisRole,
    SellerNotKnown,
    PayoutRefWrong,
    master.NoSuchBank,
    master.NoSuchBranch,
    bank_account.NoSuchAccountKind,
    bank_account.AccountNumberNotDigits,
    bank_account.AccountNumberLength,
    bank_account.PostBankNumberLength,
    bank_account.PostBankKind,
    yucho.NoSuchSymbol,
    yucho.NoSuchPassbookNumber,
    yucho.NoSuchPostBranch,
    NoHolder,
    NotForTransfer,
)
ACCOUNTS = (NotForThisRole, NoSuchAccount)


def authorize_payout(hand: Hand, ref: str, body: PayoutAsked) -> Status[PayoutShown]:
    """Ask whether a payout may be made; asked again under the same number, it is answered by how things stand now.

    Measures on payouts count here by themselves.  What was taken by `deduct` does not: subtract it before you ask.
    """
    found = actions.authorize(hand, asked=Asked(ref, body.seller, body.amount, body.by_run))
    return Status(200, payout_shown(found, facts.parts(ref)))


def get_payout(hand: Hand, ref: str) -> Status[PayoutShown]:
    """Read the newest answer on a payout."""
    return Status(200, payout_shown(facts.payout(hand, ref), facts.parts(ref)))


def tell_payout(hand: Hand, ref: str, body: ResultSaid) -> Status[PayoutShown]:
    """Tell that a payout was paid, or that it came back from the bank; told twice, once counts."""
    if body.paid:
        actions.note_paid(hand, payout=ref, part=body.part)
    else:
        why = NEXT[WHY_SAID.get(body.why.strip(), Why.OTHER)][0]
        actions.note_returned(hand, payout=ref, why=why, part=body.part)
    return Status(200, payout_shown(facts.payout(hand, ref), facts.parts(ref)))


def put_account(hand: Hand, seller: str, body: AccountGiven) -> Status[AccountsShown]:
    """Tell the account that a seller's proceeds go to; another account waits, and the seller hears of it.

    Another is one of another bank, branch, kind or number: it waits for `payouts.cooling`, and no payout goes meanwhile.
    The first, and another `holder` of the same account, are in use at once; the name is compared anew.
    """
    given = Given(
        bank=body.bank,
        branch=body.branch,
        kind=body.kind,
        number=body.number,
        symbol=body.symbol,
        holder=body.holder,
    )
    actions.set_account(hand, seller_ref=seller, given=given)
    return _accounts(hand, seller)


def get_account(hand: Hand, seller: str) -> Status[AccountsShown]:
    """Read which accounts a seller's proceeds go to, numbers masked."""
    return _accounts(hand, seller)


def check_account(hand: Hand, seller: str, body: BankSaid) -> Status[AccountsShown]:
    """Tell what the bank's own check of the account holder's name came to."""
    actions.prove_by_bank(hand, seller_ref=seller, agrees=body.agrees)
    return _accounts(hand, seller)


def _accounts(hand: Hand, seller: str) -> Status[AccountsShown]:
    found = facts.accounts(hand, seller)
    return Status(
        200, AccountsShown(seller_ref=seller, accounts=[account_shown(one) for one in found if one.is_open])
    )
