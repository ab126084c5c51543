"""What every submission passes: counted for whoever sends it, and answered with 429 where it is too much."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import Error, connection
from django.http import HttpResponse, QueryDict

from mamori.ground.people import actions as people
from mamori.ground.people.facts import NAMELESS_SUBMISSIONS, STAFF_SUBMISSIONS, SUBMISSIONS, Limit
from mamori.ground.web.problems import refused
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.signs import Visit

log = logging.getLogger(__name__)
SECOND = 1.0

type Answer = Callable[[Visit], HttpResponse]


class Limiting:
    """Counts what visitors send; software has a limit of its own, at its own door."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: Visit, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Count a submission, for the visitor or for the address it comes from, but for a view that counts itself."""
        if request.path.startswith("/api/") or getattr(view, "counts_itself", False):
            return None
        return count_submission(request)


def count_submission(request: Visit) -> HttpResponse | None:
    """Count a submission, for the visitor or for its address, and return what it is answered with where it is too much."""
    if request.method != "POST":
        return None
    try:
        people.count(*_counted_for(request), at=request.taken_at)
    except people.TooMany as refusal:
        return refused(request, refusal)
    return None


def says(request: Visit, what: Callable[[QueryDict], bool]) -> bool:
    """Say whether a submission says something, before any of it is looked at closely."""
    return request.method == "POST" and what(request.POST)


def _counted_for(request: Visit) -> tuple[Limit, str]:
    """Return the limit that holds, and for whom: behind one address there may be many who have no name."""
    here = request.presence
    if here.is_staff:
        return STAFF_SUBMISSIONS, here.subject
    return (SUBMISSIONS, here.who) if here.who else (NAMELESS_SUBMISSIONS, neighbourhood(request))


def settle_each_second(stop: threading.Event | None = None) -> threading.Thread:
    """Settle what this process counts, every second, on a thread of its own; called once where pages are served."""
    ended = stop or threading.Event()

    def run() -> None:
        while not ended.wait(SECOND):
            try:
                people.settle_limits(at=datetime.now(UTC))
            except Error:  # the database is away: what is counted here holds, and is settled later
                log.warning("limits could not be settled", exc_info=True)
                connection.close()

    thread = threading.Thread(target=run, name="limits", daemon=True)
    thread.start()
    return thread
