"""Today, a lead's board: what burns, what is late, what falls due next, how much each person has; each case is there once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk.people import Staff, staff
from mamori.doors.desk.views import queue
from mamori.doors.desk.views.held import ages
from mamori.doors.desk.views.queue import (
    DANGER,
    HOURS,
    TODAY,
    Ask,
    CaseRow,
    View,
    hour_of,
    keep_place,
    rows,
    soon,
)
from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import NO_LOAD, CaseFact, Wish
from mamori.ground.declared.casekinds import clock_named
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.facts import AccountFact
from mamori.ground.post import facts as post
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.lists import COUNTED
from mamori.ground.web.pictures import Bar, Drawing, bars
from mamori.ground.web.signs import Visit
from mamori.japan.calendar import spoken
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import Board
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.payouts import facts as payouts

NEXT = 10
OLDEST = 5
PEOPLE = 50
MOST_BURNING = 50
SOON = Text("これから{n}時間に来る期限", "What falls due in the next {n} hours").fill(n=HOURS)
FLAGS = (
    (DANGER, Text("危険：まだ対応していない", "Dangers not seen to")),
    ("hiding", Text("暫定非表示：責任者の確認待ち", "Provisionally hidden: to be looked at")),
    ("undecided", Text("暫定非表示のまま、判断が遅れている", "Provisionally hidden: decision overdue")),
    ("decide-remedy", Text("返金の判断待ち", "Refunds to decide")),
    ("decide-recovery", Text("出品者への請求の判断待ち", "Recoveries to decide")),
    ("unreachable", Text("出品者に連絡できない", "Sellers not reached")),
)


KINDS = (
    ("enforcement.finding", Text("違反の疑い：扱いを決める", "Findings to decide")),
    ("enforcement.appeal", Text("異議：結論を出す", "Appeals to decide")),
    ("payouts.account", Text("口座名義：見比べる", "Names to compare")),
    ("payouts.payout", Text("売上金：確かめる", "Payouts to look at")),
    ("complaints.complaint", Text("申し出：結論を出す", "Reports to decide")),
    ("safety.accident", Text("製品の事故：次の段階に進む", "Accidents to deal with")),
    ("safety.recall", Text("リコール：対象を確かめて対応する", "Recalls to deal with")),
    ("safety.screening", Text("出品の確認：候補を決める", "Listings that rules found")),
    ("safety.request", Text("行政機関の要請：確かめて回答する", "Authorities' requests to answer")),
    ("complaints.consultation", Text("消費生活センターの相談員：回答する", "Counsellors to answer")),
    ("disclosure.request", Text("開示請求：進める", "Requests for a seller's information")),
)
"""What matters of other rooms ask for, by their kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedsWaiting:
    """How many payouts of sellers wait, how many yen, and how many for how long at the longest."""

    count: int
    waits: int
    oldest: Text | None
    so_old: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """One part of the open cases: how many they are, where all are listed, and the first of them."""

    code: str
    title: Text
    address: str
    count: int
    rows: tuple[CaseRow, ...]

    @property
    def more(self) -> int:
        """Return how many of them are not shown here."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure, what it counts, and where what it counts is listed."""

    text: Text
    count: int
    address: str
    is_bad: bool = False

    @property
    def count_text(self) -> str:
        """Say how many, to at most a thousand."""
        return f"{COUNTED:,}+" if self.count >= COUNTED else f"{self.count:,}"


@open_to(Role.LEAD, Role.COUNSEL)
def today(request: Visit) -> HttpResponse:
    """Show the day: no case stands in two of its parts."""
    people, home, at = staff(request.received_at), reverse("desk:queue"), request.received_at
    board, late = contact.board(at), _late(home, at)
    due = cases.view(Ask(view=View.SOON).wish("", at), limit=COUNTED).cases
    counted = [*_asked(home), *_of_kinds(home, cases.waiting()), *_watched(board), *_owed(), *_broken(board)]
    shown = {
        "parts": _parts(people, home, at, late=sum(tile.count for tile in late), due=due),
        "late": late,
        "missing": queue.is_missing(at),
        "off": terms.off(at).items(),
        "yours": [tile for tile in (*_left(request, people), _looks(board)) if tile.count],
        "tiles": [tile for tile in counted if tile.count],
        "zeros": [tile for tile in counted if not tile.count],
        "by_person": _by_person(people, home),
        "hours": _hours(due),
        "money": _money(at),
    }
    return keep_place(render(request, "desk/today.html", shown), TODAY)


def _parts(
    people: Staff, home: str, at: datetime, *, late: int, due: Sequence[CaseFact]
) -> tuple[DayPart, ...]:
    """Part the open cases into what burns, what is late, what falls due soon, and the oldest of the rest."""
    burns = Wish(is_urgent=True)
    burning = cases.view(burns, limit=MOST_BURNING)
    burning_count = cases.count(burns) if burning.after else len(burning.cases)
    over = cases.view(Ask(view=View.CALM).wish("", at), limit=NEXT).cases
    rest = cases.oldest(OLDEST, due_after=soon(at))
    found = (
        ("burning", Text("危険", "Dangers"), home, burning_count, burning.cases),
        ("late", Text("期限切れ", "Overdue"), f"{home}?view={View.CALM}", late, over),
        ("soon", SOON, f"{home}?view={View.SOON}", len(due), due[:NEXT]),
        (
            "rest",
            Text("そのほかで、いちばん長く開いているもの", "Of all others, open the longest"),
            home,
            len(rest),
            rest,
        ),
    )
    said = iter(rows([case for *_, listed in found for case in listed], people, at=at))
    return tuple(
        DayPart(code=code, title=title, address=address, count=count, rows=tuple(islice(said, len(listed))))
        for code, title, address, count, listed in found
    )


