"""What somebody has to do next with a case: one sentence for each thing that a case can ask for."""

from __future__ import annotations

from mamori.grammar.text import Text

WAITING = Text(
    "今することはありません。時計が動いています。", "There is nothing to do now; the clocks are running."
)
NEXT_ACTS = {
    "danger": Text(
        "危険の知らせがありました。けがや火のおそれを購入者に確かめ、使うのをやめて商品を残すよう伝え、出品者に電話します。",
        "A danger was reported. Ask the buyer about injury and fire, say to stop using the goods and to keep them, and call the "
        "seller.",
    ),
    "answer-missed": Text(
        "出品者の回答がありません。仲介を受け持ち、出品者に連絡します。",
        "The seller has not answered. Take the mediation on and reach the seller.",
    ),
    "resolution-missed": Text(
        "期限までに解決しませんでした。代わりの返金を検討します。",
        "It was not solved in time. Consider a refund in the seller's place.",
    ),
    "promise-broken": Text(
        "約束が守られていません。もう一度電話します。", "A promise was broken. Call once more."
    ),
    "mediation-asked": Text(
        "購入者が仲介を求めています。受け持って、解決を提案します。",
        "The buyer asks for help. Take the mediation on and propose a solution.",
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
        "出品者の連絡先を市場に確かめます。", "Ask the marketplace how the seller can be reached."
    ),
}


def next_act(attention: str, fallback: Text | None) -> Text:
    """Say what is to be done next; for what has no sentence of its own, what the case asks for."""
    return NEXT_ACTS.get(attention) or fallback or WAITING
