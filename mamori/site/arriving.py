"""How requests arrive at a worker: a thread makes an answer only once all of the request is there, and sends none of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from mamori.ground.web.headers import ARRIVED
from mamori.site.doorstep import LATE, Bodies, Doorstep, Gone, Late, Receive

type Send = Callable[[dict[str, Any]], Awaitable[None]]
ROOM = 4
"""So many of the largest bodies may be in a worker's memory at a time, on their way or being worked on."""


@dataclass(slots=True)
class HttpAnswer:
    """One answer as it was made."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def begin(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        """Take status and headers, as WSGI gives them."""
        self.status, self.headers = int(status[:3]), headers


class Arrivals:
    """The pages as an ASGI application: slow senders and slow readers wait with the loop, which has time for thousands."""

    def __init__(self, step: Doorstep, *, threads: int, body_seconds: float) -> None:
        self.step = step
        self.hands = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.bodies = Bodies(seconds=body_seconds, room=ROOM * step.body_limit)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        environ = environ_of(scope) | {ARRIVED: datetime.now(UTC)}
        length = 0 if self.step.refusal(environ) else int(environ.get("CONTENT_LENGTH") or 0)
        try:
            async with self.bodies.whole(receive if length else _nothing, length) as body:
                environ["wsgi.input"] = BytesIO(body)
                work = asyncio.get_running_loop().run_in_executor(self.hands, self._make, environ)
                answer = await work
        except Late:
            answer = HttpAnswer()
            answer.body = b"".join(self.step.refuse(environ, answer.begin, *LATE))
        except Gone:
            return
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    def _make(self, environ: dict[str, Any]) -> HttpAnswer:
        answer = HttpAnswer()
        parts = self.step(environ, answer.begin)
        try:
            answer.body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return answer


def environ_of(scope: dict[str, Any]) -> dict[str, Any]:
    """Return a request as WSGI has it, without its body."""
    server, client = scope.get("server") or ("", None), scope.get("client") or ("", None)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0] or "localhost",
        "SERVER_PORT": str(server[1] or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0] or "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name:
            continue  # would pass for the name with a hyphen, which a proxy may have set
        told = name.decode("latin-1").upper().replace("-", "_")
        key = told if told in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{told}"
        said = value.decode("latin-1")
        environ[key] = f"{environ[key]}{'; ' if told == 'COOKIE' else ','}{said}" if key in environ else said
    return environ


async def _nothing() -> dict[str, Any]:
    return {"type": "http.request"}
