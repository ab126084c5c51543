"""Every deadline by name.  What the law does not fix, an operator may set; every page then shows what is set."""

from __future__ import annotations

from mamori.grammar.businesstime import BusinessDays, CalendarDays, EveryHours, Hours
from mamori.grammar.declaration import Deadline, SettingGroup
from mamori.grammar.line import Force
from mamori.grammar.text import Text
from mamori.law.accidents import ACCIDENT_DEADLINES
from mamori.law.activities import ACTIVITY_DEADLINES
from mamori.law.alerts import ALERT_DEADLINES
from mamori.law.article5 import ARTICLE5_DEADLINES
from mamori.law.citations import OWN_RULE, PRACTICE
from mamori.law.clarifications import CLARIFICATION_DEADLINES
from mamori.law.complaints import COMPLAINT_DEADLINES
from mamori.law.hidden import HIDDEN_DEADLINES
from mamori.law.inquiries import INQUIRY_ANSWER
from mamori.law.insight import IMPROVEMENT_DEADLINES
from mamori.law.measures import HIDING_DEADLINES
from mamori.law.outreach import OUTREACH_DEADLINES
from mamori.law.recalls import RECALL_DEADLINES
from mamori.law.reports import JOMC_LOOK
from mamori.law.requests import REQUEST_DEADLINES
from mamori.law.screening import SCREENING_DEADLINES

