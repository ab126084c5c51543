"""Whoever sends or reads a byte a second stops nobody: not with a key, not with many connections, not behind a proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from mamori.ground.web.headers import ARRIVED
from mamori.site.arriving import Arrivals
from mamori.site.doorstep import Bodies, Doorstep, Gone, Late
from mamori.site.tests.dripping import asking, body, dripping, headers
from mamori.site.tests.proxies import NAMES, connection, proxy
from trials.harness import within
from trials.house import Up, up
from trials.scratch import scratch
from trials.sizes import sized

SECONDS, PAGES = sized((10.0, 2), (30.0, 6))
"""So long the house waits for a body here, longer than so many pages take on a machine that is busy."""


@pytest.fixture(scope="module")
def env() -> Iterator[dict[str, str]]:
    """Set a house up."""
    with scratch("sqlite") as (found, _):
        yield found


@pytest.fixture(scope="module")
def house(env: dict[str, str]) -> Iterator[Up]:
    """Run it with two threads for pages in all."""
    with up(env, "--workers", "1", "--threads", "2", "--body-seconds", str(SECONDS)) as running:
        yield running


def pages(port: int, name: str = "") -> list[int]:
    """Ask for pages, each on a connection of its own, by a proxy where one is named; return how they were answered."""
    told = []
    for _ in range(PAGES):
        asked = connection(name, port) if name else HTTPConnection("127.0.0.1", port, timeout=60)
        asked.request("GET", "/", headers={"Host": "localhost"})
        told.append(asked.getresponse().status)
        asked.close()
    return told


@pytest.mark.sized
@pytest.mark.processes
def test_pages_are_answered_while_fifty_bodies_drip_and_each_of_these_is_told_that_it_was_too_slow(
    house: Up, env: dict[str, str]
) -> None:
    key = within(env, "trials.rolling:keys")[0]
    heads = (body(), body("/api/v1/events", f"Authorization: Bearer {key}"))

    with dripping(house.port, 25, heads[0]) as people, dripping(house.port, 25, heads[1]) as software:
        told = pages(house.port)
        waiting = (people.waiting, software.waiting)
        refused = people.wait_for_all()
        problems = software.wait_for_all()

    assert told == [200] * PAGES
    assert waiting == (25, 25)
    assert {answer.partition(b"\r\n")[0] for answer in refused} == {b"HTTP/1.1 408 Request Timeout"}
    assert {answer.partition(b"\r\n")[0] for answer in problems} == {b"HTTP/1.1 408 Request Timeout"}
    assert all(b'"code": "too-slow"' in answer for answer in problems)
    assert all(b"connection: close" in answer.lower() for answer in refused + problems)


@pytest.mark.processes
def test_headers_that_drip_hold_up_nobody_and_are_given_up(house: Up) -> None:
    with dripping(house.port, 20, headers()) as slow:
        told = pages(house.port)
        ended = slow.wait_for_all()

    assert told == [200] * PAGES
    assert len(ended) == 20


@pytest.mark.processes
def test_who_reads_an_answer_byte_by_byte_holds_up_nobody(house: Up) -> None:
    with dripping(house.port, 20, asking("/static/web/house.css"), reads=True) as slow:
        told = pages(house.port)
        waiting = slow.waiting

    assert told == [200] * PAGES
    assert waiting == 20


@pytest.mark.processes
def test_a_body_that_nobody_wanted_leaves_the_connection_open_for_the_next_request(house: Up) -> None:
    asked = HTTPConnection("127.0.0.1", house.port, timeout=60)

    asked.request("POST", "/health/live", body=b"x" * 2**20)
    first = asked.getresponse()
    first.read()
    asked.request("GET", "/health/live")
    second = asked.getresponse()

    assert first.getheader("Connection") != "close"
    assert (second.status, second.read()) == (200, b"alive\n")


@pytest.mark.processes
@pytest.mark.parametrize("name", NAMES)
def test_behind_the_proxy_files_that_are_shipped_ten_slow_senders_stop_nobody(
    house: Up, tmp_path: Path, name: str
) -> None:
    with (
        proxy(name, house.port, tmp_path) as port,
        dripping(port, 10, body(), tls=name == "nginx") as slow,
    ):
        told, through = pages(house.port), pages(port, name)
        waiting = slow.waiting

    assert told == [200] * PAGES
    assert through == [200] * PAGES
    assert waiting == 10


type Part = dict[str, Any]
KIB = b"x" * 1024


class Line:
    """A line over which a body comes in, piece by piece."""

    def __init__(self) -> None:
        self.parts: asyncio.Queue[Part] = asyncio.Queue()

    def send(self, content: bytes, *, more: bool = True) -> None:
        self.parts.put_nowait({"type": "http.request", "body": content, "more_body": more})


def test_where_memory_runs_short_the_body_that_has_dripped_longest_goes_and_the_newer_ones_arrive() -> None:
    async def story() -> tuple[list[Any], int]:
        bodies = Bodies(seconds=3600, room=2560)
        lines = [Line() for _ in range(3)]

        async def taken(line: Line) -> int:
            async with bodies.whole(line.parts.get, 2 * 1024) as body:
                return len(body)

        tasks = []
        for line in lines:
            line.send(KIB)
            tasks.append(asyncio.create_task(taken(line)))
            await asyncio.sleep(0)
        for line in lines[1:]:
            line.send(KIB, more=False)
        told = await asyncio.gather(*tasks, return_exceptions=True)
        return [type(one) if isinstance(one, Exception) else one for one in told], bodies.held

    told, held = asyncio.run(story())

    assert told == [Late, 2048, 2048]
    assert held == 0


def test_a_body_waits_for_room_where_all_others_are_being_worked_on() -> None:
    async def story() -> list[str]:
        bodies, first, second = Bodies(seconds=3600, room=1536), Line(), Line()
        order: list[str] = []
        first.send(KIB, more=False)
        async with bodies.whole(first.parts.get, 1024):
            second.send(KIB)
            second.send(KIB, more=False)

            async def taken() -> None:
                async with bodies.whole(second.parts.get, 2048):
                    order.append("the second is there")

            task = asyncio.create_task(taken())
            for _ in range(20):
                await asyncio.sleep(0)
            order.append("the first is answered")
        await task
        return order

    assert asyncio.run(story()) == ["the first is answered", "the second is there"]


def test_a_body_of_which_the_sender_has_gone_is_not_taken() -> None:
    async def story() -> None:
        line = Line()
        line.send(KIB)
        line.parts.put_nowait({"type": "http.disconnect"})
        async with Bodies(seconds=3600, room=2**20).whole(line.parts.get, 2048):
            raise AssertionError("half a body was taken")

    with pytest.raises(Gone):
        asyncio.run(story())


def test_a_request_is_received_when_it_begins_to_come_in_however_slow_the_line() -> None:
    seen: dict[str, Any] = {}
    begun: list[datetime] = []

    def page(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(environ, body=environ["wsgi.input"].read())
        start("204 No Content", [])
        return []

    async def story() -> list[dict[str, Any]]:
        line, sent = Line(), list[dict[str, Any]]()
        headers = [
            (b"content-length", b"2048"),
            (b"x_forwarded_for", b"203.0.113.9"),
            (b"cookie", b"a=1"),
            (b"cookie", b"b=2"),
        ]
        scope = {
            "method": "POST",
            "raw_path": b"/%E5%AE%88",
            "query_string": b"",
            "http_version": "1.1",
            "scheme": "http",
            "headers": headers,
            "client": ("203.0.113.7", 1),
        }

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        step = Doorstep(page, body_limit=2**20, proxies=())
        task = asyncio.create_task(Arrivals(step, threads=1, body_seconds=3600)(scope, line.parts.get, send))
        line.send(KIB)
        for _ in range(20):
            await asyncio.sleep(0)
        begun.append(datetime.now(UTC))
        line.send(KIB, more=False)
        await task
        return sent

    sent = asyncio.run(story())

    assert sent[0]["status"] == 204
    assert seen["body"] == KIB * 2
    assert seen[ARRIVED] <= begun[0]
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/守"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert "HTTP_X_FORWARDED_FOR" not in seen
