"""What a seller sees of its money and of the account it goes to, the stop of an account, and the yen of a test."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.payouts import actions, facts, forms
from mamori.rooms.payouts.lifecycle import AccountState
from mamori.rooms.payouts.queries.account import AccountShown, Proving, account_of, newest
from mamori.rooms.payouts.queries.seller import money_of
from mamori.rooms.payouts.refusals import AlreadyObjected, NoSuchAccount, NothingWaits

OPEN = (AccountState.IN_USE, AccountState.COOLING)
DONE = {
    "set": ("payouts.set_account", Text("口座を受け付けました。", "We have the account.")),
    "stopped": (
        "payouts.stop_account",
        Text(
            "口座を止めました。お心当たりのない変更だったときは、相談窓口にもお知らせください。",
            "The account is stopped. If somebody else had asked for it, please tell the customer centre, too.",
        ),
    ),
    "objected": (
        "payouts.object",
        Text(
            "異議の申出を受け付けました。保留を決めた人とは別の責任者が読み、このページでお答えします。",
            "Your objection was received. Somebody who did not decide on the hold reads it and answers on this page.",
        ),
    ),
    "proved": (
        "payouts.prove_account",
        Text("金額が合いました。口座の確かめは終わりです。", "That is right. The account is proven."),
    ),
}


@dataclass(frozen=True, slots=True)
class Done:
    """What the seller has just done, by the record, with its receipt."""

    text: Text
    receipt: str
    is_set: bool


@open_to(*SELLERS)
def overview(request: Visit) -> HttpResponse:
    """Show why money waits, what to do and by when, the account, and what was paid lately."""
    hand = hand_of(request)
    page = money_of(_ref(hand), at=hand.at)
    shown = {
        "page": page,
        "may_change": hand.role is Role.SELLER,
        "done": _done(hand, request.GET.get("done", "")),
        "form": forms.YenForm(),
    }
    return render(request, "payouts/seller/overview.html", shown)


@open_to(Role.SELLER)
def stop(request: Visit, account: int) -> HttpResponse:
    """Ask whether an account is to be stopped, and stop it; one that is over already is not stopped twice."""
    hand = hand_of(request)
    found = _own(hand, account)
    if found.state not in OPEN:
        return _back("stopped")
    if request.method == "POST":
        actions.stop_account(hand, account=account)
        return _back("stopped")
    return render(request, "payouts/seller/stop.html", {"one": found})


@open_to(Role.SELLER)
def test(request: Visit, account: int) -> HttpResponse:
    """Take how many yen of a test came; the same answer sent twice is one try."""
    hand = hand_of(request)
    found = _own(hand, account)
    if found.test is Proving.DONE:
        return _back("proved")
    form, status = forms.YenForm(initial={"seen": found.tries}), 200
    if request.method == "POST":
        form, status = forms.YenForm(request.POST), 422
        if form.is_valid():
            try:
                actions.prove_by_test(
                    hand, account=account, yen=int(form.cleaned_data["yen"]), seen=form.cleaned_data["seen"]
                )
            except NoSuchAccount:
                raise
            except Refusal as refusal:
                form.add_error("yen", told(refusal.sentence))
                status = refusal.status
                found = _own(hand, account)
            else:
                return _back("proved")
    shown = {"one": found, "form": form}
    return render(request, "payouts/seller/test.html", shown, status=status)


@open_to(*SELLERS)
def objecting(request: Visit, ref: str) -> HttpResponse:
    """Take in what a seller says against money that waits; what was said already is not said twice."""
    hand = hand_of(request)
    found = facts.payout(hand, ref)
    form, status = forms.ObjectionForm(), 200
    if request.method == "POST":
        form, status = forms.ObjectionForm(request.POST), 422
        if form.is_valid():
            try:
                actions.object_to_hold(hand, payout=ref, said=form.cleaned_data["said"])
            except (NothingWaits, AlreadyObjected):
                return _back("objected")
            except Refusal as refusal:
                form.add_error("said", told(refusal.sentence))
                status = refusal.status
            else:
                return _back("objected")
    elif not found.waits:
        return _back("objected")
    return render(request, "payouts/seller/object.html", {"one": found, "form": form}, status=status)


def _ref(hand: Hand) -> str:
    return hand.whose.removeprefix("seller:")


def _own(hand: Hand, account: int) -> AccountShown:
    found = account_of(_ref(hand), account)
    if found is None:
        raise NoSuchAccount
    return found


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('payouts_seller:overview')}?done={done}")


def _done(hand: Hand, claimed: str) -> Done | None:
    """Return what the address claims, where the newest act of this hand says the same."""
    if claimed not in DONE:
        return None
    kind, text = DONE[claimed]
    act = ledger.last_of(hand, *newest(_ref(hand)))
    if act is None or act.kind != kind:
        return None
    return Done(text, act.address, claimed == "set")
