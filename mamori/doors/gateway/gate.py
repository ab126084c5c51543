"""The way of every call: who comes, whether they may, what they bring; then the room, once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from inspect import Parameter, Signature
from typing import Any

import msgspec
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.utils.http import parse_etags
from ninja import Status

from mamori.doors.gateway import body, keys
from mamori.doors.gateway.body import Match, tag_of
from mamori.doors.gateway.keys import Caller
from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.refusals import (
    BodyNotJson,
    FieldsWrong,
    IdempotencyKeyBusy,
    IdempotencyKeyNeeded,
    IdempotencyKeyTaken,
    KeyNeeded,
    KeyNotGood,
    PartyNotGood,
)
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.ground.declared import memory
from mamori.ground.declared.records import FieldMissing, FieldUnknown, FieldWrong, by_now
from mamori.ground.people import actions as people, facts as people_facts
from mamori.ground.people.actions import TooMany
from mamori.ground.people.facts import API_CALLS, Limit
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.web.access import open_to
from mamori.ground.web.models import Reply
from mamori.ground.web.once import claim
from mamori.ground.web.problems import PROBLEM, problem
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language


def rate_headers(caller: Caller, request: Visit) -> dict[str, str]:
    """Return the headers that say how often the key may call, how often still, and when counting begins anew.

    Source: draft-ietf-httpapi-ratelimit-headers; seconds.
    """
    limit = _limit()
    left, wait = (
        people_facts.calls_left(limit, caller.machine.who, at=request.taken_at),
        limit.wait(request.taken_at),
    )
    policy = f'"key";q={limit.most};w={int(limit.per.total_seconds())}'
    return {"RateLimit-Policy": policy, "RateLimit": f'"key";r={left};t={wait}'}


def _limit() -> Limit:
    return replace(API_CALLS, most=settings.MAMORI_API_CALLS or API_CALLS.most)


def count(caller: Caller, request: Visit) -> None:
    """Count the call in this process; nothing is written for it."""
    people.count(_limit(), caller.machine.who, at=request.taken_at)


def answered(request: Visit, refusal: Refusal) -> HttpResponse:
    """Return the refusal as an answer."""
    if isinstance(refusal, FieldMissing | FieldWrong):
        refusal = FieldsWrong([refusal])
    faults = refusal.faults if isinstance(refusal, FieldsWrong) else ()
    errors = [
        {"field": str(fault.values["field"]), "code": fault.code, "detail": fault.sentence.in_(language())}
        for fault in faults
    ]
    if isinstance(refusal, PartyNotGood):
        detail = refusal.flaw.text.in_(language())
        errors = [{"field": keys.PARTY, "code": refusal.flaw.value, "detail": detail}]
    said = {**problem(request, refusal, errors=errors), **refusal.members}
    answer = JsonResponse(said, status=refusal.status, content_type=PROBLEM)
    if isinstance(refusal, KeyNeeded | KeyNotGood):
        answer["WWW-Authenticate"] = 'Bearer realm="mamori"'
    if isinstance(refusal, IdempotencyKeyBusy | TooMany):
        answer["Retry-After"] = str(refusal.values.get("wait", 1))
    return answer


# The same request twice has one effect and one answer, byte for byte.


REPLAYED = "Idempotency-Replayed"
OWNER = "market"
PATIENCE = "5s"
"""How long PostgreSQL lets a request wait for the same one that is being worked on."""


class SavedReply(msgspec.Struct, frozen=True):
    """What a reply is made of, byte for byte."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class _Undo(Exception):
    """Carries an answer that has no effect out of the transaction of the effect."""

    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer


def fingerprint(*parts: bytes | str) -> str:
    """Return what tells one request from another under the same key."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


def once(
    answer: Callable[[], HttpResponse], *, machine: str, key: str, fingerprint: str, at: datetime
) -> HttpResponse:
    """Return the answer; when it was given before under this key, the same bytes without doing anything.

    A refusal is kept as well, and what it had begun is undone.  What keeps nothing: 429, which is to be repeated under the
    same key; a bug; a database that is away.
    """
    try:
        with memory.act():
            row = _claimed(machine, key, fingerprint, at)
            if row is None:
                return _replayed(machine, key, fingerprint)
            given = _effect(answer)
            if given.status_code == HTTPStatus.TOO_MANY_REQUESTS:
                raise _Undo(given)
            kept = msgspec.msgpack.encode(SavedReply(given.status_code, list(given.items()), given.content))
            sealed = sealing.seal(subject=OWNER, place=_place(row), plain=kept)
            Reply.objects.filter(pk=row).update(sealed=sealed)
    except _Undo as undo:
        return undo.answer
    return given


def _claimed(machine: str, key: str, fingerprint: str, at: datetime) -> int | None:
    """Return the row of the request, None when another holds its key; one that is being worked on is waited for, not for ever."""
    if connection.vendor != "postgresql":
        return claim(machine, key, at=at, fingerprint=fingerprint)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        try:
            row = claim(machine, key, at=at, fingerprint=fingerprint)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == "55P03":  # lock_not_available
                raise IdempotencyKeyBusy from None
            raise
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    return row


def _effect(answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        with memory.attempt():
            given = answer()
            if given.status_code >= 400:
                raise _Undo(given)
    except _Undo as undo:
        return undo.answer
    return given


def _replayed(machine: str, key: str, fingerprint: str) -> HttpResponse:
    row = Reply.objects.filter(owner=machine, key=key).first()
    if row is None:  # it grew old and was forgotten at this very moment
        raise IdempotencyKeyBusy
    if row.fingerprint != fingerprint:
        raise IdempotencyKeyTaken
    plain = seals.unseal(subject=OWNER, place=_place(row.pk), sealed=bytes(row.sealed))
    kept = msgspec.msgpack.decode(plain, type=SavedReply)
    answer = HttpResponse(kept.body, status=kept.status)
    for name, value in kept.headers:
        answer[name] = value
    answer[REPLAYED] = "true"
    return answer


def _place(row: int) -> seals.Place:
    return seals.Place("gateway_reply", row, "sealed")


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
        actor = request.caller.actor(request)
        given: dict[str, Any] = path | {name: kind.number(path[name]) for name, kind in operation.ids.items()}
        if operation.query:
            given["query"] = body.asked_of(request, operation.query)
        elif request.GET:
            raise FieldsWrong([FieldUnknown(field=name[:64]) for name in request.GET])
        if operation.body:
            record = body.record_of(_raw(request))
            given["body"] = by_now(body.made_of(record, operation.body, ref=path.get("ref", "")), actor.at)
        if operation.takes_changes and operation.record:
            given["changes"] = body.changes_of(
                body.record_of(_raw(request)), operation.record, ref=path["ref"]
            )
        if operation.takes_match:
            given["match"] = Match(request.headers.get("If-Match", ""))
        if operation.takes_lines:
            given["lines"] = body.Stream(request, request.caller.machine.scopes)
        found: Status[Any] = operation.handler(actor, **given)
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
            for name, value in rate_headers(request.caller, request).items():
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
    body.check_length(request, most=operation.most)
    raw = _raw(request)  # also where none is asked for: another body is another request
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
