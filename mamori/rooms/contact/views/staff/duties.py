"""One address for each decision of staff, and for each look at words and contacts: done once, or refused beside the matter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import HEADS, STAFF
from mamori.ground.matters.page import MatterPage
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide, deciding
from mamori.ground.web.signs import Visit, actor_of
from mamori.law.grounds import WARRANT
from mamori.rooms.contact.centre.views import send
from mamori.rooms.contact.decisions.looks import SECOND_READER
from mamori.rooms.contact.decisions.matters import BY_SLUG, CALLS, key_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.queries.staff import LookShown, StaffMatter, looks_of
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.views.staff.cases import Back, matter_of, private_matter
from mamori.rooms.contact.views.staff.panel import (
    WordsRead,
    as_held,
    beside,
    call_form,
    details_of,
    form_for_decision,
    initial,
    not_read,
    page_of,
    read,
)

# One address for each decision of staff: what was sent is done once, or stands beside the matter with what was refused.


@open_to(*STAFF)
@deciding(BY_SLUG.values())
@never_cache
def duty(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or make one of the decisions on a case."""
    decision = BY_SLUG.get(slug)
    if decision is None:
        raise NothingHere()
    matter = matter_of(request, number)
    key = key_of(decision, matter)
    if key is None:
        raise NothingHere()
    return decide(
        request,
        decision,
        matter,
        again=lambda: matter_of(request, number),
        key=key,
        back=Back(case_page).to(matter.case.number),
        template="contact/staff/decision.html",
        beside=partial(beside, request, case_page=case_page),
        form=form_for_decision(matter, decision),
        initial=initial,
        refused=(NothingHere,),
    )


@open_to(*STAFF)
@deciding(CALLS.values())
@never_cache
def call(request: Visit, number: str, call: int, case_page: str) -> HttpResponse:
    """Show what to say and ask how it went, or record it; the seller's call or the buyer's."""
    matter = matter_of(request, number)
    found = Call.objects.filter(pk=call, trouble=matter.trouble).first() if matter.trouble else None
    if found is None:
        raise NothingHere()
    whom = Whom(found.whom)
    return decide(
        request,
        replace(
            CALLS[whom], is_there=lambda now: found.pk in {one.id for one in (now.call, now.reach) if one}
        ),
        matter,
        again=lambda: matter_of(request, number),
        key=found,
        back=Back(case_page).to(matter.case.number),
        template="contact/staff/call.html",
        beside=partial(beside, request, case_page=case_page),
        form=call_form(matter, whom),
        refused=(NothingHere,),
    )


@open_to(*STAFF)
@deciding(SECOND_READER)
@never_cache
def second_reader(request: Visit, number: str, look: str, slug: str, case_page: str) -> HttpResponse:
    """Confirm an emergency look or object to it, for somebody other than its reader."""
    decision = next((one for one in SECOND_READER if one.slug == slug), None)
    matter = matter_of(request, number)
    if decision is None or matter.recovery is not None:  # looks are the trouble's
        raise NothingHere()

    def shown() -> LookShown:
        for one in looks_of(actor_of(request), matter.thread, matter.case, also=look):
            if one.key == look:
                return one
        raise NothingHere()

    found = shown()
    return decide(
        request,
        decision,
        found,
        again=shown,
        key=found,
        back=Back(case_page).to(matter.case.number),
        template="contact/staff/look.html",
        initial=lambda shown: {"version": shown.version},
        beside=lambda _: beside(request, matter_of(request, number), case_page=case_page),
    )


@open_to(*STAFF)
def words(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show the matter with its words, once, after a POST with a ground that holds; record the look."""
    matter = matter_of(request, number)
    asked = not_read(request, matter) if request.method == "POST" else as_held(request, matter)
    return _words(request, matter, replace(asked, is_apart=request.method != "POST"), case_page)


@open_to(*STAFF)
def write(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Send a message to the parties once and go back to the case, or on to the next; or show the case with what was refused."""
    matter = matter_of(request, number)
    if matter.trouble is None or matter.recovery is not None:
        raise NothingHere()
    back = Back(case_page).to(matter.case.number)
    if request.method != "POST":
        return HttpResponseRedirect(f"{back}#centre")
    form, status, led = send(request, matter, back)
    if led:
        return led
    matter = matter_of(request, number)
    page = page_of(request, matter, as_held(request, matter), case_page=case_page, writing=form)
    return _shown(request, matter, page, case_page, status)


@open_to(*HEADS, step_up=True)
def warrant(request: Visit, number: str, case_page: str) -> HttpResponse:
    """The same by a judge's warrant: for a lead or counsel who has just proved who they are."""
    matter = matter_of(request, number)
    return _words(request, matter, not_read(request, matter, (WARRANT,)), case_page)


def _words(request: Visit, matter: StaffMatter, asked: WordsRead, case_page: str) -> HttpResponse:
    if matter.recovery is not None:  # the words are the trouble's, and read on its own page
        raise NothingHere()
    reading = read(request, matter, asked) if request.method == "POST" else asked
    page = page_of(request, matter, reading, case_page=case_page)
    return _shown(request, matter, page, case_page, reading.status)


@open_to(*STAFF, step_up=True)
def contact(request: Visit, number: str, whose: str, case_page: str) -> HttpResponse:
    """Ask on the matter's page why contact details are needed; a POST with a reason shows them there, once, and records it."""
    matter = matter_of(request, number)
    details = details_of(request, matter, whose)
    page = page_of(request, matter, as_held(request, matter), case_page=case_page, details=details)
    return _shown(request, matter, page, case_page, details.status)


def _shown(
    request: Visit, matter: StaffMatter, page: MatterPage, case_page: str, status: int
) -> HttpResponse:
    page = replace(page, done=None)
    number = matter.case.number
    return private_matter(request, page, matter.topic, number=number, case_page=case_page, status=status)
