"""What is decided about campaigns, the pages on which staff follow them, and the seller's page of what it was told."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_did, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide, show_matter
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.campaigns import actions
from mamori.rooms.outreach.campaigns.actions import NoSuchCampaign, about, about_told
from mamori.rooms.outreach.lists import CAMPAIGNS, waiting_of
from mamori.rooms.outreach.queries import CampaignShown, ToldShown

# What is done about campaigns, as data: drafted, started, stopped, resumed, finished; and a seller says that it read one.


LEADS = (Role.LEAD, Role.COUNSEL)
DRAFT: Decision[None] = Decision(
    slug="draft",
    title=Text("一斉案内を下書きする", "Draft a campaign"),
    lead=Text(
        "まず、届く出品者を数えます。人数と、届くメールの文面を確かめるまで、だれにも知らせません。",
        "First it is counted to whom it goes. Nobody is told before the number and the mail were looked at.",
    ),
    button=Text("下書きして数える", "Draft and count"),
    done={
        "draft": Text(
            "下書きしました。届く出品者を数えています。", "It is drafted, and being counted to whom it goes."
        )
    },
    verb=actions.draft_campaign,
)
START: Decision[CampaignShown] = Decision(
    slug="start",
    title=Text("知らせ始める", "Start it"),
    lead=Text(
        "案内のページに出ているメールを、出品者に順に送ります。始めたあとも止められますが、送ったものは取り消せません。",
        "The mail on the campaign's page is sent to the sellers one after another. It can be stopped, but what was sent "
        "cannot be taken back.",
    ),
    button=Text("知らせ始める", "Start"),
    done={"start": Text("始めました。", "It has started.")},
    verb=actions.start_campaign,
    roles=LEADS,
    is_there=lambda page: page.may("start"),
    closed=lambda page: None if page.counted_at else actions.NotCountedYet.text,
)
STOP: Decision[CampaignShown] = Decision(
    slug="stop",
    title=Text("止める", "Stop it"),
    lead=Text(
        "再び始めるまで、だれにも知らせず、もう一度の知らせも出しません。",
        "Until it is resumed nobody is told, and nobody is told once more.",
    ),
    button=Text("止める", "Stop"),
    done={"stop": Text("止めました。", "It is stopped.")},
    verb=actions.stop_campaign,
    roles=LEADS,
    is_there=lambda page: page.may("stop"),
)
RESUME: Decision[CampaignShown] = Decision(
    slug="resume",
    title=Text("再び始める", "Resume it"),
    lead=Text(
        "知らせた出品者を飛ばして、はじめから順に見ます。同じ出品者に二度は届きません。",
        "It goes through the sellers from the first and passes over who was told: nobody is told twice.",
    ),
    button=Text("再び始める", "Resume"),
    done={"resume": Text("再び始めました。", "It goes on.")},
    verb=actions.resume_campaign,
    roles=LEADS,
    is_there=lambda page: page.may("resume"),
)
FINISH: Decision[CampaignShown] = Decision(
    slug="finish",
    title=Text("終える", "Finish it"),
    lead=Text(
        "新しい出品者にも知らせなくなります。もう始め直せません。知らせた出品者は、あとからでも返事ができます。",
        "Newcomers are told no more, and it cannot be begun again. Who was told can still answer.",
    ),
    button=Text("終える", "Finish"),
    done={"finish": Text("終えました。", "It is finished.")},
    verb=actions.finish_campaign,
    roles=LEADS,
    is_there=lambda page: page.may("finish"),
)
OF_CAMPAIGN = (START, STOP, RESUME, FINISH)
ACKNOWLEDGE: Decision[ToldShown] = Decision(
    slug="acknowledge",
    title=Text("読んで、表示を確かめたと知らせる", "Say that you read it and checked your display"),
    lead=Text(
        "案内を読み、お店の表示がいまの事実と合うことを確かめたと記録し、受領証を出します。代理担当も押せます。だれが押したかは記録に残ります。",
        "It is recorded that you read this and found your display true, and you get a receipt. Who acts for you may do so too; "
        "it is kept who did.",
    ),
    button=Text("読んで、表示を確かめた", "I have read this and checked my display"),
    done={"acknowledge": Text("承りました。", "Thank you, it is noted.")},
    verb=actions.acknowledge,
    roles=tuple(SELLERS),
    is_there=lambda page: page.is_waiting,
)


# Pages on which staff draft a campaign, see to whom it goes and how it reads, and follow what came of it.


DESK = {one.slug: one for one in OF_CAMPAIGN}


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
        DRAFT,
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
    actor, shown = actor_of(request), _campaign(number)
    done = DESK.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown, at=actor.at),
        offers=offers(
            DESK.values(),
            shown,
            actor.role,
            lambda slug: reverse("outreach_staff:act", args=(number, slug)),
            form=by_verb,
            initial=_seen(shown),
        ),
        others=others(DESK.values(), shown, actor.role),
        done=just_done(actor, about(number), done.done if done else None),
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
        beside=partial(_sections, at=actor_of(request).at),
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


@open_to(*SELLERS)
def told(request: Visit) -> HttpResponse:
    """Show a seller what it was told, the newest first."""
    actor, decision = actor_of(request), ACKNOWLEDGE
    found = queries.told_to(_ref(request))
    of = request.GET.get("of", "")
    number = next((one.number for one in found if str(one.number) == of), 0)
    claimed = decision.done if request.GET.get("done") == decision.slug else None
    did = just_did(actor, about_told(number), claimed)
    answer = render(request, "outreach/seller/told.html", {"told": found, "did": did, "decision": decision})
    add_never_cache_headers(answer)
    return answer


@open_to(*SELLERS)
def acknowledge(request: Visit, number: int) -> HttpResponse:
    """Let a seller say that it read something and checked its display."""

    def shown() -> ToldShown:
        found = queries.told_one(_ref(request), number)
        if found is None:
            raise NoSuchCampaign
        return found

    answer = decide(
        request,
        ACKNOWLEDGE,
        shown(),
        again=shown,
        key=number,
        back=f"{reverse('outreach_seller:told')}?of={number}",
        template="outreach/seller/acknowledge.html",
        refused=(NoSuchCampaign,),
    )
    add_never_cache_headers(answer)
    return answer


def _ref(request: Visit) -> str:
    return actor_of(request).whose.removeprefix("seller:")
