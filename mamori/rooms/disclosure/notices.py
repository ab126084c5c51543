"""What who asks, the seller and staff are told of a request for a seller's information; nobody's words are in it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

RECEIVED = Template(
    code="disclosure.received",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求を受け付けました", "We have your request for the seller's information"),
    body=Text(
        "開示請求を受け付けました（受付番号 {number}）。担当者が要件を確かめます。足りないものがあればご連絡します。"
        "いまの状態は「開示請求」のページでご覧いただけます。",
        "We have your request (number {number}). A person looks at the requirements and asks you for what is missing. "
        "You can see how it stands on the page “Requests for a seller's information”.",
    ),
)
MORE_NEEDED = Template(
    code="disclosure.more_needed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求に足りないものがあります", "Something is missing in your request"),
    body=Text(
        "開示請求（受付番号 {number}）を進めるために、送っていただきたいものがあります。"
        "「開示請求」のページで内容をご覧になり、{due}までにお送りください。",
        "We need something more for your request (number {number}). Please see on the page “Requests for a seller's "
        "information” what it is, and send it by {due}.",
    ),
)
VIEW_ASKED = Template(
    code="disclosure.view_asked",
    kind=NoticeKind.LEGAL,
    title=Text(
        "お店の情報の開示について、ご意見をお聞かせください",
        "Please state your view: a buyer asks for your information",
    ),
    body=Text(
        "購入者から、法律（取引デジタルプラットフォーム消費者保護法）にもとづき、お店の情報の開示請求がありました"
        "（受付番号 {number}）。"
        "開示する前にご意見をうかがいます。{due}までに「開示請求への意見」のページでお書きください。請求した人に直接連絡なさらないでください。",
        "A buyer asks us for your information under the Act on Digital Platforms for Shopping (number {number}). "
        "You are heard before anything is disclosed. Please state your view by {due} on the page “Requests for your "
        "information”, and do not contact the buyer about it.",
    ),
)
OUTDATED_ASKED = Template(
    code="disclosure.outdated_asked",
    kind=NoticeKind.LEGAL,
    title=Text(
        "古いとのことの項目を、直すか確かめてください", "Please put right or confirm what you call outdated"
    ),
    body=Text(
        "法律（取引デジタルプラットフォーム消費者保護法）にもとづく開示請求（受付番号 {number}）への"
        "ご意見で、登録が古いとのことでした：{items}。{due}までに、通販サイトの登録を直すか、"
        "登録のとおりで正しければ「開示請求への意見」のページでそうお答えください。どちらもないときは、"
        "法務または責任者が、登録のとおりに開示するか、その項目を外すかを判断します。",
        "In your view on request {number} under the Act on Digital Platforms for Shopping you call outdated what is registered: "
        "{items}. Please have it put right in your registration with the marketplace by {due}, or say on the page “Requests for "
        "your information” that it is right as it is. Where neither is done, counsel or a lead "
        "weighs whether it is given as registered, or left out.",
    ),
)
TO_AGREE = Template(
    code="disclosure.to_agree",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求の提案を確かめてください", "A proposal on a request for a seller's information"),
    body=Text(
        "開示請求（受付番号 {number}）について「{kind}」の提案があります。提案した人とは別の人が確かめてください。",
        "“{kind}” is proposed on request {number}. Please look at it, if it was not you who proposed it.",
    ),
)
OVERDUE = Template(
    code="disclosure.overdue",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求が期限を過ぎています", "A request for a seller's information is overdue"),
    body=Text(
        "開示請求（受付番号 {number}）が「{state}」のまま、自分たちで定めた期限を過ぎました。案件の画面を開いて進めてください。",
        "Request {number} has been “{state}” for longer than our own rule allows. Please open the case and go on with it.",
    ),
)
DISCLOSED = Template(
    code="disclosure.disclosed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求への決定をお知らせします", "Your request was decided: there is something for you"),
    body=Text(
        "開示請求（受付番号 {number}）について、{items}を開示すると決めました。「開示請求」のページで、ログインしてご覧ください。"
        "誓約のとおり、請求した目的だけにお使いください。",
        "On your request (number {number}) we disclose: {items}. Please sign in and see the page “Requests for a seller's "
        "information”. As you pledged, please use it for your claim alone.",
    ),
)
REFUSED = Template(
    code="disclosure.refused",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求への決定をお知らせします", "Your request was decided"),
    body=Text(
        "開示請求（受付番号 {number}）について、開示しないと決めました。理由と、ほかの方法を"
        "「開示請求」のページでご覧いただけます。"
        "足りなかったものがそろえば、もう一度請求できます。",
        "On your request (number {number}) we decided not to disclose. You can see why, and which other ways there are, on the "
        "page “Requests for a seller's information”. You may ask again once what was missing is there.",
    ),
)
SELLER_DISCLOSED = Template(
    code="disclosure.seller_disclosed",
    kind=NoticeKind.LEGAL,
    title=Text("お店の情報を開示しました", "Your information was disclosed"),
    body=Text(
        "法律（取引デジタルプラットフォーム消費者保護法）にもとづく開示請求（受付番号 {number}）について、"
        "購入者に次の項目を開示しました：{items}。購入者から連絡があったら、誠実にご対応ください。困ったことがあれば、相談窓口にお知らせください。",
        "On request {number} under the Act on Digital Platforms for Shopping the buyer was given: {items}. "
        "Please answer the buyer in good faith when it writes to you, and tell the centre if anything is wrong.",
    ),
)
SELLER_NOT_DISCLOSED = Template(
    code="disclosure.seller_not_disclosed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("お店の情報は開示しません", "Your information is not disclosed"),
    body=Text(
        "ご意見をうかがった開示請求（受付番号 {number}）は、開示しないと決めました。お返事は不要です。",
        "We decided not to disclose anything on request {number}, on which you were heard. There is nothing to do.",
    ),
)
WITHDRAWN = Template(
    code="disclosure.withdrawn",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求が取り下げられました", "The request for your information was withdrawn"),
    body=Text(
        "ご意見をうかがった開示請求（受付番号 {number}）は終わりました。お店の情報は開示していません。お返事は不要です。",
        "Request {number}, on which you were heard, is over. Nothing of yours was disclosed. There is nothing to do.",
    ),
)
NOT_COMPLETED = Template(
    code="disclosure.not_completed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("お願いしたものが届いていません", "What we asked you for has not come"),
    body=Text(
        "開示請求（受付番号 {number}）のために、お願いしたものが期限までに届きませんでした。"
        "このままでは開示しないと決めることがあります。"
        "いまからでも「開示請求」のページから送ってください。",
        "What we asked you for on your request (number {number}) did not come in time. It may be refused as it is. Please still "
        "send it on the page “Requests for a seller's information”.",
    ),
)
NOTED_WITHDRAWN = Template(
    code="disclosure.noted_withdrawn",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求の取り下げを記録しました", "We noted that your request was withdrawn"),
    body=Text(
        "書面などで届いた開示請求（受付番号 {number}）を、取り下げられたもの、または重なったものとして終えました。"
        "お心当たりがなければ、もう一度請求してください。",
        "The request that came by letter (number {number}) was ended as withdrawn, or as sent twice. If this is not so, please "
        "ask again.",
    ),
)
SELLER_GONE = Template(
    code="disclosure.seller_gone",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("開示請求を終えました", "Your request is over"),
    body=Text(
        "出品者の情報が消去されたため、開示請求（受付番号 {number}）を終えました。"
        "ほかの方法は「出品者の情報の開示請求」のページでご覧ください。",
        "The seller's information was erased, so that your request (number {number}) is over. Please see the page “Asking who a "
        "seller is” for other roads.",
    ),
)
INQUIRY_OVERDUE = Template(
    code="disclosure.inquiry_overdue",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("返事を待っている照会があります", "An inquiry waits for an answer"),
    body=Text(
        "照会（第{number}号）への返事が、期限を過ぎました。「照会」の画面を開いて進めてください。",
        "The answer to inquiry no. {number} is overdue. Please open the page “Inquiries” and go on with it.",
    ),
)
INQUIRY_TO_AGREE = Template(
    code="disclosure.inquiry_to_agree",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("照会への答えの提案を確かめてください", "What is proposed upon an inquiry"),
    body=Text(
        "照会（第{number}号）への答えの提案があります。提案した人とは別の人が、「照会」の画面を開いて確かめてください。",
        "An answer to inquiry no. {number} is proposed. Please open the page “Inquiries” and look at it, if it was not you who "
        "proposed it.",
    ),
)
JOMC_DUE = Template(
    code="disclosure.jomc_due",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("JOMCのページを見てください", "Please look at the page of JOMC"),
    body=Text(
        "JOMCのページを最後に見たのは{day}です。「JOMCのページ」の画面を開き、載っているものをいまの文と見比べて、記録してください。"
        "「取組みと実績」のページには、最後に見た日が出ています。",
        "The page of JOMC was last looked at on {day}. Please open “Page of JOMC”, compare what stands there with the text of "
        "now, and record it. The page of measures says when it was last looked at.",
    ),
)
EDITION_OUT = Template(
    code="disclosure.edition_out",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("公表版を出しました", "An edition was published"),
    body=Text(
        "取組みと実績の公表版（{half}、第{number}号）を公表しました。図のある報告（PDF、日本語と英語）は、だれでも読める「取組みと実績」のページから開けます。"
        "このお知らせを止めるには、設定「公表版を出したとき…」を変えてください。",
        "The edition of {half} (no. {number}) was published. Please open its report with pictures (PDF, Japanese and English) "
        "from the page “What we do, and how far”, which everybody may read. To stop this notice, change the setting on who is "
        "told when an edition is published.",
    ),
)
TEMPLATES = (
    EDITION_OUT,
    JOMC_DUE,
    INQUIRY_OVERDUE,
    INQUIRY_TO_AGREE,
    NOT_COMPLETED,
    NOTED_WITHDRAWN,
    SELLER_GONE,
    RECEIVED,
    MORE_NEEDED,
    VIEW_ASKED,
    OUTDATED_ASKED,
    TO_AGREE,
    OVERDUE,
    DISCLOSED,
    REFUSED,
    SELLER_DISCLOSED,
    SELLER_NOT_DISCLOSED,
    WITHDRAWN,
)
