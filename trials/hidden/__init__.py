"""Are businesses that pass for private found, and private people left in peace?  A drawn market, 50 looks a day, 60 days.

Whoever looks sees the signs and not the truth: an account on the list is asked, and one in ten is let be by mistake.  Planted:
a house that draws its looks by lot.
"""

from __future__ import annotations

from mamori.grammar.text import Text
from trials.harness import Found, command_of, within
from trials.scratch import scratch

FOUND, ASKED = 80.0, 5.0


def measure(*, engine: str, accounts: int = 20_000, seed: int = 20261129) -> Found:
    """Draw a market into a house of its own and let it be looked at for 60 days."""
    with scratch(engine) as (env, _):
        found = within(env, "trials.hidden.days:play", accounts=accounts, seed=seed)
    few, many = found["found_by_lot"] < FOUND, found["asked_by_lot"] > ASKED
    return Found(
        {
            "80 % or more of the businesses are found in 60 days": found["found"] >= FOUND,
            "5 % or less of private people are asked": found["asked"] <= ASKED,
            "planted: looks drawn by lot find few and ask many": few and many,
        },
        engine=engine,
        seed=seed,
        accounts=accounts,
        **found,
    )


command = command_of(
    Text("個人を装う事業者を見つける", "businesses that pass for private accounts are found"), measure
)
