"""A lane for each receiver of webhooks: who dawdles keeps its own lane busy, and nobody else's."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection

from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox import facts

MOST = 32
"""Lanes at a time: those that wait longest come first."""
ENDS_WITHIN = 15.0
"""Seconds in which the tries that are on their way end by themselves."""


@dataclass(slots=True, kw_only=True)
class Lanes:
    """Carries webhooks, for each endpoint in a thread of its own that ends when nothing more is due."""

    stop: threading.Event
    running: dict[int, threading.Thread] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)

    def carry(self, at: datetime) -> int:
        """Open a lane for each endpoint that waits and has none; return how many were opened.

        :raises Exception: what went wrong in a lane since, so that whoever runs them tells it.
        """
        self.running = {to: lane for to, lane in self.running.items() if lane.is_alive()}
        waiting = [to for to in facts.waiting_endpoints(at=at) if to not in self.running]
        opened = waiting[: MOST - len(self.running)]
        for to in opened:
            self.running[to] = threading.Thread(target=self._run, args=(to,), name=f"lane-{to}", daemon=True)
            self.running[to].start()
        if self.faults:
            fault, self.faults = self.faults[0], []
            raise fault
        return len(opened)

    def join(self) -> None:
        """Wait for the tries that are on their way."""
        for lane in self.running.values():
            lane.join(ENDS_WITHIN)

    def _run(self, to: int) -> None:
        try:
            while not self.stop.is_set() and outbox.deliver(at=datetime.now(UTC), to=to):
                pass
        except Exception as error:
            self.faults.append(error)
        finally:
            connection.close()
