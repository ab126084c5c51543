"""The way of every call: who comes, whether they may, what they bring; then the room, once."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from django.http import HttpResponse, UnreadablePostError
from django.utils.http import parse_etags
from ninja import Status

from mamori.doors.gateway import body, keys
from mamori.doors.gateway.keys import Caller
from mamori.doors.gateway.limits import count, told
from mamori.doors.gateway.once import fingerprint, once
from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.problems import answered
from mamori.doors.gateway.refusals import BodyNotJson, FieldsWrong, IdempotencyKeyNeeded
from mamori.doors.gateway.tags import Match, tag_of
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.ground.declared.records import FieldUnknown, by_now
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit

KEY = "Idempotency-Key"
ROOT = "/api/v1"
SHOP = "machine:shop"
"""Whose an `Idempotency-Key` is: a house serves one marketplace, and a request that is sent again under a key that took the
place of another is still the same request."""
RETRY_AFTER = "1"
"""Seconds: an act has its place in the log within two."""

_KEY = regex(r"[!-~]{1,255}")


class Call(Visit):
    """A visit of software."""

    caller: Caller


type Run = Callable[..., HttpResponse]


def view_of(operation: Operation) -> Callable[..., Status[Any]]:
    """Return the function that the framework calls: it takes what the handler takes from address, query and body."""

    def view(request: Call, response: HttpResponse, **path: str) -> Status[Any]:
        hand = request.caller.hand(request)
        given: dict[str, Any] = path | {name: kind.number(path[name]) for name, kind in operation.ids.items()}
        if operation.query:
            given["query"] = body.asked_of(request, operation.query)
        elif request.GET:
            raise FieldsWrong([FieldUnknown(field=name[:64]) for name in request.GET])
        if operation.body:
            record = body.record_of(_raw(request))
            given["body"] = by_now(body.made_of(record, operation.body, ref=path.get("ref", "")), hand.at)
        if operation.takes_changes and operation.record:
            given["changes"] = body.changes_of(
                body.record_of(_raw(request)), operation.record, ref=path["ref"]
            )
        if operation.takes_match:
            given["match"] = Match(request.headers.get("If-Match", ""))
        if operation.takes_lines:
            given["lines"] = body.Stream(request, request.caller.machine.scopes)
        found: Status[Any] = operation.handler(hand, **given)
        if found.status_code == 201 and operation.located:
            response["Location"] = ROOT + operation.located.format_map(vars(found.value))
        if found.status_code == 202:
            response["Retry-After"] = RETRY_AFTER
        return found

    in_path = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=str) for name in operation.in_path]
    first = [
        Parameter("request", Parameter.POSITIONAL_OR_KEYWORD),
        Parameter("response", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpResponse),
    ]
    view.__signature__ = Signature([*first, *in_path])  # type: ignore[attr-defined]
    view.__name__, view.__doc__ = operation.name, operation.handler.__doc__
    return open_to(*operation.roles, scope=operation.scope)(view)


def guarded(operation: Operation, run: Run) -> Run:
    """Return `run` behind the checks that every call passes before anything is read or written."""

    def passed(request: Call, **path: str) -> HttpResponse:
        answer = entered(request, **path)
        if hasattr(request, "caller"):
            for name, value in told(request.caller, request).items():
                answer[name] = value
        return answer

    def entered(request: Call, **path: str) -> HttpResponse:
        try:
            request.caller = keys.caller_of(request)
            count(request.caller, request)
            keys.admit(request.caller, operation.access, request)
            if operation.content_types:
                body.check(request, types=operation.content_types, most=operation.most)
            if not operation.once:
                return _tagged(operation, request, run(request, **path))
            return _once(operation, request, lambda: run(request, **path))
        except Refusal as refusal:
            return answered(request, refusal)

    return passed


def _once(operation: Operation, request: Call, answer: Run) -> HttpResponse:
    key = request.headers.get(KEY, "")
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyNeeded
    raw = _raw(request) if operation.content_types else b""
    caller = request.caller
    who = caller.party.who if caller.party else SHOP
    sent = fingerprint(operation.method, request.get_full_path(), who, raw)
    return once(answer, machine=SHOP, key=key, fingerprint=sent, at=request.received_at)


def _raw(request: Call) -> bytes:
    """Return the body, read before any transaction begins."""
    try:
        return request.body
    except UnreadablePostError:
        raise BodyNotJson from None


def _tagged(operation: Operation, request: Call, answer: HttpResponse) -> HttpResponse:
    """Return the answer with its tag, or 304 when the caller has it already."""
    if not operation.tagged or answer.status_code != 200:
        return answer
    tag = tag_of(answer.content)
    answer["ETag"] = tag
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if not {"*", tag} & {one.removeprefix("W/") for one in known}:
        return answer
    unchanged = HttpResponse(status=304)
    unchanged["ETag"] = tag
    return unchanged
