"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases.events import CaseAssigned
from mamori.ground.clocks.actions import Fired
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.market.events import (
    InstructionConfirmed,
    InstructionRefused,
    InstructionToldLate,
    OrderCancelled,
    OrderPaidBack,
)
from mamori.law.alerts import ALERT_LOOK, ALERT_REMINDER
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    CALL,
    CENTRE_ANSWER,
    CONFIRMATION,
    DANGER_CALL,
    FORMAL_ANSWER,
    FORMAL_REVIEW,
    HEARING,
    PROPOSAL,
    QUESTION_ANSWER,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
    SECOND_READER,
    SILENCE,
)
from mamori.rooms.contact import actions, calling
from mamori.rooms.contact.alerts import actions as alerts
from mamori.rooms.contact.alerts.events import AlertGoesOn, AlertRemindsOn
from mamori.rooms.contact.events import NumberWrong, SellerNotReached, TroubleOpened
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.clocks import DANGER_RECALL_CLOCK, PROMISE_CLOCK, RECALL_CLOCK, URGE_CLOCK
from mamori.rooms.contact.rules.proposals import Side
from mamori.rooms.contact.rules.urging import Means
from mamori.rooms.display.facts import ProofChannel, proof_name
from mamori.rooms.display.proofs import actions as display


def _id(fired: Fired) -> int:
    return int(fired.about.rpartition(":")[2])


def _thread(fired: Fired) -> int:
    if fired.about.startswith("contact.thread:"):
        return _id(fired)
    return Trouble.objects.values_list("thread_id", flat=True).get(pk=_id(fired))


def answer_due(fired: Fired) -> None:
    """Ring for an answer that did not come."""
    actions.miss_answer(fired.actor, thread=_thread(fired), due_at=fired.due_at)


def resolution_due(fired: Fired) -> None:
    """Ring for a solution that did not come."""
    actions.miss_resolution(fired.actor, trouble=_id(fired), due_at=fired.due_at)


def urge_due(fired: Fired) -> None:
    """Ring for the next urging."""
    actions.urge(fired.actor, trouble=_id(fired), means=Means(fired.key.rpartition("/")[2]))


def silence_over(fired: Fired) -> None:
    """Ring for a buyer who did not come back."""
    actions.lapse(fired.actor, thread=_thread(fired))


def centre_answer_due(fired: Fired) -> None:
    """Ring for a message to the centre that nobody has answered."""
    actions.miss_centre_answer(fired.actor, thread=_thread(fired), side=Side(fired.key))


def call_ready(fired: Fired) -> None:
    """Ring for a call whose time has come."""
    actions.ready_call(fired.actor, call=int(fired.key))


def call_due(fired: Fired) -> None:
    """Ring for a call that nobody has made."""
    actions.remind_call(fired.actor, call=int(fired.key))


def promise_due(fired: Fired) -> None:
    """Ring for a seller's promise."""
    actions.break_promise(fired.actor, call=int(fired.key))


def confirmation_due(fired: Fired) -> None:
    """Ring for a marketplace that did not confirm."""
    actions.chase_confirmation(fired.actor, trouble=_id(fired), times=int(fired.key))


def sending_over(fired: Fired) -> None:
    """Ring for goods that were to be sent back."""
    actions.miss_sending(fired.actor, trouble=_id(fired), times=int(fired.key))


def arrival_over(fired: Fired) -> None:
    """Ring for a parcel that was to arrive."""
    actions.remind_return(fired.actor, trouble=_id(fired), deadline=RETURN_ARRIVAL)


def inspection_over(fired: Fired) -> None:
    """Ring for goods that nobody has looked at."""
    actions.remind_return(fired.actor, trouble=_id(fired), deadline=RETURN_INSPECTION)


def remedy_undecided(fired: Fired) -> None:
    """Ring for a refund that nobody has decided on."""
    actions.remind_remedy(fired.actor, trouble=_id(fired))


def hearing_over(fired: Fired) -> None:
    """Ring for a seller who was to be heard."""
    actions.end_hearing(fired.actor, recovery=_id(fired))


def review_due(fired: Fired) -> None:
    """Ring for a recovery that is still open."""
    actions.review_recovery(fired.actor, recovery=_id(fired))


def second_reader_due(fired: Fired) -> None:
    """Ring for an emergency look that nobody else has looked at."""
    actions.remind_second_reader(fired.actor, thread=_id(fired), look=fired.key)


def number_wrong(event: NumberWrong, at: datetime) -> None:
    """Hear that a number was another's: its seller is asked to prove that the one it shows reaches it."""
    _ask_proof(event.seller_ref, at)


def seller_not_reached(event: SellerNotReached, at: datetime) -> None:
    """Hear that a seller was not reached: it is asked to prove that the number it shows does."""
    _ask_proof(event.seller_ref, at)


def _ask_proof(seller_ref: str, at: datetime) -> None:
    actor = Actor(by="machine:complaint", role=Role.MACHINE, at=at, via="outbox")
    display.ask_proof(actor, proof=proof_name(ProofChannel.PHONE, seller_ref))


def formal_due(fired: Fired) -> None:
    """Ring for a seller who has not answered a formal notice."""
    actions.miss_formal(fired.actor, formal=_id(fired))


