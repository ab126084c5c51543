"""Every write of this room, one function a verb."""

from mamori.rooms.payouts.actions.accounts import (
    adopt,
    prove_by_bank,
    prove_by_test,
    set_account,
    show_number,
    stop_account,
)
from mamori.rooms.payouts.actions.cancellations import call_off_run
from mamori.rooms.payouts.actions.clearances import say_clearances, say_clearances_anew
from mamori.rooms.payouts.actions.holds import (
    end_hold,
    remind_counsel,
    remind_look,
    remind_review,
    review,
    settle,
)
from mamori.rooms.payouts.actions.names import accept_name, refuse_name, remind_name
from mamori.rooms.payouts.actions.objections import answer_objection, object_to_hold, remind_objection
from mamori.rooms.payouts.actions.releases import propose_release, release_agreed
from mamori.rooms.payouts.actions.requests import Asked, Refused, authorize, authorize_all, reconsider
from mamori.rooms.payouts.actions.results import note_paid, note_returned, note_returns
from mamori.rooms.payouts.actions.run_files import write_run
from mamori.rooms.payouts.actions.runs import add_lines, begin_run, order_run, take_lines
from mamori.rooms.payouts.details import Given

__all__ = [
    "Asked",
    "Given",
    "Refused",
    "accept_name",
    "add_lines",
    "adopt",
    "answer_objection",
    "authorize",
    "authorize_all",
    "begin_run",
    "call_off_run",
    "end_hold",
    "note_paid",
    "note_returned",
    "note_returns",
    "object_to_hold",
    "order_run",
    "propose_release",
    "prove_by_bank",
    "prove_by_test",
    "reconsider",
    "refuse_name",
    "release_agreed",
    "remind_counsel",
    "remind_look",
    "remind_name",
    "remind_objection",
    "remind_review",
    "review",
    "say_clearances",
    "say_clearances_anew",
    "set_account",
    "settle",
    "show_number",
    "stop_account",
    "take_lines",
    "write_run",
]
