"""What readers say of a page of help: counted for the day, and nothing else is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from mamori.grammar.actor import Actor
from mamori.ground.declared import memory
from mamori.japan.calendar import JAPAN
from mamori.rooms.outreach.acts import WasHelpful
from mamori.rooms.outreach.models import HelpfulDay


@dataclass(frozen=True, slots=True)
class HelpVersion:
    """A version of a page of help: its name, and what tells this version from others."""

    page: str
    version: str


def say_helpful(actor: Actor, *, of: HelpVersion, said: WasHelpful) -> None:
    """Count what a reader says of a page; no act is recorded, since nothing of it is about anybody."""
    row = {
        "page": of.page,
        "version": of.version,
        "on": actor.at.astimezone(JAPAN).date(),
        "said": said.value,
    }
    with memory.act():
        HelpfulDay.objects.bulk_create([HelpfulDay(**row)], ignore_conflicts=True)
        HelpfulDay.objects.filter(**row).update(count=F("count") + 1)
