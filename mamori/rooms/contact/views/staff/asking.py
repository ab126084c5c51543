"""The forms of staff's decisions: made from what their verbs ask, but for those that no input can ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from mamori.ground.matters.decision import Decision
from mamori.ground.web.decisions import form_of
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.versions import MOMENT
from mamori.rooms.contact import calling, staffforms
from mamori.rooms.contact.dangerforms import BuyerCallForm, ReachedForm
from mamori.rooms.contact.offerforms import CentresProposalForm, TakeBackForm
from mamori.rooms.contact.queries.offers import proposable_about
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.duties import Duty

FORMS: dict[str, type[HouseForm]] = {
    Duty.TAKE_BACK: TakeBackForm,
    Duty.REACH: ReachedForm,
    Duty.NO_DANGER: staffforms.NoDangerForm,
    Duty.LOWER: staffforms.LowerForm,
    Duty.GRANT: staffforms.GrantForm,
    Duty.ARRANGE: staffforms.GrantForm,
    Duty.SENT: staffforms.ParcelForm,
}


def form_for_decision(matter: StaffMatter, decision: Decision[StaffMatter]) -> Callable[..., HouseForm]:
    """Return what makes the form of a decision; it asks of the kinds that can be agreed on, and of what would be lost."""
    if decision.slug == Duty.PROPOSE:
        return partial(CentresProposalForm, kinds=proposable_about(matter.order))
    if decision.slug == Duty.SOLVE:
        return partial(staffforms.SolvedForm, waits=matter.waiting_offer)
    return FORMS.get(decision.slug) or form_of(decision.verb)


def call_form(matter: StaffMatter, whom: Whom) -> Callable[..., HouseForm]:
    """Return what makes the form of a call, with the numbers under which the seller's can be made.

    The keys of the outcomes are the buyer's while both wait.
    """
    if whom is Whom.BUYER:
        return BuyerCallForm
    lines = matter.call.lines if matter.call else calling.lines(matter.thread.seller_ref)
    return partial(staffforms.CallForm, lines=lines, by_keys=matter.reach is None)


def initial(matter: StaffMatter) -> dict[str, Any]:
    """Return what is filled in beforehand: the most that can be given or recovered, the proposal seen, and the danger so far."""
    if matter.recovery is not None:
        return {"amount": matter.recovery.most}
    most = {"amount": matter.outlook.most} if matter.outlook and matter.outlook.most else {}
    seen = next((offer.id for offer in matter.offers if offer.is_open), None)
    told = {"seen_until": matter.danger_told_at.strftime(MOMENT)} if matter.danger_told_at else {}
    return most | ({"proposal": seen} if seen else {}) | told
