"""How soon are honest sellers paid in a year, and does money ever reach a relative, a stranger or a thief?

Planted: a gate that compares no names.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import loaded, scratch
from trials.verdict import told

TITLE = Text("支払いの1年を模擬する", "a simulated year of payouts")
PLANTED_SELLERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The year, what was assumed of people, and whether a gate that compares no names was noticed."""

    seed: int
    behaviour: dict[str, Any]
    year: dict[str, Any]
    planted_to_others: int
    planted_relatives_automatic: int


def run(**words: Any) -> dict[str, Any]:
    """Play one year in a house and a process of its own."""
    with scratch("sqlite") as (env, _):
        done = subprocess.run(  # noqa: S603
            loaded("-m", "trials.payyear", json.dumps(words)),
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(*, sellers: int, seed: int) -> Year:
    """Play the year, and a small one in which nobody compares names."""
    from trials.payyear.people import Behaviour

    year = run(sellers=sellers, seed=seed)
    planted = run(sellers=min(sellers, PLANTED_SELLERS), seed=seed, fault="no-names")
    return Year(
        seed=seed,
        behaviour=asdict(Behaviour()),
        year=year,
        planted_to_others=sum(planted["to_others"].values()),
        planted_relatives_automatic=planted["relatives_first_automatic"],
    )


def promises(found: Year) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    year = found.year
    return {
        say(
            "正直な出品者への支払いの97%以上はその場で", "97 % or more of honest payouts are paid at once"
        ): year["at_once"] >= 97,
        say(
            "親族の口座が、最初に自動で通ることはない",
            "no relative's account passes by itself when it is the first",
        ): (year["relatives_first"] > 0 and year["relatives_first_automatic"] == 0),
        say("他人の口座に払わない", "no stranger is paid"): year["to_others"]["stranger"] == 0,
        say("止まった時計と知らせは0", "no clock and no news is stuck"): year["stuck"] == 0,
        say("名義を比べない関門が分かる（仕込み）", "planted: a gate that compares no names is caught"): (
            found.planted_to_others > 0 and found.planted_relatives_automatic > 0
        ),
    }


@click.command(name="payyear", help=TITLE.in_(LANG))
@click.option(
    "--sellers", type=click.IntRange(100), default=2_000, help=say("出品者の数", "how many sellers")
)
@click.option("--seed", type=int, default=20_261_126, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(sellers: int, seed: int, as_json: bool) -> None:
    """Play it; exit with 1 when a promise is broken."""
    found = measure(sellers=sellers, seed=seed)
    told(TITLE, found, promises(found), as_json=as_json)
