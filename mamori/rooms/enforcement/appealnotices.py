"""What is told of appeals: that one arrived, that more is asked, the outcome; never anybody's words."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text


def _notice(code: str, kind: NoticeKind, title: Text, body: Text, *, on_paper: bool = False) -> Template:
    return Template(code=f"enforcement.{code}", kind=kind, title=title, body=body, on_paper=on_paper)


RECEIVED = _notice(
    "appeal_received",
    NoticeKind.LEGAL,
    Text("異議の申出を受け付けました", "We have your appeal"),
    Text(
        "受付番号 {number}：決めた人とは別の人が見直し、{due}までに理由を添えてお答えします。"
        "規約による見直しで、費用はかかりません。このページで書き足すことができます。",
        "Case {number}: somebody else than who decided reviews it and answers with reasons by {due}. Our "
        "terms give you this, free of charge. You can add to it on this page.",
    ),
)
TO_TAKE = _notice(
    "appeal_to_take",
    NoticeKind.TRANSACTIONAL,
    Text("異議の申出が届きました", "An appeal was received"),
    Text(
        "受付番号 {number}：この件にかかわっていない責任者か法務担当が、見直しを担当してください。",
        "Case {number}: a lead or counsel who took no part in the matter has to take the review.",
    ),
)
TO_INVITE = _notice(
    "appeal_to_invite",
    NoticeKind.TRANSACTIONAL,
    Text(
        "異議の申出が届きました。見直せる人がいません",
        "An appeal was received, and nobody here may review it",
    ),
    Text(
        "受付番号 {number}：この件にかかわった人のほかに、見直せる責任者も法務担当もいません。社外の弁護士など信頼する人を、"
        "「担当者」の画面から法務担当として招いてください。見直しだけをお願いできます。",
        "Case {number}: there is no lead or counsel who took no part in the matter. Please invite somebody you trust from "
        "outside, such as your lawyer, as counsel under “People”. They need do nothing but the review.",
    ),
)
ASKED = _notice(
    "appeal_asked",
    NoticeKind.LEGAL,
    Text("異議の申出について追加のお願い", "Your appeal: please add something"),
    Text(
        "受付番号 {number}：規約による見直しのために、このページの質"
        "問に{due}までにお答えください。お答えがなくても見直しは進めます。",
        "Case {number}: please answer the question on this page by {due}. The review under the terms goes on also without it.",
    ),
)
REPLIED = _notice(
    "appeal_replied",
    NoticeKind.TRANSACTIONAL,
    Text("異議の申出に返事があります", "There is a reply to your appeal"),
    Text("受付番号 {number}：このページでお読みください。", "Case {number}: please read it on this page."),
)
ENDED = _notice(
    "appeal_ended",
    NoticeKind.LEGAL,
    Text("異議の申出への結論：{outcome}", "Your appeal: {outcome}"),
    Text(
        "受付番号 {number}：{outcome}。規約と理由の全文、これからどうなるかを、このページでお読みください。",
        "Case {number}: {outcome}. Please read on this page all reasons, the terms, and what happens next.",
    ),
    on_paper=True,
)
OVERDUE = _notice(
    "appeal_overdue",
    NoticeKind.TRANSACTIONAL,
    Text("異議の見直しが遅れています", "A review is overdue"),
    Text(
        "受付番号 {number}：結論の期限を過ぎました。結論を出してください。",
        "Case {number}: its decision is overdue. Please decide.",
    ),
)
LATE = _notice(
    "appeal_late",
    NoticeKind.LEGAL,
    Text("異議の見直しに時間がかかっています", "The review of your appeal takes longer"),
    Text(
        "受付番号 {number}：お約束の期限までに結論を出せませんでした。申し訳ありません。"
        "規約による見直しは続けています。そのままお待ちください。",
        "Case {number}: we could not decide by the promised moment. "
        "We are sorry; the review under the terms goes on, and we will answer.",
    ),
)
REVERSED = _notice(
    "appeal_reversed",
    NoticeKind.LEGAL,
    Text(
        "もとの決定を取り消したので、異議の見直しを終えます",
        "The decision you appealed against was a mistake",
    ),
    Text(
        "受付番号 {number}：もとの決定に誤りがあったことがわかり、こちらで取り消しました。点数も残りません。"
        "見直すものがなくなったので、規約による見直しはこれで終わります。取消しが済んだらお知らせします。お手続きは要りません。",
        "Case {number}: we found the decision to be a mistake and reversed it; its points go, too. Nothing is left to "
        "review, so the review under the terms is over. You need do nothing; we will tell you when it is undone.",
    ),
    on_paper=True,
)
NOT_DEDUCTED = _notice(
    "appeal_not_deducted",
    NoticeKind.LEGAL,
    Text(
        "売上金から差し引かれなかったので、異議の見直しを終えます",
        "Nothing was deducted, so the review of your appeal is over",
    ),
    Text(
        "受付番号 {number}：異議を申し出られた差し引きは、行われませんでした。売上金はそのままです。見直すものがなくなったので、"
        "規約による見直しはこれで終わります。お手続きは要りません。ご不明な点は、相談窓口にお問い合わせください。",
        "Case {number}: the deduction you appealed against was not made; your proceeds stay as they are. Nothing is left to "
        "review, so the review under the terms is over. You need do nothing. Please ask the centre if anything is unclear.",
    ),
    on_paper=True,
)
TEMPLATES = (RECEIVED, TO_TAKE, TO_INVITE, ASKED, REPLIED, ENDED, OVERDUE, LATE, REVERSED, NOT_DEDUCTED)
