"""How an acceptance is written down: as told by the marketplace, or by the seller's own hand."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.terms.models import ClauseAcceptance, ClausePublished


class AcceptingNotYours(Refusal, code="terms.accepting-not-yours", status=403):
    """Given when somebody else than the seller would accept its terms; a delegate may read them."""

    text = Text(
        "規約に同意できるのは、お店の登録をした方ご本人だけです。ご本人にお伝えください。",
        "Only the registered person of the shop can accept its terms. Please tell them.",
    )


class VersionNotOffered(Refusal, code="terms.version-not-offered", status=409):
    """Given when a seller would accept another version than the newest published: the page was opened before, or it is none."""

    text = Text(
        "この条項の最新の版ではありません。「規約」のページを開き直し、最新の版を読んでから同意してください。",
        "This is not the newest version of the clause. Please open the page “Terms” again and read the newest before you accept.",
    )


def accept(
    *, seller_ref: str, clause: str, version: int, at: datetime, source: str, hand: Hand | None = None
) -> bool:
    """Write down that the seller accepted the clause at `at`, and say whether that was new.

    `source` tells where we know it from; `hand` is whoever tells us, the seller where none is given.
    """
    told = {"seller_ref": seller_ref, "clause": clause, "version": version, "accepted_at": at}
    if ClauseAcceptance.objects.filter(**told).exists():
        return False
    subject = f"seller:{seller_ref}"
    try:
        with memory.attempt():
            act = ledger.record(
                hand or Hand(by=subject, role=Role.SELLER, at=at, via=source),
                kind="terms.accepted",
                subject=subject,
                about=f"terms.clause:{clause}",
                payload={"version": version, "accepted_at": at.isoformat(), "source": source},
            )
            ClauseAcceptance.objects.create(**told, source=source, act=act)
    except IntegrityError:  # told twice at the same moment: the other's act stands
        return False
    return True


def agree(hand: Hand, *, clause: str, version: int) -> int:
    """Accept the newest published version of a clause by the seller's own hand, and return the act of the receipt.

    Agreed to a second time, it is the first act that counts.
    """
    if hand.role is not Role.SELLER:
        raise AcceptingNotYours
    seller_ref = hand.by.removeprefix("seller:")
    with transaction.atomic():
        newest = ClausePublished.objects.filter(clause=clause).order_by("-version").first()
        if newest is None or newest.version != version:
            raise VersionNotOffered
        known = ClauseAcceptance.objects.filter(
            seller_ref=seller_ref, clause=clause, version=version, act__isnull=False
        ).order_by("id")
        if not known.exists():
            accept(
                seller_ref=seller_ref, clause=clause, version=version, at=hand.at, source=hand.via, hand=hand
            )
        return known.values_list("act", flat=True)[0]  # type: ignore[return-value]  # act__isnull=False
