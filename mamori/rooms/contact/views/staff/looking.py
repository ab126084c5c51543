"""Reading words and seeing contacts: within the matter's page, once, after a POST with a ground or a reason."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse

from mamori.grammar.hand import HEADS, STAFF
from mamori.ground.matters.page import MatterPage
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit
from mamori.law.grounds import WARRANT
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.views.staff.cases import matter_of
from mamori.rooms.contact.views.staff.panel import page_of
from mamori.rooms.contact.views.staff.private import private_matter
from mamori.rooms.contact.views.staff.reaching import details_of
from mamori.rooms.contact.views.staff.reading import WordsRead, not_read, read


@open_to(*STAFF)
def words(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show the matter with its words, once, after a POST with a ground that holds; record the look."""
    matter = matter_of(request, number)
    return _words(request, matter, not_read(request, matter), case_page)


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
    page = page_of(request, matter, not_read(request, matter), case_page=case_page, details=details)
    return _shown(request, matter, page, case_page, details.status)


def _shown(
    request: Visit, matter: StaffMatter, page: MatterPage, case_page: str, status: int
) -> HttpResponse:
    page = replace(page, done=None)
    number = matter.case.number
    return private_matter(request, page, matter.topic, number=number, case_page=case_page, status=status)
