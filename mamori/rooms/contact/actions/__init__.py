"""Every write of this room, one function per verb."""

from mamori.rooms.contact.actions.answered import confirm_instruction, fail_instruction, hear_told_late
from mamori.rooms.contact.actions.attach import attach, drop, prepare, ready_files
from mamori.rooms.contact.actions.calendar import move_deadline
from mamori.rooms.contact.actions.caller_matter import find_matter
from mamori.rooms.contact.actions.callers import check_caller, open_for_caller, take_down, the_check
from mamori.rooms.contact.actions.calls import ready_call, record_call, remind_call
from mamori.rooms.contact.actions.cancelled import hear_cancelled
from mamori.rooms.contact.actions.clock import (
    break_promise,
    chase_confirmation,
    end_hearing,
    lapse,
    miss_answer,
    miss_resolution,
    remind_remedy,
    review_recovery,
    urge,
)
from mamori.rooms.contact.actions.closings import declare_closing, withdraw_closing
from mamori.rooms.contact.actions.contacts import see_contact
from mamori.rooms.contact.actions.danger import reach_buyer, rule_out_danger
from mamori.rooms.contact.actions.givingback import give_again, give_back
from mamori.rooms.contact.actions.harm import lower_harm, note_danger, raise_harm
from mamori.rooms.contact.actions.helping import (
    come_to_help,
    end_help,
    let_decide,
    let_decide_for_caller,
    let_help,
)
from mamori.rooms.contact.actions.leave import end_contact, let_contact
from mamori.rooms.contact.actions.mediation import follow_case, request_mediation, take_mediation
from mamori.rooms.contact.actions.paidback import hear_paid_back
from mamori.rooms.contact.actions.phrases import drop_phrase, keep_phrase
from mamori.rooms.contact.actions.proposals import (
    expire_proposal,
    miss_agreement,
    propose,
    withdraw_proposal,
)
from mamori.rooms.contact.actions.question import ask_question, close_thread
from mamori.rooms.contact.actions.reading import let_read, look, share
from mamori.rooms.contact.actions.recovery import claim, state_view, waive
from mamori.rooms.contact.actions.remedy import (
    ask_remedy,
    grant_remedy,
    refuse_remedy,
)
from mamori.rooms.contact.actions.replies import accept, counter, decline
from mamori.rooms.contact.actions.returning import (
    arrange_return,
    give_up_return,
    inspect,
    miss_sending,
    note_arrival,
    note_sent,
    remind_return,
)
from mamori.rooms.contact.actions.scanning import answer_scanning, count_lures
from mamori.rooms.contact.actions.searching import Entered, enter_missing, search_words
from mamori.rooms.contact.actions.second_reader import confirm_look, object_to_look, remind_second_reader
from mamori.rooms.contact.actions.standstill import hold_still
from mamori.rooms.contact.actions.talk import acknowledge, answer, say_unsolved, write
from mamori.rooms.contact.actions.told_replies import (
    Told,
    correct_reply,
    take_reply,
    text_to_read_back,
)
from mamori.rooms.contact.actions.trouble import open_trouble, solve, withdraw
from mamori.rooms.contact.actions.visiting import (
    begin_question,
    erase_askers,
    prove_question,
    send_code_again,
)
from mamori.rooms.contact.formal.actions import (
    dispute,
    go_along,
    look_formal,
    miss_formal,
    review_formal,
    send_formal,
    send_formal_for_caller,
    settle_formal,
    settle_formal_for_caller,
    settling_for_caller,
    share_formal,
    text_for_caller,
)
from mamori.rooms.contact.formal.rules import Declared

__all__ = [
    "Declared",
    "Entered",
    "Told",
    "accept",
    "acknowledge",
    "answer",
    "answer_scanning",
    "arrange_return",
    "ask_question",
    "ask_remedy",
    "attach",
    "begin_question",
    "break_promise",
    "chase_confirmation",
    "check_caller",
    "claim",
    "close_thread",
    "come_to_help",
    "confirm_instruction",
    "confirm_look",
    "correct_reply",
    "count_lures",
    "counter",
    "declare_closing",
    "decline",
    "dispute",
    "drop",
    "drop_phrase",
    "end_contact",
    "end_hearing",
    "end_help",
    "enter_missing",
    "erase_askers",
    "expire_proposal",
    "fail_instruction",
    "find_matter",
    "follow_case",
    "give_again",
    "give_back",
    "give_up_return",
    "go_along",
    "grant_remedy",
    "hear_cancelled",
    "hear_paid_back",
    "hear_told_late",
    "hold_still",
    "inspect",
    "keep_phrase",
    "lapse",
    "let_contact",
    "let_decide",
    "let_decide_for_caller",
    "let_help",
    "let_read",
    "look",
    "look_formal",
    "lower_harm",
    "miss_agreement",
    "miss_answer",
    "miss_formal",
    "miss_resolution",
    "miss_sending",
    "move_deadline",
    "note_arrival",
    "note_danger",
    "note_sent",
    "object_to_look",
    "open_for_caller",
    "open_trouble",
    "prepare",
    "propose",
    "prove_question",
    "raise_harm",
    "reach_buyer",
    "ready_call",
    "ready_files",
    "record_call",
    "refuse_remedy",
    "remind_call",
    "remind_remedy",
    "remind_return",
    "remind_second_reader",
    "request_mediation",
    "review_formal",
    "review_recovery",
    "rule_out_danger",
    "say_unsolved",
    "search_words",
    "see_contact",
    "send_code_again",
    "send_formal",
    "send_formal_for_caller",
    "settle_formal",
    "settle_formal_for_caller",
    "settling_for_caller",
    "share",
    "share_formal",
    "solve",
    "state_view",
    "take_down",
    "take_mediation",
    "take_reply",
    "text_for_caller",
    "text_to_read_back",
    "the_check",
    "urge",
    "waive",
    "withdraw",
    "withdraw_closing",
    "withdraw_proposal",
    "write",
]
