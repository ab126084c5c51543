"""What both sides are told while something is owed to the buyer: no silence ends it, so no sentence says so."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.rules.standing.told import (
    ANSWERED,
    BROKEN,
    CONFIRMING,
    DUE_TO_KEEP,
    PAID,
    STALLED,
    Matter,
    Standing,
    Turn,
)

_STAYS_OPEN = Text(
    "お返事がなくても、このやり取りは終わりません。", "This is not closed for want of a word from you."
)
_BROKEN_NOW = Text(
    "合意したことが、期限（{agreed}）を過ぎても済んでいません。",
    "What was agreed was due by {agreed} and has not been done.",
)

_BUYERS = {
    Owed.FAILED: Standing(
        Turn.CENTRE,
        STALLED,
        Text(
            "{amount}円の返金が決まりましたが、通販サイトの手続きがまだできていません。",
            "A refund of {amount} yen was decided, but the marketplace could not carry it out yet.",
        ),
        Text(
            "{decision}までに、窓口があらためて判断し、お知らせします。お待たせして申し訳ありません。",
            "The centre decides anew by {decision} and will tell you. We are sorry that you have to wait.",
        ),
    ),
    Owed.BROKEN: Standing(
        Turn.THEIRS,
        BROKEN,
        _BROKEN_NOW,
        Text(
            "出品者に連絡し、立替返金も検討しています（判断の期限：{decision}）。済んだときは「解決した」とお知らせください。",
            "We are contacting the seller and consider a refund in the seller's place (to be decided by {decision}). If it "
            "was done, please say “it is solved”.",
        ),
    ),
}
_BUYERS_ANSWERED = {
    Owed.FAILED: _BUYERS[Owed.FAILED],
    Owed.BROKEN: Standing(
        Turn.YOURS,
        BROKEN,
        Text(
            "合意したことの期限（{agreed}）のあとに、出品者が回答しました。解決しましたか。",
            "After what was agreed fell due ({agreed}), the seller has answered. Is it solved?",
        ),
        Text(
            "立替返金を、窓口が{decision}までに判断します。{stays}",
            "The centre decides on a refund in the seller's place by {decision}. {stays}",
        ).fill(decision="{decision}", stays=_STAYS_OPEN),
    ),
    Owed.DECISION: Standing(
        Turn.YOURS,
        ANSWERED,
        Text("出品者が回答しました。解決しましたか。", "The seller has answered. Is it solved?"),
        Text(
            "立替返金は、窓口が{decision}までに判断します。{stays}",
            "The centre decides on a refund in the seller's place by {decision}. {stays}",
        ).fill(decision="{decision}", stays=_STAYS_OPEN),
    ),
}

_BUYERS_PAID = Standing(
    Turn.YOURS,
    PAID,
    Text(
        "お金が戻ったと、通販サイトから連絡がありました。解決しましたか。",
        "The marketplace tells us that the money has gone back. Is it solved?",
    ),
    Text(
        "「解決していない」を選ぶと、出品者にもう一度対応を求めます。{silence}までお返事がないときは自動で終わります。",
        "If you choose “not solved”, the seller is asked to act again. If we do not hear from you by {silence}, this closes "
        "by itself.",
    ),
)
_SELLERS_PAID = Standing(
    Turn.THEIRS,
    CONFIRMING,
    Text(
        "お金が戻ったと、通販サイトから連絡がありました。",
        "The marketplace tells us that the money has gone back.",
    ),
    Text(
        "解決したかどうかを購入者が確かめています。{silence}までお返事がないときは自動で終わります。",
        "The buyer is checking whether it is solved. If the buyer does not reply by {silence}, this closes by itself.",
    ),
)

_CONSIDERED = Text(
    "運営者が立替返金を検討しています。まだ解決できるなら、今すぐ行い、お知らせください。",
    "The operator considers a refund in your place. If you can still solve it, please do so now and say so.",
)
_SELLERS = {Owed.BROKEN: Standing(Turn.YOURS, DUE_TO_KEEP, _BROKEN_NOW, _CONSIDERED)}
_SELLERS_ANSWERED = {
    Owed.BROKEN: Standing(Turn.CENTRE, BROKEN, _BROKEN_NOW, _CONSIDERED),
    Owed.FAILED: Standing(
        Turn.CENTRE,
        CONFIRMING,
        Text(
            "回答しました。運営者の返金は、通販サイトの手続きがまだできていません。",
            "You have answered. The operator's refund could not be carried out yet.",
        ),
        _CONSIDERED,
    ),
}


def buyers_owed(matter: Matter) -> Standing | None:
    """Return what the buyer is told of what is owed, or of what has just been paid; nothing where neither is so."""
    answered = matter.thread is ThreadState.ANSWERED
    return _told(matter, _BUYERS_ANSWERED if answered else _BUYERS, _BUYERS_PAID if answered else None)


def sellers_owed(matter: Matter) -> Standing | None:
    """Return the same for the seller."""
    answered = matter.thread is ThreadState.ANSWERED
    return _told(matter, _SELLERS_ANSWERED if answered else _SELLERS, _SELLERS_PAID if answered else None)


def _told(matter: Matter, owed: Mapping[Owed, Standing], paid: Standing | None) -> Standing | None:
    if matter.owed is not None:
        return owed.get(matter.owed)
    return paid if matter.paid and matter.awaits_buyer else None
