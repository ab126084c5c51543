"""Buyers and sellers whose keys go: on request, once a second person has agreed, and those with whom nothing happens any more."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Ground
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import erasing
from mamori.ground.ledger import actions as ledger, facts as records
from mamori.ground.market.events import PersonErasedOnRequest
from mamori.ground.market.models import Buyer, Order, Seller
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.events import ErasureAgreed
from mamori.ground.people.facts import TRUSTED, Profile
from mamori.ground.seal import actions as sealing, facts as seals

# Erasing a buyer or a seller on request: proposed by counsel or a lead, and done once somebody else has agreed.


SHOWN = 3


class ErasingNotYours(Refusal, code="market.erasing_not_yours", status=403):
    """Somebody else than counsel or a lead would have somebody erased."""

    text = Text(
        "消去は法務担当か窓口の責任者だけが申請できます。請求を受けたときは責任者にお知らせください。",
        "Only counsel or a lead can have somebody erased. Please tell your lead of the request.",
    )


class NobodyToErase(Refusal, code="market.nobody_to_erase", status=404):
    """Nobody of that name is kept, or they were erased already."""

    text = Text(
        "「{person}」について消去できる内容はありません。buyer:B-1 か seller:S-1 の形で、番号を確かめてください。",
        "There is nothing about “{person}” that could be erased. Name them as buyer:B-1 or seller:S-1, and check the reference.",
    )


class ErasingReasonNeeded(Refusal, code="market.erasing_reason_needed", status=422):
    """An erasure is asked for without a reason."""

    text = Text(
        "理由を書いてください。消去のあとも記録に残るので、氏名などは書かないでください。",
        "Please write the reason. It stays in the record after the erasure, so name nobody in it.",
    )


class MattersOpen(Refusal, code="market.matters_open", status=409):
    """The person still has open cases, whose words and records would become unreadable."""

    text = Text(
        "{person} には終わっていない案件があります（{numbers}）。終わってから、もう一度申請してください。",
        "{person} still has open cases ({numbers}). Please ask again once they have ended.",
    )


def erase_person(actor: Actor, *, person: str, ground: Ground, reason: str, profile: Profile) -> int:
    """Propose that a buyer or seller ("buyer:B-1") be erased, and return the proposal's number.

    It happens when another person agrees; where nobody else could, after a delay in everybody's sight.
    """
    if actor.role not in TRUSTED:
        raise ErasingNotYours
    if not reason.strip():
        raise ErasingReasonNeeded
    with transaction.atomic():
        _may_go(person, actor.at)
        number = people.propose_erasing(actor, person=person, profile=profile, reason=reason.strip())
        ledger.record(
            actor,
            kind="market.erase_person",
            subject=ledger.MARKET,
            about=person,
            ground=ground.code,
            reason=reason.strip(),
            payload={"proposal": number},
        )
    return number


def erasure_agreed(event: ErasureAgreed, at: datetime) -> None:
    """Destroy the person's key, now that it was agreed to, and tell the marketplace."""
    person = event.subject
    with transaction.atomic():
        _may_go(person, at)
        actor = Actor(by="machine:erasing", role=Role.MACHINE, at=at, via="agreement")
        ledger.shred(actor, subject=person, reason=f"people.proposal:{event.proposal}")
        outbox.publish(PersonErasedOnRequest(subject=person), at=at)


def _may_go(person: str, at: datetime) -> None:
    """See that the person is kept, under no hold and without open cases, and that nobody else objects.

    Their key is locked before that: who just opens a case seals with it, and is waited for.
    """
    if not re.fullmatch(r"(?:buyer|seller):[!-~]{1,64}", person) or person not in seals.living([person]):
        raise NobodyToErase(person=person)
    erasing.may_be_erased(person, at)
    sealing.keep_from_sealing(person)
    seals.must_not_be_held(person)
    side, _, ref = person.partition(":")
    wish = cases.Wish(buyer_ref=ref) if side == "buyer" else cases.Wish(seller_ref=ref)
    found = cases.view(wish, limit=SHOWN + 1).cases
    if found:
        numbers = "、".join(case.number for case in found[:SHOWN]) + ("…" if found[SHOWN:] else "")
        raise MattersOpen(person=person, numbers=numbers)


PAGE = 500
WHY = "retention.market.persons"


def shred_gone(actor: Actor, over: datetime, limit: int) -> int:
    """Destroy the keys of persons whose last order and last record lie before `over`; return how many.

    Who has an open case, is under a hold or still to be paid, or never ordered or sold anything, stays.
    """
    gone = 0
    for side, model in (("buyer", Buyer), ("seller", Seller)):
        after = ""
        while gone < limit:
            page = model._default_manager.filter(pk__gt=after).order_by("pk")
            refs = list(page.values_list("pk", flat=True)[:PAGE])
            if not refs:
                break
            after = refs[-1]
            there = seals.living(
                [f"{side}:{ref}" for ref in refs]
            )  # who is erased already is not asked about again
            for ref in _long_gone(side, [ref for ref in refs if f"{side}:{ref}" in there], over):
                if gone < limit and _shredded(actor, side, ref, over):
                    gone += 1
    return gone


def _long_gone(side: str, refs: list[str], over: datetime) -> list[str]:
    """Return those of the refs that had orders, though none since `over`."""
    orders = Order.objects.filter(**{f"{side}__in": refs})
    had = set(orders.values_list(f"{side}_id", flat=True).distinct())
    still = set(orders.filter(ordered_at__gte=over).values_list(f"{side}_id", flat=True).distinct())
    return sorted(had - still)


def _shredded(actor: Actor, side: str, ref: str, over: datetime) -> bool:
    subject = f"{side}:{ref}"
    try:
        with transaction.atomic():
            sealing.keep_from_sealing(subject)
            last = records.last_at(subject)
            if last is None or last >= over or cases.count_open(**{f"{side}_ref": ref}):
                return False
            ledger.shred(actor, subject=subject, reason=WHY)
    except Refusal:  # under a hold, or something has to end before
        return False
    return True
