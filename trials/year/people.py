"""How sellers, buyers and the centre behave in the simulated year: declared, assumed, and printed with the result."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """A kind of seller.  Shares are of one; spans are hours on the wall clock, drawn evenly.

    `answers` by itself within `after`; `heeds` a notice or letter, `picks_up` a call and then `keeps` what it promised;
    an answer `solves`; after “not solved” it `mends` when urged and `retries` by itself; it `agrees` to a proposal.
    """

    name: str
    share: float
    answers: float
    after: tuple[int, int]
    heeds: float
    picks_up: float
    keeps: float
    solves: float
    mends: float
    retries: float
    agrees: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Everything that is assumed about the year.

    `solved_after` are the hours from an answer that solves to the goods or the money; `unsolved_after` those until a
    buyer says that it is not solved; the centre works from `opens` to `closes` on business days, decides on a refund
    `decides_after` hours after it began to mediate, and the marketplace confirms within `confirms`.
    """

    sellers: tuple[Manner, ...] = (
        Manner(
            name="prompt", share=0.60, answers=0.98, after=(1, 20), heeds=0.5, picks_up=0.8, keeps=0.9,
            solves=0.9, mends=0.8, retries=0.5, agrees=0.9,
        ),
        Manner(
            name="busy", share=0.22, answers=0.85, after=(16, 96), heeds=0.5, picks_up=0.6, keeps=0.8,
            solves=0.75, mends=0.7, retries=0.3, agrees=0.7,
        ),
        Manner(
            name="evasive", share=0.10, answers=0.9, after=(6, 48), heeds=0.3, picks_up=0.5, keeps=0.5,
            solves=0.15, mends=0.3, retries=0.1, agrees=0.25,
        ),
        Manner(
            name="silent", share=0.08, answers=0.05, after=(48, 240), heeds=0.05, picks_up=0.15, keeps=0.3,
            solves=0.5, mends=0.2, retries=0.0, agrees=0.1,
        ),
    )  # fmt: skip
    troubles: float = 0.03
    sellers_count: int = 500
    wants_money: float = 0.65
    danger: float = 0.02
    reports_after: tuple[int, int] = (24, 240)
    solved_after: tuple[int, int] = (2, 30)
    says_solved: float = 0.85
    insists: float = 0.7
    unsolved_after: tuple[int, int] = (2, 24)
    withdraws: float = 0.02
    heeds_after: tuple[int, int] = (1, 8)
    opens: int = 10
    closes: int = 18
    decides_after: int = 10
    confirms: tuple[int, int] = (1, 6)
    retries_after: tuple[int, int] = (24, 96)


@dataclass(slots=True)
class Matter:
    """A trouble of the year: who, when, what its parties are like, and what became of it."""

    number: int
    shop: int
    manner: Manner
    opened_minute: int
    solved_minutes: int
    wants_money: bool
    says_solved: bool
    is_dangerous: bool
    dice: random.Random
    trouble: int = 0
    thread: int = 0
    is_settled: bool = False
    has_come: bool = False
    money_minute: int | None = None
    urged: bool = False

    @property
    def order_ref(self) -> str:
        """Return the order's reference."""
        return f"Y-{self.number}"

    def within(self, span: tuple[int, int]) -> int:
        """Draw minutes from a span of hours."""
        return self.dice.randint(span[0] * 60, span[1] * 60)

    def happens(self, share: float) -> bool:
        """Draw whether something of that share happens."""
        return self.dice.random() < share


def troubled(behaviour: Behaviour, *, orders: int, seed: int, minutes: int) -> list[Matter]:
    """Draw the year's orders one by one and return those that become troubles; each has dice of its own.

    What happens in one matter so changes nothing in another, with or without our help.
    """
    dice = random.Random(seed)  # noqa: S311  # a replayable choice
    manners = random.Random(seed + 1).choices(  # noqa: S311
        behaviour.sellers, [one.share for one in behaviour.sellers], k=behaviour.sellers_count
    )
    found = []
    for number in range(orders):
        ordered, shop, is_troubled = dice.randrange(minutes), dice.randrange(len(manners)), dice.random()
        if is_troubled >= behaviour.troubles:
            continue
        own = random.Random(f"{seed}/{number}")  # noqa: S311
        opened = ordered + own.randint(behaviour.reports_after[0] * 60, behaviour.reports_after[1] * 60)
        found.append(
            Matter(
                number=number,
                shop=shop,
                manner=manners[shop],
                opened_minute=opened,
                solved_minutes=own.randint(behaviour.solved_after[0] * 60, behaviour.solved_after[1] * 60),
                wants_money=own.random() < behaviour.wants_money,
                says_solved=own.random() < behaviour.says_solved,
                is_dangerous=own.random() < behaviour.danger,
                dice=own,
            )
        )
    return found
