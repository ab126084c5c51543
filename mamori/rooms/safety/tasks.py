"""What this room hears, and the same verbs on a clock, feature by feature."""

from mamori.rooms.safety.accidents import tasks as accidents
from mamori.rooms.safety.accidents.tasks import (
    alert_answered as alert_answered,
    erase_accidents as erase_accidents,
    harm_changed as harm_changed,
    question_of_danger as question_of_danger,
    trouble_opened as trouble_opened,
)
from mamori.rooms.safety.hits.tasks import (
    listing_unhidden as listing_unhidden,
    measure_began as measure_began,
    measure_ended as measure_ended,
)
from mamori.rooms.safety.recalls import tasks as recalls
from mamori.rooms.safety.requests import tasks as requests
from mamori.rooms.safety.requests.tasks import (
    erase_requests as erase_requests,
    request_forged as request_forged,
)
from mamori.rooms.safety.screening import tasks as screening
from mamori.rooms.safety.screening.tasks import (
    erase_screened as erase_screened,
    follow_listings as follow_listings,
    screened_answered as screened_answered,
    screening_goes_on as screening_goes_on,
)

RINGS = {**requests.RINGS, **accidents.RINGS, **recalls.RINGS, **screening.RINGS}
