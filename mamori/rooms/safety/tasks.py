"""What this room hears, and the same verbs on a clock, feature by feature."""

from mamori.rooms.safety.accidents import tasks as accidents
from mamori.rooms.safety.accidents.tasks import (
    alert_answered as alert_answered,
    erase_accidents as erase_accidents,
    harm_changed as harm_changed,
    question_of_danger as question_of_danger,
    trouble_opened as trouble_opened,
)
from mamori.rooms.safety.guidance import tasks as guidance
from mamori.rooms.safety.guidance.tasks import (
    begin_guidance as begin_guidance,
    erase_guidance as erase_guidance,
    guidance_goes_on as guidance_goes_on,
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

RINGS = {**requests.RINGS, **accidents.RINGS, **recalls.RINGS, **guidance.RINGS}
