"""How a call went, to the seller or in danger to the buyer: recorded on the case's page, or beside it where it was refused."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.businesstime import Hours
from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.decisions.matters import BY_SLUG
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.danger import Answers, Known
from mamori.rooms.contact.rules.duties import Duty

CALLERS = (Role.AGENT, Role.LEAD)
RECORDED = {"record_call": Text("架電の結果を記録しました。", "The call was recorded.")}


def _of_seller(
    hand: Hand,
    *,
    call: Call,
    outcome: Outcome,
    note: str,
    hours: str = "",
    by: datetime | None = None,
    line: int | None = None,
) -> None:
    within = Hours(int(hours)) if hours else None
    actions.record_call(
        hand,
        call=call.pk,
        outcome=outcome,
        promised_within=within,
        promised_by=by,
        line=line or 0,
        note=note,
    )


def _of_buyer(hand: Hand, *, call: Call, outcome: Outcome, note: str, **answers: Known) -> None:
    """Record the call, or what a buyer who was reached answered."""
    if outcome is Outcome.REACHED:
        actions.reach_buyer(hand, trouble=call.trouble_id, answers=Answers(**answers), note=note)
    else:
        actions.record_call(hand, call=call.pk, outcome=outcome, note=note)


CALLS: dict[Whom, Decision[StaffMatter]] = {
    Whom.SELLER: Decision(
        slug="call",
        title=Text("出品者に電話する", "Call the seller"),
        lead=None,
        button=Text("結果を記録する", "Record the outcome"),
        done=RECORDED,
        verb=_of_seller,
        key="call",
        roles=CALLERS,
        is_there=lambda matter: matter.call is not None,
    ),
    Whom.BUYER: Decision(
        slug="call-buyer",
        title=Text("購入者に電話する", "Call the buyer"),
        lead=None,
        button=Text("購入者への架電を記録する", "Record the call to the buyer"),
        done={**RECORDED, **BY_SLUG[Duty.REACH].done},
        verb=_of_buyer,
        key="call",
        roles=CALLERS,
        is_there=lambda matter: matter.reach is not None,
    ),
}
