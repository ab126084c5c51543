"""Where webhooks may go: never inside the house, never past a redirect, never to a shop that dawdles."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from mamori.ground.outbox import actions, delivering, endpoints, facts
from mamori.ground.outbox.delivering import Parcel
from mamori.ground.outbox.endpoints import BadAddress, HttpsNeeded, PortClosed, PrivateAddress
from mamori.ground.outbox.tests.conftest import LEAD, NOON, LampLit, Receiver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def lit(lamp: int = 1, at: datetime = NOON) -> int:
    return actions.publish(LampLit(subject=f"lamp:{lamp}", lamp=lamp), at=at)


@pytest.fixture(autouse=True)
def deployed(settings: Settings) -> None:
    """A house that others reach."""
    settings.IS_DEVELOPING = False


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
    settings.MAMORI_WEBHOOK_PORTS = frozenset({int(receiver.url.split(":")[2].partition("/")[0])})
    with pytest.raises(PrivateAddress):
        actions.add_endpoint(LEAD, url=receiver.url)
    actions.add_endpoint(LEAD, url=receiver.url.replace("http://127.0.0.1", "https://localhost"))
    lit()

    send()

    assert receiver.bodies == []
    assert "PrivateAddress" in facts.deliveries()[0].error


@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f.1", "①②⑦.⓪.⓪.①", "10.0.0.1", "169.254.169.254", "192.88.99.1", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "[::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::1]",
     "[2001:0:a00:1::1]", "[fd00::1]", "[fe80::1]", "[fec0::1]", "[feff::1]", "[ff02::1]"],
)  # fmt: skip
def test_no_spelling_of_an_internal_address_is_called(host: str) -> None:
    with pytest.raises((PrivateAddress, OSError)):
        endpoints.resolve(f"http://{host}/", private=False)


@pytest.mark.parametrize(
    "url",
    ["ftp://shop.example/", "file:///etc/passwd", "shop.example", "http://", "http://u:p@shop.example/",
     "http://shop.example:0/", "http://shop.example:99999/", "http://[::1/", "http://shop.example/\r\nX: y"],
)  # fmt: skip
def test_only_plain_addresses_of_the_web_are_taken(url: str) -> None:
    with pytest.raises(BadAddress):
        actions.add_endpoint(LEAD, url=url)


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "[fd20:ce::254]", "[fe80::1]", "100.100.100.200",
     "192.0.0.192", "168.63.129.16", "0xa9fea9fe"],
)  # fmt: skip
@pytest.mark.parametrize("private", [True, False])
def test_where_a_cloud_tells_its_passwords_is_called_in_no_case(host: str, private: bool) -> None:
    with pytest.raises((PrivateAddress, OSError)):
        endpoints.resolve(f"http://{host}/", private=private)


@pytest.mark.parametrize("port", [22, 25, 53, 6379, 5432, 9200, 11211, 81, 8081, 65535])
def test_no_port_is_called_at_which_something_else_listens(port: int, settings: Settings) -> None:
    settings.MAMORI_WEBHOOK_PRIVATE = False
    url = f"https://shop.example:{port}/hook"

    for refused in (
        lambda: actions.add_endpoint(LEAD, url=url),
        lambda: endpoints.resolve(url, private=False),
    ):
        with pytest.raises(PortClosed):
            refused()

    settings.MAMORI_WEBHOOK_PORTS = frozenset({port})
    actions.add_endpoint(LEAD, url=url)


def test_the_ports_of_receivers_are_open_and_inside_all_are_until_some_are_named(settings: Settings) -> None:
    for url in ("https://a.example/", "https://a.example:8443/"):
        endpoints.check_address(url, private=False)
    endpoints.check_address("http://127.0.0.1:9999/", private=True)

    settings.MAMORI_WEBHOOK_PORTS = frozenset({9000})

    endpoints.check_address("http://127.0.0.1:9000/", private=True)
    with pytest.raises(PortClosed):
        endpoints.check_address("http://127.0.0.1:9999/", private=True)


def test_an_endpoint_of_before_with_a_closed_port_is_not_called_and_says_why(
    settings: Settings, receiver: Receiver
) -> None:
    added(receiver)
    settings.MAMORI_WEBHOOK_PORTS = frozenset({9000})
    lit()

    send()

    assert receiver.bodies == []
    assert "PortClosed" in facts.deliveries()[0].error


def answering(monkeypatch: pytest.MonkeyPatch, *answers: Sequence[str]) -> list[str]:
    """Let a name server answer so, one after the other; return which names it was asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def lookup(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        if host != "shop.example":
            return real(host, port, *rest, **more)
        asked.append(host)
        answer = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


def test_a_name_that_answers_differently_the_second_time_gains_nothing(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    port = receiver.url.split(":")[2].partition("/")[0]
    asked = answering(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])

    answer = delivering.send(parcel(f"http://shop.example:{port}/"), signed_at=NOON, private=True)

    assert answer.is_success
    assert asked == ["shop.example"]
    assert receiver.headers[0]["Host"] == f"shop.example:{port}"


def test_where_one_of_several_addresses_is_internal_none_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, ["1.1.1.1", "10.0.0.1"])

    with pytest.raises(PrivateAddress):
        endpoints.resolve("https://shop.example/", private=False)