def formal_review(fired: Fired) -> None:
    """Ring for a formal notice of which nothing more was heard."""
    actions.review_formal(fired.actor, formal=_id(fired))


def instruction_confirmed(event: InstructionConfirmed, at: datetime) -> None:
    """Hear that the marketplace has carried an instruction out."""
    actions.confirm_instruction(_market(at), instruction=event.instruction)


def instruction_refused(event: InstructionRefused, at: datetime) -> None:
    """Hear that the marketplace could not carry an instruction out."""
    actions.fail_instruction(_market(at), instruction=event.instruction)


def instruction_told_late(event: InstructionToldLate, at: datetime) -> None:
    """Hear that the marketplace carried out what it had declined, when another had taken its place."""
    actions.hear_told_late(_market(at), instruction=event.instruction)


def order_paid_back(event: OrderPaidBack, at: datetime) -> None:
    """Hear that money of an order went back on another way."""
    actions.hear_paid_back(_market(at), order_ref=event.order_ref)


def order_cancelled(event: OrderCancelled, at: datetime) -> None:
    """Hear that an order was cancelled."""
    actions.hear_cancelled(_market(at), order_ref=event.order_ref, is_new=event.is_new)


def deadline_moved(event: DeadlineMoved, at: datetime) -> None:
    """Hear that the calendar moved a due moment."""
    actions.move_deadline(
        Actor(by="machine:calendar", role=Role.MACHINE, at=at, via="outbox"),
        about=event.about,
        clock=event.clock,
        old_due_at=event.old_due_at,
        new_due_at=event.new_due_at,
    )


def case_assigned(event: CaseAssigned, at: datetime) -> None:
    """Hear that a case changed hands: the mediation goes with it."""
    kind, _, number = event.about.partition(":")
    if kind == "contact.trouble":
        actor = Actor(by="machine:cases", role=Role.MACHINE, at=at, via="outbox")
        actions.follow_case(actor, trouble=int(number), to=event.to)


def forget_numbers(subject: str, at: datetime, limit: int) -> int:
    """Hear that somebody's key is destroyed; return how many wrong numbers were forgotten, so many at most."""
    return calling.forget(subject, limit)


def erase_askers(actor: Actor, over: datetime, limit: int) -> int:
    """Erase questions of people without an account whose time is over."""
    return actions.erase_askers(actor, over=over, limit=limit)


def proposal_due(fired: Fired) -> None:
    """Ring for a proposal that nobody replied to."""
    actions.expire_proposal(fired.actor, proposal=int(fired.key))


def agreement_due(fired: Fired) -> None:
    """Ring for an agreement that nobody said was kept."""
    actions.miss_agreement(fired.actor, proposal=int(fired.key))


def _market(at: datetime) -> Actor:
    return Actor(by="machine:market", role=Role.MACHINE, at=at, via="outbox")


def alert_look(fired: Fired) -> None:
    """Ring for orders that came since an alert looked last."""
    alerts.look_again(fired.actor, alert=_id(fired))


def alert_reminder(fired: Fired) -> None:
    """Ring for buyers who have not answered a warning."""
    alerts.remind(fired.actor, alert=_id(fired))


def alert_goes_on(event: AlertGoesOn, at: datetime) -> None:
    """Hear that an alert goes on: the next buyers are told."""
    alerts.go_on(_alert(at), alert=event.alert, turn=event.turn)


def alert_reminds_on(event: AlertRemindsOn, at: datetime) -> None:
    """Hear that more buyers are to be told once more."""
    alerts.remind_next(_alert(at), alert=event.alert)


def trouble_opened(event: TroubleOpened, at: datetime) -> None:
    """Hear of a trouble: the buyer may have been warned of its goods."""
    alerts.note_trouble(_alert(at), trouble=event.trouble)


def forget_alerted(subject: str, at: datetime, limit: int) -> int:
    """Hear that somebody's key is destroyed: a buyer who was warned is waited for no more."""
    return alerts.forget_alerted(_alert(at), subject, limit)


def _alert(at: datetime) -> Actor:
    return Actor(by="machine:contact/alerts", role=Role.MACHINE, at=at, via="outbox")


RINGS = {
    ALERT_LOOK.code: alert_look,
    ALERT_REMINDER.code: alert_reminder,
    ANSWER.code: answer_due,
    QUESTION_ANSWER.code: answer_due,
    RESOLUTION.code: resolution_due,
    URGE_CLOCK: urge_due,
    PROPOSAL.code: proposal_due,
    AGREEMENT.code: agreement_due,
    SILENCE.code: silence_over,
    CENTRE_ANSWER.code: centre_answer_due,
    CALL.code: call_due,
    DANGER_CALL.code: call_due,
    RECALL_CLOCK: call_ready,
    DANGER_RECALL_CLOCK: call_ready,
    PROMISE_CLOCK: promise_due,
    CONFIRMATION.code: confirmation_due,
    RETURN_SENDING.code: sending_over,
    RETURN_ARRIVAL.code: arrival_over,
    RETURN_INSPECTION.code: inspection_over,
    REMEDY_DECISION.code: remedy_undecided,
    HEARING.code: hearing_over,
    RECOVERY_REVIEW.code: review_due,
    SECOND_READER.code: second_reader_due,
    FORMAL_ANSWER.code: formal_due,
    FORMAL_REVIEW.code: formal_review,
}
