"""The room of contact without its tables: one trouble's states, clocks and money, moved by the lifecycles and rules themselves.

A test takes the same steps here and through the room's actions and compares what both say.
"""

from trials.room import deeds, refunds
from trials.room.state import DEEDS, RECOVERY_CLOCKS, Fault, Given, Room

__all__ = ["DEEDS", "RECOVERY_CLOCKS", "Fault", "Given", "Room", "deeds", "refunds"]
