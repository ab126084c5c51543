"""An address cut into prefecture, city, town and the rest by the longest name of the table; what is in doubt goes to a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.japan.addresses.doubts import Doubt
from mamori.japan.addresses.postal import City, Town, table, towns_of
from mamori.japan.addresses.spelling import compared
from mamori.japan.prefectures import PREFECTURES

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
