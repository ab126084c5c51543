"""A matter as staff see it: who, which order, which topic, which clocks, what can be done; never the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.rooms.contact import danger, keeping, opened
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.lifecycle import GIVE_BACK, UNDER_WAY, GiveBackState, RecoveryState, RemedyState
from mamori.rooms.contact.models import Call, Recovery, Thread, Trouble
from mamori.rooms.contact.money import giveback_of
from mamori.rooms.contact.queries import calling
from mamori.rooms.contact.queries.calling import CallPanel, Try
from mamori.rooms.contact.queries.goods import cancelled_text
from mamori.rooms.contact.queries.looks import LookShown, looks_of
from mamori.rooms.contact.queries.matter import matter_of, mediation_of, remedy_of, whole_threads
from mamori.rooms.contact.queries.offers import OfferShown, offers_of
from mamori.rooms.contact.queries.outlook import Outlook, outlook_of
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.duties import Duty, duties, duties_of_recovery
from mamori.rooms.contact.rules.proposals import Side
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.topics import HARMS, PROGRESS, TOPICS, Harm, Progress, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMatter:
    """A thread, a trouble or a recovery as staff see it."""

    case: CaseFact
    thread: Thread
    trouble: Trouble | None
    recovery: Recovery | None
    matter: Matter
    topic: Text
    harm: Text | None
    progress: Text | None
    order: OrderFact | None
    cancelled: Text | None
    duties: tuple[Duty, ...]
    call: CallPanel | None
    reach: CallPanel | None
    tries: tuple[Try, ...]
    offers: tuple[OfferShown, ...]
    outlook: Outlook | None
    is_open_to_centre: bool
    looks: tuple[LookShown, ...]
    danger_told_at: datetime | None

    @property
    def giving(self) -> Text | None:
        """Return where money of the recovery that goes back stands."""
        state = _giving(self.recovery) if self.recovery else None
        return GIVE_BACK.states[state] if state else None

    @property
    def shop(self) -> str:
        """Return the shop's name, looked up where a page shows it."""
        return market.shop_names([self.thread.seller_ref]).get(self.thread.seller_ref, "")

    @property
    def in_danger(self) -> bool:
        """Say whether a danger stands whose buyer nobody has reached."""
        return self.matter.in_danger and self.recovery is None

    @property
    def agent(self) -> str:
        """Return who mediates."""
        mediation = mediation_of(self.trouble)
        return mediation.agent if mediation else ""

    @property
    def waiting_offer(self) -> OfferShown | None:
        """Return the proposal that waits for a reply."""
        return next((offer for offer in self.offers if offer.is_open and not offer.is_agreed), None)

    @property
    def agreed(self) -> OfferShown | None:
        """Return what both sides have agreed on and what is still to be kept."""
        return next((offer for offer in self.offers if offer.is_agreed), None)

    @property
    def awaits_buyer(self) -> bool:
        """Say whether the open proposal still needs the buyer's word; it does not while a refund is under way."""
        offer = self.matter.offer
        return offer is not None and self.matter.remedy not in UNDER_WAY and Side.BUYER in offer.awaits

    @property
    def correctable(self) -> bool:
        """Say whether an answer of the buyer's was taken down that can be corrected."""
        return any(offer.reply and offer.reply.may_correct for offer in self.offers)

    @property
    def parcel(self) -> str:
        """Return the number of the parcel that comes back."""
        remedy = remedy_of(self.trouble)
        return remedy.tracking if remedy else ""

    @property
    def refused_because(self) -> str:
        """Return what the marketplace said when it refused the refund, its label or the deduction that this case waits for."""
        if self.recovery is not None:
            giving = giveback_of(self.recovery)
            return market.refused_because([self.recovery.instruction, giving.instruction if giving else ""])
        remedy = remedy_of(self.trouble)
        if remedy is None or remedy.state != RemedyState.FAILED:
            return ""
        return market.refused_because([remedy.instruction, remedy.label])

    @property
    def refund(self) -> int:
        """Return what was refunded, or is to be.  Yen."""
        remedy = remedy_of(self.trouble)
        return remedy.amount if remedy else 0


def matter_of_case(hand: Hand, case: CaseFact) -> StaffMatter:
    """Return what staff may know of the case's matter.

    :raises NothingHere: when the matter is not of this room, or the hand is not staff's.
    """
    if not hand.is_staff:
        raise NothingHere()
    thread, recovery = _find(case.about)
    trouble = keeping.trouble_of(thread)
    told_at = danger.told_at(trouble) if trouble and trouble.in_danger and not recovery else None
    calls = calling.calls_of(trouble) if trouble else []
    mediation = mediation_of(trouble)
    mediator = mediation.agent if mediation else ""
    matter = matter_of(thread)
    can = (
        duties_of_recovery(RecoveryState(recovery.state), hand.role, _giving(recovery))
        if recovery
        else duties(matter, hand.role, mediates=mediator == hand.by)
    )
    order = market.order(thread.order_ref) if thread.order_ref else None
    return StaffMatter(
        case=case,
        thread=thread,
        trouble=trouble,
        recovery=recovery,
        matter=matter,
        topic=TOPICS[Topic(thread.topic)],
        harm=HARMS[Harm(trouble.harm)] if trouble else None,
        progress=PROGRESS[Progress(trouble.progress)] if trouble else None,
        order=order,
        cancelled=cancelled_text(order),
        duties=can,
        call=_call(calls, trouble, case, hand.at, Whom.SELLER),
        reach=_call(calls, trouble, case, hand.at, Whom.BUYER),
        tries=calling.tries(calls),
        offers=() if recovery else offers_of(trouble, viewer=Side.CENTRE),
        outlook=outlook_of(trouble, hand.at, order)
        if trouble and not recovery and trouble.closed_at is None
        else None,
        is_open_to_centre=opened.is_open(thread, mediated=mediation_of(trouble) is not None),
        looks=() if recovery else looks_of(hand, thread, case),
        danger_told_at=told_at,
    )


def _giving(recovery: Recovery) -> GiveBackState | None:
    giving = giveback_of(recovery)
    return GiveBackState(giving.state) if giving else None


def _find(about: str) -> tuple[Thread, Recovery | None]:
    kind, _, number = about.partition(":")
    threads = whole_threads()
    recovery = None
    match kind:
        case "contact.trouble":
            thread = threads.filter(trouble=int(number)).first()
        case "contact.thread":
            thread = threads.filter(pk=int(number)).first()
        case "contact.recovery":
            recovery = Recovery.objects.select_related("remedy", "giveback").filter(pk=int(number)).first()
            thread = threads.filter(trouble__remedy__recovery=int(number)).first()
        case _:
            thread = None
    if thread is None:
        raise NothingHere()
    return thread, recovery


def _call(
    calls: list[Call], trouble: Trouble | None, case: CaseFact, at: datetime, whom: Whom
) -> CallPanel | None:
    waiting = next((call for call in calls if call.closed_at is None and call.whom == whom), None)
    if trouble is None or waiting is None or not case.about.startswith("contact.trouble:"):
        return None
    shop = market.shop_names([case.seller_ref]).get(case.seller_ref, "")
    return calling.panel(waiting, trouble, number=case.number, shop=shop, at=at)
