"""What is read: open cases page by page, and receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases import facts as cases
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.declared.pages import CursorNotGood, Paged, cursor_of, place_of
from mamori.ground.declared.records import Ref, form, says
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.ids import RECEIPT
from mamori.ground.web.wording import language
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import THREAD

ADDRESSED = "-"
"""What stands in a receipt's whole address (`12-abcd…`) and in no id."""
ReceiptName = Annotated[
    str,
    Meta(
        max_length=120,
        pattern=r"^(rct_[1-9][0-9]{0,18}|[1-9][0-9]{0,18}-[0-9a-z]+)\Z",
        extra=form("rct_… か、受領証の番号全体(12-abcd…)", "rct_…, or a receipt's whole address (12-abcd…)"),
    ),
]


class CasesAsked(Paged, frozen=True, kw_only=True):
    """Which open cases, and from where on."""

    buyer: Annotated[Ref | None, says("購入者の ref", "the ref of the buyer")] = None
    seller: Annotated[Ref | None, says("出品者の ref", "the ref of the seller")] = None
    order: Annotated[Ref | None, says("注文の ref", "the ref of the order")] = None


class Case(Schema):
    """An open case: its number for people, its state and its clock."""

    number: str
    kind: str
    topic: str
    thread: Annotated[str, Field(pattern=THREAD.pattern)] | None
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: str
    attention: str
    opened_at: datetime
    next_due_at: datetime | None


class Cases(Schema):
    """A page of open cases, what falls due first; `next` is missing on the last."""

    items: list[Case]
    next: str | None


class Receipt(Schema):
    """The receipt of an act, as verifiers take it; `content` and `salt` only for the party whom it concerns."""

    format: str
    number: int
    leaf: dict[str, Any]
    content: dict[str, Any] | None
    salt: str | None
    index: int
    size: int
    proof: list[str]
    checkpoint: str
    key: str


class Awaited(Schema):
    """The act is kept and waits for its place in the log."""

    id: Annotated[str, Field(pattern=RECEIPT.pattern)]
    state: str = "pending"


def list_cases(hand: Hand, query: CasesAsked) -> Status[Cases]:
    """List open cases in the order in which they fall due; with a party's token its own only."""
    chosen = {"buyer_ref": query.buyer, "seller_ref": query.seller, "order_ref": query.order}
    if hand.role is not Role.MACHINE:
        kind, _, ref = _subject(hand).partition(":")
        if chosen[f"{kind}_ref"] not in (None, ref):
            return Status(200, Cases(items=[], next=None))
        chosen[f"{kind}_ref"] = ref
    page = cases.open_cases(after=_after(query.cursor), limit=query.limit, **chosen)
    threads = contact.threads_of([case.about for case in page.cases])
    is_market = hand.role is Role.MACHINE
    items = [_case(case, threads.get(case.about), shows_attention=is_market) for case in page.cases]
    return Status(200, Cases(items=items, next=_cursor(page.after)))


def get_receipt(hand: Hand, receipt: str) -> Status[Receipt] | Status[Awaited]:
    """Return the receipt of an act; 202 while the act waits for its place in the log.

    An API key alone sees the proof; a party sees the receipts that concern it or whose whole address it has
    ("12-abcd…"), and in words what it did itself, or who acts for it.
    """
    named = None if ADDRESSED in receipt else RECEIPT.number(receipt)
    number, found = ledger.receipt_for(hand, receipt, number=named)
    if found is None:
        return Status(202, Awaited(id=RECEIPT.of(number)))
    return Status(200, Receipt(**found.as_dict()))


def _subject(hand: Hand) -> str:
    return hand.by.rpartition("/")[0] if hand.role is Role.DELEGATE else hand.by


def _case(case: cases.CaseFact, thread: int | None, *, shows_attention: bool) -> Case:
    return Case(
        number=case.number,
        kind=case.kind,
        topic=case_kind(case.kind).topic(case.title).in_(language()),
        thread=THREAD.of(thread) if thread else None,
        buyer_ref=case.buyer_ref,
        seller_ref=case.seller_ref,
        order_ref=case.order_ref,
        state=case.state,
        attention=(case.attention or "") if shows_attention else "",
        opened_at=case.opened_at,
        next_due_at=case.next_due_at,
    )


_Where = tuple[datetime | None, Annotated[int, Meta(ge=0, le=2**63 - 1)], datetime | None]
"""Where a page ended: its due moment, its case, and since when that was urgent."""


def _cursor(after: cases.Cursor | None) -> str | None:
    return cursor_of([after.next_due_at, after.id, after.urgent_since]) if after else None


def _after(cursor: str | None) -> cases.Cursor | None:
    place = place_of(cursor, _Where)
    if place is None:
        return None
    due, number, since = place
    for moment in (due, since):
        if moment is not None and (moment.tzinfo is None or not 1900 <= moment.year <= 9000):
            raise CursorNotGood
    return cases.Cursor(due, number, since)
