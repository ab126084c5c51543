"""Every write of this room."""

from mamori.rooms.insight.actions.improving import (
    SeenSo,
    change_improvement,
    compare_improvement,
    drop_improvement,
    give_improvement,
    note_improvement,
    remind_improvement,
    take_improvement,
)
from mamori.rooms.insight.actions.matter import (
    BothLanguages,
    ChangeToCome,
    NobodyOwns,
    NoSuchFigure,
    NoSuchImprovement,
    NoSuchOwner,
    NotComparableYet,
    NothingToRead,
    NotPublic,
    StillPublic,
    WordsTellFew,
)
from mamori.rooms.insight.actions.publishing import (
    ImprovementWords,
    publish_improvement,
    withdraw_improvement,
)

__all__ = [
    "BothLanguages",
    "ChangeToCome",
    "ImprovementWords",
    "NoSuchFigure",
    "NoSuchImprovement",
    "NoSuchOwner",
    "NobodyOwns",
    "NotComparableYet",
    "NotPublic",
    "NothingToRead",
    "SeenSo",
    "StillPublic",
    "WordsTellFew",
    "change_improvement",
    "compare_improvement",
    "drop_improvement",
    "give_improvement",
    "note_improvement",
    "publish_improvement",
    "remind_improvement",
    "take_improvement",
    "withdraw_improvement",
]
