"""Accounts as staff see them: bank and branch by name, the number masked, and in words how the holder's name stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.japan.names import Verdict
from mamori.rooms.payouts.answers import AccountFact, account_facts
from mamori.rooms.payouts.lifecycle import AccountState
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.rules.holder import NO_NAME, Proof

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

    fact: AccountFact
    name: Text
    looked_at: datetime | None
    closed_at: datetime | None

    @property
    def is_cooling(self) -> bool:
        """Say whether it waits to be used."""
        return self.fact.state is AccountState.COOLING

    @property
    def holder(self) -> str:
        """Return the holder's kana in full width, as people read it; banks carry it in half width."""
        return unicodedata.normalize("NFKC", self.fact.holder)

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
    return tuple(_shown(row, fact) for row, fact in zip(rows, account_facts(rows), strict=True))


def _shown(row: Account, fact: AccountFact) -> AccountShown:
    return AccountShown(
        fact=fact,
        name=_name_words(row),
        looked_at=row.looked_at,
        closed_at=row.closed_at,
    )


def _name_words(row: Account) -> Text:
    if not row.verdict:
        return _NOT_COMPARED
    if row.why == NO_NAME:
        return _NO_NAME
    verdict = Verdict(row.verdict)
    by_person = _BY_PERSON.get(verdict) if row.looked_by else None
    return by_person or _BY_GATES[verdict]
