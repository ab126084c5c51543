"""This room's part of the desk's case page: the matter's facts, what staff can do, calls, looks that wait."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.matters.decision import Done, just_done
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart, Section, offers
from mamori.ground.web.decisions import by_verb
from mamori.ground.web.once import new_token
from mamori.ground.web.signs import Visit, hand_of
from mamori.japan.spoken import spoken
from mamori.law.deadlines import DANGER_CALL
from mamori.rooms.contact.decisions.calls import CALLERS, CALLS
from mamori.rooms.contact.decisions.looks import SECOND_READER
from mamori.rooms.contact.decisions.matters import BY_SLUG, DECISIONS
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.formal.views.staff import formal_panel
from mamori.rooms.contact.lifecycle import RecoveryState
from mamori.rooms.contact.queries.bought import bought
from mamori.rooms.contact.queries.history import history_of
from mamori.rooms.contact.queries.staff import StaffMatter, matter_of_case
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.nextact import next_act
from mamori.rooms.contact.views.staff.asking import call_form, form_for_decision, initial
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.cases import Back
from mamori.rooms.contact.views.staff.reaching import OFFERED, DetailsAsked, details_section
from mamori.rooms.contact.views.staff.reading import WordsRead, not_read, words_section

DONE = {
    "reply": Text(
        "伺ったとおりに記録し、ご本人に書面で知らせます。",
        "It was recorded as you were told; the party is told so in writing.",
    ),
    "helper": Text(
        "伺ったとおりに記録し、ご本人に知らせました。",
        "It was recorded as you were told, and the buyer was told so.",
    ),
}
DONE_BY: dict[str, Done] = {
    one.slug: one.done for some in (DECISIONS, CALLS.values(), SECOND_READER) for one in some
}


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page."""
    if (notice := formals.behind(case)) is not None:
        return formal_panel(request, case, notice)
    matter = matter_of_case(hand_of(request), case)
    return page_of(request, matter, not_read(request, matter), case_page=case_page)


def page_of(
    request: Visit,
    matter: StaffMatter,
    reading: WordsRead,
    *,
    case_page: str,
    details: DetailsAsked = OFFERED,
) -> MatterPage:
    """Return the page of a matter, words and contact details as they were seen or are asked for, every decision beside them."""
    hand, slug = hand_of(request), request.GET.get("done", "")
    done = DONE_BY.get(slug)
    return MatterPage(
        sections=sections_of(request, matter, reading, case_page=case_page, details=details),
        offers=_offered(matter, hand.role),
        comes_first=bool(matter.reach or (matter.call and matter.call.is_due)),
        done=just_done(hand, matter.case.about, done) if done else DONE.get(slug),
        clocks=_call_clocks(matter),
    )


def _call_clocks(matter: StaffMatter) -> dict[tuple[str, str], Text]:
    """Name the clocks of the calls that wait in danger, which are of one kind, by who is to be called."""
    calls = ((matter.call, CALLS[Whom.SELLER]), (matter.reach, CALLS[Whom.BUYER]))
    return {(DANGER_CALL.code, str(call.id)): decision.title for call, decision in calls if call is not None}


def sections_of(
    request: Visit,
    matter: StaffMatter,
    reading: WordsRead,
    *,
    case_page: str,
    calls: bool = True,
    details: DetailsAsked = OFFERED,
) -> tuple[Section, ...]:
    """Return what is shown of a matter, on its page and, without the forms of calls, beside each decision on it."""
    case = matter.case
    trouble = matter.trouble if matter.recovery is None else None
    kind = case_kind(case.kind)
    may_call = request.presence.role in CALLERS
    calls = calls and may_call
    shown = {
        "matter": matter,
        "bought": bought(matter.order, matter.thread.listing_ref),
        "act": next_act(
            case.attention or "",
            kind.attention(case.attention) if case.attention else None,
            matter.matter,
            recovery=RecoveryState(matter.recovery.state) if matter.recovery else None,
        ),
        "form": call_form(matter, Whom.SELLER)() if calls and matter.call and matter.call.is_due else None,
        "may_call": may_call,
        "token": new_token(),
        "reach_form": call_form(matter, Whom.BUYER)() if calls and matter.reach else None,
        "reach_token": new_token(),
        "call_seller": CALLS[Whom.SELLER],
        "call_buyer": CALLS[Whom.BUYER],
        "history": history_of(trouble) if trouble else (),
        "back": Back(case_page),
        "formals": formals.of_order(matter.thread.order_ref),
        "takes": request.presence.role in TAKERS and not case.closed_at,
    }
    drawn = [PagePart.WORK, PagePart.FACTS, *((PagePart.HISTORY,) if trouble else ())]
    words = () if matter.recovery else (words_section(request, matter, reading),)
    return (
        *words,
        *(Section(part=part, template=f"contact/staff/{part.value}.html", shown=shown) for part in drawn),
        details_section(matter, details),
    )


def beside(request: Visit, matter: StaffMatter, *, case_page: str) -> tuple[Section, ...]:
    """Return what stands beside a decision on the matter; its words are asked for."""
    return sections_of(request, matter, not_read(request, matter), case_page=case_page, calls=False)


def _offered(matter: StaffMatter, role: Role) -> tuple[OpenDecision, ...]:
    """Return what can be decided on the matter: first on the looks that wait for this reader, last what is another's."""
    number = matter.case.number
    decisions = [BY_SLUG[duty.value] for duty in matter.duties]
    waiting = [
        one
        for look in matter.looks
        for one in offers(
            SECOND_READER,
            look,
            role,
            partial(_address, "look", number, look.key),
            of=spoken(look.at),
            form=by_verb,
            initial={"version": look.version},
        )
    ]
    return (
        *(one for one in waiting if not one.closed),
        *offers(
            decisions,
            matter,
            role,
            partial(_address, "duty", number),
            form=partial(form_for_decision, matter),
            initial=initial(matter),
        ),
        *(one for one in waiting if one.closed),
    )


def _address(route: str, *place: str) -> str:
    return reverse(f"contact_staff:{route}", args=place)
