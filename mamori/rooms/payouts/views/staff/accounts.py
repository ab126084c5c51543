"""A seller's accounts: masked, with what waits for them; stopped on its word; the whole number once, on the record."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import STAFF
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.identity import facts as identity
from mamori.rooms.payouts import actions, facts
from mamori.rooms.payouts.decisions import STOP
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.queries.accounts import AccountShown, accounts_of, shown
from mamori.rooms.payouts.queries.names import account_row
from mamori.rooms.payouts.refusals import NoSuchAccount


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show where a seller's money goes and what of it waits."""
    waiting = facts.waiting_of(ref, at=request.received_at)
    every = accounts_of(ref)
    context = {
        "ref": ref,
        "shop": market.shop_names([ref]).get(ref, ""),
        "accounts": [one for one in every if one.closed_at is None],
        "former": [one for one in every if one.closed_at is not None],
        "identity": identity.identity(ref, at=request.received_at),
        "waiting": [(one, case_page.format(number=one.case) if one.case else "") for one in waiting],
        "sum": sum(one.payout.waits for one in waiting),
        "latest": facts.latest_of(ref),
    }
    return render(request, "payouts/staff/seller.html", context)


@open_to(*STAFF, step_up=True)
def number(request: Visit, account: int, case_page: str) -> HttpResponse:
    """Ask whether the whole number is needed; show it once to whoever says so, which is recorded.  Nothing keeps the page."""
    found = _account(account_row(account))
    whole = actions.show_number(hand_of(request), account=account) if request.method == "POST" else None
    context = {"account": found, "whole": whole}
    answer = render(request, "payouts/staff/number.html", context)
    add_never_cache_headers(answer)
    return answer


@open_to(*STAFF)
def stop(request: Visit, account: int, case_page: str) -> HttpResponse:
    """Ask whether an account is to be stopped, and stop it once; one that is over is left as it is."""
    found = _account(account_row(account))
    back = reverse("payouts_staff:seller", args=(found.fact.seller_ref,))
    try:
        return decide(
            request,
            STOP,
            found,
            again=lambda: found,
            key=account,
            back=back,
            template="payouts/staff/stop.html",
            flash=True,
            refused=(NoSuchAccount,),
        )
    except NoSuchAccount:
        return HttpResponseRedirect(back)


def _account(row: Account) -> AccountShown:
    [found] = shown([row])
    if not found.fact.masked:
        raise NoSuchAccount
    return found
