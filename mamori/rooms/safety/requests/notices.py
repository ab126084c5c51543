"""What staff and agencies are told of requests; nobody's words are in it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

OVERDUE = Template(
    code="safety.request_overdue",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("行政機関の要請の期限です", "An authority's request is due"),
    body=Text(
        "行政機関の要請（受付番号 {number}）が、期限までに回答されていません。いまの状態：{state}。"
        "案件の画面を開いて進めてください。期限が来ても、何も自動では終わりません。",
        "A request of an authority (number {number}) is due and not answered. It stands so: {state}. Please open the case and go "
        "on with it. Nothing ends by itself.",
    ),
)
FORGED = Template(
    code="safety.request_forged",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("偽物の要請でしたことを見直してください", "Look again at what was done upon a forged request"),
    body=Text(
        "行政機関の要請（受付番号 {number}）は偽物でした。この要請で対応した件：{findings}。"
        "一つずつ開き、自社の判断で続けるか元に戻すかを決め、要請の画面で「見直した」と記録してください。",
        "The authority's request {number} was forged. What was done upon it: {findings}. Please open each one, decide "
        "whether our own terms carry it or it is undone, and note on the page of the request that you did.",
    ),
)
CAME = Template(
    code="safety.request_came",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("行政機関の要請がページから届きました", "An authority's request came by the page"),
    body=Text(
        "行政機関の要請（受付番号 {number}）が、一度だけのページから届きました。"
        "登録された番号に折り返し電話をかけ、送り主を確かめてください。",
        "A request of an authority (number {number}) came by a page to use once. Please verify who sent it by calling back the "
        "registered number.",
    ),
)
LINK = Template(
    code="safety.request_link",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("要請を一件お送りいただけるページです", "A page on which you can send us one request"),
    body=Text(
        "次のページから、要請を一件お送りいただけます：{page}（{until}まで、一度だけ使えます）。"
        "お送りになると、登録されている番号に折り返しお電話し、お送りになったことを確かめてから対応します。"
        "心当たりのないときは、何もなさらないでください。（登録番号 {number}）",
        "You can send us one request from this page: {page} (until {until}, once). When you have, we call you back at your "
        "registered number, and act only once you have confirmed it. If you did not expect this, please do nothing. "
        "(Registered as no. {number})",
    ),
)
RECEIVED = Template(
    code="safety.request_received",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("要請を受け付けました", "Your request was received"),
    body=Text(
        "お送りした一度だけのページから、要請（受付番号 {number}）を受け付けました。登録されている番号に折り返しお電話し、"
        "お送りになったことを確かめてから対応します。お送りになっていないときは、そのお電話でお知らせください。",
        "A request (number {number}) came by the page that we sent you. We call you back at your registered number, and act only "
        "once you have confirmed it. If you did not send it, please say so when we call.",
    ),
)
TEMPLATES = (OVERDUE, FORGED, CAME, LINK, RECEIVED)
