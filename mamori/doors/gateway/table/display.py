"""What sellers have to show by law: told by the marketplace, read by anybody's shop, and as a buyer saw it."""

from __future__ import annotations

from mamori.doors.gateway.operation import MACHINE, PARTIES, Operation
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope
from mamori.rooms.display.endpoints import displays

DISPLAY = (
    Operation(
        method="PUT",
        path="/sellers/{seller}/display",
        handler=displays.put_display,
        text=Text("出品者の表示（特定商取引法）を伝える", "Tell what a seller shows by law"),
        scope=Scope.MARKET_WRITE,
        answers={200: displays.DisplayTaken},
        refuses=displays.TELLING,
    ),
    Operation(
        method="GET",
        path="/sellers/{seller}/display",
        handler=displays.get_display,
        text=Text("出品者の表示を読む", "Read what a seller shows"),
        scope=Scope.MARKET_READ,
        roles=MACHINE | PARTIES,
        answers={200: displays.DisplayShown},
        refuses=displays.READING,
        tagged=True,
    ),
    Operation(
        method="GET",
        path="/order-displays/{whole:order}",
        handler=displays.get_display_seen,
        text=Text("注文したときの表示を読む", "Read what the seller showed when somebody ordered"),
        scope=Scope.MARKET_READ,
        roles=MACHINE | PARTIES,
        answers={200: displays.DisplayShown},
        refuses=displays.READING,
        tagged=True,
    ),
)
"""Stands before what takes all that is left of an address."""
