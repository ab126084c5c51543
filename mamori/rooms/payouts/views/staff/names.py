"""Names in doubt: the list, and one after the other side by side with the registered name, decided by a key and Enter."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import STAFF
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit
from mamori.rooms.payouts.access import DECIDERS
from mamori.rooms.payouts.decisions import COMPARE
from mamori.rooms.payouts.lists import NAMES
from mamori.rooms.payouts.queries import names
from mamori.rooms.payouts.queries.names import NameShown
from mamori.rooms.payouts.records import about
from mamori.rooms.payouts.refusals import NoSuchAccount
from mamori.rooms.payouts.staffforms import NameForm
from mamori.rooms.payouts.views.staff.panel import name_seen, of_account


@open_to(*NAMES.roles)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show the names that a person has to look at, the oldest first."""
    more = {"first": names.following(None), "is_head": request.presence.role in DECIDERS}
    return show(request, NAMES, template="payouts/staff/names.html", more=more)


@open_to(*STAFF)
def one(request: Visit, account: int, case_page: str) -> HttpResponse:
    """Show two names side by side, take what somebody found, and go on to the next name; after the last one, to the list."""
    row = names.account_row(account)
    name = names.name_of(row, at=request.received_at)
    return decide(
        request,
        COMPARE,
        name,
        again=lambda: names.name_of(names.account_row(account), at=request.received_at),
        key=account,
        back=_after(name),
        template="payouts/staff/name.html",
        beside=partial(of_account, case_page=case_page),
        form=NameForm,
        initial=name_seen,
        refused=(NoSuchAccount,),
        flash=True,
        about=about(row),
    )


def _after(name: NameShown) -> str:
    if name.following is None:
        return reverse("payouts_staff:names")
    return reverse("payouts_staff:name", args=(name.following,))
