"""How fast is it answered what a seller may do, beside a bare Django page that asks nothing and nobody, on the same server?

Sellers are drawn and written in bulk, and what hinders them as the rooms' rules say it: three in ten are hindered, by a
measure, an open refund, a name in doubt or several at once, and a few have hundreds of listings taken down.  Both houses serve
at the same time, with the same workers; the load goes to one after the other, in turns.  Planted: a house that dawdles.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.pages import THREADS, WORKERS, House, Side, free_port, serve, serving
from trials.scratch import engine_option, python, scratch
from trials.shopkeys import made
from trials.verdict import told

if TYPE_CHECKING:
    from mamori.grammar.clearance import Hinders, Vouches

TITLE = Text("出品者がしてよいことへの答えの速さ", "how fast it is answered what a seller may do")
LEAST = 0.3
WARM = 2.0
BATCH = 1_000
SAMPLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was measured: sellers nothing hinders, hindered ones, the bare page; answers that the model knows otherwise."""

    engine: str
    sellers: int
    hindered: int
    rows: int
    load: float
    rounds: int
    seconds_each: float
    sides: dict[str, Side]
    ratio: dict[str, float]
    wrong: int
    planted_ratio: float


def measure(*, engine: str, sellers: int, seconds: float, rounds: int, seed: int) -> Compared:
    """Fill a house, serve it and the bare one, press on each in turns, and once on the dawdling house."""
    dice = random.Random(seed)  # noqa: S311  # a replayable choice
    with scratch(engine) as (plain, _), ExitStack() as stack:
        env = {**plain, "MAMORI_API_CALLS": "100000000"}
        filled = _asked(env, {"sellers": sellers, "seed": seed})
        ports = {name: free_port() for name in ("ours", "bare", "slow")}
        stack.enter_context(serving(serve(ports["ours"]), env, ports["ours"]))
        stack.enter_context(serving(_bare(ports["bare"]), env, ports["bare"]))
        paths = {
            page: [f"/api/v1/sellers/{ref}/clearance" for ref in filled[page]]
            for page in ("free", "hindered")
        }
        headers = {"Authorization": f"Bearer {made(env).token}"}
        ours, bare = House(ports["ours"], paths, headers), House(ports["bare"], _bare_paths(filled), {})
        turns = [(ours, "free"), (bare, "bare"), (ours, "hindered"), (bare, "nothing")]
        for house, page in turns:
            House(house.port, house.paths, house.headers).press(page, WARM, dice)
        for _ in range(rounds):
            for house, page in turns:
                house.press(page, seconds, dice)
        slow_env = {**env, "DJANGO_SETTINGS_MODULE": "trials.slow"}
        stack.enter_context(serving(serve(ports["slow"]), slow_env, ports["slow"]))
        slow = House(ports["slow"], paths, headers)
        slow.press("free", WARM, dice)
        sides = {page: house.told(page) for house, page in turns}
        base = max(sides["bare"].per_second, 0.01)
        return Compared(
            engine=engine,
            sellers=sellers,
            hindered=filled["count"],
            rows=filled["rows"],
            load=round(os.getloadavg()[0], 1),
            rounds=rounds,
            seconds_each=seconds,
            sides=sides,
            ratio={page: round(sides[page].per_second / base, 2) for page in paths},
            wrong=filled["wrong"],
            planted_ratio=round(slow.told("free").per_second / base, 2),
        )


def _bare_paths(filled: dict[str, Any]) -> dict[str, list[str]]:
    return {"bare": [f"/bare/{ref}" for ref in filled["free"]], "nothing": ["/nothing"]}


def _bare(port: int) -> list[str]:
    """Return how a page of Django that does nothing is served: by the same server, as many workers and threads."""
    words = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--http", "1", "--no-ws"]
    words += ["--no-log", "--port", str(port), "--workers", WORKERS, "--blocking-threads", THREADS]
    return [*words, "trials.bare.page:application"]


