"""What sellers, those who reported, those who are asked and staff are told; never anybody's own words."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

# What sellers, those who reported and staff are told of findings and measures; never anybody's own words.


def _legal(code: str, title: Text, body: Text, *, on_paper: bool = False) -> Template:
    return Template(
        code=f"enforcement.{code}", kind=NoticeKind.LEGAL, title=title, body=body, on_paper=on_paper
    )


def _transactional(code: str, title: Text, body: Text) -> Template:
    return Template(code=f"enforcement.{code}", kind=NoticeKind.TRANSACTIONAL, title=title, body=body)


HEARING = _legal(
    "hearing",
    Text("「{breach}」についてご意見をお聞かせください", "Please give your view: {breach}"),
    Text(
        "受付番号 {number}：「{breach}」の疑いがあり、確かめています。まだ何も決めていません。"
        "規約によるお尋ねです。このページで内容をお読みになり、{due}までにご意見をお寄せください。"
        "直されたときは、それもお知らせください。",
        "Case {number}: we are looking into this: {breach}. Nothing has been decided. Please read on this page what it is "
        "about and give your view by {due}, as our terms let you. If you have put it right, please say so.",
    ),
    on_paper=True,
)
EVIDENCE_ADDED = _transactional(
    "evidence_added",
    Text("証拠のファイルが加わりました：{breach}", "A file was added to the evidence: {breach}"),
    Text(
        "受付番号 {number}：「{breach}」について、証拠のファイルが加わりました。このページでご覧になり、ご意見にお使いください。",
        "Case {number}: a file was added to the evidence on “{breach}”. Please look at it here before you give your view.",
    ),
)
HIDDEN = _legal(
    "hidden_provisionally",
    Text("商品を暫定的に非表示にしました：{listing}", "A listing was provisionally hidden: {listing}"),
    Text(
        "受付番号 {number}：「{breach}」の疑いがあり、人に危険が及ぶおそれがあるため、商品 {listing} を暫定的に見えなくしました"
        "（根拠：{basis}）。まだ何も決めておらず、点数も付いていません。理由はこのページにあります。"
        "ご意見や異議は、{speak}このページからお寄せください。責任者か法務担当が確かめ、ご意見を読んでから、人が判断します。",
        "Case {number}: there may be a breach (“{breach}”) and people may come to harm, so listing {listing} is provisionally "
        "hidden (ground: {basis}). Nothing has been decided, and no points are given. Why is on this page. Please give your "
        "view, or object, there {speak}. A lead or counsel looks at it, and a person decides after reading your view.",
    ),
    on_paper=True,
)
HIDING_STAYS = _transactional(
    "hiding_stays",
    Text("暫定非表示を続けます：{breach}", "The listing stays provisionally hidden: {breach}"),
    Text(
        "受付番号 {number}：責任者か法務担当が確かめ、判断が出るまで商品の暫定非表示を続けることにしました。"
        "まだ何も決めておらず、点数も付いていません。ご意見や異議は、判断が出るまでこのページからお寄せください。",
        "Case {number}: a lead or counsel looked at it, and the listing stays provisionally hidden until the decision. Nothing "
        "has been decided, and no points are given. Until then please give your view, or object, on this page.",
    ),
)
HIDING_ENDED = _transactional(
    "hiding_ended",
    Text("暫定非表示を解きました：{breach}", "The listing is hidden no longer: {breach}"),
    Text(
        "受付番号 {number}：商品の暫定非表示を解きました（{because}）。商品が表示に戻っていないときは、お知らせください。",
        "Case {number}: the listing is provisionally hidden no longer ({because}). If it is not shown again, please tell us.",
    ),
)
HIDING_WAITS = _transactional(
    "hiding_waits",
    Text("暫定非表示を確かめてください", "A provisional hiding waits for your look"),
    Text(
        "受付番号 {number}：「{breach}」の疑いで、商品 {listing} を暫定的に非表示にしています。"
        "続けるか解くかを、責任者か法務担当が確かめてください。確かめるまで、くり返しお知らせし、商品は見えないままです。",
        "Case {number}: because of “{breach}” listing {listing} is provisionally hidden. A lead or counsel has to let it stand "
        "or lift it. Until then you are told again and again, and it stays hidden.",
    ),
)
HIDING_UNDECIDED = _transactional(
    "hiding_undecided",
    Text("暫定非表示にした件の判断がまだです", "What is provisionally hidden is not decided yet"),
    Text(
        "受付番号 {number}：「{breach}」の件は、出品者の意見の期限を過ぎても判断がなく、商品 {listing} が見えないままです。"
        "判断してください。判断が出るまで毎日お知らせします。",
        "Case {number}: the time for the seller's view on “{breach}” is over, nothing is decided, and listing {listing} is still "
        "hidden. Please decide. You are told every day until then.",
    ),
)
OBJECTED = _transactional(
    "hiding_objected",
    Text("暫定非表示の出品者から意見が届きました", "The seller of a hidden listing gave its view"),
    Text(
        "受付番号 {number}：「{breach}」の疑いで商品を暫定的に非表示にした出品者から、意見や異議が届きました。"
        "読んで、判断してください。",
        "Case {number}: the seller whose listing is provisionally hidden because of “{breach}” gave its view or objects. Please "
        "read it and decide.",
    ),
)
HASTENED = _transactional(
    "hastened",
    Text("ご意見を待たずに判断します：{breach}", "A decision is made without waiting: {breach}"),
    Text(
        "受付番号 {number}：「{breach}」について、{because}、ご意見の期限を待たずに判断します。"
        "ご意見は、今からでもこのページからお寄せください。担当者が読みます。",
        "Case {number}: on “{breach}” the decision does not wait until the time for your view is over, because {because}. "
        "Please give your view on this page all the same; a person reads it.",
    ),
)
VIEW_GIVEN = _transactional(
    "view_given",
    Text("先に聴かなかった出品者から意見が届きました", "A seller who was not heard first gave its view"),
    Text(
        "受付番号 {number}：「{breach}」について意見が届きました。読んで、このままでよいかを確かめてください。",
        "Case {number}: a view on “{breach}” has come. Please read it and see whether everything can stay as it is.",
    ),
)
DECIDED = _legal(
    "decided",
    Text("措置のお知らせ：{measure}", "A measure: {measure}"),
    Text(
        "受付番号 {number}：「{breach}」について、{clause}により「{measure}」を行います。開始：{starts}。終了：{ends}。"
        "規約と理由の全文はこのページでお読みください。異議は{appeal}までお申し出いただけます。",
        "Case {number}: because of “{breach}”, under {clause}: {measure}. It begins: {starts}. It ends: {ends}. All reasons, "
        "what to do, and how to appeal are on this page. You can appeal until {appeal}.",
    ),
    on_paper=True,
)
DECIDED_AT_ONCE = _legal(
    "decided_at_once",
    Text("予告なしで始めた措置のお知らせ：{measure}", "A measure that began without notice: {measure}"),
    Text(
        "受付番号 {number}：「{breach}」について、{clause}により「{measure}」を始めました。ふだんは{days}日前にお知らせしますが、"
        "規約に挙げた事情（{once}）があるため、始めてからお知らせします。開始：{starts}。終了：{ends}。"
        "理由の全文と、異議の申出（{appeal}まで）はこのページです。",
        "Case {number}: because of “{breach}”, under {clause}, this has begun: {measure}. Usually you are told {days} days "
        "ahead. As our terms let us where there is this ground ({once}), you are told now, after it began. Begun: {starts}. "
        "Ends: {ends}. All reasons are on this page; you can appeal there until {appeal}.",
    ),
    on_paper=True,
)
TOOK_EFFECT = _legal(
    "took_effect",
    Text("予告した措置が始まりました：{measure}", "The announced measure has begun: {measure}"),
    Text(
        "受付番号 {number}：お知らせしていた「{measure}」を、「{breach}」について、{clause}により始めました。"
        "開始：{starts}。終了：{ends}。理由と規約はこのページで、異議も{appeal}まで同じページからお申し出いただけます。",
        "Case {number}: the measure that was announced, “{measure}”, has begun because of “{breach}”, under {clause}. Begun: "
        "{starts}. Ends: {ends}. The reasons and the terms are on this page; you can appeal there until {appeal}.",
    ),
    on_paper=True,
)
ANNOUNCED_ANEW = _legal(
    "announced_anew",
    Text("予告した措置が始まる日：{starts}（{measure}）", "The announced measure begins {starts}: {measure}"),
    Text(
        "受付番号 {number}：異議の見直しが終わりました。お知らせしていた「{measure}」は、「{breach}」について、{clause}により"
        "{starts}に始まります。それまでは始まりません。終了：{ends}。理由と規約、異議については、このページでお読みください。",
        "Case {number}: the review of your appeal is over. The measure that was announced, “{measure}”, because of “{breach}”, "
        "under {clause}, begins {starts} and not before. Ends: {ends}. Please read the reasons, the terms and about appeals "
        "on this page.",
    ),
    on_paper=True,
)
ENDED = _transactional(
    "ended",
    Text("措置が終わりました：{measure}", "The measure is over: {measure}"),
    Text(
        "受付番号 {number}：「{measure}」は終わりました（{because}）。もとどおりになっていないときは、お知らせください。",
        "Case {number}: “{measure}” is over ({because}). If something is not as it was before, please tell us.",
    ),
)
REVERSED = _legal(
    "reversed",
    Text("措置を取り消しました：{measure}", "The measure was reversed: {measure}"),
    Text(
        "受付番号 {number}：「{measure}」を取り消しました（{because}）。"
        "規約による点数も取り消しました。ご迷惑をおかけしました。ご対応は不要です。",
        "Case {number}: “{measure}” was reversed ({because}), and so were i"
        "ts points under the terms. We are sorry. You need not do anything.",
    ),
)
DISMISSED = _transactional(
    "dismissed",
    Text("確認が終わりました：措置はありません", "We have looked: there is no measure"),
    Text(
        "受付番号 {number}：「{breach}」について確かめた結果、措"
        "置は行いません（{because}）。点数も付きません。ご対応は不要です。",
        "Case {number}: we looked into “{breach}”, and there is no m"
        "easure ({because}) and no points. You need not do anything.",
    ),
)
REPORTER_TOLD = _transactional(
    "reporter_told",
    Text("お知らせいただいた件の確認が終わりました", "We have looked into what you told us"),
    Text(
        "受付番号 {number}：{outcome} 個々の出品者への対応の内容はお伝えしていません。"
        "ご対応は不要です。ご協力ありがとうございました。",
        "Case {number}: {outcome} What exactly is done about a seller is not told. "
        "You need not do anything. Thank you for your help.",
    ),
)
ACTED = Text("運営者の定めにより必要な対応をとりました。", "What our rules ask for was done.")
NOT_ACTED = Text("定めへの違反は確かめられませんでした。", "No breach of our rules was established.")
PUT_RIGHT = Text("お知らせいただいた点は、すでに直っています。", "What you told us of has been put right.")
OVERDUE = _transactional(
    "overdue",
    Text("判断が遅れています", "A decision is overdue"),
    Text(
        "受付番号 {number}：「{breach}」への判断の期限を過ぎました。判断してください。",
        "Case {number}: “{breach}” was to be decided on by now. Please decide.",
    ),
)
TO_APPROVE = _transactional(
    "to_approve",
    Text("措置の承認をお願いします", "A measure waits for a second person"),
    Text(
        "受付番号 {number}：「{measure}」が提案されました。提案した人とは別の責任者か法務担当が、承認するかを決めてください。",
        "Case {number}: “{measure}” was proposed. A lead or counsel other than who proposed it has to decide.",
    ),
)
UNCONFIRMED = _transactional(
    "unconfirmed",
    Text("通販サイトが措置を確認していません", "The marketplace has not confirmed a measure"),
    Text(
        "受付番号 {number}：「{measure}」の実施または解除の指示"
        "に、まだ確認がありません（{times}回目）。通販サイトに確かめてください。",
        "Case {number}: an order about “{measure}” is not confirmed yet (given {times} times). Please ask the marketplace.",
    ),
)
NOT_CARRIED_OUT = _transactional(
    "not_carried_out",
    Text("通販サイトが措置を実行できませんでした", "The marketplace could not carry out a measure"),
    Text(
        "受付番号 {number}：「{measure}」の実施または解除を、通販サイトが実行できないと答えました。どうするかを決めてください。",
        "Case {number}: the marketplace answered that it cannot carry out or lift “{measure}”. Please decide what to do.",
    ),
)
TO_REVIEW = _transactional(
    "to_review",
    Text("措置の見直しの日です", "A measure is to be reviewed"),
    Text(
        "受付番号 {number}：「{measure}」を続ける必要があるかを見直してください。",
        "Case {number}: does “{measure}” still have to stand?",
    ),
)
REMINDED = _transactional(
    "reminded",
    Text("期限を過ぎました：{what}", "Overdue: {what}"),
    Text(
        "受付番号 {number}：「{breach}」の件で、「{what}」の期限を過ぎました。案件を開いてください。",
        "Case {number}, “{breach}”: {what} is overdue. Please open the case.",
    ),
)
CURE_SAID = _transactional(
    "cure_said",
    Text("出品者が「直した」と知らせました", "A seller says that it has been put right"),
    Text(
        "受付番号 {number}：「{breach}」を直したとのことです。確かめてください。",
        "Case {number}: “{breach}” is said to be put right. Please look.",
    ),
)
PHOTO_ASKED = _transactional(
    "photo_asked",
    Text("直した商品ページの写真をお送りください：{breach}", "Please send a photograph: {breach}"),
    Text(
        "受付番号 {number}：「{breach}」を直したとのご連絡を、ありがとうございます。確かめるため、直した商品ページの写真を、"
        "{due}までにお送りください。何が写っていればよいかは、このページでお読みいただけます。お送りも、このページからお願いいたします。",
        "Case {number}: thank you for telling us that “{breach}” was put right. So that we can see it, please send a photograph "
        "of the corrected listing by {due}. What it has to show is on this page, and you can send it from there.",
    ),
)
NOT_CURED = _transactional(
    "not_cured",
    Text("確かめましたが、まだ直っていません：{breach}", "We looked: it is not put right yet: {breach}"),
    Text(
        "受付番号 {number}：「{breach}」について、直したとのご連絡を受けて確かめましたが、まだ直っていません。"
        "何がまだ直っていないかをこのページで読み、直したら、もう一度お知らせください。",
        "Case {number}: you told us that “{breach}” was put right. We looked, and it is not yet. Please read on this page "
        "what is missing, put it right, and tell us again.",
    ),
)

OF_FINDINGS = (
    HEARING,
    HIDDEN,
    HIDING_STAYS,
    HIDING_ENDED,
    HIDING_WAITS,
    HIDING_UNDECIDED,
    OBJECTED,
    EVIDENCE_ADDED,
    HASTENED,
    VIEW_GIVEN,
    DECIDED,
    DECIDED_AT_ONCE,
    TOOK_EFFECT,
    ANNOUNCED_ANEW,
    ENDED,
    REVERSED,
    DISMISSED,
    REPORTER_TOLD,
    OVERDUE,
    TO_APPROVE,
    UNCONFIRMED,
    NOT_CARRIED_OUT,
    TO_REVIEW,
    REMINDED,
    CURE_SAID,
    PHOTO_ASKED,
    NOT_CURED,
)


# What is told of appeals: that one arrived, that more is asked, the outcome; never anybody's words.


RECEIVED = _legal(
    "appeal_received",
    Text("異議の申出を受け付けました", "We have your appeal"),
    Text(
        "受付番号 {number}：決めた人とは別の人が見直し、{due}までに理由を添えてお答えします。"
        "規約による見直しで、費用はかかりません。このページで書き足すことができます。",
        "Case {number}: somebody else than who decided reviews it and answers with reasons by {due}. Our "
        "terms give you this, free of charge. You can add to it on this page.",
    ),
)
TO_TAKE = _transactional(
    "appeal_to_take",
    Text("異議の申出が届きました", "An appeal was received"),
    Text(
        "受付番号 {number}：この件にかかわっていない責任者か法務担当が、見直しを担当してください。",
        "Case {number}: a lead or counsel who took no part in the matter has to take the review.",
    ),
)
TO_INVITE = _transactional(
    "appeal_to_invite",
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
ASKED = _legal(
    "appeal_asked",
    Text("異議の申出について追加のお願い", "Your appeal: please add something"),
    Text(
        "受付番号 {number}：規約による見直しのために、このページの質"
        "問に{due}までにお答えください。お答えがなくても見直しは進めます。",
        "Case {number}: please answer the question on this page by {due}. The review under the terms goes on also without it.",
    ),
)
REPLIED = _transactional(
    "appeal_replied",
    Text("異議の申出に返事があります", "There is a reply to your appeal"),
    Text("受付番号 {number}：このページでお読みください。", "Case {number}: please read it on this page."),
)
APPEAL_ENDED = _legal(
    "appeal_ended",
    Text("異議の申出への結論：{outcome}", "Your appeal: {outcome}"),
    Text(
        "受付番号 {number}：{outcome}。規約と理由の全文、これからどうなるかを、このページでお読みください。",
        "Case {number}: {outcome}. Please read on this page all reasons, the terms, and what happens next.",
    ),
    on_paper=True,
)
APPEAL_OVERDUE = _transactional(
    "appeal_overdue",
    Text("異議の見直しが遅れています", "A review is overdue"),
    Text(
        "受付番号 {number}：結論の期限を過ぎました。結論を出してください。",
        "Case {number}: its decision is overdue. Please decide.",
    ),
)
LATE = _legal(
    "appeal_late",
    Text("異議の見直しに時間がかかっています", "The review of your appeal takes longer"),
    Text(
        "受付番号 {number}：お約束の期限までに結論を出せませんでした。申し訳ありません。"
        "規約による見直しは続けています。そのままお待ちください。",
        "Case {number}: we could not decide by the promised moment. "
        "We are sorry; the review under the terms goes on, and we will answer.",
    ),
)
APPEAL_REVERSED = _legal(
    "appeal_reversed",
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
NOT_DEDUCTED = _legal(
    "appeal_not_deducted",
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
OF_APPEALS = (
    RECEIVED,
    TO_TAKE,
    TO_INVITE,
    ASKED,
    REPLIED,
    APPEAL_ENDED,
    APPEAL_OVERDUE,
    LATE,
    APPEAL_REVERSED,
    NOT_DEDUCTED,
)


# What leads, counsel and sellers are told of a change of policy.


PROPOSED = _transactional(
    "policy_proposed",
    Text("措置の基準の改定に承認が必要です", "A change of policy waits for approval"),
    Text(
        "措置の基準（第{number}版）の改定案に、作った人とは別の責任者か法務担当の承認が必要です。「基準」のページで変わる点を確かめ、承認するか戻してください。",
        "Version {number} of the policy needs the approval of another lead or counsel. Please look at what changes on the page "
        "“Policy”, and approve it or send it back.",
    ),
)
LAPSED = _transactional(
    "policy_lapsed",
    Text("措置の基準の改定案を下書きに戻しました", "A change of policy went back to draft"),
    Text(
        "措置の基準（第{number}版）の改定案は、期限までに承認されなかったため下書きに戻りました。必要なら「基準」のページでもう一度承認を求めてください。",
        "Nobody approved version {number} of the policy in time, so it is a draft again. If it is still wanted, please propose "
        "it again on the page “Policy”.",
    ),
)
BEGUN = _transactional(
    "policy_begun",
    Text("措置の基準の新しい版が始まりました", "A new version of the policy is in force"),
    Text(
        "措置の基準（第{number}版）が実施されました。これからの判断はこの版によります。「基準」のページでご確認ください。",
        "Version {number} of the policy is in force: decisions rest on it from now on. Please see the page “Policy”.",
    ),
)
TOLD = _transactional(
    "policy_told",
    Text("違反への措置の基準が変わります", "The policy on breaches will change"),
    Text(
        "{day}から、違反への措置の基準が新しくなります（第{number}版）。それまでは、いまの基準が続きます。変わるところ：{what}。"
        "窓口のページの下にある「違反への措置の基準」で、新しい表をお読みください。",
        "From {day} on, version {number} of the policy on breaches is in force; the present one goes on until then. "
        "What changes: {what}. Please read the new table under “How breaches are answered” at the foot of our pages.",
    ),
)
TOLD_SOON = _transactional(
    "policy_told_soon",
    Text("違反への措置の基準がまもなく変わります", "The policy on breaches will change soon"),
    Text(
        "{day}から、違反への措置の基準が新しくなります（第{number}版）。ふつうの予告期間を置かない理由：{why}。"
        "変わるところ：{what}。"
        "窓口のページの下にある「違反への措置の基準」で、新しい表をお読みください。",
        "From {day} on, version {number} of the policy on breaches is in force. Why without the usual notice: {why}. "
        "What changes: {what}. Please read the new table under “How breaches are answered” at the foot of our pages.",
    ),
)
CALLED_OFF = _transactional(
    "policy_called_off",
    Text("違反への措置の基準の変更を取りやめました", "The policy on breaches does not change after all"),
    Text(
        "お知らせした基準の変更（第{number}版、{day}から）は取りやめました。いまの基準がそのまま続きます。"
        "窓口のページの下にある「違反への措置の基準」でご確認ください。",
        "Version {number} of the policy on breaches, announced for {day}, was given up; the present one goes on. Please see “How "
        "breaches are answered” at the foot of our pages.",
    ),
)

OF_POLICY = (PROPOSED, LAPSED, BEGUN, TOLD, TOLD_SOON, CALLED_OFF)


# What whoever is asked, and staff, are told of clarifications; the words of question and answer are on the page alone.


CLARIFY_SELLER = _transactional(
    "clarify_seller",
    Text("事実を確かめさせてください", "The marketplace asks you something"),
    Text(
        "{what}について、確かめたいことがあります（事実確認 {number}）。まだ何も決めていません。"
        "{due}までに、「事実確認への返答」のページでお答えください。期限までにご返答がないときは、次のように扱います。{silence}",
        "We would like to know something about {what} (clarification {number}). Nothing is decided yet. Please answer on the "
        "page “Clarifications” by {due}. Where no answer comes by then: {silence}",
    ),
)
CLARIFY = _transactional(
    "clarify",
    Text("通販サイトの運営者からの事実確認", "A marketplace asks you something"),
    Text(
        "{what}について、確かめたいことがあります（事実確認 {number}）。まだ何も決めていません。"
        "次のページで内容をご覧になり、{due}までにお答えください。登録は要りません。 {page} "
        "期限までにご返答がないときは、次のように扱います。{silence}",
        "We would like to know something about {what} (clarification {number}). Nothing is decided yet. Please read and "
        "answer it on this page by {due}; no account is needed: {page} Where no answer comes by then: {silence}",
    ),
)
REMIND_SELLER = _transactional(
    "clarify_seller_again",
    Text("事実確認へのご返答をお待ちしています", "We still wait for your answer"),
    Text(
        "事実確認 {number} への返答がまだ届いていません。{due}までに、「事実確認への返答」のページでお答えください。",
        "Clarification {number} is not answered yet. Please answer it on the page “Clarifications” by {due}.",
    ),
)
REMIND = _transactional(
    "clarify_again",
    Text("事実確認へのご返答をお待ちしています", "We still wait for your answer"),
    Text(
        "事実確認 {number} への返答がまだ届いていません。次のページで、{due}までにお答えください。 {page}",
        "Clarification {number} is not answered yet. Please answer it on this page by {due}: {page}",
    ),
)
BY_HAND = _transactional(
    "clarify_by_hand",
    Text(
        "事実確認の相手に、電話か手紙で伝えてください", "Please tell whoever was asked by telephone or letter"
    ),
    Text(
        "事実確認 {number} の相手にはメールで知らせられません。「事実確認」のページで状態を見て、"
        "催促か取りやめを、電話か手紙で伝えてください。",
        "Whoever is asked in clarification {number} cannot be told by mail. Please see how it stands on the page "
        "“Clarifications”, and remind them, or say that it is withdrawn, by telephone or letter.",
    ),
)
ANSWERED = _transactional(
    "clarified",
    Text("事実確認への返答が届きました", "A clarification was answered"),
    Text(
        "事実確認 {number} に返答がありました。「事実確認」のページで読み、もとの件を進めてください。",
        "Clarification {number} was answered. Please read it on the page “Clarifications” and go on with its matter.",
    ),
)
SILENT = _transactional(
    "not_clarified",
    Text("事実確認に返答がありませんでした", "A clarification was not answered"),
    Text(
        "事実確認 {number} に期限までの返答がありませんでした。{silence} もとの件を進めてください。",
        "Clarification {number} was not answered in time. {silence} Please go on with its matter.",
    ),
)
WITHDRAWN = _transactional(
    "clarify_over",
    Text("事実確認を取りやめました", "We ask no more"),
    Text(
        "事実確認 {number} を取りやめました。お答えいただく必要はありません。またお尋ねするときは、あらためてお知らせします。",
        "Clarification {number} is withdrawn. You need not answer it. Should we have to ask again, we will tell you.",
    ),
)
OF_CLARIFICATIONS = (CLARIFY_SELLER, CLARIFY, REMIND_SELLER, REMIND, BY_HAND, ANSWERED, SILENT, WITHDRAWN)


TEMPLATES = (*OF_FINDINGS, *OF_APPEALS, *OF_POLICY, *OF_CLARIFICATIONS)
