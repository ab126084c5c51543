"""The tables of people: accounts, keys, those who come by link or code, a second pair of eyes, limits."""

from mamori.ground.people.models.accounts import Account, Accounts, Introduction, Invitation
from mamori.ground.people.models.keys import IS_LIVING, HouseSecret, Key, KeyKind
from mamori.ground.people.models.limits import Once, Tally
from mamori.ground.people.models.parties import IS_HERE, Delegate, SignInCode
from mamori.ground.people.models.proposals import Approval, Proposal

__all__ = [
    "IS_HERE",
    "IS_LIVING",
    "Account",
    "Accounts",
    "Approval",
    "Delegate",
    "HouseSecret",
    "Introduction",
    "Invitation",
    "Key",
    "KeyKind",
    "Once",
    "Proposal",
    "SignInCode",
    "Tally",
]
