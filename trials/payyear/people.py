"""Who is paid in the simulated year and how they behave: assumed, not observed, and declared here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache

from mamori.grammar.refusal import Refusal
from mamori.japan.banks.master import Branch
from mamori.japan.zengin.letters import transfer_letters
from mamori.law.identification import Registrant
from trials.names.people import Person, offices, sellers
from trials.paying.shops import places

DAY = timedelta(days=1)
POST_BANK = "9900"
WRITES = (("ヅ", "ズ"), ("ヂ", "ジ"), ("オオ", "オウ"), ("ヲ", "オ"))
"""What a bank writes otherwise than a seller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How often what happens; shares are of sellers in the year, or of what they say."""

    company: float = 0.15
    no_furigana: float = 0.01
    bank_writes_otherwise: float = 0.5
    changes_account: float = 0.02
    renews_late: float = 0.05
    late_days_most: int = 20
    troubled: float = 0.05
    bounces: float = 0.0005
    dishonest: float = 0.03


class Kind(StrEnum):
    """Who a seller is."""

    HONEST = "honest"
    RELATIVE = "relative"
    STRANGER = "stranger"
    STOLEN = "stolen"


@dataclass(slots=True)
class Seller:
    """A seller with its registered name, the holder of its own account, and the holder that a dishonest one enters."""

    number: int
    kind: Kind
    registrant: Registrant
    name: str
    kana: str
    holder: str
    others: str
    mail: str = ""
    is_own: bool = True

    @property
    def ref(self) -> str:
        """Return the marketplace's own identifier."""
        return f"S-{self.number:05d}"

    def account(self, dice: random.Random, *, own: bool) -> dict[str, str]:
        """Return an account somewhere, of the seller's own or of the other person, as it is entered."""
        at = dice.choice(_at_banks())
        holder = self.holder if own else self.others
        number = f"{dice.randrange(10_000_000):07d}"
        return {"bank": at.bank.code, "branch": at.code, "kind": "1", "number": number, "holder": holder}


def drawn(count: int, behaviour: Behaviour, dice: random.Random) -> list[Seller]:
    """Draw sellers: persons by how many bear a surname, given names of the tenth kept out; companies of real offices.

    :raises NoSource: when the names are not installed.
    """
    persons = sellers(count, dice)
    companies = _companies(dice)
    found = []
    for number, person in enumerate(persons):
        kind = Kind.HONEST if dice.random() >= behaviour.dishonest else dice.choice(list(Kind)[1:])
        if kind is Kind.HONEST and dice.random() < behaviour.company:
            name, kana = next(companies)
            found.append(Seller(number, kind, Registrant.COMPANY, name, "", transfer_letters(kana), ""))
            continue
        other = dice.choice(persons)
        surname = person.surname[1] if kind is not Kind.STRANGER else other.surname[1]
        given = dice.choice(persons).given[1] if kind is not Kind.STRANGER else other.given[1]
        kana = "" if dice.random() < behaviour.no_furigana else _spaced(person)
        holder = transfer_letters(as_banks_write(_spaced(person), behaviour, dice))
        others = transfer_letters(f"{surname} {given}")
        found.append(Seller(number, kind, Registrant.PERSON, person.name, kana, holder, others))
    return [one for one in found if one.others != one.holder]


@cache
def _at_banks() -> tuple[Branch, ...]:
    """Return the branches whose accounts are entered by kind and number; Japan Post Bank's are entered otherwise."""
    return tuple(one for one in places() if one.bank.code != POST_BANK)


def _spaced(person: Person) -> str:
    return f"{person.surname[1]} {person.given[1]}"


def as_banks_write(kana: str, behaviour: Behaviour, dice: random.Random) -> str:
    """Return the kana as a bank may write them."""
    for ours, theirs in WRITES:
        if ours in kana and dice.random() < behaviour.bank_writes_otherwise:
            kana = kana.replace(ours, theirs)
    return kana


def _companies(dice: random.Random) -> Iterator[tuple[str, str]]:
    for name, kana in offices(3_000, dice):
        try:
            transfer_letters(kana)
        except Refusal:
            continue
        yield name, kana
