"""What somebody takes away of an order: the display, the order, its goods and screen, and the receipt of each, as two files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import KINDS, OrderFact
from mamori.rooms.display import facts
from mamori.rooms.display.facts import ShownFact
from mamori.rooms.display.queries import versions
from mamori.rooms.display.queries.beside import Pair, beside
from mamori.rooms.display.queries.goods import SeenGoods, seen_goods
from mamori.rooms.display.queries.versions import KeptContent
from mamori.rooms.display.rules.bundle import BoundThing, ProofReach, Thing

SEEN = "mamori-seen/1"
RECEIPTS = "mamori-receipts/1"
NOTHING = KeptContent(salt="", content={})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenTold:
    """The final confirmation screen: when it was told; `text` is None for whom it is not shown."""

    told_at: datetime
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """All that a bundle says, and the two files in it: `seen` the exact data, `receipts` what verifiers take."""

    at: datetime
    order: OrderFact
    shop: str
    then: ShownFact
    now: ShownFact | None
    pairs: tuple[Pair, ...]
    goods: tuple[SeenGoods, ...]
    screen: ScreenTold | None
    bound: tuple[BoundThing, ...]
    seen: str
    receipts: str


def bundle(order: OrderFact, *, at: datetime, with_screen: bool) -> Bundle | None:
    """Return what is to be taken away, None where nothing of the seller is to be read for this order.

    `with_screen` is whether the reader is the buyer, whose name and address may stand in the final confirmation screen.
    """
    then = facts.seen(order)
    if then is None or then.told is None:
        return None
    now = facts.public(order.seller_ref)
    shop = market.seller(order.seller_ref)
    goods = seen_goods(order)
    screen = _screen(order.ref, is_shown=with_screen)
    bound = _bound(order.ref, then, has_screen=screen is not None)
    told = _told(order, screen, bound) | {"goods": [_listing(one) for one in goods]}
    seen = _file({"format": SEEN, "made_at": _utc(at), **_shown(then, now), **told})
    return Bundle(
        at=at,
        order=order,
        shop=shop.name if shop else "",
        then=then,
        now=now,
        pairs=beside(then.told, now.told) if now and now.told else (),
        goods=goods,
        screen=screen,
        bound=bound,
        seen=seen,
        receipts=_receipts(seen, bound),
    )


def sha256(file: str) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(file.encode()).hexdigest()


def _screen(order_ref: str, *, is_shown: bool) -> ScreenTold | None:
    told_at = market.screen_kept_at(order_ref)
    if told_at is None:
        return None
    text = market.record(KINDS["screen"], order_ref)["text"] if is_shown else None
    return ScreenTold(told_at=told_at, text=text)


def _bound(order_ref: str, then: ShownFact, *, has_screen: bool) -> tuple[BoundThing, ...]:
    """Return the receipt of each thing that has one: what was told in bulk has none of its own."""
    found = ledger.receipt(then.act)
    provable = found is not None and bool(((found.content or {}).get("payload") or {}).get("content"))
    proof = ProofReach.CONTENT if provable else ProofReach.TIME
    if not provable:
        found = ledger.receipt(then.act, opened=False)
    display = BoundThing(
        thing=Thing.DISPLAY,
        act=then.act,
        address=then.receipt,
        receipt=found.as_dict() if found else None,
        proof=proof if found else ProofReach.WAITING,
    )
    things = {Thing.ORDER: f"market.order:{order_ref}"} | (
        {Thing.SCREEN: f"market.screen:{order_ref}"} if has_screen else {}
    )
    acts = ledger.acts_of(things.values(), kind="market.put")
    return (display, *(_closed(one, acts[about][0]) for one, about in things.items() if about in acts))


def _closed(thing: Thing, act: ledger.ActFact) -> BoundThing:
    """Return the receipt of what the marketplace told: what its act says is not this reader's to open."""
    found = ledger.receipt(act.number, opened=False)
    return BoundThing(
        thing=thing,
        act=act.number,
        address=act.address,
        receipt=found.as_dict() if found else None,
        proof=ProofReach.TIME if found else ProofReach.WAITING,
    )


def _shown(then: ShownFact, now: ShownFact | None) -> dict[str, Any]:
    kept = _kept(then)
    return {
        "display": _version(then, kept) | {"salt": kept.salt, "receipt": then.receipt},
        "now": _version(now, _kept(now)) if now else None,
    }


def _told(order: OrderFact, screen: ScreenTold | None, bound: tuple[BoundThing, ...]) -> dict[str, Any]:
    addresses = {one.thing: one.address for one in bound}
    items = [
        {"listing": one.listing, "name": one.name, "quantity": one.quantity, "price": one.price}
        for one in order.items
    ]
    told: dict[str, Any] = {
        "order": {
            "ref": order.ref,
            "seller": order.seller_ref,
            "ordered_at": _utc(order.ordered_at),
            "seen_at": _utc(order.seen_at) if order.seen_at else None,
            "amount": order.amount,
            "items": items,
            "receipt": addresses.get(Thing.ORDER),
        },
        "screen": None,
    }
    if screen is not None:
        at, receipt = _utc(screen.told_at), addresses.get(Thing.SCREEN)
        told["screen"] = {"told_at": at, "text": screen.text, "receipt": receipt}
    return told


def _kept(shown: ShownFact) -> KeptContent:
    version = versions.numbered(shown.seller_ref, shown.version)
    return (versions.kept(version.content) if version else None) or NOTHING


def _version(shown: ShownFact, kept: KeptContent) -> dict[str, Any]:
    return {
        "seller": shown.seller_ref,
        "version": shown.version,
        "since": _utc(shown.since),
        "content": kept.content,
    }


def _listing(one: SeenGoods) -> dict[str, Any]:
    then = one.then
    return {
        "listing": one.ref,
        "then": {"since": _utc(then.since), "sha256": then.digest, "content": then.told} if then else None,
        "now": one.now or None,
    }


def _receipts(seen: str, bound: tuple[BoundThing, ...]) -> str:
    entries = [{"of": one.thing.value, "receipt": one.receipt} for one in bound]
    return _file({"format": RECEIPTS, "seen_sha256": sha256(seen), "receipts": entries})


def _file(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
