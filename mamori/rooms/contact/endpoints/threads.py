"""A buyer reports a trouble or asks, both sides write, the centre is asked to help, and all of it is read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta
from ninja import Status

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import NO_NUL, Flag, Part, Ref, form, says
from mamori.japan import written
from mamori.japan.written import NoAnswer, NoWords, TooManyWords
from mamori.rooms.contact import actions, words
from mamori.rooms.contact.actions.reading import AlreadyShared, ConsentNotYours
from mamori.rooms.contact.actions.trouble import NoSuchOrder, TroubleAlreadyOpen
from mamori.rooms.contact.actions.visiting import NoSuchListing, TroubleNotClosedSo
from mamori.rooms.contact.centre.actions import ConversationOver
from mamori.rooms.contact.centre.rules import Readers
from mamori.rooms.contact.ending import RefundUnderWay, ReturnUnderWay
from mamori.rooms.contact.endpoints.shapes import ThreadShown
from mamori.rooms.contact.endpoints.showing import shown, thread_of, thread_of_trouble, trouble_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.harming import AlreadyDanger
from mamori.rooms.contact.ids import ProposalId, ThreadId
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.offerrefusals import OfferWouldBeLost
from mamori.rooms.contact.pace import OwnGoods, TooFast
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.contact.warned import LookBeforeSending, look_first

PAGE = 50
"""How many messages one answer holds, the newest."""

Words = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=written.MOST,
        pattern=NO_NUL,
        extra=form(
            f"1〜{written.MOST:,}文字の文章(NULなし)",
            f"words of 1 to {written.MOST:,} characters, without NUL",
        ),
    ),
]
Acknowledged = Annotated[
    Flag,
    says(
        "書いた方が「finds」を見たうえで、そのまま送るか",
        "whether the writer has seen the “finds” and sends the words as they are",
    ),
]
Before = Annotated[int, Meta(ge=1, le=1_000_000_000, extra=form("1以上の整数", "a whole number from 1 up"))]


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


class OrderOrListing(Refusal, code="order-or-listing", status=422):
    """Given when a thread would be about both an order and a listing, or about neither."""

    text = Text(
        "困りごとなら「order」を、購入前の質問なら「listing」を、どちらか一つだけ書いてください。",
        "Please give “order” for a trouble or “listing” for a question before purchase: one of them.",
    )


class SortNotYours(Refusal, code="sort-not-yours", status=422):
    """Given when a message is meant as something that the writer's role does not write."""

    text = Text(
        "「sort」が{role}のものではありません。購入者は message か unsolved、出品者は answer か acknowledgement です。",
        "This “sort” is not for your role ({role}). A buyer writes message or unsolved, a seller answer or acknowledgement.",
    )


OPENING = (
    NothingHere,
    NoWords,
    TooManyWords,
    NoSuchOrder,
    NoSuchListing,
    OwnGoods,
    TroubleAlreadyOpen,
    OrderOrListing,
    LookBeforeSending,
    TooFast,
)
WRITING = (
    NothingHere,
    NoWords,
    NoAnswer,
    TooManyWords,
    StepNotOpen,
    StepNotYours,
    SortNotYours,
    LookBeforeSending,
    TooFast,
)
ENDANGERED = (
    NothingHere,
    NoWords,
    TooManyWords,
    AlreadyDanger,
    StepNotOpen,
    StepNotYours,
    LookBeforeSending,
)
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
    said: Annotated[Words, says("本文", "the words")]
    centre_may_read: Annotated[
        Flag, says("窓口が本文を読んでよいか(困りごと)", "whether the centre may read, for a trouble")
    ] = False
    acknowledge_warnings: Acknowledged = False


class NewMessage(Part, frozen=True, kw_only=True):
    """Words in a thread."""

    said: Annotated[Words, says("本文", "the words")]
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
    acknowledge_warnings: Acknowledged = False


