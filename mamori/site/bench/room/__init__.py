"""The room of contact without its tables: one trouble's states, clocks and money, moved by the lifecycles and rules themselves.

A test takes the same steps here and through the room's actions and compares what both say.
"""

from mamori.site.bench.room.ending import solve, withdraw
from mamori.site.bench.room.marketplace import charge_back, market_answers, pay_back, tell_total
from mamori.site.bench.room.offers import accept, counter, decline, propose, withdraw_proposal
from mamori.site.bench.room.recoveries import (
    claim,
    give_again,
    give_back,
    market_answers_back,
    market_answers_claim,
    state_view,
    waive,
)
from mamori.site.bench.room.remedies import (
    arrange,
    ask,
    give_up,
    grant,
    inspect,
    note_arrival,
    note_sent,
    refuse,
    stand_down,
)
from mamori.site.bench.room.rings import ring
from mamori.site.bench.room.state import RECOVERY_CLOCKS, Fault, Given, NotNow, Room
from mamori.site.bench.room.talk import answer, request_mediation, say_unsolved, take_mediation, write

__all__ = [
    "RECOVERY_CLOCKS",
    "Fault",
    "Given",
    "NotNow",
    "Room",
    "accept",
    "answer",
    "arrange",
    "ask",
    "charge_back",
    "claim",
    "counter",
    "decline",
    "give_again",
    "give_back",
    "give_up",
    "grant",
    "inspect",
    "market_answers",
    "market_answers_back",
    "market_answers_claim",
    "note_arrival",
    "note_sent",
    "pay_back",
    "propose",
    "refuse",
    "request_mediation",
    "ring",
    "say_unsolved",
    "solve",
    "stand_down",
    "state_view",
    "take_mediation",
    "tell_total",
    "waive",
    "withdraw",
    "withdraw_proposal",
    "write",
]
