"""The verbs of this room over JSON: states and clocks for the marketplace, words for the parties alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared.records import Flag, Part, Ref, form, says
from mamori.ground.seal import facts as seals
from mamori.ground.web.numbers import number_in
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, RESOLUTION, SILENCE
from mamori.rooms.contact import actions, keeping, words
from mamori.rooms.contact.actions.question import NoSuchListing
from mamori.rooms.contact.actions.trouble import NoSuchOrder, TroubleAlreadyOpen
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.models import Message, Thread, Trouble
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.contact.words import NoWords, TooManyWords

PAGE = 50
"""How many messages one answer holds, the newest."""

Said = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=words.MOST,
        extra=form(f"1〜{words.MOST:,}文字の文章", f"words of 1 to {words.MOST:,} characters"),
    ),
]
Before = Annotated[int, Meta(ge=1, le=1_000_000_000, extra=form("1以上の整数", "a whole number from 1 up"))]


SELLERS = frozenset({Role.SELLER, Role.DELEGATE})
SHOWN = frozenset({ANSWER.code, QUESTION_ANSWER.code, RESOLUTION.code, SILENCE.code})
"""The clocks that concern a party; the others are the centre's own."""


class Sort(StrEnum):
    """As what a message is meant: it decides which clocks go on."""

    MESSAGE = "message"
    UNSOLVED = "unsolved"
    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"


SORTS: dict[Sort, frozenset[Role]] = {
    Sort.MESSAGE: frozenset({Role.BUYER}),
    Sort.UNSOLVED: frozenset({Role.BUYER}),
    Sort.ANSWER: SELLERS,
    Sort.ACKNOWLEDGEMENT: SELLERS,
}


class OrderOrListing(Refusal):
    """Given when a thread would be about both an order and a listing, or about neither."""

    code = "order-or-listing"
    status = 422
    text = Text(
        "困りごとなら「order」を、購入前の質問なら「listing」を、どちらか一つだけ書いてください。",
        "Please give “order” for a trouble or “listing” for a question before purchase: one of them.",
    )


class SortNotYours(Refusal):
    """Given when a message is meant as something that the writer's role does not write."""

    code = "sort-not-yours"
    status = 422
    text = Text(
        "「sort」が{role}のものではありません。購入者は message か unsolved、出品者は answer か acknowledgement です。",
        "This “sort” is not a {role}'s. A buyer writes message or unsolved, a seller answer or acknowledgement.",
    )


OPENING = (NothingHere, NoWords, TooManyWords, NoSuchOrder, NoSuchListing, TroubleAlreadyOpen, OrderOrListing)
WRITING = (NothingHere, NoWords, TooManyWords, StepNotOpen, StepNotYours, SortNotYours)
MEDIATING = (NothingHere, StepNotOpen, StepNotYours)
READING = (NothingHere,)


class NewThread(Part, frozen=True, kw_only=True):
    """A trouble with an order, or a question about a listing."""

    order: Annotated[Ref | None, says("注文の ref(困りごと)", "the ref of the order, for a trouble")] = None
    listing: Annotated[Ref | None, says("商品の ref(質問)", "the ref of the listing, for a question")] = None
    topic: Annotated[
        Topic, says("何についてか", "what it is about"), Meta(extra=form("topic の一つ", "one of the topics"))
    ]
    harm: Annotated[
        Harm,
        says("どのくらい重いか(困りごと)", "how grave it is, for a trouble"),
        Meta(extra=form("inconvenience、money、danger のどれか", "inconvenience, money or danger")),
    ] = Harm.INCONVENIENCE
    said: Annotated[Said, says("本文", "the words")]
    centre_may_read: Annotated[
        Flag, says("窓口が本文を読んでよいか(困りごと)", "whether the centre may read, for a trouble")
    ] = False


class NewMessage(Part, frozen=True, kw_only=True):
    """Words in a thread."""

    said: Annotated[Said, says("本文", "the words")]
    sort: Annotated[
        Sort,
        says("何として書くか", "as what it is meant"),
        Meta(
            extra=form(
                "message、unsolved、answer、acknowledgement のどれか",
                "message, unsolved, answer or acknowledgement",
            )
        ),
    ]


class MediationAsked(Part, frozen=True, kw_only=True):
    """The buyer asks the centre to help."""

    centre_may_read: Annotated[
        Flag | None,
        says(
            "窓口が本文を読んでよいか。なければ前のまま",
            "whether the centre may read; as before where absent",
        ),
    ] = None


class ThreadAsked(Part, frozen=True, kw_only=True):
    """Which messages are wanted."""

    before: Annotated[Before | None, says("この番号より前の本文", "messages before this number")] = None


class ClockShown(Schema):
    """A clock that runs."""

    kind: str
    due_at: datetime


class TroubleShown(Schema):
    """How far a trouble has come.  Yen."""

    harm: Harm
    progress: str
    state: str
    answer_due_at: datetime
    resolution_due_at: datetime
    first_answered_at: datetime | None
    closed_at: datetime | None
    mediation: str
    remedy: str
    refund: int


class MessageShown(Schema):
    """One message; `said` is null where its writer's data was erased."""

    number: int
    by_seller: bool
    at: datetime
    said: str | None


class ThreadShown(Schema):
    """A thread: states and clocks.  `messages` is null unless a party asks; `earlier` = there are more before."""

    id: int
    case: str
    topic: Topic
    buyer_ref: str
    seller_ref: str
    listing_ref: str
    order_ref: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    centre_may_read: bool
    trouble: TroubleShown | None
    clocks: list[ClockShown]
    messages: list[MessageShown] | None
    earlier: bool


