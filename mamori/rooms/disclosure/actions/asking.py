"""A request comes, by the page or entered by staff: kept, completed, withdrawn, and settled with its case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.ground.seal import actions as sealing
from mamori.ground.vault import actions as vault
from mamori.law.article5 import SellerItem
from mamori.law.grounds import DISCLOSURE_PENDING
from mamori.rooms.disclosure import notices, queries as sealed
from mamori.rooms.disclosure.acts import ACTS, TITLE
from mamori.rooms.disclosure.inputs import WhyWithdrawn
from mamori.rooms.disclosure.lifecycle import OPEN, REQUEST, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import (
    CASE,
    NoSuchInfoRequest,
    about,
    is_told,
    may_see,
    open_about,
    own_order,
)
from mamori.rooms.disclosure.rules.asked import (
    Asking,
    BoughtAs,
    CameBy,
    ClaimKind,
    Identity,
    NeedFor,
    RequestSaid,
    Signal,
    signs_in,
)
from mamori.rooms.disclosure.rules.deciding import of_seller_request

# The kind of matter of this room: a request found locked, recorded, told of, and settled with its case.


def of_seller(row: SellerRequest) -> str:
    """Return whose key an act is sealed with whose words are about the seller; while none is known, as any other."""
    return f"seller:{row.seller_ref}" if row.seller_ref else row.sealed_for


def enter(row: SellerRequest) -> None:
    """Enter it into the case index."""
    shop = market.seller(row.seller_ref) if row.seller_ref else None
    cases.open(
        kind=CASE,
        about=about(row.pk),
        title=TITLE.ja,
        buyer_ref=row.buyer_ref,
        seller_ref=row.seller_ref,
        order_ref=row.order_refs[0] if row.order_refs else "",
        at=row.received_at,
        subject=row.sealed_for if row.buyer_ref else "",
        called=f"{TITLE.en} {shop.name if shop else ''}" if row.buyer_ref else "",
    )


def hold(actor: Actor, row: SellerRequest) -> None:
    """Let nothing be destroyed that it touches, for as long as it goes on."""
    covers = [f"{side}:{ref}" for side, ref in (("buyer", row.buyer_ref), ("seller", row.seller_ref)) if ref]
    vault.hold_open(actor, what=about(row.pk), covers=covers, ground=DISCLOSURE_PENDING)


def notify(act: Performance[SellerRequest], to: str, template: Template, **values: Any) -> None:
    """Write a notice; the case number is always in it."""
    number = case_facts.case_of(about(act.matter.pk)).number
    outbox.notify(
        to=to,
        template=template,
        values={"number": number, **values},
        about=about(act.matter.pk),
        at=act.actor.at,
    )


def notify_buyer(act: Performance[SellerRequest], template: Template, **values: Any) -> None:
    """Tell who asks; who has no account here is written to by a letter."""
    if act.matter.buyer_ref:
        notify(act, f"buyer:{act.matter.buyer_ref}", template, **values)


def notify_seller(act: Performance[SellerRequest], template: Template, **values: Any) -> None:
    """Tell the seller."""
    notify(act, f"seller:{act.matter.seller_ref}", template, **values)


def keep(act: Performance[SellerRequest], column: str, value: object, *, subject: str = "") -> None:
    """Seal a value of a request into its column, for whoever asks, or for `subject`."""
    row = act.matter
    place = sealed.place_of(row.pk, column)
    plain = msgspec.json.encode(value, order="sorted")
    setattr(row, column, sealing.seal(subject=subject or row.sealed_for, place=place, plain=plain))
    act.save(column)


def sign(act: Performance[SellerRequest], *found: Signal) -> None:
    """Note signs beside those that were there."""
    row = act.matter
    row.signals = [one.value for one in Signal if one in found or one in row.signals]
    act.save("signals")


def turn(act: Performance[SellerRequest], step: str) -> None:
    """Take a step that begins a new state."""
    act.step(step)
    act.matter.turn_at = act.actor.at
    act.save("turn_at")


def end(act: Performance[SellerRequest], step: str) -> None:
    """Take a step that ends it; what it touches is held for its sake no longer."""
    act.step(step)
    act.matter.closed_at = act.actor.at
    act.save("closed_at")
    vault.let_go(act.actor, what=about(act.matter.pk), ground=DISCLOSURE_PENDING)


def _find(actor: Actor, number: int, version: int | None) -> SellerRequest:
    row = SellerRequest.objects.select_for_update().filter(pk=number).first()
    if row is None or not may_see(actor, row):
        raise NoSuchInfoRequest
    if version is not None and version != row.version:
        raise changed(about(number), ACTS)
    return row


def _record(
    act: Performance[SellerRequest],
    verb: str,
    *,
    reason: str = "",
    subject: str = "",
    **told: Any,
) -> int:
    row = act.matter
    row.version += 1
    act.save("version")
    return ledger.record(
        act.actor,
        kind=f"disclosure.{verb}",
        subject=subject or row.sealed_for,
        about=about(row.pk),
        reason=reason,
        payload={"state": row.state, **told},
    )


def _settle(act: Performance[SellerRequest]) -> None:
    row, name = act.matter, about(act.matter.pk)
    settled = settlement.settle({name: of_seller_request(row)}, at=act.actor.at, why=act.verb)
    asks = tuple(one.what for one in settled.asked[name])
    news = act.news
    if news is None and not act.actor.is_staff and row.state in OPEN:
        news = case_facts.case_of(name).attention
    cases.update(
        about=name,
        state=row.state,
        lead=settled.lead([name]),
        closed_at=row.closed_at,
        attention=news or next(iter(asks), None),
        asks=asks,
    )


REQUESTS: MatterKind[SellerRequest, int] = MatterKind(
    chart=REQUEST,
    find=_find,
    case=lambda row: about(row.pk),
    record=_record,
    settle=_settle,
    shows_news=True,
)


# A request comes: by the page, or entered by staff as it came; it is completed, withdrawn, or ends with who asked.


ASKED = Limit(name="disclosure-requests", most=5, per=timedelta(days=1))
"""So many requests may one account send in a day."""
OFTEN = 3
"""So many requests of one buyer within a year lead the next to counsel."""
YEAR = timedelta(days=365)


class AskedAlready(Refusal, code="asked-already", status=409):
    """Given when a request about the same order goes on already."""

    text = Text(
        "この注文についての開示請求は、もう受け付けています。そちらの画面から続けてください。",
        "A request about this order goes on already. Please go on with that one.",
    )


class ItemsAfterHearing(Refusal, code="items-after-hearing", status=409):
    """Given when another item would be asked for after the seller was asked for its view on what is."""

    text = Text(
        "出品者の意見を聴いたあとは、項目を増やせません：{items}。この請求が終わってから、その項目をあらためてご請求ください。",
        "The seller was asked about what you asked for before, so that {items} cannot be added. Please ask for it anew once this "
        "request is over.",
    )


def ask_information(
    actor: Actor,
    *,
    order: str,
    bought_as: BoughtAs,
    claim: ClaimKind,
    price: int,
    other: int,
    other_what: str,
    need: NeedFor,
    why: str,
    items: Collection[SellerItem],
    pledge: bool,
    wrote_seller: bool = False,
    for_child: bool = False,
) -> int:
    """Ask for the information of the seller of an order of one's own, and return the request's number."""
    found = own_order(actor, order)
    people.count_exactly(ASKED, actor.by, at=actor.at)
    with memory.act():
        market.with_parties(order)  # one at a time asks about an order
        if open_about(found):
            raise AskedAlready
        row = SellerRequest(
            channel=CameBy.PAGE.value,
            buyer_ref=found.buyer_ref,
            seller_ref=found.seller_ref,
            order_refs=[order],
            asking=(Asking.PARENT if for_child else Asking.SELF).value,
            is_minor=for_child,
            bought_as=bought_as.value,
            claim=claim.value,
            price=price,
            other=other,
            need=need.value,
            asked=[one.value for one in SellerItem if one in items],
            pledged=pledge,
            wrote_seller=wrote_seller,
            identity=Identity.ACCOUNT.value,
        )
        return _received(actor, row, RequestSaid(why=why, other=other_what), "ask")


def enter_request(
    actor: Actor,
    *,
    channel: CameBy,
    order: str,
    asking: Asking,
    bought_as: BoughtAs,
    claim: ClaimKind,
    price: int,
    other: int,
    other_what: str,
    need: NeedFor,
    why: str,
    items: Collection[SellerItem],
    pledge: bool,
    signed: bool,
    name: str,
    address: str,
) -> int:
    """Enter a request as it came by letter, mail or on the agency's form, and return its number: any of them is valid.

    An order that is not found is asked for; while it is unknown whose it is, the words are sealed with the house's key.
    """
    found = market.order(order) if order else None
    with memory.act():
        row = SellerRequest(
            channel=channel.value,
            buyer_ref=found.buyer_ref if found else "",
            seller_ref=found.seller_ref if found else "",
            order_refs=[found.ref] if found else [],
            asking=asking.value,
            bought_as=bought_as.value,
            claim=claim.value,
            price=price,
            other=other,
            need=need.value,
            asked=[one.value for one in SellerItem if one in items],
            pledged=pledge,
            signed=signed,
            identity=Identity.NONE.value,
        )
        said = RequestSaid(
            why=why, other=other_what, name=name, address=address, more=order if not found else ""
        )
        return _received(actor, row, said, "enter")


def complete_request(
    actor: Actor,
    *,
    request: int,
    more: str,
    price: int = 0,
    other: int = 0,
    items: Collection[SellerItem] = (),
    pledge: bool = False,
    bought_as: BoughtAs | None = None,
    claim: ClaimKind | None = None,
    need: NeedFor | None = None,
    version: int | None = None,
) -> None:
    """Send what was missing, or add to a request while it is not decided; what was sent before and is not said anew stays."""
    with perform(actor, REQUESTS, request, version=version) as act:
        row = act.matter
        more_items = [one for one in SellerItem if one in items and one.value not in row.asked]
        if more_items and row.asked_view_at:
            raise ItemsAfterHearing(items=Text.listed(one.text for one in more_items))
        if row.state == DisclosureState.INCOMPLETE:
            turn(act, "complete")
        else:
            act.step("add")
            act.news = "added"
        said = sealed.said_of(row)
        why = "\n".join(one for one in (said.why, more) if one)
        keep(act, "said", msgspec.structs.replace(said, why=why))
        row.price, row.other = price or row.price, other or row.other
        row.asked = [one.value for one in SellerItem if one.value in row.asked or one in items]
        row.pledged = row.pledged or pledge
        if row.bought_as == BoughtAs.BUSINESS and bought_as is BoughtAs.CONSUMER:
            bought_as = BoughtAs.CORRECTED
        row.bought_as, row.claim = bought_as or row.bought_as, claim or row.claim
        row.need = need or row.need
        act.save("price", "other", "asked", "pledged", "bought_as", "claim", "need")
        _sign(act, more)
        act.record("complete")


def withdraw_request(actor: Actor, *, request: int) -> None:
    """Withdraw one's own request; a seller that was heard is told that nothing is disclosed."""
    with perform(actor, REQUESTS, request) as act:
        _end_undecided(act, "withdraw")


