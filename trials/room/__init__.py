"""The room of contact without its tables: one trouble's states, clocks and money, moved by the lifecycles and rules themselves.

A test takes the same steps here and through the room's actions and compares what both say.
"""

from trials.room.ending import solve, withdraw
from trials.room.marketplace import charge_back, market_answers, pay_back, tell_total
from trials.room.offers import accept, counter, decline, propose, withdraw_proposal
from trials.room.recoveries import (
    claim,
    give_again,
    give_back,
    market_answers_back,
    market_answers_claim,
    state_view,
    waive,
)
from trials.room.remedies import (
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
from trials.room.rings import ring
from trials.room.state import RECOVERY_CLOCKS, Fault, Given, NotNow, Room
from trials.room.talk import answer, request_mediation, say_unsolved, take_mediation, write

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
