"""The files of a thread or a formal notice, as its parties see them: rebuilt pictures, and originals that were found clean."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from mamori.grammar.actor import Role
from mamori.ground.vault import facts as stored, views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.rooms.contact.attached import attachment_original, attachment_picture, formal_file
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal.queries import formal_of
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.thread import thread_of

type View = Callable[..., HttpResponse]

ORIGINAL = "original"
"""What stands in an address in the place of a page where the file is asked for as it was sent."""


def of_thread(*roles: Role) -> View:
    """Return the page that shows one page of a thread's file, or hands it out as it was sent, to those roles, each its own."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: str, page: str) -> HttpResponse:
        return thread_file(request, thread_of(actor_of(request), number).pk, file, page)

    return view


def of_notice(*roles: Role) -> View:
    """Return the same page for the files of a formal notice."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: str, page: str) -> HttpResponse:
        return notice_file(request, formal_of(actor_of(request), number), file, page)

    return view


def thread_file(request: Visit, thread: int, file: str, page: str, **ticket: str) -> HttpResponse:
    """Show one page of a thread's file, or hand it out as it was sent."""
    actor, number = actor_of(request), figure(file)
    if page == ORIGINAL:
        return vault.saved(attachment_original(actor, thread=thread, number=number, **ticket))
    return vault.shown(attachment_picture(actor, thread=thread, number=number, page=figure(page), **ticket))


def notice_file(request: Visit, formal: Formal, file: str, page: str, **ticket: str) -> HttpResponse:
    """Show one page of a formal notice's file, or hand it out as it was sent."""
    found = formal_file(actor_of(request), formal, number=figure(file), **ticket)
    if page == ORIGINAL:
        return vault.saved(stored.original(found))
    return vault.shown(stored.picture(found, figure(page)))


def figure(text: str) -> int:
    """Return the figure in an address."""
    found = number_in(text)
    if found is None or found > 1_000_000:
        raise NothingHere()
    return found
