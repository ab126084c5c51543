"""What the outbox itself tells: that an address was tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.outbox.ids import ENDPOINT


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Pinged(Event):
    """Somebody tries an address: it alone hears this, whatever it asked for."""

    kind = "outbox.ping"
    text = Text("送り先の確認", "an address is tried")
    webhook: Annotated[int, ENDPOINT]
