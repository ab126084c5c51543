"""How a measure and a breach are declared: what a measure touches, within which bounds; what a breach is, and how grave."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.citation import Citation
from mamori.grammar.text import Text


class Concerns(StrEnum):
    """What a measure touches."""

    SELLER = "seller"
    LISTING = "listing"
    REVIEW = "review"
    CATEGORY = "category"
    MONEY = "money"


class Severity(StrEnum):
    """How grave one breach is by itself, in the declared bands."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class Reach(StrEnum):
    """Whom a breach harmed, in the declared bands."""

    NONE = "none"
    MONEY = "money"
    DANGER = "danger"


class Weight(StrEnum):
    """What a breach has to weigh before a clause bears a measure."""

    ANY = "any"
    HEAVY = "heavy"
    HEAVY_OR_GOODS = "heavy-or-goods"


WEIGHT_TEXTS = {
    Weight.ANY: Text("違反があるとき", "there is a breach"),
    Weight.HEAVY: Text("違反が重いか、重なるとき", "a breach is serious, or breaches add up"),
    Weight.HEAVY_OR_GOODS: Text(
        "商品そのものが違反のとき、身体に危険が及ぶとき、または違反が重いか重なるとき",
        "the goods themselves are the breach, people are in danger, or a breach is serious or breaches add up",
    ),
}
SEVERITY_TEXTS = {
    Severity.MINOR: Text("軽い", "minor"),
    Severity.SERIOUS: Text("重い", "serious"),
    Severity.GRAVE: Text("きわめて重い", "grave"),
}
CONCERNS_TEXTS = {
    Concerns.SELLER: Text("出品者", "the seller"),
    Concerns.LISTING: Text("商品", "a listing"),
    Concerns.REVIEW: Text("レビュー", "a review"),
    Concerns.CATEGORY: Text("商品の分野", "a category"),
    Concerns.MONEY: Text("売上金", "money"),
}
REACH_TEXTS = {
    Reach.NONE: Text("被害なし", "no harm"),
    Reach.MONEY: Text("お金の被害", "money lost"),
    Reach.DANGER: Text("身体への危険", "danger to people"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A kind of breach: what is alleged, in words that a seller understands, and what a measure against it may touch.

    `of_goods` = the goods themselves are the breach.  `dsa` is its category in EU statements of reasons.  `source` is the law
    that it breaks.  `part_of` = the kind of which it was a part before: a policy that knows only that one answers it by that.
    `is_former` = it stays for what was found before and for the API, and nobody is offered it.
    """

    code: str
    title: Text
    text: Text
    dsa: str
    concerns: frozenset[Concerns] = frozenset({Concerns.SELLER, Concerns.MONEY})
    of_goods: bool = False
    source: Citation | None = None
    part_of: str = ""
    is_former: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """How long a timed measure may last, in calendar days: at least, as a rule, at most."""

    least: int
    usual: int
    most: int

    def __post_init__(self) -> None:
        if not 0 < self.least <= self.usual <= self.most:
            raise ValueError(f"{self} are no bounds")

    def admits(self, days: int) -> bool:
        """Say whether a measure may last so long."""
        return self.least <= days <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure: its gravity beside the others, what it touches, its clause and bounds, what the shop is asked to do.

    `days` bounds a measure that lifts by itself; without them it lasts until an appeal undoes it.  `order` is the kind
    of instruction to the marketplace, "" where nothing is to be done there.  `hearing` = the seller is heard first.
    `weight` = when its clause bears it.
    `eyes` = how many people decide.  `announced_days` pass between the decision and the effect.  `reviewed` = somebody
    looks in the middle of its days whether it still has to stand, as its clause says.  `ends_by_cure` = it ends early once
    somebody has seen that the breach was put right.  `dsa` is the field and value of the EU's statement of reasons.
    """

    code: str
    gravity: int
    title: Text
    text: Text
    concerns: Concerns
    clause: str
    weight: Weight = Weight.ANY
    days: Days | None = None
    hearing: bool = False
    eyes: int = 1
    announced_days: int = 0
    waits_for_appeal: bool = False
    reviewed: bool = False
    ends_by_cure: bool = False
    order: str = ""
    dsa: str = ""

    def __post_init__(self) -> None:
        if self.concerns is Concerns.MONEY and self.days is None:
            raise ValueError(f"{self.code}: a hold of money needs an end")
        if not self.clause:
            raise ValueError(f"{self.code}: no measure without its clause")

    @property
    def is_timed(self) -> bool:
        """Say whether it ends by itself."""
        return self.days is not None
