"""Instructions over the API: what still waits, what became of one, and an answer that is none yet."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mamori.doors.gateway.tests.conftest import Software, machine
from mamori.ground.market import actions as market_actions, facts
from mamori.ground.market.models import Instruction
from mamori.ground.outbox.models import Event

pytestmark = pytest.mark.django_db


def instruct(amount: int, about: str) -> str:
    return market_actions.instruct(machine(), kind="refund", order_ref="O-1", amount=amount, about=about)


def listed(shop: Software, query: str = "") -> list[dict[str, Any]]:
    answer = shop.call("GET", f"/instructions{query}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def answer(shop: Software, ref: str, **told: object) -> Any:
    return shop.call("POST", f"/confirmations/{ref}", told)


def test_what_waits_is_listed_the_oldest_first_and_what_is_done_by_its_state(market: Software) -> None:
    refs = [instruct(100, f"contact.remedy:{number}") for number in range(1, 6)]
    answer(market, refs[1], outcome="confirmed")

    pages, path = [], "/instructions?limit=2"
    while path:
        page = market.call("GET", path).json()
        pages.append([one["instruction"] for one in page["items"]])
        path = f"/instructions?limit=2&cursor={page['next']}" if page["next"] else ""

    assert [ref for page in pages for ref in page] == [refs[0], *refs[2:]]
    assert [len(page) for page in pages] == [2, 2]
    assert [one["instruction"] for one in listed(market, "?state=confirmed")] == [refs[1]]
    assert listed(market, "?order=O-2") == []
    assert len(listed(market, "?order=O-1&seller=S-1")) == 4


def test_one_instruction_is_named_as_its_webhook_names_it(market: Software) -> None:
    ref = instruct(300, "contact.remedy:7")

    shown = market.call("GET", f"/instructions/{ref}").json()

    told = Event.objects.get(kind="market.instruction_issued").body
    assert (shown["instruction"], shown["what"], shown["about"]) == (ref, "refund", "rem_7")
    data = json.loads(told)["data"]
    assert data["buyer_ref"] == "B-1"
    assert {name: shown[name] for name in data if name in shown} == data | {"until": None}
    assert listed(market) == [shown]
    assert market.call("GET", "/instructions/ins_none").json()["code"] == "instruction-unknown"


def test_what_cannot_be_done_now_goes_on_waiting_and_may_still_be_done(market: Software) -> None:
    ref = instruct(300, "contact.remedy:7")

    later = answer(market, ref, outcome="later", note="決済会社の保守のため")
    still = listed(market)
    done = answer(market, ref, outcome="confirmed")

    assert (later.status_code, later.json()["state"]) == (200, "issued")
    assert [one["instruction"] for one in still] == [ref]
    assert facts.instruction(ref).state == "confirmed"  # type: ignore[union-attr]
    assert done.json()["state"] == "confirmed"
    assert [kind for kind in Event.objects.values_list("kind", flat=True) if "instruction" in kind] == [
        "market.instruction_issued",
        "market.instruction_delayed",
        "market.instruction_confirmed",
    ]


def test_what_was_answered_for_good_is_not_put_off_any_more(market: Software) -> None:
    ref = instruct(300, "contact.remedy:7")
    answer(market, ref, outcome="refused", note="できません")

    late = answer(market, ref, outcome="later")

    assert late.json()["code"] == "another-answer"
    assert Instruction.objects.get().state == "refused"


def test_what_was_called_back_is_not_listed_as_one_to_carry_out(market: Software) -> None:
    kept, called_back = instruct(100, "contact.remedy:1"), instruct(200, "contact.remedy:2")
    market_actions.recall(machine(), instruction=called_back)

    todo, recalled = listed(market), listed(market, "?state=recalled")
    shown = market.call("GET", f"/instructions/{called_back}").json()
    refused = answer(market, called_back, outcome="refused")

    assert [one["instruction"] for one in todo] == [kept]
    assert [one["instruction"] for one in recalled] == [called_back]
    assert shown["state"] == "recalled"
    assert refused.json()["state"] == "refused"
    assert listed(market, "?state=recalled") == []


def test_done_after_refused_is_taken_while_nothing_took_its_place(market: Software) -> None:
    ref = instruct(300, "contact.remedy:7")
    answer(market, ref, outcome="refused", note="保守中")

    late = [answer(market, ref, outcome="confirmed").json() for _ in range(2)]

    assert [(one["state"], one["told_late_at"]) for one in late] == [("confirmed", None)] * 2
    order = facts.order("O-1")
    assert order
    assert order.refunded_instructed == 300


def test_done_after_refused_is_kept_as_told_late_where_another_took_its_place(market: Software) -> None:
    first = instruct(300, "contact.remedy:7")
    answer(market, first, outcome="refused")
    second = instruct(300, "contact.remedy:7")

    late = [answer(market, first, outcome="confirmed").json() for _ in range(2)]

    assert late[0]["told_late_at"] is not None
    assert late[0] == late[1]
    assert late[0]["state"] == "refused"
    assert [one["instruction"] for one in listed(market, "?state=recalled")] == [second]
    assert listed(market) == []
    order = facts.order("O-1")
    assert order
    assert (order.refunded_elsewhere, order.refunded_instructed) == (300, 0)
    kinds = Event.objects.filter(kind__startswith="market.instruction").values_list("kind", flat=True)
    assert list(kinds).count("market.instruction_told_late") == 1
