"""How proceeds are paid, held and released, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law import clauses, deadlines
from mamori.law.settings import PAYOUT_SETTINGS
from mamori.rooms.payouts import notices, views
from mamori.rooms.payouts.lifecycle import ACCOUNT, PAYOUT, RUN, TRANSFER
from mamori.rooms.payouts.rules import REASONS

WHYS = ProcedureTable(
    title=Text("支払いが止まる理由", "Why money waits"),
    heads=(
        Text("理由", "reason"),
        Text("なぜ", "why"),
        Text("出品者ができること", "what the seller can do"),
    ),
    rows=tuple((one.title, one.why, one.todo) for one in REASONS.values()),
)
OF_TRANSFERS = (notices.CAME_BACK, notices.TEST_SENT, notices.TEST_CAME_BACK)
PROCEDURES = (
    Procedure(
        code="payout",
        room="payouts",
        title=Text("売上金を支払う・保留する", "Paying proceeds, and holding them"),
        lead=Text(
            "売上金は、登録された本人の口座にだけ支払います。名義が合わないときや措置があるときは止め、決まった間隔で見直します。",
            "Proceeds are paid into an account of the registered person alone. Where names differ or a measure stands they wait, "
            "and somebody looks at it at set times.",
        ),
        examples=(
            Text(
                "旧姓の口座だったので担当が登録名と見比べ、同じ人と確かめて支払った。",
                "The account bore a maiden name. An agent compared it with the registered one, found it the same, and it was "
                "paid.",
            ),
            Text(
                "保留の理由は残っていたが、事情を聴いた責任者が支払いを申請して、別の人が承認した。",
                "The reason still stood; after hearing the seller a lead proposed to pay, and another person approved.",
            ),
        ),
        lifecycles=(PAYOUT, ACCOUNT),
        decisions=(*views.DECISIONS, views.COMPARE, views.STOP),
        deadlines=(
            deadlines.PAYOUT_LOOK,
            deadlines.PAYOUT_COOLING,
            deadlines.PAYOUT_REVIEW,
            deadlines.PAYOUT_END,
            deadlines.PAYOUT_COUNSEL,
            deadlines.PAYOUT_OBJECTION,
        ),
        notices=tuple(one for one in notices.TEMPLATES if one not in OF_TRANSFERS),
        tables=(WHYS,),
        serves=("P21",),
        clauses=(clauses.PAYOUT_HOLD,),
        settings=PAYOUT_SETTINGS,
    ),
    Procedure(
        code="transfers",
        room="payouts",
        title=Text("振込の作業", "Making the transfers"),
        lead=Text(
            "支払うと決まったものをまとめ、銀行に渡し、結果を写すとき。",
            "What is to be paid is put together, handed to the bank, and its outcome copied back.",
        ),
        examples=(
            Text(
                "銀行から一件が戻った。出品者に知らせ、口座を直してもらい、次の作業で支払った。",
                "The bank returned one transfer. The seller was told, corrected the account, and was paid with the next run.",
            ),
        ),
        lifecycles=(RUN, TRANSFER),
        decisions=(views.CALL_OFF,),
        notices=OF_TRANSFERS,
        serves=("P21",),
    ),
)
declare_procedures(*PROCEDURES)