ANSWER = Deadline(
    code="contact.answer",
    title=Text("困りごとへの出品者の回答", "the seller's answer to a trouble"),
    duration=Hours(24),
    citation=OWN_RULE,
)
CALL = Deadline(
    code="contact.call",
    title=Text("予定の電話をかけるまで", "the call that stands on the list"),
    duration=Hours(12),
    citation=OWN_RULE,
)
DANGER_CALL = Deadline(
    code="contact.danger_call",
    title=Text("危険の知らせがあったときの電話", "the call that a danger asks for"),
    duration=EveryHours(2),
    citation=OWN_RULE,
)
RESOLUTION = Deadline(
    code="contact.resolution",
    title=Text("困りごとの解決", "the resolution of a trouble"),
    duration=Hours(48),
    citation=PRACTICE,
    force=Force.PRACTICE,
)
QUESTION_ANSWER = Deadline(
    code="contact.question_answer",
    title=Text("購入前の質問への回答", "the answer to a question before purchase"),
    duration=Hours(48),
    citation=OWN_RULE,
)
PROPOSAL = Deadline(
    code="contact.proposal",
    title=Text("解決の提案への返事", "the reply to a proposed solution"),
    duration=Hours(24),
    citation=OWN_RULE,
)
AGREEMENT = Deadline(
    code="contact.agreement",
    title=Text("合意したことの実行", "the keeping of what was agreed"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
SILENCE = Deadline(
    code="contact.silence",
    title=Text("回答のあと購入者の返事を待つ期間", "the wait for the buyer's word after an answer"),
    duration=CalendarDays(7),
    citation=OWN_RULE,
)
CENTRE_ANSWER = Deadline(
    code="contact.centre_answer",
    title=Text("窓口あてのメッセージへの返事", "the centre's answer to a message"),
    duration=Hours(8),
    citation=OWN_RULE,
)
CONFIRMATION = Deadline(
    code="contact.confirmation",
    title=Text("通販サイトによる返金・送り状の確認", "the marketplace's confirmation of a refund or label"),
    duration=Hours(24),
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
REMEDY_DECISION = Deadline(
    code="contact.remedy_decision",
    title=Text("立替返金についての判断", "the decision on a refund in the seller's place"),
    duration=BusinessDays(2),
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
RETURN_SENDING = Deadline(
    code="contact.return_sending",
    title=Text(
        "返品の発送（一度お知らせしてから、もう一度この日数を待つ）",
        "sending goods back (reminded once, then as long again)",
    ),
    duration=CalendarDays(7),
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
RETURN_ARRIVAL = Deadline(
    code="contact.return_arrival",
    title=Text("返品の到着", "the arrival of goods sent back"),
    duration=CalendarDays(10),
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
RETURN_INSPECTION = Deadline(
    code="contact.return_inspection",
    title=Text("届いた返品の確認", "the look at goods that came back"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
HEARING = Deadline(
    code="contact.hearing",
    title=Text("立替返金の請求についての出品者の意見", "the seller's view on a recovery"),
    duration=BusinessDays(5),
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
RECOVERY_REVIEW = Deadline(
    code="contact.recovery_review",
    title=Text("終わっていない請求（出品者への）の見直し", "the review of a recovery that is not settled"),
    duration=CalendarDays(30),
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)

LONE_DELAY = Deadline(
    code="people.lone_delay",
    title=Text(
        "ほかに承認できる人がいないとき、知らせてから実行するまで",
        "the wait, in everybody's sight, where nobody else can approve",
    ),
    duration=Hours(24),
    citation=OWN_RULE,
)
SECOND_READER = Deadline(
    code="contact.second_reader",
    title=Text("緊急時の閲覧を別の担当者が確かめるまで", "the second reader's look at an emergency look"),
    duration=BusinessDays(1),
    citation=OWN_RULE,
)
FORMAL_ANSWER = Deadline(
    code="contact.formal_answer",
    title=Text("返品や取消しの通知への出品者の返事", "the seller's word on a formal notice"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
FORMAL_REVIEW = Deadline(
    code="contact.formal_review",
    title=Text("返品や取消しの通知のその後の確認", "the look at what became of a formal notice"),
    duration=CalendarDays(30),
    citation=OWN_RULE,
)

FINDING_MINOR = Deadline(
    code="enforcement.decision_minor",
    title=Text("軽い違反の疑いへの判断", "the decision on a minor finding"),
    duration=BusinessDays(10),
    citation=OWN_RULE,
)
FINDING_SERIOUS = Deadline(
    code="enforcement.decision_serious",
    title=Text("重い違反の疑いへの判断", "the decision on a serious finding"),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
FINDING_GRAVE = Deadline(
    code="enforcement.decision_grave",
    title=Text("きわめて重い違反の疑いへの判断", "the decision on a grave finding"),
    duration=Hours(24),
    citation=OWN_RULE,
)
BREACH_HEARING = Deadline(
    code="enforcement.hearing",
    title=Text("違反の疑いについての出品者の意見", "the seller's view on a finding"),
    duration=CalendarDays(7),
    citation=OWN_RULE,
)
APPROVAL = Deadline(
    code="enforcement.approval",
    title=Text("措置のもう一人の承認", "the second person's word on a measure"),
    duration=Hours(24),
    citation=OWN_RULE,
)
CURE_LOOK = Deadline(
    code="enforcement.cure_look",
    title=Text("「直した」との知らせを確かめるまで", "the look at what a seller says that it put right"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
PHOTO_LOOK = Deadline(
    code="enforcement.photo_look",
    title=Text(
        "直した商品ページの写真が届いたかの確認",
        "the look whether the photograph of what was put right has come",
    ),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
VIEW_LOOK = Deadline(
    code="enforcement.view_look",
    title=Text("決定のあとに届いた意見を読むまで", "the reading of a view that came after the decision"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
MEASURE_CONFIRMATION = Deadline(
    code="enforcement.confirmation",
    title=Text(
        "通販サイトによる措置・解除の確認", "the marketplace's confirmation of a measure or its lifting"
    ),
    duration=Hours(24),
    citation=OWN_RULE,
)
MEASURE_REVIEW = Deadline(
    code="enforcement.review",
    title=Text("終わりのない措置の見直し", "the review of a measure without an end"),
    duration=CalendarDays(180),
    citation=OWN_RULE,
)
APPEAL_WINDOW = Deadline(
    code="enforcement.appeal_window",
    title=Text("異議を申し出られる期間", "the time to appeal"),
    duration=CalendarDays(180),
    citation=OWN_RULE,
)
APPEAL_DECISION = Deadline(
    code="enforcement.appeal_decision",
    title=Text("異議の申出への結論", "the decision on an appeal"),
    duration=BusinessDays(10),
    citation=OWN_RULE,
)
APPEAL_ANSWER = Deadline(
    code="enforcement.appeal_answer",
    title=Text("異議の申出で追加をお願いしたときの返事", "the seller's reply when an appeal needs more"),
    duration=CalendarDays(14),
    citation=OWN_RULE,
)
POLICY_APPROVAL = Deadline(
    code="enforcement.policy_approval",
    title=Text("基準の改定のもう一人の承認", "the second person's word on a change of policy"),
    duration=CalendarDays(14),
    citation=OWN_RULE,
)
POLICY_NOTICE = Deadline(
    code="enforcement.policy_notice",
    title=Text("基準の改定の予告", "the notice before a change of policy binds"),
    duration=CalendarDays(15),
    citation=OWN_RULE,
)

IDENTITY_REMINDER = Deadline(
    code="identity.reminder",
    title=Text("本人確認の期限の何日前に知らせるか", "how long before its end a seller hears of its check"),
    duration=CalendarDays(30),
    citation=OWN_RULE,
)
DISPLAY_MENDING = Deadline(
    code="display.mending",
    title=Text("表示を直すまで", "until a display is right"),
    duration=CalendarDays(7),
    citation=OWN_RULE,
)
DISPLAY_LOOK = Deadline(
    code="display.look",
    title=Text("表示を見直すまで", "until the next look"),
    duration=CalendarDays(365),
    citation=OWN_RULE,
)
DISPLAY_NOTICE = Deadline(
    code="display.notice",
    title=Text("表示を求めると知らせてから求めるまで", "from telling until a display is asked for"),
    duration=CalendarDays(30),
    citation=OWN_RULE,
)
DISPLAY_PROOF = Deadline(
    code="display.proof",
    title=Text("連絡先に連絡が届くと確かめるまで", "until a shown contact is proved to reach its seller"),
    duration=CalendarDays(14),
    citation=OWN_RULE,
)
DISPLAY_QUESTION = Deadline(
    code="display.question",
    title=Text("連絡先に届かないとの問い合わせに答えるまで", "the answer where a contact reached nobody"),
    duration=CalendarDays(7),
    citation=OWN_RULE,
)
DISPLAY_RENEWAL = Deadline(
    code="display.renewal",
    title=Text("連絡先をもう一度確かめるまで", "until a shown contact is to be proved again"),
    duration=CalendarDays(365),
    citation=OWN_RULE,
)
DISPLAY_REQUEST = Deadline(
    code="display.request",
    title=Text("請求された事項を知らせるまで", "until an item that a buyer asked for is given"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
PAYOUT_LOOK = Deadline(
    code="payouts.look",
    title=Text("確かめが必要な支払いを人が見るまで", "a person's look at a payout that is in doubt"),
    duration=BusinessDays(1),
    citation=OWN_RULE,
)
PAYOUT_COOLING = Deadline(
    code="payouts.cooling",
    title=Text("振込先を変えてから使えるまで", "the wait after a change of account"),
    duration=BusinessDays(1),
    citation=OWN_RULE,
)
PAYOUT_REVIEW = Deadline(
    code="payouts.review",
    title=Text("保留している売上金の見直し", "the review of a payout that is held"),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
PAYOUT_END = Deadline(
    code="payouts.end",
    title=Text("保留の終わり（法務担当の判断へ）", "the end of a hold, when counsel decides"),
    duration=CalendarDays(60),
    citation=OWN_RULE,
)
PAYOUT_COUNSEL = Deadline(
    code="payouts.counsel",
    title=Text(
        "終わりの日が来た売上金についての法務担当の判断", "counsel's decision on money whose hold has ended"
    ),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
PAYOUT_OBJECTION = Deadline(
    code="payouts.objection",
    title=Text("保留への異議の申出への返事", "the answer to an objection against a hold"),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
PAYOUT_DEADLINES = (PAYOUT_LOOK, PAYOUT_OBJECTION, PAYOUT_COOLING, PAYOUT_REVIEW, PAYOUT_END, PAYOUT_COUNSEL)
DEADLINES = (
    *PAYOUT_DEADLINES,
    IDENTITY_REMINDER,
    *ARTICLE5_DEADLINES,
    *CLARIFICATION_DEADLINES,
    *COMPLAINT_DEADLINES,
    *REQUEST_DEADLINES,
    *ACCIDENT_DEADLINES,
    *ACTIVITY_DEADLINES,
    *RECALL_DEADLINES,
    *SCREENING_DEADLINES,
    *IMPROVEMENT_DEADLINES,
    INQUIRY_ANSWER,
    JOMC_LOOK,
    *HIDDEN_DEADLINES,
    *OUTREACH_DEADLINES,
    DISPLAY_MENDING,
    DISPLAY_LOOK,
    DISPLAY_NOTICE,
    DISPLAY_PROOF,
    DISPLAY_QUESTION,
    DISPLAY_RENEWAL,
    DISPLAY_REQUEST,
    RESOLUTION,
    ANSWER,
    CALL,
    DANGER_CALL,
    QUESTION_ANSWER,
    PROPOSAL,
    AGREEMENT,
    SILENCE,
    CENTRE_ANSWER,
    REMEDY_DECISION,
    CONFIRMATION,
    RETURN_SENDING,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    HEARING,
    RECOVERY_REVIEW,
    SECOND_READER,
    FORMAL_ANSWER,
    FORMAL_REVIEW,
    *ALERT_DEADLINES,
    LONE_DELAY,
    *(FINDING_MINOR, FINDING_SERIOUS, FINDING_GRAVE),
    BREACH_HEARING,
    APPROVAL,
    *(CURE_LOOK, PHOTO_LOOK, VIEW_LOOK),
    *HIDING_DEADLINES,
    MEASURE_CONFIRMATION,
    MEASURE_REVIEW,
    APPEAL_WINDOW,
    APPEAL_DECISION,
    APPEAL_ANSWER,
    POLICY_APPROVAL,
    POLICY_NOTICE,
)
