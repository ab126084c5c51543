"""One thread as one of its parties sees it: where it stands, what was said, what can be done, until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from operator import itemgetter

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.web.forms import FileShown, file_shown
from mamori.ground.web.pictures import Drawing, StepSeen, StepStanding, steps
from mamori.law.deadlines import ANSWER, CONFIRMATION, REMEDY_DECISION, RESOLUTION
from mamori.rooms.contact import helping, keeping, leave, words
from mamori.rooms.contact.attached import named
from mamori.rooms.contact.centre.queries import CentreShown, centre_messages
from mamori.rooms.contact.centre.rules import reader_of
from mamori.rooms.contact.finding import NothingHere, buyer_of, may_see
from mamori.rooms.contact.formal.records import NOTICES
from mamori.rooms.contact.keeping import agreement_among, trouble_of
from mamori.rooms.contact.leave import LeaveShown
from mamori.rooms.contact.lifecycle import UNDECIDED, RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.lifecycle.remedy import RETURNING, UNDER_WAY
from mamori.rooms.contact.models import Helper, Thread, Trouble
from mamori.rooms.contact.queries.due import ANSWERS, ClockShown, DangerShown, clocks_of, danger_of
from mamori.rooms.contact.queries.goods import cancelled_text, goods_name, heading, order_name, shop_name
from mamori.rooms.contact.queries.matter import (
    matter_of,
    mediation_of,
    proposals_of,
    remedy_of,
    values_of,
    whole_threads,
)
from mamori.rooms.contact.queries.offers import (
    MediatorShown,
    OfferShown,
    mediator_of,
    offers_of,
    proposable_about,
)
from mamori.rooms.contact.rules.callers import THROUGH, Through
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.rules.deeds import REPLIES, Deed, deeds
from mamori.rooms.contact.rules.eligibility import KINDS as REMEDIES, Kind as Given
from mamori.rooms.contact.rules.helping import may as may_of
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.rules.proposals import REFUNDS, Kind, side_of
from mamori.rooms.contact.rules.reasons import PART_BECAUSE, PartBecause
from mamori.rooms.contact.rules.standing import Matter, Standing, for_buyer, for_helper, for_seller
from mamori.rooms.contact.topics import HARMS, TOPICS, Harm, Topic
from mamori.rooms.display import facts as display

# The way of one matter as its parties see it in a picture: asked, answered, mediated, refunded or solved, and by when.


TITLE = Text("この件の流れ", "The steps of this case")
ASKED, ANSWERED, AGAIN = Text("受付", "Asked"), Text("回答", "Answer"), Text("再回答", "New answer")
QUESTION = Text("質問", "Asked")
MEDIATED, RETURNED = Text("窓口の仲介", "Mediated"), Text("返品", "Return")
REFUND, SOLUTION = Text("返金", "Refund"), Text("解決", "Solved")
KEPT, DECIDED, ENDED = (
    Text("合意の実行", "As agreed"),
    Text("返金の判断", "Decision"),
    Text("終了", "Ended"),
)
ENDS = {
    TroubleState.SOLVED: SOLUTION,
    TroubleState.MADE_GOOD: REFUND,
    TroubleState.WITHDRAWN: Text("取り下げ", "Withdrawn"),
}
IF_NEEDED = Text("必要なとき", "if needed")
UNDER, AFTER_RETURN = Text("手続き中", "under way"), Text("返品のあと", "afterwards")


def way_of(
    thread: Thread, matter: Matter, clocks: Sequence[ClockShown], *, answered_at: datetime | None
) -> Drawing:
    """Return the picture of a thread's steps: what is done in its order, and then what is awaited, by when as far as it is shown.

    `answered_at` is when the seller answered for the first time.  What never came and is awaited no more is left out.
    """
    trouble, due = trouble_of(thread), {clock.kind: clock for clock in clocks}
    found = [
        StepSeen(name=ASKED if trouble else QUESTION, standing=StepStanding.DONE, at=thread.opened_at),
        *_answer(matter, due, answered_at),
        *(_of_trouble(trouble, matter, due) if trouble else _of_question(thread)),
    ]
    done = [step for step in found if step.standing is StepStanding.DONE]
    ahead = [step for step in found if step.standing is not StepStanding.DONE]
    return steps("way", TITLE, [*sorted(done, key=lambda step: step.at or thread.opened_at), *ahead])


def _answer(
    matter: Matter, due: Mapping[str, ClockShown], answered_at: datetime | None
) -> Iterator[StepSeen]:
    is_owed = matter.thread in (ThreadState.WAITING, ThreadState.MISSED) and matter.remedy not in UNDER_WAY
    if is_owed:
        name = ANSWERED if answered_at is None else AGAIN
        yield _awaited(name, due, ANSWERS, is_late=matter.thread is ThreadState.MISSED)
    elif answered_at is not None:
        yield StepSeen(name=ANSWERED, standing=StepStanding.DONE, at=answered_at)


def _of_question(thread: Thread) -> Iterator[StepSeen]:
    if thread.closed_at is not None:
        yield StepSeen(name=ENDED, standing=StepStanding.DONE, at=thread.closed_at)


def _of_trouble(trouble: Trouble, matter: Matter, due: Mapping[str, ClockShown]) -> Iterator[StepSeen]:
    mediation, is_open = mediation_of(trouble), trouble.closed_at is None
    if mediation is not None:
        yield StepSeen(name=MEDIATED, standing=StepStanding.DONE, at=mediation.opened_at)
    elif is_open and matter.remedy not in UNDER_WAY:
        yield StepSeen(name=MEDIATED, standing=StepStanding.LATER, note=IF_NEEDED)
    if trouble.paid_back_at is not None:
        yield StepSeen(name=REFUND, standing=StepStanding.DONE, at=trouble.paid_back_at)
    if not is_open:
        name = ENDS.get(TroubleState(trouble.state), ENDED)
        yield StepSeen(name=name, standing=StepStanding.DONE, at=trouble.closed_at)
    elif matter.remedy in UNDER_WAY:
        yield from _refund(matter, due)
    else:
        yield from _solution(trouble, matter, due)


def _refund(matter: Matter, due: Mapping[str, ClockShown]) -> Iterator[StepSeen]:
    """Yield what is left of a refund that is granted: goods that come back first, where they do."""
    if matter.remedy in RETURNING:
        yield _awaited(RETURNED, due, due, note=UNDER)
        yield StepSeen(name=REFUND, standing=StepStanding.LATER, note=AFTER_RETURN)
    elif matter.remedy is RemedyState.INSTRUCTED:
        yield _awaited(REFUND, due, (CONFIRMATION.code,), note=UNDER)


def _solution(trouble: Trouble, matter: Matter, due: Mapping[str, ClockShown]) -> Iterator[StepSeen]:
    agreement = agreement_among(proposals_of(trouble))
    if matter.offer is not None and not matter.offer.awaits and agreement is not None:
        yield StepSeen(name=KEPT, standing=StepStanding.NEXT, at=agreement.due_at)
        return
    is_late = trouble.state == TroubleState.OVERDUE
    is_next = matter.thread is ThreadState.ANSWERED
    yield _awaited(SOLUTION, due, (RESOLUTION.code,), is_late=is_late, is_next=is_next)
    if REMEDY_DECISION.code in due:
        yield _awaited(DECIDED, due, (REMEDY_DECISION.code,), is_next=is_late)


def _awaited(
    name: Text,
    due: Mapping[str, ClockShown],
    kinds: Iterable[str],
    *,
    is_late: bool = False,
    is_next: bool = True,
    note: Text | None = None,
) -> StepSeen:
    """Return a step that is awaited: by when the first of these clocks that is shown is due.

    That it is late alarms only the reader who owes it, as on the clocks themselves.
    """
    clock = next((due[kind] for kind in kinds if kind in due), None)
    standing = StepStanding.NEXT if is_next else StepStanding.LATER
    if is_late:
        standing = StepStanding.LATE if clock is not None and clock.is_yours else StepStanding.PASSED
    return StepSeen(
        name=name,
        standing=standing,
        at=clock.due_at if clock else None,
        note=note,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShown:
    """What one side wrote; `words` is None when its writer's key has been destroyed."""

    number: int
    mine: bool
    by_seller: bool
    substantive: bool
    at: datetime
    words: str | None
    is_hidden: bool
    formal: Text | None
    files: tuple[FileShown, ...]
    through: Text | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishShown:
    """What the buyer asked for in the seller's place, and when.  Yen."""

    what: Text
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """Everything that the page of a thread shows; `order` and `wish` are nothing for whoever only helps."""

    number: str
    thread: int
    trouble: int | None
    about: str
    topic: Text
    topic_code: Topic
    harm: Text | None
    goods: Text
    shop: Text
    buyer_ref: str
    seller_ref: str
    order_ref: str
    listing_ref: str
    order: OrderFact | None
    cancelled: Text | None
    is_charged_back: bool
    display: int
    matter: Matter
    standing: Standing
    clocks: tuple[ClockShown, ...]
    way: Drawing
    messages: tuple[MessageShown, ...]
    with_centre: tuple[CentreShown, ...]
    deeds: frozenset[Deed]
    helping_until: datetime | None
    centre_may_read: bool
    shared: bool
    mediator: MediatorShown | None
    offers: tuple[OfferShown, ...]
    proposable: tuple[Kind, ...]
    leaves: tuple[LeaveShown, ...]
    opened_at: datetime
    closed_at: datetime | None
    solution_due_at: datetime | None
    wish: WishShown | None
    part: Text | None
    danger: DangerShown | None

    @property
    def conversation(self) -> Sequence[MessageShown | CentreShown]:
        """Return what was said, also with the centre, as far as this reader may read it: the oldest first."""
        # Messages stand by their numbers, whatever their moments.
        latest = accumulate((one.at for one in self.messages), max)
        timed: list[tuple[datetime, MessageShown | CentreShown]] = [
            *zip(latest, self.messages, strict=True),
            *((one.at, one) for one in self.with_centre),
        ]
        return [one for _, one in sorted(timed, key=itemgetter(0))]

    @property
    def mediated(self) -> bool:
        """Say whether the centre has stepped in."""
        return self.mediator is not None

    @property
    def is_question_of_danger(self) -> bool:
        """Say whether a question tells of injury or fire: nobody calls about a question."""
        written = (one.words or "" for one in self.messages if not one.by_seller)
        return self.trouble is None and any(map(tells_danger, written))

    @property
    def offer(self) -> OfferShown | None:
        """Return the proposal that is open."""
        return next((offer for offer in self.offers if offer.is_open), None)

    @property
    def waiting_offer(self) -> OfferShown | None:
        """Return the proposal that waits for a reply: until it has one, it comes before everything else."""
        return self.offer if self.offer and not self.offer.is_agreed else None

    @property
    def earlier_offers(self) -> tuple[OfferShown, ...]:
        """Return the proposals that do not wait for a reply."""
        return tuple(offer for offer in self.offers if offer is not self.waiting_offer)

    @property
    def refunds(self) -> tuple[Kind, ...]:
        """Return which refunds the seller can offer beside an answer just now."""
        return tuple(kind for kind in self.proposable if kind in REFUNDS and Deed.PROPOSE in self.deeds)

    @property
    def is_refunded(self) -> bool:
        """Say whether the operator refunds, so that what the buyer writes is for the centre."""
        return self.matter.owed is Owed.REMEDY

    @property
    def may_ask_remedy(self) -> bool:
        """Say whether the buyer may still ask for money in the seller's place: not while it is on its way."""
        is_open = self.trouble is not None and self.closed_at is None
        return is_open and self.helping_until is None and self.matter.remedy in {None, *UNDECIDED}

    @property
    def is_reasoned(self) -> bool:
        """Say whether the reason for a due moment is known."""
        return any(clock.why for clock in self.clocks)

    @property
    def is_answer_last(self) -> bool:
        """Say whether an answer is due behind the solution, as it is when it was asked for anew."""
        due = {clock.kind: clock.due_at for clock in self.clocks}
        return RESOLUTION.code in due and due.get(ANSWER.code, due[RESOLUTION.code]) > due[RESOLUTION.code]


