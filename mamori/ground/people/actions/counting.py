"""Counting against limits: a flow in this process, what protects a secret exactly in the database."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime, timedelta
from math import ceil
from unicodedata import normalize

from django.db import IntegrityError, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.people.limits import (
    MAIL_CODES,
    MAIL_CODES_A_DAY,
    MAIL_CODES_FROM,
    Limit,
    give_back_exactly,
    settle,
    take,
    take_exactly,
)
from mamori.ground.people.models import Once
from mamori.ground.seal import facts as seals

KEPT = timedelta(minutes=5)
"""Longer than a code of an app holds; the same digits may come up again later."""
_WAIT: ContextVar[int] = ContextVar("wait", default=0)


class TooMany(Refusal, code="people.too-many", status=429):
    """Given when something was tried or asked for too often; `wait` is in seconds, told as Retry-After too."""

    text = Text(
        "回数が多すぎます。{minutes}分ほど待ってから、もう一度お試しください。",
        "That was too often. Please wait about {minutes} min and try again.",
    )

    def __init__(self, *, wait: int, **values: object) -> None:
        super().__init__(wait=wait, minutes=ceil(wait / 60), **values)
        self.wait = wait
        _WAIT.set(wait)


def last_wait() -> int:
    """Return for how many seconds whoever asks now was last told to wait, once: 0 where nobody was since."""
    wait = _WAIT.get()
    _WAIT.set(0)
    return wait


def count(limit: Limit, key: str, *, at: datetime) -> None:
    """Count one for `key` in this process."""
    if wait := take(limit, key, at):
        raise TooMany(wait=wait)


def count_exactly(limit: Limit, key: str, *, at: datetime) -> None:
    """Count one for `key` in the database: exact, whichever process counts."""
    if wait := take_exactly(limit, key, at):
        raise TooMany(wait=wait)


def counts(limit: Limit, key: str, *, at: datetime) -> bool:
    """Count one for `key` in the database and say whether it may be: for what must not tell whether it was done."""
    return not take_exactly(limit, key, at)


def count_mail_code(mail: str, source: str, *, at: datetime) -> None:
    """Count a code that nobody's account asked for, to one mailbox and, where it is known, from one `source`.

    What a mailbox takes in under many spellings is one: nobody is flooded by way of what stands behind a "+".
    """
    name, _, domain = normalize("NFKC", mail).strip().casefold().rpartition("@")
    key = seals.blind("people.mailbox", f"{name.partition('+')[0]}@{domain}").hex()
    with memory.attempt():
        if source:
            count_exactly(MAIL_CODES_FROM, source, at=at)
        count_exactly(MAIL_CODES_A_DAY, key, at=at)
        count_exactly(MAIL_CODES, key, at=at)


def give_back(limit: Limit, key: str, *, at: datetime) -> None:
    """Take back one that turned out to be right: only wrong ones count."""
    give_back_exactly(limit, key, at)


class UsedBefore(Refusal, code="people.used-before", status=409):
    """Given when something that may be used once comes again."""

    text = Text(
        "これはもう使われています。新しいものをお使いください。",
        "This was used before. Please use a new one.",
    )


def use_once(kind: str, whose: str, what: str, *, at: datetime) -> None:
    """Note that something was used, good for one use in whatever process."""
    once = seals.digest_of(f"{kind}\n{whose}\n{what}")
    try:
        with transaction.atomic():
            Once.objects.filter(digest=once, until__lte=at).delete()
            Once.objects.create(digest=once, until=at + KEPT)
    except IntegrityError:
        raise UsedBefore() from None


def settle_limits(*, at: datetime) -> int:
    """Add what this process counted to the table and learn what others did; return how many rows were written."""
    return settle(at)
