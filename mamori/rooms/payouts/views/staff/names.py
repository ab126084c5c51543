"""Names in doubt: the list, and one after the other side by side with the registered name, decided by a key and Enter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import STAFF
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.access import DECIDERS
from mamori.rooms.payouts.lists import NAMES
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.queries import names
from mamori.rooms.payouts.refusals import NoSuchAccount
from mamori.rooms.payouts.staffforms import NameForm

SAME = Text("「同じ名義」と記録しました。", "Recorded as the same holder.")
OTHER = Text(
    "「別の名義」と記録し、出品者に別の口座をお願いしました。",
    "Recorded as another holder, and the seller was asked for another account.",
)
NONE_LEFT = Text("見比べる名義は、もうありません。", "No name waits any more.")


@open_to(*NAMES.roles)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show the names that a person has to look at, the oldest first."""
    more = {"first": names.following(None), "is_head": request.presence.role in DECIDERS}
    return show(request, NAMES, template="payouts/staff/names.html", more=more)


@open_to(*STAFF)
def one(request: Visit, account: int, case_page: str) -> HttpResponse:
    """Show two names side by side, take what somebody found, and go on to the next name.

    :raises NoSuchAccount: when there is none.
    """
    row = names.account_row(account)
    if request.method != "POST":
        return _show(request, row, NameForm(initial={"seen": row.identity_version}), case_page)
    following = names.following(row)
    form, status = NameForm(request.POST), 422
    if form.is_valid():
        try:
            _decide(request, row, form)
        except NoSuchAccount:
            raise
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            row, status = names.account_row(account), refusal.status
        else:
            return _onward(request, following)
    return _show(request, row, form, case_page, status=status)


def _decide(request: Visit, row: Account, form: NameForm) -> None:
    found, seen = form.cleaned_data["found"], form.cleaned_data["seen"]
    act = actions.accept_name if found.is_same else actions.refuse_name
    act(hand_of(request), account=row.pk, reason=form.reason, seen=seen)
    messages.success(request, told(SAME if found.is_same else OTHER))


def _onward(request: Visit, following: int | None) -> HttpResponse:
    """Go to the next name; when none waits any more, to the list."""
    if following is None:
        messages.success(request, told(NONE_LEFT))
        return HttpResponseRedirect(reverse("payouts_staff:names"))
    return HttpResponseRedirect(reverse("payouts_staff:name", args=(following,)))


def _show(request: Visit, row: Account, form: NameForm, case_page: str, *, status: int = 200) -> HttpResponse:
    name = names.name_of(row, at=request.received_at)
    shown = {
        "name": name,
        "form": form,
        "left": names.left(),
        "next": names.following(row),
        "case": case_page.format(number=name.case) if name.case else "",
    }
    return render(request, "payouts/staff/name.html", shown, status=status)