def test_a_public_address_is_taken() -> None:
    endpoints.check_address("https://shop.example/hook", private=False)
    assert endpoints.resolve("https://1.1.1.1/", private=False) == ["1.1.1.1"]


def parcel(url: str) -> Parcel:
    return Parcel(delivery=1, attempt=1, message="msg_1", url=url, body=b"{}", secrets=("whsec_AAAA",))


def test_a_shop_that_dawdles_is_a_time_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as shop:
        url = f"http://127.0.0.1:{shop.getsockname()[1]}/"

        ((_, answer),) = delivering.carry([parcel(url)], signed_at=NOON, private=True, patience=0.1)

    assert (answer.is_success, answer.error) == (False, "no answer in time")


def test_a_shop_that_cannot_speak_tls_gets_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as shop:
        heard: list[bytes] = []

        def hang_up() -> None:
            caller = shop.accept()[0]
            heard.append(caller.recv(1000))
            caller.close()

        threading.Thread(target=hang_up, daemon=True).start()
        answer = delivering.send(
            parcel(f"https://127.0.0.1:{shop.getsockname()[1]}/"), signed_at=NOON, private=True
        )

    assert answer.status is None
    assert answer.error
    assert b"msg_1" not in heard[0]


def test_while_developing_plain_http_and_this_machine_will_do_at_any_port_and_only_then(
    settings: Settings, receiver: Receiver
) -> None:
    settings.MAMORI_WEBHOOK_PRIVATE, settings.MAMORI_WEBHOOK_PORTS = False, frozenset()
    with pytest.raises(HttpsNeeded):
        actions.add_endpoint(LEAD, url="http://shop.example/hook")
    with pytest.raises((PrivateAddress, PortClosed)):
        actions.add_endpoint(LEAD, url=receiver.url)
    settings.IS_DEVELOPING = True
    for url in ("http://10.0.0.1/", "http://192.168.1.2:3000/", "http://169.254.169.254/"):
        with pytest.raises(PrivateAddress):
            actions.add_endpoint(LEAD, url=url)
    actions.add_endpoint(LEAD, url="http://shop.example/hook")
    added(receiver)
    lit()

    send()
    taken = len(receiver.bodies)
    settings.IS_DEVELOPING = (
        False  # the house moved to where others reach it: its own machine is closed again
    )
    lit()
    send()

    assert (taken, len(receiver.bodies)) == (1, 1)


@pytest.mark.parametrize(
    ("origin", "developing"),
    [("http://localhost:8000", True), ("http://127.0.0.1", True), ("http://[::1]:8000", True),
     ("https://localhost", False), ("http://help.shop.example", False), ("http://localhost.evil.example", False)],
)  # fmt: skip
def test_a_house_is_being_developed_where_nobody_but_this_machine_reaches_it(
    origin: str, developing: bool
) -> None:
    asked = "from mamori.site import settings; print(settings.IS_DEVELOPING)"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"MAMORI_ORIGIN": origin},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == str(developing)
