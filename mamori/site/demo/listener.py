"""Listens to the outbox and tells what the house did by itself, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.market.kinds import KINDS, Target
from mamori.ground.outbox.models import Event as Row
from mamori.rooms.contact.lifecycle import RECOVERY, REMEDY, TROUBLE
from mamori.rooms.contact.mediating import CAUSES, Cause
from mamori.rooms.contact.rules.urging import MEANS, Means
from mamori.site.demo.teller import Teller

ENDS: dict[str, Mapping[Any, Text]] = {
    "contact.trouble_ended": TROUBLE.states,
    "contact.remedy_ended": REMEDY.states,
    "contact.recovery_ended": RECOVERY.states,
}


class Listener:
    """Remembers how far it has told."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.last = 0

    def tell_news(self) -> None:
        """Tell every event since the last time."""
        for row in Row.objects.filter(pk__gt=self.last).order_by("pk"):
            self.last = row.pk
            if row.kind in Event.registry and Event.registry[row.kind].internal:
                continue
            self.teller.house(row.at, _told(row.kind, json.loads(row.body)["data"]))

    def tell_nothing(self) -> None:
        """Pass over what has happened since the last time."""
        self.last = Row.objects.latest("pk").pk


def _told(kind: str, data: dict[str, Any]) -> Text:
    if kind == "notice":
        to, title = data["to"], data["title"]
        return Text(f"通知 → {to}「{title['ja']}」", f"notice → {to}: {title['en']}")
    text = Event.registry[kind].text
    detail = _detail(kind, data)
    return text if detail is None else Text(f"{text.ja}（{detail.ja}）", f"{text.en} ({detail.en})")


def _detail(kind: str, data: dict[str, Any]) -> Text | None:
    if kind in ENDS:
        return next(text for state, text in ENDS[kind].items() if state == data["state"])
    match kind:
        case "contact.seller_urged":
            return MEANS[Means(data["means"])]
        case "contact.mediation_opened":
            cause = CAUSES[Cause(data["cause"])]
            return Text(cause.ja.rstrip("、"), cause.en.rstrip(", "))
        case "contact.answered":
            return Text("期限内", "in time") if data["in_time"] else Text("期限後", "late")
        case "market.instruction_issued" | "market.instruction_confirmed":
            return _asked(data)
    return None


def _asked(data: dict[str, Any]) -> Text:
    """Say what the marketplace is asked: an amount of an order, or a measure."""
    if data["target"] == Target.ORDER:
        return Text(f"{data['what']} {data['amount']:,}円", f"{data['what']}, {data['amount']:,} yen")
    title = KINDS[data["what"]].title
    return Text(f"{title.ja} {data['target_ref']}", f"{title.en}, {data['target_ref']}")
