"""Pages on which staff draft a campaign, see to whom it goes and how it reads, and follow what came of it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.text import Text
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.outreach.actions import NoSuchCampaign
from mamori.rooms.outreach.actions.matter import about
from mamori.rooms.outreach.decisions import campaigns as decisions
from mamori.rooms.outreach.lists import CAMPAIGNS, waiting_of
from mamori.rooms.outreach.queries import campaigns as queries
from mamori.rooms.outreach.queries.campaigns import CampaignShown

DESK = {one.slug: one for one in decisions.OF_CAMPAIGN}


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the campaigns, the newest first."""
    return show(request, CAMPAIGNS, case_page=case_page, template="outreach/staff/campaigns.html")


@open_to(*STAFF)
def draft(request: Visit, case_page: str) -> HttpResponse:
    """Let staff draft a campaign."""
    del case_page
    return decide(
        request,
        decisions.DRAFT,
        None,
        again=lambda: None,
        key=0,
        back=reverse("outreach_staff:campaigns"),
        template="outreach/staff/draft.html",
        flash=True,
    )


@open_to(*STAFF)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show a campaign: to whom it goes, the mail as it will read, what came of it, what can be done."""
    del case_page
    hand, shown = hand_of(request), _campaign(number)
    done = DESK.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown, at=hand.at),
        offers=offers(
            DESK.values(),
            shown,
            hand.role,
            lambda slug: reverse("outreach_staff:act", args=(number, slug)),
            form=by_verb,
            initial=_seen(shown),
        ),
        others=others(DESK.values(), shown, hand.role),
        done=just_done(hand, about(number), done.done if done else None),
    )
    frame = MatterFrame(
        title=shown.title,
        named="",
        ref="",
        back=reverse("outreach_staff:campaigns"),
        back_text=Text("一斉案内の一覧に戻る", "Back to the campaigns"),
    )
    answer = show_matter(request, page, frame)
    add_never_cache_headers(answer)
    return answer


def _seen(shown: CampaignShown) -> dict[str, int]:
    """Return which state of the campaign a form shows."""
    return {"version": shown.version}


def _sections(shown: CampaignShown, *, at: datetime) -> tuple[Section, ...]:
    """Return what is shown of a campaign, on its page and beside each decision on it."""
    told = shown.declared
    given = {
        "campaign": shown,
        "figures": queries.figures(shown.number),
        "steps": queries.steps_of(shown.number),
        "sample": queries.sample_of(shown),
        "hours": queries.hours_needed(shown, at),
        "mails": queries.mail_of(shown, told.notice if told else None, at),
        "reminders": queries.mail_of(shown, told.reminder if told else None, at),
    }
    return sections("outreach/staff/campaign", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY), given)


@open_to(*STAFF)
def waiting(request: Visit, number: int, case_page: str) -> HttpResponse:
    """List those who have not answered, in the order in which they were told."""
    shown = _campaign(number)
    return show(
        request,
        waiting_of(number),
        case_page=case_page,
        template="outreach/staff/waiting.html",
        more={"campaign": shown},
    )


@open_to(*STAFF)
def act(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show a decision on a campaign and take it."""
    del case_page
    decision = DESK.get(slug)
    if decision is None:
        raise NoSuchCampaign
    answer = decide(
        request,
        decision,
        _campaign(number),
        again=lambda: _campaign(number),
        key=number,
        back=reverse("outreach_staff:campaign", args=(number,)),
        template="outreach/staff/act.html",
        beside=partial(_sections, at=hand_of(request).at),
        initial=_seen,
        refused=(NoSuchCampaign,),
    )
    add_never_cache_headers(answer)
    return answer


def _campaign(number: int) -> CampaignShown:
    found = queries.campaign(number)
    if found is None:
        raise NoSuchCampaign
    return found
