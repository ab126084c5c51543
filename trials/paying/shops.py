"""Sellers as the measurements of payouts draw them: who they are, where their money goes, and what stands against it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mamori.japan.banks.account import AccountKind
from mamori.japan.banks.master import Branch, banks, branches
from mamori.japan.names import Holder, Verdict, compare
from mamori.japan.zengin.letters import transfer_letters
from mamori.rooms.payouts.details import Details

SURNAMES = (
    ("佐藤", "サトウ"), ("鈴木", "スズキ"), ("高橋", "タカハシ"), ("田中", "タナカ"), ("伊藤", "イトウ"),
    ("渡辺", "ワタナベ"),
    ("山本", "ヤマモト"), ("中村", "ナカムラ"), ("小林", "コバヤシ"), ("加藤", "カトウ"), ("吉田", "ヨシダ"), ("山田", "ヤマダ"),
    ("佐々木", "ササキ"), ("山口", "ヤマグチ"), ("松本", "マツモト"), ("井上", "イノウエ"), ("木村", "キムラ"),
    ("清水", "シミズ"),
)  # fmt: skip
GIVEN = (
    ("花子", "ハナコ"), ("太郎", "タロウ"), ("一郎", "イチロウ"), ("恵子", "ケイコ"), ("幸子", "サチコ"), ("和子", "カズコ"),
    ("健一", "ケンイチ"), ("洋子", "ヨウコ"), ("翔太", "ショウタ"), ("大輔", "ダイスケ"), ("直樹", "ナオキ"), ("由美", "ユミ"),
)  # fmt: skip
COMPANIES = (
    ("株式会社青空商事", "カ）アオゾラシヨウジ"), ("有限会社山本商店", "ユ）ヤマモトシヨウテン"),
    ("さくら株式会社", "サクラ（カ"),
    ("株式会社東京物産", "カ）トウキヨウブツサン"), ("合同会社ミナト", "ド）ミナト"),
)  # fmt: skip
COMPANY = 0.1
"""The share of companies."""


class Why(StrEnum):
    """What stands against a seller's money."""

    NOTHING = "nothing"
    EXPIRED = "expired"
    RELATIVE = "relative"
    CLAIM = "claim"
    CAP = "cap"
    COOLING = "cooling"


SHARES = {
    Why.NOTHING: 0.99,
    Why.EXPIRED: 0.003,
    Why.RELATIVE: 0.002,
    Why.CLAIM: 0.002,
    Why.CAP: 0.001,
    Why.COOLING: 0.002,
}
"""How often, as the measurements assume it: one seller in a hundred has a reason."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A seller; `less` yen are held of its money where a refund or a measure with a cap stands against it."""

    number: int
    name: str
    kana: str
    is_company: bool
    pays_to: Details
    why: Why = Why.NOTHING
    less: int = 0

    @property
    def ref(self) -> str:
        """Return the marketplace's own identifier."""
        return f"S-{self.number:07d}"

    def goes(self, amount: int) -> int:
        """Return what of so many yen is to be paid: the model that knows nothing of the gate."""
        if self.why in (Why.CLAIM, Why.CAP):
            return amount - min(amount, self.less)
        return amount if self.why is Why.NOTHING else 0


def drawn(count: int, dice: random.Random) -> Iterator[Shop]:
    """Draw sellers, each with an account of its own."""
    at_banks, people = places(), _people()
    whys, weights = list(SHARES), list(SHARES.values())
    for number in range(count):
        is_company = dice.random() < COMPANY
        name, kana, holder = dice.choice(_companies() if is_company else people)
        [why] = dice.choices(whys, weights)
        if why is Why.RELATIVE:
            holder = _relative(kana, holder, is_company=is_company)
        at = dice.choice(at_banks)
        pays_to = Details(
            bank=at.bank.code,
            branch=at.code,
            kind=AccountKind.ORDINARY.value,
            number=f"{number:07d}",
            holder=holder,
        )
        less = dice.randrange(1, 100) * 100 if why in (Why.CLAIM, Why.CAP) else 0
        yield Shop(number, name, kana, is_company, pays_to, why, less)


@cache
def _people() -> tuple[tuple[str, str, str], ...]:
    """Return (name, kana, holder) of persons whose names are read without doubt."""
    made = ((s[0] + g[0], f"{s[1]} {g[1]}") for s in SURNAMES for g in GIVEN)
    return tuple(_without_doubt(made, Holder.PERSON))


@cache
def _companies() -> tuple[tuple[str, str, str], ...]:
    return tuple(_without_doubt(iter(COMPANIES), Holder.COMPANY))


def _without_doubt(pairs: Iterator[tuple[str, str]], kind: Holder) -> Iterator[tuple[str, str, str]]:
    for name, kana in pairs:
        furigana = "" if kind is Holder.COMPANY else kana
        if compare(name=name, kana=kana, kind=kind, furigana=furigana).verdict is Verdict.MATCH:
            yield name, furigana, transfer_letters(kana)


def _relative(kana: str, holder: str, *, is_company: bool) -> str:
    """Return a holder of the same surname with a given name that reads otherwise; a company's is some person."""
    if is_company:
        return transfer_letters("サトウ ハナコ")
    surname, _, given = kana.partition(" ")
    return transfer_letters(f"{surname} {next(other for _, other in GIVEN if other != given)}")


@cache
def places() -> tuple[Branch, ...]:
    """Return every branch of every bank."""
    return tuple(one for code in banks() for one in branches(code).values())
