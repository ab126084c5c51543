"""Formal notices over JSON: the marketplace's own button sends one, and both sides read when it arrived and what followed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta
from ninja import Status

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import NO_NUL, Part, Ref, form, says
from mamori.ground.market.actions import DateAhead
from mamori.japan.calendar import JAPAN
from mamori.japan.lures.formal import FormalKind
from mamori.rooms.contact import actions, formally, words
from mamori.rooms.contact.actions.formal_sending import ReceivedBeforeOrder
from mamori.rooms.contact.actions.reading import AlreadyShared
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.endpoints.formal_shapes import Answer, FormalList, FormalShown, ReplyShown, shown
from mamori.rooms.contact.endpoints.threads import Acknowledged
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.ids import FormalId
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.own_goods import OwnGoods
from mamori.rooms.contact.pace import TooFast
from mamori.rooms.contact.rules.formal import Sender
from mamori.rooms.contact.warned import LookBeforeSending, look_first
from mamori.rooms.contact.words import NoAnswer, NoWords, TooManyWords

MOST = 50
"""How many notices a list holds, the newest."""
Day = Annotated[
    date,
    Meta(extra_json_schema={"format": "date"}, extra=form("日付。例 2026-11-01", "a day such as 2026-11-01")),
]


class SenderOfAMinor(Refusal):
    """Given when a minor's notice does not say who sends it, or another notice does."""

    code = "sender-of-a-minor"
    status = 422
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
        str,
        says("理由。なくてもよい。書いたとおりに届く", "reasons, if any; they arrive exactly as written"),
        Meta(
            max_length=words.MOST,
            pattern=NO_NUL,
            extra=form(
                f"{words.MOST:,}文字までの文章(NULなし)",
                f"words of at most {words.MOST:,} characters, without NUL",
            ),
        ),
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
        str,
        says("添える言葉。dispute では必ず", "words that go with it; always needed for dispute"),
        Meta(
            max_length=words.MOST,
            pattern=NO_NUL,
            extra=form(
                f"{words.MOST:,}文字までの文章(NULなし)",
                f"words of at most {words.MOST:,} characters, without NUL",
            ),
        ),
    ] = ""
    acknowledge_warnings: Acknowledged = False


class FormalAsked(Part, frozen=True, kw_only=True):
    """The notices about which order are wanted."""

    order: Annotated[Ref, says("注文の ref", "the ref of the order")]


def send_formal_notice(hand: Hand, body: NewFormalNotice) -> Status[FormalShown]:
    """Put a buyer's formal notice before the seller, word for word; it has arrived when the request came in."""
    if (body.sender is not None) != (body.notice is FormalKind.MINOR):
        raise SenderOfAMinor
    if body.received_on is not None and body.received_on > hand.at.astimezone(JAPAN).date():
        raise DateAhead(field="received_on")
    sent = actions.send_formal(
        hand,
        notice=body.notice.value,
        order_ref=body.order,
        received_on=body.received_on,
        sender=body.sender,
        reason=body.reason,
        lang=body.lang,
    )
    return Status(201, *shown([Formal.objects.get(pk=sent)]))


def get_formal_notice(hand: Hand, formal: FormalId) -> Status[FormalShown]:
    """Return when a notice arrived and what followed; to its parties also its words and the reply."""
    found = Formal.objects.filter(pk=formal).first()
    if found is None or not is_party(hand, buyer_ref=found.buyer_ref, seller_ref=found.seller_ref):
        raise NothingHere
    (told,) = shown([found])
    if hand.role is not Role.MACHINE:
        told.words, replies = formally.read(found), formally.replies(found)
        told.replies = [
            ReplyShown(answer=Answer(one.step) if one.step else None, at=one.at, words=one.words)
            for one in replies
        ]
        told.reply = replies[-1].words if replies else None
    return Status(200, told)


def answer_formal_notice(hand: Hand, formal: FormalId, body: FormalAnswered) -> Status[FormalShown]:
    """Say for the seller that it goes along with a notice, or disputes it; who disputed may still go along."""
    number = formal
    with memory.act():
        match body.answer:
            case Answer.GO_ALONG:
                actions.go_along(hand, formal=number, said=body.said)
            case Answer.DISPUTE:
                actions.dispute(hand, formal=number, said=body.said)
        found = Formal.objects.get(pk=number)
        look_first(hand, body.said, seller_ref=found.seller_ref, acknowledged=body.acknowledge_warnings)
    return Status(200, *shown([found]))


def settle_formal_notice(hand: Hand, formal: FormalId) -> Status[FormalShown]:
    """Take the buyer's word that what followed is done; it cannot be undone, and the record of the arrival stays."""
    number = formal
    actions.settle_formal(hand, formal=number)
    return Status(200, *shown([Formal.objects.get(pk=number)]))


def share_formal_notice(hand: Hand, formal: FormalId) -> Status[FormalShown]:
    """Let a party show a notice and the answers to it to the centre; it cannot be undone."""
    number = formal
    actions.share_formal(hand, formal=number)
    return Status(200, *shown([Formal.objects.get(pk=number)]))


def list_formal_notices(hand: Hand, query: FormalAsked) -> Status[FormalList]:
    """List the newest 50 notices about an order, without their words; with a party's token its own only."""
    newest = Formal.objects.filter(order_ref=query.order).order_by("-id")[:MOST]
    mine = [one for one in newest if is_party(hand, buyer_ref=one.buyer_ref, seller_ref=one.seller_ref)]
    return Status(200, FormalList(items=shown(mine)))
