"""A request as who asks, the seller and staff read it, each what it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.law.article5 import DISCLOSURE_CORRECTION, Element, LeftOut, SellerItem
from mamori.law.roads import Road, roads
from mamori.rooms.disclosure.lifecycle import GIVEN, OPEN, REQUEST, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import letter, sealed
from mamori.rooms.disclosure.queries.access import NoSuchInfoRequest, about, may_see
from mamori.rooms.disclosure.queries.known import found_of, known_of, registered, tries_of
from mamori.rooms.disclosure.queries.letter import WeighingShown
from mamori.rooms.disclosure.rules import leaving
from mamori.rooms.disclosure.rules.elements import ElementFound, LeadsTo, outcome_of, to_give
from mamori.rooms.disclosure.rules.facts import Asking, ClaimKind, NeedFor, RequestKnown
from mamori.rooms.disclosure.rules.hearing import HearingEnd, ReachTry, is_unreachable, told
from mamori.rooms.disclosure.rules.leaving import OutdatedState
from mamori.rooms.disclosure.rules.said import CameBy, RequestSaid
from mamori.rooms.disclosure.rules.weighing import may_disclose, may_refuse
from mamori.rooms.disclosure.rules.whys import WhyFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementShown:
    """An element with what stands of it, why and on which evidence; `words` is what a person wrote."""

    element: Element
    found: ElementFound
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoRequestShown:
    """A request as its reader may see it: `said` is empty for the seller, `elements` are for staff, `view` not for who asks."""

    number: int
    case: str
    state: DisclosureState
    channel: CameBy
    version: int
    buyer_ref: str
    seller_ref: str
    shop: str
    orders: tuple[str, ...]
    asking: Asking
    claim: ClaimKind
    price: int
    other: int
    need: NeedFor
    asked: tuple[SellerItem, ...]
    items: tuple[SellerItem, ...]
    received_at: datetime
    decided_at: datetime | None
    due: datetime | None
    heard: HearingEnd
    asked_view_at: datetime | None
    outcome: str
    proposed_by: str
    agrees: bool | None
    left_out: Mapping[SellerItem, LeftOut]
    outdated: Mapping[SellerItem, OutdatedState]
    correct_by: datetime | None
    known: RequestKnown = field(repr=False)
    said: RequestSaid = field(repr=False)
    elements: tuple[ElementShown, ...] = field(repr=False)
    view: str = field(repr=False)
    proposed_why: str = field(repr=False)
    tries: tuple[ReachTry, ...]
    missing: str = field(repr=False)
    reasons: tuple[tuple[Element, Text], ...] = field(repr=False)
    weighings: tuple[WeighingShown, ...] = field(repr=False)
    may_give_rest: bool

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return REQUEST.states[self.state]

    @property
    def total(self) -> int:
        """Return the sum in yen."""
        return self.price + self.other

    @property
    def asked_text(self) -> Text | None:
        """Name what is asked for."""
        return Text.listed(one.text for one in self.asked) if self.asked else None

    @property
    def items_text(self) -> Text | None:
        """Name what is proposed or was disclosed."""
        return Text.listed(one.text for one in self.items) if self.items else None

    @property
    def not_given(self) -> Text | None:
        """Name what was asked for and not disclosed, as it is not held."""
        rest = [one.text for one in self.asked if one not in self.items and one not in self.left_out]
        return Text.listed(rest) if rest and self.is_given else None

    @property
    def told(self) -> Text:
        """Return what the seller is told of it."""
        return told(self.orders, self.claim, self.total, self.asked)

    @property
    def is_open(self) -> bool:
        """Say whether it goes on."""
        return self.state in OPEN

    @property
    def is_given(self) -> bool:
        """Say whether something was disclosed."""
        return self.state in GIVEN

    @property
    def is_incomplete(self) -> bool:
        """Say whether who asks has to send something."""
        return self.state is DisclosureState.INCOMPLETE

    @property
    def may_add(self) -> bool:
        """Say whether who asks can still add to it."""
        return self.is_open and self.state is not DisclosureState.PROPOSED

    @property
    def is_refused(self) -> bool:
        """Say whether it was refused."""
        return self.state is DisclosureState.REFUSED

    @property
    def awaits_view(self) -> bool:
        """Say whether the seller can still state its view."""
        return self.state in (DisclosureState.HEARING, DisclosureState.DECIDING, DisclosureState.PROPOSED)

    @property
    def by_letter(self) -> bool:
        """Say whether the decision goes out by letter."""
        return not self.buyer_ref or self.channel is not CameBy.PAGE

    @property
    def roads(self) -> tuple[Road, ...]:
        """Return where who asks can go on."""
        return tuple(one for one in roads(claim=0))

    @property
    def findings(self) -> dict[Element, ElementFound]:
        """Return what stands of each element."""
        return {one.element: one.found for one in self.elements}

    @property
    def leads_to(self) -> LeadsTo:
        """Say to what the elements lead."""
        return outcome_of(self.findings)

    @property
    def may_disclose(self) -> bool:
        """Say whether everything is met, or would be once the doubted items are left out."""
        return self.may_give_rest or may_disclose(self.findings)

    @property
    def doubted(self) -> tuple[SellerItem, ...]:
        """Return the items that would be given and of which it is open whether they are the seller's."""
        return tuple(one for one in self.to_give if one.value in self.known.doubted)

    @property
    def awaited(self) -> tuple[SellerItem, ...]:
        """Return what the seller has still to put right or confirm."""
        return tuple(one for one, state in self.outdated.items() if state is OutdatedState.WAITING)

    @property
    def to_confirm(self) -> tuple[SellerItem, ...]:
        """Return what the seller may still confirm."""
        open_ = (OutdatedState.WAITING, OutdatedState.SILENT)
        can = self.state in (DisclosureState.DECIDING, DisclosureState.PROPOSED)
        return tuple(one for one, state in self.outdated.items() if can and state in open_)

    @property
    def is_argued(self) -> bool:
        """Say whether it would be refused on what who asks may deny: a refund that the shop told of, a tick for business."""
        return any(
            one.why in (WhyFound.NOT_ABOVE_LEFT, WhyFound.SAYS_BUSINESS) for one in self.findings.values()
        )

    @property
    def may_refuse(self) -> bool:
        """Say whether something speaks against it."""
        return may_refuse(self.findings)

    @property
    def to_give(self) -> tuple[SellerItem, ...]:
        """Return what is asked for and held."""
        return to_give(self.known)

    @property
    def is_unreachable(self) -> bool:
        """Say whether the tries establish that the seller cannot be reached."""
        return is_unreachable(self.tries)


