"""Is everybody who reported and left an address told of every decision, once, in a year across Golden Week and New Year?

Counted from the mail that arrived, beside what the simulation itself knows.  Planted: a worker that skips a day, a retention that
erases before anybody is told, a house that forgets whom it told, and a centre that counts New Year as business days.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.reports.people import Behaviour
from trials.scratch import engine_option, loaded, scratch
from trials.verdict import told

TITLE = Text("1年の申し出を模擬する", "a simulated year of reports")
PLANTED_REPORTS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedYear:
    """The year, what was assumed of people, and whether the planted faults were seen."""

    engine: str
    seed: int
    behaviour: dict[str, Any]
    year: dict[str, Any]
    planted_skipped_untold: int
    planted_swallowed_untold: int
    planted_forgotten_twice: int
    planted_calendar_wrong_due: int


def run(engine: str, **words: Any) -> dict[str, Any]:
    """Play once in a house and a process of its own, with a folder into which its mail goes."""
    with scratch(engine) as (env, _), TemporaryDirectory() as folder:
        env |= {
            "MAMORI_MAIL": f"folder://{Path(folder) / 'mail'}",
            "MAMORI_MAIL_FROM": "Centre <centre@market.example>",
        }
        done = subprocess.run(  # noqa: S603
            loaded("-m", "trials.reports", json.dumps(words)),
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(*, engine: str, reports: int, seed: int) -> ReportedYear:
    """Play the year, and each planted fault on a few reports around New Year."""
    year = run(engine, reports=reports, seed=seed)
    few: dict[str, Any] = {"reports": min(reports, PLANTED_REPORTS), "seed": seed, "span": "turn"}
    return ReportedYear(
        engine=engine,
        seed=seed,
        behaviour=asdict(Behaviour()),
        year=year,
        planted_skipped_untold=run(engine, **few, fault="skipped-day")["untold"],
        planted_swallowed_untold=run(engine, **few, fault="swallowed")["untold"],
        planted_forgotten_twice=run(engine, **few, fault="forgotten")["told_twice"],
        planted_calendar_wrong_due=run(engine, **few, fault="open-at-new-year")["wrong_due"],
    )


def kept(year: dict[str, Any]) -> dict[str, bool]:
    """Return what is promised of a run."""
    return {
        say(
            "宛先を残した人の100%が、すべての結論を知らされた",
            "100 % of who left an address heard every decision",
        ): (0 < year["tellings"] == year["told"]),
        say(
            "同じ結論を二度知らせない、結論より先に知らせない", "nobody told twice, or before the decision"
        ): (year["told_twice"] + year["told_early"] + year["told_wrongly"] + year["strangers"] == 0),
        say("失われた申し出0、どの専用ページにも結論", "0 reports lost; each page shows its outcome"): (
            year["lost"] + year["pages_wrong"] + year["erased_too_soon"] + year["joined_wrongly"] == 0
        ),
        say("正直な人は一度も待たされない", "nobody honest was made to wait"): year["honest_refused"] == 0,
        say("危険は4時間以内に見るか、催促される", "dangers looked at within 4 h, or staff reminded"): (
            year["dangers"] > 0 and year["dangers_unheard"] == 0
        ),
        say("遅れた結論は、その期限に催促される", "late decisions are reminded of when due"): (
            year["decisions_late_unheard"] == 0
        ),
        say("期限はすべて正しい", "every due moment is right"): year["wrong_due"] == 0,
        say("止まった時計と知らせは0", "no clock and no news is stuck"): year["stuck"] == 0,
    }


def promises(found: ReportedYear) -> dict[str, bool]:
    """Return what is promised, and that what is planted is seen."""
    return kept(found.year) | {
        say("仕込み：一日を飛ばす作業係が分かる", "planted: a worker that skips a day is caught"): (
            found.planted_skipped_untold > 0
        ),
        say("仕込み：先に消す保存期間が分かる", "planted: a retention that swallows is caught"): (
            found.planted_swallowed_untold > 0
        ),
        say("仕込み：知らせたことを忘れると分かる", "planted: a house that forgets whom it told is caught"): (
            found.planted_forgotten_twice > 0
        ),
        say("仕込み：正月を営業日とする暦が分かる", "planted: a calendar without New Year is caught"): (
            found.planted_calendar_wrong_due > 0
        ),
    }


@click.command(name="reports", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--reports",
    type=click.IntRange(100),
    default=20_000,
    show_default=True,
    help=say("申し出の数", "how many reports"),
)
@click.option("--seed", type=int, default=20_261_130, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, reports: int, seed: int, as_json: bool) -> None:
    """Play it; exit with 1 when a promise is broken or what is planted is not seen."""
    found = measure(engine=engine, reports=reports, seed=seed)
    told(TITLE, found, promises(found), as_json=as_json)
