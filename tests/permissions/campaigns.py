"""The permission table of campaigns to sellers, and of news, written by hand."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.outbox import actions as outbox
from mamori.law.outreach import ARTICLE5, Audience, CampaignCode
from mamori.rooms.outreach.campaigns import actions as outreach
from mamori.rooms.outreach.campaigns.actions import about
from mamori.rooms.outreach.models import SellerTold
from tests.permissions.activities import ACTIVITIES, entered
from tests.permissions.help import HELP
from tests.permissions.lines import SELLERS, STAFF, Line
from tests.permissions.news import NEWS, written

CAMPAIGNS = (
    Line("/seller/campaigns/", SELLERS, opens=True),
    Line(
        "/seller/campaigns/<int:number>/<slug:slug>/",
        SELLERS,
        own=True,
        values={"number": "<told>", "slug": "acknowledge"},
        opens=True,
    ),
    Line("/desk/campaigns/", STAFF, opens=True),
    Line("/desk/campaigns/draft/", STAFF, opens=True),
    Line("/desk/campaigns/<int:number>/", STAFF, values={"number": "<campaign>"}, opens=True),
    Line("/desk/campaigns/<int:number>/waiting/", STAFF, values={"number": "<campaign>"}, opens=True),
    *(
        Line(
            "/desk/campaigns/<int:number>/<slug:slug>/",
            STAFF,
            values={"number": "<campaign>", "slug": slug},
        )
        for slug in ("start", "stop", "resume", "finish")
    ),
    *ACTIVITIES,
    *NEWS,
    *HELP,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreached:
    """The numbers of a campaign, of what it told a seller, and of an announcement that nobody has published."""

    campaign: int
    told: int
    news: int


def drafted(agent: Actor) -> Outreached:
    """Draft a campaign, as though it had told S-1, and an announcement."""
    number = outreach.draft_campaign(agent, code=CampaignCode.ARTICLE5, audience=Audience.ALL)
    outbox.notify(
        to="seller:S-1",
        template=ARTICLE5.notice,
        values={"due": Text("今日", "today")},
        about=about(number),
        at=agent.at,
    )
    entered(agent)
    told = SellerTold.objects.create(campaign_id=number, seller_ref="S-1", told_at=agent.at).pk
    return Outreached(campaign=number, told=told, news=written(agent))
