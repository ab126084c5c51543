"""What every request passes: its moment and number, who comes, whether they may, and refusals as pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import memory
from mamori.ground.people.facts import DoorVerdict, Over, Presence, last_wait, may_enter
from mamori.ground.web import sessions
from mamori.ground.web.access import access_of, methods_of
from mamori.ground.web.headers import ARRIVED
from mamori.ground.web.problems import BY_STATUS, MethodNotAllowed, NotForYou, TooOften, refused
from mamori.ground.web.signing.here import end_visit, presence
from mamori.ground.web.signs import Visit

A_MINUTE = 60
"""So many seconds whoever is told to wait without a word for how long had better wait."""

type Answer = Callable[[Visit], HttpResponse]


def received(get_response: Answer) -> Answer:
    """Note when the request came, give it a number, and find out who is here when somebody asks."""

    def middleware(request: Visit) -> HttpResponse:
        request.taken_at = datetime.now(UTC)
        request.came_at = request.META.get(ARRIVED) or request.taken_at
        ahead = clocks.ahead()
        request.is_sandbox, request.received_at = ahead is not None, request.came_at + (ahead or timedelta())
        request.number = secrets.token_hex(8)
        request.presence = cast(Presence, SimpleLazyObject(lambda: presence(request)))
        response = get_response(request)
        response["X-Request-Id"] = request.number
        return response

    return middleware


def remembering(get_response: Answer) -> Answer:
    """Let a page read each setting, key and party once, whichever of its parts ask for it."""

    def middleware(request: Visit) -> HttpResponse:
        with memory.page():
            return get_response(request)

    return middleware


class Guard:
    """Lets into a view only those whom it is open to, answers refusals with a page, says how long to wait."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        """Pass the request on; a refusal that came without a word gets its page."""
        last_wait()
        response = self.get_response(request)
        if response.status_code == TooOften.status and "Retry-After" not in response:
            response["Retry-After"] = str(last_wait() or A_MINUTE)
        known = BY_STATUS.get(response.status_code)
        if known is None or response.streaming or response.content or request.method == "HEAD":
            return response
        answer = refused(request, known())
        for name in ("Allow", "Retry-After"):
            if name in response:
                answer[name] = response[name]
        return answer

    def process_view(
        self, request: Visit, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Ask what the view declares."""
        return barred(request, view)

    def process_exception(self, request: Visit, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its sentence and status."""
        return refused(request, exception) if isinstance(exception, Refusal) else None


def barred(request: Visit, view: Callable[..., Any]) -> HttpResponse | None:
    """Return what is answered in the place of a view, or None; whoever may not enter does not learn which methods it takes.

    :raises LookupError: when the view does not say who may enter, and so is not served: a bug.
    """
    access = access_of(view)
    if access is None:
        raise LookupError(f"{view!r} does not say who may enter")
    here = request.presence
    if here.over is not Over.NOT_YET:
        end_visit(request)
    verdict = may_enter(
        access,
        role=here.role,
        scopes=here.scopes,
        stepped_up_at=here.stepped_up_at,
        at=request.came_at,
        awaits=here.awaits,
    )
    match verdict:
        case DoorVerdict.ENTER:
            return _unknown_method(request, methods_of(view))
        case DoorVerdict.SIGN_IN:
            return _signed_out(request)
        case DoorVerdict.ENROL:
            return redirect("/account/factors/")
        case DoorVerdict.STEP_UP:
            return _unproved(request)
    return refused(request, NotForYou())


def _unknown_method(request: Visit, methods: tuple[str, ...]) -> HttpResponse | None:
    """Refuse a method that a page does not take, and name those that it does."""
    if not methods or request.method in methods:
        return None
    answer = refused(request, MethodNotAllowed())
    answer["Allow"] = ", ".join(methods)
    return answer


def _unproved(request: Visit) -> HttpResponse:
    """Lead to where staff prove who they are; what somebody wrote until the last proof was too old is given back first."""
    proof = f"/account/reauthenticate/?{urlencode({'next': request.get_full_path()})}"
    fields = sessions.given(request)
    if any(field.is_worth for field in fields):
        return sessions.signed_out(request, fields, proof=proof)
    return redirect(proof)


def _signed_out(request: Visit) -> HttpResponse:
    """Lead to where one comes in; what somebody wrote until their stay was over is given back first."""
    fields = sessions.given(request)
    if any(field.is_worth for field in fields):
        return sessions.signed_out(request, fields)
    return redirect(sessions.sign_in(request))
