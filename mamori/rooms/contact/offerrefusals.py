"""What is said when a proposal cannot be made, replied to or withdrawn as asked."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class ProposalWaits(Refusal, code="proposal-waits", status=409):
    """Given when a solution is proposed while another waits for a reply or is being kept."""

    text = Text(
        "「{what}」という提案が進んでいます（{state}）。提案は一度に一つだけです。届いた提案には返事をし、"
        "ご自分の提案は取り下げてから、あらためて提案してください。",
        "The proposal “{what}” is under way ({state}), and there is only one at a time. Please reply to it first, or take it "
        "back if it is yours, and propose anew.",
    )


class CentresProposalWaits(Refusal, code="centres-proposal-waits", status=409):
    """Given when the centre proposes a solution while another waits for a reply or is being kept."""

    text = Text(
        "「{what}」という提案が進んでいます（{state}）。双方の返事を待つか、窓口の提案なら取り下げてから、あらためて提案してください。",
        "The proposal “{what}” is under way ({state}). Wait for the replies of both sides, or take it back first where it is the "
        "centre's own, and propose anew.",
    )


class OfferWouldBeLost(Refusal, code="offer-would-be-lost", status=409):
    """Given when the buyer would end a trouble, and with it a proposal that waits for a reply, without having said so."""

    text = Text(
        "「{what}」という提案が、返事を待っています。このまま終えると、この提案はなくなり、あとから受けられません。"
        "先に提案に返事をするか、提案がなくなってもよいことを選んでから終えてください。",
        "The proposal “{what}” waits for a reply. If you end this now, it is gone, and you cannot agree to it afterwards. "
        "Please reply to it first, or say that it may be lost.",
    )


class AlreadyAgreed(Refusal, code="already-agreed", status=409):
    """Given when a side replies to what it proposed or agreed to itself."""

    text = Text(
        "この提案には、すでに同意しています。相手の返事をお待ちください。",
        "You have agreed to this already. Please wait for the other side's reply.",
    )


class HelperMayNotDecide(Refusal, code="helper-may-not-decide", status=403):
    """Given when a helper answers a proposal without the buyer's consent to just that."""

    text = Text(
        "提案に返事をすることは、まだ頼まれていません。ご本人に返事をしてもらうか、ご本人のページで「提案への返事も任せる」を選んでもらってください。",
        "You were not asked to answer proposals. Please let the buyer answer, or choose on the own page that you may.",
    )


class ProposalNotYours(Refusal, code="proposal-not-yours", status=403):
    """Given when somebody withdraws a proposal of another side."""

    text = Text(
        "この提案は{who}のものです。取り下げられるのは提案した側だけです。断ることはできます。",
        "This was proposed by {who}, who alone can withdraw it. You can decline it.",
    )


class MoneyComesByCard(Refusal, code="money-comes-by-card", status=409):
    """Given when money would be promised that the card company gives back already."""

    text = Text(
        "カード会社が支払いを取り消したため、代金はカード会社から戻ります。二重になるので、お金を返す提案や同意はできません。"
        "返す商品や代わりの品など、お金のほかの解決をご検討ください。",
        "The card company has reversed the payment, so the money comes back from there. No refund can be proposed or agreed to "
        "on top of it. Please look for a solution without money.",
    )


class ProposedAmountOutOfRange(Refusal, code="proposed-amount-out-of-range", status=422):
    """Given when the yen of a proposal are outside what is left of the order."""

    text = Text(
        "金額を、注文の残り（{left}円）の範囲で入力してください。一部の返金は1円以上、残り未満です。"
        "全額の返金など、ほかの提案では金額の欄を空けてください。",
        "Please fill in an amount within what is left of the order ({left} yen): a part is at least 1 yen and less than that. "
        "For a full refund and anything else, leave the amount empty.",
    )
