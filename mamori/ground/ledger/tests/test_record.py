"""An act is written where its effect is written, says all of it under seal, and can be shredded with an account."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions, facts
from mamori.ground.ledger.formats import moment_of, moment_text
from mamori.ground.ledger.log import canonical, commitment_to, content_place
from mamori.ground.ledger.models import Act, ActContent, Pending
from mamori.ground.seal import facts as seal

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
AGENT = Actor(by="sato", role=Role.AGENT, at=NOON, via="terminal", request="r-1")


def record(**changes: Any) -> int:
    return actions.record(
        AGENT, **{"kind": "contact.asked", "subject": "buyer:B-1", "about": "contact.trouble:12"} | changes
    )


@pytest.mark.django_db
def test_an_act_its_sealed_content_and_its_place_in_the_queue_are_written_together() -> None:
    number = record(reason="返事がない", payload={"days": 2, "topics": ["late"]})

    act, content = Act.objects.get(pk=number), ActContent.objects.get(pk=number)
    opened = json.loads(
        seal.unseal(subject="buyer:B-1", place=content_place(number), sealed=bytes(content.sealed))
    )
    salt = bytes.fromhex(opened.pop("salt"))
    assert opened["by"] == "sato"
    assert opened["payload"] == {"days": 2, "topics": ["late"]}
    assert bytes(act.commitment) == commitment_to(salt, opened)
    assert Pending.objects.filter(pk=number).exists()
    assert "返事".encode() not in bytes(content.sealed)


@pytest.mark.django_db
def test_about_what_something_was_done_since_a_moment_is_told_in_one_look() -> None:
    later = replace(AGENT, at=NOON + timedelta(minutes=1))
    record()
    record(about="contact.trouble:13")
    actions.record(later, kind="contact.asked", subject="buyer:B-1", about="contact.trouble:12")
    actions.record(later, kind="contact.asked", subject="buyer:B-1", about="contact.trouble:14")
    asked = ["contact.trouble:12", "contact.trouble:13", "contact.trouble:15"]

    assert facts.done_since(asked, NOON) == {"contact.trouble:12"}
    assert facts.done_since(asked, later.at) == set()
    assert facts.done_since(asked, NOON - timedelta(seconds=1)) == set(asked[:2])


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_leaves_nothing() -> None:
    with transaction.atomic():
        record()
        transaction.set_rollback(True)

    assert not Act.objects.exists()


def test_an_act_outside_a_transaction_is_refused() -> None:
    from django.db import connection

    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="transaction"):
        record()


@pytest.mark.django_db
@pytest.mark.parametrize("payload", [{"x": 1.5}, {"x": NOON}, {1: "x"}, {"x": [b"y"]}])
def test_what_two_readers_could_write_differently_is_not_taken(payload: dict[Any, Any]) -> None:
    with pytest.raises(TypeError):
        record(payload=payload)


def test_canonical_json_is_the_same_for_any_order_and_spacing() -> None:
    assert canonical({"b": [1, None, True], "a": "日本"}) == '{"a":"日本","b":[1,null,true]}'.encode()


def test_a_moment_has_one_spelling_and_reads_back() -> None:
    assert moment_text(NOON) == "2026-09-18T03:00:00.000000Z"
    assert moment_of(moment_text(NOON)) == NOON
    with pytest.raises(ValueError, match="offset"):
        moment_text(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.django_db
def test_a_shredding_is_an_act_that_names_each_content_lost() -> None:
    first, other = record(), record(subject="seller:S-1")
    last = record()

    number = actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")

    content = ActContent.objects.get(pk=number)
    opened = json.loads(
        seal.unseal(subject="market", place=content_place(number), sealed=bytes(content.sealed))
    )
    assert [act for act, _ in opened["payload"]["contents"]] == [first, last]
    assert content.about == "buyer:B-1"
    assert other not in [act for act, _ in opened["payload"]["contents"]]


@pytest.mark.django_db
def test_a_second_shredding_names_only_what_came_since() -> None:
    record()
    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")
    since = record()

    number = actions.shred(AGENT, subject="buyer:B-1", reason="再度の請求")

    sealed = bytes(ActContent.objects.get(pk=number).sealed)
    opened = json.loads(seal.unseal(subject="market", place=content_place(number), sealed=sealed))
    assert [act for act, _ in opened["payload"]["contents"]] == [since]


@pytest.mark.django_db
def test_the_market_and_a_stranger_cannot_be_shredded() -> None:
    with pytest.raises(actions.MarketStays):
        actions.shred(AGENT, subject="market", reason="x")
    with pytest.raises(actions.NothingToShred):
        actions.shred(AGENT, subject="buyer:nobody", reason="x")
