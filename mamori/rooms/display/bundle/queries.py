"""What somebody takes away of an order: the display, the order, its goods and screen, and the receipt of each, as two files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mamori.grammar.businesstime import moment_text
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import KINDS, OrderFact
from mamori.ground.web import papers
from mamori.ground.web.papers import Block
from mamori.japan.calendar import JAPAN
from mamori.rooms.display import facts
from mamori.rooms.display.bundle import rules as words
from mamori.rooms.display.bundle.rules import BoundThing, ProofReach, Thing
from mamori.rooms.display.facts import ShownFact
from mamori.rooms.display.queries import versions
from mamori.rooms.display.queries.goods import GoodsAtOrder, Pair, beside, seen_goods
from mamori.rooms.display.queries.versions import SavedContent

SEEN = "mamori-seen/1"
RECEIPTS = "mamori-receipts/1"
NOTHING = SavedContent(salt="", content={})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationScreen:
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
    goods: tuple[GoodsAtOrder, ...]
    screen: ConfirmationScreen | None
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


def _screen(order_ref: str, *, is_shown: bool) -> ConfirmationScreen | None:
    told_at = market.screen_kept_at(order_ref)
    if told_at is None:
        return None
    text = market.record(KINDS["screen"], order_ref)["text"] if is_shown else None
    return ConfirmationScreen(told_at=told_at, text=text)


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


def _told(
    order: OrderFact, screen: ConfirmationScreen | None, bound: tuple[BoundThing, ...]
) -> dict[str, Any]:
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


def _kept(shown: ShownFact) -> SavedContent:
    version = versions.numbered(shown.seller_ref, shown.version)
    return (versions.stored_content(version.content) if version else None) or NOTHING


def _version(shown: ShownFact, kept: SavedContent) -> dict[str, Any]:
    return {
        "seller": shown.seller_ref,
        "version": shown.version,
        "since": _utc(shown.since),
        "content": kept.content,
    }


def _listing(one: GoodsAtOrder) -> dict[str, Any]:
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


# A bundle as the paper says it: headings, tables and words in order, every value data for the template.


MOST = 10_000
"""So many characters of one text are printed; all of it is in the attached file."""


def paper(one: Bundle, *, operator: str, page: str) -> dict[str, Any]:
    """Return the paper as JSON-ready values; `page` is the address where key and program are published."""
    made = words.MADE.fill(operator=operator or papers.MARKETPLACE, at=_moment(one.at))
    sections = (
        (words.ORDER, _order(one)),
        (words.SHOWN, _shown_drawn(one)),
        (words.DIFFERS, _differs(one)),
        (words.GOODS, (*_goods(one), *_screen_drawn(one))),
        (words.PROVED, _proved(one)),
        (words.HOW, _how(one, page)),
    )
    return papers.paper(words.TITLE, made, sections, foot=one.order.ref)


def _order(one: Bundle) -> Iterable[Block]:
    order, rows = one.order, words.ORDER_ROWS
    yield papers.rows(
        (rows["ref"], order.ref),
        (rows["ordered_at"], _moment(order.ordered_at)),
        *(((rows["seen_at"], _moment(order.seen_at)),) if order.seen_at else ()),
        (rows["seller"], order.seller_ref),
        (rows["shop"], one.shop),
        (rows["amount"], _yen(order.amount)),
    )
    if order.items:
        yield papers.table(
            words.ITEMS_HEAD,
            ((item.name, f"{item.quantity}", _yen(item.price)) for item in order.items),
            widths=(4, 1, 1),
        )


def _shown_drawn(one: Bundle) -> Iterable[Block]:
    then = one.then
    version = words.VERSION.fill(number=then.version, since=_moment(then.since))
    yield papers.rows((words.ORDER_ROWS["version"], version), *then.rows)
    if then.text:
        yield papers.words(words.OWN_TEXT, _cut(then.text))
    yield papers.say(words.BY_TIME)
    yield papers.say(words.GAPS)


def _differs(one: Bundle) -> Iterable[Block]:
    if one.now is None:
        yield papers.say(words.NOT_SHOWN)
    elif not one.pairs:
        yield papers.say(words.SAME)
    else:
        yield papers.table(
            words.BESIDE_HEAD,
            (_pair(pair) for pair in one.pairs),
            widths=(1, 2, 2),
        )


def _pair(pair: Pair) -> tuple[str | Text, ...]:
    """Return a row; of the text, which stands above already, only the lines that the other version lacks."""
    before, after, title = pair.before, pair.after, pair.title
    if title is None:
        title, before, after = words.WORDS, *_lines(f"{before}", f"{after}")
    return title, _cut(before) or words.EMPTY, _cut(after) or words.EMPTY


def _lines(before: str, after: str) -> tuple[str, str]:
    then, now = dict.fromkeys(before.split("\n")), dict.fromkeys(after.split("\n"))
    gone = [one for one in then if one not in now]
    new = [one for one in now if one not in then]
    return ("\n".join(gone), "\n".join(new)) if gone or new else (before, after)


def _goods(one: Bundle) -> Iterable[Block]:
    if not one.goods:
        yield papers.say(words.LISTING_NONE)
        return
    for each in one.goods:
        since = _moment(each.since) if each.since else words.LISTING_NOT_KEPT
        yield papers.rows((words.LISTING, each.ref), (words.LISTING_SINCE, since), *each.rows)
        if each.then and each.pairs:
            pairs = (
                (pair.title or "", pair.before or words.EMPTY, pair.after or words.EMPTY)
                for pair in each.pairs
            )
            yield papers.table(words.BESIDE_HEAD, pairs, widths=(1, 2, 2))
        elif each.then:
            yield papers.say(words.SAME)


def _screen_drawn(one: Bundle) -> Iterable[Block]:
    if one.screen is None:
        yield papers.say(words.SCREEN_NONE)
        return
    at = _moment(one.screen.told_at)
    if one.screen.text is None:
        yield papers.say(words.SCREEN_BUYERS.fill(at=at))
    else:
        yield papers.words(words.SCREEN_TOLD.fill(at=at), _cut(one.screen.text))


def _proved(one: Bundle) -> Iterable[Block]:
    rows = ((each.thing.text, _number(each), each.proof.text) for each in one.bound)
    yield papers.table(words.PROOF_HEAD, rows, widths=(3, 4, 6))
    if len(one.bound) < (3 if one.screen else 2):
        yield papers.say(words.NO_BULK)
    if one.bound[0].proof is ProofReach.TIME:
        yield papers.say(words.OLD)
    yield from (papers.say(each) for each in words.CANNOT)


def _number(each: BoundThing) -> str:
    leaf = each.receipt["leaf"] if each.receipt else None
    return f"{each.address}\n{_moment(datetime.fromisoformat(leaf['at'])).ja}" if leaf else each.address


def _how(one: Bundle, page: str) -> Iterable[Block]:
    yield {"kind": "steps", "steps": [papers.both(each.fill(page=page)) for each in words.STEPS]}
    yield {"kind": "code", "code": words.COMMAND}
    files = {"seen.json": one.seen, "receipts.json": one.receipts}
    yield {
        "kind": "digests",
        "title": papers.both(words.FILES),
        "rows": [[name, sha256(file)] for name, file in files.items()],
    }


def _cut(said: str | Text) -> str | Text:
    if isinstance(said, Text) or len(said) <= MOST:
        return said
    return f"{said[:MOST]}\n{words.CUT.ja}\n{words.CUT.en}"


def _moment(at: datetime) -> Text:
    return moment_text(at.astimezone(JAPAN).replace(microsecond=0))


def _yen(amount: int) -> str:
    return f"{amount:,}円"
