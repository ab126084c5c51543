"""What stands before Django: the size of bodies, the address of who really asks, and the farewell of a worker that leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
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
