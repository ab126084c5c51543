"""The listings of an invented mall: recalled goods, the same goods listed again, what only looks like them, and the rest.

`listings(seed)` yields them, `labels(seed)` says which each notice means; `python -m trials.recalls.listings 37` prints them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from trials.recalls.spelling import SPELLINGS, full_width, half_width, squeezed

type Row = dict[str, Any]

HERE = Path(__file__).parent
SEED, COUNT = 37, 50_000
GOODS: Row = json.loads((HERE / "goods.json").read_text("utf-8"))
KINDS: dict[str, Row] = GOODS["kinds"]
EATEN = {"食品", "飲料", "健康食品", "化粧品"}


class Planted(NamedTuple):
    """A listing made for a notice: `true`, `relisted` or one of the hard negatives; `style` says how it is written."""

    notice: str
    role: str
    style: str
    listing: Row


def notices(which: str = "ab") -> list[Row]:
    """Return the notices of these sets, the published before the written."""
    texts = [(HERE / name).read_text("utf-8") for name in ("published.jsonl", "written.jsonl")]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    return [row for row in rows if row["set"] in which]


def listings(seed: int = SEED, count: int = COUNT) -> Iterator[Row]:
    """Yield each listing of the mall, in no order."""
    yield from bank(seed, count)[0]


def planted(seed: int = SEED, count: int = COUNT) -> tuple[Planted, ...]:
    """Return what was made for notices, with its role and style."""
    return bank(seed, count)[1]


def labels(seed: int = SEED, count: int = COUNT) -> dict[str, dict[str, set[str]]]:
    """Return for each notice the refs of the `true` listings and of the `relisted` ones; a vague notice has none."""
    found = {one["id"]: {"true": set[str](), "relisted": set[str]()} for one in notices()}
    for one in planted(seed, count):
        if one.role in found[one.notice]:
            found[one.notice][one.role].add(one.listing["ref"])
    return found


@cache
def bank(seed: int, count: int) -> tuple[tuple[Row, ...], tuple[Planted, ...]]:
    """Make the mall: what is planted, then plausible goods up to the count, all in no order."""
    rng = Random(seed)  # noqa: S311
    made = [one for notice in notices() if notice["specific"] for one in plantings(rng, notice)]
    rows = [one.listing for one in made]
    items = [item for notice in notices() for item in notice["items"]]
    taken = {(item["brand"], item["kind"]) for item in items if not item.get("model")}
    while len(rows) < count:
        (brand, kana), kind = invented_brand(rng), rng.choice([*KINDS])
        item = rng.choice(items)
        if KINDS[kind]["category"] == KINDS[item["kind"]]["category"]:
            brand, kana = item["brand"], item["kana"]
        if (brand, kind) not in taken:
            rows.append(background(rng, rng.choice((brand, brand, kana)), kind))
    rng.shuffle(rows)
    for number, row in enumerate(rows, 1):
        row["ref"] = f"L{number:05}"
    return tuple(rows), tuple(made)


@cache
def recalled() -> frozenset[str]:
    """Return every recalled model, squeezed."""
    return frozenset(squeezed(model) for notice in notices() for model in notice["models"])


def jan(rng: Random) -> str:
    """Return an invented number with its check digit."""
    body = f"4598{rng.randrange(10**8):08}"
    return body + str(-sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body)) % 10)


def invented_brand(rng: Random) -> tuple[str, str]:
    """Return a brand in letters and in kana."""
    latin, kana = zip(*rng.choices(GOODS["syllables"], k=3), strict=True)
    return rng.choice((str.title, str.upper))("".join(latin)), "".join(kana)


def invented_model(rng: Random) -> str:
    """Return a model number that nothing recalled has."""
    letters = "".join(rng.choices("ABCDEFGHJKLMNPRSTVWXYZ", k=rng.randint(1, 3)))
    digits = str(rng.randrange(10, 10 ** rng.randint(2, 4)))
    model = letters + rng.choice(("-", "-", "")) + digits + rng.choice(("", "", "", "A", "W", "S", "K2"))
    return invented_model(rng) if squeezed(model) in recalled() else model


def written(rng: Random, words: list[str], kind: str, **fields: str) -> Row:
    """Return a listing with these words in its name, and the noise that sellers add."""
    before = rng.choice(GOODS["noise_before"]) if rng.random() < 0.5 else ""
    after = rng.sample(GOODS["noise_after"], rng.choice((0, 0, 1, 2)))
    if not KINDS[kind].get("unmodelled") and rng.random() < 0.5:
        after = [rng.choice(GOODS["colours"]), *after]
    said = fields.pop("said", "")
    row = {
        "ref": "",
        "name": before + rng.choice((" ", " ", "　")).join(filter(None, [*words, *after])),
        **{"brand": "", "model": "", "gtin": ""} | fields,
        "category": KINDS[kind]["category"],
        "seller": rng.choice(GOODS["sellers"]).format(invented_brand(rng)[1]),
    }
    if said or rng.random() < 0.3:
        row["description"] = said + rng.choice(GOODS["descriptions"])
    return row


def background(rng: Random, brand: str, kind: str) -> Row:
    """Return a plausible listing that no notice means."""
    specs = rng.sample(KINDS[kind]["specs"], rng.randint(1, 2))
    model = "" if KINDS[kind].get("unmodelled") else invented_model(rng)
    orders = [brand, kind, *specs, model], [kind, *specs, brand, model], [brand, model, kind, *specs]
    words = ([rng.choice(GOODS["used"])] if rng.random() < 0.12 else []) + rng.choice(orders)
    if rng.random() < 0.1:
        words = [rng.choice((half_width, full_width))(word) for word in words]
    named, numbered, coded = (rng.random() < share for share in (0.7, 0.6, 0.5))
    fields = {"brand": brand * named, "model": model * numbered, "gtin": jan(rng) if coded else ""}
    return written(rng, words, kind, **fields)


def plantings(rng: Random, notice: Row) -> Iterator[Planted]:
    """Yield what is made for a notice: one to three true listings, up to three relisted, and the hard negatives."""
    items: list[Row] = notice["items"]
    for at, style in enumerate(true_styles(rng, notice)):
        yield Planted(notice["id"], "true", style, true_listing(rng, items[at % len(items)], style))
    styles = "other_seller", "kana_brand", *SPELLINGS
    able = [(item, style) for item in items for style in styles if changes(item, style)]
    for item, style in rng.sample(able, min(3, len(able))):
        yield Planted(notice["id"], "relisted", style, relisted(rng, item, style))
    for role, listing in negatives(rng, rng.choice(items)):
        yield Planted(notice["id"], role, "", listing)


def true_styles(rng: Random, notice: Row) -> list[str]:
    """Return how the true listings are written; the first shows what the notice names, all where that is but a number."""
    items = notice["items"]
    extra = ["half_width", "used", "plain", "title"] + ["described"] * all(
        item.get("model") for item in items
    )
    by_number = not items[0].get("model") and items[0].get("gtin")
    if by_number and not notice["brand"]:
        return ["gtin"] * rng.choice((1, 2))
    first = "gtin" if by_number else rng.choice(("plain", "title"))
    return [first, *rng.sample(extra, rng.choice((0, 1, 1, 2)))]


def core(item: Row) -> list[str]:
    """Return the words that say what the thing is, without brand and model."""
    return [item.get("name", ""), item["kind"] if item.get("model") else ""]


def true_listing(rng: Random, item: Row, style: str) -> Row:
    """Return a listing of the recalled thing as most sellers write it."""
    brand, model, kind, gtin = item["brand"], item.get("model", ""), item["kind"], item.get("gtin", "")
    plain = [brand, *core(item)]
    words = rng.choice(([*plain, model], [brand, model, *core(item)], [*core(item), brand, model]))
    match style:
        case "plain":
            return written(rng, words, kind, brand=brand, model=model, gtin=gtin)
        case "gtin":
            return written(rng, plain, kind, brand=brand, gtin=gtin)
        case "described":
            return written(rng, plain, kind, brand=brand, said=f"型番は{model}です。")
        case "half_width":
            return written(rng, [*map(half_width, words)], kind, brand=item["kana"], model=model.lower())
        case "used":
            return written(rng, [rng.choice(GOODS["used"]), *words], kind, brand=brand)
    return written(rng, words, kind)


def changes(item: Row, style: str) -> bool:
    """Tell whether a style changes the text of this item and leaves it legible."""
    text = item.get("model") or item["name"]
    legible = style != "zero_o" or bool(item.get("model") and len(text) > 5)
    return style not in SPELLINGS or (legible and SPELLINGS[style](text) != text)


def relisted(rng: Random, item: Row, style: str) -> Row:
    """Return the same goods, listed again by another seller or under another spelling."""
    spell = SPELLINGS.get(style, str)
    name, model, kind = item.get("name", ""), item.get("model", ""), item["kind"]
    brand = item["kana"] if style == "kana_brand" else rng.choice((item["brand"], item["kana"]))
    spelt = spell(model)
    orders = [brand, name, spelt], [brand, kind, spelt], [spelt, brand, name, kind]
    words = rng.choice(orders) if model else [brand, spell(name)]
    if style == "other_seller":
        gtin = rng.choice((item.get("gtin", ""), ""))
        return written(rng, words, kind, brand=brand, model=model, gtin=gtin)
    return written(rng, words, kind, brand=rng.choice((brand, "")))


def negatives(rng: Random, item: Row) -> Iterator[tuple[str, Row]]:
    """Yield what a careless search takes for the recalled thing."""
    brand, kana, model, kind = item["brand"], item["kana"], item.get("model", ""), item["kind"]
    other, own = invented_brand(rng)[0], invented_model(rng)
    for near in rng.sample(neighbours(item), 2) if model else ():
        words = rng.choice(([brand, kind, near], [kana, near, kind]))
        shown = rng.choice((near, ""))
        yield "other_model", written(rng, words, kind, brand=brand, model=shown, gtin=jan(rng))
    for near in item.get("near", ()):
        maker = "" if near[0] == "=" or brand in near or kana in near else brand if model else other
        yield "other_goods", written(rng, [maker, near.removeprefix("=")], kind, brand=maker, gtin=jan(rng))
    for part in () if KINDS[kind]["category"] in EATEN else KINDS[kind]["parts"][:2]:
        thing = f"{brand} {model or item['name']}"
        words = rng.choice(([f"{thing} 用", part], [part, f"{thing} 対応"], [f"{thing} 互換", part]))
        fields = {"brand": rng.choice((other, "", brand)), "model": rng.choice((model, ""))}
        yield "accessory", written(rng, [other, *words], kind, **fields)
    if model:
        here = {KINDS[kind]["category"], *EATEN}
        far = rng.choice([one for one in KINDS if KINDS[one]["category"] not in here])
        yield "namesake", written(rng, [other, far, model], far, brand=other, model=model, gtin=jan(rng))
        words = [other, kind, *KINDS[kind]["specs"][:2], own]
        yield "other_brand", written(rng, words, kind, brand=other, model=own)


def neighbours(item: Row) -> list[str]:
    """Return models beside a recalled one; none that only adds letters where such letters name its colours."""
    model = item["model"]
    digits = max(re.findall(r"\d+", model), key=len, default="")
    numbers = [f"{int(digits or 0) + step:0{len(digits)}}" for step in (1, 2, 10, 100)] + [digits + "0"]
    made = [model.replace(digits, number) for number in numbers] if digits else []
    made += [] if item.get("series") else [model + tail for tail in ("A", "B", "X", "2")] + ["N" + model]
    return [one for one in dict.fromkeys(made) if squeezed(one) not in recalled()]


if __name__ == "__main__":
    for listing in listings(int(sys.argv[1]) if len(sys.argv) > 1 else SEED):
        print(json.dumps(listing, ensure_ascii=False))
