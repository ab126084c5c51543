"""The table of addresses, which the permission matrix is made of, knows every operation of the API."""

from __future__ import annotations

from mamori.doors.gateway.table import OPERATIONS
from mamori.site.routes import routes


def test_every_operation_stands_among_the_addresses_with_roles_and_scope() -> None:
    known = {(method, route.access) for route in routes() for method in route.methods if route.access}

    assert all((operation.method, operation.access) in known for operation in OPERATIONS)
    assert all(operation.scope for operation in OPERATIONS)
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)
