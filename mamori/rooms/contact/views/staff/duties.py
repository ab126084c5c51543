"""One address for each decision of staff: what was sent is done once, or stands beside the matter with what was refused."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import STAFF
from mamori.ground.matters.page import Section
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.decisions.calls import CALLS
from mamori.rooms.contact.decisions.looks import SECOND_READER
from mamori.rooms.contact.decisions.matters import BY_SLUG, key_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.queries.looks import LookShown, looks_of
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.views.staff.asking import call_form, form_for_decision, initial
from mamori.rooms.contact.views.staff.cases import Back, matter_of
from mamori.rooms.contact.views.staff.panel import beside, sections_of
from mamori.rooms.contact.views.staff.reading import not_read


@open_to(*STAFF)
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
def call(request: Visit, number: str, call: int, case_page: str) -> HttpResponse:
    """Show what to say and ask how it went, or record it; the seller's call or the buyer's."""
    matter = matter_of(request, number)
    found = Call.objects.filter(pk=call, trouble=matter.trouble).first() if matter.trouble else None
    if found is None:
        raise NothingHere()
    whom = Whom(found.whom)
    answer = decide(
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
    add_never_cache_headers(answer)  # a shop's number stands on it
    return answer


@open_to(*STAFF)
def second_reader(request: Visit, number: str, look: str, slug: str, case_page: str) -> HttpResponse:
    """Confirm an emergency look or object to it, for somebody other than its reader."""
    decision = next((one for one in SECOND_READER if one.slug == slug), None)
    matter = matter_of(request, number)
    if decision is None or matter.recovery is not None:  # looks are the trouble's
        raise NothingHere()

    def shown() -> LookShown:
        for one in looks_of(hand_of(request), matter.thread, matter.case, also=look):
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
        beside=lambda _: _without_words(request, matter_of(request, number), case_page),
    )


def _without_words(request: Visit, matter: StaffMatter, case_page: str) -> tuple[Section, ...]:
    """Return the matter without its words, whoever has read them: a look is judged by its recorded reason."""
    return sections_of(request, matter, not_read(request, matter), case_page=case_page, calls=False)