class DangerTold(Part, frozen=True, kw_only=True):
    """What happened that makes it dangerous now."""

    said: Annotated[Words, says("何が起きたか", "what happened")]
    acknowledge_warnings: Acknowledged = False


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


def open_thread(actor: Actor, body: NewThread) -> Status[ThreadShown]:
    """Report a trouble with an order, or ask something before buying: both clocks start when the request came in."""
    if (body.order is None) == (body.listing is None):
        raise OrderOrListing
    with memory.act():
        found = _opened(actor, body)
        _look_first(actor, found, body)
        return Status(201, _written(actor, found))


def _opened(actor: Actor, body: NewThread) -> Thread:
    if body.order is not None:
        trouble = actions.open_trouble(
            actor,
            order_ref=body.order,
            topic=body.topic,
            harm=body.harm,
            said=body.said,
            centre_may_read=body.centre_may_read,
        )
        return thread_of_trouble(actor, trouble)
    asked = actions.ask_question(actor, listing_ref=str(body.listing), topic=body.topic, said=body.said)
    return thread_of(actor, asked)


def write_message(actor: Actor, thread: ThreadId, body: NewMessage) -> Status[ThreadShown]:
    """Add a party's words; what they are meant as decides whose turn it is."""
    found = thread_of(actor, thread)
    if actor.role not in SORTS[body.sort]:
        raise SortNotYours(role=actor.role.text)
    with memory.act():
        match body.sort:
            case Sort.MESSAGE:
                actions.write(actor, thread=found.pk, said=body.said)
            case Sort.UNSOLVED:
                actions.say_unsolved(actor, trouble=trouble_of(found).pk, said=body.said)
            case Sort.ANSWER:
                actions.answer(actor, thread=found.pk, said=body.said)
            case Sort.ACKNOWLEDGEMENT:
                actions.acknowledge(actor, thread=found.pk, said=body.said)
        _look_first(actor, found, body)
        return Status(201, _written(actor, thread_of(actor, found.pk)))


def tell_danger(actor: Actor, thread: ThreadId, body: DangerTold) -> Status[ThreadShown]:
    """Let the buyer say that it is dangerous now: the seller and the centre are told at once."""
    found = thread_of(actor, thread)
    with memory.act():
        actions.raise_harm(actor, trouble=trouble_of(found).pk, said=body.said)
        _look_first(actor, found, body)
        return Status(201, _written(actor, thread_of(actor, found.pk)))


def _look_first(actor: Actor, thread: Thread, body: NewThread | NewMessage | DangerTold) -> None:
    """Warn of what was noticed once nothing else stands against the words; a warning undoes what was begun."""
    look_first(actor, body.said, seller_ref=thread.seller_ref, acknowledged=body.acknowledge_warnings)


def _written(actor: Actor, thread: Thread) -> ThreadShown:
    """Show a thread in which this actor has just written."""
    told = shown(actor, thread)
    if thread.order_ref:
        told.reads_like = words.last_reads_like(thread)
    return told


def ask_mediation(actor: Actor, thread: ThreadId, body: MediationAsked) -> Status[ThreadShown]:
    """Let the buyer ask the centre to help; the buyer may now also let it read."""
    trouble = trouble_of(thread_of(actor, thread))
    actions.request_mediation(actor, trouble=trouble.pk, centre_may_read=body.centre_may_read)
    return Status(201, shown(actor, thread_of(actor, trouble.thread_id)))


def get_thread(actor: Actor, thread: ThreadId, query: ThreadAsked) -> Status[ThreadShown]:
    """Return states and clocks; to a party of the thread also the newest words."""
    found = thread_of(actor, thread)
    if actor.role is Role.MACHINE:
        return Status(200, shown(actor, found))
    return Status(200, _with_words(actor, found, query))


def _with_words(actor: Actor, found: Thread, query: ThreadAsked) -> ThreadShown:
    wanted = found.messages.order_by("-number")
    if query.before is not None:
        wanted = wanted.filter(number__lt=query.before)
    newest = list(wanted[: PAGE + 1])
    return shown(actor, found, list(reversed(newest[:PAGE])), earlier=len(newest) > PAGE)


