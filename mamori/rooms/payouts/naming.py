"""Whether the holder of an account is the registered person: compared when either changes, looked at by a person in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from mamori.ground.terms import facts as terms
from mamori.japan.names import Answer, Verdict, compare
from mamori.law.paying import PAYOUT_PROOF
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import IdentityFact, Standing, StandingFact
from mamori.rooms.payouts import details, looks
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.rules.holder import NO_NAME, Proof, holder_of, judged

COMPARED = ("verdict", "why", "identity_version", "looked_by", "looked_at", "look_since")


def compare_anew(accounts: Iterable[Account], standings: Mapping[str, StandingFact], at: datetime) -> None:
    """Compare again where the registered name is another than the one that was compared; a person's word counts no more."""
    changed = []
    for account in accounts:
        stands = standings.get(account.payee_id)
        if stands is None or stands.standing is not Standing.VERIFIED:
            continue
        if account.identity_version != stands.version:
            judge(account, at)
            changed.append(account)
    if changed:
        Account.objects.bulk_update(changed, COMPARED)
        for account in changed:
            looks.open_or_close(account, at)


def judge(account: Account, at: datetime) -> None:
    """Put the gates' verdict into the row, unsaved: it counts for the version of the registered name that stands now."""
    who = identity.identity(account.payee_id, at=at)
    proof = Proof(terms.setting(PAYOUT_PROOF, at=at))
    found = compared(account, who)
    if found is None or who is None:
        account.verdict, account.why = Verdict.REVIEW.value, NO_NAME
    else:
        verdict, account.why = judged(found, has_kana=bool(who.kana.strip()), proof=proof)
        account.verdict = verdict.value
    account.identity_version = who.version if who else 0
    account.looked_by, account.looked_at = "", None
    account.look_since = None if account.verdict == Verdict.MATCH else at


def compared(account: Account, who: IdentityFact | None) -> Answer | None:
    """Return what the gates of names say, with every piece; nothing where either name is not there."""
    holds = details.opened(account)
    if holds is None or who is None or not who.name.strip():
        return None
    return compare(name=who.name, kana=holds.holder, kind=holder_of(who.registrant), furigana=who.kana)
