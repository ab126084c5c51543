"""Accounts as staff and their seller see them: bank and branch by name, the number masked, how the name stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import facts as terms
from mamori.ground.web.wording import Tone
from mamori.japan.banks.account import AccountKind, Bank, Branch
from mamori.japan.names import Verdict, compare
from mamori.law.deadlines import PAYOUT_LOOK
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.identity import facts as identity
from mamori.rooms.payouts import matters
from mamori.rooms.payouts.accounts import details
from mamori.rooms.payouts.accounts.rules import NO_KANA, NO_NAME, TRIES, Proof, holder_of, judged
from mamori.rooms.payouts.lifecycle import ACCOUNT, AccountState, TransferState
from mamori.rooms.payouts.models import Account, Transfer
from mamori.rooms.payouts.situations import AccountFact, account_facts

# Accounts as staff see them: bank and branch by name, the number masked, and in words how the holder's name stands.


_BY_GATES = {
    Verdict.MATCH: Text("登録名と同じ", "the same as the registered name"),
    Verdict.REVIEW: Text("人が見比べるのを待っている", "a person has yet to compare the names"),
    Verdict.MISMATCH: Text("登録名と合わない", "not the registered name"),
}
_BY_PERSON = {
    Verdict.MATCH: Text(
        "担当者が見比べ、登録名と同じと認めた", "a person compared them and took them as the same"
    ),
    Verdict.MISMATCH: Text(
        "担当者が見比べ、別の名義とした", "a person compared them and found another holder"
    ),
}
_NO_NAME = Text("登録名がないので、まだ見比べられない", "cannot be compared yet: there is no registered name")
_NOT_COMPARED = Text("まだ見比べていない", "not compared yet")
_PROVED = {
    Proof.TEST: Text("試しの振込の金額が合った", "the yen of a test were answered right"),
    Proof.BANK: Text("銀行の名義確認で一致した", "the bank's own check of the name agreed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountShown:
    """An account, and what staff see of it besides: in words how its holder's name stands, and when somebody looked."""

    row: Account
    fact: AccountFact
    name: Text

    @property
    def is_cooling(self) -> bool:
        """Say whether it waits to be used."""
        return self.fact.state is AccountState.COOLING

    @property
    def holder(self) -> str:
        """Return the holder's kana in full width, as people read it; banks carry it in half width."""
        return normalize("NFKC", self.fact.holder)

    @property
    def place(self) -> Text:
        """Say bank, branch and kind: by their codes once a merger has taken the names away."""
        fact = self.fact
        if fact.kind is None:
            return Text(f"{fact.bank}-{fact.branch}", f"{fact.bank}-{fact.branch}")
        return Text(
            f"{fact.bank_name}（{fact.bank}） {fact.branch_name}（{fact.branch}） {fact.kind.ja}",
            f"{fact.bank_name} ({fact.bank}), {fact.branch_name} ({fact.branch}), {fact.kind.en}",
        )

    @property
    def proved(self) -> Text | None:
        """Say how it was proven, where it was."""
        return _PROVED[Proof(self.fact.proved_by)] if self.fact.proved_by else None


def accounts_of(seller_ref: str) -> tuple[AccountShown, ...]:
    """Return every account that a seller ever had, the newest first."""
    return shown(Account.objects.filter(payee=seller_ref).order_by("-number"))


def shown(rows: Iterable[Account]) -> tuple[AccountShown, ...]:
    """Return rows as staff see them, unsealed in one look."""
    rows = list(rows)
    pairs = zip(rows, account_facts(rows), strict=True)
    return tuple(AccountShown(row=row, fact=fact, name=_name_words(row)) for row, fact in pairs)


def _name_words(row: Account) -> Text:
    if not row.verdict:
        return _NOT_COMPARED
    if row.why == NO_NAME:
        return _NO_NAME
    verdict = Verdict(row.verdict)
    by_person = _BY_PERSON.get(verdict) if row.looked_by else None
    return by_person or _BY_GATES[verdict]


# The accounts of a seller as its page shows them: bank and branch by name, the number masked, what is being proven.


