"""Every operation with no key, a bad key, a key for something else, the wrong party and the right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from django.conf import settings

from mamori.doors.gateway.keys import PARTIES, Caller
from mamori.doors.gateway.operation import Operation
from mamori.doors.gateway.table import OPERATIONS
from mamori.doors.gateway.tests.conftest import ALL, TROUBLE, Make, Software, machine
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import actions as people, limits
from mamori.ground.people.facts import API_CALLS, Flaw, Presence, Scope

WHO = {Role.BUYER: "buyer:B-1", Role.SELLER: "seller:S-1", Role.DELEGATE: "seller:S-1/hanako"}
BODIES: dict[str, Any] = {
    "put_seller": {"name": "山の店"},
    "put_buyer": {"name": "買手一郎"},
    "put_listing": {"seller": "S-1", "name": "茶碗", "price": 8000},
    "put_order": {"buyer": "B-1", "seller": "S-1", "amount": 9, "ordered_at": "2026-11-02T10:00:00+09:00"},
    "put_review": {"listing": "L-1", "seller": "S-1", "stars": 1, "posted_at": "2026-11-02T10:00:00+09:00"},
    "post_events": '{"kind":"buyer","ref":"B-7","name":"七"}\n',
    "open_thread": TROUBLE,
    "write_message": {"said": "こんにちは", "sort": "message"},
    "ask_mediation": {},
    "add_webhook": {"url": "https://shop.example/hook"},
    "confirm_instruction": {"outcome": "confirmed"},
}


def by_name() -> list[Any]:
    return [pytest.param(operation, id=operation.name) for operation in OPERATIONS]


def address(operation: Operation) -> str:
    path = operation.path
    for place, value in {"{whole:ref}": "X-1", "{thread}": "1", "{receipt}": "1", "{webhook}": "1"}.items():
        path = path.replace(place, value)
    return path


def called(software: Software, operation: Operation, *, party: str = "", **headers: str) -> Any:
    kind = "application/x-ndjson" if operation.takes_lines else "application/json"
    told = BODIES.get(operation.name)
    return software.call(
        operation.method, address(operation), told, party=party, content_type=kind, **headers
    )


@pytest.mark.parametrize("operation", by_name())
@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "key-needed"),
        ("Bearer", "key-needed"),
        ("Bearer ", "key-needed"),
        ("Bearer x", "key-not-good"),
        ("Basic dTpw", "key-needed"),
        ("bearer mmr_aaaaaaaa_" + "a" * 43, "key-not-good"),
        ("Bearer 鍵", "key-not-good"),
        ("Bearer a b", "key-not-good"),
    ],
)
def test_without_a_good_key_nobody_enters(
    market: Software, operation: Operation, header: str, code: str
) -> None:
    answer = called(market, operation, Authorization=header)

    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("header", "status"), [("bearer   {}", 200), ("BEARER {}", 200), ("Basic {}", 401), ("{}", 401)]
)
def test_a_key_counts_only_as_a_bearers(shop: Software, header: str, status: int) -> None:
    answer = shop.call("GET", "/cases", Authorization=header.format(shop.token))

    assert answer.status_code == status


@pytest.mark.parametrize("operation", by_name())
def test_a_key_without_the_scope_is_told_which_one_is_missing(make: Make, operation: Operation) -> None:
    other = make(*(ALL - {operation.scope}), name="other")

    answer = called(other, operation, party="buyer:B-1" if operation.needs_party else "")

    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
    assert operation.scope in answer.json()["detail"]


@pytest.mark.parametrize("operation", by_name())
def test_a_key_with_this_scope_alone_enters(make: Make, market: Software, operation: Operation) -> None:
    alone = make(Scope(operation.scope), name="alone")
    role = next((role for role in (Role.BUYER, Role.SELLER) if role in operation.roles), None)

    answer = called(alone, operation, party=WHO[role] if role and operation.needs_party else "")

    assert answer.status_code not in (401, 403, 500)


@pytest.mark.parametrize("operation", by_name())
@pytest.mark.parametrize("role", sorted(PARTIES))
def test_a_party_enters_only_where_the_table_says(market: Software, operation: Operation, role: Role) -> None:
    people.add_delegate(
        machine_as_seller(), name="hanako", person="鈴木花子", mail="h@example.jp"
    ) if role is Role.DELEGATE else None

    answer = called(market, operation, party=WHO[role])

    if role in operation.roles:
        assert answer.status_code not in (401, 403, 500)
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "party-not-asked")
        assert role.text.ja in answer.json()["detail"]


@pytest.mark.parametrize("operation", [op for op in OPERATIONS if op.needs_party], ids=lambda op: op.name)
def test_an_api_key_alone_never_writes_words(market: Software, operation: Operation) -> None:
    answer = called(market, operation)

    assert (answer.status_code, answer.json()["code"]) == (403, "party-needed")


def forged(shop: Software) -> Iterator[tuple[str, str]]:
    """Yield tokens that are nobody, each with the code of the part that is wrong."""
    now = int(datetime.now(UTC).timestamp())
    good = {"sub": "buyer:B-1", "aud": "mamori/api", "iat": now, "exp": now + 300, "jti": "x"}
    head = {"kid": shop.link_kid}
    yield "signature", jwt.encode(good, "x" * 43, algorithm="HS256", headers=head)
    yield "algorithm", jwt.encode(good, None, algorithm="none", headers=head)
    yield "algorithm", jwt.encode(good, shop.link_secret + "x" * 64, algorithm="HS512", headers=head)
    yield "kid", jwt.encode(good, shop.link_secret, algorithm="HS256")
    yield "kid", jwt.encode(good, shop.link_secret, "HS256", {"kid": "unknown1"})
    yield "kid", jwt.encode(good, shop.link_secret, "HS256", {"kid": shop.token[4:12]})
    for code, told in (
        ("aud", {"aud": settings.ORIGIN}),
        ("exp", {"exp": now - 1}),
        ("exp", {"exp": now + 86_400}),
        ("exp", {"exp": "soon"}),
        ("iat", {"iat": "now"}),
        ("clock", {"iat": now + 3_600, "exp": now + 300}),
        ("jti", {"jti": "j" * 101}),
        ("sub", {"sub": "agent:1"}),
        ("sub", {"sub": ""}),
    ):
        yield code, jwt.encode(good | told, shop.link_secret, "HS256", head)
    for left_out in ("aud", "iat", "exp", "jti", "sub"):
        rest = {name: value for name, value in good.items() if name != left_out}
        yield left_out, jwt.encode(rest, shop.link_secret, "HS256", head)
    yield "form", shop.token
    yield "form", "x.y.z"
    yield "form", "x" * 8_000


def test_no_forged_token_is_anybody_and_its_shop_is_told_which_part_is_wrong(
    market: Software, thread: str
) -> None:
    for what, token in forged(market):
        answer = market.call("GET", f"/threads/{thread}", **{"Mamori-Party": token})

        assert (answer.status_code, answer.json()["code"]) == (401, "party-not-good"), what
        detail = Flaw(what).text.ja
        assert answer.json()["errors"] == [{"field": "Mamori-Party", "code": what, "detail": detail}]
    assert {what for what, _ in forged(market)} == set(Flaw)


def test_claims_are_looked_at_only_once_the_signature_holds_and_without_a_key_nothing_is_said(
    market: Software, thread: str
) -> None:
    wrong = {"sub": "", "aud": "x", "iat": "x", "exp": 0, "jti": 7}
    unsigned = jwt.encode(wrong, "x" * 43, algorithm="HS256", headers={"kid": market.link_kid})

    told = market.call("GET", f"/threads/{thread}", **{"Mamori-Party": unsigned}).json()
    bare = market.call("GET", f"/threads/{thread}", Authorization="", **{"Mamori-Party": unsigned}).json()

    assert [one["code"] for one in told["errors"]] == ["signature"]
    assert (bare["code"], "errors" in bare) == ("key-needed", False)


def test_who_was_erased_and_a_key_that_was_revoked_look_like_what_never_was(market: Software) -> None:
    revoked, never = market.party("buyer:B-1"), market.party("buyer:B 1")
    told = [market.call("GET", "/threads", **{"Mamori-Party": never}).json()["errors"]]
    ledger.shred(replace(machine(), by="lead:1", role=Role.LEAD), subject="buyer:B-2", reason="請求により")
    told.append(market.call("GET", "/threads", party="buyer:B-2").json()["errors"])
    people.revoke_key(machine(), name="shop-links")

    gone = market.call("GET", "/threads", **{"Mamori-Party": revoked}).json()["errors"]

    assert told[0] == told[1]
    assert [one["code"] for one in (*told[0], *gone)] == ["sub", "kid"]


def test_a_revoked_key_and_one_that_ran_out_are_no_keys(make: Make) -> None:
    revoked = make(name="revoked")
    people.revoke_key(machine(), name="revoked")
    early = machine()
    key = people.add_key(early, name="short", scopes=[Scope.CASES_READ], lives=timedelta(0))

    assert revoked.call("GET", "/cases").status_code == 401
    assert Software(token=key.secret).call("GET", "/cases").status_code == 401


def test_a_key_that_calls_too_often_is_told_when_to_come_again(
    shop: Software, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = replace(API_CALLS, per=timedelta(days=36_500))  # no window ends meanwhile
    monkeypatch.setattr("mamori.doors.gateway.gate.API_CALLS", endless)
    limits.forget()
    at = machine().at
    while limits.take(endless, "machine:shop", at) == 0:
        pass

    answer = shop.call("GET", "/cases")

    assert answer.status_code == 429
    assert abs(int(answer["Retry-After"]) - endless.wait(at)) < 60


def test_a_session_counts_for_nothing(enter: Any, shop: Software) -> None:
    lead = enter(Role.LEAD)

    answer = lead.get("/api/v1/cases", secure=True)

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("party", "by", "via"),
    [
        (None, "machine:shop", "api"),
        (Presence(who="buyer:B-1", role=Role.BUYER), "buyer:B-1", "api/machine:shop"),
    ],
)
def test_what_a_machine_carries_is_done_by_the_party(party: Presence | None, by: str, via: str) -> None:
    caller = Caller(machine=Presence(who="machine:shop", role=Role.MACHINE), party=party)
    request: Any = SimpleNamespace(received_at=machine().at, came_at=machine().at, number="r-1")

    actor = caller.actor(request)

    assert (actor.by, actor.role, actor.via) == (by, caller.presence.role, via)
    assert (actor.at, actor.request) == (request.received_at, "r-1")


def machine_as_seller() -> Actor:
    return Actor(by="seller:S-1", role=Role.SELLER, at=machine().at, via="test")


@pytest.mark.parametrize("token", [" ", "  "])
def test_an_empty_token_is_no_token_and_never_the_machines_own_view(market: Software, token: str) -> None:
    answer = market.call("GET", "/threads", **{"Mamori-Party": token})

    assert (answer.status_code, answer.json()["code"]) == (401, "party-not-good")
