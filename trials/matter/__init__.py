"""The room of enforcement without its tables: one finding, its measure and appeal, and the shop, moved by lifecycles and rules.

A test takes the same steps here and through the room's actions and compares what both say.
"""

from trials.matter import appeals, findings
from trials.matter.state import DEEDS, Fault, Given, Matter, Move

__all__ = ["DEEDS", "Fault", "Given", "Matter", "Move", "appeals", "findings"]