def thread_of(actor: Actor, number: str) -> Thread:
    """Return the thread behind a case number, with what hangs on it."""
    kind, row = cases.behind(number)
    found = whole_threads()
    if kind == "contact.trouble":
        thread = found.filter(trouble=row).first()
    elif kind == "contact.thread":
        thread = found.filter(pk=row).first()
    else:
        thread = None
    if thread is None or not may_see(actor, thread):
        raise NothingHere()
    return thread


def open_about(actor: Actor, order_ref: str) -> str | None:
    """Return the number of the trouble that this buyer has open about an order, or nothing."""
    if not (order_ref.isascii() and order_ref.isprintable()):  # no reference, and NUL no database takes
        return None
    mine = Thread.objects.filter(order_ref=order_ref, buyer_ref=buyer_of(actor), closed_at__isnull=True)
    found = mine.first()
    return keeping.case_number(keeping.about(found)) if found else None


def page_of(actor: Actor, number: str) -> ThreadPage:
    """Return the page as this party sees it now."""
    thread = thread_of(actor, number)
    trouble, matter, about = keeping.trouble_of(thread), matter_of(thread), keeping.about(thread)
    order = market.order(thread.order_ref) if thread.order_ref else None
    running = clock_facts.open_clocks(about)
    by_seller = actor.role in (Role.SELLER, Role.DELEGATE)
    helper, side = helping.helper_of(actor, thread), side_of(actor.role)
    offers = offers_of(trouble, viewer=None if helper else side)
    corrects = any(offer.reply and offer.reply.may_correct for offer in offers)
    clocks = clocks_of(thread, matter, running, by_seller=by_seller)
    messages = _messages(actor, thread, by_seller=by_seller)
    may = deeds(matter, actor.role, shared=thread.shared_at is not None, corrects=corrects)
    return ThreadPage(
        number=keeping.case_number(about),
        thread=thread.pk,
        trouble=trouble.pk if trouble else None,
        about=about,
        topic=heading(TOPICS[Topic(thread.topic)]),
        topic_code=Topic(thread.topic),
        harm=heading(HARMS[Harm(trouble.harm)]) if trouble else None,
        goods=order_name(order) if thread.order_ref else goods_name(thread),
        shop=shop_name(thread.seller_ref),
        buyer_ref=thread.buyer_ref,
        seller_ref=thread.seller_ref,
        order_ref=thread.order_ref,
        listing_ref=thread.listing_ref,
        order=None if helper else order,
        cancelled=cancelled_text(order),
        is_charged_back=order is not None and order.charged_back,
        display=display.seen_version(order) if order and not helper else 0,
        matter=matter,
        standing=_standing(matter, by_seller, helper).filled(**values_of(thread, running)),
        clocks=clocks,
        way=way_of(thread, matter, clocks, answered_at=_answered_at(trouble, messages)),
        messages=messages,
        with_centre=centre_messages(thread, reader_of(actor.role), running) if trouble else (),
        deeds=_as_let(helper, may),
        helping_until=helper.until if helper else None,
        centre_may_read=thread.centre_may_read,
        shared=thread.shared_at is not None,
        mediator=mediator_of(mediation_of(trouble), actor.at),
        offers=offers,
        proposable=proposable_about(order, mediated=matter.mediation is not None),
        leaves=leave.held(thread),
        opened_at=thread.opened_at,
        closed_at=thread.closed_at,
        solution_due_at=trouble.resolution_due_at if trouble else None,
        wish=None if by_seller or helper else _wish(trouble),
        part=None if by_seller else _part(trouble),
        danger=None if by_seller else danger_of(trouble, running),
    )


