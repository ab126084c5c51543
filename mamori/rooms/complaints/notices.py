"""What who reported and staff are told; nobody's words are in it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.rooms.complaints.rules import CODE_MINUTES

CODE = Template(
    code="complaints.code",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("確認コード", "Your confirmation code"),
    body=Text(
        f"申し出（受付番号 {{number}}）の結果をこのアドレスに送るための確認コードは {{code}} です。{CODE_MINUTES}分以内に、"
        "受付の画面に入力してください。心当たりがないときは、何もしなくて大丈夫です。これ以外のメールは送りません。",
        f"Your code is {{code}}: with it the outcome of report {{number}} is sent to this address. Please enter it within "
        f"{CODE_MINUTES} minutes on the page of your report. If you reported nothing, nothing needs to be done: no other mail "
        "will be sent to you.",
    ),
)
OUTCOME = Template(
    code="complaints.outcome",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("お申し出の結果", "What came of your report"),
    body=Text(
        "受付番号 {number}：{outcome}\n{because}\n書き足すことや見直しを求めることは、次のページでできます。 {page}",
        "Report {number}: {outcome}\n{because}\nYou can add to it, or ask for another look, on this page: {page}",
    ),
)
DANGER_REPORTED = Template(
    code="complaints.danger",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("危険の申し出があります", "A danger was reported"),
    body=Text(
        "危険の知らせが届きました（申し出 {number}）。すぐに「申し出」のページで読み、商品を非表示にするかを決めてください。",
        "Word of a danger came (report matter {number}). Please read it at once on the page “Reports”, and say whether the goods "
        "are to be hidden.",
    ),
)
DANGER_STANDS = Template(
    code="complaints.danger_stands",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("危険の申し出が終わっていません", "A danger stands"),
    body=Text(
        "申し出 {number} の危険は、商品の非表示も、結論も、責任者の「危険なし」もまだです。「申し出」のページで進めてください。"
        "終わるまで、繰り返しお知らせします。",
        "Of the danger in report matter {number} neither are the goods hidden, nor is it decided, nor did a lead find that there "
        "is none. Please go on with it on the page “Reports”. You are told again and again until then.",
    ),
)
INTERIM = Template(
    code="complaints.interim",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("お申し出の途中経過", "Your report: where it stands"),
    body=Text(
        "受付番号 {number}：{interim}\nお待ちいただくあいだに気づいたことは、いただいた受付の画面でお知らせください。",
        "Report {number}: {interim}\nIf you notice anything meanwhile, please say it on the page of your report.",
    ),
    on_paper=True,
)
COMPLAINT_OVERDUE = Template(
    code="complaints.overdue",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("申し出が期限を過ぎています", "A report is overdue"),
    body=Text(
        "申し出 {number} が期限を過ぎています。「申し出」のページで進めてください。",
        "Report matter {number} is overdue. Please go on with it on the page “Reports”.",
    ),
)
OUTCOME_TOLD = Template(
    code="complaints.outcome_told",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("お申し出の結果", "What came of your report"),
    body=Text(
        "受付番号 {number}：{outcome}\n{because}\n"
        "書き足すことや見直しを求めることは、受付番号を添えて、お電話かお手紙でお伝えください。",
        "Report {number}: {outcome}\n{because}\nTo add to it, or to ask for another look, please call or write and give this "
        "number.",
    ),
    on_paper=True,
)
CALL_OVERDUE = Template(
    code="complaints.call_overdue",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("折り返しの電話が期限を過ぎています", "A call back is overdue"),
    body=Text(
        "申し出（受付番号 {number}）の結果をお電話で伝える期限を過ぎています。「電話・手紙での申し出」を開いて、かけてください。",
        "Who made report {number} waits to be called. Please open “Reports by telephone and on paper” and call.",
    ),
)
ABUSE_FLAGGED = Template(
    code="complaints.abuse_flagged",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("担当者がカスハラを受けています", "Somebody of the centre bears abuse"),
    body=Text(
        "カスハラの記録（{number}）が入りました。すぐに担当者に声をかけ、必要なら電話を替わってください。したことを記録のページに残してください。",
        "Abuse was noted (record {number}). Please go to who bears it at once, take the call over where it is needed, and note "
        "on the record's page what you did.",
    ),
)
CALL_TEMPLATES = (OUTCOME_TOLD, CALL_OVERDUE)
REPORT_TEMPLATES = (CODE, OUTCOME, INTERIM, DANGER_REPORTED, DANGER_STANDS, COMPLAINT_OVERDUE)
TEMPLATES = (*REPORT_TEMPLATES, *CALL_TEMPLATES, ABUSE_FLAGGED)
