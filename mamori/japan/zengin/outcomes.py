"""What may become of a payment that was ordered, and why a bank could not carry it out, in the words of banks."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


class Outcome(StrEnum):
    """What became of one payment."""

    PAID = "paid"
    REFUSED = "refused"
    RETURNED = "returned"

    @property
    def text(self) -> Text:
        """Return it in the words of banks."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.PAID: Text("入金", "paid"),
    Outcome.REFUSED: Text("振込不能", "could not be paid"),
    Outcome.RETURNED: Text("組戻", "called back and returned"),
}


class Why(StrEnum):
    """Why it was not paid, as far as it is one of the reasons that banks usually give."""

    NO_ACCOUNT = "no-account"
    NAME_DIFFERS = "name-differs"
    CLOSED = "closed"
    STOPPED = "stopped"
    RECALLED = "recalled"
    OTHER = "other"


NEXT: dict[Why, tuple[Text, Text]] = {
    Why.NO_ACCOUNT: (
        Text("該当する口座なし", "no such account"),
        Text(
            "口座番号を通帳で確かめてもらってください。",
            "Ask the seller to compare the number with the passbook.",
        ),
    ),
    Why.NAME_DIFFERS: (
        Text("名義相違", "the name differs"),
        Text(
            "口座名義を通帳のとおりに直してもらい、名前を確かめ直すまで払わないでください。",
            "Ask for the holder's name as in the passbook, and pay only once the names have been compared again.",
        ),
    ),
    Why.CLOSED: (
        Text("解約済み", "the account is closed"),
        Text("別の口座を登録してもらってください。", "Ask the seller to register another account."),
    ),
    Why.STOPPED: (
        Text("入金停止", "nothing may be paid in"),
        Text(
            "口座が止められています。払い直す前に、法務担当に相談してください。",
            "The account is stopped. Please ask counsel before paying again.",
        ),
    ),
    Why.RECALLED: (
        Text("依頼による組戻", "called back by who ordered it"),
        Text(
            "こちらから頼んだ組戻です。元の理由を確かめてください。", "We asked for it. Please look at why."
        ),
    ),
    Why.OTHER: (
        Text("その他", "other"),
        Text("理由を銀行に確かめてください。", "Please ask the bank for the reason."),
    ),
}
"""What each reason is called, and what to do next."""
OUTCOME_SAID = {said: one for one, text in _OUTCOMES.items() for said in (one.value, text.ja, f"{text.ja}み")}
WHY_SAID = {
    "口座なし": Why.NO_ACCOUNT,
    "該当口座なし": Why.NO_ACCOUNT,
    "口座名義相違": Why.NAME_DIFFERS,
    "受取人名相違": Why.NAME_DIFFERS,
    "解約": Why.CLOSED,
    "口座解約済み": Why.CLOSED,
    "口座解約": Why.CLOSED,
    "取引停止": Why.STOPPED,
    "依頼人の申出": Why.RECALLED,
} | {said: why for why, (title, _) in NEXT.items() for said in (why.value, title.ja)}
"""Each reason by the words that lines carry."""
