"""This room's part of the desk's case page: the matter's facts, what staff can do, calls, looks that wait."""

from __future__ import annotations

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.matters.page import MatterPage, PagePart, Section
from mamori.ground.web.once import new_token
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.lifecycle import RecoveryState
from mamori.rooms.contact.queries import formal, formals
from mamori.rooms.contact.queries.bought import bought
from mamori.rooms.contact.queries.history import history_of
from mamori.rooms.contact.queries.staff import matter_of_case
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.nextact import next_act
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.calls import form_for
from mamori.rooms.contact.views.staff.cases import Back
from mamori.rooms.contact.views.staff.duties import BY_SLUG
from mamori.rooms.contact.views.staff.formal import formal_panel

DONE = {
    "call": Text("架電の結果を記録しました。", "The call was recorded."),
    "reply": Text(
        "伺ったとおりに記録し、ご本人に書面で知らせます。",
        "It was recorded as you were told; the party is told so in writing.",
    ),
    "helper": Text(
        "伺ったとおりに記録し、ご本人に知らせました。",
        "It was recorded as you were told, and the buyer was told so.",
    ),
    "confirmed": Text("緊急の閲覧を確かめたと記録しました。", "Your confirmation was recorded."),
    "told": Text("購入者と出品者に知らせました。", "Buyer and seller were told."),
    "held": Text(
        "知らせるのを控えました。見直しの時が来たら、責任者にお尋ねします。",
        "It is held back. A lead will be asked again when it is to be reviewed.",
    ),
    "objected": Text("異議を記録し、責任者に知らせました。", "Your objection was recorded; a lead was told."),
} | {slug: page.done for slug, page in BY_SLUG.items()}


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page.

    :raises NothingHere: when the matter is not of this room.
    """
    hand = hand_of(request)
    if (notice := formal.behind(case)) is not None:
        return formal_panel(request, case, notice)
    matter = matter_of_case(hand, case)
    trouble = matter.trouble if matter.recovery is None else None
    kind = case_kind(case.kind)
    shown = {
        "matter": matter,
        "bought": bought(matter.order, matter.thread.listing_ref),
        "act": next_act(
            case.attention or "",
            kind.attention(case.attention) if case.attention else None,
            matter.matter,
            recovery=RecoveryState(matter.recovery.state) if matter.recovery else None,
        ),
        "form": form_for(matter) if matter.call else None,
        "token": new_token(),
        "reach_form": form_for(matter, Whom.BUYER) if matter.reach else None,
        "reach_token": new_token(),
        "history": history_of(trouble) if trouble else (),
        "back": Back(case_page),
        "formals": formals.of_order(matter.thread.order_ref),
        "pages": [BY_SLUG[duty.value] for duty in matter.duties],
        "takes": hand.role in TAKERS and not case.closed_at,
        "may_warrant": hand.role in STAFF - {Role.AGENT},
        "looks": [(p, p.about.rpartition("#")[2]) for p in matter.waiting_looks],
    }
    drawn = {PagePart.FACTS: "facts", PagePart.DEEDS: "deeds"}
    if not case.closed_at:
        drawn[PagePart.WORK] = "work"
    if trouble:
        drawn[PagePart.HISTORY] = "history"
    return MatterPage(
        sections=tuple(
            Section(part=part, template=f"contact/staff/{name}.html", shown=shown)
            for part, name in drawn.items()
        ),
        done=DONE.get(request.GET.get("done", "")),
    )
