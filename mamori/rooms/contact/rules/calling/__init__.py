"""Calling a seller: why, when to try, which number, and what to say; decided without a database or a clock."""

from mamori.rooms.contact.rules.calling.numbers import numbers
from mamori.rooms.contact.rules.calling.scripts import NEVER, Script, script
from mamori.rooms.contact.rules.calling.times import (
    PARTS,
    OpenTimes,
    Part,
    Tried,
    hours_until,
    open_times,
    part_of,
    wait,
)
from mamori.rooms.contact.rules.calling.why import WHYS, Why

__all__ = [
    "NEVER",
    "PARTS",
    "WHYS",
    "OpenTimes",
    "Part",
    "Script",
    "Tried",
    "Why",
    "hours_until",
    "numbers",
    "open_times",
    "part_of",
    "script",
    "wait",
]
