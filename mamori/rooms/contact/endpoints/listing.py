"""Threads in a list, ended ones too: states and moments, never anybody's words."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.declared.records import CursorNotGood, Number, Paged, Ref, cut_page, form, place_of, says
from mamori.rooms.contact import keeping
from mamori.rooms.contact.ids import THREAD, TROUBLE
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.topics import Harm, Progress, Topic

LISTING = (CursorNotGood,)


class OpenOrEnded(StrEnum):
    """Whether a thread still goes on."""

    OPEN = "open"
    ENDED = "ended"


class ThreadsAsked(Paged, frozen=True, kw_only=True):
    """Which threads."""

    order: Annotated[Ref | None, says("注文の ref", "the ref of the order")] = None
    listing: Annotated[Ref | None, says("商品の ref", "the ref of the listing")] = None
    buyer: Annotated[Ref | None, says("購入者の ref", "the ref of the buyer")] = None
    seller: Annotated[Ref | None, says("出品者の ref", "the ref of the seller")] = None
    state: Annotated[
        OpenOrEnded | None,
        says("続いているものか、終わったものか", "those that go on, or those that ended"),
        Meta(extra=form("open か ended", "open or ended")),
    ] = None


class TroubleListed(Schema):
    """The trouble of a thread about an order."""

    id: Annotated[str, Field(pattern=TROUBLE.pattern)]
    harm: Harm
    progress: Progress
    state: TroubleState


class ThreadListed(Schema):
    """A thread: whom and what it concerns, and how it stands; `trouble` is null for a question before purchase."""

    id: Annotated[str, Field(pattern=THREAD.pattern)]
    case: str
    topic: Topic
    buyer_ref: str
    seller_ref: str
    listing_ref: str
    order_ref: str
    state: ThreadState
    opened_at: datetime
    last_at: datetime
    closed_at: datetime | None
    answer_due_at: datetime | None
    trouble: TroubleListed | None


class Threads(Schema):
    """A page of threads, the newest first; `next` is null on the last."""

    items: list[ThreadListed]
    next: str | None


def list_threads(actor: Actor, query: ThreadsAsked) -> Status[Threads]:
    """List threads, the newest first, ended ones too; with a party's token its own only."""
    rows = Thread.objects.select_related("trouble").order_by("-id")
    wanted = {
        "order_ref": query.order,
        "listing_ref": query.listing,
        "buyer_ref": query.buyer,
        "seller_ref": query.seller,
    }
    if actor.role is not Role.MACHINE:
        side, _, ref = actor.whose.partition(":")
        rows = rows.filter(**{f"{side}_ref": ref})
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if query.state is not None:
        rows = rows.filter(IS_OPEN if query.state is OpenOrEnded.OPEN else ~IS_OPEN)
    if before := place_of(query.cursor, Number):
        rows = rows.filter(pk__lt=before)
    page, more = cut_page(list(rows[: query.limit + 1]), query, lambda one: one.pk)
    numbers = cases.numbers_of([keeping.about(thread) for thread in page])
    items = [_listed(thread, numbers[keeping.about(thread)]) for thread in page]
    return Status(200, Threads(items=items, next=more))


def _listed(thread: Thread, case: str) -> ThreadListed:
    trouble = keeping.trouble_of(thread)
    return ThreadListed(
        id=THREAD.of(thread.pk),
        case=case,
        topic=Topic(thread.topic),
        buyer_ref=thread.buyer_ref,
        seller_ref=thread.seller_ref,
        listing_ref=thread.listing_ref,
        order_ref=thread.order_ref,
        state=ThreadState(thread.state),
        opened_at=thread.opened_at,
        last_at=thread.last_at,
        closed_at=thread.closed_at,
        answer_due_at=thread.answer_due_at,
        trouble=None
        if trouble is None
        else TroubleListed(
            id=TROUBLE.of(trouble.pk),
            harm=Harm(trouble.harm),
            progress=Progress(trouble.progress),
            state=TroubleState(trouble.state),
        ),
    )
