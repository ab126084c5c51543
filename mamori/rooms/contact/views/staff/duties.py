"""One address for each decision of staff: what was sent is done once, or stands beside the matter with what was refused."""

from __future__ import annotations

from django.http import HttpResponse

from mamori.grammar.hand import STAFF
from mamori.ground.matters.page import Section
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit
from mamori.rooms.contact.decisions import BY_SLUG, key_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.views.staff.asking import form_for_decision, initial
from mamori.rooms.contact.views.staff.cases import Back, matter_of
from mamori.rooms.contact.views.staff.panel import sections_of
from mamori.rooms.contact.views.staff.reading import read_beside


@open_to(*STAFF)
def duty(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or make one of the decisions on a case.

    :raises NothingHere: when there is no such decision, or no such case.
    """
    decision = BY_SLUG.get(slug)
    if decision is None:
        raise NothingHere()
    matter = matter_of(request, number)
    key = key_of(decision, matter)
    if key is None:
        raise NothingHere()

    def beside(shown: StaffMatter) -> tuple[Section, ...]:
        return sections_of(request, shown, read_beside(request, shown), case_page=case_page, calls=False)

    return decide(
        request,
        decision,
        matter,
        again=lambda: matter_of(request, number),
        key=key,
        back=Back(case_page).to(matter.case.number),
        template="contact/staff/decision.html",
        beside=beside,
        form=form_for_decision(decision),
        initial=initial,
        refused=(NothingHere,),
    )
