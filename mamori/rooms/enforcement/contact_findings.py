"""What the room of contact tells becomes a finding where the seller did not do its part; a person decides on it."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.japan.spoken import spoken
from mamori.law.breaches import AGREEMENT_BROKEN, RECOVERY_REFUSED, UNANSWERED, UNREACHABLE
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import TroubleFact
from mamori.rooms.enforcement.actions.appeals_of_money import drop_appeal
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.rules.from_contact import (
    is_broken,
    is_refused,
    is_unanswered,
    reach_of,
    severity_of,
)
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.subject import Subject


def resolution_missed(hand: Hand, *, trouble: int) -> None:
    """Find that a seller left a trouble without an answer until it was to be solved."""
    fact = contact.trouble(trouble)
    if fact is None or not is_unanswered(fact.first_answered_at, closed=fact.closed_at is not None):
        return
    due = spoken(fact.resolution_due_at)
    _find(
        hand,
        fact,
        UNANSWERED.code,
        Text(
            f"困りごと {fact.case}（注文 {fact.order_ref}）に、解決の期限 {due.ja} まで回答がなかった。",
            f"Trouble {fact.case} (order {fact.order_ref}) had no answer until it was to be solved, {due.en}.",
        ),
    )


def proposal_ended(hand: Hand, *, trouble: int, proposal: int, state: str) -> None:
    """Find that a seller did not keep what it had agreed with a buyer."""
    fact = contact.trouble(trouble)
    if fact is None or not is_broken(state):
        return
    _find(
        hand,
        fact,
        AGREEMENT_BROKEN.code,
        Text(
            f"困りごと {fact.case}（注文 {fact.order_ref}）で合意した解決が、期限までに実行されなかった。",
            f"What was agreed in trouble {fact.case} (order {fact.order_ref}) was not done in time.",
        ),
        origin=f"contact.proposal:{proposal}",
    )


def recovery_ended(hand: Hand, *, recovery: int, state: str) -> None:
    """Find that what was refunded in a seller's place could not be recovered; an appeal against it has no object any more."""
    found = contact.recovery(recovery)
    if found is None:
        return
    if not found.is_taken:
        drop_appeal(hand, recovery=recovery)
    if not is_refused(state, claimed=0 if found.called_back else found.amount):
        return
    fact = contact.trouble(found.trouble)
    if fact is None:
        return
    _find(
        hand,
        fact,
        RECOVERY_REFUSED.code,
        Text(
            f"出品者への請求 {found.case}：差し引きを決めた {found.amount:,}円を受け取れず、運営者が負担した。",
            f"Recovery {found.case}: {found.amount:,} yen that were to be deducted could not be; the operator bore them.",
        ),
        origin=f"contact.recovery:{recovery}",
    )


def seller_not_reached(hand: Hand, *, trouble: int, times: int) -> None:
    """Find that a seller does not answer the telephone number that it shows."""
    fact = contact.trouble(trouble)
    if fact is None:
        return
    _find(
        hand,
        fact,
        UNREACHABLE.code,
        Text(
            f"困りごと {fact.case} について、登録された電話に時間帯を変えて{times}回かけたが、つながらなかった。",
            f"About trouble {fact.case} the registered telephone was called {times} times at different hours; nobody answered.",
        ),
    )


def _find(hand: Hand, fact: TroubleFact, breach: str, said: Text, *, origin: str = "") -> None:
    find(
        hand,
        breach=breach,
        severity=severity_of(fact.harm),
        harm=reach_of(fact.harm),
        subject=Subject(seller=fact.seller_ref, order=fact.order_ref),
        facts=(said,),
        origin=origin or f"contact.trouble:{fact.id}",
        source=Source.CONTACT,
        automated=True,
        reporter=f"buyer:{fact.buyer_ref}",
        evidence=(("case", fact.case),),
    )
