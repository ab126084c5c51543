"""How fast is the page of measures, and an edition, among a million acts, and is the edition what the independent program finds?

Planted: one trouble of which the moment is moved after the export was written, and a digit of the edition.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.japan.months import HalfYear
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say
from trials.house import Up
from trials.load import percentile
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

TITLE = Text("百万の行為の中の公表ページと確定版", "the page of measures and an edition among a million acts")
HALF = HalfYear(2026, 1)
RECOUNT = Path(__file__).parents[1] / "verifier" / "recount.py"
SEVERAL = 1_000
PAGE_MS, EDITION_SECONDS = 100.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What counting, drafting, exporting and recounting took, what the program found, and how soon the page was there."""

    engine: str
    acts: int
    troubles: int
    month_seconds: float
    edition_seconds: float
    export_seconds: float
    recount_seconds: float
    rows: int
    recount: int
    planted_digit: int
    page_p50_ms: float = 0
    page_p99_ms: float = 0
    page_bytes: int = 0


def measure(*, engine: str, each: int, acts: int) -> Published:
    """Fill a scratch house, publish half a year in it, recount it, and open the page."""
    with scratch(engine) as (env, _):
        filled = subprocess.run(  # noqa: S603
            python("-m", "trials.editions", engine, str(each), str(acts)),
            env=dict(env),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        found = json.loads(filled.stdout.splitlines()[-1])
        house = Up(env)
        try:
            house.wait_for("all programs run")
            waits, size = [], 0
            for _ in range(SEVERAL):
                begun = time.perf_counter()
                status, page = house.get("/measures/")
                waits.append(time.perf_counter() - begun)
                assert status == 200, status
                size = len(page.encode())
        finally:
            house.stop()
    found |= {
        "page_p50_ms": percentile(waits, 50),
        "page_p99_ms": percentile(waits, 99),
        "page_bytes": size,
    }
    return Published(**found)


def filled(engine: str, each: int, acts: int) -> Published:
    """Fill this house and publish in it."""
    from mamori.ground.people.models import Account
    from mamori.rooms.contact.models import Trouble
    from mamori.rooms.disclosure import actions, tasks
    from mamori.rooms.disclosure.models import Edition
    from mamori.rooms.disclosure.queries.exporting import exported
    from mamori.rooms.disclosure.rules.measures import settled_at
    from trials.planting import plant

    for number, role in ((2, "lead"), (3, "counsel")):
        Account.objects.create(pk=number, email=f"{role}@example.jp", role=role, added_at=HALF.since)
    _acts(acts)
    plant(HALF.months, each=each)
    at = settled_at(HALF.months[-1]) + timedelta(days=3)
    counted = _timed(lambda: all(tasks.count_months(at) for _ in HALF.months))
    lead = Hand(by="lead:2", role=Role.LEAD, at=at, via="trial")
    edition = _timed(lambda: actions.draft_edition(lead, half=str(HALF)))
    row = Edition.objects.get()
    with TemporaryDirectory() as folder:
        export, file = Path(folder) / "export.jsonl", Path(folder) / "edition.json"
        writing = _timed(lambda: export.write_text("".join(exported(HALF)), "utf-8"))
        file.write_text(row.body, "utf-8")
        codes: list[int] = []
        recounting = _timed(lambda: codes.append(_recounted(export, file)))
        body = json.loads(row.body)
        body["months"][1]["figures"]["contact.troubles"]["count"] += 1
        file.write_text(json.dumps(body), "utf-8")
        codes.append(_recounted(export, file))
        rows = sum(1 for _ in export.open("rb")) - 1
    actions.release_edition(Hand(by="counsel:3", role=Role.COUNSEL, at=at, via="trial"), edition=row.pk)
    return Published(
        engine=engine,
        acts=acts,
        troubles=Trouble.objects.count(),
        month_seconds=round(counted / len(HALF.months), 2),
        edition_seconds=edition,
        export_seconds=writing,
        recount_seconds=recounting,
        rows=rows,
        recount=codes[0],
        planted_digit=codes[1],
    )


def _recounted(export: Path, edition: Path) -> int:
    words = [sys.executable, str(RECOUNT), str(export), str(edition)]
    return subprocess.run(words, stdout=subprocess.DEVNULL, check=False).returncode  # noqa: S603  # our own file


def _acts(count: int) -> None:
    """Let so many acts be in the log's table, the first at the beginning of the half-year."""
    from django.db import connection

    from mamori.ground.ledger.models import Act

    first = HALF.since
    Act.objects.bulk_create(
        (
            Act(
                kind="contact.urged",
                at=first + timedelta(seconds=15 * number),
                commitment=number.to_bytes(32),
            )
            for number in range(count)
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return round(time.perf_counter() - begun, 2)


def promises(found: Published) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return {
        say("ページは p99 で100ミリ秒未満", "the page within 100 ms at p99"): found.page_p99_ms < PAGE_MS,
        say("確定版は60秒未満で", "an edition in less than 60 s"): found.edition_seconds < EDITION_SECONDS,
        say("独立した数え直しと等しい", "equal to the independent program"): found.recount == 0,
        say("変えた1桁は見つかる", "a digit that was changed is found"): found.planted_digit == 1,
    }


@click.command(name="editions", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--each",
    type=click.IntRange(10, 200_000),
    default=30_000,
    show_default=True,
    help=say("月の困りごと", "troubles a month"),
)
@click.option("--acts", type=click.IntRange(1, 10_000_000), default=1_000_000, show_default=True)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(engine: str, each: int, acts: int, json_: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure(engine=engine, each=each, acts=acts)
    told(TITLE, found, promises(found), as_json=json_)


if __name__ == "__main__":
    ready()
    print(json.dumps(asdict(filled(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
