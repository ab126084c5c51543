"""A request as who asks, the seller and staff read it, each what it may."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact, SellerFact
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.japan.calendar import JAPAN
from mamori.law.article5 import DISCLOSURE_CORRECTION, Element, LeftOut, SellerItem
from mamori.law.display import DisplayItem
from mamori.law.roads import Road, roads
from mamori.rooms.disclosure.lifecycle import GIVEN, OPEN, REQUEST, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.rules import deciding
from mamori.rooms.disclosure.rules.asked import (
    Asking,
    BoughtAs,
    CameBy,
    ClaimKind,
    Identity,
    NeedFor,
    OrderKnown,
    Owner,
    RequestKnown,
    RequestSaid,
    Signal,
    SumLine,
)
from mamori.rooms.disclosure.rules.deciding import (
    HearingEnd,
    OutdatedState,
    ReachResult,
    ReachTry,
    ReachWay,
    Weighed,
    doubted_over,
    hearing_text,
    is_unreachable,
    may_disclose,
    may_refuse,
    reasons,
    weighed_over,
)
from mamori.rooms.disclosure.rules.elements import (
    ElementFound,
    EvidenceKind,
    WhyFound,
    judged,
    to_give,
)
from mamori.rooms.display import facts as display

CASE = "disclosure.request"


class NoSuchInfoRequest(Refusal, code="no-such-disclosure", status=404):
    """Given when there is no such request for this actor."""

    text = Text(
        "この開示請求は見つかりません。番号をご確認ください。",
        "There is no such request. Please check its number.",
    )


class NotYourOrder(Refusal, code="not-your-order", status=404):
    """Given when somebody asks by the page about an order that is none of its own."""

    text = Text(
        "この注文は見つかりません。ご自分の注文から選んでください。別の人の注文については、書面でご請求ください。",
        "There is no such order of yours. Please choose one of your own; for somebody else's, please write to us.",
    )


def own_order(actor: Actor, ref: str) -> OrderFact:
    """Return an order of who asks.

    :raises NotYourOrder: when there is none of this number, or it is somebody else's.
    """
    found = market.order(ref)
    if found is None or actor.by != f"buyer:{found.buyer_ref}":
        raise NotYourOrder
    return found


def open_about(order: OrderFact) -> int | None:
    """Return the number of its buyer's request about an order that goes on already."""
    mine = SellerRequest.objects.filter(buyer_ref=order.buyer_ref, state__in=OPEN)
    return next((row.pk for row in mine if order.ref in row.order_refs), None)


def may_see(actor: Actor, row: SellerRequest) -> bool:
    """Say whether an actor may deal with a request: who asks, whose information it is about once it is heard, staff, a clock."""
    if actor.is_staff or actor.by.startswith("machine:"):
        return True
    if actor.is_sellers(row.seller_ref):
        return bool(row.seller_ref) and is_told(row)
    return bool(row.buyer_ref) and actor.by == f"buyer:{row.buyer_ref}"


def is_told(row: SellerRequest) -> bool:
    """Say whether the seller was told of it."""
    return row.asked_view_at is not None


def about(number: int) -> str:
    """Return the name under which acts, clocks and the case index know a request."""
    return f"{CASE}:{number}"


TABLE = "disclosure_sellerrequest"


def place_of(number: int, column: str) -> Place:
    """Return where a value of a request lies."""
    return Place(TABLE, str(number), column)


def opened[T](row: SellerRequest, column: str, kind: type[T], *, subject: str = "") -> T | None:
    """Return a value, or nothing where there is none, or its key is destroyed."""
    plain = seals.opened(
        subject=subject or row.sealed_for, place=place_of(row.pk, column), sealed=getattr(row, column)
    )
    return msgspec.json.decode(plain, type=kind) if plain is not None else None


def said_of(row: SellerRequest) -> RequestSaid:
    """Return the words of who asks, empty once they were erased."""
    return opened(row, "said", RequestSaid) or RequestSaid()


def of_seller(row: SellerRequest, column: str) -> dict[str, str] | None:
    """Return what lies sealed with the seller's key."""
    return opened(row, column, dict[str, str], subject=f"seller:{row.seller_ref}")


# What is known of a request just now: its words, what staff saw, and what the marketplace's records say of its orders.


SHOWN_AS = {
    DisplayItem.NAME: SellerItem.NAME,
    DisplayItem.ADDRESS: SellerItem.ADDRESS,
    DisplayItem.PHONE: SellerItem.PHONE,
    DisplayItem.MAIL: SellerItem.MAIL,
}
"""What of the six a display shows."""
MARKS = ("left_out", "outdated")
"""Where a request marks items of which it is open whether they are the seller's."""
NAMED_AS = {**SHOWN_AS, DisplayItem.RESPONSIBLE: SellerItem.NAME}
"""Under what the six are named in a display: the representative of a company belongs to its name."""


