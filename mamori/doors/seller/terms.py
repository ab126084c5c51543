"""The page that says which terms bind a seller, since when and by what, and where it accepts the newest version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.businesstime import day_text
from mamori.grammar.hand import SELLERS, Role
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import actions, facts
from mamori.ground.terms.facts import Acceptance, Binding, By, Version
from mamori.ground.web.access import open_to
from mamori.ground.web.parts import Tone
from mamori.ground.web.signs import Visit, hand_of
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import BY_CODE, CLAUSES

ACCEPTED = Text(
    "同意を記録しました。下の「受領証」で、いつ何に同意したかを確かめられます。",
    "Your acceptance is recorded. The receipts below prove what you accepted and when.",
)
NONE = Text(
    "同意していないため、あなたに適用されていません。", "You have not accepted it, and it does not bind you."
)
BINDS = {
    By.ACCEPTANCE: Text(
        "第{version}版が、あなたの同意により{since}から適用されています。",
        "Version {version} binds you since {since}, as you accepted it.",
    ),
    By.ANNOUNCEMENT: Text(
        "第{version}版が、変更のお知らせにより{since}から適用されています。",
        "Version {version} binds you since {since}, by the notice of the change.",
    ),
}
COMES = Text("第{version}版は{day}からです。", "Version {version} begins on {day}.")
MONEY = Text(
    "お金についての条項です。新しい版は、同意するまで適用されません。",
    "This clause is about money. A new version does not bind you until you accept it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clause as it stands for the seller: the newest version, what binds, and what was accepted when with its receipt."""

    newest: Version
    bound: Binding | None
    state: Text
    comes: Text | None
    money: Text | None
    may_accept: bool
    accepted: tuple[tuple[Acceptance, str], ...]
    receipt: str

    @property
    def badge(self) -> tuple[Text, Tone]:
        """Return in a word how it stands."""
        if not self.may_accept:
            return Text("同意済み", "accepted"), Tone.GOOD
        return (
            (Text("新しい版", "new version"), Tone.WARN)
            if self.accepted
            else (
                Text("未同意", "not accepted"),
                Tone.WARN,
            )
        )

    @property
    def former(self) -> Binding | None:
        """Return what binds as long as it is not the newest version."""
        return self.bound if self.bound and self.bound.version != self.newest.version else None


@open_to(*SELLERS)
def terms(request: Visit) -> HttpResponse:
    """Show what binds the shop, and take the acceptance of what was shown."""
    hand = hand_of(request)
    if request.method == "POST":
        for chosen in request.POST.getlist("accept"):
            code, _, version = chosen.partition(":")
            actions.agree(hand, clause=code, version=int(version) if version.isdecimal() else 0)
        return HttpResponseRedirect(f"{request.path}?done=accepted")
    found = tuple(rows(hand.whose.removeprefix("seller:"), request.received_at))
    shown = {
        "rows": found,
        "open": [one for one in found if one.may_accept],
        "may_accept": request.presence.role is Role.SELLER,
        "done": ACCEPTED if request.GET.get("done") == "accepted" else None,
    }
    return render(request, "seller/terms.html", shown)


def rows(ref: str, at: datetime) -> Iterator[Row]:
    """Say how each published clause stands for the seller, in the order of the clauses."""
    newest = {one.clause: one for one in facts.versions()}
    bound = facts.bindings(ref, newest, at)
    accepted: dict[str, list[Acceptance]] = {}
    for one in facts.acceptances(ref):
        accepted.setdefault(one.clause, []).append(one)
    acts = [one.act for many in accepted.values() for one in many] + [one.act for one in bound.values()]
    receipts = ledger.addresses_of([act for act in acts if act is not None])
    for clause in CLAUSES:
        if clause.code in newest:
            yield _row(
                newest[clause.code], bound.get(clause.code), accepted.get(clause.code, []), receipts, at
            )


def _row(
    newest: Version, bound: Binding | None, accepted: list[Acceptance], receipts: dict[int, str], at: datetime
) -> Row:
    state = NONE
    if bound is not None:
        since = day_text(bound.since.astimezone(JAPAN).date())
        state = BINDS[bound.by].fill(version=bound.version, since=since)
    is_coming = newest.binds_on > at.astimezone(JAPAN).date()
    return Row(
        newest=newest,
        bound=bound,
        state=state,
        comes=COMES.fill(version=newest.version, day=day_text(newest.binds_on)) if is_coming else None,
        money=MONEY if BY_CODE[newest.clause].money else None,
        may_accept=all(one.version != newest.version for one in accepted),
        accepted=tuple((one, receipts.get(one.act or 0, "")) for one in accepted),
        receipt=receipts.get(bound.act or 0, "") if bound else "",
    )
