"""How a party can be reached, on its case's own page: asked for with a reason, shown once, and every look is a recorded POST."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market.facts import Contact
from mamori.ground.matters.page import PagePart, Section
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.staffforms import ReasonForm

WHOSE = {"buyer": Role.BUYER, "seller": Role.SELLER}
CALLING = Text("架電のため", "To call them")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsAsked:
    """Contact details as they are offered, or `whose` are asked for in the `form`; `details` once they were seen just now."""

    whose: Role | None = None
    form: ReasonForm | None = None
    details: Contact | None = None
    status: int = 200


OFFERED = DetailsAsked()


def details_of(request: Visit, matter: StaffMatter, whose: str) -> DetailsAsked:
    """Return the details as they are asked for; after a POST with a reason record the look and return them."""
    role = WHOSE.get(whose)
    if role is None or (role is Role.BUYER and matter.recovery is not None):
        raise NothingHere()
    if request.method != "POST":
        form = ReasonForm(initial={"reason": told(CALLING)}, auto_id="contact_%s")
        return DetailsAsked(whose=role, form=form)
    form = ReasonForm(request.POST, auto_id="contact_%s")
    if not form.is_valid():
        return DetailsAsked(whose=role, form=form, status=422)
    hand, reason = hand_of(request), form.cleaned_data["reason"]
    try:
        details = actions.see_contact(hand, thread=matter.thread.pk, whose=role, reason=reason)
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return DetailsAsked(whose=role, form=form, status=refusal.status)
    return DetailsAsked(whose=role, details=details)


def details_section(matter: StaffMatter, asked: DetailsAsked) -> Section:
    """Return the part of the page in which contact details stand."""
    shown = {"asked": asked, "number": matter.case.number, "has_buyer": matter.recovery is None}
    return Section(part=PagePart.FACTS, template="contact/staff/details.html", shown=shown)
