"""Ten thousand reports about one listing in as little time as the machine needs: is each answer kind, and nothing lost?

A running house takes them over HTTP from hundreds of network addresses, and far too many from one more, which is asked to wait.
Beside them a danger of something else is reported: it stands first in the queue.  From the address that sends too much somebody
who was hurt reports the same listing last of all: it is taken, stands first among all of them, and stays there when it was read.
Planted: a house that leads on from a report that it has not taken; and to show them as they came would be seen.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from email.message import Message
from functools import partial
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.house import Up, up
from trials.scratch import engine_option, loaded, scratch
from trials.verdict import told

TITLE = Text("一つの商品への申し出の洪水", "a flood of reports about one listing")
CALLERS, FROM_ONE, TOO_MANY, PLANTED = 8, 15, 80, 300
CSRF, CROWDED = secrets.token_hex(16), "127.2.0.1"
WITHIN_MIB = 128
"""By so much may the memory of all processes of the house grow."""
LOOK = """
import json, sys
from mamori.site.command import ready
ready()
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.ledger.models import Act
from datetime import datetime, UTC
from mamori.grammar.hand import Hand, Role
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import complaint_of
known = set(ComplaintReport.objects.values_list("digest", flat=True))
first = cases.view(Wish(kind="complaints.complaint")).cases[0]
injured = ComplaintReport.objects.get(is_harmed=True)
agent = Hand(by="agent:1", role=Role.AGENT, at=datetime.now(UTC), via="trial")
whole = injured.complaint_id
def leads():
    return complaint_of(agent, whole).reports[0].number == injured.pk
at_first = leads()
actions.begin_complaint(agent, complaint=whole)
shown = [one.number for one in complaint_of(agent, whole).unread]
actions.read_reports(agent, complaint=whole, reports=shown, until=agent.at)
pages = complaint_of(agent, whole).pages
print(json.dumps({
    "reports": len(known), "matters": Complaint.objects.count(), "acts": Act.objects.filter(kind="complaints.report").count(),
    "lost": sum(one not in known for one in json.load(sys.stdin)), "danger_first": first.attention == "danger",
    "injured_first": at_first, "injured_stays": leads() and not complaint_of(agent, whole).reports[0].unread_at,
    "all_shown": len({one.number for page in pages for one in complaint_of(agent, whole, at_page=page).reports}),
    "came_before": ComplaintReport.objects.filter(complaint=whole, pk__lt=injured.pk).count(),
}))
"""
"""Counts in the database what is kept, and which of the pages that somebody was led to belong to no report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """What was answered and what is kept of it; `lost` were answered as though they had been taken, and are not there."""

    engine: str
    asked: int
    accepted: int
    told_to_wait: int
    unkind: dict[str, int]
    reports: int
    matters: int
    acts: int
    lost: int
    danger_first: bool
    injured_first: bool
    injured_stays: bool
    all_shown: int
    came_before: int
    seconds: float
    per_second: float
    mib_before: int
    mib_most: int
    planted_lost: int


@dataclass(slots=True)
class Answers:
    """What came back: the pages that who reported was led to, those asked to wait, and what was not kind."""

    pages: list[str] = field(default_factory=list)
    waits: int = 0
    unkind: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, headers: Message | dict[str, str]) -> None:
        """Note one answer: led on, or asked to wait for so long, is kind."""
        secret = headers.get("Location", "").removeprefix("/complaints/mine/").rstrip("/")
        with self.lock:
            if status == 302 and secret:
                self.pages.append(hashlib.sha256(secret.encode()).hexdigest())
            elif status == 429 and headers.get("Retry-After", "").isdecimal():
                self.waits += 1
            else:
                self.unkind[f"{status}"] += 1


def report(port: int, heard: Answers, source: str, body: dict[str, str], browser: str = CSRF) -> None:
    """Send one report from a network address of its own."""
    asked = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(source, 0))
    told_ = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={browser}"}
    whole = body | {"token": f"{uuid4()}", "csrfmiddlewaretoken": browser}
    try:
        asked.request("POST", "/complaints/", urlencode(whole), told_)
        answer = asked.getresponse()
        answer.read()
        heard.note(answer.status, answer.headers)
    except (OSError, HTTPException) as error:
        heard.note(0, {"error": repr(error)})
    finally:
        asked.close()


def senders(reports: int) -> Iterator[str]:
    """Yield from which address each comes: as many from each as somebody honest might send, and too many from one."""
    for number in range(reports):
        source = number // FROM_ONE
        yield f"127.1.{source // 250}.{source % 250 + 1}"
    yield from [CROWDED] * TOO_MANY


