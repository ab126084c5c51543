"""This room's part of the desk's case page: the matter's facts, what staff can do, calls, looks that wait."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from mamori.grammar.hand import HEADS
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers
from mamori.ground.web.once import new_token
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.decisions import BY_SLUG
from mamori.rooms.contact.lifecycle import RecoveryState
from mamori.rooms.contact.queries import formal, formals
from mamori.rooms.contact.queries.bought import bought
from mamori.rooms.contact.queries.history import history_of
from mamori.rooms.contact.queries.staff import StaffMatter, matter_of_case
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.nextact import next_act
from mamori.rooms.contact.views.staff.asking import asked
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.calls import form_for
from mamori.rooms.contact.views.staff.cases import Back
from mamori.rooms.contact.views.staff.formal import formal_panel
from mamori.rooms.contact.views.staff.reading import WordsRead, not_read, words_section

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
}


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page.

    :raises NothingHere: when the matter is not of this room.
    """
    if (notice := formal.behind(case)) is not None:
        return formal_panel(request, case, notice)
    matter = matter_of_case(hand_of(request), case)
    return page_of(request, matter, not_read(request, matter), case_page=case_page)


def page_of(request: Visit, matter: StaffMatter, reading: WordsRead, *, case_page: str) -> MatterPage:
    """Return the page of a matter with its words as they were read or are asked for, and every decision beside them."""
    hand, slug = hand_of(request), request.GET.get("done", "")
    decision = BY_SLUG.get(slug)
    return MatterPage(
        sections=sections_of(request, matter, reading, case_page=case_page),
        offers=offers(
            [BY_SLUG[duty.value] for duty in matter.duties],
            matter,
            hand.role,
            partial(_address, matter.case.number),
            form=partial(asked, matter),
        ),
        comes_first=bool(matter.reach or (matter.call and matter.call.is_due)),
        done=just_done(hand, matter.case.about, decision.done) if decision else DONE.get(slug),
    )


def sections_of(
    request: Visit, matter: StaffMatter, reading: WordsRead, *, case_page: str, calls: bool = True
) -> tuple[Section, ...]:
    """Return what is shown of a matter, on its page and, without the forms of calls, beside each decision on it."""
    case = matter.case
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
        "form": form_for(matter) if calls and matter.call and matter.call.is_due else None,
        "token": new_token(),
        "reach_form": form_for(matter, Whom.BUYER) if calls and matter.reach else None,
        "reach_token": new_token(),
        "history": history_of(trouble) if trouble else (),
        "back": Back(case_page),
        "formals": formals.of_order(matter.thread.order_ref),
        "takes": request.presence.role in TAKERS and not case.closed_at,
        "may_warrant": request.presence.role in HEADS,
        "looks": [(p, p.about.rpartition("#")[2]) for p in matter.waiting_looks],
    }
    drawn = [PagePart.WORK, PagePart.FACTS, *((PagePart.HISTORY,) if trouble else ())]
    words = () if matter.recovery else (words_section(request, matter, reading),)
    return (
        *words,
        *(Section(part=part, template=f"contact/staff/{part.value}.html", shown=shown) for part in drawn),
    )


def _address(number: str, slug: str) -> str:
    return reverse("contact_staff:duty", args=(number, slug))