def open_thread(hand: Hand, body: NewThread) -> Status[ThreadShown]:
    """Report a trouble with an order, or ask something before buying: both clocks start when the request came in."""
    if (body.order is None) == (body.listing is None):
        raise OrderOrListing
    if body.order is not None:
        trouble = actions.open_trouble(
            hand,
            order_ref=body.order,
            topic=body.topic,
            harm=body.harm,
            said=body.said,
            centre_may_read=body.centre_may_read,
        )
        thread = Trouble.objects.values_list("thread_id", flat=True).get(pk=trouble)
    else:
        thread = actions.ask_question(hand, listing_ref=str(body.listing), topic=body.topic, said=body.said)
    return Status(201, _shown(hand, _thread(hand, thread)))


def write_message(hand: Hand, thread: str, body: NewMessage) -> Status[ThreadShown]:
    """Add a party's words; what they are meant as decides whose turn it is."""
    found = _thread(hand, _number(thread))
    if hand.role not in SORTS[body.sort]:
        raise SortNotYours(role=hand.role.text)
    match body.sort:
        case Sort.MESSAGE:
            actions.write(hand, thread=found.pk, said=body.said)
        case Sort.UNSOLVED:
            actions.say_unsolved(hand, trouble=_trouble(found).pk, said=body.said)
        case Sort.ANSWER:
            actions.answer(hand, thread=found.pk, said=body.said)
        case Sort.ACKNOWLEDGEMENT:
            actions.acknowledge(hand, thread=found.pk, said=body.said)
    return Status(201, _shown(hand, _thread(hand, found.pk)))


def ask_mediation(hand: Hand, thread: str, body: MediationAsked) -> Status[ThreadShown]:
    """Let the buyer ask the centre to help; the buyer may now also let it read."""
    trouble = _trouble(_thread(hand, _number(thread)))
    actions.request_mediation(hand, trouble=trouble.pk, centre_may_read=body.centre_may_read)
    return Status(201, _shown(hand, _thread(hand, trouble.thread_id)))


def get_thread(hand: Hand, thread: str, query: ThreadAsked) -> Status[ThreadShown]:
    """Return states and clocks; to a party of the thread also the newest words."""
    found = _thread(hand, _number(thread))
    if hand.role is Role.MACHINE:
        return Status(200, _shown(hand, found))
    wanted = found.messages.order_by("-number")
    if query.before is not None:
        wanted = wanted.filter(number__lt=query.before)
    newest = list(wanted[: PAGE + 1])
    return Status(200, _shown(hand, found, list(reversed(newest[:PAGE])), earlier=len(newest) > PAGE))


def _number(thread: str) -> int:
    number = number_in(thread)
    if number is None:
        raise NothingHere
    return number


def _thread(hand: Hand, thread: int) -> Thread:
    """Return the thread as it stands, without locking anything."""
    related = ("trouble__mediation", "trouble__remedy")
    found = Thread.objects.select_related(*related).filter(pk=thread).first()
    if found is None or not is_party(hand, buyer_ref=found.buyer_ref, seller_ref=found.seller_ref):
        raise NothingHere
    return found


def _trouble(thread: Thread) -> Trouble:
    trouble = keeping.trouble_of(thread)
    if trouble is None:
        raise NothingHere
    return trouble


def _shown(
    hand: Hand, thread: Thread, messages: Sequence[Message] | None = None, *, earlier: bool = False
) -> ThreadShown:
    name = keeping.about(thread)
    trouble = keeping.trouble_of(thread)
    opener = seals.Opener()
    return ThreadShown(
        id=thread.pk,
        case=keeping.case_number(name),
        topic=Topic(thread.topic),
        buyer_ref=thread.buyer_ref,
        seller_ref=thread.seller_ref,
        listing_ref=thread.listing_ref,
        order_ref=thread.order_ref,
        state=thread.state,
        opened_at=thread.opened_at,
        closed_at=thread.closed_at,
        centre_may_read=thread.centre_may_read,
        trouble=_trouble_shown(trouble, shows_remedy=hand.role not in SELLERS) if trouble else None,
        clocks=[
            ClockShown(kind=clock.kind, due_at=clock.due_at)
            for clock in clocks.open_clocks(name)
            if clock.kind in SHOWN
        ],
        messages=None if messages is None else [_said(thread, message, opener) for message in messages],
        earlier=earlier,
    )


def _trouble_shown(trouble: Trouble, *, shows_remedy: bool) -> TroubleShown:
    """Show how far it has come; a refund from the operator's own money is no business of the seller's."""
    mediation = getattr(trouble, "mediation", None)
    remedy = getattr(trouble, "remedy", None) if shows_remedy else None
    return TroubleShown(
        harm=Harm(trouble.harm),
        progress=trouble.progress,
        state=trouble.state,
        answer_due_at=trouble.answer_due_at,
        resolution_due_at=trouble.resolution_due_at,
        first_answered_at=trouble.first_answered_at,
        closed_at=trouble.closed_at,
        mediation=mediation.state if mediation else "",
        remedy=remedy.state if remedy else "",
        refund=remedy.amount if remedy else 0,
    )


def _said(thread: Thread, message: Message, opener: seals.Opener) -> MessageShown:
    try:
        said: str | None = words.read(thread, message, opener, as_shown=True)
    except seals.Shredded:
        said = None
    return MessageShown(number=message.number, by_seller=message.by_seller, at=message.at, said=said)