def known_of(row: SellerRequest) -> RequestKnown:
    """Return what is known of a request."""
    orders, said = market.orders(row.order_refs), said_of(row)
    seller = market.seller(row.seller_ref) if row.seller_ref else None
    has, shown = held(seller), display.public(row.seller_ref) if row.seller_ref else None
    displayed = shown.told.said if shown and shown.told else {}
    lines = [SumLine(what="", yen=row.price)] if row.price else []
    if row.other:
        lines.append(SumLine(what=said.other, yen=row.other, from_order=False))
    return RequestKnown(
        asking=Asking(row.asking),
        identity=_identity(row, said),
        authority=row.authority,
        is_minor=row.is_minor,
        signed=row.signed,
        bought_as=BoughtAs(row.bought_as),
        orders=tuple(_order(row, orders[ref]) for ref in row.order_refs if ref in orders),
        searched=row.searched,
        claim=ClaimKind(row.claim),
        assigned=row.assigned,
        lines=tuple(lines),
        need=NeedFor(row.need),
        why=said.why,
        pledged=row.pledged,
        asked=tuple(row.asked),
        held=tuple(has),
        known=tuple(item for of, item in SHOWN_AS.items() if of in displayed),
        signals=_signals(row, seller),
        wrote_seller=row.wrote_seller,
        objected=row.agrees is False,
        doubted=tuple(
            one
            for one in _marked(row.seller_ref, has, outdated=row.outdated, number=row.pk)
            if one in row.asked
        ),
        left_out=tuple(row.left_out),
    )


def found_now(row: SellerRequest) -> dict[Element, ElementFound]:
    """Return what stands of each element now: what the rules find, and what persons decided over it."""
    return found_of(known_of(row), row)


def found_of(known: RequestKnown, row: SellerRequest) -> dict[Element, ElementFound]:
    """Return the same of what is known already."""
    return weighed_over(doubted_over(judged(known), row.doubts), row.weighed, known)


def digests(has: Mapping[SellerItem, str]) -> dict[str, str]:
    """Return the keyed digest of each held item: it tells whether the same is registered still, or for another seller too."""
    some = {item.value: f"{item}:{value}" for item, value in has.items()}
    return {
        item: one.hex()
        for item, one in zip(some, seals.blind_all(f"{TABLE}.held", some.values()), strict=True)
    }


def registered(row: SellerRequest) -> dict[str, str]:
    """Return the same of what is held now."""
    return digests(held(market.seller(row.seller_ref)))


def _marked(
    seller_ref: str,
    has: Mapping[SellerItem, str],
    *,
    outdated: deciding.Marked | None = None,
    number: int = 0,
) -> tuple[str, ...]:
    """Return which held items of a seller are open, by what is marked in any request but this one, however it stands or ended.

    Requests about another seller count where the same is registered for both.
    """
    if not has:
        return ()
    rows = SellerRequest.objects.exclude(left_out={}, outdated={}).exclude(pk=number)
    own: list[deciding.Marked] = [outdated] if outdated else []
    others: list[deciding.Marked] = []
    others.extend(one for marks in rows.exclude(seller_ref=seller_ref).values_list(*MARKS) for one in marks)
    mine = list(rows.filter(seller_ref=seller_ref).values_list(*MARKS, "decided_at", "outdated_at"))
    if not (own or others or mine):
        return ()
    now, given = digests(has), _given(seller_ref) if mine else []
    for left_out, called, *at in mine:
        own.extend(
            deciding.not_weighed(one, at_, now, given)
            for one, at_ in zip((left_out, called), at, strict=True)
        )
    return deciding.doubted(own, now, others=others)


def _given(seller_ref: str) -> list[tuple[datetime, dict[str, str]]]:
    """Return what was disclosed of a seller, and when: the keyed digest of each item."""
    rows = SellerRequest.objects.filter(seller_ref=seller_ref, given__isnull=False)
    found = [(row.decided_at, of_seller(row, "given")) for row in rows]
    return [
        (at, digests({SellerItem(item): value for item, value in given.items()}))
        for at, given in found
        if at and given
    ]


def doubted_of(seller_ref: str) -> frozenset[DisplayItem]:
    """Return what no display gives on request by machine, as any request leaves it open whether it is the seller's."""
    open_ = _marked(seller_ref, held(market.seller(seller_ref)))
    return frozenset(shown for shown, item in NAMED_AS.items() if item.value in open_)


def tries_of(row: SellerRequest) -> list[ReachTry]:
    """Return each try to reach the seller."""
    return [
        ReachTry(
            way=ReachWay(way),
            result=ReachResult(result),
            on=datetime.fromisoformat(at).astimezone(JAPAN).date(),
            by=by,
        )
        for way, result, at, by in row.tries
    ]