def _standing(matter: Matter, by_seller: bool, helper: Helper | None) -> Standing:
    return for_seller(matter) if by_seller else for_helper(matter) if helper else for_buyer(matter)


def _answered_at(trouble: Trouble | None, messages: Iterable[MessageShown]) -> datetime | None:
    """Return when the seller answered first; a question keeps no moment of its own."""
    if trouble is not None:
        return trouble.first_answered_at
    return min((one.at for one in messages if one.by_seller and one.substantive), default=None)


def _as_let(helper: Helper | None, may: frozenset[Deed]) -> frozenset[Deed]:
    """Return what can be done by who looks: a helper only what the buyer lets them do."""
    if helper is None:
        return may
    let = may_of(writes=helper.may_write, decides=helper.may_decide)
    if not let.writes:
        return frozenset()
    return may if let.decides else may - REPLIES


def _wish(trouble: Trouble | None) -> WishShown | None:
    remedy = remedy_of(trouble)
    if remedy is None or remedy.asked_at is None:
        return None
    return WishShown(what=REMEDIES[Given(remedy.wish)], amount=remedy.wished_amount, at=remedy.asked_at)


def _part(trouble: Trouble | None) -> Text | None:
    """Return why only a part was refunded in the seller's place."""
    remedy = remedy_of(trouble)
    return PART_BECAUSE[PartBecause(remedy.because)] if remedy and remedy.because else None


def _through(thread: Thread, through: str) -> Text | None:
    """Say how words came in: of what was brought along, when the old system received it."""
    text = THROUGH.get(Through(through))
    trouble = trouble_of(thread) if text and through == Through.BEFORE else None
    return text.fill(day=day_text(trouble.received_on)) if text and trouble and trouble.received_on else text


def _messages(actor: Actor, thread: Thread, *, by_seller: bool) -> tuple[MessageShown, ...]:
    files = named(actor, thread)
    return tuple(
        MessageShown(
            number=message.number,
            mine=message.by_seller is by_seller,
            by_seller=message.by_seller,
            substantive=message.substantive,
            at=message.at,
            words=said,
            through=_through(thread, message.through),
            ref=str(message.pk),
            is_hidden=message.shown is not None,
            formal=NOTICES[message.formal].title if message.formal else None,
            files=tuple(file_shown(file.number, file) for file in files if file.message == message.number),
        )
        for message, said in words.read_all(thread, as_shown=True)
    )
