"""What others may ask: how a seller's display stands, what it shows, what was proved, what a buyer saw when ordering."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact, SellerFact
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import DISPLAY_NOTICE
from mamori.law.display import ITEMS, DisplayItem, SellerKind
from mamori.rooms.display.hidden import queries as hidden, rules as statuses
from mamori.rooms.display.lifecycle import DISPLAY, LACKING, DisplayState
from mamori.rooms.display.models import Display, DisplayVersion
from mamori.rooms.display.outlines import OUTLINES as OUTLINES
from mamori.rooms.display.proofs.queries import (
    ProvenContact as ProvenContact,
    calls_owed as calls_owed,
    mail_shown as mail_shown,
    proven as proven,
)
from mamori.rooms.display.proofs.rules import ProofChannel as ProofChannel, proof_name as proof_name
from mamori.rooms.display.queries import situation, versions
from mamori.rooms.display.queries.objections import (
    objections as objections,
    settled as settled,
    settled_rows as settled_rows,
)
from mamori.rooms.display.requests.queries import use_doubted as use_doubted
from mamori.rooms.display.rules.told import ShownDisplay, named as named

ON_REQUEST = Text("請求があれば、遅滞なくお知らせします。", "Given on request, without delay.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayFact:
    """How a display stands; `version` is 0 while there is none.

    `faults` names what is surely wrong ("phone:missing"), `doubts` what may be misread.
    """

    seller_ref: str
    version: int
    state: DisplayState
    faults: tuple[str, ...]
    doubts: tuple[str, ...]
    checked_at: datetime | None
    look_since: datetime | None
    lacking_since: datetime | None
    asked_at: datetime | None

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return DISPLAY.states[self.state]

    @property
    def items_text(self) -> Text | None:
        """Say with which items something is surely wrong, nothing where with none."""
        return named(self.faults) if self.faults else None

    @property
    def doubts_text(self) -> Text | None:
        """Say which items could not be read for sure, nothing where none."""
        return named(self.doubts) if self.doubts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """One version of a display as buyers read it, since when, and the receipt that proves it.

    `told` is None once its seller was erased; `act` is the number of the act behind the receipt.
    """

    seller_ref: str
    version: int
    since: datetime
    receipt: str
    told: ShownDisplay | None
    act: int

    @property
    def rows(self) -> tuple[tuple[Text, str | Text], ...]:
        """Return each item with what stands under it, or that it is given on request."""
        if self.told is None:
            return ()
        words: Mapping[DisplayItem, str | Text] = {
            **dict.fromkeys(self.told.on_request, ON_REQUEST),
            **self.told.said,
        }
        return tuple((one.text, words[item]) for item, one in ITEMS.items() if item in words)

    @property
    def text(self) -> str:
        """Return the seller's own text, "" where there is none."""
        return self.told.text if self.told else ""


def display(seller_ref: str) -> DisplayFact:
    """Return how a seller's display stands; of whom nobody told it is unwritten."""
    row = Display.objects.filter(pk=seller_ref).first() or Display(seller_ref=seller_ref)
    return DisplayFact(
        seller_ref=seller_ref,
        version=row.number,
        state=DisplayState(row.state),
        faults=tuple(row.faults),
        doubts=tuple(row.doubts),
        checked_at=row.checked_at,
        look_since=row.look_since,
        lacking_since=row.lacking_since if row.state in LACKING else None,
        asked_at=row.asked_at if row.state == DisplayState.UNWRITTEN else None,
    )


def hinders_from(at: datetime) -> datetime | None:
    """Return when the notice ends to those who were told first that a display will be asked for; None while nobody was."""
    told = Display.objects.aggregate(first=Min("asked_at"))["first"]
    return clocks.after(told, terms.duration(DISPLAY_NOTICE, at=at)) if told else None


def public(seller_ref: str) -> ShownFact | None:
    """Return what everybody may read of a seller now: nothing of a private person, nor of who was erased."""
    seller = market.seller(seller_ref)
    version = versions.newest_public(seller_ref) if seller is not None and is_of_business(seller) else None
    found = _fact(version) if version else None
    return found if found is not None and found.told is not None else None


def shown(seller_ref: str) -> ShownFact | None:
    """Return the newest version, for the seller itself, or nothing."""
    version = versions.newest(seller_ref)
    return _fact(version) if version else None


def seen(order: OrderFact) -> ShownFact | None:
    """Return the version that stood when somebody saw it and ordered; nothing where that was before the first.

    Of a seller who was a private person then there is nothing: what it wrote was nobody's to read.
    """
    version = _seen(order)
    return _fact(version) if version else None


def seen_version(order: OrderFact) -> int:
    """Return the number of the version that `seen` finds, 0 where there is none; what it says stays sealed."""
    version = _seen(order)
    return version.number if version else 0


def numbered(seller_ref: str, version: int) -> ShownFact | None:
    """Return the version of that number, or nothing."""
    found = versions.numbered(seller_ref, version)
    return _fact(found) if found else None


def _seen(order: OrderFact) -> DisplayVersion | None:
    """Return what stood there then, where it may be read: its seller was no private person, and was not erased since.

    Of who passed for private then, and was concluded to be a business, what was written as a private person stays unread.
    """
    seller, at = market.seller(order.seller_ref), order.shown_at
    if seller is None or seller.erased:
        return None
    was_private = bool(seller.was_private(at))
    if was_private and not hidden.rests_on_conclusion(seller, at):
        return None
    return versions.at_moment(order.seller_ref, at)


def is_of_business(seller: SellerFact) -> bool:
    """Say whether the law asks this seller for a display: a private person's home is nobody's to read."""
    return situation.kind_of(seller) is not SellerKind.PRIVATE


def was_business(seller_ref: str, at: datetime) -> bool | None:
    """Say whether a seller was a business at a moment, such as that of a transaction; None where nobody can say.

    The marketplace's word counts, and where it told a private person what a person concluded since, from its day on.
    """
    seller = market.seller(seller_ref)
    return hidden.was_business(seller, at) if seller is not None and not seller.erased else None


def sold_by_business(order: OrderFact) -> bool | None:
    """Say whether an order was sold by a business: what the order itself tells comes first, None where nobody can say.

    That it was none is overruled by who was a business then by the marketplace's word of the seller, or a person's conclusion.
    """
    if order.sold_as is not None and order.sold_as is not market.SoldAs.INDIVIDUAL:
        return True
    found = was_business(order.seller_ref, order.ordered_at)
    return False if found is None and order.sold_as else found


def standings(seller_refs: Collection[str], at: datetime) -> dict[str, bool | None]:
    """Say of these sellers what `was_business` says of one, in one look; who was erased is left out."""
    concluded = hidden.conclusions_among(seller_refs)
    return {
        ref: statuses.was_business(one.contact.statuses, concluded.get(ref, ()), at)
        for ref, one in market.sellers(seller_refs).items()
        if not one.erased
    }


def lacking_among(seller_refs: Collection[str]) -> frozenset[str]:
    """Return those of these sellers whose display is not written or is surely lacking something, in one look."""
    states = dict(Display.objects.filter(pk__in=seller_refs).values_list("seller_ref", "state"))
    lacks = {DisplayState.UNWRITTEN, *LACKING}
    return frozenset(ref for ref in seller_refs if states.get(ref, DisplayState.UNWRITTEN) in lacks)


def _fact(version: DisplayVersion) -> ShownFact:
    return ShownFact(
        seller_ref=version.seller_ref,
        version=version.number,
        since=version.told_at,
        receipt=ledger.addresses_of([version.act]).get(version.act, ""),
        told=versions.opened(version),
        act=version.act,
    )
