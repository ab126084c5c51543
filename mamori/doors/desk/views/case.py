"""The page of one case: composed of the index, the record, clocks and notices, and the panel of its room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from mamori.doors.desk import forms, panels
from mamori.doors.desk.people import Staff, staff
from mamori.doors.desk.story import story
from mamori.doors.desk.views.queue import rows
from mamori.grammar.businesstime import Calendar
from mamori.grammar.hand import STAFF
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions, facts
from mamori.ground.cases.actions import NoSuchCase
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.casekinds import clock_named
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.access import open_to
from mamori.ground.web.matterpage import Drawn
from mamori.ground.web.remaining import remaining
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.complaints import facts as complaints

DONE = {
    "taken": ("cases.taken", Text("あなたの担当にしました。", "The case is yours.")),
    "given-back": (
        "cases.given_back",
        Text(
            "担当を外れました。ほかの人が担当できます。", "You gave the case back; somebody else can take it."
        ),
    ),
    "handed": ("cases.handed_over", Text("担当を変えました。", "The case was handed over.")),
    "noted": ("cases.noted", Text("メモを記録しました。", "Your note was recorded.")),
}
"""What was just done, with the act that it left: the page says so of nothing else, whatever its address claims."""


@open_to(*STAFF)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show the case: what it is, what happened, what runs, what can be done."""
    return _page(request, case_of(number), forms.NoteForm())


@open_to(*STAFF)
def following(request: Visit) -> HttpResponse:
    """Go to the case that asks for somebody next, without taking it; when none asks for anybody, go to the queue."""
    left = _case_or_none(request.GET.get("leaving", ""))
    found = facts.next_of(request.presence.who, leaving=left.about if left else "")
    if found is None:
        return HttpResponseRedirect(f"{reverse('desk:queue')}?none=1")
    return HttpResponseRedirect(_address(found))


@open_to(*STAFF)
def take(request: Visit, number: str) -> HttpResponse:
    """Take the case."""
    return _assigned(request, number, actions.take, "taken")


@open_to(*STAFF)
def give_back(request: Visit, number: str) -> HttpResponse:
    """Give one's own case back to all."""
    return _assigned(request, number, actions.give_back, "given-back")


def _assigned(request: Visit, number: str, assign: Callable[..., None], done: str) -> HttpResponse:
    case = case_of(number)
    if request.method != "POST":
        return HttpResponseRedirect(_address(case))
    assign(hand_of(request), about=case.about)
    panels.follow(case, request.received_at)
    return HttpResponseRedirect(f"{_address(case)}?done={done}")


@open_to(*STAFF)
def hand_over(request: Visit, number: str) -> HttpResponse:
    """Hand the case to somebody, or back to all."""
    case, people = case_of(number), staff(request.received_at)
    form = forms.HandOverForm(request.POST if request.method == "POST" else None, people=people.active)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.hand_over(hand_of(request), about=case.about, to=given["to"], reason=given["reason"])
                panels.follow(case, request.received_at)
                return HttpResponseRedirect(f"{_address(case)}?done=handed")
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    running = _running(request, clocks.calendar(), clocks.open_clocks(case.about), {})
    back = {"case": case, "form": form, "back": _address(case), "running": running}
    return render(request, "desk/hand_over.html", back, status=status)


@open_to(*STAFF)
def note(request: Visit, number: str) -> HttpResponse:
    """Add a note to the record of the case."""
    case = case_of(number)
    if request.method != "POST":
        return HttpResponseRedirect(_address(case))
    form = forms.NoteForm(request.POST)
    if form.is_valid():
        try:
            actions.note(hand_of(request), about=case.about, text=form.cleaned_data["text"])
            return HttpResponseRedirect(f"{_address(case)}?done=noted")
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
    return _page(request, case, form, status=422)


def case_of(number: str) -> CaseFact:
    """Return the case with that number."""
    case = _case_or_none(number)
    if case is None:
        raise NoSuchCase()
    return case


def _case_or_none(number: str) -> CaseFact | None:
    try:
        return facts.by_number(number)
    except CaseNumberMistyped:
        return None


def _page(request: Visit, case: CaseFact, form: forms.NoteForm, *, status: int = 200) -> HttpResponse:
    people = staff(request.received_at)
    calendar, (open_, past) = clocks.calendar(), clocks.whole(case.about)
    [row] = rows([case], people, at=request.received_at, calendar=calendar, running={case.about: open_})
    panel = panels.panel(request, case)
    shown: dict[str, Any] = {
        "row": row,
        "case": case,
        "panel": panel,
        "form": form,
        "running": _running(request, calendar, open_, panel.clocks if panel else {}),
        "story": story(case, people, past, hand_of(request).role),
        "flag": complaints.FLAG.format(about=case.about),
        "mine": case.assignee == request.presence.who,
        "done": (panel.done if panel else None) or _done(request, case),
        "people": _people(case, people, row.shop),
    }
    shown["keys"] = _keys(case, panel, is_mine=shown["mine"])
    answer = render(request, "desk/case.html", shown, status=status)
    add_never_cache_headers(answer)  # a shop's number stands on it while it has to be called
    return answer


def _done(request: Visit, case: CaseFact) -> Text | None:
    """Return what its reader has just done with the case, by the record."""
    kind, text = DONE.get(request.GET.get("done", ""), ("", None))
    act = ledger.last_of(hand_of(request), case.about) if text else None
    return text if act is not None and act.kind == kind else None


def _keys(case: CaseFact, panel: Drawn | None, *, is_mine: bool) -> str:
    """Return the keys that do something on this page, in their declared order: no other is named."""
    parts = f"{panel.work}{panel.file}{panel.deeds}{panel.facts}" if panel else ""
    closed = case.closed_at is not None
    off = {"t": closed or is_mine, "g": closed or not is_mine, "h": closed}
    off |= {key: f'data-key="{key}"' not in parts for key in "wc1dp"}
    return " ".join(key for key in "ntgwc1dpmhb/" if not off.get(key, False))


def _running(
    request: Visit,
    calendar: Calendar,
    open_: tuple[ClockFact, ...],
    named: Mapping[tuple[str, str], Text],
) -> list[dict[str, Any]]:
    """Say the clocks that run, each by the name that its matter gives it, or else by that of its kind."""
    return [
        {
            "name": named.get((clock.kind, clock.key)) or clock_named(clock.kind),
            "due_at": clock.due_at,
            "left": remaining(
                clock.due_at,
                now=request.received_at,
                calendar=calendar,
                stands_still=clock.stands_still,
                every_day=clock.every_day,
            ),
            "provisional": clock.provisional,
            "still": clock.still_because,
        }
        for clock in open_
    ]


def _people(case: CaseFact, people: Staff, shop: str) -> list[tuple[Text, str, str]]:
    """Return the parties: their side, reference, and the address of their open cases."""
    found = []
    home = reverse("desk:queue")
    if case.buyer_ref:
        found.append(
            (Text("購入者", "Buyer"), case.buyer_ref, f"{home}?{urlencode({'buyer': case.buyer_ref})}")
        )
    if case.seller_ref:
        found.append(
            (Text("出品者", "Seller"), case.seller_ref, f"{home}?{urlencode({'seller': case.seller_ref})}")
        )
    if case.order_ref:
        found.append(
            (Text("注文", "Order"), case.order_ref, f"{home}?{urlencode({'order': case.order_ref})}")
        )
    return found


def _address(case: CaseFact) -> str:
    return reverse("desk:case", args=(case.number,))
