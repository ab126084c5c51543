"""Instructions over the API: what still waits, what became of one, and an answer that is none yet."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.doors.gateway.tests.conftest import Software, machine
from mamori.ground.market import actions as market_actions
from mamori.ground.market import facts
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
    for name in ("instruction", "what", "about", "amount", "order_ref", "seller_ref", "target_ref"):
        assert f'"{name}":' in told
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
