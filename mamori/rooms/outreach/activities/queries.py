"""Activities as staff read them, and the lines that everybody reads."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text, day_words
from mamori.ground.cases import facts as cases
from mamori.ground.people import facts as people
from mamori.ground.vault import facts as vault
from mamori.ground.web.forms import FileShown, file_shown
from mamori.law.activities import ActivityKind
from mamori.rooms.outreach.activities.matter import ActivitySaid, NoSuchActivity, about, named_in, said_of
from mamori.rooms.outreach.lifecycle import ActivityState
from mamori.rooms.outreach.models import IS_TOLD, Activity, ActivityAction


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityShown:
    """An activity as staff read it: its words, what was agreed, its files, and what may be done."""

    row: Activity
    said: ActivitySaid = field(repr=False)
    actions: tuple[ActivityAction, ...]
    files: tuple[FileShown, ...]
    next: int | None
    line_by: str

    @property
    def undone(self) -> tuple[ActivityAction, ...]:
        """Return what was agreed and is not done."""
        return tuple(one for one in self.actions if one.done_at is None)

    @property
    def guests(self) -> tuple[tuple[str, bool], ...]:
        """Return who is invited, and whether each came."""
        return tuple((one, one in self.said.present) for one in named_in(self.said.guests))

    @property
    def asks_next(self) -> bool:
        """Say whether the next one of its series is to be arranged."""
        return bool(self.row.every_months) and self.row.state != ActivityState.PLANNED and self.next is None


def activity(actor: Actor, number: int) -> ActivityShown:
    """Return an activity as staff read it."""
    row = Activity.objects.filter(pk=number).first()
    if row is None or actor.role not in STAFF:
        raise NoSuchActivity
    kept = vault.files_about(about(number), named=True)
    return ActivityShown(
        row=row,
        said=said_of(row),
        actions=tuple(row.actions.order_by("on", "pk")),
        files=tuple(file_shown(place, one) for place, one in enumerate(kept, 1)),
        next=row.next.values_list("pk", flat=True).first(),
        line_by=people.called(row.line_by, people.names()) if row.line_by else "",
    )


def file_of(actor: Actor, number: int, file: int) -> uuid.UUID:
    """Return a file of an activity, for staff."""
    kept = vault.files_about(about(number))
    if actor.role not in STAFF or not 1 <= file <= len(kept):
        raise NoSuchActivity
    return kept[file - 1].id


def told() -> Sequence[Activity]:
    """Return the activities of which everybody reads a line, the newest first."""
    return list(Activity.objects.filter(IS_TOLD).order_by("-on", "-pk"))


def news(*, topic: str = "", limit: int = 50) -> Sequence[Activity]:
    """Return those whose line was released last, as they stand among the news, of that topic where one is named."""
    kinds = [one.value for one in ActivityKind if topic in ("", one.topic)]
    rows = Activity.objects.filter(IS_TOLD, kind__in=kinds)
    return list(rows.order_by("-released_at", "-pk")[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """An activity as the list tells of it: its day, and when something is to be done next, or was."""

    row: Activity
    on: Text
    due: datetime | None
    public: Text | None


PUBLIC = Text("公開している", "public")
UNRELEASED = Text("別の人の確認待ち", "waits for another person")


def rows_due(rows: Sequence[Activity], actor: Actor) -> list[ActivityRow]:
    """Return these as the list tells of them."""
    found = cases.cases_of(abouts=[about(one.pk) for one in rows])
    return [
        ActivityRow(
            row=one,
            on=day_words(one.on),
            due=found[about(one.pk)].next_due_at,
            public=PUBLIC if one.released_at else UNRELEASED if one.line else None,
        )
        for one in rows
    ]