SHARING = (NothingHere, AlreadyShared)
DECIDING = (NothingHere, ConsentNotYours)


class ReadingDecided(Part, frozen=True, kw_only=True):
    """What the buyer answers, asked whether the centre may read if it has to help."""

    centre_may_read: Annotated[
        Flag,
        says("購入者本人の答え。いつでも変えられる", "the buyer's own answer; it may be changed at any time"),
    ]


TO_CENTRE = (NothingHere, NoWords, TooManyWords, ConversationOver, TooFast)


class NewCentreMessage(Part, frozen=True, kw_only=True):
    """Words to the centre."""

    said: Annotated[Words, says("本文", "the words")]
    both: Annotated[
        Flag,
        says(
            "相手方も読んでよいか。なければ窓口だけ",
            "whether the other party may read it, too; else the centre alone",
        ),
    ] = False


def write_to_centre(actor: Actor, thread: ThreadId, body: NewCentreMessage) -> Status[ThreadShown]:
    """Write to the centre about a trouble: to it alone, or so that the other party may read it, too."""
    found = _of_a_trouble(actor, thread)
    readers = Readers.BOTH if body.both else None
    actions.write_to_centre(actor, thread=found, said=body.said, readers=readers)
    return Status(201, _with_words(actor, thread_of(actor, found), ThreadAsked()))


def share_thread(actor: Actor, thread: ThreadId) -> Status[ThreadShown]:
    """Let the seller show the words of a trouble's thread to the centre; it cannot be undone."""
    found = _of_a_trouble(actor, thread)
    actions.share(actor, thread=found)
    return Status(200, shown(actor, thread_of(actor, found)))


def decide_reading(actor: Actor, thread: ThreadId, body: ReadingDecided) -> Status[ThreadShown]:
    """Take the buyer's word whether the centre may read a trouble's thread once it helps."""
    found = _of_a_trouble(actor, thread)
    actions.let_read(actor, thread=found, centre_may_read=body.centre_may_read)
    return Status(200, shown(actor, thread_of(actor, found)))


def _of_a_trouble(actor: Actor, thread: ThreadId) -> int:
    """Return the thread's number; with a question before purchase the centre has nothing to do."""
    return trouble_of(thread_of(actor, thread)).thread_id


ENDING = (
    NothingHere,
    OfferWouldBeLost,
    RefundUnderWay,
    ReturnUnderWay,
    TroubleNotClosedSo,
    StepNotOpen,
    StepNotYours,
)


class How(StrEnum):
    """How a buyer ends a thread."""

    SOLVED = "solved"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class ThreadEnded(Part, frozen=True, kw_only=True):
    """What the buyer says."""

    how: Annotated[
        How,
        says(
            "困りごとは solved か withdrawn、質問は closed",
            "solved or withdrawn a trouble, closed a question",
        ),
        Meta(extra=form("、".join(How), ", ".join(How))),
    ]
    gives_up: Annotated[
        ProposalId | None,
        says(
            "返事を待っている提案があるとき、いっしょになくなってよいその提案",
            "where a proposal waits for a reply, the one that may be lost with the end",
        ),
    ] = None


def end_thread(actor: Actor, thread: ThreadId, body: ThreadEnded) -> Status[ThreadShown]:
    """Take the buyer's word that a trouble is solved or withdrawn, or that a question may be closed; nothing waits any more."""
    found = thread_of(actor, thread)
    match body.how:
        case How.SOLVED:
            actions.solve(actor, trouble=trouble_of(found).pk, gives_up=body.gives_up)
        case How.WITHDRAWN:
            actions.withdraw(actor, trouble=trouble_of(found).pk, gives_up=body.gives_up)
        case How.CLOSED:
            actions.close_thread(actor, thread=found.pk)
    return Status(200, shown(actor, thread_of(actor, found.pk)))
