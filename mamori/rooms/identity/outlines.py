"""What this room does for those who buy, as everybody reads it, with the public figures of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.outline import MonthCount, Outline
from mamori.grammar.text import Text
from mamori.ground.declared.counted import ExportedRow, exported
from mamori.japan.calendar import Month
from mamori.law import shown
from mamori.law.shown import IDENTITIES
from mamori.rooms.identity.models import Version

OUTLINES = (
    Outline(
        practice="P17",
        does=Text(
            "出品者の登録名を、どの方法でいつ本人と確かめたかを記録し、期限の切れたものや名前の変わったものは、確かめ直すまで確認済みとしません。",
            "For each seller it is kept by which method and when its registered name was verified. Once that has run out, or the "
            "name has changed, it does not count as verified until it was looked at again.",
        ),
        figures=(shown.IDENTITIES.code,),
        for_sellers=True,
    ),
    Outline(
        practice="P18",
        does=Text(
            "売上金の口座の名義が登録名と違うなど、登録と違うことに気づいたときは、一件ずつ担当者が事実を確かめ、出品者に正しい登録を求めます。",
            "Where something differs from what is registered, such as the name of the account for proceeds, somebody looks into "
            "it case by case and the seller has to put it right.",
        ),
        for_sellers=True,
    ),
)


def _checks(since: datetime, until: datetime) -> QuerySet[Version]:
    """Return the versions that tell a check of the name which they register."""
    return Version.objects.filter(covered=True, told_at__gte=since, told_at__lt=until)


def settled(month: Month) -> tuple[MonthCount, ...]:
    """Return what is published of a month: what was told then is told for good."""
    return (MonthCount(code=IDENTITIES.code, count=_checks(month.since, month.until).count()),)


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each check from `since` to before `until` when it was told."""
    yield from exported("identity", _checks(since, until), "told_at")
