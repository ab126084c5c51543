"""Whether the holder of an account is the registered person: compared when either changes, looked at by a person in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from mamori.ground.terms import facts as terms
from mamori.japan.names import Answer, Verdict, compare
from mamori.law.paying import PAYOUT_PROOF
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import IdentityFact, Standing, StandingFact
from mamori.rooms.payouts import details, matters, shared_accounts
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.rules.holder import (
    BANK_DIFFERS,
    NO_NAME,
    Doubt,
    Proof,
    holder_of,
    judged,
    owes_look,
)

COMPARED = ("verdict", "why", "identity_version", "looked_by", "looked_at", "look_since")


def compare_anew(accounts: Iterable[Account], standings: Mapping[str, StandingFact], at: datetime) -> None:
    """Compare again where the registered name is another than the one that was compared; a person's word counts no more.

    A look that nobody can take, because the name is gone or changed and not verified, is asked for no more until it is.
    """
    changed = [one for one in accounts if _is_compared_anew(one, standings.get(one.payee_id), at)]
    if changed:
        Account.objects.bulk_update(changed, COMPARED)
        matters.settle(changed, at=at, why="compare")


def _is_compared_anew(account: Account, stands: StandingFact | None, at: datetime) -> bool:
    is_current = stands is not None and account.identity_version == stands.version
    if stands is not None and stands.standing is Standing.VERIFIED:
        if not is_current:
            judge(account, at, bank_differs=account.why == BANK_DIFFERS and not account.looked_by)
        return not is_current
    if account.look_since is None or (is_current and account.why != NO_NAME):
        return False
    account.look_since = None
    return True


def compare_open(seller_ref: str, at: datetime) -> None:
    """Compare a seller's open accounts again, the one in use and the one that is to replace it; the payee is locked."""
    rows = list(Account.objects.filter(payee=seller_ref, closed_at__isnull=True))
    compare_anew(rows, identity.standings([seller_ref], at=at), at)


def judge(account: Account, at: datetime, *, bank_differs: bool = False) -> None:
    """Put the gates' verdict into the row, unsaved: it counts for the version of the registered name that stands now.

    `bank_differs`: the bank said no, and nobody has looked at that yet.
    """
    who = identity.identity(account.payee_id, at=at)
    proof = Proof(terms.setting(PAYOUT_PROOF, at=at))
    found = compared(account, who)
    if found is None or who is None:
        account.verdict, account.why = Verdict.REVIEW.value, NO_NAME
    elif bank_differs:
        account.verdict, account.why = Verdict.REVIEW.value, BANK_DIFFERS
    else:
        verdict, account.why = judged(found, has_kana=bool(who.kana.strip()), proof=proof)
        account.verdict = verdict.value
    account.identity_version = who.version if who else 0
    account.looked_by, account.looked_at = "", None
    see_look(account, at, has_name=found is not None)


def see_look(account: Account, at: datetime, *, has_name: bool) -> None:
    """Put into the row, unsaved, whether a person has to look at it."""
    doubt = Doubt(
        verdict=account.verdict,
        has_name=has_name,
        tries=account.tries,
        is_proved=account.proved_at is not None,
        is_shared=bool(shared_accounts.others(account)),
    )
    account.look_since = at if owes_look(doubt) else None


def has_name(account: Account, at: datetime) -> bool:
    """Say whether the holder can be compared with a registered name."""
    return compared(account, identity.identity(account.payee_id, at=at)) is not None


def compared(account: Account, who: IdentityFact | None) -> Answer | None:
    """Return what the gates of names say, with every piece; nothing where either name is not there."""
    holds = details.opened(account)
    if holds is None or who is None or not who.name.strip():
        return None
    return compare(name=who.name, kana=holds.holder, kind=holder_of(who.registrant), furigana=who.kana)
