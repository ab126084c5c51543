"""A seller's page of its money: why it waits, what to do about it, until when, and what was paid lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text, yen
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.access import open_to
from mamori.ground.web.problems import NotForYou
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.ground.web.wording import localized
from mamori.rooms.payouts import facts
from mamori.rooms.payouts.accounts import actions as accounts, views as account_views
from mamori.rooms.payouts.accounts.queries import OwnAccount, Proving, newest, own_account, own_accounts
from mamori.rooms.payouts.facts import Code, WaitingFact
from mamori.rooms.payouts.holds import actions as holds
from mamori.rooms.payouts.lifecycle import AccountState, PayoutState
from mamori.rooms.payouts.matters import ObjectionFact, objections_of
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.refusals import AlreadyObjected, NoSuchAccount, NothingWaits
from mamori.rooms.payouts.situations import PayoutFact, facts_of

LATELY = 20
MOST = 50
_ENTER = Text("口座を入力する", "Enter an account")
_LINKS = {
    Code.NO_ACCOUNT: ("payouts_seller:account", _ENTER),
    Code.NAME_MISMATCH: ("payouts_seller:account", _ENTER),
    Code.ACCOUNT_BOUNCED: ("payouts_seller:account", _ENTER),
    Code.CLAIMS: ("contact_seller:inbox", Text("受信箱を開く", "Open the inbox")),
    Code.MEASURE: ("enforcement_seller:record", Text("措置のページを開く", "Open the page of measures")),
}
"""Where something can be done about a reason; what is done at the marketplace has no address here."""
_HERE = {
    Code.ACCOUNT_COOLING: Text("新しい口座を見る", "See the new account"),
    Code.ACCOUNT_UNPROVEN: Text("口座の確かめ方を見る", "See how the account is proven"),
}
_WAITS = frozenset({Code.NAME_DOUBT, Code.ACCOUNT_COOLING, Code.MEASURE})
"""Reasons about which the seller need not do anything for the money to move on."""
_PROVING = Text(
    "今は、お手続きはいりません。試しの振込が届くか、銀行での確かめが済むまでお待ちください。",
    "There is nothing to do now. Please wait until the few yen of the test have come, or until the bank has answered.",
)
_STATES = {PayoutState.RELEASED: Text("支払いの手続き中", "on its way")}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldWhy:
    """A reason, once for all the money that it holds: where something is done about it, and the matters it comes from."""

    code: Code
    todo: Text
    path: str
    link: Text | None
    is_owed: bool
    is_of_account: bool
    matters: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A payout that waits; `due_at` is when somebody looks at it or decides, `appeals` where a measure holds it."""

    fact: WaitingFact
    payout: PayoutFact
    due_at: datetime | None
    is_held: bool
    is_counsels: bool
    appeals: bool
    objections: tuple[ObjectionFact, ...] = ()

    @property
    def is_cooling(self) -> bool:
        """Say whether it waits for a new account to be used."""
        return any(reason.code is Code.ACCOUNT_COOLING for reason in self.payout.reasons)

    @property
    def may_object(self) -> bool:
        """Say whether the seller can object: not while it waits for an answer already."""
        return all(one.answered_at is not None for one in self.objections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The page."""

    waits: Text | None
    whys: tuple[HeldWhy, ...]
    waiting: tuple[Waiting, ...]
    past: tuple[tuple[PayoutFact, Text], ...]
    accounts: tuple[OwnAccount, ...]

    @property
    def is_owed(self) -> bool:
        """Say whether the seller has something to do."""
        return any(why.is_owed for why in self.whys)

    @property
    def appeals(self) -> str:
        """Return where the seller can appeal, where a measure holds money."""
        return reverse("enforcement_seller:record") if any(one.appeals for one in self.waiting) else ""

    @property
    def case(self) -> str:
        """Return the number to read out to the customer centre, where there is one."""
        return next((one.fact.case for one in self.waiting if one.fact.case), "")

    @property
    def in_use(self) -> OwnAccount | None:
        """Return the account in use."""
        return next((one for one in self.accounts if not one.is_cooling), None)

    @property
    def cooling(self) -> OwnAccount | None:
        """Return the account that is to replace it."""
        return next((one for one in self.accounts if one.is_cooling), None)


def money_of(seller_ref: str, *, at: datetime) -> Money:
    """Return what a seller sees of its money."""
    found = facts.waiting_of(seller_ref, at=at, limit=MOST)
    total = sum(one.payout.waits for one in found)
    accounts = tuple(own_accounts(seller_ref))
    is_asked = any(one.test is Proving.ASKS for one in accounts)
    return Money(
        waits=yen(total) if found else None,
        whys=_whys([one.payout for one in found], is_asked=is_asked),
        waiting=tuple(_waiting(one) for one in found),
        past=_past(seller_ref),
        accounts=accounts,
    )


def _whys(payouts: Iterable[PayoutFact], *, is_asked: bool) -> tuple[HeldWhy, ...]:
    """Return every reason once, those first about which the seller has to do something."""
    held: dict[Code, dict[str, int]] = {}
    for payout in payouts:
        for reason in payout.reasons:
            held.setdefault(reason.code, {})[reason.ref] = reason.amount
    troubles = [ref for ref in held.get(Code.CLAIMS, ()) if ref]
    numbers = cases.numbers_of(troubles)
    whys = [_why(code, refs, numbers, is_asked=is_asked) for code, refs in held.items()]
    return tuple(sorted(whys, key=lambda why: not why.is_owed))


def _why(code: Code, refs: dict[str, int], numbers: dict[str, str], *, is_asked: bool) -> HeldWhy:
    is_proving = code is Code.ACCOUNT_UNPROVEN and not is_asked
    name, link = _LINKS.get(code, ("", None))
    return HeldWhy(
        code=code,
        todo=_PROVING if is_proving else code.words.todo,
        path=reverse(name) if name else "#accounts" if code in _HERE else "",
        link=link or _HERE.get(code),
        is_owed=code not in _WAITS and not is_proving,
        is_of_account=name == "payouts_seller:account",
        matters=tuple((numbers[ref], yen(amount)) for ref, amount in refs.items() if ref in numbers),
    )


def _waiting(found: WaitingFact) -> Waiting:
    payout = found.payout
    is_counsels = payout.state is PayoutState.COUNSEL
    due_at = clocks.next_due(f"payouts.payout:{payout.ref}") if is_counsels else payout.review_at
    return Waiting(
        fact=found,
        payout=payout,
        due_at=due_at,
        is_held=payout.state is PayoutState.HELD,
        is_counsels=is_counsels,
        appeals=any(reason.code is Code.MEASURE for reason in payout.reasons),
        objections=objections_of(Payout.objects.get(ref=payout.ref)),
    )


def _past(seller_ref: str) -> tuple[tuple[PayoutFact, Text], ...]:
    """Return the newest payouts of which nothing waits any more, each with how it stands."""
    rows = list(Payout.objects.filter(payee=seller_ref, waiting_since__isnull=True).order_by("-id")[:LATELY])
    known = facts_of(rows)
    past = (known[row.ref] for row in rows)
    return tuple((one, _STATES.get(one.state, one.state_text)) for one in past)


# What a seller sees of its money and of the account it goes to, the stop of an account, and the yen of a test.


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
    """Show why money waits, what to do and by when, the account, and what was paid lately; asked for one of them, that."""
    actor = actor_of(request)
    for name, view in DUTIES.items():
        if asked := request.GET.get(name, ""):
            return view(request, actor, asked)
    shown = {
        "page": money_of(_ref(actor), at=actor.at),
        "may_change": actor.role is Role.SELLER,
        "done": _done(actor, request.GET.get("done", "")),
        "form": account_views.YenForm(),
    }
    return render(request, "payouts/seller/overview.html", shown)


def _stop(request: Visit, actor: Actor, asked: str) -> HttpResponse:
    """Ask whether an account is to be stopped, and stop it; one that is over already is not stopped twice."""
    found = _own(actor, asked)
    if found.row.state in OPEN and request.method != "POST":
        return render(request, "payouts/seller/stop.html", {"one": found})
    if found.row.state in OPEN:
        accounts.stop_account(actor, account=found.row.pk)
    return _back("stopped")


def _test(request: Visit, actor: Actor, asked: str) -> HttpResponse:
    """Take how many yen of a test came; the same answer sent twice is one try."""
    found = _own(actor, asked)
    if found.test is Proving.DONE:
        return _back("proved")
    form, status = account_views.YenForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                accounts.prove_by_test(actor, account=found.row.pk, yen=int(given["yen"]), seen=given["seen"])
            except NoSuchAccount:
                raise
            except Refusal as refusal:
                form.add_error("yen", localized(refusal.sentence))
                status, found = refusal.status, _own(actor, asked)
            else:
                return _back("proved")
    shown = {"one": found, "form": form}
    return render(request, "payouts/seller/test.html", shown, status=status)


def _objecting(request: Visit, actor: Actor, asked: str) -> HttpResponse:
    """Take in what a seller says against money that waits; what was said already is not said twice."""
    found = facts.payout(actor, asked)
    form, status = account_views.ObjectionForm(), 200
    if request.method == "POST":
        form, status = account_views.ObjectionForm(request.POST), 422
        if form.is_valid():
            try:
                holds.object_to_hold(actor, payout=asked, said=form.cleaned_data["said"])
            except (NothingWaits, AlreadyObjected):
                return _back("objected")
            except Refusal as refusal:
                form.add_error("said", localized(refusal.sentence))
                status = refusal.status
            else:
                return _back("objected")
    elif not found.waits:
        return _back("objected")
    return render(request, "payouts/seller/object.html", {"one": found, "form": form}, status=status)


DUTIES = {"stop": _stop, "test": _test, "object": _objecting}
"""What is done on the page, by the word of the address that names of which account or payout."""


def _ref(actor: Actor) -> str:
    return actor.whose.removeprefix("seller:")


def _own(actor: Actor, asked: str) -> OwnAccount:
    """Return an account of the seller's own, for the seller alone."""
    if actor.role is not Role.SELLER:
        raise NotForYou
    found = own_account(_ref(actor), number_in(asked) or 0)
    if found is None:
        raise NoSuchAccount
    return found


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('payouts_seller:overview')}?done={done}")


def _done(actor: Actor, claimed: str) -> Done | None:
    """Return what the address claims, where the newest act of this actor says the same."""
    kind, text = DONE.get(claimed, ("", None))
    act = ledger.last_of(actor, *newest(_ref(actor))) if text else None
    return Done(text, act.address, claimed == "set") if text and act and act.kind == kind else None
