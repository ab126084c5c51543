"""The bodies on their way to a worker: awaited by its loop and by no thread, for so long and no longer, in so much memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

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
