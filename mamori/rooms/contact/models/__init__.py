"""The tables of this room: what is kept, and what the database itself refuses."""

from mamori.rooms.contact.models.asker import Asker
from mamori.rooms.contact.models.caller import Check
from mamori.rooms.contact.models.formal import Formal, FormalFile, FormalReply
from mamori.rooms.contact.models.helped import Helper, ToldReply
from mamori.rooms.contact.models.leave import HOLDS, Leave
from mamori.rooms.contact.models.money import GiveBack, Recovery, Remedy
from mamori.rooms.contact.models.phrase import Phrase
from mamori.rooms.contact.models.scanning import LureCount, ScanningAnswer
from mamori.rooms.contact.models.standstill import SellerClosing, Standstill
from mamori.rooms.contact.models.thread import (
    IS_BUYERS_TURN,
    IS_QUESTION,
    IS_SELLERS_TURN,
    OWES_ANSWER,
    Attachment,
    Message,
    Thread,
)
from mamori.rooms.contact.models.trouble import (
    WAS_AGREED,
    WAS_BROKEN,
    WAS_DECIDED,
    Call,
    Mediation,
    Proposal,
    Trouble,
    WrongNumber,
)

__all__ = [
    "HOLDS",
    "IS_BUYERS_TURN",
    "IS_QUESTION",
    "IS_SELLERS_TURN",
    "OWES_ANSWER",
    "WAS_AGREED",
    "WAS_BROKEN",
    "WAS_DECIDED",
    "Asker",
    "Attachment",
    "Call",
    "Check",
    "Formal",
    "FormalFile",
    "FormalReply",
    "GiveBack",
    "Helper",
    "Leave",
    "LureCount",
    "Mediation",
    "Message",
    "Phrase",
    "Proposal",
    "Recovery",
    "Remedy",
    "ScanningAnswer",
    "SellerClosing",
    "Standstill",
    "Thread",
    "ToldReply",
    "Trouble",
    "WrongNumber",
]
