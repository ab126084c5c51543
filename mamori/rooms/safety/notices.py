"""All that this room writes to people, feature by feature."""

from mamori.rooms.safety.accidents.notices import TEMPLATES as OF_ACCIDENTS

TEMPLATES = (*OF_ACCIDENTS,)
