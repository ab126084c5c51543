"""The description of the API: what the framework knows, completed by what the table and the records declare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from ninja import NinjaAPI

from mamori.doors.gateway import refusals
from mamori.doors.gateway.body import JSON, NDJSON
from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.records import ReceiptName
from mamori.doors.gateway.table import OPERATIONS
from mamori.doors.gateway.webhooks import MessageId
from mamori.grammar.event import ABOUT, Event, marks, moment, shape
from mamori.grammar.ids import IdKind, NoSuchId
from mamori.grammar.refusal import Refusal
from mamori.ground.declared.records import Field, Part, PersonRef, Ref, describe
from mamori.ground.market.actions import KINDS, Line, name_of_ref
from mamori.ground.outbox import ids
from mamori.ground.outbox.facts import NOTICE_KIND
from mamori.ground.people.actions import TooMany
from mamori.ground.web.problems import AWAY, PROBLEM
from mamori.japan.lures.kinds import KINDS as LURES
from mamori.law.retention import REPLIES

# The webhooks as the description tells them: each event that leaves the house, with its types and an example.


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
    "readers": "both",
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

BOTH_LANGUAGES = {"type": "object", "properties": {"ja": TEXT, "en": TEXT}, "required": ["ja", "en"]}
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
    "title": (BOTH_LANGUAGES, {"ja": "困りごとが届きました", "en": "A trouble was reported"}),
    "body": (
        BOTH_LANGUAGES,
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


REF = "#/components/schemas/{name}"
RATE_HEADERS = ("RateLimit-Policy", "RateLimit")
RATES = (
    "q calls a window of w seconds are good for this key; r are left, and counting begins anew in t seconds"
)
NAMED: dict[str, Any] = {
    "ref": PersonRef,
    "seller": PersonRef,
    "run": PersonRef,
    "order": Ref,
    "clause": Ref,
    "receipt": ReceiptName,
    "message": MessageId,
}
"""What in an address is no id of ours; a record that is told at it declares its own reference."""

ABOUT_API = (
    "通販サイトのソフトウェアのためのAPI。APIキーは状態と期限を読み、本文は当事者のトークンがあるときだけ読み書きできます。\n\n"
    "The API for the marketplace's software. An API key reads states and clocks; words are written and read with a "
    "party's token only. Every refusal is application/problem+json (RFC 9457)."
)
LINKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "/threads/{id}": ("thread", ("get_thread", "write_message", "ask_mediation", "propose")),
    "/findings/{id}": ("finding", ("get_finding",)),
    "/formal-notices/{id}": ("formal", ("get_formal_notice",)),
}
"""By where a thing is found: what can be called with its number, and as what."""
BOTH = {
    "type": "object",
    "properties": {"ja": TEXT, "en": TEXT},
    "required": ["ja", "en"],
    "additionalProperties": False,
}
FIND = {
    "type": "object",
    "description": "What a machine noticed in `said`: from `start` up to `end`, in Unicode code points, `end` excluded.",
    "properties": {
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
        "kind": {"type": "string", "enum": [kind.code for kind in LURES]},
        "title": BOTH,
        "detail": BOTH,
    },
    "required": ["start", "end", "kind", "title", "detail"],
    "additionalProperties": False,
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "A refusal: a sentence that says what to do next, with a stable code (RFC 9457).",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "instance": TEXT,
        "code": TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": TEXT, "code": TEXT, "detail": TEXT},
                "required": ["field", "code", "detail"],
                "additionalProperties": False,
            },
        },
        "finds": {"type": "array", "items": FIND},
        "thread": {"type": ["string", "null"], "description": "the thread (thr_…) in which it goes on"},
    },
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "additionalProperties": False,
}


def document(api: NinjaAPI, operations: tuple[Operation, ...] = OPERATIONS) -> dict[str, Any]:
    """Return the whole description (OpenAPI 3.1)."""
    found = dict(api.get_openapi_schema(path_prefix=""))
    found["info"] = {**found["info"], "description": ABOUT_API}
    found["servers"] = [{"url": "/api/v1"}]
    found["webhooks"] = webhooks()
    schemas = found["components"]["schemas"]
    schemas["Problem"] = PROBLEM_SCHEMA
    schemas |= _records([*{op.body for op in operations if op.body}, *KINDS.values()])
    asked = [op.query for op in operations if op.query]
    asked_of = {query.__name__ for query in asked}
    schemas |= {name: one for name, one in _records(asked).items() if name not in asked_of}
    changed = {op.record.__name__ for op in operations if op.takes_changes and op.record}
    schemas |= {f"{name}Changes": _changes(schemas[name]) for name in changed}
    found["components"] = {
        "schemas": dict(sorted(schemas.items())),
        "securitySchemes": {
            "key": {
                "type": "http",
                "scheme": "bearer",
                "description": "APIキー / an API key: `mamori key add`",
            }
        },
    }
    for operation in operations:
        item = found["paths"][operation.address][operation.method.lower()]
        found["paths"][operation.address][operation.method.lower()] = _completed(item, operation)
    named: dict[str, Any] = _named(found)
    for name, schema in named["components"]["schemas"].items():
        schema["title"] = name  # what generators call a class: two of one title, and they leave out one
    return named


def _named(value: Any) -> Any:
    """Write names of schemas without the Python path that tells two of one name apart: `EligibilityKind`."""
    if isinstance(value, list):
        return [_named(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {_short(name): _named(item) for name, item in value.items()}
    if isinstance(found.get("$ref"), str):
        found["$ref"] = REF.format(name=_short(found["$ref"].rpartition("/")[2]))
    return found


def _short(name: str) -> str:
    if not name.startswith(("mamori.", "mamori__")):
        return name
    *_, module, kind = re.split(r"__|\.", name)
    return module.capitalize() + kind


def refused_by(operation: Operation) -> tuple[type[Refusal], ...]:
    """Return all that an operation may refuse: what its action refuses, and what the gate does before."""
    found: list[type[Refusal]] = [refusals.KeyNeeded, refusals.KeyNotGood, refusals.ScopeMissing]
    found += [refusals.PartyNotGood, refusals.PartyNotAsked, TooMany, refusals.FieldsWrong]
    if operation.needs_party:
        found.append(refusals.PartyNeeded)
    if operation.content_types:
        found += [refusals.TypeNotTaken, refusals.LengthNeeded]
    if operation.content_types or operation.once:
        found.append(refusals.BodyTooLarge)
    if operation.body or operation.takes_changes or operation.once:
        found.append(refusals.BodyNotJson)
    if operation.ids:
        found.append(NoSuchId)
    if operation.once:
        found += [refusals.IdempotencyKeyNeeded, refusals.IdempotencyKeyTaken, refusals.IdempotencyKeyBusy]
    return (*found, *operation.refuses)


def _completed(item: dict[str, Any], operation: Operation) -> dict[str, Any]:
    answers = {
        str(status): _answer(item["responses"][status], status, operation) for status in operation.answers
    }
    if operation.tagged:
        answers["304"] = {
            "description": "Not Modified",
            "headers": {"ETag": {"schema": TEXT, "required": True}},
        }
    completed = {
        "operationId": item["operationId"],
        "summary": item["summary"],
        "description": item["description"],
        "security": [{"key": []}],
        "x-scope": str(operation.scope),
        "x-roles": sorted(role.value for role in operation.roles),
        "parameters": list(_parameters(operation)),
        "responses": dict(sorted((answers | _refusals(operation)).items())),
    }
    if operation.body:
        schema = {"$ref": REF.format(name=operation.body.__name__)}
        completed["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    if operation.takes_changes and operation.record:
        schema = {"$ref": REF.format(name=f"{operation.record.__name__}Changes")}
        content = {kind: {"schema": schema} for kind in operation.content_types}
        completed["requestBody"] = {"required": True, "content": content}
    if operation.takes_lines:
        lines = {"type": "string", "description": "One JSON object a line: " + ", ".join(KINDS)}
        completed["requestBody"] = {"required": True, "content": {NDJSON: {"schema": lines}}}
    return completed


def _answer(told: dict[str, Any], status: int, operation: Operation) -> dict[str, Any]:
    headers: dict[str, Any] = {name: {"schema": TEXT, "description": RATES} for name in RATE_HEADERS}
    if status == 201 and operation.located:
        headers["Location"] = {"schema": TEXT, "required": True}
    if operation.once:
        headers["Idempotency-Replayed"] = {
            "schema": TEXT,
            "description": "“true” where it was answered before",
        }
    if status == 202:
        headers["Retry-After"] = {"schema": {"type": "integer"}, "required": True}
    if status == 200 and operation.tagged:
        headers["ETag"] = {"schema": TEXT, "required": True}
    place, names = LINKS.get(operation.located, ("", ()))
    links = {name: {"operationId": name, "parameters": {place: "$response.body#/id"}} for name in names}
    if operation.record and operation.method == "GET":
        told = {**told, "content": {JSON: {"schema": {"$ref": REF.format(name=operation.record.__name__)}}}}
    return {**told, **({"headers": headers} if headers else {}), **({"links": links} if links else {})}


def _refusals(operation: Operation) -> dict[str, Any]:
    by_status: dict[int, list[type[Refusal]]] = {}
    for refusal in refused_by(operation):
        by_status.setdefault(refusal.status, []).append(refusal)
    codes = {status: {refusal.code for refusal in given} for status, given in by_status.items()}
    codes[AWAY.status] = {AWAY.code}
    return {
        str(status): {
            "description": "; ".join([HTTPStatus(status).phrase, *sorted(f"`{code}`" for code in named)]),
            "content": {PROBLEM: {"schema": {"$ref": REF.format(name="Problem")}}},
        }
        for status, named in codes.items()
    }


def _parameters(operation: Operation) -> Iterable[dict[str, Any]]:
    for name in operation.in_path:
        yield {"in": "path", "name": name, "required": True, "schema": _in_path(operation, name)}
    if operation.query:
        properties = _records([operation.query])[operation.query.__name__]["properties"]
        for field in describe(operation.query):
            schema = {key: value for key, value in properties[field.name].items() if key != "description"}
            yield {
                "in": "query",
                "name": field.name,
                "required": field.is_needed,
                "description": _means(field),
                "schema": _without_null(schema),
            }
    if operation.once:
        yield {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "description": f"同じ依頼には同じ値を。{REPLIES.days * 24}時間おぼえます / the same value for the same request; "
            f"kept for {REPLIES.days * 24} hours",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        }
    if operation.takes_match:
        yield {
            "in": "header",
            "name": "If-Match",
            "required": False,
            "description": "読んだときの ETag。変わっていれば 412 / the ETag that was read; 412 where it is another now",
            "schema": TEXT,
        }
    if operation.takes_party:
        yield {
            "in": "header",
            "name": "Mamori-Party",
            "required": operation.needs_party,
            "description": "当事者のトークン(JWT) / the party's token, a JWT signed with the marketplace's link key",
            "schema": TEXT,
        }


def _records(kinds: Iterable[type[Part]]) -> dict[str, Any]:
    """Return the schemas of records as JSON Schema has them: exact, described, and open to null where absent is."""
    _, found = msgspec.json.schema_components(list(kinds), ref_template=REF)
    described: dict[str, type[Part]] = {}
    for kind in kinds:
        described |= _with_parts(kind)
    whole = {kind.__name__ for kind in kinds}
    return {
        name: _exact(schema, described.get(name), takes_null=name in whole) for name, schema in found.items()
    }


def _changes(record: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a merge patch: any of the fields, null to remove."""
    properties = {
        name: {key: value for key, value in _or_null(dict(schema)).items() if key != "default"}
        for name, schema in record["properties"].items()
    }
    return {**record, "properties": properties, "required": []}


