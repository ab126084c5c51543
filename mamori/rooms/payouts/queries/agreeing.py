"""How the holder of an account and the registered name compare, said kindly to the seller before it sends the account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.japan.names import Verdict, compare
from mamori.law.deadlines import PAYOUT_LOOK
from mamori.law.paying import PAYOUT_PROOF
from mamori.rooms.identity import facts as identity
from mamori.rooms.payouts.rules.holder import NO_KANA, Proof, holder_of, judged

_TITLES = {
    Verdict.MATCH: Text("名義は、登録名と合っています", "The holder's name agrees with your registered name"),
    Verdict.REVIEW: Text("名義は、担当者が確かめます", "A person will look at the holder's name"),
    Verdict.MISMATCH: Text(
        "名義が、登録名と合わないようです", "The holder's name does not seem to be your registered name"
    ),
}
_KINDS = {Verdict.MATCH: "success", Verdict.REVIEW: "info", Verdict.MISMATCH: "warning"}
_LOOK = Text(
    "機械だけでは決められないときは、担当者が{look}を目安に確かめます。このまま送ってかまいません。",
    "Where no rule can tell, a person looks, as a rule within {look}. You can send it as it is.",
)
_HINTS = {
    NO_KANA: Text(
        "登録名の読み方（フリガナ）が、通販サイトからまだ届いていません。",
        "The marketplace has not told us how your registered name is read.",
    ),
    "furigana": Text(
        "登録されたフリガナと、口座名義のカナが違っています。打ち間違いがないか、通帳と見比べてください。",
        "The registered furigana and the kana you entered differ. Please compare it with the passbook once more.",
    ),
    "form-missing": Text(
        "会社の種類（「カ）」など）が入っていないようです。通帳に出ているときは、そのとおりに入力してください。",
        "The form of your company (such as カ）) seems to be missing. If the passbook has it, please enter it too.",
    ),
    "form-added": Text(
        "登録名にない会社の種類（「カ）」など）が入っています。会社の口座でよいか、お確かめください。",
        "There is a form of company (such as カ）) that is not registered. Please check that it is the right account.",
    ),
}
_NO_NAME = (
    Text(
        "登録された氏名・名称が通販サイトからまだ届いていないので、口座の名義を確かめられません。",
        "The marketplace has not told us your registered name yet, so the account's holder cannot be compared with it.",
    ),
    Text(
        "口座はこのまま送ってかまいません。あわせて、通販サイトの登録情報のページで氏名・名称を登録し、本人確認を受けてください。"
        "確認が済むと、名義は自動で確かめられます。",
        "You can send the account as it is. Please register your name on the marketplace's page of registered data, too, and "
        "have it checked: the holder is then compared by itself.",
    ),
)
_REGISTER = Text(
    "登録名が届くと、名義を確かめます", "The holder is compared once your registered name is known"
)
_COMPARE = Text(
    "打ち間違いがないか、通帳の名義のカナと、もう一度見比べてください。",
    "Please compare it once more with the kana in the passbook.",
)
_OTHER = Text(
    "売上金は、登録したご本人（会社）名義の口座にだけ支払います。ご家族などの口座には支払えません。打ち間違いがなければ、"
    "戻って別の口座を入力してください。ご本人の口座に間違いないときは、このまま送ってかまいません。そのときは、"
    "確かめが済むまで支払いが止まります。ご事情は相談窓口でお聞きします。",
    "Proceeds go only to an account in the name of the registered person or company, not to a relative's. If it is not a slip, "
    "please go back and enter another account. If it is your own account after all, you can send it as it is: payouts then "
    "wait until it is cleared up, and the customer centre hears how it is.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What is said of two names: in a line, why, and what may be done about it; `kind` is the banner's."""

    kind: str
    title: Text
    sentences: tuple[Text, ...]
    registered: str


def agreement(seller_ref: str, holder: str, *, at: datetime) -> Agreement:
    """Say how an account's holder compares with the seller's registered name."""
    who = identity.identity(seller_ref, at=at)
    name = who.name.strip() if who else ""
    if who is None or not name:
        return Agreement(kind="warning", title=_REGISTER, sentences=_NO_NAME, registered="")
    found = compare(
        name=name, kana=normalize("NFKC", holder), kind=holder_of(who.registrant), furigana=who.kana
    )
    proof = Proof(terms.setting(PAYOUT_PROOF, at=at))
    verdict, why = judged(found, has_kana=bool(who.kana.strip()), proof=proof)
    if verdict is Verdict.MATCH:
        return _said(verdict, (found.reason,), name)
    hint = _HINTS.get(why, _COMPARE)
    look = _LOOK.fill(**terms.filled({"look": PAYOUT_LOOK}, at=at))
    return _said(verdict, (hint, look if verdict is Verdict.REVIEW else _OTHER), name)


def _said(verdict: Verdict, sentences: tuple[Text, ...], name: str) -> Agreement:
    return Agreement(kind=_KINDS[verdict], title=_TITLES[verdict], sentences=sentences, registered=name)
