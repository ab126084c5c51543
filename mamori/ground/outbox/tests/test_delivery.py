"""What webhooks promise: signed, the same bytes and id each time, retried, never lost, never inside the house."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from mamori.grammar.statechart import StepNotOpen
from mamori.ground.outbox import actions, delivering, facts, models
from mamori.ground.outbox.delivering import DeliveryAnswer
from mamori.ground.outbox.endpoints import NoSuchEndpoint
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.publishing import LEASE, RESTS_AFTER, TRIES, WAITS, rest
from mamori.ground.outbox.tests.conftest import LEAD, NOON, LampLit, Receiver
from mamori.ground.seal import actions as seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def lit(lamp: int = 1, at: datetime = NOON) -> int:
    return actions.publish(LampLit(subject=f"lamp:{lamp}", lamp=lamp), at=at)


def added(receiver: Receiver) -> str:
    return actions.add_endpoint(LEAD, url=receiver.url, kinds=["test.*", "notice"])[1]


def send(at: datetime = NOON) -> int:
    return actions.deliver(at=at, signed_at=datetime.now(tz=NOON.tzinfo))


def test_a_webhook_arrives_signed_by_the_standard(receiver: Receiver) -> None:
    secret = added(receiver)
    lit()

    sent = send()

    assert sent == 1
    assert Webhook(secret).verify(receiver.bodies[0], receiver.headers[0]) == {
        "type": "test.lamp_lit",
        "timestamp": "2026-11-24T03:00:00Z",
        "data": {"lamp": 1},
    }
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(receiver.bodies[0], receiver.headers[0])
    (delivery,) = facts.deliveries(subject="lamp:1", kind="test.lamp_lit")
    assert (delivery.state, delivery.message) == (DeliveryState.DELIVERED, receiver.headers[0]["webhook-id"])
    assert [line.status for line in delivery.log] == [200]
    assert send(NOON + timedelta(days=9)) == 0


def test_each_try_carries_the_same_id_and_the_same_bytes_until_the_shop_is_well(receiver: Receiver) -> None:
    added(receiver)
    receiver.status = 500
    lit()

    send()
    assert send(NOON + timedelta(seconds=4)) == 0
    receiver.status = 204
    send(NOON + timedelta(seconds=5))

    assert len(set(receiver.bodies)) == 1
    assert len({h["webhook-id"] for h in receiver.headers}) == 1
    assert [line.status for line in facts.deliveries()[0].log] == [500, 204]
    assert facts.endpoints()[0].failures == 0


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html><title>Shop</title>", b"\n <html lang='ja'>" + b"x" * 9999]
)
def test_a_page_for_people_has_not_taken_what_was_sent_and_it_is_kept(
    receiver: Receiver, page: bytes
) -> None:
    added(receiver)
    receiver.page = page
    lit()

    send()

    (delivery,) = facts.deliveries()
    assert delivery.state == DeliveryState.WAITING
    assert "web page" in delivery.error


@pytest.mark.parametrize("page", [b"ok", b"<ok/>"])
def test_a_receiver_that_answers_a_word_as_html_has_taken_it(receiver: Receiver, page: bytes) -> None:
    added(receiver)
    receiver.page = page
    lit()

    send()

    (delivery,) = facts.deliveries()
    assert delivery.state == DeliveryState.DELIVERED


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    added(receiver)
    receiver.status = 302
    lit()

    send()

    assert len(receiver.bodies) == 1
    assert facts.deliveries()[0].error == "HTTP 302"


def test_a_shop_that_never_answers_is_given_up_after_three_days_and_stays_in_sight(
    receiver: Receiver,
) -> None:
    added(receiver)
    receiver.status = 503
    lit()
    at, tries = NOON, []

    while (moment := facts.next_delivery(until=at)) is not None or facts.deliveries()[0].state == "waiting":
        if moment is not None and send(at):
            tries.append(at)
        at += timedelta(minutes=5) if len(tries) > 1 else timedelta(seconds=5)

    assert len(tries) == TRIES == 10
    assert timedelta(hours=75) <= tries[-1] - tries[0] <= timedelta(hours=80)
    assert sum(WAITS, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)
    dead, silent = facts.stuck()
    assert (dead.about, dead.attempts, dead.error) == ("lamp:1", 10, "HTTP 503")
    assert (silent.ref, silent.attempts) == (f"endpoint-{facts.endpoints()[0].number}", 10)


def test_what_was_given_up_can_be_sent_again_or_left_out(receiver: Receiver) -> None:
    added(receiver)
    receiver.status = 500
    lit(1)
    lit(2)
    send()
    models.Delivery.objects.update(state="dead", next_at=None, tries_left=0)
    receiver.status = 200
    second, first = (delivery.message for delivery in facts.deliveries())

    actions.retry(LEAD, ref=first)
    actions.skip(LEAD, ref=second, reason="told by telephone")
    send()

    assert [d.state for d in facts.deliveries()] == [DeliveryState.SKIPPED, DeliveryState.DELIVERED]
    assert facts.stuck() == ()


def test_a_webhook_that_is_on_its_way_cannot_be_left_out(receiver: Receiver) -> None:
    added(receiver)
    lit()
    list(delivering._lease(NOON, 10))

    with pytest.raises(StepNotOpen):
        actions.skip(LEAD, ref=facts.deliveries()[0].message, reason="no")


def test_gone_switches_the_endpoint_off_with_all_that_waits(receiver: Receiver) -> None:
    number, _ = actions.add_endpoint(LEAD, url=receiver.url)
    receiver.status = 410
    lit()
    lit(2, at=NOON + timedelta(hours=1))

    send()
    lit(3)

    (endpoint,) = facts.endpoints()
    assert (endpoint.switched_off_at, endpoint.why_off) == (NOON, "HTTP 410")
    assert [d.state for d in facts.deliveries(endpoint=number)] == [DeliveryState.DEAD] * 2
    with pytest.raises(NoSuchEndpoint):
        actions.retry(LEAD, ref=facts.stuck()[0].ref)
    with pytest.raises(NoSuchEndpoint):
        actions.remove_endpoint(LEAD, endpoint=number, reason="again")


def test_a_removed_endpoint_gets_nothing_more_but_a_yes_on_its_way_counts(receiver: Receiver) -> None:
    number, _ = actions.add_endpoint(LEAD, url=receiver.url)
    lit()
    (parcel,) = delivering._lease(NOON, 10)

    actions.remove_endpoint(LEAD, endpoint=number, reason="moved")
    delivering._write_down(parcel, DeliveryAnswer(status=200, milliseconds=3), NOON)

    assert facts.deliveries()[0].state == DeliveryState.DELIVERED
    assert send(NOON + timedelta(days=1)) == 0


def test_an_endpoint_that_keeps_failing_rests_and_is_then_probed_with_one_webhook(receiver: Receiver) -> None:
    added(receiver)
    receiver.status = 500
    for lamp in range(RESTS_AFTER + 3):
        lit(lamp)

    send()
    resting = facts.endpoints()[0].resting_until
    assert resting is not None
    assert send(resting - timedelta(seconds=1)) == 0
    probe = send(resting)
    receiver.status = 200
    later = facts.endpoints()[0].resting_until
    assert later is not None

    assert probe == 1
    assert send(later) == 1
    assert send(later) == RESTS_AFTER + 2
    assert {d.state for d in facts.deliveries()} == {DeliveryState.DELIVERED}


def test_rests_grow_to_an_hour() -> None:
    assert rest(RESTS_AFTER - 1) is None
    assert rest(RESTS_AFTER) == timedelta(minutes=1)
    assert rest(RESTS_AFTER + 90) == timedelta(hours=1)


def test_when_a_worker_dies_another_takes_over_after_the_lease(receiver: Receiver) -> None:
    added(receiver)
    lit()
    (lost,) = delivering._lease(NOON, 10)

    assert send(NOON + LEASE - timedelta(seconds=1)) == 0
    assert send(NOON + LEASE) == 1

    (delivery,) = facts.deliveries()
    assert [line.error for line in delivery.log] == ["the worker ended before it could tell", ""]
    assert receiver.headers[0]["webhook-id"] == lost.message


def test_a_late_no_from_a_lost_lease_changes_nothing_and_a_late_yes_counts(receiver: Receiver) -> None:
    added(receiver)
    lit()
    (lost,) = delivering._lease(NOON, 10)
    list(delivering._lease(NOON + LEASE, 10))

    delivering._write_down(lost, DeliveryAnswer(status=500, milliseconds=1, error="HTTP 500"), NOON + LEASE)
    assert facts.deliveries()[0].state == DeliveryState.LEASED
    delivering._write_down(lost, DeliveryAnswer(status=200, milliseconds=1), NOON + LEASE)
    delivering._write_down(lost, DeliveryAnswer(status=200, milliseconds=1), NOON + LEASE)

    assert facts.deliveries()[0].state == DeliveryState.DELIVERED


def test_while_a_secret_changes_there_are_two_signatures(receiver: Receiver) -> None:
    number, old = actions.add_endpoint(LEAD, url=receiver.url)

    new = actions.rotate_secret(LEAD, endpoint=number)
    lit(1)
    send()
    lit(2)
    send(NOON + timedelta(hours=24))

    for secret in (old, new):
        Webhook(secret).verify(receiver.bodies[0], receiver.headers[0])
    Webhook(new).verify(receiver.bodies[1], receiver.headers[1])
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(receiver.bodies[1], receiver.headers[1])


def test_the_secret_is_sealed_in_the_database(receiver: Receiver) -> None:
    secret = added(receiver)

    kept = bytes(models.Endpoint.objects.get().secret)

    assert secret.removeprefix("whsec_").encode() not in kept


def test_a_secret_that_cannot_be_opened_stops_its_endpoint_only_and_visibly(receiver: Receiver) -> None:
    added(receiver)
    models.Endpoint.objects.update(secret=b"spoiled")
    other = added(receiver)
    lit()

    send()

    assert len(receiver.bodies) == 1
    Webhook(other).verify(receiver.bodies[0], receiver.headers[0])
    assert {d.error for d in facts.deliveries()} == {"", "the endpoint's secret cannot be opened"}


def test_a_shredded_market_key_does_not_break_the_loop(receiver: Receiver) -> None:
    added(receiver)
    lit()
    seal.shred(subject="market", at=NOON)

    assert send() == 1
    assert receiver.bodies == []


def test_only_one_worker_probes_an_endpoint_that_keeps_failing(receiver: Receiver) -> None:
    added(receiver)
    lit(1)
    lit(2)
    models.Endpoint.objects.update(failures=RESTS_AFTER, resting_until=NOON)
    seen_by_both = models.Endpoint.objects.get()

    probes = [delivering._lease_for(seen_by_both, NOON, 10) for _ in range(2)]

    assert [len(parcels) for parcels in probes] == [1, 0]


def test_a_receiver_has_the_whole_time_of_a_try_to_answer_once_it_is_connected(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "CONNECT_SECONDS", 0.1)
    added(receiver)
    receiver.wait = 0.4
    lit()

    send()

    assert facts.deliveries()[0].state == DeliveryState.DELIVERED


def test_a_shop_that_is_down_for_a_day_gets_each_webhook_once_when_it_is_back(receiver: Receiver) -> None:
    added(receiver)
    receiver.status = 503
    for hour in range(24):
        lit(hour, NOON + timedelta(hours=hour))
        for minute in range(0, 60, 10):
            send(NOON + timedelta(hours=hour, minutes=minute))
    down = {headers["webhook-id"] for headers in receiver.headers}
    receiver.headers.clear()
    receiver.status = 204

    for hour in range(24, 50):
        send(NOON + timedelta(hours=hour))

    assert {one.state for one in facts.deliveries(limit=100)} == {DeliveryState.DELIVERED}
    taken = [headers["webhook-id"] for headers in receiver.headers]
    assert len(taken) == len(set(taken)) == 24
    assert down <= set(taken)