def _with_parts(kind: type[Part]) -> dict[str, type[Part]]:
    found = {kind.__name__: kind}
    for field in msgspec.structs.fields(kind):
        for part in re.findall(r"\.([A-Z]\w+), \.\.\.\]", str(field.type)):
            held = {sub.__name__: sub for sub in Part.__subclasses__()}.get(part)
            found |= _with_parts(held) if held else {}
    return found


def _exact(schema: dict[str, Any], kind: type[Part] | None, *, takes_null: bool) -> dict[str, Any]:
    schema = _portable(schema)
    if kind is None or "properties" not in schema:
        return schema
    left_out = {"kind", name_of_ref(kind)} if issubclass(kind, Line) else set()
    fields = {field.name: field for field in describe(kind)}
    properties = {}
    for name, value in schema["properties"].items():
        if name in left_out:
            continue
        shown = _or_null(value) if takes_null and not fields[name].is_needed else value
        properties[name] = {**shown, "description": _means(fields[name])}
    return {
        **schema,
        "properties": properties,
        "required": [name for name in schema.get("required", []) if name not in left_out],
        "additionalProperties": False,
    }


def _means(field: Field) -> str:
    return f"{field.means.ja} / {field.means.en}. {field.form.en}"


def _portable(value: Any) -> Any:
    """Write patterns as every reader of JSON Schema knows them."""
    if isinstance(value, list):
        return [_portable(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {name: _portable(item) for name, item in value.items()}
    if isinstance(found.get("pattern"), str):
        found["pattern"] = found["pattern"].replace(r"\Z", "$").replace(r"\x", r"\u00")
    return found


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if {"type": "null"} in schema.get("anyOf", []):
        return schema
    default = {"default": schema.pop("default")} if "default" in schema else {}
    return {"anyOf": [schema, {"type": "null"}], **default}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    default = {"default": schema["default"]} if schema.get("default") is not None else {}
    return {**(kinds[0] if kinds else schema), **default}


def _in_path(operation: Operation, name: str) -> dict[str, Any]:
    """Return the form of what stands in an address: an id, or a reference as its record declares it."""
    if name in operation.ids:
        return {"type": "string", "pattern": operation.ids[name].pattern}
    declared, record = NAMED[name], operation.record or operation.body
    if name == "ref" and record and issubclass(record, Line):
        declared = get_type_hints(record, include_extras=True)["ref"]
    return {key: value for key, value in _portable(msgspec.json.schema(declared)).items() if key != "form"}
