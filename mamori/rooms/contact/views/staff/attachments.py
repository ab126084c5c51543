"""Files of threads and formal notices for staff: shown by the ticket of a recorded look, for ten minutes, by nothing else."""

from __future__ import annotations

from django.http import HttpResponse

from mamori.grammar.hand import STAFF
from mamori.ground.vault import facts as stored
from mamori.ground.vault import views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.attached import attachment_original, attachment_picture, formal_file
from mamori.rooms.contact.formal.queries import behind
from mamori.rooms.contact.views.files import figure
from mamori.rooms.contact.views.staff.cases import case_of, matter_of


@open_to(*STAFF)
def picture(request: Visit, number: str, file: str, page: str, case_page: str) -> HttpResponse:
    """Show one page of a file to whom its ticket is for."""
    del case_page
    hand, which, ticket = hand_of(request), figure(file), request.GET.get("ticket", "")
    if (formal := behind(case_of(number))) is not None:
        seen = formal_file(hand, formal, number=which, ticket=ticket)
        return vault.shown(stored.picture(seen, figure(page)))
    thread = matter_of(request, number).thread.pk
    shown = attachment_picture(hand, thread=thread, number=which, page=figure(page), ticket=ticket)
    return vault.shown(shown)


@open_to(*STAFF)
def original(request: Visit, number: str, file: str, case_page: str) -> HttpResponse:
    """Hand a file out as it was sent to whom its ticket is for."""
    del case_page
    hand, which, ticket = hand_of(request), figure(file), request.GET.get("ticket", "")
    if (formal := behind(case_of(number))) is not None:
        return vault.saved(stored.original(formal_file(hand, formal, number=which, ticket=ticket)))
    thread = matter_of(request, number).thread.pk
    return vault.saved(attachment_original(hand, thread=thread, number=which, ticket=ticket))
