"""What who reported and staff are told; nobody's words are in it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.rooms.complaints.rules import CODE_MINUTES

CODE = Template(
    code="complaints.code",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("確認コードのお知らせ", "Your confirmation code"),
    body=Text(
        f"お知らせ（受付番号 {{number}}）の結果をこのアドレスに送るための確認コードは {{code}} です。{CODE_MINUTES}分以内に、"
        "受付の画面に入力してください。心当たりがないときは、何もしなくて大丈夫です。これ以外のメールは送りません。",
        f"Your code is {{code}}: with it the outcome of report {{number}} is sent to this address. Please enter it within "
        f"{CODE_MINUTES} minutes on the page of your report. If you reported nothing, nothing needs to be done: no other mail "
        "will be sent to you.",
    ),
)
OUTCOME = Template(
    code="complaints.outcome",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("お知らせいただいたことの結果", "What came of your report"),
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
        "危険の申し出があります（申し出 {number}）。すぐに「申し出」のページで見始めてください。",
        "A danger was reported (report matter {number}). Please look at it at once on the page “Reports”.",
    ),
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
TEMPLATES = (CODE, OUTCOME, DANGER_REPORTED, COMPLAINT_OVERDUE)
