"""How this room names what it acts on, locks payees, enters cases, tells and records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from mamori.grammar.declaration import Deadline, Template
from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.cases import facts as case_facts
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.rooms.payouts.models import Account, Payee, Payout

PAYOUT_TITLE = Text("売上金の支払い", "payout")
ACCOUNT_TITLE = Text("口座名義の確認", "the account holder's name")

LOCKED = "payouts.locked"
"""The sellers whose rows an act holds locked."""


def about(thing: Payout | Account) -> str:
    """Return the name under which acts, clocks and cases know the thing."""
    return f"payouts.payout:{thing.ref}" if isinstance(thing, Payout) else f"payouts.account:{thing.pk}"


def subject(seller_ref: str) -> str:
    """Return the seller as notices and keys name it."""
    return f"seller:{seller_ref}"


def lock(seller_refs: Collection[str]) -> None:
    """Lock the rows of these sellers in the caller's transaction, made where they are missing: one decides at a time."""
    refs = sorted(set(seller_refs) - memory.all_of(LOCKED).keys())
    if not refs:
        return
    known = set(Payee.objects.filter(pk__in=refs).values_list("pk", flat=True))
    new = [Payee(seller_ref=ref) for ref in refs if ref not in known]
    Payee.objects.bulk_create(new, ignore_conflicts=True)
    list(Payee.objects.select_for_update().filter(pk__in=refs).order_by("pk").values_list("pk"))
    for ref in refs:
        memory.put(LOCKED, ref, True)


def is_known(seller_ref: str) -> bool:
    """Say whether this room keeps a row of a seller; whose row is locked has one."""
    return seller_ref in memory.all_of(LOCKED) or Payee.objects.filter(pk=seller_ref).exists()


def due(deadline: Deadline, at: datetime) -> datetime:
    """Return when a span that begins at the moment is over."""
    return clock_facts.after(at, terms.duration(deadline, at=at)).astimezone(UTC)


def case_number(thing: Payout | Account) -> str:
    """Return the number that people use, "" where there was never anything for a person."""
    return case_facts.numbers_of([about(thing)]).get(about(thing), "")


def enter(thing: Payout | Account, at: datetime) -> None:
    """Enter a thing into the case index, unless it was before; an act looks once."""
    if case_facts.is_entered(about(thing)):
        return
    is_payout = isinstance(thing, Payout)
    title, shop = PAYOUT_TITLE if is_payout else ACCOUNT_TITLE, market.seller(thing.payee_id)
    cases.open(
        kind="payouts.payout" if is_payout else "payouts.account",
        about=about(thing),
        title=title.ja,
        buyer_ref="",
        seller_ref=thing.payee_id,
        order_ref="",
        at=at,
        subject=subject(thing.payee_id),
        called=f"{title.en} {shop.name if shop else ''} {thing.ref if isinstance(thing, Payout) else ''}",
    )


def tell(seller_ref: str, template: Template, thing: Payout | Account, at: datetime, **values: Any) -> None:
    """Write a notice to the seller."""
    outbox.tell(to=subject(seller_ref), template=template, values=values, about=about(thing), at=at)


def tell_former(seller_ref: str, template: Template, thing: Account, at: datetime, **values: Any) -> None:
    """Write a notice to the addresses that the seller's present one replaced, where it did."""
    seller = market.seller(seller_ref)
    if seller is not None and seller.contact.former:
        outbox.tell(
            to=f"former:{subject(seller_ref)}", template=template, values=values, about=about(thing), at=at
        )


def tell_staff(to: str, template: Template, thing: Payout | Account, at: datetime, **values: Any) -> None:
    """Write a notice about a case to the people of a role, with its number."""
    enter(thing, at)
    said = {"number": case_facts.case_of(about(thing)).number, **values}
    outbox.tell(to=to, template=template, values=said, about=about(thing), at=at)


def record(
    hand: Hand, thing: Payout | Account, verb: str, *, ground: str = "", reason: str = "", **payload: object
) -> int:
    """Put an act on a thing on record, and return its place there."""
    return ledger.record(
        hand,
        kind=f"payouts.{verb}",
        subject=subject(thing.payee_id),
        about=about(thing),
        ground=ground,
        reason=reason,
        payload=payload,
    )


def waits(row: Payout) -> dict[str, Any]:
    """Return what an act on money that waits says of it: the clause it waits by, and how much it is."""
    return {"ground": row.clause, "payout": row.ref, "waits": row.waits, "state": row.state}
