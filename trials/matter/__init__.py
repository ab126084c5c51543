"""The room of enforcement without its tables: one finding, its measure and appeal, and the shop, moved by lifecycles and rules.

A test takes the same steps here and through the room's actions and compares what both say.
"""

from trials.matter.appeals import (
    appeal,
    ask_more,
    decide_appeal,
    go_on,
    reply,
    take,
    withdraw,
    write,
)
from trials.matter.findings import (
    approve,
    ask,
    decide,
    dismiss,
    note_cured,
    read_view,
    send_back,
    state_view,
)
from trials.matter.measures import lift, market_answers, order_again
from trials.matter.rings import ring
from trials.matter.state import Fault, Given, Matter, Move

__all__ = [
    "Fault",
    "Given",
    "Matter",
    "Move",
    "appeal",
    "approve",
    "ask",
    "ask_more",
    "decide",
    "decide_appeal",
    "dismiss",
    "go_on",
    "lift",
    "market_answers",
    "note_cured",
    "order_again",
    "read_view",
    "reply",
    "ring",
    "send_back",
    "state_view",
    "take",
    "withdraw",
    "write",
]
