"""How this room's matters are dealt with, for the handbook: what is written here, and the declarations by which it runs."""

from __future__ import annotations

from mamori.grammar.businesstime import span_text
from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law import clauses, deadlines, formal, grounds, settings
from mamori.law.alerts import ALERT_DEADLINES
from mamori.rooms.contact import (
    lifecycle,
    notices,
    offernotices,
    paidnotices,
    questionnotices,
    recoverynotices,
    turnnotices,
)
from mamori.rooms.contact.alerts import notices as alertnotices, views as alerts
from mamori.rooms.contact.centre import notices as centrenotices
from mamori.rooms.contact.decisions import looks, matters
from mamori.rooms.contact.formal import notices as formalnotices
from mamori.rooms.contact.rules import calling, danger, urging
from mamori.rooms.contact.rules.calling import scripts
from mamori.rooms.contact.topics import HARMS, PROGRESS, TOPICS

OF_MONEY = frozenset(
    {"grant", "arrange", "sent", "arrive", "inspect", "give-up", "refuse", "claim", "waive", "give-again"}
)
"""The decisions on money and goods that go back; all others of a trouble belong to its mediation."""
_ANY, _NOT = Text("すべて", "any"), Text("催促しない", "not urged")
_WHEN, _SAID = Text("場合", "when"), Text("言うこと", "what is said")


def _any_of[T](values: frozenset[T], texts: dict[T, Text]) -> Text:
    return Text.listed(texts[one] for one in texts if one in values) if values else _ANY


def _urged(urge: urging.Urge) -> Text:
    means = urging.MEANS[urge.means]
    if urge.after is None:
        return Text(f"{means.ja}（すぐに）", f"{means.en} (at once)")
    after = span_text(urge.after)
    return Text(f"{means.ja}（{after.ja}後）", f"{means.en} (after {after.en})")


