"""Cases whose assignee may no longer work: a lead sees them by person, and hands them over together."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk import forms
from mamori.doors.desk.people import Staff, staff
from mamori.doors.desk.views.queue import rows
from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import actions
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.people.facts import AccountFact
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told

AT_ONCE = 50
"""How many cases one press hands over; the rest stay on the list."""


@dataclass(frozen=True, slots=True)
class Left:
    """How many open cases somebody left, to at most a thousand."""

    count: int


def left_by(people: Staff) -> list[tuple[AccountFact, Left]]:
    """Return who may no longer work and still has open cases."""
    gone = [account for account in people.accounts if not account.is_active]
    counted = cases.loads([account.who for account in gone], at=people.at)
    return [(account, Left(counted[account.who].open)) for account in gone if account.who in counted]


@open_to(Role.LEAD, Role.COUNSEL)
def orphans(request: Visit) -> HttpResponse:
    """Show whose cases wait for a new hand, and hand one person's over together."""
    people = staff(request.received_at)
    form = forms.OrphansForm(
        request.POST if request.method == "POST" else None,
        gone=[account for account, _ in left_by(people)],
        people=people.active,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _hand_over(request, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
            else:
                return HttpResponseRedirect(f"{reverse('desk:orphans')}?done=1")
    left = [
        (account, tile, rows(_cases_of(account.who), people, at=request.received_at))
        for account, tile in left_by(people)
    ]
    shown = {"left": left, "form": form, "done": "done" in request.GET}
    return render(request, "desk/orphans.html", shown, status=status)


def _cases_of(who: str) -> tuple[cases.CaseFact, ...]:
    return cases.view(Wish(assignee=who), limit=AT_ONCE).cases


def _hand_over(request: Visit, whose: str, to: str, reason: str) -> None:
    """Hand each case over in a transaction of its own: the mediation of each follows."""
    for case in _cases_of(whose):
        actions.hand_over(hand_of(request), about=case.about, to=to, reason=reason)
