"""What goods said when somebody ordered them, beside what they say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import NATURES, GoodsFact, ListingFact, Nature, OrderFact
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.display.facts import ON_REQUEST
from mamori.rooms.display.rules.told import ShownDisplay


@dataclass(frozen=True, slots=True)
class Pair:
    """The same place in two versions; `title` is None for the text."""

    title: Text | None
    before: Text | str
    after: Text | str


def beside(before: ShownDisplay, after: ShownDisplay) -> tuple[Pair, ...]:
    """Return what differs, in the order of the page."""
    pairs = [Pair(ITEMS[item].text, _words(before, item), _words(after, item)) for item in DisplayItem]
    return tuple(one for one in (*pairs, Pair(None, before.text, after.text)) if one.before != one.after)


def _words(told: ShownDisplay, item: DisplayItem) -> Text | str:
    return told.said.get(item) or (ON_REQUEST if item in told.on_request else "")


FIELDS = {
    "name": Text("商品名", "Name"),
    "price": Text("価格", "Price"),
    "brand": Text("ブランド", "Brand"),
    "model": Text("型番", "Model"),
    "gtin": Text("JANコード等", "GTIN"),
    "code": Text("商品番号", "Number of the goods"),
    "category": Text("カテゴリ", "Category"),
    "nature": Text("商品・役務・権利", "Goods, service or right"),
    "condition": Text("新品か中古か", "New or used"),
    "url": Text("商品ページ", "Page"),
    "pictures": Text("写真", "Pictures"),
}
"""What is shown of goods, in the order in which a page shows it."""
CONDITIONS = {"new": Text("新品", "new"), "used": Text("中古", "used")}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsAtOrder:
    """One listing of an order: what it said then, None where nothing was kept yet, and what differs now."""

    ref: str
    name: str
    then: GoodsFact | None
    now: dict[str, Any]
    pairs: tuple[Pair, ...]

    @property
    def since(self) -> datetime | None:
        """Return since when it said so."""
        return self.then.since if self.then else None

    @property
    def rows(self) -> tuple[tuple[Text, str | Text], ...]:
        """Return what it said, field by field."""
        told = self.then.told if self.then else {}
        return tuple((title, words_of(name, told[name])) for name, title in FIELDS.items() if name in told)


def seen_goods(order: OrderFact) -> tuple[GoodsAtOrder, ...]:
    """Return the listings of an order in its order, each once."""
    refs = list(dict.fromkeys(item.listing for item in order.items))
    names = {item.listing: item.name for item in order.items}
    then, now = market.goods_at(refs, order.shown_at), market.listings(refs)
    return tuple(_seen(ref, names[ref], then.get(ref), now.get(ref)) for ref in refs)


def _seen(ref: str, name: str, then: GoodsFact | None, now: ListingFact | None) -> GoodsAtOrder:
    says = market.content_of(now) if now else {}
    told = then.told if then else says
    pairs = tuple(
        Pair(title, words_of(name, told.get(name)), words_of(name, says.get(name)))
        for name, title in FIELDS.items()
        if told.get(name) != says.get(name)
    )
    return GoodsAtOrder(ref=ref, name=name, then=then, now=says, pairs=pairs)


def words_of(name: str, value: Any) -> str | Text:
    """Return a field of a listing in words, "" where it was not told."""
    if value in (None, ""):
        return ""
    if name == "price":
        return f"{value:,}円"
    if name == "nature":
        return NATURES[Nature(value)]
    if name == "condition":
        return CONDITIONS[value]
    return "\n".join(value) if name == "pictures" else str(value)
