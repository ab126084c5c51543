"""Whatever `mamori outbox stuck` names is known to `retry`, and to `skip` or to a sentence that says what to do instead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.ground.outbox import actions, facts, models, publishing
from mamori.ground.outbox.delivering import EndpointStays, NothingWaits
from mamori.ground.outbox.endpoints import NoSuchEndpoint
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.publishing import RESTS_AFTER, STUCK_AFTER
from mamori.ground.outbox.tests.conftest import LEAD, NOON, LampLit, Receiver
from mamori.ground.outbox.tests.test_delivery import added, lit, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def breaks(event: LampLit, at: datetime) -> None:
    raise RuntimeError("no bulb")


def all_kinds_stuck(receiver: Receiver) -> list[str]:
    """Leave a handler, a webhook and an endpoint stuck, and return what they are called in the list."""
    publishing.hear(LampLit, breaks)
    added(receiver)
    receiver.status = 500
    for lamp in range(RESTS_AFTER + 2):
        lit(lamp)
    send()
    given_up = models.Delivery.objects.filter(pk=models.Delivery.objects.earliest("id").pk)
    given_up.update(state="dead", next_at=None, tries_left=0)
    models.Effect.objects.filter(pk=models.Effect.objects.earliest("id").pk).update(
        attempts=STUCK_AFTER, stuck_at=NOON
    )
    return [one.ref for one in facts.stuck()]


def test_each_name_in_the_list_of_what_is_stuck_is_one_that_can_be_tried_again(receiver: Receiver) -> None:
    refs = all_kinds_stuck(receiver)
    assert {ref.partition("-")[0].partition("_")[0] for ref in refs} == {"effect", "msg", "endpoint"}

    for ref in refs:
        actions.retry(LEAD, ref=ref)

    assert {due.state for due in facts.deliveries()} == {DeliveryState.WAITING}


def test_an_endpoint_that_is_tried_again_rests_no_longer_and_gets_all_that_waits(receiver: Receiver) -> None:
    added(receiver)
    receiver.status = 500
    for lamp in range(RESTS_AFTER + 2):
        lit(lamp)
    send()
    (silent,) = facts.stuck()
    receiver.status = 200
    soon = NOON + timedelta(seconds=1)
    assert send(soon) == 0

    actions.retry(LEAD, ref=silent.ref)

    assert send(soon) == 1
    assert send(soon) == RESTS_AFTER + 1
    assert facts.stuck() == ()
    assert facts.endpoints()[0].failures == 0


def test_an_endpoint_is_removed_and_not_left_out(receiver: Receiver) -> None:
    number, _ = actions.add_endpoint(LEAD, url=receiver.url)

    with pytest.raises(EndpointStays) as refused:
        actions.skip(LEAD, ref=f"endpoint-{number}", reason="the shop moved")

    assert f"remove-endpoint {number}" in str(refused.value)
    assert facts.endpoints()[0].switched_off_at is None


def test_an_endpoint_that_is_none_or_is_off_is_not_tried_again(receiver: Receiver) -> None:
    number, _ = actions.add_endpoint(LEAD, url=receiver.url)
    actions.remove_endpoint(LEAD, endpoint=number, reason="the shop closed")

    with pytest.raises(NoSuchEndpoint):
        actions.retry(LEAD, ref=f"endpoint-{number}")
    for ref in ("endpoint-", "endpoint-0", "endpoint-9999", "endpoint-x", f"endpoint-{10**30}"):
        with pytest.raises(NothingWaits):
            actions.retry(LEAD, ref=ref)
