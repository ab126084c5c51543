"""The tables of this room."""

from mamori.rooms.enforcement.models.appeal import Appeal, AppealFile, AppealMessage, AppealNote
from mamori.rooms.enforcement.models.clarification import Clarification
from mamori.rooms.enforcement.models.finding import Evidence, Finding, Strike
from mamori.rooms.enforcement.models.measure import REPEATABLE, Measure
from mamori.rooms.enforcement.models.policy import Policy

__all__ = [
    "REPEATABLE",
    "Appeal",
    "AppealFile",
    "AppealMessage",
    "AppealNote",
    "Clarification",
    "Evidence",
    "Finding",
    "Measure",
    "Policy",
    "Strike",
]
