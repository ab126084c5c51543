"""Every address that takes an id is asked with each other kind of id, by each other party and with a foreign key."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.table import OPERATIONS
from mamori.doors.gateway.tests.conftest import Software, bare
from mamori.grammar.actor import Role
from mamori.grammar.ids import IdKind
from mamori.rooms.contact.ids import THREAD

pytestmark = pytest.mark.django_db
WITH_IDS = [one for one in OPERATIONS if one.method == "GET" and (one.ids or "{receipt}" in one.path)]
PARTIES = ("buyer:B-1", "buyer:B-2", "seller:S-1", "seller:S-2")


def kinds_of(operation: Operation) -> set[str]:
    return {kind.prefix for kind in operation.ids.values()} or {"rct"}


def wrong(operation: Operation, number: int) -> Iterator[str]:
    """Yield what is no id of this address: each other kind's, and the bare number that tables hold."""
    for prefix in sorted(set(IdKind.registry) - kinds_of(operation)):
        yield f"{prefix}_{number}"
    yield str(number)


@pytest.mark.parametrize("operation", WITH_IDS, ids=lambda one: one.name)
def test_another_kind_of_id_shows_nothing_to_anybody(
    market: Software, thread: str, operation: Operation
) -> None:
    asked = ["", *PARTIES] if operation.takes_party else [""]

    for given in wrong(operation, bare(thread)):
        path = re.sub(r"{\w+}", given, operation.path)
        for who in asked:
            answer = market.call("GET", path, party=who)
            if answer.status_code == 403:  # this role never asks here
                continue
            assert (answer.status_code, answer.json()["code"]) == (404, "no-such-id"), f"{path} {who}"


def test_an_id_that_is_right_shows_nothing_to_another_party(market: Software, thread: str) -> None:
    for who in ("buyer:B-2", "seller:S-2", "seller:B-1", "buyer:S-1", "seller:S-1/nobody"):
        answer = market.call("GET", f"/threads/{thread}", party=who)

        assert answer.status_code == 404
        assert "O-1" not in answer.content.decode()


def test_a_key_of_another_house_is_no_key_at_all(market: Software, thread: str) -> None:
    foreign = Software(token="mk_" + "x" * 50, link_kid=market.link_kid, link_secret=market.link_secret)

    for operation in OPERATIONS:
        path = re.sub(r"{[^}]+}", thread, operation.path)
        answer = foreign.call(operation.method, path)
        assert answer.status_code == 401, f"{operation.method} {path}"


def test_a_trouble_is_never_taken_for_a_thread_of_the_same_number(market: Software, thread: str) -> None:
    trouble = market.call("GET", f"/threads/{thread}").json()["trouble"]["id"]

    assert bare(trouble) != 0
    assert market.call("GET", f"/threads/{trouble}").status_code == 404
    assert market.call("GET", f"/threads/{THREAD.of(bare(thread))}").status_code == 200
    assert Role.MACHINE in next(one for one in OPERATIONS if one.name == "get_thread").roles
