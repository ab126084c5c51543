"""The permission table of guidance on safe use, written by hand."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.law.guidance import GoodsKind
from mamori.rooms.safety.guidance import actions
from mamori.rooms.safety.models import GuidanceRound, GuidanceTold
from tests.permissions.lines import BUYER, EVERYBODY, HEADS, STAFF, Line

ROUND, GUIDED = {"number": "<round>"}, {"number": "<guided>"}
SAFE_USE = (
    Line("/safe-use/", EVERYBODY, opens=True),
    Line("/safe-use/mine/", BUYER, opens=True),
    Line("/safe-use/mine/<int:number>/", BUYER, own=True, values=GUIDED, opens=True),
    *(
        Line("/safe-use/mine/<int:number>/<slug:slug>/", BUYER, own=True, values=GUIDED | {"slug": slug})
        for slug in ("read", "stop", "resume")
    ),
    Line("/desk/guidance/", STAFF, opens=True),
    Line("/desk/guidance/write/", STAFF, opens=True),
    Line("/desk/guidance/map/", STAFF, opens=True),
    Line("/desk/guidance/switch/", HEADS, opens=True),
    Line("/desk/guidance/<int:number>/", STAFF, values=ROUND, opens=True),
    *(
        Line("/desk/guidance/<int:number>/<slug:slug>/", STAFF, values=ROUND | {"slug": slug}, opens=True)
        for slug in ("release", "drop")
    ),
)


def guided(agent: Actor) -> None:
    """Let news of batteries have been written, as though it had told B-1."""
    number = actions.write_news(agent, kind=GoodsKind.BATTERY, news_ja="煙が出ました。", news_en="It smoked.")
    told = {"kind": "battery", "buyer_ref": "B-1", "order_ref": "O-1", "told_at": agent.at}
    GuidanceTold.objects.create(round_id=number, **told)


def numbers() -> dict[str, str]:
    """Return what stands in their addresses."""
    told = GuidanceTold.objects.filter(buyer_ref="B-1").order_by("pk").first()
    last = GuidanceRound.objects.filter(moment="news").order_by("pk").first()
    return {"guided": str(told.pk if told else 1), "round": str(last.pk if last else 1)}
