"""Which room shows its part of a case's page, and follows at once when the case changes hands there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts
from mamori.ground.cases.facts import CaseFact
from mamori.ground.web.signs import Visit
from mamori.rooms.contact import actions as contact_actions
from mamori.rooms.contact.views.staff import panel as contact
from mamori.rooms.enforcement.views.staff import panel as enforcement
from mamori.rooms.payouts.views.staff import panel as payouts

CASE_PAGE = "/desk/cases/{number}/"
"""Where this door shows a case, told to the rooms whose pages lead back to it."""


class Panel(Protocol):
    """What a room gives: its facts, what can be done, and what was just done."""

    @property
    def work(self) -> str:
        """Return what is to be done next, with the call that waits, as drawn by its room."""

    @property
    def history(self) -> str:
        """Return what came before with the same people and order, as drawn by its room."""

    @property
    def facts(self) -> str:
        """Return the matter's facts as drawn by its room."""

    @property
    def deeds(self) -> str:
        """Return what can be done, as drawn by its room."""

    @property
    def done(self) -> Text | None:
        """Return what was just done."""


PANELS: dict[str, Callable[..., Panel]] = {
    "contact": contact.panel,
    "enforcement": enforcement.panel,
    "payouts": payouts.panel,
}
"""Each room's panel, by the first word of its kinds of cases."""


FOLLOWS: dict[str, Callable[..., None]] = {"contact.trouble": contact_actions.follow_case}
"""Which room's matters follow their case to whoever has it; news would tell them so a moment later, and change nothing more."""


def follow(case: CaseFact, at: datetime) -> None:
    """Let the matter follow its case now, so that the page that comes next says what is to be done next."""
    if found := FOLLOWS.get(case.kind):
        hand = Hand(by="machine:cases", role=Role.MACHINE, at=at, via="web")
        number = int(case.about.rpartition(":")[2])
        found(hand, trouble=number, to=facts.case_of(case.about).assignee)


def panel(request: Visit, case: CaseFact) -> Panel | None:
    """Return the panel of the case's room, or None when no room shows it any more."""
    made = PANELS.get(case.kind.partition(".")[0])
    return made(request, case, case_page=CASE_PAGE) if made else None
