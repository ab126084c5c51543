"""What stands before Django: how large bodies may be and how they are awaited, who really asks, and a worker's farewell."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network
from typing import Any, cast

from django.conf import settings
from django.utils.csp import build_policy

from mamori.grammar.text import Text
from mamori.ground.web.headers import HEADERS

type Start = Callable[..., Any]
type Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

PEER = "mamori.peer"
"""Where the address that the connection really came from is kept, behind a proxy too; empty for a Unix socket."""
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")

CLOSE = ("Connection", "close")
TOO_LARGE = Text(
    "送られた内容が大きすぎます（上限 {limit} MiB）。ファイルを小さくするか、分けて送ってください。",
    "What was sent is too large (at most {limit} MiB). Please make the file smaller, or send it in parts.",
)
NO_LENGTH = Text(
    "長さの分からない本文は受け付けません。Content-Length を付けてください。",
    "A body of unknown length is not taken. Please send a Content-Length.",
)

TOO_SLOW = Text(
    "送信に時間がかかりすぎたため、受け付けられませんでした。通信の状態を確かめて、もう一度送ってください。",
    "It took too long to arrive, so nothing was taken. Please look at your connection, and send it again.",
)
LATE = ("408 Request Timeout", TOO_SLOW)


class Doorstep:
    """Wraps the pages for a worker."""

    def __init__(self, pages: Application, *, body_limit: int, proxies: Sequence[str]) -> None:
        self.pages = pages
        self.body_limit = body_limit
        self.proxies = [ip_network(proxy) for proxy in proxies]
        self.is_leaving = False

    def leave(self) -> None:
        """Close each connection with its next answer, so that whoever keeps it open opens the next one elsewhere."""
        self.is_leaving = True

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        self._look_behind(environ)
        if (refusal := self.refusal(environ)) is not None:
            return self.refuse(environ, start, *refusal)
        sent: list[tuple[str, str]] = []

        def begun(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            sent[:] = headers
            return start(status, sent, *rest)

        answer = self.pages(environ, begun)
        if self.is_leaving:
            sent.append(CLOSE)  # the server sends the headers only after this returns
        return answer

    def refuse(self, environ: dict[str, Any], start: Start, status: str, sentence: Text) -> list[bytes]:
        """Answer that the request is not taken, and why, and close the connection."""
        return _refused(environ, start, status, sentence)

    def _look_behind(self, environ: dict[str, Any]) -> None:
        """Put the asker's own address in the place of the proxy's, when the proxy is one of ours."""
        peer = environ.get("REMOTE_ADDR", "")
        environ[PEER] = peer
        told = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if told and (not peer or self._is_proxy(peer)):
            try:
                environ["REMOTE_ADDR"] = str(ip_address(told))
            except ValueError:
                return

    def _is_proxy(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in proxy for proxy in self.proxies)

    def refusal(self, environ: dict[str, Any]) -> tuple[str, Text] | None:
        """Return with which status and sentence a request is refused before its body is read; None when it is taken."""
        length = environ.get("CONTENT_LENGTH") or ""
        if not length:
            # Django takes a body without a length for an empty one: better to say so than to lose it.
            return ("411 Length Required", NO_LENGTH) if "HTTP_TRANSFER_ENCODING" in environ else None
        if not (length.isascii() and length.isdecimal()):
            return "400 Bad Request", NO_LENGTH
        if int(length) > self.body_limit:
            return "413 Content Too Large", TOO_LARGE.fill(limit=self.body_limit // 2**20)
        return None


def _refused(environ: dict[str, Any], start: Start, status: str, sentence: Text) -> list[bytes]:
    code = int(status.partition(" ")[0])
    if environ.get("PATH_INFO", "").startswith("/api/"):
        named = {408: "too-slow", 411: "length-needed", 413: "body-too-large"}.get(code, "length-wrong")
        kind = "application/problem+json"
        told = {"type": "about:blank", "title": status[4:], "status": code, "code": named, "instance": ""}
        body = json.dumps({**told, "detail": sentence.en}).encode()
    else:
        kind, body = "text/plain; charset=utf-8", f"{sentence.ja}\n{sentence.en}\n".encode()
    policy = ("Content-Security-Policy", build_policy(cast("dict[str, Any]", settings.SECURE_CSP)))
    headers = [*HEADERS.items(), policy]  # no middleware gives them: this never comes to Django
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), CLOSE, *headers])
    return [body]


# The bodies on their way to a worker: awaited by its loop and by no thread, for so long and no longer, in so much memory.


type Receive = Callable[[], Awaitable[dict[str, Any]]]

RATE = 32 * 1024
"""Bytes a second that the slowest line may have: a photo from the countryside arrives, a body that drips does not."""


class Late(Exception):
    """The body did not come in time, or took the room that others need."""


class Gone(Exception):
    """Whoever sent it is there no more."""


class Bodies:
    """Takes in whole bodies; those that are being worked on count as well until their answer is made."""

    def __init__(self, *, seconds: float, room: int) -> None:
        self.seconds = seconds
        self.room = room
        self.held = 0
        self.coming: list[asyncio.Timeout] = []
        self.freed = asyncio.Condition()

    @asynccontextmanager
    async def whole(self, receive: Receive, length: int) -> AsyncIterator[bytes]:
        """Give the body once it is all there."""
        body = bytearray()
        try:
            await self._fill(body, receive, length)
            yield bytes(body)
        finally:
            self.held -= len(body)
            async with self.freed:
                self.freed.notify_all()

    async def _fill(self, body: bytearray, receive: Receive, length: int) -> None:
        try:
            async with asyncio.timeout(self.seconds + length / RATE) as limit:
                self.coming.append(limit)
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Gone
                    part = message.get("body", b"")
                    body += part
                    self.held += len(part)
                    if not message.get("more_body", False):
                        return
                    await self._make_room(limit)
        except TimeoutError:
            raise Late from None
        finally:
            if limit in self.coming:
                self.coming.remove(limit)

    async def _make_room(self, own: asyncio.Timeout) -> None:
        """Where memory runs short, let go of the body that has been on its way longest; wait where there is no other."""
        while self.held > self.room:
            if self.coming and (oldest := self.coming[0]) is not own:
                self.coming.remove(oldest)
                oldest.reschedule(asyncio.get_running_loop().time())
            async with self.freed:
                await self.freed.wait()
