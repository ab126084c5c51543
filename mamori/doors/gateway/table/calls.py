"""Calls: told by the centre's telephone system."""

from __future__ import annotations

from mamori.doors.gateway.operation import Operation
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope
from mamori.rooms.complaints.endpoints import calls

CALLS = (
    Operation(
        method="POST",
        path="/calls",
        handler=calls.post_call,
        text=Text("かかってきた電話を知らせる", "Tell that somebody calls"),
        scope=Scope.CALLS_WRITE,
        answers={200: calls.CallTaken},
    ),
)
