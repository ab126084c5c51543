"""The webhooks as the description tells them: each event that leaves the house, with its types and an example."""

from __future__ import annotations

from datetime import UTC, datetime
from types import NoneType
from typing import Any, get_args, get_origin

from mamori.grammar.event import ABOUT, Event, marks, moment, shape
from mamori.grammar.ids import IdKind
from mamori.ground.outbox import ids
from mamori.ground.outbox.facts import NOTICE_KIND

TEXT = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}
AT = moment(datetime(2026, 11, 24, 3, tzinfo=UTC))
HEADERS = {
    "webhook-id": "the same for each try of one webhook: what came twice is known by it",
    "webhook-timestamp": "when this try was signed, in seconds since 1970",
    "webhook-signature": "v1,… by the Standard Webhooks specification; two while a secret changes",
}
EXAMPLES: dict[str, Any] = {
    "about": "trb_8",
    "against": "mea_5",
    "amount": 3000,
    "because": "damaged",
    "before": "money",
    "binds_on": "2027-01-01",
    "breach": "dangerous-goods",
    "buyer_ref": "B-1",
    "by_side": "buyer",
    "case": "80339899",
    "category": "",
    "cause": "asked",
    "charged_back": False,
    "channel": "phone",
    "clause": "recovery",
    "clauses": ["recovery"],
    "clock": "contact.answer",
    "count": 120,
    "detail": "",
    "faults": ["phone:missing"],
    "harm": "danger",
    "how": "given_back",
    "in_time": True,
    "instruction": "ins_0f1e2d3c4b5a69788796a5b4",
    "is_new": True,
    "items": ["address"],
    "line": 1,
    "listing": "",
    "means": "notice",
    "notice": "return",
    "number": 3,
    "order_ref": "O-1",
    "outcome": "business",
    "payout": "P-2026-11",
    "reasons": ["name-mismatch"],
    "refunded": 8000,
    "released": 0,
    "run": "R-2026-11-30",
    "seller_ref": "S-1",
    "setting": "payouts.proof",
    "severity": "grave",
    "sort": "message",
    "standing": "verified",
    "state": "open",
    "target": "order",
    "target_ref": "O-1",
    "times": 1,
    "total": 1_840_000,
    "undoes": "",
    "unsent": False,
    "verdict": "hold",
    "version": 2,
    "waits": 3000,
    "what": "refund",
    "wish": "refund",
}
"""What a field holds for instance, by its name; ids and moments make their own."""
OF_AN_ORDER: dict[str, Any] = {"number": None, "until": None}
"""An instruction about an order, such as the refund of our examples, has neither: they are a measure's."""
OF_KIND: dict[str, dict[str, Any]] = {
    "market.instruction_confirmed": OF_AN_ORDER,
    "market.instruction_delayed": OF_AN_ORDER,
    "market.instruction_issued": OF_AN_ORDER,
    "market.instruction_recalled": OF_AN_ORDER,
    "market.instruction_refused": OF_AN_ORDER,
    "market.instruction_told_late": OF_AN_ORDER,
    "payouts.account_changed": {"state": "in_use"},
    "payouts.settled": {"how": "deposited"},
    "market.clearance_changed": {"what": "listing"},
    "enforcement.measure_decided": {"what": "hide_listing", "target_ref": "L-1"},
    "enforcement.measure_began": {"what": "hide_listing", "target_ref": "L-1"},
    "enforcement.measure_ended": {"what": "hide_listing", "target_ref": "L-1", "state": "lifted"},
    "contact.proposal_made": {"what": "part_refund"},
    "contact.agreement_reached": {"what": "part_refund"},
}
"""What it holds of one kind of event, where its name means something else there."""

