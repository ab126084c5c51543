"""Pages on which staff note what they bore on a call, read the words to say, and a lead sees to them."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mamori.grammar.hand import STAFF
from mamori.grammar.text import Text
from mamori.ground.matters.page import MatterPage, PagePart, offers, others, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.care import END_OF_CALL
from mamori.rooms.complaints.decisions import care as decisions
from mamori.rooms.complaints.lists import CARE_LIST
from mamori.rooms.complaints.queries import care as queries
from mamori.rooms.complaints.queries.care import CareShown, NoSuchCare


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the records of abuse: to leads and counsel all, to anybody else their own."""
    return show(request, CARE_LIST, case_page=case_page)


@open_to(*STAFF)
def flag(request: Visit, case_page: str) -> HttpResponse:
    """Note abuse on a call about a matter that the address names."""
    del case_page
    hand, named = hand_of(request), ("complaint", "sheet", "case")
    about = queries.about_what(*(request.GET.get(one, "")[:16].strip() for one in named))
    if not queries.is_there(about):
        raise NoSuchCare
    answer = decide(
        request,
        decisions.FLAG,
        about,
        again=lambda: about,
        key=about,
        back=queries.page_of_matter(about),
        template="complaints/staff/flag.html",
        refused=(NoSuchCare,),
    )
    if request.method != "GET" and isinstance(answer, HttpResponseRedirect):
        return HttpResponseRedirect(reverse("complaints_staff:care", args=(queries.last_flagged(hand),)))
    return answer


@open_to(*STAFF)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show a record: the words to say, what was done on the call, and what a lead did."""
    del case_page
    hand = hand_of(request)
    shown = queries.care_of(hand, number)
    parts = (PagePart.FILE, PagePart.FACTS, PagePart.HISTORY)
    page = MatterPage(
        sections=sections("complaints/staff/care", parts, {"page": shown, "end": END_OF_CALL}),
        offers=offers(
            decisions.OF_CARE,
            shown,
            hand.role,
            lambda slug: reverse("complaints_staff:care_duty", args=(number, slug)),
            form=by_verb,
            initial={"version": shown.version},
        ),
        others=others(decisions.OF_CARE, shown, hand.role),
        done=_done(shown, request.GET.get("done", "")),
    )
    frame = MatterFrame(
        title=Text("カスハラの記録", "Record of abuse"),
        named=f"{number}",
        ref=f"{number}",
        back=reverse("complaints_staff:cares"),
        back_text=CARE_LIST.title,
    )
    return show_matter(request, page, frame)


@open_to(*STAFF)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or take what was done on the call, or for who bore it.

    :raises NoSuchCare: when there is no such record for whoever asks, or nothing of that name.
    """
    del case_page
    decision, shown = decisions.CARE_BY_SLUG.get(slug), partial(queries.care_of, hand_of(request), number)
    if decision is None:
        raise NoSuchCare
    return decide(
        request,
        decision,
        shown(),
        again=shown,
        key=number,
        back=reverse("complaints_staff:care", args=(number,)),
        template="complaints/staff/call.html",
        initial=lambda page: {"version": page.version},
        refused=(NoSuchCare,),
    )


def _done(shown: CareShown, slug: str) -> Text | None:
    decision = decisions.CARE_BY_SLUG.get(slug)
    did = shown.past[-1].verb if shown.past else ""
    return decision.done.get(did) if decision else None
