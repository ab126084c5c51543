"""How breaches, measures, appeals and the policy are dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.measure import Measure
from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law import clauses, deadlines, grounds, settings
from mamori.law.breaches import OFFERED
from mamori.law.citations import OPERATOR
from mamori.law.clarifications import CLARIFICATION_DEADLINES, AskedWhat, AskedWhom, silence
from mamori.law.measures import HIDING_DEADLINES, MEASURES
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.appeals import views as appeals
from mamori.rooms.enforcement.clarifications import views as clarifications
from mamori.rooms.enforcement.findings import decisions as findings
from mamori.rooms.enforcement.lifecycle import APPEAL, CLARIFICATION, FINDING, MEASURE, POLICY
from mamori.rooms.enforcement.policy import views as policy

_YES, _NO = Text("聴く", "yes"), Text("—", "–")


def _lasts(one: Measure) -> Text:
    if one.days is None:
        return _NO
    return Text(f"{one.days.least}〜{one.days.most}日", f"{one.days.least}–{one.days.most} days")


LADDER = ProcedureTable(
    title=Text("とれる措置（軽いものから）", "The measures, from the mildest"),
    heads=(
        Text("措置", "measure"),
        Text("内容", "what it does"),
        Text("長さ", "lasts"),
        Text("前もって意見を", "seller heard first"),
        Text("決める人数", "people who decide"),
    ),
    rows=tuple(
        (one.title, one.text, _lasts(one), _YES if one.hearing else _NO, Text(f"{one.eyes}人", str(one.eyes)))
        for one in MEASURES
    ),
)
KINDS = ProcedureTable(
    title=Text("違反の種類", "Kinds of breach"),
    heads=(
        Text("違反", "breach"),
        Text("出品者に示す言葉", "what the seller is told"),
        Text("根拠", "source"),
    ),
    rows=tuple((one.title, one.text, one.source.text if one.source else OPERATOR) for one in OFFERED),
)
SILENCE = ProcedureTable(
    title=Text("期限までに返答がないとき", "Where no answer comes in time"),
    heads=(
        Text("尋ねたこと", "asked about"),
        Text("権利者以外に尋ねたとき", "of anybody but the holder of a right"),
    ),
    rows=tuple((one.text, silence(one, AskedWhom.SELLER)) for one in AskedWhat),
)
PROCEDURES = (
    Procedure(
        code="breach",
        room="enforcement",
        title=Text("違反の疑いから措置まで", "From a finding to a measure"),
        lead=Text(
            "違反の疑いに気づいたとき。証拠を添えて記録し、出品者の意見を聴き、重さとこれまでの記録に釣り合う措置を決めます。",
            "Something may be a breach. It is recorded with its evidence, the seller is heard, and a measure is decided on "
            "that is "
            "in proportion to its gravity and the record.",
        ),
        examples=(
            Text(
                "許可のない医薬品の出品に気づき、商品を隠し、意見を聴いた。直ったことを確かめて終えた。",
                "Medicine was offered without a licence. The listing was hidden, the seller heard, the cure seen, and it ended.",
            ),
            Text(
                "短いあいだに同じ違反が重なったので、二人で決めて利用を一時停止した。",
                "The same breach came again and again; two people decided to suspend the account for a time.",
            ),
        ),
        lifecycles=(FINDING, MEASURE),
        decisions=(*findings.OF_FINDINGS, *findings.OF_MEASURES),
        deadlines=(
            deadlines.FINDING_MINOR,
            deadlines.FINDING_SERIOUS,
            deadlines.FINDING_GRAVE,
            deadlines.BREACH_HEARING,
            deadlines.APPROVAL,
            *HIDING_DEADLINES,
            deadlines.VIEW_LOOK,
            deadlines.CURE_LOOK,
            deadlines.PHOTO_LOOK,
            deadlines.MEASURE_CONFIRMATION,
            deadlines.MEASURE_REVIEW,
        ),
        notices=notices.OF_FINDINGS,
        tables=(KINDS, LADDER),
        serves=("complaints", "P13"),
        grounds=(*grounds.WITHOUT_WAITING, *grounds.MEASURE_GROUNDS, grounds.EMERGENCY),
        clauses=(
            clauses.DISPLAY_AND_CONDUCT,
            clauses.NOTICE_AND_CORRECTION,
            clauses.LISTING_MEASURES,
            clauses.REVIEWS,
            clauses.CATEGORY,
            clauses.NEW_LISTINGS,
            clauses.SUSPENSION,
            clauses.CLOSING,
        ),
        settings=(settings.REPEAT_TIMES, settings.REPEAT_DAYS),
    ),
    Procedure(
        code="clarification",
        room="enforcement",
        title=Text("決める前の事実確認", "Asking before deciding"),
        lead=Text(
            "決める前に、出品者・メーカー・輸入業者・国内管理人・権利者に事実を尋ねるとき。申し出や違反の疑いの画面から尋ねます。"
            "返答がなくても、決めるのは人です。",
            "Before a decision the seller, the maker, the importer, its administrator in Japan or the holder of a right is asked "
            "what is so, from the page of a report or a finding. Where nobody answers, people decide all the same.",
        ),
        examples=(
            Text(
                "充電器の届出事業者を出品者に尋ね、返答の資料を読んで、取り上げないことにした。",
                "The seller of a charger was asked who had notified it, and sent the papers; the report was not taken up.",
            ),
            Text(
                "商標の使用を権利者に尋ねたが期限までに返答がなく、わかっていることで決めた。",
                "The holder of a trade mark was asked whether its use was licensed and did not answer in time; it was decided on "
                "what was known.",
            ),
        ),
        lifecycles=(CLARIFICATION,),
        decisions=clarifications.DECISIONS,
        deadlines=CLARIFICATION_DEADLINES,
        notices=notices.OF_CLARIFICATIONS,
        tables=(SILENCE,),
        serves=("P12",),
    ),
    Procedure(
        code="appeal",
        room="enforcement",
        title=Text("異議の申出と見直し", "An appeal and its review"),
        lead=Text(
            "出品者が措置や差し引きに異議を申し出たとき。決めた人とは別の人が見直します。",
            "A seller appeals against a measure or a deduction. Somebody who did not decide it reviews it.",
        ),
        examples=(
            Text(
                "措置への異議を、決めた人とは別の責任者が読み直し、誤りと認めて取り消した。",
                "Against a measure: a lead who had not decided it read the evidence again, found it mistaken, and undid it.",
            ),
        ),
        lifecycles=(APPEAL,),
        decisions=appeals.DECISIONS,
        deadlines=(deadlines.APPEAL_WINDOW, deadlines.APPEAL_DECISION, deadlines.APPEAL_ANSWER),
        notices=notices.OF_APPEALS,
        serves=("P13",),
        clauses=(clauses.APPEALS,),
    ),
    Procedure(
        code="policy",
        room="enforcement",
        title=Text("措置の基準を変える", "Changing the policy on measures"),
        lead=Text(
            "どの違反にどの措置をとるかの基準を変えるとき。二人で決め、出品者に前もって知らせます。",
            "The operator changes which measure answers which breach. Two people decide, and sellers are told before.",
        ),
        examples=(
            Text(
                "繰り返しの違反の基準を厳しくした。承認のあと出品者に知らせ、知らせた日から数えて始めた。",
                "Repeated breaches were to weigh more. After approval sellers were told, and it began once the notice had run.",
            ),
        ),
        lifecycles=(POLICY,),
        decisions=policy.DECISIONS,
        deadlines=(deadlines.POLICY_APPROVAL, deadlines.POLICY_NOTICE),
        notices=notices.OF_POLICY,
        serves=("P13",),
    ),
)
declare_procedures(*PROCEDURES)
