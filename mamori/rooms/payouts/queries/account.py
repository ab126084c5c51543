"""The accounts of a seller as its page shows them: bank and branch by name, the number masked, what is being proven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.parts import Tone
from mamori.japan.banks.account import AccountKind
from mamori.japan.banks.master import Bank, Branch
from mamori.japan.names import Verdict
from mamori.rooms.payouts import details, records
from mamori.rooms.payouts.answers import TRIES
from mamori.rooms.payouts.lifecycle import ACCOUNT, AccountState, TransferState
from mamori.rooms.payouts.models import Account, Transfer
from mamori.rooms.payouts.rules.holder import NO_NAME

NAMED = {
    Verdict.MATCH: (Text("登録名と合っています", "agrees with your registered name"), Tone.GOOD),
    Verdict.REVIEW: (Text("担当者が確かめています", "a person is looking at it"), Tone.GOING),
    Verdict.MISMATCH: (Text("登録名と合いません", "does not agree with your registered name"), Tone.BAD),
}
_NO_NAME = (
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
class AccountShown:
    """An account as its seller sees it; `gone` where its bank or branch is no more, `proven` by a test or the bank."""

    id: int
    state: AccountState
    bank: str
    branch: str
    kind: Text
    masked: str
    holder: str
    asked_at: datetime
    cools_at: datetime | None
    named: Text
    tone: Tone
    test: Proving
    tries: int
    bounced: bool
    gone: bool
    receipt: str

    @property
    def left(self) -> int:
        """Return how often the yen of the test may still be answered."""
        return TRIES - self.tries

    @property
    def is_cooling(self) -> bool:
        """Say whether it is to replace another."""
        return self.state is AccountState.COOLING

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ACCOUNT.states[self.state]


def bank_name(bank: Bank) -> str:
    """Return a bank's name as people say it."""
    name = normalize("NFKC", bank.name)
    is_bank = any(int(bank.code) in codes for codes in _BANKS) and not name.endswith("銀行")
    return f"{name}銀行" if is_bank else name


def branch_name(branch: Branch) -> str:
    """Return a branch's name with its code."""
    return f"{normalize('NFKC', branch.name)}（{branch.code}）"


def accounts_of(seller_ref: str) -> list[AccountShown]:
    """Return the account in use and the one that is to replace it, as far as there are such."""
    rows = list(Account.objects.filter(payee=seller_ref, closed_at__isnull=True).order_by("number"))
    return [_shown(row) for row in rows]


def account_of(seller_ref: str, account: int) -> AccountShown | None:
    """Return one of the seller's own accounts, closed or not, or nothing."""
    row = Account.objects.filter(payee=seller_ref, pk=account).first()
    return _shown(row) if row else None


def _shown(row: Account) -> AccountShown:
    holds = details.opened(row)
    named, tone = _NO_NAME if row.why == NO_NAME else NAMED[Verdict(row.verdict)]
    bank, branch, gone = _place(holds)
    acts = ledger.acts_about(records.about(row), kind="payouts.set_account")
    return AccountShown(
        id=row.pk,
        state=AccountState(row.state),
        bank=bank,
        branch=branch,
        kind=AccountKind(holds.kind).text if holds else Text("–", "–"),
        masked=holds.masked if holds else "",
        holder=normalize("NFKC", holds.holder) if holds else "",
        asked_at=row.asked_at,
        cools_at=row.cools_at,
        named=named,
        tone=tone,
        test=_test(row),
        tries=row.tries,
        bounced=row.bounced_at is not None,
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
    return [records.about(row) for row in rows]
