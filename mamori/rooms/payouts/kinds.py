"""The cases of this room in words, for lists that hold the cases of all rooms, and what its acts and clocks are called."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.deadlines import (
    DEADLINES,
    PAYOUT_COOLING,
    PAYOUT_COUNSEL,
    PAYOUT_END,
    PAYOUT_LOOK,
    PAYOUT_OBJECTION,
    PAYOUT_REVIEW,
)
from mamori.rooms.payouts.acts import ACTS
from mamori.rooms.payouts.lifecycle import ACCOUNT, PAYOUT
from mamori.rooms.payouts.records import ACCOUNT_TITLE, PAYOUT_TITLE

PAYOUT_CASE = CaseKind(
    code="payouts.payout",
    title=Text("売上金の支払い", "payout"),
    states={state.value: text for state, text in PAYOUT.states.items()},
    topics={"payout": PAYOUT_TITLE},
    attentions={
        "look": Text("支払いの前に確かめる", "a look before it is paid"),
        "review": Text("保留を見直す", "a hold is to be looked at"),
        "overdue": Text("確かめが遅れている", "the look is overdue"),
        "objection": Text("異議の申出に答える", "an objection is to be answered"),
        "end": Text("保留の終わりを決める", "a hold has to come to its end"),
    },
)
ACCOUNT_CASE = CaseKind(
    code="payouts.account",
    title=Text("口座名義の確認", "account holder"),
    states={state.value: text for state, text in ACCOUNT.states.items()},
    topics={"account": ACCOUNT_TITLE},
    attentions={
        "name": Text("名義を見比べる", "compare the names"),
        "overdue": Text("名義の確認が遅れている", "the look at the name is overdue"),
    },
)

declare(
    PAYOUT_CASE,
    ACCOUNT_CASE,
    acts=ACTS,
    clocks={deadline.code: deadline.title for deadline in DEADLINES if deadline.code.startswith("payouts.")},
    staffs=[one.code for one in (PAYOUT_LOOK, PAYOUT_REVIEW, PAYOUT_END, PAYOUT_COUNSEL, PAYOUT_OBJECTION)],
    nobodys=(PAYOUT_COOLING.code,),
)
