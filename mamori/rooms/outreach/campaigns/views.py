"""What is decided about campaigns, the pages on which staff follow them, and the seller's page of what it was told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_did
from mamori.ground.matters.page import PagePart
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame
from mamori.ground.web.lists import show
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.campaigns import actions
from mamori.rooms.outreach.campaigns.actions import NoSuchCampaign, about, about_told
from mamori.rooms.outreach.lists import CAMPAIGNS, waiting_of
from mamori.rooms.outreach.models import Campaign
from mamori.rooms.outreach.queries import ToldShown

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
    key="",
)
START: Decision[Campaign] = Decision(
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
STOP: Decision[Campaign] = Decision(
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
RESUME: Decision[Campaign] = Decision(
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
FINISH: Decision[Campaign] = Decision(
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


class CampaignView(MatterView[Campaign]):
    """To whom it goes, the mail as it will read, what came of it."""

    app, name, at, home = "outreach_staff", "campaign", "campaigns/", "campaigns"
    back_text = Text("一斉案内の一覧に戻る", "Back to the campaigns")
    roles, deciders, absent = STAFF, STAFF, NoSuchCampaign
    listed, list_template = CAMPAIGNS, "outreach/staff/campaigns.html"
    makes, make_template = (DRAFT,), "outreach/staff/draft.html"
    decisions, decide_template = OF_CAMPAIGN, "outreach/staff/act.html"
    template, parts = "outreach/staff/campaign", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> Campaign:
        """Return one as staff read it."""
        return queries.campaign(number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: Campaign) -> MatterFrame:
        """Return what it tells."""
        return self.framed(shown.title)

    def given(self, shown: Campaign, place: Where) -> Mapping[str, Any]:
        """Return it with its figures, what was done, to whom it goes, and the mails."""
        told, at = shown.declared, place.actor.at
        return {
            "campaign": shown,
            "goes_on_at": queries.goes_on_at(shown),
            "figures": queries.figures(shown),
            "steps": queries.steps_of(shown.pk),
            "sample": queries.sample_of(shown),
            "hours": queries.hours_needed(shown, at),
            "mails": queries.mail_of(shown, told.notice if told else None, at),
            "reminders": queries.mail_of(shown, told.reminder if told else None, at),
        }

    def initial(self, shown: Campaign) -> Mapping[str, Any]:
        """Return which state of it a form shows."""
        return {"version": shown.version}


class ToldView(MatterView[ToldShown]):
    """A seller says that it read something and checked its display; the page of what it was told says what was done."""

    app, name, at, home, told_at = "outreach_seller", "told", "campaigns/", "campaigns", "?of={number}"
    back_text, absent = Text("運営者からの案内に戻る", "Back to what you were told"), NoSuchCampaign
    decisions, decide_template = (ACKNOWLEDGE,), "outreach/seller/acknowledge.html"

    def read(self, place: Where, number: int) -> ToldShown:
        """Return what a seller was told, and how its display stands."""
        return queries.told_one(place.actor.ref, number)


CAMPAIGN_PAGES, TOLD_PAGES = CampaignView(), ToldView()


@open_to(*STAFF)
def waiting(request: Visit, number: int, case_page: str) -> HttpResponse:
    """List those who have not answered, in the order in which they were told."""
    more, template = {"campaign": queries.campaign(number)}, "outreach/staff/waiting.html"
    return show(request, waiting_of(number), case_page=case_page, template=template, more=more)


@open_to(*SELLERS)
def told(request: Visit) -> HttpResponse:
    """Show a seller what it was told, the newest first."""
    actor, decision = actor_of(request), ACKNOWLEDGE
    found = queries.told_to(actor.ref)
    of = request.GET.get("of", "")
    number = next((one.row.pk for one in found if str(one.row.pk) == of), 0)
    claimed = decision.done if request.GET.get("done") == decision.slug else None
    did = just_did(actor, about_told(number), claimed)
    return render(request, "outreach/seller/told.html", {"told": found, "did": did, "decision": decision})