def held(seller: SellerFact | None) -> dict[SellerItem, str]:
    """Return what is held of a seller of the six items; of a company its representative's name belongs to the name."""
    if seller is None or seller.erased:
        return {}
    contact = seller.contact
    name = contact.legal_name
    if name and contact.representative:
        name = f"{name}\n{contact.representative}"
    all_: dict[SellerItem, str] = {
        SellerItem.NAME: name,
        SellerItem.ADDRESS: contact.address,
        SellerItem.PHONE: contact.phone,
        SellerItem.FAX: contact.fax,
        SellerItem.MAIL: contact.mail,
        SellerItem.CORPORATE_NUMBER: contact.corporate_number,
    }
    return {item: value for item, value in all_.items() if value}


def _identity(row: SellerRequest, said: RequestSaid) -> Identity:
    """Return by what who asks was identified; by letter under another name than the order's, that it differs."""
    seen = Identity(row.identity)
    is_letter = row.channel != CameBy.PAGE and row.asking == Asking.SELF
    if not is_letter or seen in (Identity.NONE, Identity.DIFFERS):
        return seen
    buyer = market.buyer(row.buyer_ref) if row.buyer_ref else None
    is_same = buyer is not None and _plain(buyer.contact.name) == _plain(said.name)
    return seen if is_same else Identity.DIFFERS


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _order(row: SellerRequest, order: OrderFact) -> OrderKnown:
    return OrderKnown(
        ref=order.ref,
        seller=order.seller_ref,
        owner=Owner.UNKNOWN
        if not row.buyer_ref
        else Owner.PRINCIPAL
        if order.buyer_ref == row.buyer_ref
        else Owner.ANOTHER,
        placed_on=order.ordered_at.astimezone(JAPAN).date(),
        paid=order.amount,
        refunded=order.refunded_elsewhere + order.refunded_instructed,
        was_business=display.sold_by_business(order),
        on_site=not row.elsewhere,
        by_operator=row.by_operator,
        charged_back=order.charged_back,
        for_company=bool(order.as_business),
    )


def _signals(row: SellerRequest, seller: SellerFact | None) -> tuple[Signal, ...]:
    """Return what was noted, and that the seller is protected now, whenever it asked for that."""
    found = {*map(Signal, row.signals)}
    if seller is not None and seller.contact.protected:
        found.add(Signal.PROTECTED)
    return tuple(one for one in Signal if one in found)


# The decision in words: why, element by element, as it goes out and is kept.


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingShown:
    """What somebody once decided of an element, or that it was marked doubtful (no verdict), and why."""

    at: datetime
    element: Element
    verdict: Weighed | None
    evidence: EvidenceKind | None
    words: str = field(repr=False)


def reasons_of(row: SellerRequest) -> list[tuple[str, str, str]]:
    """Return of each element that is not met its code and why in both languages, as it is kept."""
    found = reasons(found_now(row), weighed_words(row))
    return [(element.value, why.ja, why.en) for element, why in found]


def weighed_words(row: SellerRequest) -> dict[Element, str]:
    """Return why a person decided on an element as it did, its newest word."""
    acts = _acts(row.pk, "weigh")
    return {Element(act.content["payload"]["element"]): act.content["reason"] for act in acts if act.content}


def weighings(row: SellerRequest) -> tuple[WeighingShown, ...]:
    """Return every mark of doubt and every decision on an element, the oldest first; one that was replaced stays."""
    acts = sorted(_acts(row.pk, "weigh", "doubt"), key=lambda act: act.number)
    return tuple(
        WeighingShown(
            at=act.at,
            element=Element(hearing_text["element"]),
            verdict=Weighed(hearing_text["verdict"]) if "verdict" in hearing_text else None,
            evidence=EvidenceKind(hearing_text["evidence"]) if "evidence" in hearing_text else None,
            words=act.content["reason"],
        )
        for act in acts
        if act.content
        for hearing_text in (act.content["payload"],)
    )


def asked_more(row: SellerRequest) -> str:
    """Return what staff asked for last, "" where nothing."""
    return _newest_reason(row.pk, "ask_more")


def proposed_why(row: SellerRequest) -> str:
    """Return why what is proposed was proposed, "" where nothing is."""
    return _newest_reason(row.pk, "propose", "propose_refusal") if row.outcome else ""


def receipt_of(number: int) -> str:
    """Return the address of the receipt of the decision, "" while there is none."""
    return next((act.address for act in _acts(number, "disclose", "disclose_partly", "refuse")), "")


def _newest_reason(number: int, *verbs: str) -> str:
    newest = max(_acts(number, *verbs), key=lambda act: act.number, default=None)
    return newest.content["reason"] if newest and newest.content else ""


def _acts(number: int, *verbs: str) -> list[ActFact]:
    """Return the acts of these verbs about a request, each verb's oldest first."""
    name = about(number)
    return [act for verb in verbs for act in ledger.acts_about(name, kind=f"disclosure.{verb}")]


