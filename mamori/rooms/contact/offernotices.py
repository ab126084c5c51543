"""What the parties and the lead are told about proposed solutions: no word on who is right, no order, no fee."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.notices import transactional

PROPOSED = transactional(
    "proposed",
    Text("解決の提案が届きました", "A solution is proposed"),
    Text(
        "受付番号 {number}：{who}から提案があります。「{what}」。{due}までに、このページでお返事ください。"
        "受けても、断っても、別の提案をしてもかまいません。",
        "Case {number}: {who} proposes: “{what}”. Please reply on this page by {due}. You may agree, decline, or "
        "propose something else.",
    ),
)
OFFERED = transactional(
    "refund_offered",
    Text("出品者から返金の提案がありました", "The seller proposes a refund"),
    Text(
        "受付番号 {number}：{who}から返金の提案があります。「{what}」。"
        "{due}までに、このページで受けるか断るかをお選びください。受けると、その場で合意になります。返事をなさらなくても、解決の期限は変わりません。",
        "Case {number}: {who} proposes a refund: “{what}”. Please accept or decline on this page by {due}. If you accept, it is "
        "agreed at once. The time for a solution stays as it is either way.",
    ),
)
AGREED = transactional(
    "agreed",
    Text("解決の方法が決まりました", "You have agreed on a solution"),
    Text(
        "受付番号 {number}：購入者と出品者が合意しました。「{what}」。{due}までに行われる予定です。"
        "済んだら、このページでお知らせください。",
        "Case {number}: the buyer and the seller have agreed: “{what}”. It is to be done by {due}. Please say on this "
        "page when it is done.",
    ),
)
NOT_AGREED = transactional(
    "not_agreed",
    Text("提案は合意になりませんでした", "A proposal was not agreed to"),
    Text(
        "受付番号 {number}：「{what}」という提案は終わりました（{how}）。引き続き、窓口が解決をお手伝いします。",
        "Case {number}: the proposal “{what}” has ended ({how}). The centre helps on; you can propose something else.",
    ),
)
OFFER_ENDED = transactional(
    "offer_ended",
    Text("返金の提案は合意になりませんでした", "An offered refund was not agreed to"),
    Text(
        "受付番号 {number}：「{what}」という返金の提案は終わりました（{how}）。"
        "困りごとはそのまま続き、解決の期限は変わりません。このページでやり取りをお続けください。",
        "Case {number}: the offered refund “{what}” has ended ({how}). The trouble stays open, and the time for its solution "
        "stays as it is. Please go on writing on this page.",
    ),
)
OVERTAKEN = transactional(
    "overtaken",
    Text("提案は終わりました", "A proposal has come to an end"),
    Text(
        "受付番号 {number}：運営者が代わりに返金するため、「{what}」という提案は終わりました。提案にあったことは不要です。",
        "Case {number}: the operator refunds in the seller's place, so the proposal “{what}” has ended. You need not do "
        "what it said.",
    ),
)
AGREEMENT_MISSED = transactional(
    "agreement_missed",
    Text("合意したことの期限を過ぎました", "What was agreed is overdue"),
    Text(
        "受付番号 {number}：「{what}」の期限（{due}）を過ぎましたが、済んだという連絡がありません。"
        "済んだときは、このページでお知らせください。窓口は、出品者に代わる返金の検討を始めました。",
        "Case {number}: “{what}” was due by {due}, and nobody has said that it was done. If it was, please say so on this "
        "page. The centre has begun to consider a refund in the seller's place.",
    ),
)

PAID_BUYER = transactional(
    "paid_buyer",
    Text("合意した返金を確認しました", "The agreed refund has been made"),
    Text(
        "受付番号 {number}：「{what}」の返金が済んだと、通販サイトから連絡がありました。"
        "解決したかどうかを{until}までにお知らせください。"
        "ご連絡がないときは、このやり取りを終えます。",
        "Case {number}: the marketplace tells us that the refund of “{what}” has been made. Please tell us by {until} "
        "whether this solves the matter. If we do not hear from you, we will close it.",
    ),
)
PAID_MEANWHILE = transactional(
    "paid_meanwhile",
    Text("合意した返金を確認しました", "The agreed refund has been made"),
    Text(
        "受付番号 {number}：「{what}」の返金が済んだと、通販サイトから連絡がありました。解決したときは、お知らせください。",
        "Case {number}: the marketplace tells us that the refund of “{what}” has been made. Please tell us if this solves the "
        "matter.",
    ),
)
PAID_SELLER = transactional(
    "paid_seller",
    Text("合意した返金を確認しました", "Your refund has been noted"),
    Text(
        "受付番号 {number}：「{what}」の返金を確認しました。解決したかどうかを、購入者に尋ねています。ご対応は不要です。",
        "Case {number}: the refund of “{what}” has been noted. The buyer is asked whether this solves the matter. You need "
        "not do anything.",
    ),
)

HELPER_REPLIED = transactional(
    "helper_replied",
    Text("頼まれた人が、提案に返事をしました", "Whoever helps you has replied to a proposal"),
    Text(
        "受付番号 {number}：お手伝いを頼んだ人が、あなたに代わって返事をしました。提案「{what}」への返事は「{reply}」です。"
        "この人に任せるのをやめるときは、「家族などに手伝ってもらう」のページか、お電話でお知らせください。",
        "Case {number}: whoever you let help has replied for you. To the proposal “{what}” the reply is: {reply}. To let this "
        "person reply no more, please use the page “Let somebody help you”, or call us.",
    ),
)
DECIDING_LET = transactional(
    "deciding_let",
    Text("提案への返事を任せました", "You have let somebody reply to proposals"),
    Text(
        "受付番号 {number}：お電話で伺い、お手伝いを頼んだ人が解決の提案に返事をできるようにしました。"
        "返事があるたびにお知らせします。いつでもやめられます。お心当たりがないときは、すぐに相談窓口へお知らせください。",
        "Case {number}: as you told us by telephone, whoever you let help may now reply to proposed solutions for you. You are "
        "told of each reply, and can end this at any time. If this was not you, please tell the centre at once.",
    ),
)
DECIDING_ENDED = transactional(
    "deciding_ended",
    Text("提案への返事を任せるのをやめました", "Nobody replies to proposals for you any more"),
    Text(
        "受付番号 {number}：お電話で伺い、お手伝いを頼んだ人に提案への返事を任せるのをやめました。"
        "お心当たりがないときは、すぐに相談窓口へお知らせください。",
        "Case {number}: as you told us by telephone, whoever you let help replies to proposals for you no more. If this was "
        "not you, please tell the centre at once.",
    ),
)
FOLLOWS = {
    ProposalState.ACCEPTED: Text(
        "双方の合意になりました。行う期限は{due}です。遅くともそれまでに、決まったことが行われる前なら、"
        "このページの「聞き違いだと伝える」か、お電話で、合意を取り消せます。",
        "It is agreed, and is to be done by {due}. By then at the latest, before it is done, the agreement can be undone on this "
        "page (“Say that it was misheard”) or by telephone.",
    ),
    ProposalState.OFFERED: Text(
        "もう一方の返事を待っています（{due}まで）。決まったことが行われる前なら、このページの「聞き違いだと伝える」か、お電話で、"
        "このお返事を取り消せます。",
        "The other side's answer is awaited until {due}. Before what is agreed on is done, your answer can be undone on this "
        "page (“Say that it was misheard”) or by telephone.",
    ),
    ProposalState.DECLINED: Text(
        "この提案は終わりました。違っていたときは、窓口があらためて提案します。",
        "This proposal has ended. If that is wrong, the centre proposes anew.",
    ),
}
REPLY_TAKEN = transactional(
    "reply_taken",
    Text("伺ったお返事を記録しました", "We have written down your answer"),
    Text(
        "受付番号 {number}：提案「{what}」への、{channel}でのお返事は「{reply}」です。{follows}"
        "聞き違いのときや、お心当たりのないときは、このやり取りのページか、お電話で、すぐにお知らせください。",
        "Case {number}: your answer {channel} to the proposal “{what}” is: {reply}. {follows} If we misheard you, or it was not "
        "you, please tell us at once, on the page of this conversation or by telephone.",
    ),
)
MISHEARD = transactional(
    "misheard",
    Text("聞き違いのため、返事を取り消しました", "An answer was misheard and is undone"),
    Text(
        "受付番号 {number}：{who}から、窓口が伺った返事に聞き違いがあったと知らせがありました。「{what}」は取り消されました。"
        "この提案にあったことは、行わないでください。窓口の担当者があらためてご連絡します。",
        "Case {number}: {who} tells us that the centre misheard the answer. “{what}” is undone. Please do not do what it said. "
        "Somebody of the centre will be in touch.",
    ),
)

TEMPLATES = (
    PROPOSED,
    OFFERED,
    AGREED,
    NOT_AGREED,
    OFFER_ENDED,
    OVERTAKEN,
    AGREEMENT_MISSED,
    PAID_BUYER,
    PAID_MEANWHILE,
    PAID_SELLER,
    HELPER_REPLIED,
    DECIDING_LET,
    DECIDING_ENDED,
    REPLY_TAKEN,
    MISHEARD,
)
