"""What buyers asked of what displays leave out: what may be asked, what is held, how each request stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db.models import Case, Q, Value, When

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.seal.facts import Place
from mamori.law.deadlines import DISPLAY_REQUEST
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.display.lifecycle import AWAITED, REQUEST, TO_ANSWER, RequestState
from mamori.rooms.display.models import ItemRequest
from mamori.rooms.display.queries import situation, versions
from mamori.rooms.display.queries.situation import ShownNow
from mamori.rooms.display.requests.rules import askable_items
from mamori.rooms.display.rules.told import named

TABLE = "display_itemrequest"
LATELY = 20
"""So many of a seller's newest answers are looked through for one that can be given again."""

_doubted: Callable[[str], Collection[DisplayItem]] = lambda seller_ref: ()  # noqa: E731  # until the site says who knows


def use_doubted(doubted: Callable[[str], Collection[DisplayItem]]) -> None:
    """Let `doubted` say of which registered items it is open whether they are the seller's: the room that knows stands above."""
    global _doubted  # noqa: PLW0603  # named once at start-up, in site/wiring.py
    _doubted = doubted


class NoSuchRequest(Refusal, code="no-such-request", status=404):
    """Given when there is no such request for this actor."""

    text = Text(
        "この請求は見つかりません。番号をご確認ください。",
        "There is no such request. Please check its number.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """What a buyer may ask of a seller who shows this now."""

    shown: ShownNow
    items: tuple[DisplayItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown:
    """A request as its parties and staff read it: `given` are the words of the items, of which staff read none."""

    number: int
    seller_ref: str
    shop: str
    buyer_ref: str
    state: RequestState
    items: tuple[DisplayItem, ...]
    awaited: tuple[DisplayItem, ...]
    asked_at: datetime
    due: datetime | None
    closed_at: datetime | None
    given: dict[DisplayItem, str] = field(repr=False)
    reason: str = field(repr=False)
    is_erased: bool

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return REQUEST.states[self.state]

    @property
    def items_text(self) -> Text:
        """Name what was asked for."""
        return named(self.items)

    @property
    def awaited_text(self) -> Text:
        """Name what is still to be given."""
        return named(self.awaited)

    @property
    def rows(self) -> tuple[tuple[Text, str], ...]:
        """Return what was given, item by item."""
        return tuple((ITEMS[item].text, words) for item, words in self.given.items())

    @property
    def is_owed(self) -> bool:
        """Say whether the seller is to answer."""
        return self.state in TO_ANSWER

    @property
    def is_referred(self) -> bool:
        """Say whether the marketplace has to look."""
        return self.state is RequestState.REFERRED


def askable(seller_ref: str) -> Askable | None:
    """Return what a buyer may ask of a seller; nothing where nothing is left out, nor ever of a private person."""
    now = situation.shown_now(seller_ref)
    if now is None:
        return None
    items = askable_items(now.told)
    return Askable(shown=now, items=items) if items else None


def registered(seller: SellerFact) -> dict[DisplayItem, str]:
    """Return what is registered of a seller that a display may leave out."""
    contact = seller.contact
    return {
        DisplayItem.NAME: contact.legal_name,
        DisplayItem.RESPONSIBLE: contact.representative,
        DisplayItem.ADDRESS: contact.address,
        DisplayItem.PHONE: contact.phone,
    }


def doubted(seller_ref: str) -> frozenset[DisplayItem]:
    """Return the items that no machine gives, as they may be somebody else's or put somebody in danger."""
    return frozenset(_doubted(seller_ref))


def given_before(seller_ref: str, *, number: int) -> dict[DisplayItem, str]:
    """Return what a seller answered lately to requests of the version that it shows now, the newest answer of each item."""
    rows = ItemRequest.objects.filter(
        seller_ref=seller_ref, state=RequestState.GIVEN.value, number=number
    ).order_by("-pk")[:LATELY]
    found: dict[DisplayItem, str] = {}
    for row in rows:
        found = opened(row) | found
    return found


def not_asked_again(buyer_ref: str, seller_ref: str, *, number: int) -> frozenset[DisplayItem]:
    """Return what a buyer still waits for, and what this version of the display need not give it."""
    rows = ItemRequest.objects.filter(buyer_ref=buyer_ref, seller_ref=seller_ref)
    still = rows.filter(Q(state__in=AWAITED) | Q(state=RequestState.EXCUSED.value, number=number))
    return frozenset(DisplayItem(item) for row in still for item in row.awaited)


def of_buyer(buyer_ref: str, *, limit: int = 50) -> tuple[RequestShown, ...]:
    """Return a buyer's requests with what was given, those that wait first, then the newest."""
    waits = Case(When(state__in=AWAITED, then=Value(0)), default=Value(1))
    return _all(ItemRequest.objects.filter(buyer_ref=buyer_ref).order_by(waits, "-pk")[:limit])


def waiting(seller_ref: str) -> tuple[int, ...]:
    """Return the numbers of the requests that wait for a seller, or for the marketplace's word on it."""
    rows = ItemRequest.objects.filter(seller_ref=seller_ref, state__in=AWAITED)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def of_seller(seller_ref: str, *, limit: int = 50) -> tuple[RequestShown, ...]:
    """Return a seller's newest requests, those that wait for it first."""
    rows = ItemRequest.objects.filter(seller_ref=seller_ref)
    waiting = rows.filter(state__in=AWAITED).order_by("pk")[:limit]
    rest = rows.exclude(state__in=AWAITED).order_by("-pk")[:limit]
    return _all([*waiting, *rest])


def count_owed(seller_ref: str) -> int:
    """Return how many requests wait for a seller's answer."""
    return ItemRequest.objects.filter(seller_ref=seller_ref, state__in=TO_ANSWER).count()


def request_shown(actor: Actor, number: int) -> RequestShown:
    """Return one request for its seller or for staff, who are shown nothing of what was given."""
    row = ItemRequest.objects.filter(pk=number).first()
    if row is None or not may_see(actor, row):
        raise NoSuchRequest
    return for_staff([row])[0] if actor.is_staff else _all([row])[0]


def for_staff(rows: Iterable[ItemRequest]) -> tuple[RequestShown, ...]:
    """Return requests as staff read them: nothing of what was given."""
    return _all(rows, with_given=False)


def may_see(actor: Actor, row: ItemRequest) -> bool:
    """Say whether an actor may deal with a request: its seller, staff and software; its buyer reads it in a list of its own."""
    return actor.is_staff or actor.role is Role.MACHINE or actor.is_sellers(row.seller_ref)


def opened(row: ItemRequest) -> dict[DisplayItem, str]:
    """Return what was given, nothing once the seller's key is destroyed."""
    plain = _plain(row, "given", row.given)
    return msgspec.json.decode(plain, type=dict[DisplayItem, str]) if plain else {}


def place_of(number: int, column: str) -> Place:
    """Return where words of a request lie."""
    return Place(TABLE, str(number), column)


def due_of(row: ItemRequest) -> datetime | None:
    """Return by when a request has to be answered, nothing where that is over."""
    return due(Runs(DISPLAY_REQUEST, since=row.begun_at)) if row.state == RequestState.ASKED else None


def _plain(row: ItemRequest, column: str, kept: bytes | memoryview | None) -> bytes:
    return (versions.plain(row.seller_ref, place_of(row.pk, column), kept) if kept else None) or b""


def _all(rows: Iterable[ItemRequest], *, with_given: bool = True) -> tuple[RequestShown, ...]:
    found = list(rows)
    shops = market.shop_names(row.seller_ref for row in found)
    return tuple(_shown(row, shops.get(row.seller_ref, ""), with_given=with_given) for row in found)


def _shown(row: ItemRequest, shop: str, *, with_given: bool) -> RequestShown:
    given = opened(row) if with_given else {}
    return RequestShown(
        number=row.pk,
        seller_ref=row.seller_ref,
        shop=shop,
        buyer_ref=row.buyer_ref,
        state=RequestState(row.state),
        items=_items(row.items),
        awaited=_items(row.awaited),
        asked_at=row.asked_at,
        due=due_of(row),
        closed_at=row.closed_at,
        given=given,
        reason=_plain(row, "reason", row.reason).decode(),
        is_erased=with_given and row.given is not None and not given,
    )


def _items(codes: Collection[str]) -> tuple[DisplayItem, ...]:
    return tuple(map(DisplayItem, codes))
