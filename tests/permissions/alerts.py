"""The permission table of warnings to buyers, written by hand."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.rooms.contact.alerts import actions
from mamori.rooms.contact.alerts.rules import Danger
from mamori.rooms.contact.models import Alert, AlertedBuyer, AlertedGoods
from tests.permissions.lines import BUYER, STAFF, Line

ALERTED = {"number": "<alerted>"}
ALERTS = (
    Line("/warnings/", BUYER, opens=True),
    Line("/warnings/<int:number>/", BUYER, own=True, values=ALERTED, opens=True),
    *(
        Line(
            "/warnings/<int:number>/<slug:slug>/",
            BUYER,
            own=True,
            values=ALERTED | {"slug": slug},
            opens=True,
        )
        for slug in ("stopped", "hurt", "gone", "read")
    ),
    Line("/desk/alerts/", STAFF, opens=True),
    Line("/desk/alerts/<int:number>/", STAFF, values={"number": "<alert>"}, opens=True),
    Line("/desk/alerts/<int:number>/unreached/", STAFF, values={"number": "<alert>"}, opens=True),
    *(
        Line("/desk/alerts/<int:number>/<slug:slug>/", STAFF, values={"number": "<alert>", "slug": slug})
        for slug in ("remind", "end")
    ),
    Line("/desk/alerts/buyers/<int:number>/", STAFF, values=ALERTED, opens=True),
    Line("/desk/alerts/buyers/<int:number>/number/", STAFF, values=ALERTED, step_up=True),
    Line("/desk/alerts/buyers/<int:number>/<slug:slug>/", STAFF, values=ALERTED | {"slug": "call"}),
)


def numbers() -> dict[str, str]:
    """Return the numbers of the alert and of the buyer whom it told."""
    alerted = AlertedBuyer.objects.get(buyer_ref="B-1")
    return {"alert": str(alerted.alert_id), "alerted": str(alerted.pk)}


def warned(agent: Actor) -> None:
    """Begin an alert, as though it had told B-1, who is to be called."""
    text = Text("充電器", "charger")
    danger = Danger(goods=text, what=text, next=text)
    number = actions.alert_buyers(agent, about="test:1", listings=("L-1",), danger=danger, ask_to_keep=True)
    Alert.objects.filter(pk=number).update(state="standing", looked_at=agent.at, remind_since=agent.at)
    buyer = AlertedBuyer.objects.create(alert_id=number, buyer_ref="B-1", way="nobody", told_at=agent.at)
    AlertedGoods.objects.create(buyer=buyer, listing_ref="L-1", orders=["O-1"], told_at=agent.at)
