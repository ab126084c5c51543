"""Notices are kept, and travel as webhooks to the marketplace's own messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.outbox import actions, facts, notices
from mamori.ground.outbox.lifecycle import NoticeState
from mamori.ground.outbox.models import Notice
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
    return actions.notify_numbered(to="seller:S-1", template=LAMPS, values=values, about="lamp:1", at=NOON)


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
        actions.notify_numbered(
            to="s", template=LAMPS, values={"lamp": NOON, "state": 1}, about="lamp:1", at=NOON
        )


CODE = Template(
    code="test.code",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("確認コード", "your code"),
    body=Text("コードは {code} です。", "The code is {code}."),
)


@pytest.fixture
def by_mail() -> Iterator[None]:
    """Let every notice go by mail."""
    former = notices._carrier
    notices.use(lambda handed: actions.Carriage(frozenset({actions.Channel.MAIL})))
    yield
    notices.use(former)


def coded() -> int:
    secret = actions.Secret(name="code", value="48151623", until=NOON + timedelta(minutes=10))
    return actions.notify_numbered(
        to="buyer:B-1", template=CODE, values={}, about="sign-in", at=NOON, secret=secret
    )


@pytest.mark.usefixtures("by_mail")
def test_a_secret_lies_sealed_until_it_was_sent_and_stands_in_no_other_column() -> None:
    number = coded()

    (notice,) = facts.notices(to="buyer:B-1")
    row = Notice.objects.values().get(pk=number)
    assert facts.secret_of(number) == "48151623"
    assert facts.MASK in notice.body["ja"]
    assert "48151623" not in repr(row).replace(repr(row["sealed"]), "")
    assert b"48151623" not in bytes(row["sealed"])

    actions.notice_delivered(numbers=[number], at=NOON)

    assert facts.secret_of(number) == ""
    assert facts.notices(to="buyer:B-1")[0].state == NoticeState.DELIVERED


def test_a_secret_never_goes_to_other_peoples_systems(receiver: Receiver) -> None:
    added(receiver)

    number = coded()
    send()

    assert receiver.bodies == []
    assert facts.notices_by_number([number])[number].state == NoticeState.KEPT


@pytest.mark.usefixtures("by_mail")
def test_a_notice_that_mail_gives_back_is_kept_without_its_secret() -> None:
    number = coded()

    actions.notice_returned(numbers=[number])

    assert facts.notices(to="buyer:B-1")[0].state == NoticeState.KEPT
    assert facts.secret_of(number) == ""


def test_a_secret_does_not_show_itself_when_it_is_printed() -> None:
    assert "48151623" not in repr(actions.Secret(name="code", value="48151623", until=NOON))


def test_notices_of_one_act_are_called_out_by_as_many_statements_as_one(receiver: Receiver) -> None:
    added(receiver)

    alone, together = told_in_one_act(1), told_in_one_act(3)

    assert together == alone
    called = Notice.objects.select_related("event").order_by("pk")
    assert [json.loads(one.event.body)["data"]["notice"] for one in called if one.event] == [
        f"ntc_{one.pk}" for one in called
    ]
    send()
    assert len(receiver.bodies) == 4


def told_in_one_act(count: int) -> int:
    """Tell so many notices in one act, and return how many statements it made."""
    with CaptureQueriesContext(connection) as made, memory.act():
        for lamp in range(count):
            values = {"lamp": lamp, "state": Text("ともった", "lit")}
            notices.notify(to="seller:S-1", template=LAMPS, values=values, about="lamp:1", at=NOON)
    return len(made)
