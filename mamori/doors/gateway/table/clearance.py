"""What the marketplace asks before a seller lists goods, and before it is paid."""

from __future__ import annotations

from mamori.doors.gateway import clearance
from mamori.doors.gateway.operation import MACHINE, Operation
from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope

CLEARANCE = (
    Operation(
        method="GET",
        path="/sellers/{seller}/clearance",
        handler=clearance.get_clearance,
        text=Text(
            "出品者がしてよいことを尋ねる（出品、分野、支払い）",
            "Ask what a seller may do: list, in which categories, be paid",
        ),
        scope=Scope.MARKET_READ,
        roles=MACHINE | {Role.SELLER},
        answers={200: clearance.Clearance},
        refuses=(clearance.SellerNotTold,),
        tagged=True,
    ),
)
"""Stands before what takes all that is left of an address."""