URGING = ProcedureTable(
    title=Text("催促の表", "How a seller is urged"),
    lead=Text(
        "上から見て、最初に当てはまる行に従います。", "From the top, the first row that fits is taken."
    ),
    heads=(
        Text("進み具合", "progress"),
        Text("被害", "harm"),
        Text("話題", "topic"),
        Text("催促", "urged by"),
    ),
    rows=tuple(
        (
            PROGRESS[row.progress],
            _any_of(row.harms, HARMS),
            _any_of(row.topics, TOPICS),
            Text.listed(map(_urged, row.urges)) if row.urges else _NOT,
        )
        for row in urging.TABLE
    ),
)
ON_THE_TELEPHONE = (
    ProcedureTable(
        title=Text("電話をする理由と、話すこと", "Why a seller is called, and what is said"),
        heads=(_WHEN, _SAID),
        rows=tuple(
            (text, scripts.SAY_WHY[why]) for why, text in calling.WHYS.items() if why in scripts.SAY_WHY
        ),
    ),
    ProcedureTable(
        title=Text("話題ごとに尋ねること", "What is asked, by topic"),
        heads=(Text("話題", "topic"), Text("尋ねること", "what is asked")),
        rows=tuple((TOPICS[one], asked) for one, asked in scripts.ASK_TOPIC.items()),
    ),
    ProcedureTable(
        title=Text("電話で言わないこと", "What is never said on the telephone"),
        heads=(Text("言わないこと", "never said"),),
        rows=tuple((one,) for one in calling.NEVER),
    ),
    ProcedureTable(
        title=Text("危険を知らせた購入者に言うこと", "What a buyer in danger is told"),
        heads=(_SAID,),
        rows=tuple((one,) for one in danger.ADVICE),
    ),
)
PROVISIONS = ProcedureTable(
    title=Text("通知のよりどころ", "On what a notice may rest"),
    lead=Text(
        "どの通知も届けます。当たるかどうかを窓口は決めません。",
        "Every notice is delivered; the centre does not decide whether it has effect.",
    ),
    heads=(Text("通知", "notice"), Text("よりどころ", "provision"), Text("どんなとき", "when")),
    rows=tuple(
        (
            one.title,
            rule.citation.text,
            rule.when,
        )
        for one in formal.FORMAL_NOTICES
        for rule in one.provisions
    ),
)
OF_REFUNDS = (
    notices.REFUNDED,
    notices.REFUNDED_PART,
    notices.DECLINED,
    notices.ASKED,
    notices.REFUND_STALLED,
    notices.PAID_TWICE,
    notices.UNCONFIRMED,
    notices.NOT_CARRIED_OUT,
)
PROCEDURES = (
    Procedure(
        code="trouble",
        room="contact",
        title=Text("困りごとを受け、解決まで付き合う", "A buyer's trouble, until it is solved"),
        lead=Text(
            "購入者が注文について困りごとを知らせたとき。まず出品者が答え、答えがないか解決しないときは、窓口が間に入ります。",
            "A buyer reports a trouble with an order. The seller answers first; where it does not, or that does not solve it, "
            "the "
            "centre mediates.",
        ),
        examples=(
            Text(
                "商品が届かないと連絡があった。出品者が期限までに答えず、担当が催促し、それでも返事がないので仲介を担当した。",
                "Goods did not come. The seller did not answer in time, was urged, and an agent took the mediation on.",
            ),
            Text(
                "壊れて届いたという連絡に、出品者が交換を提案し、購入者が同意した。期限までに新しい品が届き、解決とした。",
                "Goods came broken. The seller proposed a replacement, the buyer agreed, it came in time, and it was solved.",
            ),
        ),
        lifecycles=(lifecycle.TROUBLE, lifecycle.THREAD, lifecycle.MEDIATION, lifecycle.PROPOSAL),
        decisions=tuple(one for one in matters.DECISIONS if one.slug not in OF_MONEY),
        deadlines=(
            deadlines.ANSWER,
            deadlines.RESOLUTION,
            deadlines.PROPOSAL,
            deadlines.AGREEMENT,
            deadlines.SILENCE,
            deadlines.CENTRE_ANSWER,
        ),
        notices=(
            *centrenotices.TEMPLATES,
            *(one for one in notices.MATTER_TEMPLATES if one not in OF_REFUNDS),
            *offernotices.TEMPLATES,
            notices.CANCELLED_BUYER,
            notices.CANCELLED_SELLER,
            turnnotices.HARM_LOWERED,
            turnnotices.WROTE_OF_REFUND,
        ),
        tables=(URGING,),
        serves=("contact", "P03", "P04", "P05", "P06"),
        grounds=(grounds.BUYER_CONSENT, grounds.PARTY_SHARE),
        settings=(
            settings.MEDIATOR_SHOWN,
            settings.CLOSINGS_MOST,
            settings.CLOSINGS_NOTICE,
            settings.CLOSINGS_LEAVE,
        ),
    ),
    Procedure(
        code="question",
        room="contact",
        title=Text("購入前の質問", "A question before purchase"),
        lead=Text(
            "買う前の人が、商品や返品について出品者に尋ねるとき。メールアドレスは互いに知らされません。",
            "Somebody asks a seller about goods or returns before buying. Neither learns the other's address.",
        ),
        examples=(
            Text(
                "サイズの質問に出品者が期限まで答えなかった。尋ねた人に知らせ、しばらく待っても動きがないので、質問は終わった。窓口は間に入らない。",
                "A question about a size was not answered in time. Who asked was told so, and it ended after some days without "
                "a word. The centre does not step in.",
            ),
        ),
        deadlines=(deadlines.QUESTION_ANSWER, deadlines.SILENCE),
        notices=questionnotices.TEMPLATES,
        serves=("contact", "P03"),
    ),
    Procedure(
        code="calls",
        room="contact",
        title=Text("出品者に電話する・危険の知らせを受ける", "Calling a seller, and word of danger"),
        lead=Text(
            "催促の表が電話を求めたとき、または危険の知らせがあったとき。危険の知らせは、ほかの何よりも先に扱います。",
            "The table of urging asks for a call, or somebody reports a danger. Danger comes before everything else.",
        ),
        examples=(
            Text(
                "充電器から煙が出たと知らせがあった。出品者と購入者に続けて電話し、使うのをやめてもらい、商品を取っておいてもらった。",
                "A charger gave off smoke. Seller and buyer were called until reached; its use stopped, and the goods were kept.",
            ),
        ),
        lifecycles=(lifecycle.CALL,),
        decisions=tuple(matters.CALLS.values()),
        deadlines=(deadlines.CALL, deadlines.DANGER_CALL),
        notices=(
            *notices.CALL_TEMPLATES,
            turnnotices.DANGER_SELLER,
            turnnotices.DANGER_STAFF,
            turnnotices.DANGER_NOT_REACHED,
            turnnotices.DANGER_HARMED,
            turnnotices.DANGER_BUYER,
        ),
        tables=ON_THE_TELEPHONE,
        serves=("contact", "P05"),
        settings=(settings.CALL_TRIES,),
    ),
    Procedure(
        code="refund",
        room="contact",
        title=Text(
            "出品者に代わる返金・返品と、出品者への請求", "A refund in the seller's place, and its recovery"
        ),
        lead=Text(
            "出品者が期限までに応じないとき、運営者が代わりに返金するかを決めます。返金したら出品者の意見を聴き、売上金から差し引くかを決めます。",
            "The seller has not done its part in time: it is decided whether to refund in its place. The seller is then heard, "
            "and it is "
            "decided whether the sum is deducted from its proceeds.",
        ),
        examples=(
            Text(
                "期限を過ぎても返事のない出品者に代わって返金し、意見を聴く期間のあと、売上金から差し引いた。",
                "The seller was silent past its time. It was refunded in its place, the seller was heard, and the sum was "
                "deducted.",
            ),
            Text(
                "差し引いたあとで発送の証拠が届いた。異議を認め、売上金に戻すよう指示した。",
                "Proof of dispatch came after the deduction. The appeal was granted, and the sum was ordered to go back.",
            ),
        ),
        lifecycles=(lifecycle.REMEDY, lifecycle.RECOVERY, lifecycle.GIVE_BACK),
        decisions=tuple(one for one in matters.DECISIONS if one.slug in OF_MONEY),
        deadlines=(
            deadlines.REMEDY_DECISION,
            deadlines.CONFIRMATION,
            deadlines.RETURN_SENDING,
            deadlines.RETURN_ARRIVAL,
            deadlines.RETURN_INSPECTION,
            deadlines.HEARING,
            deadlines.RECOVERY_REVIEW,
        ),
        notices=(
            *OF_REFUNDS,
            *paidnotices.TEMPLATES,
            *recoverynotices.TEMPLATES,
            *notices.RETURN_TEMPLATES,
            turnnotices.REVERSED_BUYER,
            turnnotices.REVERSED_SELLER,
            turnnotices.REVERSED_AGENT,
        ),
        serves=("P07",),
        grounds=(grounds.GUARANTEE, grounds.RECOVERY_CLAUSE),
        clauses=(clauses.RECOVERY,),
        settings=(
            settings.REMEDY_CEILING,
            settings.REMEDY_DAYS,
            settings.REMEDY_TIMES,
            settings.RETURNS_ON,
            settings.RECOVERY_CEILING,
            settings.RECOVERY_ON,
        ),
    ),
    Procedure(
        code="formal",
        room="contact",
        title=Text("返品・解除・取消しの通知", "Formal notices: return, rescission, cancellation"),
        lead=Text(
            "購入者が、契約を解く・取り消すという法律上の通知を出すとき。届いた日時を残し、出品者の返事を待ちます。中身の当否は決めません。",
            "A buyer sends a notice that has effect in law. The moment at which it arrived is kept and the seller's word "
            "awaited; "
            "whether it is right is not decided here.",
        ),
        examples=(
            Text(
                "電話で取消しの通知を受けた。担当が読み上げて確かめ、出品者に届け、届いた時刻を購入者に知らせた。",
                "A cancellation came by telephone. It was read back, delivered to the seller, and the buyer told when it "
                "arrived.",
            ),
        ),
        lifecycles=(lifecycle.FORMAL,),
        deadlines=(deadlines.FORMAL_ANSWER, deadlines.FORMAL_REVIEW),
        notices=formalnotices.TEMPLATES,
        tables=(PROVISIONS,),
        serves=("contact",),
    ),
    Procedure(
        code="looks",
        room="contact",
        title=Text("やり取りを読む・緊急時の閲覧", "Reading a conversation, and the emergency look"),
        lead=Text(
            "やり取りの中身は、根拠があるときだけ読めます。命や身体が危ないときは先に読み、別の担当者が確かめ、当事者に知らせます。",
            "What was written is read only on a ground. Where life or body is in danger it may be read first; then another "
            "member "
            "of staff looks at it, and the parties are told.",
        ),
        examples=(
            Text(
                "発煙の知らせを受けて、同意を待たずに読んだ。期限までに別の担当者が確かめ、双方に知らせた。",
                "After word of smoke it was read without waiting for consent. Another person confirmed it in time, "
                "and both sides were told.",
            ),
        ),
        decisions=looks.SECOND_READER,
        deadlines=(deadlines.SECOND_READER,),
        notices=(notices.LOOK_UNCONFIRMED, notices.LOOK_OBJECTED, notices.LOOK_TOLD),
        serves=("contact",),
        grounds=(grounds.BUYER_CONSENT, grounds.WARRANT, grounds.EMERGENCY),
        settings=(settings.SCANNING, settings.OWN_HOSTS, settings.TELECOM_NUMBER),
    ),
    Procedure(
        code="alert",
        room="contact",
        title=Text(
            "危険のある商品を買った人の全員に知らせる", "All who bought something dangerous are warned"
        ),
        lead=Text(
            "事故や回収を扱う人が、危険のある商品を選んで知らせ始めます。買った人の全員に一度ずつ知らせ、答えがなければもう一度知らせ、"
            "それでも答えがない人には電話をかけます。",
            "Whoever deals with an accident or a recall begins it. Everybody who bought the goods is warned once, once more "
            "where there is no answer, and then called.",
        ),
        examples=(
            Text(
                "充電器から火が出た。買った人の全員に、使うのをやめて保管するよう知らせた。答えがない人にもう一度知らせ、"
                "残った人に電話した。",
                "A charger caught fire. All who bought it were asked to stop using it and to keep it; who had not answered was "
                "told once more, and who was left was called.",
            ),
            Text(
                "試験の結果、危険はなかった。知らせた全員に、使うのを再開できると知らせて終えた。",
                "A test found no danger. All who had been warned were told that they can use it again.",
            ),
        ),
        lifecycles=(lifecycle.ALERT, lifecycle.ALERTED),
        decisions=(*alerts.BY_STAFF, *alerts.BY_BUYER),
        deadlines=ALERT_DEADLINES,
        notices=alertnotices.TEMPLATES,
        serves=("contact", "P05"),
    ),
    Procedure(
        code="standstill",
        room="contact",
        title=Text("災害や配送の停止のとき、案件の期限を止める", "Cases that stand still after a disaster"),
        lead=Text(
            "当事者が応じられないとき、その案件を選び、最後の日を決めて期限を止めます。その日が過ぎると自動で再開します。",
            "Where parties cannot act, their cases are chosen and stand still to the end of a day, then run on by themselves.",
        ),
        examples=(
            Text(
                "台風で配送が止まった案件を選び、週末まで止めた。双方に一度知らせ、止まった時間は期限に足された。",
                "Cases whose parcels a typhoon held up stood still to the end of the week. Both sides were told once, and the "
                "time was added to what was due.",
            ),
        ),
        decisions=(matters.HOLD,),
        notices=notices.STILL_TEMPLATES,
        serves=("contact",),
    ),
)
declare_procedures(*PROCEDURES)
