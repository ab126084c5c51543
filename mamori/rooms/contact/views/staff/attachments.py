"""The files of a thread for staff: shown by the ticket of a look that was recorded, for ten minutes, and by nothing else."""

from __future__ import annotations

from django.http import HttpResponse

from mamori.grammar.hand import STAFF
from mamori.ground.vault import views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.attached import attachment_original, attachment_picture
from mamori.rooms.contact.views.files import figure
from mamori.rooms.contact.views.staff.cases import matter_of


@open_to(*STAFF)
def picture(request: Visit, number: str, file: str, page: str, case_page: str) -> HttpResponse:
    """Show one page of a file to whom its ticket is for.

    :raises NothingHere, LookFirst: as their sentences say.
    """
    del case_page
    thread, ticket = matter_of(request, number).thread.pk, request.GET.get("ticket", "")
    shown = attachment_picture(
        hand_of(request), thread=thread, number=figure(file), page=figure(page), ticket=ticket
    )
    return vault.shown(shown)


@open_to(*STAFF)
def original(request: Visit, number: str, file: str, case_page: str) -> HttpResponse:
    """Hand a file out as it was sent to whom its ticket is for.

    :raises NothingHere, LookFirst: as their sentences say.
    """
    del case_page
    thread, ticket = matter_of(request, number).thread.pk, request.GET.get("ticket", "")
    return vault.saved(
        attachment_original(hand_of(request), thread=thread, number=figure(file), ticket=ticket)
    )