def _asked(home: str) -> Iterator[Tile]:
    """Yield what a case asks for by name."""
    asked = cases.asked_for([code for code, _ in FLAGS])
    for code, text in FLAGS:
        yield Tile(text, asked.get(code, 0), f"{home}?view=flagged&attention={code}")


def _late(home: str, at: datetime) -> list[Tile]:
    """Return what is late and does not burn by what was promised, the most first: each late case is in one of these."""
    found = [
        Tile(clock_named(kind), count, f"{home}?{urlencode({'view': View.CALM, 'due': kind})}")
        for kind, count in cases.late(at).items()
    ]
    return sorted(found, key=lambda tile: -tile.count)


def _owed() -> Iterator[Tile]:
    """Yield what the centre owes."""
    owed = contact.owed()
    for text, count, page in (
        (Text("担当者のいない仲介", "Mediations unassigned"), owed.mediations, "mediations"),
        (Text("架電", "Calls owed"), owed.calls, "calls"),
        (Text("確認のない返金", "Refunds unconfirmed"), owed.refunds, "refunds"),
    ):
        yield Tile(text, count, reverse("contact_staff:list", args=(page,)))


def _left(request: Visit, people: Staff) -> Iterator[Tile]:
    """Yield what nobody has any more, what waits for the reader's word, and what did not arrive."""
    orphaned = sum(count for _, count in queue.left_by(people))
    text = Text("担当者がいなくなった案件", "Cases of those who left")
    yield Tile(text, orphaned, f"{reverse('desk:people')}#left", is_bad=True)
    if number := enforcement.policy_waiting(request.presence.subject):
        approve = Text("あなたの承認を待つ基準の改定", "Change of policy for you to approve")
        yield Tile(approve, 1, reverse("enforcement_policy:one", args=(number,)))
    if request.presence.role is Role.LEAD:  # the page behind it is a lead's
        stuck = outbox.count_stuck() + len(post.stuck())
        yield Tile(Text("届かない通知・連携", "Deliveries stuck"), stuck, reverse("desk:outbox"), is_bad=True)


def _of_kinds(home: str, counted: Mapping[str, int]) -> list[Tile]:
    """Return how many matters of other rooms ask for somebody."""
    return [Tile(text, counted.get(kind, 0), f"{home}?view=flagged&kind={kind}") for kind, text in KINDS]


def _money(at: datetime) -> ProceedsWaiting:
    """Return how much of sellers' money waits, and how much of it for longest."""
    bands = payouts.waiting_by_age(at=at)
    oldest = next((band for band in reversed(bands) if band.count), None)
    return ProceedsWaiting(
        count=sum(band.count for band in bands),
        waits=sum(band.waits for band in bands),
        oldest=ages(oldest) if oldest else None,
        so_old=oldest.count if oldest else 0,
    )


def _hours(due: Sequence[CaseFact]) -> Drawing | None:
    """Draw how much falls due in each of the next hours, from this one on; None where nothing does."""
    counted = Counter(hour_of(case.next_due_at) for case in due if case.next_due_at)
    found = [
        Bar(name=spoken(hour), value=count, said=Text(f"{count}件", f"{count}"))
        for hour, count in sorted(counted.items())
    ]
    return (
        bars("hours-drawn", SOON, (Text("何時から", "From"), Text("件数", "Cases")), found) if found else None
    )


def _by_person(people: Staff, home: str) -> list[tuple[AccountFact, Tile, int]]:
    """Return how many open cases each person has, and how many of them are over their due moment, who has most first."""
    found = []
    for account in people.active[:PEOPLE]:
        load = people.loads.get(account.who, NO_LOAD)
        tile = Tile(Text(account.name, account.name), load.open, f"{home}?assignee={account.who}")
        found.append((account, tile, load.late))
    return sorted(found, key=lambda one: -one[1].count)


def _watched(board: Board) -> Iterator[Tile]:
    """Yield what is about to be missed."""
    due, within = (
        reverse("contact_staff:list", args=("due",)),
        Text("{what}：{hours}時間以内に期限", "{what} due within {hours} h"),
    )
    for one in board.coming:
        yield Tile(
            within.fill(what=contact.AWAITED[one.awaited], hours=one.within),
            one.count,
            f"{due}?awaited={one.awaited}&within={one.within}",
        )


def _looks(board: Board) -> Tile:
    """Return the looks in an emergency that wait for a second person."""
    text = Text("緊急時の閲覧：事後の確認待ち", "Emergency looks to confirm")
    return Tile(text, board.looks, reverse("contact_staff:list", args=("looks",)))


def _broken(board: Board) -> list[Tile]:
    """Return the lists of promises and agreements that were broken, one by one: their cases are among those that are late."""
    return [
        Tile(
            Text("守られていない約束", "Promises broken"),
            board.broken,
            reverse("contact_staff:list", args=("promises",)),
        ),
        Tile(
            Text("守られていない合意", "Agreements not kept"),
            board.agreements,
            reverse("contact_staff:list", args=("agreements",)),
        ),
    ]
