# ruff: noqa: S311, SIM905  # dice of a sample need no secrecy, and lists of names read best as words
"""Writes the sample marketplace: invented shops, people, goods and orders; the same files from the same seed.

    python examples/market/generate.py                         write the committed files anew
    python examples/market/generate.py --check                 fail when they differ
    python examples/market/generate.py --orders 1000000 --folder /tmp/big    a larger one, for load

Nobody here exists.  README.md says how names, addresses, numbers and codes were chosen so that they are nobody's.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEED = 20_261_116
ORDERS = 1_200
JAPAN = timezone(timedelta(hours=9))
FIRST, LAST = datetime(2026, 8, 17, 0, 0, tzinfo=JAPAN), datetime(2026, 11, 15, 23, 0, tzinfo=JAPAN)

PLACES = (
    ("010-0000", "秋田県秋田市"),
    ("920-0000", "石川県金沢市"),
    ("959-0000", "新潟県燕市"),
    ("371-0000", "群馬県前橋市"),
    ("111-0000", "東京都台東区"),
    ("158-0000", "東京都世田谷区"),
    ("231-0000", "神奈川県横浜市中区"),
    ("430-0000", "静岡県浜松市中央区"),
    ("460-0000", "愛知県名古屋市中区"),
    ("507-0000", "岐阜県多治見市"),
    ("604-0000", "京都府京都市中京区"),
    ("530-0000", "大阪府大阪市北区"),
    ("650-0000", "兵庫県神戸市中央区"),
    ("700-0000", "岡山県岡山市北区"),
    ("794-0000", "愛媛県今治市"),
    ("810-0000", "福岡県福岡市中央区"),
    ("844-0000", "佐賀県西松浦郡有田町"),
    ("900-0000", "沖縄県那覇市"),
)
SURNAMES = (
    "佐藤 鈴木 髙橋 田中 伊藤 渡邊 山本 中村 小林 加藤 𠮷田 山田 佐々木 山﨑 "
    "松本 井上 木村 林 齋藤 清水 阿部 森 池田 濵田 橋本 石川 前田 小川 岡田 "
    "長谷川 瀨戸 澤田 東海林 小鳥遊"
).split()
GIVEN = (
    "健 美咲 翔太 陽菜 大輔 直樹 由美子 愛 拓也 千尋 蓮 さくら 誠 恵子 悠真 "
    "結衣 剛 真由美 一郎 葵 徹 久美子 颯太 凛 修 和子 航 ひなた 浩二 眞理"
).split()
HEADS = (
    "みずうみ 青空 こもれび 北の杜 はなうた つばめ ひだまり 三日月 いろは すずらん "
    "なぎさ 木漏 まるに 風待ち 雪あかり とんぼ 夕凪 綿雲"
).split()
TAILS = ("商店 雑貨店 工房 電器 道具店 食器店 堂 市場 文具店 手芸店").split()
GOODS = (
    ("電気ケトル 1.0L", 4_980),
    ("木のスプーン 5本組", 1_980),
    ("今治風バスタオル 2枚", 3_300),
    ("ステンレス水筒 500ml", 2_680),
    ("美濃焼の飯碗", 1_650),
    ("デスクライト LED", 5_480),
    ("モバイルバッテリー 10000mAh", 3_980),
    ("キャンバストートバッグ", 2_420),
    ("鋳物の鍋 22cm", 9_900),
    ("ガーゼのパジャマ", 6_050),
    ("万年筆 中字", 7_700),
    ("方眼ノート 3冊組", 990),
    ("折りたたみ傘", 2_750),
    ("加湿器 3L", 6_980),
    ("ワイヤレスイヤホン", 8_480),
    ("積み木セット", 4_400),
    ("登山靴下 2足組", 2_200),
    ("珈琲豆 200g", 1_280),
)
COLOURS = "白 黒 藍 生成り 若草 朱 灰 桜".split()

Record = dict[str, Any]

STORY_SELLERS: dict[int, Record] = {
    1: {"name": "こもれび電器", "person": "髙橋 直樹"},
    2: {"name": "北の杜道具店", "person": "渡邊 由美子"},
    3: {"name": "三日月雑貨店", "person": "𠮷田 修"},
    4: {"name": "風待ち工房", "person": "東海林 徹"},
    5: {"name": "すずらん食器店", "person": "山﨑 恵子"},
}
STORY_LISTINGS = {
    1: ("電気ケトル 1.0L 白", 4_980),
    2: ("鋳物の鍋 22cm 黒", 9_900),
    3: ("モバイルバッテリー 10000mAh 黒", 3_980),
    4: ("登山靴下 2足組 灰", 2_200),
    5: ("美濃焼の飯碗 藍", 1_650),
}


def main() -> int:
    """Write or check the files; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--orders", type=int, default=ORDERS, help="how many orders; all else in proportion")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the files go")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    wish = parser.parse_args()
    if wish.orders < 100:
        parser.error("at least 100 orders, so that the story's sellers and buyers are among them")
    stale = [name for name, lines in market(wish.orders) if not put(wish.folder / name, lines, wish.check)]
    for name in stale:
        print(
            f"{wish.folder / name} differs: run {Path(__file__).name} and commit what changes",
            file=sys.stderr,
        )
    return 1 if stale else 0


