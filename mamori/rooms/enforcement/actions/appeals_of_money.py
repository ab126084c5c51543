"""A seller's appeal against a deduction from its proceeds, and its end where nothing was deducted after all."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import entered
from mamori.japan import written
from mamori.japan.spoken import spoken
from mamori.rooms.contact import facts as contact
from mamori.rooms.enforcement import appeal_records, appealnotices
from mamori.rooms.enforcement.access import NotThere, is_sellers
from mamori.rooms.enforcement.actions.appeals import receive, refuse_again
from mamori.rooms.enforcement.models import Appeal
from mamori.rooms.enforcement.refusals import AppealTooLate

__all__ = ("NothingDeducted", "appeal_recovery", "drop_appeal")


class NothingDeducted(Refusal, code="nothing-deducted", status=409):
    """Given when a recovery took nothing from the seller."""

    text = Text(
        "この出品者への請求では売上金から何も差し引いていないので、異議の対象がありません。出品者への請求のページで状態をご確認ください。",
        "Nothing was deducted in this recovery, so there is nothing to appeal against. Please look at its page.",
    )


def appeal_recovery(hand: Hand, *, recovery: int, said: str) -> int:
    """Take a seller's appeal against a deduction and return its number."""
    said = written.checked(said)
    with memory.act():
        found = contact.recovery(recovery)
        if found is None or hand.role not in SELLERS or not is_sellers(hand, found.seller_ref):
            raise NotThere()
        refuse_again(Appeal.objects.filter(recovery=recovery).order_by("-id").first())
        if not found.is_taken or found.appeal_until is None:
            raise NothingDeducted()
        if hand.at > found.appeal_until:
            raise AppealTooLate(until=spoken(found.appeal_until))
        row = Appeal(
            recovery=recovery, seller_ref=found.seller_ref, first_by=found.decided_by, received_at=hand.at
        )
        return receive(hand, row, said)


def drop_appeal(hand: Hand, *, recovery: int) -> None:
    """End an open appeal against a deduction that was not made after all: there is nothing to give back."""
    with memory.act():
        found = Appeal.objects.select_for_update().filter(recovery=recovery, closed_at__isnull=True).first()
        if found is None:
            return
        with entered(hand, appeal_records.APPEALS, found) as act:
            appeal_records.end_reversed(act, appealnotices.NOT_DEDUCTED)