def _asked(env: dict[str, str], asked: dict[str, Any]) -> dict[str, Any]:
    words = python("-m", "trials.clearance", json.dumps(asked))
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def fill(*, sellers: int, seed: int) -> dict[str, Any]:
    """Write sellers and what hinders them; return whom to ask about, and how many of some are answered otherwise than written."""
    from django.db import connection

    from mamori.ground.market import actions as market
    from mamori.ground.market.models import Impediment
    from trials.paying import filling
    from trials.paying.shops import drawn

    now, dice = datetime.now(UTC), random.Random(seed)  # noqa: S311  # replayable
    filling.open_house(now)
    filling.fill(drawn(sellers, random.Random(seed)), now)  # noqa: S311  # replayable
    refs = [shop.ref for shop in drawn(sellers, random.Random(seed))]  # noqa: S311  # replayable
    said = {ref: _said(ref, now, dice) for ref in refs}
    for part in batched(refs, BATCH):
        market.settle_clearance({about: some for ref in part for about, some in said[ref].items()}, at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    hindered = [ref for ref in refs if len(said[ref]) > 1 or len(next(iter(said[ref].values()))) > 1]
    free = sorted(set(refs) - set(hindered))
    asked = dice.sample(refs, min(SAMPLE, len(refs)))
    return {
        "free": dice.sample(free, min(200, len(free))),
        "hindered": dice.sample(hindered, min(200, len(hindered))),
        "count": len(hindered),
        "rows": Impediment.objects.count(),
        "wrong": sum(_is_wrong(ref, said[ref], now) for ref in asked),
    }


def _said(ref: str, now: datetime, dice: random.Random) -> dict[str, list[Hinders | Vouches]]:
    """Draw what hinders a seller, matter by matter."""
    from mamori.grammar.clearance import Doing, Hinders
    from mamori.rooms.enforcement.rules.hindering import APPEAL, WHY
    from mamori.rooms.payouts.rules.hindering import of_payee
    from mamori.rooms.payouts.rules.reasons import Code, Reason

    reasons = [Reason(code=code) for code in (Code.NAME_DOUBT, Code.ACCOUNT_COOLING) if dice.random() < 0.06]
    found: dict[str, list[Hinders | Vouches]] = {
        f"payouts.payee:{ref}": list(of_payee(ref, reasons, is_registered=True))
    }
    for what, share in (
        (Doing.SELLING, 0.03),
        (Doing.LISTING, 0.06),
        (Doing.CATEGORY, 0.09),
        (Doing.PAYOUT, 0.04),
    ):
        if dice.random() < share:
            found[f"enforcement.measure:{ref}/{what}"] = [
                Hinders(
                    what, what.value, WHY[what].fill(measure="x"), seller=ref, todo=APPEAL, since=now,
                    category="食品" if what is Doing.CATEGORY else "", until=now + timedelta(days=dice.randint(1, 90)),
                )
            ]  # fmt: skip
    if dice.random() < 0.01:
        for number in range(dice.randint(1, 300)):
            found[f"enforcement.measure:{ref}/{number}"] = [
                Hinders(
                    Doing.OFFER, "listing-removed", WHY[Doing.OFFER].fill(measure="x"), seller=ref, todo=APPEAL,
                    listing=f"L-{number}", since=now,
                )
            ]  # fmt: skip
    return found


def _is_wrong(ref: str, said: dict[str, list[Hinders | Vouches]], now: datetime) -> bool:
    from mamori.grammar.clearance import Doing, Hinders
    from mamori.ground.market import facts as market

    found = market.clearance(ref, at=now)
    doings = {one.what for some in said.values() for one in some if isinstance(one, Hinders)}
    return (
        found is None
        or found.may_sell != (Doing.SELLING not in doings)
        or found.may_list != (not doings & {Doing.SELLING, Doing.LISTING})
        or (found.payout == "clear") != (Doing.PAYOUT not in doings)
        or found.may_list_in("食品") != (not doings & {Doing.SELLING, Doing.LISTING, Doing.CATEGORY})
    )


def promises(found: Compared) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return {
        say("何もない Django の頁の3割以上の速さ", "at least 0.3 of a bare Django page"): all(
            ratio >= LEAST for ratio in found.ratio.values()
        ),
        say("失敗なし", "nothing failed"): not any(side.failed for side in found.sides.values()),
        say("答えはすべて正しい", "every answer is right"): found.wrong == 0,
        say("もたつく家が分かる（仕込み）", "planted: a house that dawdles is noticed"): found.planted_ratio
        < LEAST,
    }


@click.command(name="clearance", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--sellers", type=click.IntRange(100), default=20_000, show_default=True)
@click.option(
    "--seconds", type=float, default=5.0, show_default=True, help=say("一回の秒数", "seconds of a turn")
)
@click.option(
    "--rounds", type=click.IntRange(1), default=5, show_default=True, help=say("交代の回数", "turns each")
)
@click.option("--seed", default=20261128, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(*, engine: str, sellers: int, seconds: float, rounds: int, seed: int, as_json: bool) -> None:
    """Compare; exit with 1 when a promise is broken."""
    found = measure(engine=engine, sellers=sellers, seconds=seconds, rounds=rounds, seed=seed)
    told(TITLE, found, promises(found), as_json=as_json)


if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    print(json.dumps(fill(**json.loads(sys.argv[1]))))