def put(path: Path, lines: Iterator[Record], is_check: bool) -> bool:
    """Write the lines, or say whether the file holds just them."""
    rows = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    if not is_check:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(rows)
        return True
    if not path.exists():
        return False
    with path.open(encoding="utf-8", newline="\n") as file:
        return all(row == next(file, None) for row in rows) and next(file, None) is None


def market(orders: int) -> Iterator[tuple[str, Iterator[Record]]]:
    """Yield each file's name and records; every kind has dice of its own, so one more field moves no other file."""
    count = {"sellers": max(5, orders // 20), "buyers": max(11, orders // 4), "listings": max(5, orders // 3)}
    goods = Goods(count["listings"], count["sellers"])
    yield (
        "sellers.ndjson",
        (line for n in range(1, count["sellers"] + 1) for line in told(seller(n, dice("seller", n)))),
    )
    yield "buyers.ndjson", (buyer(n, dice("buyer", n)) for n in range(1, count["buyers"] + 1))
    yield "listings.ndjson", (goods.listing(n) for n in range(1, count["listings"] + 1))
    yield "orders.ndjson", (order(n, goods, count["buyers"]) for n in range(1, orders + 1))


def dice(kind: str, number: int) -> random.Random:
    """Return dice that fall the same way for the same record, however many there are."""
    return random.Random(f"{SEED}/{kind}/{number}")


CLAUSES = (
    "changes",
    "display-and-conduct",
    "notice-and-correction",
    "listing-measures",
    "reviews",
    "category",
    "new-listings",
    "payout-hold",
    "recovery",
    "suspension",
    "closing",
    "appeals",
)
"""The clauses of the sellers' terms, all accepted in April by whoever accepted any."""


def seller(number: int, die: random.Random) -> Record:
    """Return all of a seller; 4 shows no contact, 5 accepted no clause."""
    slug = f"shop-{number:04d}"
    line: Record = {
        "kind": "seller",
        "ref": f"S-{number:04d}",
        "name": die.choice(HEADS) + die.choice(TAILS),
        "person": person(die),
        "mail": f"contact@{slug}.example",
        "phone": phone(die, "03-0{:03d}-{:04d}", "050-0{:03d}-{:04d}"),
        "address": address(die),
        "hours": die.choice(("平日10時〜17時", "毎日9時〜20時", "火〜土 11時〜18時")),
        "returns_to": address(die),
    }
    day = f"2026-04-{die.randint(1, 28):02d}T10:00:00+09:00"
    line["accepted"] = [{"clause": clause, "version": 1, "at": day} for clause in CLAUSES]
    line |= STORY_SELLERS.get(number, {})
    line["legal_name"] = f"株式会社{line['name']}" if number % 3 else line["person"]
    without: tuple[str, ...] = ()
    if number == 4:
        without = ("mail", "phone", "hours")
    elif number == 5 or (number > 5 and die.random() < 0.1):
        without = ("accepted",)
    return {name: value for name, value in line.items() if name not in without}


VERIFIED = ("legal_name",)
REACHED = ("person", "mail", "phone", "address", "hours", "returns_to")


def told(whole: Record) -> Iterator[Record]:
    """Yield the lines of a seller: the shop, who it is in the registers, and how it is reached."""
    yield {name: value for name, value in whole.items() if name not in VERIFIED + REACHED}
    for kind, names in (("verification", VERIFIED), ("contacts", REACHED)):
        yield {"kind": kind, "ref": whole["ref"], **{name: whole[name] for name in names if name in whole}}


def buyer(number: int, die: random.Random) -> Record:
    """Return a buyer."""
    return {
        "kind": "buyer",
        "ref": f"B-{number:04d}",
        "name": person(die),
        "mail": f"buyer-{number:04d}@example.jp",
        "phone": phone(die, "090-0{:03d}-{:04d}", "080-0{:03d}-{:04d}"),
        "address": address(die),
    }


class Goods:
    """The listings, made anew whenever one is asked for, so that a large market needs no memory."""

    def __init__(self, listings: int, sellers: int) -> None:
        self.listings, self.sellers = listings, sellers

    def seller_of(self, number: int) -> int:
        """Return whose listing it is: they go round, so that every seller has some."""
        return (number - 1) % self.sellers + 1

    def named(self, number: int) -> tuple[str, int]:
        """Return name and price."""
        if number in STORY_LISTINGS:
            return STORY_LISTINGS[number]
        die = dice("listing", number)
        name, price = die.choice(GOODS)
        return f"{name} {die.choice(COLOURS)}", price + die.randrange(0, 20) * 10

    def listing(self, number: int) -> Record:
        """Return a listing."""
        name, price = self.named(number)
        return {
            "kind": "listing",
            "ref": f"L-{number:04d}",
            "seller": f"S-{self.seller_of(number):04d}",
            "name": name,
            "price": price,
            "code": code(number),
        }

    def of_seller(self, seller: int) -> range:
        """Return the numbers of a seller's listings."""
        return range(seller, self.listings + 1, self.sellers)


def order(number: int, goods: Goods, buyers: int) -> Record:
    """Return an order; the first ten are the story's, of sellers 1 to 5 in turn, placed in November."""
    die = dice("order", number)
    if number <= 10:
        of, by = (number - 1) % 5 + 1, number + 1
        bought = [(of, 1)]
        at = datetime(2026, 11, 1 + number, 10, 0, tzinfo=JAPAN) + timedelta(minutes=7 * number)
    else:
        of, by = die.randint(1, goods.sellers), die.randint(1, buyers)
        own = goods.of_seller(of)
        picked = die.sample(own, min(len(own), die.choice((1, 1, 1, 2))))
        bought = [(listing, die.choice((1, 1, 1, 2, 3))) for listing in picked]
        at = FIRST + timedelta(seconds=die.randrange(int((LAST - FIRST).total_seconds())))
    items = [
        {"listing": f"L-{listing:04d}", "quantity": quantity, "price": goods.named(listing)[1]}
        for listing, quantity in bought
    ]
    amount = sum(item["quantity"] * item["price"] for item in items)
    line: Record = {
        "kind": "order",
        "ref": f"O-{number:06d}",
        "buyer": f"B-{by:04d}",
        "seller": f"S-{of:04d}",
        "amount": amount,
        "ordered_at": at.isoformat(),
        "items": items,
    }
    if number > 10:
        fate = die.random()
        if fate < 0.02:
            line["refunded"] = amount if fate < 0.01 else amount // 2
        elif fate < 0.025:
            line["charged_back"] = True
    return line


def person(die: random.Random) -> str:
    """Return a name of usual parts."""
    return f"{die.choice(SURNAMES)} {die.choice(GIVEN)}"


def phone(die: random.Random, *forms: str) -> str:
    """Return a number that no telephone can have: the digit after the prefix is 0."""
    return die.choice(forms).format(die.randrange(1000), die.randrange(10_000))


def address(die: random.Random) -> str:
    """Return an address in a real municipality, in a town that it does not have."""
    code, place = die.choice(PLACES)
    return f"〒{code} {place}架空町{die.randint(1, 9)}-{die.randint(1, 99)}-{die.randint(1, 99)}"


def code(number: int) -> str:
    """Return a 13-digit code from the range that shops use among themselves, with its check digit."""
    digits = f"20{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


if __name__ == "__main__":
    raise SystemExit(main())
