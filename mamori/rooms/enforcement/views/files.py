"""The files of a finding or an appeal: rebuilt pictures, and originals that were found clean, to whoever sees the matter."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from mamori.grammar.hand import Hand, Role
from mamori.ground.vault import actions as storing
from mamori.ground.vault import facts as stored
from mamori.ground.vault import views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.uploads import uploads_of
from mamori.rooms.enforcement.queries.evidence import file_behind

type View = Callable[..., HttpResponse]


def ready(
    hand: Hand, seller_ref: str, files: Iterable[UploadedFile[Any]]
) -> AbstractContextManager[storing.Ready]:
    """Make the files of a form ready around its transaction; they are sealed with the seller's key, whoever brings them."""
    return storing.ready_files(hand, uploads_of(files, at=hand.at), subject=f"seller:{seller_ref}")


def picture(*roles: Role) -> View:
    """Return the page that shows one page of a file to those roles, each what it may see."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: int, page: int, case_page: str = "") -> HttpResponse:
        return vault.shown(stored.picture(_behind(request, number, file), page))

    return view


def original(*roles: Role) -> View:
    """Return the page that hands a file out as it was sent, to those roles, each what it may see."""

    @open_to(*roles)
    def view(request: Visit, number: str, file: int, case_page: str = "") -> HttpResponse:
        return vault.saved(stored.original(_behind(request, number, file)))

    return view


def _behind(request: Visit, number: str, file: int) -> uuid.UUID:
    return file_behind(hand_of(request), number, file)
