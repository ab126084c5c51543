"""The permission table of campaigns to sellers, written by hand."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.law.outreach import Audience, CampaignCode
from mamori.rooms.outreach import actions as outreach
from mamori.rooms.outreach.models import SellerTold
from tests.permissions.lines import SELLERS, STAFF, Line

CAMPAIGNS = (
    Line("/seller/campaigns/", SELLERS, opens=True),
    Line(
        "/seller/campaigns/<int:number>/acknowledge/",
        SELLERS,
        own=True,
        values={"number": "<told>"},
        opens=True,
    ),
    Line("/desk/campaigns/", STAFF, opens=True),
    Line("/desk/campaigns/draft/", STAFF, opens=True),
    Line("/desk/campaigns/<int:number>/", STAFF, values={"number": "<campaign>"}, opens=True),
    Line("/desk/campaigns/<int:number>/waiting/", STAFF, values={"number": "<campaign>"}, opens=True),
    Line(
        "/desk/campaigns/<int:number>/<slug:slug>/",
        STAFF,
        values={"number": "<campaign>", "slug": "start"},
    ),
)


def drafted(agent: Hand) -> tuple[int, int]:
    """Draft a campaign, as though it had told S-1; return both numbers."""
    number = outreach.draft_campaign(agent, campaign=0, code=CampaignCode.ARTICLE5, audience=Audience.ALL)
    return number, SellerTold.objects.create(campaign_id=number, seller_ref="S-1", told_at=agent.at).pk