NAMED = {
    Verdict.MATCH: (Text("登録名と合っています", "agrees with your registered name"), Tone.GOOD),
    Verdict.REVIEW: (Text("担当者が確かめています", "a person is looking at it"), Tone.GOING),
    Verdict.MISMATCH: (Text("登録名と合いません", "does not agree with your registered name"), Tone.BAD),
}
_NO_NAME_YET = (
    Text(
        "登録名がまだ届いていないので、確かめられません。通販サイトの登録情報のページで、氏名・名称を登録してください",
        "cannot be compared until your registered name is known: please register it on the marketplace's page",
    ),
    Tone.BAD,
)
_BANKS = (range(1, 400), range(501, 600), range(9900, 9901))
"""The codes of those whose name ends with 銀行, which the table leaves out."""


class Proving(StrEnum):
    """How the test of a new account stands."""

    NONE = ""
    COMES = "comes"
    ASKS = "asks"
    OVER = "over"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account as its seller sees it; `gone` where its bank or branch is no more, `proven` by a test or the bank."""

    row: Account
    bank: str
    branch: str
    kind: Text
    masked: str
    holder: str
    named: Text
    tone: Tone
    test: Proving
    gone: bool
    receipt: str

    @property
    def left(self) -> int:
        """Return how often the yen of the test may still be answered."""
        return TRIES - self.row.tries

    @property
    def is_cooling(self) -> bool:
        """Say whether it is to replace another."""
        return self.row.state == AccountState.COOLING

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ACCOUNT.states[AccountState(self.row.state)]


def bank_name(bank: Bank) -> str:
    """Return a bank's name as people say it."""
    name = normalize("NFKC", bank.name)
    is_bank = any(int(bank.code) in codes for codes in _BANKS) and not name.endswith("銀行")
    return f"{name}銀行" if is_bank else name


def branch_name(branch: Branch) -> str:
    """Return a branch's name with its code."""
    return f"{normalize('NFKC', branch.name)}（{branch.code}）"


def own_accounts(seller_ref: str) -> list[OwnAccount]:
    """Return the account in use and the one that is to replace it, as far as there are such."""
    rows = list(Account.objects.filter(payee=seller_ref, closed_at__isnull=True).order_by("number"))
    return [_own_shown(row) for row in rows]


def own_account(seller_ref: str, account: int) -> OwnAccount | None:
    """Return one of the seller's own accounts, closed or not, or nothing."""
    row = Account.objects.filter(payee=seller_ref, pk=account).first()
    return _own_shown(row) if row else None


def _own_shown(row: Account) -> OwnAccount:
    holds = details.opened(row)
    named, tone = _NO_NAME_YET if row.why == NO_NAME else NAMED[Verdict(row.verdict)]
    bank, branch, gone = _place(holds)
    acts = ledger.acts_about(matters.about(row), kind="payouts.set_account")
    return OwnAccount(
        row=row,
        bank=bank,
        branch=branch,
        kind=AccountKind(holds.kind).text if holds else Text("–", "–"),
        masked=holds.masked if holds else "",
        holder=normalize("NFKC", holds.holder) if holds else "",
        named=named,
        tone=tone,
        test=_test(row),
        gone=gone,
        receipt=acts[-1].address if acts else "",
    )


def _place(holds: details.Details | None) -> tuple[str, str, bool]:
    if holds is None:
        return "", "", True
    try:
        branch = holds.account.branch
    except Refusal:
        return holds.bank, holds.branch, True
    return bank_name(branch.bank), branch_name(branch), False


def _test(row: Account) -> Proving:
    made = Transfer.objects.filter(account=row, payout__isnull=True).order_by("-id").first()
    if row.proved_at is not None:
        return Proving.DONE
    if made is None:
        return Proving.NONE
    if row.tries >= TRIES:
        return Proving.OVER
    if made.state == TransferState.READY:
        return Proving.COMES
    return Proving.ASKS if made.state in (TransferState.ORDERED, TransferState.PAID) else Proving.NONE


def newest(seller_ref: str, most: int = 3) -> list[str]:
    """Return how the record calls the newest accounts of a seller."""
    rows = Account.objects.filter(payee=seller_ref).order_by("-number")[:most]
    return [matters.about(row) for row in rows]


# How the holder of an account and the registered name compare, said kindly to the seller before it sends the account.


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
_NOT_REGISTERED = (
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
        return Agreement(kind="warning", title=_REGISTER, sentences=_NOT_REGISTERED, registered="")
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
