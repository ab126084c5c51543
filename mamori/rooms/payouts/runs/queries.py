"""A payout run as leads read it: its lines, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from mamori.grammar.text import Text
from mamori.ground.web.lists import COUNTED, Page, page_of
from mamori.rooms.payouts import facts
from mamori.rooms.payouts.facts import LineFact
from mamori.rooms.payouts.models import Line, Payout, Run
from mamori.rooms.payouts.runs.actions import NoSuchRun


class Show(StrEnum):
    """Which lines of a run are shown."""

    ALL = ""
    REFUSED = "refused"
    WAITING = "waiting"

    @property
    def text(self) -> Text:
        """Say it in words."""
        return _TEXTS[self]

    @classmethod
    def of(cls, name: str) -> Show:
        """Return what a word in an address stands for; an unknown one shows all."""
        return cls(name) if name in set(cls) else cls.ALL


_TEXTS = {
    Show.ALL: Text("すべて", "All"),
    Show.REFUSED: Text("受け付けられなかった", "Refused"),
    Show.WAITING: Text("支払いを止めている", "Waiting"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One way to look at a run's lines, and how many there are; `many` is counted to a thousand."""

    show: Show
    count: int

    @property
    def many(self) -> str:
        """Say how many."""
        return f"{COUNTED:,}+" if self.count >= COUNTED else f"{self.count:,}"


def run_of(run: int) -> Run:
    """Return a run."""
    row = Run.objects.filter(pk=run).first()
    if row is None:
        raise NoSuchRun(run=run)
    return row


def lines(run: int, *, show: Show, cursor: str = "") -> Page[LineFact]:
    """Return lines of a run in their order."""
    page = page_of(_lines(run, show), by=("number", "id"), cursor=cursor)
    return Page(items=facts.line_facts(page.items), next=page.next, previous=page.previous, count=page.count)


def tabs(run: int) -> list[Tab]:
    """Return every way to look at a run's lines."""
    return [Tab(show=show, count=_lines(run, show)[:COUNTED].count()) for show in Show]


def _lines(run: int, show: Show) -> QuerySet[Line]:
    rows = Line.objects.filter(run=run)
    if show is Show.REFUSED:
        return rows.exclude(refused="")
    if show is Show.WAITING:
        waits = Payout.objects.filter(ref=OuterRef("payout_ref"), waiting_since__isnull=False)
        return rows.filter(Exists(waits), refused="")
    return rows
