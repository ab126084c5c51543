"""Where webhooks may go: never inside the house, never past a redirect, never to a shop that dawdles."""

from __future__ import annotations

import socket
import threading
from datetime import datetime

import pytest
from pytest_django.fixtures import Settings

from mamori.ground.outbox import actions, addresses, carrying, facts
from mamori.ground.outbox.addresses import BadAddress, PrivateAddress
from mamori.ground.outbox.carrying import Parcel
from mamori.ground.outbox.tests.conftest import LEAD, NOON, LampLit, Receiver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def lit(lamp: int = 1, at: datetime = NOON) -> int:
    return actions.publish(LampLit(subject=f"lamp:{lamp}", lamp=lamp), at=at)


def added(receiver: Receiver) -> str:
    return actions.add_endpoint(LEAD, url=receiver.url, kinds=["test.*", "notice"])[1]


def send(at: datetime = NOON) -> int:
    return actions.deliver(at=at, signed_at=datetime.now(tz=NOON.tzinfo))


def test_a_shop_that_is_not_there_is_an_error_in_the_log() -> None:
    actions.add_endpoint(LEAD, url="http://127.0.0.1:9/")
    lit()

    send()

    assert "refused" in facts.deliveries()[0].error


def test_a_name_nobody_knows_is_an_error_in_the_log() -> None:
    actions.add_endpoint(LEAD, url="https://shop.invalid/hook")
    lit()

    send()

    assert "gaierror" in facts.deliveries()[0].error


def test_an_internal_address_is_refused_when_it_is_named_and_when_a_name_leads_there(
    settings: Settings, receiver: Receiver
) -> None:
    settings.MAMORI_WEBHOOK_PRIVATE = False
    with pytest.raises(PrivateAddress):
        actions.add_endpoint(LEAD, url=receiver.url)
    actions.add_endpoint(LEAD, url=receiver.url.replace("127.0.0.1", "localhost"))
    lit()

    send()

    assert receiver.bodies == []
    assert "PrivateAddress" in facts.deliveries()[0].error


@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f.1", "①②⑦.⓪.⓪.①", "10.0.0.1", "169.254.169.254", "192.88.99.1", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "[::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::1]",
     "[2001:0:a00:1::1]", "[fd00::1]", "[fe80::1]", "[ff02::1]"],
)  # fmt: skip
def test_no_spelling_of_an_internal_address_is_called(host: str) -> None:
    with pytest.raises((PrivateAddress, OSError)):
        addresses.resolve(f"http://{host}/", private=False)


@pytest.mark.parametrize(
    "url",
    ["ftp://shop.example/", "file:///etc/passwd", "shop.example", "http://", "http://u:p@shop.example/",
     "http://shop.example:0/", "http://shop.example:99999/", "http://[::1/", "http://shop.example/\r\nX: y"],
)  # fmt: skip
def test_only_plain_addresses_of_the_web_are_taken(url: str) -> None:
    with pytest.raises(BadAddress):
        actions.add_endpoint(LEAD, url=url)


def test_a_public_address_is_taken() -> None:
    addresses.check("https://shop.example/hook", private=False)
    assert addresses.resolve("https://1.1.1.1/", private=False) == ["1.1.1.1"]


def parcel(url: str) -> Parcel:
    return Parcel(delivery=1, attempt=1, message="msg_1", url=url, body=b"{}", secrets=("whsec_AAAA",))


def test_a_shop_that_dawdles_is_a_time_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as shop:
        url = f"http://127.0.0.1:{shop.getsockname()[1]}/"

        ((_, answer),) = carrying.carry([parcel(url)], signed_at=NOON, private=True, patience=0.1)

    assert (answer.is_success, answer.error) == (False, "no answer in time")


def test_a_shop_that_cannot_speak_tls_gets_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as shop:
        heard: list[bytes] = []

        def hang_up() -> None:
            caller = shop.accept()[0]
            heard.append(caller.recv(1000))
            caller.close()

        threading.Thread(target=hang_up, daemon=True).start()
        answer = carrying.send(
            parcel(f"https://127.0.0.1:{shop.getsockname()[1]}/"), signed_at=NOON, private=True
        )

    assert answer.status is None
    assert answer.error
    assert b"msg_1" not in heard[0]
