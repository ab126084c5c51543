"""Where a matter stands and what happens next, as each side is told it: in sentences, never in codes."""

from mamori.rooms.contact.rules.standing.buyers import for_buyer as for_buyer, for_helper as for_helper
from mamori.rooms.contact.rules.standing.sellers import for_seller as for_seller
from mamori.rooms.contact.rules.standing.told import Matter as Matter, Standing as Standing, Turn as Turn
