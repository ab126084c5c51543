"""Lists beside the queue: those behind the numbers of a lead's board, worklists of staff, cases that stand still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import HEADS, STAFF
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import DayField
from mamori.ground.web.lists import Page
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said, said_text
from mamori.rooms.contact.decisions.matters import HOLD
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries import board
from mamori.rooms.contact.queries.board import AWAITED, WINDOWS, Awaited
from mamori.rooms.contact.queries.standstill import standstills
from mamori.rooms.contact.rules.standstill import CAUSES, Cause
from mamori.rooms.contact.staffforms import ReasonForm
from mamori.rooms.contact.views.staff.cases import Back
from mamori.rooms.display import facts as display


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffList:
    """A list beside the queue: what stands above it, what it shows of what was asked, and which template draws the rows.

    Rows of cases that are watched say under `label` which moment it is; `none` is said where there is no row.
    """

    title: Text
    lead: Text
    shown: Callable[[Visit, str], dict[str, Any]]
    none: Text
    label: Text | None = None
    rows: str = "watched"


def _paged(read: Callable[..., Page[Any]], request: Visit, cursor: str) -> dict[str, Any]:
    return {"page": read(cursor=cursor)}


def _looks(request: Visit, cursor: str) -> dict[str, Any]:
    return {"page": Page(items=board.looks())}


def _due(request: Visit, cursor: str) -> dict[str, Any]:
    """Show what falls due within `?within=8` business hours, `?awaited=answer` or `solution`."""
    given, windows = request.GET.get("awaited", ""), [str(hours) for hours in WINDOWS]
    awaited = Awaited(given) if given in set(Awaited) else Awaited.ANSWER
    within = int(request.GET["within"]) if request.GET.get("within") in windows else WINDOWS[0]
    choices = [
        (AWAITED[one], hours, f"?awaited={one}&within={hours}", (one, hours) == (awaited, within))
        for one in Awaited
        for hours in WINDOWS
    ]
    return {
        "page": board.coming(awaited, within, at=request.received_at, cursor=cursor),
        "choices": choices,
    }


def _calls(request: Visit, cursor: str) -> dict[str, Any]:
    """Show danger first and then what is due soonest; on the first page those for another part of the day, too."""
    at = request.received_at
    shown: dict[str, Any] = {"page": board.calls(at=at, cursor=cursor)}
    return shown if cursor else shown | {"later": board.later(at=at), "proofs": display.calls_owed()}


LISTS = {
    "calls": StaffList(
        title=Text("架電一覧", "Calls"),
        lead=Text(
            "危険のあるものが先、次に期限の近い順です。", "Danger comes first, then what is due soonest."
        ),
        shown=_calls,
        none=Text("架電はありません", "No calls are owed"),
        rows="calls",
    ),
    "due": StaffList(
        title=Text("もうすぐ期限が来るもの", "Due soon"),
        lead=Text(
            "時間は、土日祝と休業日には進みません。期限の近い順です。",
            "The hours stop on Saturdays, Sundays, holidays and closing days. What is due soonest comes first.",
        ),
        shown=_due,
        none=Text("この時間のうちに期限が来るものはありません", "Nothing falls due in this time"),
        label=Text("期限", "due"),
    ),
    "mediations": StaffList(
        title=Text("担当者のいない仲介", "Mediations unassigned"),
        lead=Text("始まった順です。", "The oldest comes first."),
        shown=partial(_paged, board.mediations),
        none=Text("担当者のいない仲介はありません", "Every mediation has somebody"),
        label=Text("始まり", "since"),
    ),
    "promises": StaffList(
        title=Text("守られていない約束", "Broken promises"),
        lead=Text(
            "出品者が電話で約束した時刻までに回答がなく、まだ終わっていない困りごとです。",
            "Troubles that have not ended, in which the seller promised by telephone and did not answer by then.",
        ),
        shown=partial(_paged, board.promises),
        none=Text("守られていない約束はありません", "No promise is broken"),
        label=Text("約束の時刻", "promised for"),
    ),
    "agreements": StaffList(
        title=Text("守られていない合意", "Agreements not kept"),
        lead=Text(
            "双方が合意したことが期限までに済まず、まだ終わっていない困りごとです。",
            "Troubles that have not ended, in which what both sides agreed on was not done in time.",
        ),
        shown=partial(_paged, board.agreements),
        none=Text("守られていない合意はありません", "Every agreement is kept"),
        label=Text("行う期限", "to be done by"),
    ),
    "refunds": StaffList(
        title=Text("通販サイトの確認がない返金", "Refunds that are not confirmed"),
        lead=Text(
            "通販サイトに指示した返金で、まだ確認が届いていないものです。期限が過ぎると、同じ指示をもう一度送り、責任者に知らせます。",
            "The marketplace was told to refund and has not confirmed it. When the time is over the same instruction is given "
            "again, and a lead is told.",
        ),
        shown=partial(_paged, board.unconfirmed),
        none=Text("今はありません", "There are none now"),
        rows="money",
    ),
    "recoveries": StaffList(
        title=Text("出品者への請求", "Recoveries from sellers"),
        lead=Text("始まった順です。", "The oldest comes first."),
        shown=partial(_paged, board.recoveries),
        none=Text("今はありません", "There are none now"),
        rows="money",
    ),
    "looks": StaffList(
        title=Text("緊急時の閲覧の事後の確認", "Emergency looks to be looked at"),
        lead=Text("読んだ人とは別の担当者が確かめます。", "Somebody other than the reader looks at each."),
        shown=_looks,
        none=Text("確認待ちの閲覧はありません", "No look waits"),
        rows="looks",
    ),
}


@open_to(*STAFF)
def listed(request: Visit, which: str, case_page: str) -> HttpResponse:
    """Show one of the lists, with the way to the others."""
    if (found := LISTS.get(which)) is None:
        raise NothingHere()
    shown = {
        "listed": found,
        "which": which,
        "tabs": LISTS,
        "rows": f"contact/staff/{found.rows}.html",
        "case_page": Back(case_page),
    }
    more = found.shown(request, request.GET.get("cursor", ""))
    return render(request, "contact/staff/list.html", shown | more)


class StandstillForm(ReasonForm):
    """Which cases, what the parties are told, the last day on which they stand still, and why."""

    cases = forms.CharField(
        label=said("受付番号", "Case numbers"),
        help_text=said("空白か改行で区切って、50件まで。", "Up to 50, with spaces or lines between them."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}),
    )
    cause = forms.TypedChoiceField(
        label=said("当事者に伝える理由", "What the parties are told"),
        choices=[(cause.value, said_text(text)) for cause, text in CAUSES.items()],
        coerce=Cause,
        widget=forms.RadioSelect,
    )
    until = DayField(label=said("止める最後の日", "Last day on which they stand still"))
    field_order = ("cases", "cause", "until")


@open_to(*HEADS)
def suspensions(request: Visit, case_page: str) -> HttpResponse:
    """Show the cases that stand still, let more of them do so, or those that a link names for longer or shorter."""
    shown = partial(standstills, request.received_at, case_page)
    return decide(
        request,
        HOLD,
        shown(),
        again=shown,
        back=reverse("contact_staff:suspensions"),
        template="contact/staff/suspensions.html",
        form=StandstillForm,
        initial=lambda shown: {"cases": request.GET.get("cases", "")},
        flash=True,
    )
