"""Are businesses that pass for private found, and private people left in peace?  A drawn market, 50 looks a day, 60 days.

Whoever looks sees the signs and not the truth: an account on the list is asked, and one in ten is let be by mistake.  Planted:
a house that draws its looks by lot.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, loaded, scratch
from trials.verdict import told

TITLE = Text("個人を装う事業者を見つける", "businesses that pass for private accounts are found")
FOUND, ASKED = 80.0, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenFound:
    """The figures of one run: shares in per cent, of all and by kind ("reseller": 92.1); seconds a pass over all accounts."""

    engine: str
    seed: int
    accounts: int
    planted: int
    listings: int
    found: float
    asked: float
    found_by_kind: dict[str, float]
    asked_by_kind: dict[str, float]
    median_day_found: float
    looks: int
    first_pass: float
    median_pass: float
    found_by_lot: float
    asked_by_lot: float


def measure(*, engine: str, accounts: int, seed: int) -> HiddenFound:
    """Draw a market into a house of its own and let it be looked at for 60 days."""
    with scratch(engine) as (plain, _):
        asked = json.dumps({"accounts": accounts, "seed": seed})
        done = subprocess.run(  # noqa: S603
            loaded("-m", "trials.hidden.days", asked),
            env=plain,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return HiddenFound(
        engine=engine, seed=seed, accounts=accounts, **json.loads(done.stdout.splitlines()[-1])
    )


def promises(found: HiddenFound) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return {
        say("事業者の80%以上を60日以内に見つける", "80 % or more of the businesses are found in 60 days"): (
            found.found >= FOUND
        ),
        say("尋ねられる個人は5%以下", "5 % or less of private people are asked"): found.asked <= ASKED,
        say(
            "くじで見ると、見つからず、多くの個人に尋ねる（仕込み）",
            "planted: looks drawn by lot find few and ask many",
        ): found.found_by_lot < FOUND and found.asked_by_lot > ASKED,
    }


@click.command(name="hidden", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--accounts", type=click.IntRange(200), default=20_000, show_default=True)
@click.option("--seed", default=20261129, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(*, engine: str, accounts: int, seed: int, as_json: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure(engine=engine, accounts=accounts, seed=seed)
    told(TITLE, found, promises(found), as_json=as_json)
