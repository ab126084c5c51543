"""Where a matter stands and what happens next, as each side is told it: in sentences, never in codes."""

from mamori.rooms.contact.rules.standing.buyers import for_buyer, for_helper
from mamori.rooms.contact.rules.standing.sellers import for_seller
from mamori.rooms.contact.rules.standing.told import Matter, Standing, Turn

__all__ = ["Matter", "Standing", "Turn", "for_buyer", "for_helper", "for_seller"]
