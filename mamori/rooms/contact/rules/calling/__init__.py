"""Calling a seller, or in danger the buyer: why, when to try, which number, what to say; decided without a database."""

from mamori.rooms.contact.rules.calling.scripts import NEVER, NEVER_TO_BUYER, WHYS, Script, Whom, Why, script
from mamori.rooms.contact.rules.calling.times import (
    PARTS,
    OpenTimes,
    Part,
    Tried,
    hours_until,
    numbers,
    open_times,
    part_of,
    wait,
)

__all__ = [
    "NEVER",
    "NEVER_TO_BUYER",
    "PARTS",
    "WHYS",
    "OpenTimes",
    "Part",
    "Script",
    "Tried",
    "Whom",
    "Why",
    "hours_until",
    "numbers",
    "open_times",
    "part_of",
    "script",
    "wait",
]
