"""What the API shows of a thread: the shapes of its answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from mamori.grammar.text import Text
from mamori.ground.vault.facts import Kind as FileKind
from mamori.rooms.contact.centre.rules import Readers
from mamori.rooms.contact.ids import PROPOSAL, THREAD, TROUBLE
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.lifecycle.remedy import RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.eligibility import Hindrance, Kind
from mamori.rooms.contact.rules.proposals import Kind as Proposed, Reply, Side
from mamori.rooms.contact.topics import Harm, Progress, Topic


class Said(Schema):
    """The same words in both languages."""

    ja: str
    en: str


class ClockShown(Schema):
    """A clock that runs."""

    kind: str
    due_at: datetime


class Hindered(Schema):
    """What stands against a refund in the seller's place, and until when; null = for good."""

    code: Hindrance
    until: datetime | None
    text: Said


class Givable(Schema):
    """Something that may be given in the seller's place."""

    kind: Kind
    text: Said


class Eligibility(Schema):
    """What may be given in the seller's place, in the words of the pages: at most `most`, or what stands against it.  Yen."""

    kinds: list[Givable]
    hindrances: list[Hindered]
    most: int
    price: int
    refunded: int
    ceiling: int


class ToldReplyShown(Schema):
    """An answer that did not come by the party's own hand: by telephone or letter, taken down by staff, or from a helper.

    `corrected_at` is when the party said that it was misheard.
    """

    by: Side
    reply: Reply
    through: str
    at: datetime
    corrected_at: datetime | None


class ProposalShown(Schema):
    """A proposed solution; `said` is null unless a party asks.  Yen.

    `due_at` is by when a reply is due, once it is agreed by when it is to be done, and null when it is over.
    """

    id: Annotated[str, Field(pattern=PROPOSAL.pattern)]
    number: int
    by: Side
    kind: Proposed
    text: Said
    amount: int
    state: ProposalState
    agreed: list[Side]
    at: datetime
    due_at: datetime | None
    said: str | None
    told_replies: list[ToldReplyShown]


class TroubleShown(Schema):
    """How far a trouble has come.  Yen.

    `wish` is what the buyer asked for in the seller's place, and `wished` how much; `tracking` is the number on the label of
    a return, "" where there is none.  `proposals` are the newest 20;
    `eligibility` is null once it has ended, and for sellers, whom it does not concern.
    """

    id: Annotated[str, Field(pattern=TROUBLE.pattern)]
    harm: Harm
    progress: Progress
    state: TroubleState
    answer_due_at: datetime
    resolution_due_at: datetime
    first_answered_at: datetime | None
    closed_at: datetime | None
    mediation: MediationState | Literal[""]
    remedy: RemedyState | Literal[""]
    wish: Kind | Literal[""]
    wished: int
    refund: int
    tracking: str
    proposals: list[ProposalShown]
    eligibility: Eligibility | None


class FileShown(Schema):
    """A file that came with a message; it is looked at on the pages.

    `number` names it within its thread.  `pages` are those that may be seen: none while it waits for the scanner, is locked
    away or was erased; `name` is null once its sender's data was erased.
    """

    number: int
    name: str | None
    kind: FileKind
    size: int
    pages: int


class MessageShown(Schema):
    """One message with its files; `said` is null where its writer's data was erased."""

    number: int
    by_seller: bool
    at: datetime
    said: str | None
    files: list[FileShown]


class CentreMessageShown(Schema):
    """One message of the centre, or to it, with who may read it beside the centre; `due_at` while the centre owes an answer.

    `said` is null where its reader's data was erased.
    """

    number: int
    by: Side
    readers: Readers
    at: datetime
    said: str | None
    due_at: datetime | None


class ThreadShown(Schema):
    """A thread: states and clocks.  `messages` is null unless a party asks; `earlier` = there are more before.

    `with_centre` is what that party may read of what was written with the centre, null as `messages` is.

    `centre_may_read` is what the buyer answered, and null for sellers, who do not learn of it; `shared`, whether the seller
    has shown the thread to the centre, is null for buyers.

    `reads_like` answers a buyer who has just written about an order: the words plainly read like that formal notice,
    which is declared by `POST /formal-notices` only.
    """

    id: Annotated[str, Field(pattern=THREAD.pattern)]
    case: str
    topic: Topic
    buyer_ref: str
    seller_ref: str
    listing_ref: str
    order_ref: str
    order_cancelled_at: datetime | None
    state: ThreadState
    opened_at: datetime
    closed_at: datetime | None
    centre_may_read: bool | None
    shared: bool | None
    trouble: TroubleShown | None
    clocks: list[ClockShown]
    messages: list[MessageShown] | None
    with_centre: list[CentreMessageShown] | None
    earlier: bool
    reads_like: str = ""


def said(text: Text) -> Said:
    """Return the words in both languages."""
    return Said(ja=text.ja, en=text.en)
