"""Ten thousand reports about one listing, as fast as the machine takes them: is each answer kind, and nothing lost?

They come over HTTP from hundreds of network addresses, and far too many from one more, which is asked to wait.  A danger of
something else stands first in the queue; who was hurt and reports last of all, from that address, stands first among them, read
or not.  Planted: a house that leads on from a report that it has not taken; and to show them as they came would be seen.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.ledger.models import Act
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries import complaint_of
from trials.harness import Found, actor, measured, within
from trials.house import Ask, Up, Visitor, up
from trials.planted import with_fault
from trials.scratch import children, scratch

CALLERS, FROM_ONE, TOO_MANY, PLANTED = 8, 15, 80, 300
OWN = 20
"""Reports of other things before, each a matter of its own."""
CSRF, CROWDED = secrets.token_hex(16), "127.2.0.1"
WITHIN_MIB = 128
"""By so much may the memory of all processes of the house grow."""


def kept(pages: list[str]) -> dict[str, Any]:
    """Count what is kept, which of the pages that somebody was led to belong to no report, and who stands first."""
    known = set(ComplaintReport.objects.values_list("digest", flat=True))
    first = cases.view(Wish(kind="complaints.complaint")).cases[0]
    lost = sum(one not in known for one in pages)
    injured = ComplaintReport.objects.filter(is_harmed=True).first()
    if injured is None:  # dropped by the house that drops
        return {"lost": lost + 1}
    agent, whole = actor(by="agent:1"), injured.complaint_id
    at_first = complaint_of(agent, whole).reports[0].row.pk == injured.pk
    actions.begin_complaint(agent, complaint=whole)
    shown = [one.row.pk for one in complaint_of(agent, whole).unread]
    actions.read_reports(agent, complaint=whole, reports=shown, until=agent.at)
    then = complaint_of(agent, whole)
    on_pages = [one.row.pk for page in then.pages for one in complaint_of(agent, whole, at_page=page).reports]
    return {
        "reports": len(known),
        "matters": Complaint.objects.count(),
        "acts": Act.objects.filter(kind="complaints.report").count(),
        "lost": lost,
        "danger_first": first.attention == "danger",
        "injured_first": at_first,
        "injured_stays": (then.reports[0].row.pk, then.reports[0].row.unread_at) == (injured.pk, None),
        "all_shown": len(set(on_pages)),
        "came_before": ComplaintReport.objects.filter(complaint=whole, pk__lt=injured.pk).count(),
    }


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
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={browser}"}
    form = urlencode(body | {"token": f"{uuid4()}", "csrfmiddlewaretoken": browser}).encode()
    ask = Ask(path="/complaints/", method="POST", body=form, headers=headers)
    reply = Visitor(port, keeps=False, patience=60, source=source).ask(0, ask)
    heard.note(reply.status, reply.headers)


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
        waiting += children(process := waiting.pop())
        with suppress(OSError):
            lines = Path(f"/proc/{process}/status").read_text().splitlines()
            kib += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return kib // 1024


def flooded(engine: str, reports: int, **more: str) -> dict[str, Any]:
    """Open a house, send it so many reports, and count."""
    heard, most, number = Answers(), 0, 0
    about = {"what": "listing", "where": "L-1", "reason": "counterfeit"}
    with scratch(engine) as (env, _), up(env | more) as house:
        for first in range(OWN):  # each program has answered once before memory is read
            words = {"what": "other", "reason": "dangerous" if first == 0 else "other", "words": f"{first}"}
            report(house.port, heard, f"127.3.0.{first + 1}", words)
        before = memory_of(house)
        with ThreadPoolExecutor(CALLERS) as callers:
            sent = senders(reports)
            while some := list(islice(sent, 500)):
                bodies = [about | {"words": f"同じ品 {number + n}"} for n in range(len(some))]
                list(callers.map(partial(report, house.port, heard), some, bodies))
                number, most = number + len(some), max(most, memory_of(house))
        hurt = about | {"danger": "injury", "words": "手を切った"}
        report(house.port, heard, CROWDED, hurt, browser=secrets.token_hex(16))
        found: dict[str, Any] = within(env, "trials.flood:kept", pages=heard.pages)
    return found | {
        "asked": number + OWN + 1,
        "accepted": len(heard.pages),
        "told_to_wait": heard.waits,
        "unkind": dict(heard.unkind),
        "mib": (before, most),
    }


@measured("一つの商品への申し出の洪水", "a flood of reports about one listing")
def measure(*, engine: str, reports: int = 10_000, planted: int = PLANTED) -> Found:
    """Send them, and so many to a house that drops some."""
    found = flooded(engine, reports)
    lost = flooded(engine, planted, **with_fault("drops"))["lost"]
    answered = found["accepted"] + found["told_to_wait"]
    before, most = found["mib"]
    return Found(
        {
            "each answer is kind": not found["unkind"] and found["asked"] == answered,
            "none that was accepted is lost": found["lost"] == 0,
            "all that was accepted is kept": found["accepted"] == found["reports"] == found["acts"],
            "it is one matter": found["matters"] == OWN + 1,
            "only the one that sends too much waits": 0 < found["told_to_wait"] <= TOO_MANY,
            "a danger stands first in the queue": found["danger_first"],
            "the one who was hurt stands first": found["injured_first"],
            "and still when it was read": found["injured_stays"],
            "all of them are on some page": found["all_shown"] == found["reports"] - OWN,
            "planted: as they came it would not stand first": found["came_before"] > 0,
            "memory is bounded": most - before <= WITHIN_MIB,
            "planted: a house that drops is caught": lost > 0,
        },
        **found,
        planted_lost=lost,
    )
