"""The one clock of the house: the real moment, and in a sandbox alone so much later as its clock was moved forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.db import Error, connection, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks.models import Sandbox

ALLOWED = frozenset(
    {"seal_keymark", "django_content_type", "auth_permission", "django_site", "clocks_sandbox"}
)
"""Tables that a house has rows in as soon as it was set up."""


class NotEmpty(Refusal, code="sandbox.not-empty", status=409):
    """Given when a house that holds anything is to become a sandbox."""

    text = Text(
        "このデータベースには記録があります（{table}）。練習場にできるのは、作ったばかりの空の家だけです。",
        "This database holds something ({table}). Only an empty house, just made, can become a sandbox.",
    )


class NoSandbox(Refusal, code="sandbox.none", status=404):
    """Given when the clock of a house that is no sandbox is to be moved."""

    text = Text(
        "この家は練習場ではありません。時計は進められません。練習場は `mamori sandbox` で作れます。",
        "This house is no sandbox. Its clock cannot be moved. `mamori sandbox` makes one.",
    )


class TooFar(Refusal, code="sandbox.too-far", status=422):
    """Given when the clock is to go further at once than a house looks ahead."""

    text = Text(
        "時計は一度に{days}日まで進められます。短く分けて進めてください。",
        "The clock goes forward by {days} days at most at a time. Go in smaller steps.",
    )


FURTHEST = timedelta(days=400)
"""So far a clock goes at once: a year and what is told after it."""
_KNOWN: list[bool] = []
_AHEAD: list[timedelta | None] = [None]


def forget() -> None:
    """Look anew whether this is a sandbox: after one was made, and for tests."""
    _KNOWN.clear()
    _AHEAD[:] = [None]


def is_sandbox() -> bool:
    """Say whether this house was made as a sandbox; asked of the database once, as no house becomes one later."""
    if not _KNOWN:
        _KNOWN.append(Sandbox.objects.exists())
    return _KNOWN[0]


def ahead() -> timedelta | None:
    """Return how far the clock of a sandbox is ahead, None in every other house.

    While the database is away it is as far as it was last: nothing can be written meanwhile.
    """
    try:
        if is_sandbox():
            seconds = Sandbox.objects.values_list("ahead", flat=True).first() or 0
            _AHEAD[0] = timedelta(seconds=seconds)
    except Error:
        pass
    return _AHEAD[0]


def now() -> datetime:
    """Return what time it is for all that the house does; who comes in, and for how long, goes by the real clock."""
    return datetime.now(UTC) + (ahead() or timedelta())


def mark_sandbox(*, at: datetime) -> None:
    """Make an empty house a sandbox, for good.

    :raises NotEmpty: when any table holds a row that setting up a house does not write.
    """
    with transaction.atomic():
        there = set(connection.introspection.table_names())
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in there and table not in ALLOWED and model._base_manager.exists():
                raise NotEmpty(table=table)
        if not Sandbox.objects.exists():
            Sandbox.objects.create(pk=1, made_at=at)
    forget()


def may_move(*, to: datetime) -> None:
    """See that this is a sandbox, and that its clock may go as far as that.

    :raises NoSandbox: in every other house.
    """
    if not is_sandbox():
        raise NoSandbox
    if to - now() > FURTHEST:
        raise TooFar(days=FURTHEST.days)


def move(*, to: datetime) -> None:
    """Move the clock forward to a moment; one that is past already changes nothing."""
    may_move(to=to)
    seconds = int((to - datetime.now(UTC)).total_seconds()) + 1
    Sandbox.objects.filter(ahead__lt=seconds).update(ahead=seconds)