def memory_of(house: Up) -> int:
    """Return how many MiB the house and all that it started hold now."""
    kib, waiting = 0, [house.process.pid]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            lines = (folder / "status").read_text().splitlines()
            children = [one.read_text().split() for one in folder.glob("task/*/children")]
        except OSError:
            continue
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
        waiting += [int(child) for some in children for child in some]
    return kib // 1024


def kept_of(env: dict[str, str], heard: Answers) -> dict[str, Any]:
    """Look into the house: what is kept, and who stands first."""
    kept = subprocess.run(  # noqa: S603
        loaded("-c", LOOK),
        env=env,
        input=json.dumps(heard.pages),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(kept.stdout.splitlines()[-1])
    return found


def flooded(engine: str, reports: int, **more: str) -> Flood:
    """Open a house, send it so many reports, and count."""
    heard, most = Answers(), 0
    with scratch(engine) as (env, _), up(env | more) as house:
        for number in range(20):  # each program has answered once before memory is read
            words = {"what": "other", "reason": "dangerous" if number == 0 else "other", "words": f"{number}"}
            report(house.port, heard, f"127.3.0.{number + 1}", words)
        before, began = memory_of(house), time.monotonic()
        with ThreadPoolExecutor(CALLERS) as callers:
            sent = senders(reports)
            number = 0
            while some := list(islice(sent, 500)):
                bodies = [
                    {
                        "what": "listing",
                        "where": "L-1",
                        "reason": "counterfeit",
                        "words": f"同じ品 {number + n}",
                    }
                    for n in range(len(some))
                ]
                list(callers.map(partial(report, house.port, heard), some, bodies))
                number, most = number + len(some), max(most, memory_of(house))
        seconds = time.monotonic() - began
        hurt = {
            "what": "listing",
            "where": "L-1",
            "reason": "counterfeit",
            "danger": "injury",
            "words": "手を切った",
        }
        report(house.port, heard, CROWDED, hurt, browser=secrets.token_hex(16))
        found = kept_of(env, heard)
    return Flood(
        engine=engine,
        asked=number + 21,
        accepted=len(heard.pages),
        told_to_wait=heard.waits,
        unkind=dict(heard.unkind),
        seconds=round(seconds, 1),
        per_second=round(number / seconds, 1),
        mib_before=before,
        mib_most=most,
        planted_lost=0,
        **found,
    )


def promises(found: Flood) -> dict[str, bool]:
    """Return what is promised, and that what is planted is seen."""
    own = 20  # what was reported before, each a matter of its own
    return {
        say("どの答えも親切", "each answer is kind"): (
            not found.unkind and found.asked == found.accepted + found.told_to_wait
        ),
        say("受け付けたものは、すべて残っている", "all that was accepted is kept"): (
            found.lost == 0 and found.accepted == found.reports == found.acts
        ),
        say("一つの申し出にまとまる", "it is one matter"): found.matters == own + 1,
        say("待つのは、送りすぎた一か所だけ", "only the one that sends too much waits"): (
            0 < found.told_to_wait <= TOO_MANY
        ),
        say("危険は一覧の先頭", "a danger stands first in the queue"): found.danger_first,
        say(
            "けがをした一人が、はじめも読んだあとも先頭", "the one who was hurt stands first, also once read"
        ): (found.injured_first and found.injured_stays),
        say("ページを送れば、すべて読める", "all of them are on some page"): (
            found.all_shown == found.reports - own
        ),
        say(
            "仕込み：届いた順では先頭にならない", "planted: as they came it would not stand first"
        ): found.came_before > 0,
        say("メモリは増え続けない", "memory is bounded"): found.mib_most - found.mib_before <= WITHIN_MIB,
        say(
            "仕込み：受けたと言って捨てる家が分かる", "planted: a house that drops is caught"
        ): found.planted_lost > 0,
    }


@click.command(name="flood", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--reports",
    type=click.IntRange(100),
    default=10_000,
    show_default=True,
    help=say("申し出の数", "how many reports"),
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, reports: int, as_json: bool) -> None:
    """Send them; exit with 1 when a promise is broken or what is planted is not seen."""
    planted = flooded(engine, PLANTED, DJANGO_SETTINGS_MODULE="trials.dropping")
    found = replace(flooded(engine, reports), planted_lost=planted.lost)
    told(TITLE, found, promises(found), as_json=as_json)
