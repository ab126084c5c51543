"""A page that somebody outside may use once: its secret address, kept as a digest, until it is used or its time is over."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import facts as seals
from mamori.ground.web.models import OneTime

KEPT = timedelta(days=90)
"""So long what is over is told from what never was."""


class NoSuchPage(Refusal, code="one-time-unknown", status=404):
    """Given when no page has this address, or it was over long ago."""

    text = Text(
        "このページは見つかりません。アドレスが全部そろっているかご確認ください。",
        "There is no such page. Please see that its address is whole.",
    )


class PageUsed(Refusal, code="one-time-used", status=410):
    """Given when a page was used before, by whom it was meant for or by somebody to whom its address was forwarded."""

    text = Text(
        "このページは、すでに一度使われました。お送りになっていないときは、通販サイトの担当者に電話でお知らせください。",
        "This page was used before. If it was not you who used it, please call the marketplace.",
    )


class PageOver(Refusal, code="one-time-over", status=410):
    """Given when the time of a page is over."""

    text = Text(
        "このページの期限は過ぎました。新しいページが要るときは、通販サイトの担当者にお知らせください。",
        "The time of this page is over. Please tell the marketplace if you need a new one.",
    )


def make(purpose: str, *, about: str, at: datetime, until: datetime) -> str:
    """Make a page in the caller's transaction, and return its secret: it is kept nowhere, and shown once."""
    OneTime.objects.filter(until__lt=at - KEPT).delete()
    secret = secrets.token_urlsafe(24)
    OneTime.objects.create(
        purpose=purpose, about=about, digest=seals.digest_of(secret), made_at=at, until=until
    )
    return secret


def read(purpose: str, secret: str, *, at: datetime) -> str:
    """Return what a page is about that may still be used."""
    return _open(OneTime.objects.filter(purpose=purpose, digest=seals.digest_of(secret)).first(), at).about


def use(purpose: str, secret: str, *, at: datetime) -> str:
    """Use a page up, in the caller's transaction, and return what it is about; of two at once the second finds it used."""
    rows = OneTime.objects.select_for_update().filter(purpose=purpose, digest=seals.digest_of(secret))
    row = _open(rows.first(), at)
    row.used_at = at
    row.save(update_fields=("used_at",))
    return row.about


def _open(row: OneTime | None, at: datetime) -> OneTime:
    if row is None:
        raise NoSuchPage
    if row.used_at is not None:
        raise PageUsed
    if at >= row.until:
        raise PageOver
    return row
