"""What is sent twice has one effect, also when it was taken before forms and requests were kept in one table."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.models import Reply
from mamori.ground.web.once import KEPT, is_taken, led_before, once, was_led

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
AKI = Actor(by="staff:7", role=Role.LEAD, at=NOW, via="web")
BEN = Actor(by="staff:8", role=Role.LEAD, at=NOW, via="web")


class Full(Refusal, code="full", status=409):
    """Given in these tests."""

    text = Text("いっぱいです。", "It is full.")


def test_a_form_has_one_effect_for_whoever_sent_it_and_another_persons_is_another() -> None:
    token, done = str(uuid.uuid4()), list[str]()

    def do() -> str:
        done.append("done")
        return f"/there/{len(done)}/"

    led = [once(AKI, token, do), once(AKI, token, do), once(BEN, token, do)]

    assert led == ["/there/1/", "/there/1/", "/there/2/"]
    assert (led_before(AKI, token), led_before(AKI, "")) == ("/there/1/", "")
    assert was_led(AKI, "/there/1/")
    assert not was_led(BEN, "/there/1/")


def test_what_was_refused_can_be_sent_again_in_the_same_form() -> None:
    token = str(uuid.uuid4())

    def refuse() -> str:
        raise Full

    with pytest.raises(Full):
        once(AKI, token, refuse)

    assert not is_taken(AKI, token)
    assert once(AKI, token, lambda: "/there/") == "/there/"


def test_a_form_of_yesterday_is_a_new_one() -> None:
    token = str(uuid.uuid4())
    once(AKI, token, lambda: "/first/")
    Reply.objects.update(at=NOW - KEPT - timedelta(seconds=1))

    led = once(AKI, token, lambda: "/second/")

    assert led == "/second/"
    assert Reply.objects.count() == 1
