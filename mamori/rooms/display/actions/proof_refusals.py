"""Why a step of a proof is not taken."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.people import actions as people


class NoContactShown(Refusal, code="no-contact-shown", status=409):
    """Given when the display shows no such contact, or one that this house cannot prove."""

    text = Text(
        "確かめられる連絡先が、いまの表示にありません。", "The display shows no contact that can be proved."
    )


class CodeTooSoon(people.TooMany, code="code-too-soon", status=429):
    """Given when a code was mailed within the last hour, or often enough within a day."""

    text = Text(
        "確認コードを送れるのは1時間に1回、1日に3回までです。届かないときは、アドレスと迷惑メールの設定をご確認ください。",
        "A code is mailed once an hour and three times a day at most. If none has come, please check the address and your spam "
        "folder.",
    )


class CodeNotOpen(Refusal, code="code-not-open", status=409):
    """Given when there is no code that could be entered: none was sent, it is too old, or it was tried too often."""

    text = Text(
        "使える確認コードがありません。違う確認コードが5回入ったときは1日おいてから、確認コードを送り直すか、確認を頼み直してください。",
        "There is no code that can be used. Please have a new one sent, or ask for it again; after five wrong ones a day later.",
    )


class ProofIsAsked(Refusal, code="proof-is-asked", status=409):
    """Given when a seller was asked already to prove the contact."""

    text = Text(
        "この連絡先の確認は、もう出品者に求めています。",
        "The seller has been asked to prove this contact already.",
    )


class CallOwed(Refusal, code="call-owed", status=409):
    """Given when a call is owed already."""

    text = Text("確認は、もう頼まれています。", "You have asked for it already.")


class CalledLately(Refusal, code="called-lately", status=409):
    """Given when a call that reached nobody was made within the last hours."""

    text = Text(
        "少し前にかけたばかりです。次の営業日にかけてください。",
        "It was called only a little while ago. Please call on the next working day.",
    )


class NoCallOwed(Refusal, code="no-call-owed", status=409):
    """Given when nobody is to call this seller."""

    text = Text("この出品者への確認は、もう要りません。", "Nothing is owed to this seller any more.")


class CodeNeeded(Refusal, code="code-needed", status=422):
    """Given when a call is said to have proved the number, and no code was read out."""

    text = Text(
        "出品者が読み上げた6桁の確認コードを入れてください。",
        "Please enter the six digits that the seller read out.",
    )