def request_of(hand: Hand, number: int) -> InfoRequestShown:
    """Return a request as this hand may read it."""
    row = SellerRequest.objects.filter(pk=number).first()
    if row is None or not may_see(hand, row):
        raise NoSuchInfoRequest
    return _shown(hand, row)


def behind_case(hand: Hand, case: str) -> InfoRequestShown:
    """Return the request behind a case number."""
    about_, number = cases.behind(case)
    if not about_.startswith("disclosure.request"):
        raise NoSuchInfoRequest
    return request_of(hand, number)


def of_buyer(hand: Hand, *, limit: int = 50) -> tuple[SellerRequest, ...]:
    """Return the requests of a buyer, the newest first, for a list that tells little of each."""
    ref = hand.whose.removeprefix("buyer:")
    return tuple(SellerRequest.objects.filter(buyer_ref=ref).order_by("-pk")[:limit])


def of_seller(hand: Hand, *, limit: int = 20) -> tuple[InfoRequestShown, ...]:
    """Return the requests on which a seller is or was heard, the newest first."""
    ref = hand.whose.removeprefix("seller:")
    rows = SellerRequest.objects.filter(seller_ref=ref, asked_view_at__isnull=False).order_by("-pk")[:limit]
    return tuple(_shown(hand, row) for row in rows)


