"""Which room shows its part of a case's page, and follows at once when the case changes hands there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts
from mamori.ground.cases.facts import CaseFact
from mamori.ground.matters.page import MatterPage
from mamori.ground.web.decisions import Drawn, draw_matter
from mamori.ground.web.signs import Visit
from mamori.rooms.complaints import views as complaints
from mamori.rooms.complaints.counselling import views as counselling
from mamori.rooms.contact import actions as contact_actions
from mamori.rooms.contact.views.staff import panel as contact
from mamori.rooms.disclosure import views as disclosure
from mamori.rooms.enforcement.appeals import views as appeals
from mamori.rooms.enforcement.findings import views as findings
from mamori.rooms.payouts import views as payouts
from mamori.rooms.safety.accidents import views as accidents
from mamori.rooms.safety.recalls import views as recalls
from mamori.rooms.safety.requests import views as requests
from mamori.rooms.safety.screening import views as screening

CASE_PAGE = "/desk/cases/{number}/"
"""Where this door shows a case, told to the rooms whose pages lead back to it."""


PANELS: dict[str, Callable[..., MatterPage]] = {
    "contact": contact.panel,
    "enforcement.finding": findings.FINDINGS.panel,
    "enforcement.appeal": appeals.REVIEWS.panel,
    "payouts": payouts.panel,
    "disclosure": disclosure.panel,
    "complaints.complaint": complaints.panel,
    "complaints.consultation": counselling.panel,
    "safety.accident": accidents.ACCIDENTS.panel,
    "safety.recall": recalls.RECALLS.panel,
    "safety.request": requests.REQUESTS.panel,
    "safety.screening": screening.SCREENINGS.panel,
}
"""Each room's panel, by the first word of its kinds of cases, or of each kind its own."""


FOLLOWS: dict[str, Callable[..., None]] = {"contact.trouble": contact_actions.follow_case}
"""Which room's matters follow their case to whoever has it; news would tell them so a moment later, and change nothing more."""


def follow(case: CaseFact, at: datetime) -> None:
    """Let the matter follow its case now, so that the page that comes next says what is to be done next."""
    if found := FOLLOWS.get(case.kind):
        actor = Actor(by="machine:cases", role=Role.MACHINE, at=at, via="web")
        number = int(case.about.rpartition(":")[2])
        found(actor, trouble=number, to=facts.case_of(case.about).assignee)


def panel(request: Visit, case: CaseFact) -> Drawn | None:
    """Return the part of the case's room, drawn, or None when no room shows it any more."""
    made = PANELS.get(case.kind) or PANELS.get(case.kind.partition(".")[0])
    return draw_matter(made(request, case, case_page=CASE_PAGE), request) if made else None
