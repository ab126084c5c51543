"""What the description says of webhooks, ids and names is what leaves the house."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any, get_args

import jsonschema_rs
import pytest

from mamori.doors.gateway.api import built
from mamori.doors.gateway.schema import EXAMPLES
from mamori.doors.gateway.table import OPERATIONS
from mamori.doors.gateway.tests.conftest import DOCUMENT, Software
from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event, marks, shape
from mamori.grammar.ids import IdKind
from mamori.ground.market.actions import KINDS
from mamori.ground.market.kinds import OF_ORDERS, Target
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Event as Row, Notice
from mamori.rooms.payouts.facts import Code
from tools.reference import house as whole

pytestmark = pytest.mark.django_db
SAYS = DOCUMENT
LEAD = Actor(by="lead:1", role=Role.LEAD, at=datetime(2026, 11, 24, tzinfo=UTC), via="test")


def described(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = SAYS["webhooks"][kind]["post"]["requestBody"]["content"]["application/json"]
    return found


@pytest.mark.parametrize("kind", sorted(SAYS["webhooks"]))
def test_the_example_of_each_webhook_has_the_form_that_is_described(kind: str) -> None:
    told = described(kind)

    jsonschema_rs.validate(told["schema"], told["example"], validate_formats=True)
    assert told["example"]["type"] == kind


@pytest.mark.parametrize(
    "kind", sorted(one for one in SAYS["webhooks"] if one.startswith("market.instruction_"))
)
def test_the_example_of_an_instruction_about_an_order_has_no_number_and_no_end(kind: str) -> None:
    data = described(kind)["example"]["data"]

    assert data["target"] == Target.ORDER
    assert OF_ORDERS[data["what"]]
    assert (data["number"], data["until"], data["undoes"]) == (None, None, "")


def test_the_reasons_of_a_payout_and_the_verdict_of_a_line_are_named_one_by_one() -> None:
    schemas = SAYS["components"]["schemas"]

    assert schemas["ReasonShown"]["properties"]["code"] == {"$ref": "#/components/schemas/Code"}
    assert schemas["Code"]["enum"] == list(Code)
    assert set(described("payouts.decided")["example"]["data"]["reasons"]) <= set(Code)
    verdict = schemas["LineShown"]["properties"]["verdict"]["anyOf"]
    assert verdict[0] == {"$ref": "#/components/schemas/Verdict"}
    assert verdict[1]["const"] == "refused"


def test_each_field_of_an_event_has_an_example_of_its_own() -> None:
    plain = {
        name
        for event in Event.registry.values()
        if not event.internal and whole.ours(event)
        for name, hint in shape(event).items()
        if not any(isinstance(mark, IdKind) for mark in marks(hint))
        and datetime not in (hint, *get_args(hint))
    }

    assert plain <= set(EXAMPLES)
    assert set(EXAMPLES) - plain == set()


def test_every_event_that_leaves_the_house_is_described_and_no_internal_one() -> None:
    ours = {kind: event for kind, event in Event.registry.items() if whole.ours(event)}
    outside = {kind for kind, event in ours.items() if not event.internal}

    told = {kind for kind in SAYS["webhooks"] if not kind.startswith("test.")}
    assert told == outside | {"notice"}
    assert {"people.code_asked", "cases.assigned"} & set(SAYS["webhooks"]) == set()


def test_what_really_goes_out_has_the_form_that_is_described(market: Software, thread: str) -> None:
    outbox.add_endpoint(LEAD, url="https://shop.example/hook")
    market.call(
        "POST", f"/threads/{thread}/messages", {"said": "まだです", "sort": "message"}, party="buyer:B-1"
    )
    market.call(
        "POST", f"/threads/{thread}/messages", {"said": "送ります", "sort": "answer"}, party="seller:S-1"
    )
    market.call("POST", f"/threads/{thread}/mediation", {}, party="buyer:B-1")

    rows = [row for row in Row.objects.all() if row.deliveries.exists()]  # type: ignore[attr-defined]
    kinds = {row.kind for row in rows}
    assert {"contact.message_written", "contact.answered", "contact.mediation_opened", "notice"} <= kinds
    for row in rows:
        jsonschema_rs.validate(described(row.kind)["schema"], json.loads(row.body), validate_formats=True)


def test_no_number_of_ours_leaves_the_house_bare(market: Software, thread: str) -> None:
    market.call("POST", f"/threads/{thread}/mediation", {}, party="buyer:B-1")

    events = [row for row in Row.objects.all() if row.kind in SAYS["webhooks"]]

    assert events
    for row in events:
        assert not re.search(r'"[a-z_.]+:\d+"', row.body), row.body
        data = json.loads(row.body)["data"]
        assert data.get("thread", thread) == thread
        assert "thread" in data or "trouble" not in data


def test_a_notice_names_the_page_on_which_it_is_answered(market: Software) -> None:
    outbox.add_endpoint(LEAD, url="https://shop.example/hook", kinds=["notice"])
    opened = market.call(
        "POST", "/threads", {"order": "O-1", "topic": "broken", "said": "割れていた"}, party="buyer:B-1"
    ).json()

    told = [json.loads(one.event.body)["data"] for one in Notice.objects.select_related("event") if one.event]

    assert {one["to"]: one["path"] for one in told} == {
        "buyer:B-1": f"/threads/{opened['case']}/",
        "seller:S-1": f"/seller/threads/{opened['case']}/",
    }
    assert {one["about"] for one in told} == {opened["trouble"]["id"]}


def test_no_answer_shares_its_name_with_what_is_told() -> None:
    answers = built().get_openapi_schema(path_prefix="")["components"]["schemas"]
    told = {op.body.__name__ for op in OPERATIONS if op.body} | {kind.__name__ for kind in KINDS.values()}

    assert set(answers) & (told | {"Accepted", "Item"}) == set()


def test_names_of_schemas_show_no_python_path() -> None:
    names = set(SAYS["components"]["schemas"])

    assert [name for name in names if re.search(r"\.|__|mamori", name)] == []
    assert {"EligibilityKind", "ProposalsKind"} <= names
    used = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(SAYS)))
    assert used <= names
