"""The clocks of this room that are no deadline of their own: how long they last is said anew each time."""

URGE_CLOCK = "contact.urge"
PROMISE_CLOCK = "contact.promise"
RECALL_CLOCK = "contact.recall"
DANGER_RECALL_CLOCK = "contact.danger_recall"
"""The next call to a buyer in danger: no disaster at the seller's and no closed day stops it."""
