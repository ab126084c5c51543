"""The table of addresses, which the permission matrix is made of, knows every operation of the API."""

from __future__ import annotations

import json
from pathlib import Path

from mamori.doors.gateway.api import built
from mamori.doors.gateway.schema import document
from mamori.doors.gateway.table import OPERATIONS
from mamori.site.routes import routes

ROOT = Path(__file__).parents[3]


def test_every_operation_stands_among_the_addresses_with_roles_and_scope() -> None:
    known = {(method, route.access) for route in routes() for method in route.methods if route.access}

    assert all((operation.method, operation.access) in known for operation in OPERATIONS)
    assert all(operation.scope for operation in OPERATIONS)
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)


def test_the_committed_description_is_the_one_that_is_served() -> None:
    committed = json.loads((ROOT / "docs/reference/openapi.json").read_text("utf-8"))

    served = json.loads(json.dumps(document(built())))
    told = {kind: item for kind, item in served["webhooks"].items() if not kind.startswith("test.")}

    assert committed == {**served, "webhooks": told}  # tests declare events of their own
