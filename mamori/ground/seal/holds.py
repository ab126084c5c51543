"""Putting things under a legal hold and lifting it; why, lies sealed with the house's own key."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal.keystore import Place
from mamori.ground.seal.models import IS_IN_FORCE, IS_LIVING, HeldName, Hold, SubjectKey
from mamori.ground.seal.sealing import seal, unseal

HOUSE = "market"
"""Whose key seals the reason: that of the house itself, which is never shredded."""


class NoSuchHold(Refusal, code="seal.no_such_hold", status=404):
    """There is no such hold in force."""

    text = Text(
        "消去の停止 第{number}号はないか、すでに解除されています。`mamori hold list` で確かめてください。",
        "There is no hold no. {number} in force. `mamori hold list` shows those there are.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFact:
    """A hold: on what, on which ground and why, by whom, since when, and until when if it was lifted."""

    number: int
    what: str
    covers: tuple[str, ...]
    ground: str
    ground_ja: str
    ground_en: str
    reason: str
    by: str
    since: datetime
    until: datetime | None
    lifted_by: str
    lifted_at: datetime | None

    @property
    def called(self) -> str:
        """Return what is held as people name it; that only its logs are, the ground says."""
        return self.what.removeprefix("log:")


def hold(
    *,
    what: str,
    covers: Iterable[str],
    ground: str,
    title: Text,
    reason: str,
    by: str,
    at: datetime,
    until: datetime | None = None,
) -> int:
    """Put `what` and all that it covers (subjects, files, matters) under a hold and return its number.

    The caller records the act in the same transaction.
    """
    names = dict.fromkeys([what, *covers])
    with transaction.atomic():
        list(SubjectKey.objects.select_for_update().filter(IS_LIVING, subject__in=names).order_by("subject"))
        row = Hold.objects.create(
            what=what,
            ground=ground,
            ground_ja=title.ja,
            ground_en=title.en,
            by=by,
            since=at,
            until=until,
            sealed=b"",
        )
        row.sealed = seal(subject=HOUSE, place=_place(row.pk), plain=json.dumps(reason).encode())
        row.save(update_fields=["sealed"])
        HeldName.objects.bulk_create(HeldName(hold=row, name=name) for name in names)
    return row.pk


def lift(*, number: int, by: str, at: datetime) -> str:
    """Lift a hold and return what it was on; the caller records the act in the same transaction."""
    with transaction.atomic():
        row = Hold.objects.select_for_update().filter(IS_IN_FORCE, pk=number).first()
        if row is None:
            raise NoSuchHold(number=number)
        row.lifted_by, row.lifted_at = by, at
        row.save(update_fields=["lifted_by", "lifted_at"])
    return row.what


def prolong(*, number: int, until: datetime) -> None:
    """Let a hold in force end later; the caller records the act in the same transaction."""
    Hold.objects.filter(IS_IN_FORCE, pk=number).update(until=until)


def ended(at: datetime) -> tuple[int, ...]:
    """Return the holds in force whose own end is over."""
    return tuple(Hold.objects.filter(IS_IN_FORCE, until__lte=at).order_by("pk").values_list("pk", flat=True))


def in_force(what: str, *, ground: str) -> tuple[int, ...]:
    """Return the holds in force that were put on this very thing on that ground."""
    rows = Hold.objects.filter(IS_IN_FORCE, what=what, ground=ground).order_by("pk")
    return tuple(rows.values_list("pk", flat=True))


def holds(*, lifted: bool = False) -> tuple[HoldFact, ...]:
    """Return the holds in force, the newest first; with `lifted` those of the past, too."""
    rows = Hold.objects.prefetch_related("names").order_by("-pk")
    return tuple(_fact(row) for row in (rows if lifted else rows.filter(IS_IN_FORCE)))


def _fact(row: Hold) -> HoldFact:
    plain = unseal(subject=HOUSE, place=_place(row.pk), sealed=bytes(row.sealed))
    return HoldFact(
        number=row.pk,
        what=row.what,
        covers=tuple(sorted(one.name for one in row.names.all() if one.name != row.what)),
        ground=row.ground,
        ground_ja=row.ground_ja,
        ground_en=row.ground_en,
        reason=json.loads(plain),
        by=row.by,
        since=row.since,
        until=row.until,
        lifted_by=row.lifted_by,
        lifted_at=row.lifted_at,
    )


def _place(number: int) -> Place:
    return Place("seal_hold", number, "sealed")