@dataclass(frozen=True, slots=True)
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
    shop: str
    orders: tuple[str, ...]
    claim: ClaimKind
    total: int
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
        return hearing_text(self.orders, self.claim, self.total, self.asked)

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


def request_of(actor: Actor, number: int) -> InfoRequestShown:
    """Return a request as this actor may read it."""
    row = SellerRequest.objects.filter(pk=number).first()
    if row is None or not may_see(actor, row):
        raise NoSuchInfoRequest
    return _request_shown(actor, row)


def behind_case(actor: Actor, case: str) -> InfoRequestShown:
    """Return the request behind a case number."""
    about_, number = cases.behind(case)
    if not about_.startswith("disclosure.request"):
        raise NoSuchInfoRequest
    return request_of(actor, number)


def of_buyer(actor: Actor, *, limit: int = 50) -> tuple[SellerRequest, ...]:
    """Return the requests of a buyer, the newest first, for a list that tells little of each."""
    ref = actor.whose.removeprefix("buyer:")
    return tuple(SellerRequest.objects.filter(buyer_ref=ref).order_by("-pk")[:limit])


def requests_of_seller(actor: Actor, *, limit: int = 20) -> tuple[InfoRequestShown, ...]:
    """Return the requests on which a seller is or was heard, the newest first."""
    ref = actor.whose.removeprefix("seller:")
    rows = SellerRequest.objects.filter(seller_ref=ref, asked_view_at__isnull=False).order_by("-pk")[:limit]
    return tuple(_request_shown(actor, row) for row in rows)


def _request_shown(actor: Actor, row: SellerRequest) -> InfoRequestShown:
    name, is_seller = about(row.pk), actor.is_sellers(row.seller_ref)
    known, case = RequestKnown() if is_seller else known_of(row), cases.case_of(name)
    words, found = (weighed_words(row), found_of(known, row)) if actor.is_staff else ({}, {})
    is_partys = actor.is_staff or is_seller
    outdated = deciding.standing(row.outdated, registered(row)) if row.outdated and is_partys else {}
    left_out = {one: LeftOut(row.left_out[one.value][0]) for one in SellerItem if one.value in row.left_out}
    # as it is judged when a disclosure of all but the doubted items is proposed
    rest = replace(known, left_out=(*known.left_out, *known.doubted))
    # what the seller has to put right has a day of its own
    running = [one.due_at for one in clocks.open_clocks(name) if one.kind != DISCLOSURE_CORRECTION.code]
    is_over = row.state in GIVEN
    view = of_seller(row, "view") if is_partys else None
    kept = opened(row, "letter", list[tuple[str, str, str]]) if not is_seller else None
    return InfoRequestShown(
        number=row.pk,
        case=case.number,
        state=DisclosureState(row.state),
        channel=CameBy(row.channel),
        version=row.version,
        buyer_ref="" if is_seller else row.buyer_ref,
        shop=market.shop_names([row.seller_ref]).get(row.seller_ref, ""),
        orders=tuple(row.order_refs),
        claim=ClaimKind(row.claim),
        total=row.price + row.other,
        other=row.other,
        need=NeedFor(row.need),
        asked=tuple(map(SellerItem, row.asked)),
        items=tuple(map(SellerItem, row.items)) if actor.is_staff or is_over else (),
        left_out=left_out if actor.is_staff or is_over else {},
        outdated=outdated,
        correct_by=_correct_by(row, outdated),
        received_at=row.received_at,
        decided_at=row.decided_at,
        due=min(running, default=None),
        heard=HearingEnd(row.heard),
        asked_view_at=row.asked_view_at,
        outcome=row.outcome if actor.is_staff else "",
        proposed_by=row.proposed_by if actor.is_staff else "",
        agrees=row.agrees if is_partys else None,
        known=known,
        said=RequestSaid() if is_seller else said_of(row),
        elements=tuple(ElementShown(element, one, words.get(element, "")) for element, one in found.items()),
        view=(view or {}).get("said", ""),
        proposed_why=proposed_why(row) if actor.is_staff else "",
        tries=tuple(tries_of(row)) if actor.is_staff else (),
        missing="" if is_seller else asked_more(row),
        reasons=tuple((Element(code), Text(ja, en)) for code, ja, en in kept or ()),
        weighings=weighings(row) if actor.is_staff else (),
        may_give_rest=actor.is_staff and bool(known.doubted) and may_disclose(found_of(rest, row)),
    )


def _correct_by(row: SellerRequest, outdated: Mapping[SellerItem, OutdatedState]) -> datetime | None:
    if row.outdated_at is None or OutdatedState.WAITING not in outdated.values():
        return None
    return due(Runs(DISCLOSURE_CORRECTION, since=row.outdated_at))
