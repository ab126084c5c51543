"""The forms of staff's decisions: made from what their verbs ask, but for those that no input can ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from mamori.ground.matters.decision import Decision
from mamori.ground.web.decisions import form_of
from mamori.ground.web.forms import HouseForm
from mamori.rooms.contact import staffforms
from mamori.rooms.contact.dangerforms import ReachedForm
from mamori.rooms.contact.offerforms import CentresProposalForm, TakeBackForm
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.duties import Duty

FORMS: dict[str, type[HouseForm]] = {
    Duty.PROPOSE: CentresProposalForm,
    Duty.TAKE_BACK: TakeBackForm,
    Duty.REACH: ReachedForm,
    Duty.NO_DANGER: staffforms.LowerForm,
    Duty.LOWER: staffforms.LowerForm,
    Duty.GRANT: staffforms.GrantForm,
    Duty.ARRANGE: staffforms.GrantForm,
    Duty.SENT: staffforms.ParcelForm,
}


def form_for_decision(decision: Decision[StaffMatter]) -> type[HouseForm]:
    """Return what a decision asks."""
    return FORMS.get(decision.slug) or form_of(decision.verb)


def asked(matter: StaffMatter, decision: Decision[StaffMatter]) -> Callable[..., HouseForm]:
    """Return what makes the form of a decision on the matter's own page."""
    return partial(form_for_decision(decision), initial=initial(matter))


def initial(matter: StaffMatter) -> dict[str, Any]:
    """Return what is filled in beforehand: the most that can be given or recovered, and the proposal that is seen."""
    if matter.recovery is not None:
        return {"amount": matter.recovery.most}
    most = {"amount": matter.outlook.most} if matter.outlook and matter.outlook.most else {}
    seen = next((offer.id for offer in matter.offers if offer.is_open), None)
    return most | ({"proposal": seen} if seen else {})
