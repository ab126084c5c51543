"""The description of the API: what the framework knows, completed by what the table and the records declare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, get_type_hints

import msgspec
from ninja import NinjaAPI

from mamori.doors.gateway import refusals
from mamori.doors.gateway.body import JSON, NDJSON
from mamori.doors.gateway.events import TEXT, webhooks
from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.records import ReceiptName
from mamori.doors.gateway.table import OPERATIONS
from mamori.doors.gateway.webhooks import MessageId
from mamori.grammar.ids import NoSuchId
from mamori.grammar.refusal import Refusal
from mamori.ground.declared.records import Field, Part, PersonRef, Ref, describe
from mamori.ground.market.actions import KINDS, Line, name_of_ref
from mamori.ground.people.actions import TooMany
from mamori.ground.web.problems import AWAY, PROBLEM
from mamori.japan.lures.kinds import KINDS as LURES
from mamori.law.retention import REPLIES

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

ABOUT = (
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
    found["info"] = {**found["info"], "description": ABOUT}
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
        found += [refusals.TypeNotTaken, refusals.LengthNeeded, refusals.BodyTooLarge]
    if operation.body or operation.takes_changes:
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
