"""Is a seller's display read and checked as it was labelled?  Asked of displays that were labelled apart from the rules.

Those who wrote and labelled them had not seen the rules, nor had who wrote the rules seen them.  Since then the rules were mended
by set a and then by set b, so that these figures are an upper bound; what the first run said, and set b while nobody had looked
into it, stands in `trials/displays/README.md`. Planted: a reader that finds nothing, and one that trusts whatever it reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from mamori.law.display import DisplayItem, SellerKind, Trait, asked
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import AskedOf, FaultKind, RegisteredSeller, ShownWords
from trials.harness import Found, measured

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
    phones: tuple[str, ...]
    mail: str
    representative: str


class Display(msgspec.Struct, frozen=True):
    """A display with what a person says of each of its items."""

    seller: Seller
    goods: str
    prepaid: bool
    software: bool
    recurring: bool
    mail_ads: bool
    own_mail: bool
    text: str
    labels: dict[str, str]

    @property
    def terms(self) -> AskedOf:
        """Return of whom it is asked."""
        holds = {Trait.PREPAID: self.prepaid, Trait.SOFTWARE: self.software, Trait.RECURRING: self.recurring}
        holds |= {Trait.MAIL_ADS: self.mail_ads, Trait.SENDS: self.goods == "goods" and not self.software}
        holds |= {Trait.JAPAN_OFFICE: self.labels["japan_office"] != "not_applicable"}
        traits = frozenset(trait for trait, is_so in holds.items() if is_so)
        return AskedOf(seller=self.seller.kind, traits=traits, free_mail=not self.own_mail)

    @property
    def registered(self) -> RegisteredSeller:
        """Return what it is held against."""
        one = self.seller
        code = f"〒{one.postcode[:3]}-{one.postcode[3:]} " if one.postcode else ""
        known = {"name": one.name, "representative": one.representative, "mail": one.mail}
        address = f"{code}{one.address}" if one.address else ""
        return RegisteredSeller(address=address, phones=one.phones, **known)


def displays(sets: str = "ab") -> list[Display]:
    """Return the displays of these sets."""
    files = sorted(FOLDER.glob(f"[{sets}]-*.jsonl"))
    return [one for path in files for one in msgspec.json.Decoder(Display).decode_lines(path.read_bytes())]


def statuses(one: Display, reader: Reader = read) -> dict[str, str]:
    """Return what the rules say of each labelled item."""
    shown, terms = reader(one.text), one.terms
    found = faults(shown, one.registered, terms)
    wrong = {fault.item: SAME.get(fault.kind, fault.kind.value) for fault in found}
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
    every = dict.fromkeys(DisplayItem, ("各商品ページに7日以内の800円と表示、注文時",))
    return ShownWords(values=every if text else {})


def tally(ones: list[Display], reader: Reader = read) -> Counter[tuple[str, str, str]]:
    """Return how often an item that a person gave one status got another from the rules."""
    said = ((one, *of) for one in ones for of in statuses(one, reader).items())
    return Counter((name, one.labels[name], status) for one, name, status in said)


@measured(
    "特商法の表示を読み、不備を見つけられるか", "displays asked for by law: read, and their faults found"
)
def measure(*, sets: str = "ab") -> Found:
    """Read and check every display of these sets (a, b and c)."""
    ones = displays(sets)
    counted, items = tally(ones), list(ones[0].labels)
    lost, trusted = _shares(tally(ones, blind), "missing"), _shares(tally(ones, trusting), "missing")
    every = {(kind, item): _shares(counted, kind, item) for kind in KINDS for item in items}
    whole = {kind: _shares(counted, kind) for kind in KINDS}
    goals = dict.fromkeys(KINDS, STANDS_WRONG) | {"missing": MISSING, "vague": VAGUE}
    worst = [min(one[1:3]) for (kind, _), one in every.items() if one[0] >= 10 and kind != "vague"]
    return Found(
        {
            f"{kind}: recall and precision ≥ {goals[kind]:.0%}": min(whole[kind][1:3]) >= goals[kind]
            for kind in KINDS
        }
        | {
            "≥ 90% by item where there are ten (vague apart)": min(worst) >= BY_ITEM,
            "planted: a reader that finds nothing is seen to be worse": lost[2] < MISSING,
            "planted: a reader that trusts all is seen to be worse": trusted[1] < MISSING,
        },
        displays=len(ones),
        statuses=counted.total(),
        right=_share(sum(n for (_, own, got), n in counted.items() if own == got), counted.total()),
        labelled_recall_precision_found=whole,
        by_item={"/".join(name): one for name, one in every.items() if one[0] or one[3]},
        planted=(lost[2], trusted[1]),
    )


def _shares(
    counted: Counter[tuple[str, str, str]], kind: str, item: str = ""
) -> tuple[int, float, float, int]:
    """Return how many have this status, which share was found, which share of those found is right, and how many were found."""
    of = [(label, status, n) for (name, label, status), n in counted.items() if item in {"", name}]
    own = sum(n for label, _, n in of if label == kind)
    got = sum(n for _, status, n in of if status == kind)
    both = sum(n for label, status, n in of if label == status == kind)
    return own, _share(both, own), _share(both, got), got


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