def note_withdrawn(actor: Actor, *, request: int, reason: WhyWithdrawn, version: int | None = None) -> None:
    """Note that a request that came by letter was withdrawn, or came twice; who has an account here is told."""
    with perform(actor, REQUESTS, request, version=version) as act:
        if act.matter.channel == CameBy.PAGE:
            raise StepNotYours(step=Text("取り下げる", "withdraw"), roles=Role.BUYER.text)
        notify_buyer(act, notices.NOTED_WITHDRAWN)
        _end_undecided(act, "withdraw", reason=reason)


def close_requests(actor: Actor, *, buyer_ref: str = "", seller_ref: str = "") -> None:
    """End the requests of a buyer, or about a seller, who is gone."""
    whose = {"buyer_ref": buyer_ref} if buyer_ref else {"seller_ref": seller_ref}
    rows = SellerRequest.objects.filter(**whose, state__in=OPEN).order_by("pk")
    for number in rows.values_list("pk", flat=True):
        with perform(actor, REQUESTS, number) as act:
            if seller_ref:
                notify_buyer(act, notices.SELLER_GONE)
            _end_undecided(act, "close")


def _end_undecided(act: Performance[SellerRequest], step: str, *, reason: str = "") -> None:
    end(act, step)
    if is_told(act.matter):
        notify_seller(act, notices.WITHDRAWN)
    act.record(step, reason=reason)


def _received(actor: Actor, row: SellerRequest, said: RequestSaid, verb: str) -> int:
    row.sealed_for = f"buyer:{row.buyer_ref}" if row.buyer_ref else ledger.MARKET
    row.received_at = row.turn_at = actor.at
    row.save(force_insert=True)
    enter(row)
    hold(actor, row)
    with entered(actor, REQUESTS, row) as act:
        keep(act, "said", said)
        _sign(act, f"{said.why} {said.other}")
        notify_buyer(act, notices.RECEIVED)
        act.record(verb, channel=row.channel)
    return row.pk


def _sign(act: Performance[SellerRequest], words: str) -> None:
    """Note what leads to counsel: words, and one who asks again and again."""
    row, found = act.matter, [*signs_in(words)]
    if row.buyer_ref:
        before = SellerRequest.objects.filter(
            buyer_ref=row.buyer_ref, received_at__gt=act.actor.at - YEAR
        ).exclude(pk=row.pk)
        if before.count() >= OFTEN:
            found.append(Signal.REPEATED)
    sign(act, *found)
