"""Pages on which staff take reports by telephone and on paper, and call back whoever wants to hear by telephone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.page import MatterPage, PagePart, offers, sections
from mamori.ground.vault import actions as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.once import form_key
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.uploads import uploads_of
from mamori.law.complaints import STOP_USING
from mamori.rooms.complaints.decisions import calls as decisions
from mamori.rooms.complaints.queries import callbacks, callers
from mamori.rooms.complaints.queries.callbacks import CallBackShown, NoSuchCallBack
from mamori.rooms.complaints.queries.callers import NoSuchCall, TakenShown
from mamori.rooms.complaints.queries.complaints import NoSuchComplaint
from mamori.rooms.complaints.queries.sealed import ref_of, secret_of, subject_of
from mamori.rooms.complaints.views.callforms import OpenSheetForm, ScanForm, SheetForm, with_papers


@open_to(*STAFF)
def calls(request: Visit, case_page: str) -> HttpResponse:
    """Show the calls that wait and those to be called back, find a report by its number, and open a sheet."""
    del case_page
    hand, wanted = hand_of(request), request.GET.get("report", "").strip()
    if wanted.isdecimal() and len(wanted) < 16:
        return HttpResponseRedirect(reverse("complaints_staff:taken", args=(int(wanted),)))
    shown = partial(callbacks.calls_of, hand)
    answer = decide(
        request,
        decisions.OPEN,
        shown(),
        again=shown,
        back=reverse("complaints_staff:listed"),
        template="complaints/staff/calls.html",
        form=OpenSheetForm,
    )
    if isinstance(answer, HttpResponseRedirect):
        return HttpResponseRedirect(reverse("complaints_staff:sheet", args=(callers.last_opened(hand),)))
    return answer


@open_to(*STAFF)
def pick(request: Visit, sheet: int, case_page: str) -> HttpResponse:
    """Take a call that the telephone system told of."""
    del case_page
    shown = partial(callers.sheet_of, hand_of(request), sheet)
    return decide(
        request,
        decisions.PICK,
        shown(),
        again=shown,
        key=sheet,
        back=reverse("complaints_staff:sheet", args=(sheet,)),
        template="complaints/staff/call.html",
        refused=(NoSuchCall,),
    )


@open_to(*STAFF)
def sheet(request: Visit, sheet: int, case_page: str) -> HttpResponse:
    """Ask what is reported, in the order of a call, read it back and take it."""
    del case_page
    shown = partial(callers.sheet_of, hand_of(request), sheet)
    page = shown()
    if not page.is_open:
        return HttpResponseRedirect(reverse("complaints_staff:pick", args=(sheet,)))
    answer = decide(
        request,
        decisions.TAKE,
        page,
        again=shown,
        key=sheet,
        back=reverse("complaints_staff:calls"),
        template="complaints/staff/sheet.html",
        form=partial(SheetForm, visit=request),
        initial=lambda page: {"phone": page.number, "language": "ja", "channel": "telephone"},
        prepare=with_papers,
        refused=(NoSuchCall,),
    )
    if isinstance(answer, HttpResponseRedirect):
        report = callers.taken_by_ref(ref_of(secret_of(form_key(request))))
        return HttpResponseRedirect(reverse("complaints_staff:taken", args=(report,)))
    return answer


@open_to(*STAFF)
def taken(request: Visit, report: int, case_page: str) -> HttpResponse:
    """Show what is told aloud: the number of a report, and what came of it."""
    del case_page
    hand = hand_of(request)
    shown = callers.taken_of(hand, report)
    offered = [(one, one.why_closed(shown)) for one in decisions.OF_TAKEN if one.is_open_to(hand.role, shown)]
    page = {"page": shown, "stop": STOP_USING, "offers": offered}
    return render(request, "complaints/staff/taken.html", page)


@open_to(*STAFF)
def add(request: Visit, report: int, slug: str, case_page: str) -> HttpResponse:
    """Add what they say or send later, or take their wish for another look.

    :raises NoSuchComplaint: when staff took no such report, or nothing of that name can be added.
    """
    del case_page
    decision = decisions.TAKEN_BY_SLUG.get(slug)
    if decision is None:
        raise NoSuchComplaint
    is_scan = decision is decisions.SCAN
    shown = partial(callers.taken_of, hand_of(request), report)
    page = shown()
    return decide(
        request,
        decision,
        page,
        again=shown,
        key=report,
        back=reverse("complaints_staff:taken", args=(report,)),
        template="complaints/staff/call.html",
        form=ScanForm if is_scan else None,
        prepare=partial(_with_scans, page),
        refused=(NoSuchComplaint,),
        flash=True,
    )


@open_to(*STAFF)
def back(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show whom to call, when, and the words to tell."""
    del case_page
    hand = hand_of(request)
    shown = callbacks.call_back_of(hand, number)
    page = MatterPage(
        sections=sections("complaints/staff/callback", (PagePart.FILE,), {"page": shown}),
        offers=offers(
            decisions.BACKS,
            shown,
            hand.role,
            lambda slug: reverse("complaints_staff:called", args=(number, slug)),
            form=by_verb,
            initial={"version": shown.version},
        ),
        done=_done(shown, request.GET.get("done", "")),
    )
    frame = MatterFrame(
        title=Text("折り返しの電話", "Call back"),
        named="",
        ref="",
        back=reverse("complaints_staff:calls"),
        back_text=decisions.OPEN.title,
    )
    return show_matter(request, page, frame)


@open_to(*STAFF)
def called(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or take what came of calling."""
    del case_page
    decision, shown = (
        decisions.BACK_BY_SLUG.get(slug),
        partial(callbacks.call_back_of, hand_of(request), number),
    )
    if decision is None:
        raise NoSuchCallBack
    page = shown()
    return decide(
        request,
        decision,
        page,
        again=shown,
        key=number,
        back=reverse("complaints_staff:back", args=(number,)),
        template="complaints/staff/call.html",
        initial=lambda page: {"version": page.version},
        refused=(NoSuchCallBack,),
    )


def _done(shown: CallBackShown, slug: str) -> Text | None:
    decision = decisions.BACK_BY_SLUG.get(slug)
    return next(iter(decision.done.values())) if decision and shown.tries else None


@contextmanager
def _with_scans(page: TakenShown, hand: Hand, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "attached" not in given:
        yield given
        return
    uploads = uploads_of(given["attached"], at=hand.at)
    with vault.ready_files(hand, uploads, subject=subject_of(page.ref)) as ready:
        yield {"files": ready}
