"""What this room's acts, clocks and cases are called, for lists that hold those of all rooms."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.deadlines import (
    PAYOUT_COOLING,
    PAYOUT_COUNSEL,
    PAYOUT_END,
    PAYOUT_LOOK,
    PAYOUT_OBJECTION,
    PAYOUT_REVIEW,
)
from mamori.rooms.payouts.lifecycle import ACCOUNT, PAYOUT
from mamori.rooms.payouts.matters import ACCOUNT_TITLE, PAYOUT_TITLE

ACTS: dict[str, Text] = {
    "payouts.authorize": Text("支払いを求められ、答えた", "A payout was asked for and answered"),
    "payouts.reconsider": Text("支払いを改めて判断した", "A payout was decided anew"),
    "payouts.review": Text("保留を見直し、続けるとした", "A hold was looked at and stays"),
    "payouts.remind_look": Text("確かめの期限が過ぎた", "A look became overdue"),
    "payouts.remind_review": Text("保留の見直しの日が来た", "A hold was to be looked at"),
    "payouts.end_hold": Text("法務担当の判断に回した", "A hold was handed to counsel"),
    "payouts.remind_counsel": Text("法務担当の判断の期限が過ぎた", "Counsel's decision became overdue"),
    "payouts.object": Text("出品者が異議を申し出た", "The seller objected to a hold"),
    "payouts.answer_objection": Text("異議に答えた", "An objection was answered"),
    "payouts.remind_objection": Text(
        "異議への返事の期限が過ぎた", "The answer to an objection became overdue"
    ),
    "payouts.settle": Text("支払いのほかの方法で終えた", "What was held was settled otherwise"),
    "payouts.propose_release": Text("止まっている分の支払いを申請した", "Paying what waits was proposed"),
    "payouts.release": Text("二人の判断で支払うとした", "What waited was released by two people"),
    "payouts.note_paid": Text("支払いを確かめた", "A payment was confirmed"),
    "payouts.note_returned": Text("振込が銀行から戻った", "A transfer came back from the bank"),
    "payouts.set_account": Text("振込先の口座を受け付けた", "An account was asked for"),
    "payouts.adopt_account": Text("振込先の口座を使いはじめた", "An account was taken into use"),
    "payouts.stop_account": Text("振込先の口座を止めた", "An account was stopped"),
    "payouts.prove_account": Text("口座が本人のものと確かめた", "An account was proven"),
    "payouts.miss_proof": Text("口座の確かめが合わなかった", "A proof of an account failed"),
    "payouts.accept_name": Text("名義が登録と同じと認めた", "A holder's name was accepted"),
    "payouts.refuse_name": Text("名義が登録と合わないとした", "A holder's name was refused"),
    "payouts.show_number": Text("口座番号の全体を見た", "A whole account number was looked at"),
    "payouts.begin_run": Text("振込の作業を始めた", "A payout run was begun"),
    "payouts.order_run": Text("支払うものを決めた", "What a run pays was fixed"),
    "payouts.call_off_run": Text("振込の作業を取りやめた", "A run was called off"),
    "payouts.write_run": Text("振込データを作った", "A file of transfers was written"),
}


declare(
    CaseKind(
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
    ),
    CaseKind(
        code="payouts.account",
        title=Text("口座名義の確認", "account holder"),
        states={state.value: text for state, text in ACCOUNT.states.items()},
        topics={"account": ACCOUNT_TITLE},
        attentions={
            "name": Text("名義を見比べる", "compare the names"),
            "overdue": Text("名義の確認が遅れている", "the look at the name is overdue"),
        },
    ),
    acts=ACTS,
    staffs=[one.code for one in (PAYOUT_LOOK, PAYOUT_REVIEW, PAYOUT_END, PAYOUT_COUNSEL, PAYOUT_OBJECTION)],
    nobodys=(PAYOUT_COOLING.code,),
)