def _shown(hand: Hand, row: SellerRequest) -> InfoRequestShown:
    name, is_seller = about(row.pk), hand.is_sellers(row.seller_ref)
    known, case = RequestKnown() if is_seller else known_of(row), cases.case_of(name)
    words = letter.weighed_words(row) if hand.is_staff else {}
    found = found_of(known, row) if hand.is_staff else {}
    is_partys = hand.is_staff or is_seller
    outdated = leaving.standing(row.outdated, registered(row)) if row.outdated and is_partys else {}
    is_over = row.state in GIVEN
    view = sealed.of_seller(row, "view") if is_partys else None
    kept = sealed.opened(row, "letter", list[tuple[str, str, str]]) if not is_seller else None
    return InfoRequestShown(
        number=row.pk,
        case=case.number,
        state=DisclosureState(row.state),
        channel=CameBy(row.channel),
        version=row.version,
        buyer_ref="" if is_seller else row.buyer_ref,
        seller_ref=row.seller_ref,
        shop=market.shop_names([row.seller_ref]).get(row.seller_ref, ""),
        orders=tuple(row.order_refs),
        asking=Asking(row.asking),
        claim=ClaimKind(row.claim),
        price=row.price,
        other=row.other,
        need=NeedFor(row.need),
        asked=tuple(map(SellerItem, row.asked)),
        items=tuple(map(SellerItem, row.items)) if hand.is_staff or is_over else (),
        left_out=_left_out(row) if hand.is_staff or is_over else {},
        outdated=outdated,
        correct_by=_correct_by(row, outdated),
        received_at=row.received_at,
        decided_at=row.decided_at,
        due=_due(name),
        heard=HearingEnd(row.heard),
        asked_view_at=row.asked_view_at,
        outcome=row.outcome if hand.is_staff else "",
        proposed_by=row.proposed_by if hand.is_staff else "",
        agrees=row.agrees if is_partys else None,
        known=known,
        said=RequestSaid() if is_seller else sealed.said_of(row),
        elements=_elements(found, words),
        view=(view or {}).get("said", ""),
        proposed_why=letter.proposed_why(row) if hand.is_staff else "",
        tries=tuple(tries_of(row)) if hand.is_staff else (),
        missing="" if is_seller else letter.asked_more(row),
        reasons=tuple((Element(code), Text(ja, en)) for code, ja, en in kept or ()),
        weighings=letter.weighings(row) if hand.is_staff else (),
        may_give_rest=hand.is_staff and _may_give_rest(known, row),
    )


def _may_give_rest(known: RequestKnown, row: SellerRequest) -> bool:
    """Say whether everything is met once the doubted items are left out, as it is judged when that is proposed."""
    rest = replace(known, left_out=(*known.left_out, *known.doubted))
    return bool(known.doubted) and may_disclose(found_of(rest, row))


def _elements(
    found: Mapping[Element, ElementFound], words: Mapping[Element, str]
) -> tuple[ElementShown, ...]:
    return tuple(
        ElementShown(element=element, found=one, words=words.get(element, ""))
        for element, one in found.items()
    )


def _due(name: str) -> datetime | None:
    """Return what is due next of the request itself; what the seller has to put right has a day of its own."""
    running = [one.due_at for one in clocks.open_clocks(name) if one.kind != DISCLOSURE_CORRECTION.code]
    return min(running, default=None)


def _correct_by(row: SellerRequest, outdated: Mapping[SellerItem, OutdatedState]) -> datetime | None:
    if row.outdated_at is None or OutdatedState.WAITING not in outdated.values():
        return None
    return due(Runs(DISCLOSURE_CORRECTION, since=row.outdated_at))


def _left_out(row: SellerRequest) -> dict[SellerItem, LeftOut]:
    return {one: LeftOut(row.left_out[one.value][0]) for one in SellerItem if one.value in row.left_out}
