"""Is a seller's display read and checked as it was labelled?  Asked of displays that were labelled apart from the rules.

Those who wrote and labelled them had not seen the rules, nor had who wrote the rules seen them.  Since then the rules were mended
by set a and then by set b, so that these figures are an upper bound; what the first run said, and set b while nobody had looked
into it, stands in `trials/displays/README.md`. Planted: a reader that finds nothing, and one that trusts whatever it reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from mamori.grammar.text import Text
from mamori.law.display import DisplayItem, SellerKind, Trait, asked
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.shown import AskedOf, FaultKind, RegisteredSeller, ShownWords
from mamori.rooms.display.rules.text.reading import read
from mamori.site.command.speak import LANG, say
from trials.verdict import told

TITLE = Text(
    "特商法の表示を読み、不備を見つけられるか", "displays asked for by law: read, and their faults found"
)
FOLDER = Path(__file__).parent / "displays"
MISSING, STANDS_WRONG, VAGUE, BY_ITEM = 0.95, 0.9, 0.8, 0.9
KINDS = ("missing", "placeholder", "mismatch", "vague")
SAME = {FaultKind.UNFIT: "placeholder", FaultKind.NOT_OMITTABLE: "on_request"}

type Reader = Callable[[str], ShownWords]


class Seller(msgspec.Struct, frozen=True):
    """Who the seller is registered as."""

    kind: SellerKind
    name: str
    address: str
    postcode: str
    phones: list[str]
    mail: str
    representative: str


class Display(msgspec.Struct, frozen=True):
    """A display with what a person says of each of its items."""

    id: str
    style: str
    seller: Seller
    goods: str
    prepaid: bool
    software: bool
    recurring: bool
    mail_ads: bool
    own_mail: bool
    text: str
    labels: dict[str, str]
    note: str

    @property
    def terms(self) -> AskedOf:
        """Return of whom it is asked."""
        holds = {
            Trait.SENDS: self.goods == "goods" and not self.software,
            Trait.PREPAID: self.prepaid,
            Trait.SOFTWARE: self.software,
            Trait.RECURRING: self.recurring,
            Trait.MAIL_ADS: self.mail_ads,
            Trait.JAPAN_OFFICE: self.labels["japan_office"] != "not_applicable",
        }
        traits = frozenset(trait for trait, is_so in holds.items() if is_so)
        return AskedOf(seller=self.seller.kind, traits=traits, free_mail=not self.own_mail)

    @property
    def registered(self) -> RegisteredSeller:
        """Return what it is held against."""
        one = self.seller
        code = f"〒{one.postcode[:3]}-{one.postcode[3:]} " if one.postcode else ""
        return RegisteredSeller(
            name=one.name,
            representative=one.representative,
            address=f"{code}{one.address}" if one.address else "",
            phones=tuple(one.phones),
            mail=one.mail,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Of each kind of fault: how many a person named, and the shares that were found and that were right; the worst items."""

    displays: int
    statuses: int
    right: float
    counts: dict[str, int]
    recall: dict[str, float]
    precision: dict[str, float]
    by_item: dict[str, str]
    worst: dict[str, float]
    planted_reader: dict[str, float]
    planted_checker: dict[str, float]


def displays(sets: str = "ab") -> list[Display]:
    """Return the displays of these sets."""
    rows = [
        line for path in sorted(FOLDER.glob(f"[{sets}]-*.jsonl")) for line in path.read_bytes().splitlines()
    ]
    return [msgspec.json.decode(row, type=Display) for row in rows]


def statuses(one: Display, reader: Reader = read) -> dict[str, str]:
    """Return what the rules say of each labelled item."""
    shown, terms = reader(one.text), one.terms
    wrong = {
        fault.item: SAME.get(fault.kind, fault.kind.value) for fault in faults(shown, one.registered, terms)
    }
    must = set(asked(terms.seller, terms.traits))
    said: dict[str, str] = {}
    for name in one.labels:
        item = DisplayItem(name)
        there = "present" if item in shown.values else "on_request" if item in shown.on_request else ""
        said[name] = wrong.get(item) or there or ("present" if item in must else "not_applicable")
    return said


