"""Today, a lead's board: what is overdue or about to be, what waits, what is oldest, and how much each person has."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk.people import Staff, staff
from mamori.doors.desk.views import orphans
from mamori.doors.desk.views.queue import rows
from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.facts import AccountFact
from mamori.ground.post import facts as post
from mamori.ground.web.access import open_to
from mamori.ground.web.paging import COUNTED
from mamori.ground.web.signs import Visit
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import Board
from mamori.rooms.enforcement import facts as enforcement

NEXT = 10
OLDEST = 10
PEOPLE = 50
FLAGS = (
    ("danger", Text("危険：購入者に未確認", "Dangers: buyer not reached"), True),
    ("answer-missed", Text("回答が期限までにない", "Answers overdue"), True),
    ("resolution-missed", Text("期限までに解決していない", "Solutions overdue"), True),
    ("decide-remedy", Text("返金の判断待ち", "Refunds to decide"), False),
    ("decide-recovery", Text("回収の判断待ち", "Recoveries to decide"), False),
    ("formal-unanswered", Text("返品や取消しの通知に返事がない", "Formal notices unanswered"), True),
    ("unreachable", Text("出品者に連絡できない", "Sellers not reached"), False),
)


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
    """Show the day."""
    people, home = staff(request.received_at), reverse("desk:queue")
    flagged = [
        Tile(text, cases.count(Wish(attention=code)), f"{home}?view=flagged&attention={code}", is_bad)
        for code, text, is_bad in FLAGS
    ]
    owed, at = contact.owed(), request.received_at
    others = [
        *_watched(contact.board(at)),
        Tile(
            Text("担当者のいない仲介", "Mediations unassigned"),
            owed.mediations,
            reverse("contact_staff:mediations"),
        ),
        Tile(Text("架電", "Calls owed"), owed.calls, reverse("contact_staff:calls")),
        Tile(Text("確認のない返金", "Refunds unconfirmed"), owed.refunds, reverse("contact_staff:refunds")),
    ]
    orphaned = sum(tile.count for _, tile in orphans.left_by(people))
    others.append(
        Tile(
            Text("担当者がいなくなった案件", "Cases of those who left"),
            orphaned,
            reverse("desk:orphans"),
            orphaned > 0,
        )
    )
    if enforcement.policy_waiting(request.presence.subject):
        approve = Text("あなたの承認を待つ基準の改定", "Change of policy for you to approve")
        others.append(Tile(approve, 1, reverse("enforcement_policy:proposal")))
    if request.presence.role is Role.LEAD:  # the page behind it is a lead's
        stuck = len(outbox.stuck()) + len(post.stuck())
        others.append(
            Tile(Text("届かない通知・連携", "Deliveries stuck"), stuck, reverse("desk:outbox"), stuck > 0)
        )
    soon, calendar = cases.view(Wish(), limit=NEXT), clocks.calendar()
    shown = {
        "tiles": flagged + others,
        "by_person": _by_person(people, home),
        "rows": rows(soon.cases, people, at=at, calendar=calendar),
        "oldest": rows(cases.oldest(OLDEST), people, at=at, calendar=calendar),
    }
    return render(request, "desk/today.html", shown)


def _by_person(people: Staff, home: str) -> list[tuple[AccountFact, Tile]]:
    """Return how many open cases each person has, in one look."""
    active = people.active[:PEOPLE]
    counted = cases.count_of([account.who for account in active])
    return [
        (
            account,
            Tile(
                Text(account.name, account.name),
                counted.get(account.who, 0),
                f"{home}?assignee={account.who}",
            ),
        )
        for account in active
    ]


def _watched(board: Board) -> list[Tile]:
    """Return what is about to be missed, promises and agreements that were broken, and looks that wait."""
    due, soon = (
        reverse("contact_staff:due"),
        Text("{what}：{hours}時間以内に期限", "{what} due within {hours} h"),
    )
    return [
        *(
            Tile(
                soon.fill(what=contact.AWAITED[one.awaited], hours=one.within),
                one.count,
                f"{due}?awaited={one.awaited}&within={one.within}",
            )
            for one in board.coming
        ),
        Tile(
            Text("守られていない約束", "Promises broken"),
            board.broken,
            reverse("contact_staff:promises"),
            is_bad=True,
        ),
        Tile(
            Text("守られていない合意", "Agreements not kept"),
            board.agreements,
            reverse("contact_staff:agreements"),
            is_bad=True,
        ),
        Tile(
            Text("緊急の閲覧の確認待ち", "Emergency looks to confirm"),
            board.looks,
            reverse("contact_staff:looks"),
        ),
    ]
