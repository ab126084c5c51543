"""Formal notices over JSON: the marketplace's own button sends one, and both sides read when it arrived and what followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import memory
from mamori.ground.declared.records import NO_NUL, Part, Ref, form, says
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.ids import RECEIPT
from mamori.ground.market import facts as market
from mamori.ground.market.actions import DateAhead
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.japan.lures.formal import FormalKind
from mamori.japan.written import NoAnswer, NoWords, TooManyWords
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.reading import AlreadyShared
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.endpoints.shapes import Said, said
from mamori.rooms.contact.endpoints.threads import Acknowledged
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.formal import records
from mamori.rooms.contact.formal.lifecycle import FormalState
from mamori.rooms.contact.formal.queries import reckoned_of
from mamori.rooms.contact.formal.rules import ReceivedBeforeOrder, Sender
from mamori.rooms.contact.ids import FORMAL, FormalId
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.pace import OwnGoods, TooFast
from mamori.rooms.contact.warned import LookBeforeSending, look_first


class Answer(StrEnum):
    """What a seller says to a notice; the notice stays what it is."""

    GO_ALONG = "go_along"
    DISPUTE = "dispute"


class ReplyShown(Schema):
    """One answer of the seller, with its words; null where it has none or they were erased."""

    answer: Answer | None
    at: datetime
    words: str | None


class FormalShown(Schema):
    """A formal notice: when it arrived and what followed; `receipt` proves the arrival.

    `words`, exactly as they arrived, are null unless a party reads this one notice, or where they were erased; `replies`,
    each answer of the seller, oldest first, is empty unless a party reads it, and `reply` is the newest one's words.
    `shared`: a party has shown it to the centre.  `counted` says the days that are counted; it is arithmetic and no ruling.
    """

    id: Annotated[str, Field(pattern=FORMAL.pattern)]
    case: str
    notice: FormalKind
    title: Said
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: FormalState
    received_on: date | None
    arrived_at: datetime
    due_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None
    counted: Said | None
    shared: bool
    receipt: Annotated[str, Field(pattern=RECEIPT.pattern)]
    words: str | None
    reply: str | None
    replies: list[ReplyShown]


class FormalList(Schema):
    """Notices, the newest first."""

    items: list[FormalShown]


def shown(notices: Sequence[Formal]) -> list[FormalShown]:
    """Show notices without their words."""
    names = [records.about(formal) for formal in notices]
    known, owed = cases.cases_of(abouts=names), records.answer_clocks(names)
    sent = ledger.acts_of(names, kind="contact.send_formal")
    counting = {(formal.seller_ref, formal.order_ref) for formal in notices if formal.received_on is not None}
    orders = market.orders([order for _, order in counting])
    sales = {sale: records.sold(sale[0], orders.get(sale[1])) for sale in counting}
    found = []
    for name, formal in zip(names, notices, strict=True):
        answer = owed.get(name)
        counted = reckoned_of(formal, sales.get((formal.seller_ref, formal.order_ref)))
        found.append(
            FormalShown(
                id=FORMAL.of(formal.pk),
                case=known[name].number,
                notice=FormalKind(formal.notice),
                title=said(records.declared(formal).title),
                buyer_ref=formal.buyer_ref,
                seller_ref=formal.seller_ref,
                order_ref=formal.order_ref,
                state=FormalState(formal.state),
                received_on=formal.received_on,
                arrived_at=formal.arrived_at,
                due_at=answer.due_at if answer else None,
                replied_at=formal.replied_at,
                closed_at=formal.closed_at,
                counted=said(counted) if counted else None,
                shared=formal.shared_at is not None,
                receipt=RECEIPT.of(sent[name][0].number),
                words=None,
                reply=None,
                replies=[],
            )
        )
    return found


MOST = 50
"""How many notices a list holds, the newest."""
Day = Annotated[
    date,
    Meta(extra_json_schema={"format": "date"}, extra=form("日付。例 2026-11-01", "a day such as 2026-11-01")),
]

Words = Annotated[
    str,
    Meta(
        max_length=written.MOST,
        pattern=NO_NUL,
        extra=form(
            f"{written.MOST:,}文字までの文章(NULなし)",
            f"words of at most {written.MOST:,} characters, without NUL",
        ),
    ),
]


class SenderOfAMinor(Refusal, code="sender-of-a-minor", status=422):
    """Given when a minor's notice does not say who sends it, or another notice does."""

    text = Text(
        "「sender」(minor か parent)は、notice が minor のときは必ず書き、ほかのときは外してください。",
        "Please give “sender” (minor or parent) where the notice is minor, and leave it out of any other.",
    )


SENDING = (
    NothingHere,
    NoSuchOrder,
    OwnGoods,
    SenderOfAMinor,
    DateAhead,
    ReceivedBeforeOrder,
    TooManyWords,
    TooFast,
)
READING = (NothingHere,)
SETTLING = (NothingHere, StepNotOpen, StepNotYours)
SHARING = (NothingHere, AlreadyShared)
ANSWERING = (NothingHere, StepNotOpen, StepNotYours, NoWords, NoAnswer, TooManyWords, LookBeforeSending)


