"""What somebody has to do next with a case: a sentence for each thing that it asks for, and each way in which it waits."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.recovery import RecoveryState
from mamori.rooms.contact.lifecycle.remedy import RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TROUBLE
from mamori.rooms.contact.rules.standing import Matter

NEXT_ACTS = {
    "danger": Text(
        "危険の知らせがありました。購入者に電話し、けがや火を確かめ、使うのをやめて商品を残すよう伝えます。"
        "それから出品者に電話します。",
        "A danger was reported. Call the buyer: ask about injury and fire, and say to stop using the goods and to keep them. "
        "Then call the seller.",
    ),
    "answer-missed": Text(
        "出品者の回答がありません。仲介を担当し、出品者に連絡します。",
        "The seller has not answered. Take the mediation on and reach the seller.",
    ),
    "resolution-missed": Text(
        "期限までに解決しませんでした。立替返金を検討します。",
        "It was not solved in time. Consider a refund in the seller's place.",
    ),
    "promise-broken": Text(
        "約束が守られていません。もう一度電話します。", "A promise was broken. Call once more."
    ),
    "mediation-asked": Text(
        "仲介の担当者がいません。「自分の担当にする」を押し、解決を提案します。",
        "Nobody mediates yet. Make the case yours and propose a solution.",
    ),
    "proposal-ended": Text(
        "提案は合意になりませんでした。双方に聞き、別の提案をします。",
        "A proposal was not agreed to. Ask both sides and propose something else.",
    ),
    "reply-corrected": Text(
        "電話や手紙で伺った返事に聞き違いがありました。双方に連絡し、あらためて提案します。",
        "An answer by telephone or letter was misheard. Reach both sides and propose anew.",
    ),
    "agreement-missed": Text(
        "合意したことが済んだか分かりません。双方に確かめます。",
        "Nobody said that the agreement was kept. Ask both sides.",
    ),
    "order-cancelled": Text(
        "注文が取り消されました。代金が戻ったかを双方に確かめ、返金の手続きが重ならないようにします。",
        "The order was cancelled. Ask both sides whether the money went back, so that nothing is refunded twice.",
    ),
    "charged-back": Text(
        "カード会社が支払いを取り消し、合意や提案がなくなりました。商品を返すかなどと、出品者がすでに返金していないかを確かめます。",
        "The card company reversed the payment, so what was agreed or offered is off. See whether goods go back, and that the "
        "seller has not paid already.",
    ),
    "buyer-wrote": Text(
        "返金・返品を進めている間に、購入者が書き足しました。内容を確かめ、必要なら購入者に連絡します。",
        "The buyer wrote while the refund is under way. Look into it, and reach the buyer where needed.",
    ),
    "call-owed": Text("出品者に電話し、結果を記録します。", "Call the seller and record the outcome."),
    "call-overdue": Text(
        "架電が遅れています。すぐに電話し、結果を記録します。",
        "A call is overdue. Call at once and record the outcome.",
    ),
    "not-reached": Text(
        "何度電話してもつながりません。責任者が進め方を決めます。",
        "The seller does not answer. A lead decides how to go on.",
    ),
    "unreachable": Text(
        "出品者の連絡先を通販サイトに確かめます。", "Ask the marketplace how the seller can be reached."
    ),
}


MISSED_WHILE_MEDIATED = Text(
    "出品者の回答がありません。出品者に連絡し、双方に解決を提案します。",
    "The seller has not answered. Reach the seller and propose a solution to both sides.",
)
PROPOSE = Text("双方に聞き、解決を提案します。", "Ask both sides and propose a solution.")
REPLY_WAITS = Text("提案への返事を待っています。", "A proposal waits for a reply.")
AGREED = Text(
    "合意したことが行われるのを待っています。", "What was agreed is to be done; the clock is running."
)
ANSWER_WAITS = Text("出品者の回答を待っています。", "The seller's answer is awaited.")
BUYER_WAITS = Text(
    "出品者は回答しました。購入者の返事を待っています。",
    "The seller has answered; the buyer's word is awaited.",
)
OF_REMEDY = {
    RemedyState.ORDERED: Text("通販サイトの送り状を待っています。", "The marketplace's label is awaited."),
    RemedyState.LABELLED: Text("購入者が商品を送るのを待っています。", "The buyer is to send the goods."),
    RemedyState.SENT: Text("返品の到着を待っています。", "The goods are on their way back."),
    RemedyState.ARRIVED: Text("届いた商品を確かめます。", "Look at the goods that came back."),
    RemedyState.INSTRUCTED: Text(
        "通販サイトの返金の確認を待っています。", "The marketplace's confirmation of the refund is awaited."
    ),
}
OF_RECOVERY = {
    RecoveryState.HEARING: Text("出品者の意見を待っています。", "The seller's view is awaited."),
    RecoveryState.HEARD: Text("差し引くかどうかを決めます。", "Decide on the deduction."),
    RecoveryState.CLAIMED: Text(
        "通販サイトの差し引きの確認を待っています。",
        "The marketplace's confirmation of the deduction is awaited.",
    ),
}
WAITING = Text("通販サイトの確認を待っています。", "The marketplace's confirmation is awaited.")
"""What is left of a recovery that is over: money on its way back."""


DANGER_ALONE = Text(
    "困りごとは終わっていますが、危険の知らせが残っています。購入者に電話し、けがや火を確かめ、使うのをやめて商品を残すよう伝えます。",
    "The trouble has ended, and the danger still stands. Call the buyer: ask about injury and fire, and say to stop using the "
    "goods and to keep them.",
)


def next_act(
    attention: str, fallback: Text | None, matter: Matter, *, recovery: RecoveryState | None = None
) -> Text:
    """Say what is to be done next: what the case asks for, or where that is nothing, what it waits for as it stands."""
    if attention == "answer-missed" and matter.mediation is MediationState.TAKEN:
        return MISSED_WHILE_MEDIATED
    if attention == "danger" and matter.trouble in TROUBLE.ends:
        return DANGER_ALONE
    asked = NEXT_ACTS.get(attention) or fallback
    if asked is not None:
        return asked
    return OF_RECOVERY.get(recovery, WAITING) if recovery is not None else _standing(matter)


def _standing(matter: Matter) -> Text:
    if matter.remedy in OF_REMEDY:
        return OF_REMEDY[matter.remedy]
    if matter.offer is not None:
        return REPLY_WAITS if matter.offer.awaits else AGREED
    if matter.mediation is MediationState.OPEN:
        return NEXT_ACTS["mediation-asked"]
    if matter.mediation is MediationState.TAKEN:
        return PROPOSE
    return BUYER_WAITS if matter.thread is ThreadState.ANSWERED else ANSWER_WAITS
