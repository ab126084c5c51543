"""The files of a thread or a formal notice, as its parties see them: rebuilt pictures, and originals that were found clean."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse

from mamori.grammar.actor import Role
from mamori.ground.vault import facts as stored, views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.rooms.contact.attached import attachment_original, attachment_picture, formal_file
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal.queries import formal_of
from mamori.rooms.contact.queries.thread import thread_of

type View = Callable[..., HttpResponse]


def picture(*roles: Role) -> View:
    """Return the page that shows one page of a file to those roles, each its own."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: str, page: str) -> HttpResponse:
        actor = actor_of(request)
        thread = thread_of(actor, number)
        shown = attachment_picture(actor, thread=thread.pk, number=figure(file), page=figure(page))
        return vault.shown(shown)

    return view


def original(*roles: Role) -> View:
    """Return the page that hands a file out as it was sent, to those roles, each its own."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: str) -> HttpResponse:
        actor = actor_of(request)
        thread = thread_of(actor, number)
        return vault.saved(attachment_original(actor, thread=thread.pk, number=figure(file)))

    return view


def picture_of_notice(*roles: Role) -> View:
    """Return the page that shows one page of a formal notice's file to those roles, each its own."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: str, page: str) -> HttpResponse:
        return vault.shown(stored.picture(_of_notice(request, number, file), figure(page)))

    return view


def original_of_notice(*roles: Role) -> View:
    """Return the page that hands a formal notice's file out as it was sent, to those roles, each its own."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: str) -> HttpResponse:
        return vault.saved(stored.original(_of_notice(request, number, file)))

    return view


def _of_notice(request: Visit, number: str, file: str) -> uuid.UUID:
    actor = actor_of(request)
    return formal_file(actor, formal_of(actor, number), number=figure(file))


def figure(text: str) -> int:
    """Return the figure in an address."""
    found = number_in(text)
    if found is None or found > 1_000_000:
        raise NothingHere()
    return found