class NewFormalNotice(Part, frozen=True, kw_only=True):
    """A notice that takes effect by arriving: nothing of it is held, hidden, looked at or cut."""

    notice: Annotated[
        FormalKind,
        says("何を通知するか", "what is declared"),
        Meta(extra=form("、".join(FormalKind), ", ".join(FormalKind))),
    ]
    order: Annotated[Ref, says("注文の ref", "the ref of the order")]
    received_on: Annotated[
        Day | None, says("商品を受け取った日。分かれば", "the day the goods were received, where known")
    ] = None
    sender: Annotated[
        Sender | None,
        says("通知する人(notice が minor のとき)", "who sends it, where the notice is minor"),
        Meta(extra=form("minor か parent", "minor or parent")),
    ] = None
    reason: Annotated[
        Words,
        says("理由。なくてもよい。書いたとおりに届く", "reasons, if any; they arrive exactly as written"),
    ] = ""
    lang: Annotated[
        Literal["ja", "en"],
        says("en のときは日本語の下に英語も添える", "en adds the same in English below the Japanese"),
        Meta(extra=form("ja か en", "ja or en")),
    ] = "ja"


class FormalAnswered(Part, frozen=True, kw_only=True):
    """A seller's word on a notice, with what happens next or why it is disputed."""

    answer: Annotated[
        Answer,
        says("応じるか、争うか", "whether it goes along with it or disputes it"),
        Meta(extra=form("go_along か dispute", "go_along or dispute")),
    ]
    said: Annotated[
        Words, says("添える言葉。dispute では必ず", "words that go with it; always needed for dispute")
    ] = ""
    acknowledge_warnings: Acknowledged = False


class FormalAsked(Part, frozen=True, kw_only=True):
    """The notices about which order are wanted."""

    order: Annotated[Ref, says("注文の ref", "the ref of the order")]


def send_formal_notice(actor: Actor, body: NewFormalNotice) -> Status[FormalShown]:
    """Put a buyer's formal notice before the seller, word for word; it has arrived when the request came in."""
    if (body.sender is not None) != (body.notice is FormalKind.MINOR):
        raise SenderOfAMinor
    if body.received_on is not None and body.received_on > actor.at.astimezone(JAPAN).date():
        raise DateAhead(field="received_on")
    sent = actions.send_formal(
        actor,
        notice=body.notice.value,
        order_ref=body.order,
        received_on=body.received_on,
        sender=body.sender,
        reason=body.reason,
        lang=body.lang,
    )
    return Status(201, *shown([Formal.objects.get(pk=sent)]))


def get_formal_notice(actor: Actor, formal: FormalId) -> Status[FormalShown]:
    """Return when a notice arrived and what followed; to its parties also its words and the reply."""
    found = Formal.objects.filter(pk=formal).first()
    if found is None or not is_party(actor, buyer_ref=found.buyer_ref, seller_ref=found.seller_ref):
        raise NothingHere
    (told,) = shown([found])
    if actor.role is not Role.MACHINE:
        told.words, replies = records.read(found), records.replies(found)
        told.replies = [
            ReplyShown(answer=Answer(one.step) if one.step else None, at=one.at, words=one.words)
            for one in replies
        ]
        told.reply = replies[-1].words if replies else None
    return Status(200, told)


def answer_formal_notice(actor: Actor, formal: FormalId, body: FormalAnswered) -> Status[FormalShown]:
    """Say for the seller that it goes along with a notice, or disputes it; who disputed may still go along."""
    with memory.act():
        match body.answer:
            case Answer.GO_ALONG:
                actions.go_along(actor, formal=formal, said=body.said)
            case Answer.DISPUTE:
                actions.dispute(actor, formal=formal, said=body.said)
        found = Formal.objects.get(pk=formal)
        look_first(actor, body.said, seller_ref=found.seller_ref, acknowledged=body.acknowledge_warnings)
    return Status(200, *shown([found]))


def settle_formal_notice(actor: Actor, formal: FormalId) -> Status[FormalShown]:
    """Take the buyer's word that what followed is done; it cannot be undone, and the record of the arrival stays."""
    actions.settle_formal(actor, formal=formal)
    return Status(200, *shown([Formal.objects.get(pk=formal)]))


def share_formal_notice(actor: Actor, formal: FormalId) -> Status[FormalShown]:
    """Let a party show a notice and the answers to it to the centre; it cannot be undone."""
    actions.share_formal(actor, formal=formal)
    return Status(200, *shown([Formal.objects.get(pk=formal)]))


def list_formal_notices(actor: Actor, query: FormalAsked) -> Status[FormalList]:
    """List the newest 50 notices about an order, without their words; with a party's token its own only."""
    newest = Formal.objects.filter(order_ref=query.order).order_by("-id")[:MOST]
    mine = [one for one in newest if is_party(actor, buyer_ref=one.buyer_ref, seller_ref=one.seller_ref)]
    return Status(200, FormalList(items=shown(mine)))
