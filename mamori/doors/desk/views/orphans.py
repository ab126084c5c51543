"""Cases of those who left, by person: what nobody sees to any more, for a lead or counsel to hand on from the queue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk.people import Staff, staff
from mamori.doors.desk.views.queue import SIZE, rows
from mamori.grammar.hand import Role
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.people.facts import AccountFact
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit


def left_by(people: Staff) -> list[tuple[AccountFact, int]]:
    """Return who may no longer work and still has open cases, and how many, to at most a thousand."""
    gone = [account for account in people.accounts if not account.is_active]
    return [(one, people.loads[one.who].open) for one in gone if one.who in people.loads]


@open_to(Role.LEAD, Role.COUNSEL)
def orphans(request: Visit) -> HttpResponse:
    """Show whose cases wait for a new hand, each person's with the way to where they are handed over together."""
    people, home = staff(request.received_at), reverse("desk:queue")
    left = [
        (
            account,
            count,
            f"{home}?assignee={account.who}",
            rows(cases.view(Wish(assignee=account.who), limit=SIZE).cases, people, at=request.received_at),
        )
        for account, count in left_by(people)
    ]
    return render(request, "desk/orphans.html", {"left": left})
