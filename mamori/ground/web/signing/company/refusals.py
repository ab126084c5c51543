"""What is said where the company's sign-in does not come about."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class CompanyNotUsed(Refusal, code="company.not-used", status=404):
    """Given when nobody here signs in by a company."""

    text = Text(
        "この窓口では、会社のアカウントでのサインインを使っていません。ほかの方法でサインインしてください。",
        "Nobody signs in with a company account here. Please use another way.",
    )


class CompanyAway(Refusal, code="company.away", status=424):
    """Given when the provider does not answer, or says what no provider may."""

    text = Text(
        "会社のサインインを、いま使えません（{why}）。少し待ってからもう一度お試しください。続くときは、"
        "この窓口のサーバーを管理する人に知らせてください（`mamori check` が原因を示します）。",
        "The company's sign-in cannot be used just now ({why}). Please wait a little and try again. If it goes on, please tell "
        "whoever keeps the server of this customer centre; `mamori check` says what is wrong.",
    )


class CompanyAnswerWrong(Refusal, code="company.answer-wrong", status=403):
    """Given when what came back from the company does not hold: forged, for others, too old, not what was asked for."""

    text = Text(
        "会社のサインインの返事を確かめられなかったため、サインインしませんでした（{why}）。もう一度サインインしてください。"
        "続くときは、この窓口のサーバーを管理する人に知らせてください。",
        "What came back from the company's sign-in did not stand up to a check, so nobody was signed in ({why}). Please sign in "
        "again. If it goes on, please tell whoever keeps the server of this customer centre.",
    )


class CompanyBegunElsewhere(Refusal, code="company.begun-elsewhere", status=403):
    """Given when an answer comes to a browser that asked for none, or asked too long ago."""

    text = Text(
        "このサインインは、このブラウザーで始めたものではないか、始めてから10分より長くたっています。"
        "サインインのページから、もう一度始めてください。",
        "This sign-in was not begun in this browser, or more than ten minutes ago. Please begin again at the sign-in page.",
    )


class CompanyCalledOff(Refusal, code="company.called-off", status=403):
    """Given when somebody, or the company, broke the sign-in off."""

    text = Text(
        "会社のサインインが途中でやめられたか、会社に断られました。もう一度サインインするか、"
        "社内のアカウントの担当に、この窓口を使えるようになっているかお尋ねください。",
        "The sign-in at the company was broken off or turned down there. Please sign in again, or ask whoever tends the "
        "company's accounts whether you may use this customer centre.",
    )


class CompanyOtherPerson(Refusal, code="company.other-person", status=403):
    """Given when somebody else proves who they are than who is signed in here."""

    text = Text(
        "会社では、ここにサインインしているのとは別の人として確認されました。何も変えていません。"
        "ご本人のアカウントで、もう一度確かめてください。",
        "The company recognised somebody else than who is signed in here. Nothing was changed. Please prove it again with your "
        "own account.",
    )


class CompanyProofTooOld(Refusal, code="company.proof-too-old", status=403):
    """Given when the company does not say that it has asked somebody just now who they are."""

    text = Text(
        "会社は、いま本人であることを確かめ直したと答えませんでした。会社で一度サインアウトしてからもう一度お試しになるか、"
        "パスキーで確かめてください。",
        "The company did not say that it asked you just now who you are. Please sign out there and try again, or confirm with a "
        "passkey.",
    )


WRONG = {
    "address": Text("発行者のアドレスが https ではありません", "its address is not https"),
    "silent": Text("応答がありません", "it does not answer"),
    "document": Text("案内の文書を読めません", "its configuration cannot be read"),
    "issuer": Text("発行者が設定と違います", "the issuer is not the one that was set"),
    "endpoint": Text("案内の文書にある行き先を使えません", "an address in its configuration cannot be used"),
    "keys": Text("署名の鍵を読めません", "its signing keys cannot be read"),
    "key": Text("知らない鍵の署名です", "signed by a key that is not known"),
    "signature": Text("署名が合いません", "the signature is wrong"),
    "algorithm": Text("署名の方式を受け付けません", "signed in a way that is not taken"),
    "audience": Text("別のシステムに宛てた返事です", "it was meant for another system"),
    "expired": Text("期限が過ぎています", "it has run out"),
    "early": Text(
        "日時が先になっています。時計を確かめてください", "it is dated ahead: please look at the clocks"
    ),
    "claims": Text("必要な項目がありません", "something that is needed is missing"),
    "nonce": Text("この依頼への返事ではありません", "it does not answer what was asked"),
    "code": Text("引き換えを断られました", "the exchange was turned down"),
    "person": Text("別の人の情報が混ざっています", "it mixes two people"),
    "strength": Text("求めた強さで確かめられていません", "the proof was not as strong as was asked for"),
    "groups": Text(
        "グループが多すぎて送られていません", "the groups were left out because there are too many"
    ),
    "roles": Text("役割の設定を読めません", "the setting that gives roles cannot be read"),
}
"""What may be wrong, by the word that the record keeps of it."""
