"""Before Django: bodies too large or of unknown length are refused, proxies are looked behind, a leaving worker says so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from mamori.ground.web.headers import HEADERS
from mamori.site.doorstep import PEER, Doorstep

LIMIT = 4 * 2**20


class Server:
    """Stands for granian: it sends status and headers once the pages have returned."""

    def __init__(self, proxies: str = "127.0.0.0/8 ::1/128") -> None:
        self.seen: dict[str, Any] = {}
        self.step = Doorstep(self._pages, body_limit=LIMIT, proxies=proxies.split())

    def _pages(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.seen = environ
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"hello"]

    def ask(self, body: bytes = b"", **environ: str) -> tuple[str, dict[str, str], bytes]:
        told: list[Any] = []
        if body:
            environ.setdefault("CONTENT_LENGTH", str(len(body)))
        asked: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1", "PATH_INFO": "/", "wsgi.input": BytesIO(body)}
        self.seen = {}
        answer = self.step(asked | environ, lambda *words: told.append(words))
        return told[0][0], dict(told[0][1]), b"".join(answer)


def test_a_body_over_the_limit_is_refused_before_a_byte_of_it_is_read() -> None:
    server = Server()

    status, headers, body = server.ask(CONTENT_LENGTH=str(LIMIT + 1))
    api = server.ask(CONTENT_LENGTH="100000000", PATH_INFO="/api/v1/events")

    assert (status, headers["Connection"]) == ("413 Content Too Large", "close")
    assert "4 MiB" in body.decode()
    assert api[1]["Content-Type"] == "application/problem+json"
    assert json.loads(api[2])["status"] == 413
    assert server.seen == {}


@pytest.mark.parametrize("length", ["-1", "12abc", "²"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    assert Server().ask(CONTENT_LENGTH=length)[0].startswith("400")


def test_a_body_without_a_length_is_refused_rather_than_taken_for_empty() -> None:
    assert Server().ask(HTTP_TRANSFER_ENCODING="chunked")[0] == "411 Length Required"


@pytest.mark.parametrize("path", ["/", "/api/v1/events"])
@pytest.mark.parametrize(
    "asked",
    [{"CONTENT_LENGTH": "100000000"}, {"CONTENT_LENGTH": "-1"}, {"HTTP_TRANSFER_ENCODING": "chunked"}],
    ids=["413", "400", "411"],
)
def test_what_is_refused_before_django_carries_the_same_headers_as_every_answer(
    path: str, asked: dict[str, str], client: Client, db: None
) -> None:
    headers = Server().ask(PATH_INFO=path, **asked)[1]
    page = client.get("/problems/none").headers

    assert {name: headers.get(name) for name in (*HEADERS, "Content-Security-Policy")} == {
        name: page[name] for name in (*HEADERS, "Content-Security-Policy")
    }
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_worker_that_leaves_says_so_with_each_answer() -> None:
    server = Server()

    before = server.ask()
    server.step.leave()
    after = server.ask()

    assert "Connection" not in before[1]
    assert after[1]["Connection"] == "close"
    assert after[2] == b"hello"


@pytest.mark.parametrize(
    ("peer", "told", "asker"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("", "2001:db8::1", "2001:db8::1"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_a_proxy_of_ours_is_believed_about_who_asks(peer: str, told: str, asker: str) -> None:
    server = Server()

    server.ask(REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=told)

    assert server.seen["REMOTE_ADDR"] == asker
    assert server.seen[PEER] == peer
