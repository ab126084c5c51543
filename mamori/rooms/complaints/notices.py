"""What who reported, counsellors and staff are told; nobody's words are in it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.law.counselling import FIRST_LINK_DAYS, LINK_HOURS
from mamori.rooms.complaints.rules import CODE_MINUTES

# What counsellors, consumers and staff are told of consultations; what was asked and answered is on the pages alone.


INVITED = Template(
    code="complaints.counsellor_invited",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text(
        "通販サイトの相談員用の窓口へのご案内", "You are invited to a marketplace's page for counsellors"
    ),
    body=Text(
        "消費生活センターの相談員の方のための窓口に、あなたをお招きします。消費者ご本人の同意を得た相談を、ここから運営者に届けられます。"
        f"{FIRST_LINK_DAYS}日以内に次のリンクから入ってください。パスワードは要りません。 {{link}}",
        "You are invited to the pages for counsellors of consumer centres: ask the operator there for a consumer who agreed "
        f"to it. Please come in by this link within {FIRST_LINK_DAYS} days; no password is needed: {{link}}",
    ),
)
LINK = Template(
    code="complaints.counsellor_link",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("相談員用の窓口に入るリンク", "Your link to the pages for counsellors"),
    body=Text(
        f"次のリンクから入ってください。一度だけ、{LINK_HOURS}時間以内に使えます。"
        "心当たりがないときは、何もしなくて大丈夫です。 {link}",
        f"Please come in by this link. It works once, within {LINK_HOURS} h. "
        "If you did not ask for it, nothing needs to be done: {link}",
    ),
)
ANSWERED = Template(
    code="complaints.consultation_answered",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("ご相談に回答しました", "Your consultation was answered"),
    body=Text(
        "相談 {number} に運営者が回答しました。相談員用の窓口でお読みください。 {door}",
        "The operator answered consultation {number}. Please read it on the pages for counsellors: {door}",
    ),
)
CONFIRMED = Template(
    code="complaints.consent_confirmed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("ご本人の同意が確かめられました", "The consumer confirmed the consent"),
    body=Text(
        "相談 {number} について、ご本人の同意が確かめられました。回答と資料は、相談員用の窓口でご覧ください。"
        " {door}",
        "In consultation {number} the consumer confirmed the consent. Please find the answer and the papers here: {door}",
    ),
)
OVER = Template(
    code="complaints.consultation_over",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("ご相談を終えました", "A consultation has ended"),
    body=Text(
        "相談 {number} は終わりました（{state}）。続きがあるときは、ご本人の同意を得て、新しくご相談ください。 {door}",
        "Consultation {number} has ended: {state}. If there is more, please ask anew with the consumer's consent: {door}",
    ),
)
ENDED = Template(
    code="complaints.counsellor_ended",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("相談員用の窓口の利用が終わりました", "Your time on the pages for counsellors is over"),
    body=Text(
        "相談員用の窓口の利用と、進行中のご相談を終えました。続けるときは、センターから相談窓口にお電話ください。",
        "Your time on the pages for counsellors, and what you asked there, has ended. To go on, please call the customer centre "
        "from your centre.",
    ),
)
REFUSED = Template(
    code="complaints.consent_refused",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("購入者が、相談員への同意を否定しました", "A buyer does not agree that a counsellor be told"),
    body=Text(
        "案件 {number} の相談について、購入者が「伝えないでほしい」と答えました。覚えのない相談かもしれません。"
        "案件のページで内容を見て、センターの代表番号に電話して確かめてください。",
        "On case {number} the buyer said that nothing may be told: they may know nothing of the consultation. Please look at the "
        "page of the case, and call the centre's public number.",
    ),
)
CAME = Template(
    code="complaints.consultation_came",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text(
        "消費生活センターの相談員から相談があります", "A counsellor of a consumer centre asks something"
    ),
    body=Text(
        "相談員から相談が届きました（案件 {number}）。{due}までに、案件のページで回答してください。",
        "A counsellor asks something (case {number}). Please answer it on the page of the case by {due}.",
    ),
)
CONSULTATION_OVERDUE = Template(
    code="complaints.consultation_overdue",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("相談員への回答が期限を過ぎています", "An answer to a counsellor is overdue"),
    body=Text(
        "案件 {number} の相談員への回答が期限を過ぎています。案件のページで回答してください。",
        "The answer to a counsellor on case {number} is overdue. Please answer it on the page of the case.",
    ),
)
CONSENT_ASKED = Template(
    code="complaints.consent_asked",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("相談員に伝えてよいか、お確かめください", "May we tell this to a counsellor?"),
    body=Text(
        "{centre}の相談員から、あなたの同意を得たとして、注文 {order} について相談（{number}）がありました。"
        "何をいつまで伝えてよいかを、「相談員への同意」のページでお確かめください。お返事があるまで、何も伝えません。",
        "A counsellor of {centre} asked about order {order} (consultation {number}) and says that you agreed. "
        "Please see on the page “Consent to a counsellor” what may be told until when. Nothing is told before you answer.",
    ),
)
CONSENT_NOTED = Template(
    code="complaints.consent_noted",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("相談員への同意を承りました", "Your consent to a counsellor was noted"),
    body=Text(
        "お電話で確かめたとおり、注文 {order} について{centre}の相談員に伝えます（相談 {number}）。"
        "「相談員への同意」のページで、いつでも取り消すことができます。",
        "As confirmed on the telephone, {centre} is told about order {order} (consultation {number}). "
        "You can take it back at any time on the page “Consent to a counsellor”.",
    ),
)
COUNSELLING_TEMPLATES = (
    ENDED,
    REFUSED,
    INVITED,
    LINK,
    ANSWERED,
    CONFIRMED,
    OVER,
    CAME,
    CONSULTATION_OVERDUE,
    CONSENT_ASKED,
    CONSENT_NOTED,
)


# What who reported and staff are told; nobody's words are in it.


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
TEMPLATES = (*REPORT_TEMPLATES, *CALL_TEMPLATES, ABUSE_FLAGGED, *COUNSELLING_TEMPLATES)
