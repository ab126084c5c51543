"""The pages of the API: its description as software reads it, and a table for people."""

from __future__ import annotations

import json

from mamori.doors.gateway.api import built
from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.schema import document, refused_by
from mamori.doors.gateway.table import OPERATIONS
from mamori.grammar.text import Text
from mamori.ground.declared.records import Field, Part, describe
from mamori.ground.market.actions import Line
from tools.reference.markdown import code, page, table


def openapi() -> str:
    """Render the description in OpenAPI 3.1."""
    return json.dumps(document(built()), ensure_ascii=False, indent=1) + "\n"


def api() -> str:
    """Render the operations: who may call them, with which scope, what they take and what they refuse."""
    rows = [
        [
            code(f"{op.method} {op.address}"),
            op.text,
            code(str(op.scope)),
            ", ".join(sorted(op.roles)),
            op.once,
        ]
        for op in OPERATIONS
    ]
    head = ["operation", "what it does", "scope", "acts as", "Idempotency-Key"]
    return page(
        Text("API", "API"),
        Text(
            "`/api/v1` の操作。機械が読む記述は [openapi.json](openapi.json)(`/api/v1/openapi.json` でも)。"
            "`machine` はAPIキーだけで足りること、ほかの役割は当事者のトークン(`Mamori-Party`)を表します。"
            "断りは application/problem+json で、`code` は"
            "変わりません。",
            "The operations of `/api/v1`. For software: [openapi.json](openapi.json), also at `/api/v1/openapi.json`. "
            "`machine` means that an API key alone suffices, the other roles come by a party's token (`Mamori-Party`). "
            "Refusals are application/problem+json; `code` is stable.",
        ),
        table(head, rows),
        *(_operation(op) for op in OPERATIONS),
    )


def _operation(op: Operation) -> str:
    parts = [f"## {op.method} {op.address}", f"{op.text.ja} / {op.text.en}. {op.handler.__doc__}"]
    records = [record for record in (op.body, op.query) if record is not None]
    parts += [table(["field", "needed", "means", "form"], _fields(record)) for record in records]
    answers = ", ".join(code(str(status)) for status in op.answers)
    refusals = sorted({(refusal.status, refusal.code) for refusal in refused_by(op)})
    told = ", ".join(f"{status} {code(name)}" for status, name in refusals)
    return "\n\n".join([*parts, f"Answers {answers}. Refuses {told}."])


def _fields(record: type[Part]) -> list[list[object]]:
    fields: list[Field] = list(describe(record))
    if issubclass(record, Line):
        fields = [field for field in fields if field.name not in ("ref", "instruction")]
    return [[code(field.name), field.is_needed, field.means, field.form] for field in fields]
