"""Notices are kept, and travel as webhooks to the marketplace's own messages."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.outbox import actions, facts
from mamori.ground.outbox.lifecycle import NoticeState
from mamori.ground.outbox.tests.conftest import LEAD, NOON, LampLit, Receiver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def lit(lamp: int = 1, at: datetime = NOON) -> int:
    return actions.publish(LampLit(subject=f"lamp:{lamp}", lamp=lamp), at=at)


def added(receiver: Receiver) -> str:
    return actions.add_endpoint(LEAD, url=receiver.url, kinds=["test.*", "notice"])[1]


def send(at: datetime = NOON) -> int:
    return actions.deliver(at=at, signed_at=datetime.now(tz=NOON.tzinfo))


LAMPS = Template(
    code="test.lamps",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("灯 {lamp}", "lamp {lamp}"),
    body=Text("{lamp}が{state}", "{lamp} is {state}"),
)


def told(lamp: int = 1) -> int:
    values = {"lamp": lamp, "state": Text("ともった", "lit")}
    return actions.notify(to="seller:S-1", template=LAMPS, values=values, about=f"lamp:{lamp}", at=NOON)


def test_a_notice_that_nobody_carries_is_kept_and_can_be_read() -> None:
    number = told()

    (notice,) = facts.notices(to="seller:S-1")

    assert (notice.number, notice.state) == (number, NoticeState.KEPT)
    assert notice.body == {"ja": "1がともった", "en": "1 is lit"}
    assert notice.values == {"lamp": 1, "state": {"ja": "ともった", "en": "lit"}}


def test_a_notice_travels_as_a_webhook_to_the_marketplaces_own_messages(receiver: Receiver) -> None:
    added(receiver)
    actions.add_endpoint(LEAD, url=receiver.url, kinds=["notice"])
    told()
    assert facts.notices(about="lamp:1")[0].state == NoticeState.UNDER_WAY

    send()

    body = json.loads(receiver.bodies[0])
    assert body["type"] == "notice"
    assert body["data"]["title"] == {"ja": "灯 1", "en": "lamp 1"}
    assert len(receiver.bodies) == 2
    assert facts.notices(about="lamp:1")[0].state == NoticeState.DELIVERED


def test_a_notice_carries_no_things() -> None:
    with pytest.raises(TypeError):
        actions.notify(to="s", template=LAMPS, values={"lamp": NOON, "state": 1}, about="lamp:1", at=NOON)
