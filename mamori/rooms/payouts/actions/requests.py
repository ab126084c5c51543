"""The gate is asked: each payout answered once under its reference, and answered anew when what it rests on has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import Q

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.declared import memory
from mamori.ground.declared.refs import leads_elsewhere
from mamori.japan.zengin.orders import MOST_YEN
from mamori.rooms.payouts import effects, name_checks, records, situations
from mamori.rooms.payouts.answers import PayoutFact, facts_of
from mamori.rooms.payouts.lifecycle import TransferState
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.refusals import (
    PayoutAmountWrong,
    PayoutDiffers,
    PayoutRefIsNumber,
    PayoutRefWrong,
    SellerNotKnown,
)
from mamori.rooms.payouts.rules.reference import is_ref, transfer_number

AT_HOME = ("", "JP")
"""The countries of a seller that are not abroad: none told counts as Japan."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A payout that is asked for.  Yen; `by_run`: our file pays it, else the marketplace does on our word."""

    ref: str
    seller_ref: str
    amount: int
    by_run: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A payout that cannot be answered on, and why."""

    asked: Asked
    refusal: Refusal


def authorize(hand: Hand, *, asked: Asked) -> PayoutFact:
    """Answer on a payout: release, partial, review or hold; asked again, it is answered by how things stand now."""
    [answer] = authorize_all(hand, asked=[asked])
    if isinstance(answer, Refused):
        raise answer.refusal
    return answer


def authorize_all(hand: Hand, *, asked: Sequence[Asked]) -> list[PayoutFact | Refused]:
    """Answer on many payouts in one transaction, each as `authorize` would, in their order; a refusal stands for itself."""
    with memory.act():
        rows, refused = decide_all(hand, asked=asked)
        answers = facts_of(rows)
    return [
        Refused(one, refused[number]) if number in refused else answers[one.ref]
        for number, one in enumerate(asked)
    ]


def decide_all(hand: Hand, *, asked: Sequence[Asked]) -> tuple[list[Payout], dict[int, Refusal]]:
    """Decide on many payouts; return them, and by its place what is refused and why.

    Of two who ask for two sellers under one number at once, the second finds the first's on a second look.
    """
    try:
        return _decide_all(hand, asked)
    except IntegrityError:
        return _decide_all(hand, asked)


def _decide_all(hand: Hand, asked: Sequence[Asked]) -> tuple[list[Payout], dict[int, Refusal]]:
    refused = {number: fault for number, one in enumerate(asked) if (fault := wrong_with(one)) is not None}
    with memory.attempt():
        sellers = {one.seller_ref for number, one in enumerate(asked) if number not in refused}
        known = situations.known(sellers)
        records.lock(known)
        rows = {row.ref: row for row in Payout.objects.filter(ref__in=[one.ref for one in asked])}
        old = [row for row in rows.values() if _may_move(row)]
        new: dict[str, Payout] = {}
        for number, one in enumerate(asked):
            if number in refused:
                continue
            row = rows.get(one.ref) or new.get(one.ref)
            if row is not None and not _is_same(row, one):
                refused[number] = PayoutDiffers(payout=one.ref)
            elif one.seller_ref not in known:
                refused[number] = SellerNotKnown(seller=one.seller_ref)
            elif (
                row is None and transfer_number(one.ref) is not None
            ):  # what was let through before is answered on
                refused[number] = PayoutRefIsNumber(ref=one.ref)
            elif row is None and leads_elsewhere(one.ref):
                refused[number] = PayoutRefWrong(ref=one.ref)
            elif row is None:
                new[one.ref] = _new(one, hand, abroad=known[one.seller_ref] not in AT_HOME)
        gate = situations.gate(known, hand.at)
        old = [row for row in old if row.payee_id in known]
        effects.decide(hand, [*sorted(old, key=lambda row: row.pk), *new.values()], gate, verb="authorize")
    return [*rows.values(), *new.values()], refused


def reconsider(hand: Hand, *, seller_ref: str) -> None:
    """Answer anew on what waits of a seller and on what is ready and not ordered, the oldest first.

    Its accounts are compared with its registered name anew, also where nothing was asked for yet.  Of sellers for whom
    nothing was ever asked and no account told this room keeps no row, whatever it hears of them.
    """
    with memory.act():
        if not records.is_known(seller_ref) or not situations.known([seller_ref]):
            return
        records.lock([seller_ref])
        name_checks.compare_open(seller_ref, hand.at)
        rows = Payout.objects.filter(payee=seller_ref).filter(
            Q(waiting_since__isnull=False)
            | Q(transfers__state=TransferState.READY.value, transfers__agreed=False)
        )
        found = list(rows.distinct().order_by("id"))
        effects.decide(hand, found, situations.gate([seller_ref], hand.at), verb="reconsider")


def wrong_with(one: Asked) -> Refusal | None:
    """Return what is wrong with the form of what is asked for."""
    for ref in (one.ref, one.seller_ref):
        if not is_ref(ref):
            return PayoutRefWrong(ref=ref[:64])
    if not 1 <= one.amount <= MOST_YEN:
        return PayoutAmountWrong(amount=f"{one.amount:,}")
    return None


def _is_same(row: Payout, one: Asked) -> bool:
    return (row.payee_id, row.amount, row.by_run) == (one.seller_ref, one.amount, one.by_run)


def _may_move(row: Payout) -> bool:
    """Say whether an answer may still change: what is wholly out of our hands is answered as it was."""
    return row.waiting_since is not None or (row.by_run and row.closed_at is None)


def _new(one: Asked, hand: Hand, *, abroad: bool) -> Payout:
    return Payout(
        ref=one.ref,
        payee_id=one.seller_ref,
        amount=one.amount,
        waits=one.amount,
        by_run=one.by_run,
        abroad=abroad,
        asked_at=hand.at,
        decided_at=hand.at,
        act=0,
    )
