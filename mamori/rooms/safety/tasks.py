"""What this room hears, and the same verbs on a clock, feature by feature."""

from mamori.rooms.safety.accidents import tasks as accidents
from mamori.rooms.safety.accidents.tasks import (
    alert_answered as alert_answered,
    erase_accidents as erase_accidents,
    harm_changed as harm_changed,
    question_of_danger as question_of_danger,
    trouble_opened as trouble_opened,
)

RINGS = {**accidents.RINGS}