def blind(_: str) -> ShownWords:
    """Find nothing. The first planted fault."""
    return ShownWords(values={})


def trusting(text: str) -> ShownWords:
    """Find all that is asked in whatever is written. The second planted fault."""
    return ShownWords(
        values=dict.fromkeys(DisplayItem, ("各商品ページに7日以内の800円と表示、注文時",)) if text else {}
    )


def tally(ones: list[Display], reader: Reader = read) -> Counter[tuple[str, str, str]]:
    """Return how often an item that a person gave one status got another from the rules."""
    return Counter(
        (name, one.labels[name], status) for one in ones for name, status in statuses(one, reader).items()
    )


def measure(sets: str = "ab") -> Found:
    """Read and check every display."""
    ones = displays(sets)
    counted = tally(ones)
    items = list(ones[0].labels)
    lost, planted = tally(ones, blind), tally(ones, trusting)
    shares = {
        (item, kind): share
        for item in items
        for kind in KINDS
        if (share := _shares(counted, kind, item))[0] >= 10
    }
    return Found(
        displays=len(ones),
        statuses=counted.total(),
        right=_share(sum(n for (_, own, got), n in counted.items() if own == got), counted.total()),
        counts={kind: _shares(counted, kind)[0] for kind in KINDS},
        recall={kind: _shares(counted, kind)[1] for kind in KINDS},
        precision={kind: _shares(counted, kind)[2] for kind in KINDS},
        by_item={
            f"{kind}/{item}": _line(share)
            for kind in KINDS
            for item in items
            if any((share := _shares(counted, kind, item))[::3])
        },
        worst={f"{kind}/{item}": min(share[1:]) for (item, kind), share in shares.items()},
        planted_reader={kind: _shares(lost, kind)[2] for kind in KINDS},
        planted_checker={kind: _shares(planted, kind)[1] for kind in KINDS},
    )


def _shares(
    counted: Counter[tuple[str, str, str]], kind: str, item: str = ""
) -> tuple[int, float, float, int]:
    """Return how many have this status, which share was found, which share of those found is right, and how many were found."""
    own = sum(n for (name, label, _), n in counted.items() if label == kind and item in {"", name})
    got = sum(n for (name, _, status), n in counted.items() if status == kind and item in {"", name})
    both = sum(
        n for (name, label, status), n in counted.items() if label == status == kind and item in {"", name}
    )
    return own, _share(both, own), _share(both, got), got


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


def _line(shares: tuple[int, float, float, int]) -> str:
    own, recall, precision, got = shares
    return f"{own} labelled, {got} found: recall {recall:.3f}, precision {precision:.3f}"


def promises(found: Found) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return dict(_promises(found))


def _promises(found: Found) -> Iterator[tuple[str, bool]]:
    goals = dict.fromkeys(KINDS, STANDS_WRONG) | {"missing": MISSING, "vague": VAGUE}
    for kind in KINDS:
        least, goal = min(found.recall[kind], found.precision[kind]), goals[kind]
        yield (
            say(f"{kind}: 再現率も適合率も {goal:.0%} 以上", f"{kind}: recall and precision ≥ {goal:.0%}"),
            least >= goal,
        )
    yield (
        say(
            "10件以上ある項目ごとに 90% 以上（曖昧を除く）", "≥ 90% by item where there are ten (vague apart)"
        ),
        all(share >= BY_ITEM for name, share in found.worst.items() if not name.startswith("vague")),
    )
    yield (
        say("何も見つけない読み手は悪いと分かる", "a reader that finds nothing is seen to be worse"),
        found.planted_reader["missing"] < MISSING,
    )
    yield (
        say("何でも信じる読み手は悪いと分かる", "a reader that trusts all is seen to be worse"),
        found.planted_checker["missing"] < MISSING,
    )


@click.command(name="reading", help=TITLE.in_(LANG))
@click.option("--sets", type=click.Choice(["a", "b", "ab", "c", "abc"]), default="ab", show_default=True)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(sets: str, json_: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure(sets)
    told(TITLE, found, promises(found), as_json=json_)
