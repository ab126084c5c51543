"""Calling a seller, or in danger the buyer: why, when to try, which number, what to say; decided without a database."""

from mamori.rooms.contact.rules.calling.scripts import (
    NEVER as NEVER,
    NEVER_TO_BUYER as NEVER_TO_BUYER,
    WHYS as WHYS,
    Script as Script,
    Whom as Whom,
    Why as Why,
    script as script,
)
from mamori.rooms.contact.rules.calling.times import (
    PARTS as PARTS,
    OpenTimes as OpenTimes,
    Part as Part,
    Tried as Tried,
    hours_until as hours_until,
    numbers as numbers,
    open_times as open_times,
    part_of as part_of,
    wait as wait,
)
