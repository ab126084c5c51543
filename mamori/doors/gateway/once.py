"""The same request twice has one effect and one answer, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec
from django.db import OperationalError, connection
from django.http import HttpResponse

from mamori.doors.gateway.refusals import IdempotencyKeyBusy, IdempotencyKeyTaken
from mamori.ground.declared import memory
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.web.models import Reply
from mamori.ground.web.once import claim

REPLAYED = "Idempotency-Replayed"
OWNER = "market"
PATIENCE = "5s"
"""How long PostgreSQL lets a request wait for the same one that is being worked on."""


class Kept(msgspec.Struct, frozen=True):
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

    A refusal is kept as well, and what it had begun is undone.  A bug or a database that is away keeps nothing.
    """
    with memory.act():
        row = _claimed(machine, key, fingerprint, at)
        if row is None:
            return _replayed(machine, key, fingerprint)
        given = _effect(answer)
        kept = msgspec.msgpack.encode(Kept(given.status_code, list(given.items()), given.content))
        sealed = sealing.seal(subject=OWNER, place=_place(row), plain=kept)
        Reply.objects.filter(pk=row).update(sealed=sealed)
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
    kept = msgspec.msgpack.decode(plain, type=Kept)
    answer = HttpResponse(kept.body, status=kept.status)
    for name, value in kept.headers:
        answer[name] = value
    answer[REPLAYED] = "true"
    return answer


def _place(row: int) -> seals.Place:
    return seals.Place("gateway_reply", row, "sealed")
