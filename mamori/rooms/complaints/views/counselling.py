"""Pages on which staff answer counsellors, and leads and counsel invite them."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import HEADS, STAFF
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact, case_of
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said
from mamori.rooms.complaints.counselling import decisions
from mamori.rooms.complaints.counselling.acts import CONSULTATION_ACTS
from mamori.rooms.complaints.counselling.lists import CONSULTATION_LIST, COUNSELLOR_LIST
from mamori.rooms.complaints.counselling.queries import consultations as queries
from mamori.rooms.complaints.counselling.queries.consultations import (
    ConsultationShown,
    NoSuchConsultation,
    about_consultation,
)
from mamori.rooms.complaints.counselling.queries.counsellors import NoSuchCounsellor, counsellor_shown

PARTS = (PagePart.FILE, PagePart.FACTS, PagePart.HISTORY)


class InviteCounsellorForm(HouseForm):
    """Who is invited."""

    centre = forms.CharField(
        label=said("消費生活センターの名前", "The consumer centre"),
        help_text=said("例：○○市消費生活センター", "Such as: Consumer centre of the city of …"),
        max_length=100,
    )
    name = forms.CharField(label=said("相談員の名前", "The counsellor's name"), max_length=100)
    mail = forms.EmailField(
        label=said("センターのメールアドレス", "Mail address at the centre"), max_length=254
    )


@open_to(*STAFF)
def consultations(request: Visit, case_page: str) -> HttpResponse:
    """List what counsellors asked, the newest first."""
    template = "complaints/counselling/listed.html"
    more = {"may_invite": hand_of(request).role in HEADS}
    return show(request, CONSULTATION_LIST, case_page=case_page, template=template, more=more)


@open_to(*STAFF)
def consultation(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show staff a consultation: what both sides wrote, what the consumer allows, and what can be done."""
    shown = queries.consultation_of(hand_of(request), number)
    frame = MatterFrame(
        title=Text("相談員からの相談", "Consultation"),
        named=shown.centre,
        ref=f"{number}",
        back=reverse("complaints_staff:consultations"),
        back_text=CONSULTATION_LIST.title,
    )
    case = case_page.format(number=case_of(about_consultation(number)).number)
    return show_matter(request, _page(request, shown, case=case), frame)


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the page of its case, which tells what was done itself."""
    del case_page
    shown = queries.consultation_of(hand_of(request), int(case.about.rpartition(":")[2]))
    return _page(request, shown, parts=(PagePart.FILE, PagePart.FACTS))


def _page(
    request: Visit, shown: ConsultationShown, *, case: str = "", parts: tuple[PagePart, ...] = PARTS
) -> MatterPage:
    hand, decision = hand_of(request), decisions.BY_SLUG.get(request.GET.get("done", ""))
    return MatterPage(
        sections=_sections(shown, case=case, parts=parts),
        offers=offers(
            decisions.OF_STAFF,
            shown,
            hand.role,
            lambda slug: reverse("complaints_staff:consultation-act", args=(shown.number, slug)),
            form=by_verb,
            initial={"version": shown.version},
        ),
        done=just_done(hand, about_consultation(shown.number), decision.done if decision else None),
    )


@open_to(*STAFF)
def consultation_act(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Let staff answer, take down what the consumer said of the consent, or end it."""
    del case_page
    decision, hand = {each.slug: each for each in decisions.OF_STAFF}.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchConsultation
    return decide(
        request,
        decision,
        queries.consultation_of(hand, number),
        again=partial(queries.consultation_of, hand, number),
        key=number,
        back=reverse("complaints_staff:consultation", args=(number,)),
        template="complaints/counselling/act.html",
        beside=_sections,
        form=by_verb(decision),
        initial=lambda page: {"version": page.version},
        refused=(NoSuchConsultation,),
    )


@open_to(*HEADS)
def counsellors(request: Visit, case_page: str) -> HttpResponse:
    """List who was invited."""
    return show(
        request, COUNSELLOR_LIST, case_page=case_page, template="complaints/counselling/counsellors.html"
    )


@open_to(*HEADS)
def invite(request: Visit, case_page: str) -> HttpResponse:
    """Invite a counsellor."""
    del case_page
    return decide(
        request,
        decisions.INVITE,
        "",
        again=lambda: "",
        back=reverse("complaints_staff:counsellors"),
        template="complaints/counselling/invite.html",
        form=InviteCounsellorForm,
        flash=True,
    )


@open_to(*HEADS)
def counsellor(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Let a counsellor come in no more."""
    del case_page
    hand = hand_of(request)
    return decide(
        request,
        decisions.END_COUNSELLOR,
        counsellor_shown(hand, number),
        again=partial(counsellor_shown, hand, number),
        key=number,
        back=reverse("complaints_staff:counsellors"),
        template="complaints/counselling/end.html",
        form=by_verb(decisions.END_COUNSELLOR),
        flash=True,
        refused=(NoSuchCounsellor,),
    )


def _sections(
    shown: ConsultationShown, *, case: str = "", parts: tuple[PagePart, ...] = PARTS
) -> tuple[Section, ...]:
    about = about_consultation(shown.number)
    past = past_of(about, CONSULTATION_ACTS) if PagePart.HISTORY in parts else ()
    page = {"page": shown, "past": past, "case": case}
    return sections("complaints/counselling/staff", parts, page)
