"""All that this room writes to people, feature by feature."""

from mamori.rooms.safety.accidents.notices import TEMPLATES as OF_ACCIDENTS
from mamori.rooms.safety.recalls.notices import TEMPLATES as OF_RECALLS
from mamori.rooms.safety.requests.notices import TEMPLATES as OF_REQUESTS
from mamori.rooms.safety.screening.notices import TEMPLATES as OF_SCREENING

TEMPLATES = (*OF_REQUESTS, *OF_ACCIDENTS, *OF_RECALLS, *OF_SCREENING)
