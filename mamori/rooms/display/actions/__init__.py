"""Every write of this room: a display is written, looked at again, missed, and ended with its seller."""

from mamori.rooms.display.actions.displays import (
    DisplayTooLong,
    ItemTwice,
    NothingToDisplay,
    close_display,
    faults_of,
    look_at_display,
    miss_display,
    settle_hindrances,
    write_display,
)
from mamori.rooms.display.actions.matter import NoSuchShop

__all__ = [
    "DisplayTooLong",
    "ItemTwice",
    "NoSuchShop",
    "NothingToDisplay",
    "close_display",
    "faults_of",
    "look_at_display",
    "miss_display",
    "settle_hindrances",
    "write_display",
]