BOTH = {"type": "object", "properties": {"ja": TEXT, "en": TEXT}, "required": ["ja", "en"]}
NOTICE_TEXT = "当事者か窓口の担当へのお知らせ / a notice for a party, or for the centre's staff"
NOTICE: dict[str, tuple[dict[str, Any], Any]] = {
    "notice": ({**TEXT, "pattern": ids.NOTICE.pattern}, ids.NOTICE.of(7)),
    "to": (
        {
            **TEXT,
            "description": "buyer:REF か seller:REF なら、その当事者に渡す。"
            "ほか（lead、lead:1、agent:2、reader など）は窓口あてで、渡さない / "
            "buyer:REF or seller:REF: pass it on to that party; anything else (lead, lead:1, agent:2, reader) is for "
            "the centre and not yours to deliver",
        },
        "seller:S-1",
    ),
    "template": ({**TEXT, "description": "which notice it is"}, "contact.inquiry"),
    "kind": (TEXT, "transactional"),
    "title": (BOTH, {"ja": "困りごとが届きました", "en": "A trouble was reported"}),
    "body": (
        BOTH,
        {"ja": "11月25日 12:00 までにお答えください。", "en": "Please answer by 25 November, 12:00."},
    ),
    "values": ({"type": "object", "description": "what the words are filled with"}, {"number": "80339899"}),
    "about": ({**TEXT, "description": "the id of what it is about"}, "trb_8"),
    "path": (
        {
            **TEXT,
            "description": "the page on which it is answered: for buyer: and seller: the `to` of a signed link, for the "
            "centre a page of the desk (/desk/…), for which no link is signed; empty where there is none",
        },
        "/seller/threads/80339899/",
    ),
}


def webhooks() -> dict[str, Any]:
    """Return the path item of each webhook, by its kind (OpenAPI 3.1)."""
    told = {kind: event for kind, event in sorted(Event.registry.items()) if not event.internal}
    found = {
        kind: _item(kind, f"{event.text.ja} / {event.text.en}", said_of(event))
        for kind, event in told.items()
    }
    return {**found, NOTICE_KIND: _item(NOTICE_KIND, NOTICE_TEXT, NOTICE)}


def said_of(event: type[Event]) -> dict[str, tuple[dict[str, Any], Any]]:
    """Return of each field of an event the schema and an example."""
    found = {name: _field(name, hint) for name, hint in shape(event).items()}
    return found | {name: (found[name][0], value) for name, value in OF_KIND.get(event.kind, {}).items()}


def _field(name: str, hint: Any) -> tuple[dict[str, Any], Any]:
    kinds = [one for one in get_args(hint) if one is not NoneType] if NoneType in get_args(hint) else [hint]
    schema, example = _kind(name, kinds[0])
    return ({"anyOf": [schema, {"type": "null"}]} if kinds != [hint] else schema), example


def _kind(name: str, hint: Any) -> tuple[dict[str, Any], Any]:
    for mark in marks(hint):
        if isinstance(mark, IdKind):
            return {
                **TEXT,
                "pattern": mark.pattern,
                "description": f"{mark.title.ja} / {mark.title.en}",
            }, mark.of(7)
        if mark == ABOUT:
            return {**TEXT, "description": "the id of what it is about"}, EXAMPLES.get(name, "")
    if hint is datetime:
        return MOMENT, AT
    if get_origin(hint) is tuple:
        return {"type": "array", "items": TEXT}, EXAMPLES.get(name, [])
    return {"type": {bool: "boolean", int: "integer", str: "string"}[hint]}, EXAMPLES.get(name, hint())


def _item(kind: str, summary: str, fields: dict[str, tuple[dict[str, Any], Any]]) -> dict[str, Any]:
    data = {
        "type": "object",
        "properties": {name: schema for name, (schema, _) in fields.items()},
        "required": list(fields),
    }
    body = {
        "type": "object",
        "properties": {"type": {"const": kind}, "timestamp": MOMENT, "data": data},
        "required": ["type", "timestamp", "data"],
    }
    example = {"type": kind, "timestamp": AT, "data": {name: value for name, (_, value) in fields.items()}}
    return {
        "post": {
            "operationId": kind,
            "summary": summary,
            "parameters": [
                {"in": "header", "name": name, "required": True, "description": means, "schema": TEXT}
                for name, means in HEADERS.items()
            ],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": body, "example": example}},
            },
            "responses": {"2XX": {"description": "taken; answer within 10 seconds and work afterwards"}},
        }
    }
