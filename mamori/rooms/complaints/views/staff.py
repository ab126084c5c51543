"""Pages on which people of the operator read what was reported, and staff decide it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import INSIDE, STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.vault import views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.complaints.decisions import staff as decisions
from mamori.rooms.complaints.lists import ALL_COMPLAINTS, COMPLAINT_LIST, first_of_all
from mamori.rooms.complaints.queries import complaints as queries
from mamori.rooms.complaints.queries.callbacks import calls_of
from mamori.rooms.complaints.queries.complaints import ComplaintShown, NoSuchComplaint, about_complaint
from mamori.rooms.complaints.views.forms import (
    ReportsReadForm,
    SeenUpholdForm,
    ShopBehindForm,
    UpholdForm,
    written_in,
)
from mamori.rooms.enforcement.views.clarifying import ClarifyForm, section_about

PARTS = (PagePart.FILE, PagePart.FACTS, PagePart.HISTORY)


@open_to(*INSIDE)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the complaints that wait for somebody, due first, and before them the dangers that nobody looks at yet."""
    hand = hand_of(request)
    more = {"dangers": first_of_all(), "calls": calls_of(hand), "may_take": hand.role in STAFF}
    template = "complaints/staff/listed.html"
    return show(request, COMPLAINT_LIST, case_page=case_page, template=template, more=more)


@open_to(*INSIDE)
def every(request: Visit, case_page: str) -> HttpResponse:
    """List every complaint, the newest first."""
    return show(request, ALL_COMPLAINTS, case_page=case_page)


@open_to(*INSIDE)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show a complaint: the words of its reports, where they came from, and what can be decided."""
    hand = hand_of(request)
    shown = queries.complaint_of(hand, number, at_page=_at_page(request))
    frame = MatterFrame(
        title=shown.reason.text,
        named=shown.goods or shown.shop,
        ref=shown.listing_ref or shown.seller_ref or told(shown.what.text),
        back=reverse("complaints_staff:listed"),
        back_text=Text("申し出の一覧", "All reports"),
    )
    case = case_page.format(number=shown.case) if hand.role in STAFF else ""
    return show_matter(request, _page(request, shown, case=case), frame)


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the page of its case, which tells what was done itself."""
    del case_page
    number = int(case.about.rpartition(":")[2])
    shown = queries.complaint_of(hand_of(request), number, at_page=_at_page(request))
    return _page(request, shown, parts=(PagePart.FILE, PagePart.FACTS))


def _page(
    request: Visit, shown: ComplaintShown, *, case: str = "", parts: tuple[PagePart, ...] = PARTS
) -> MatterPage:
    hand = hand_of(request)
    return MatterPage(
        sections=_sections(hand, shown, case=case, parts=parts),
        offers=offers(
            decisions.DECISIONS,
            shown,
            hand.role,
            lambda slug: reverse("complaints_staff:duty", args=(shown.number, slug)),
            form=_form,
            initial=written_in(shown),
        ),
        done=_done(hand, shown, request.GET.get("done", "")),
    )


@open_to(*STAFF)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or make a decision on a complaint."""
    del case_page
    decision, hand = decisions.BY_SLUG.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchComplaint
    return decide(
        request,
        decision,
        queries.complaint_of(hand, number),
        again=partial(queries.complaint_of, hand, number),
        key=number,
        back=reverse("complaints_staff:one", args=(number,)),
        template="complaints/staff/duty.html",
        beside=partial(_sections, hand),
        form=_form(decision),
        initial=written_in,
        refused=(NoSuchComplaint,),
    )


@open_to(*STAFF)
def picture(request: Visit, report: int, file: int, page: int, case_page: str) -> HttpResponse:
    """Show one page of a file that came with a report: nothing of it is drawn before somebody opens it."""
    del case_page
    return vault.shown(queries.picture_of(hand_of(request), report, file, page))


def _sections(
    hand: Hand, shown: ComplaintShown, *, case: str = "", parts: tuple[PagePart, ...] = PARTS
) -> tuple[Section, ...]:
    # The page of its case says itself where to note what was borne.
    on_its_own = PagePart.HISTORY in parts
    given = {
        "page": shown,
        "may_flag": hand.role in STAFF and on_its_own,
        "case": case,
    }
    return (
        *sections("complaints/staff/complaint", parts, given),
        section_about(hand, about_complaint(shown.number)),
    )


def _at_page(request: Visit) -> int:
    """Return which page of its reports is asked for; one that is none is the first."""
    asked = request.GET.get("reports", "")
    return int(asked) if asked.isdecimal() and 0 < len(asked) < 6 and int(asked) else 1


def _done(hand: Hand, shown: ComplaintShown, slug: str) -> Text | None:
    mine = [act.verb for act in shown.past if act.hand == hand.by]
    decision = decisions.BY_SLUG.get(slug)
    return decision.done.get(mine[-1]) if decision and mine else None


def _form(decision: Decision[ComplaintShown]) -> Callable[..., HouseForm]:
    own: dict[str, type[HouseForm]] = {
        "read": ReportsReadForm,
        "name": ShopBehindForm,
        "uphold": SeenUpholdForm,
        "hold": UpholdForm,
        "ask": ClarifyForm,
    }
    return own.get(decision.slug) or by_verb(decision)
