"""Every write of this room."""

from mamori.rooms.complaints.actions.adding import (
    AddedEnough,
    NotToAskAgain,
    add_words,
    answer_danger,
    ask_again,
)
from mamori.rooms.complaints.actions.asking import ask_around, hear_answers
from mamori.rooms.complaints.actions.deciding import (
    AgainNeedsAnother,
    NobodyAskedAgain,
    NoFindingComes,
    NotToHold,
    accept,
    begin_complaint,
    find_gone,
    find_nothing,
    find_outside,
    hold_at_once,
    keep_outcome,
    remind_complaint,
    uphold,
)
from mamori.rooms.complaints.actions.erasing import erase_reports
from mamori.rooms.complaints.actions.mailing import MailConfirmed, confirm_mail, leave_mail, tell_reporters
from mamori.rooms.complaints.actions.reporting import report

__all__ = [
    "AddedEnough",
    "AgainNeedsAnother",
    "MailConfirmed",
    "NoFindingComes",
    "NobodyAskedAgain",
    "NotToAskAgain",
    "NotToHold",
    "accept",
    "add_words",
    "answer_danger",
    "ask_again",
    "ask_around",
    "begin_complaint",
    "confirm_mail",
    "erase_reports",
    "find_gone",
    "find_nothing",
    "find_outside",
    "hear_answers",
    "hold_at_once",
    "keep_outcome",
    "leave_mail",
    "remind_complaint",
    "report",
    "tell_reporters",
    "uphold",
]
