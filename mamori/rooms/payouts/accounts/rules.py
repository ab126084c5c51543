"""What the gates of names come to: match, a person's look, or a mismatch; by the reading and by the declared kana."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.japan.names import Answer, Holder, Verdict
from mamori.japan.names.answer import REASONS
from mamori.law.identification import Registrant
from mamori.rooms.payouts.rules import Code, Reason

TRIES = 3
"""How often the yen of a test may be answered."""
NO_KANA = "no-kana"
NO_NAME = "no-name"
BANK_DIFFERS = "bank-differs"
"""Why it is in doubt though the name could be the account's: nobody told how it is read, or no name, or the bank says no."""


_SHORT = {
    BANK_DIFFERS: Text(
        "銀行の確認で名義が一致しなかったので、人が確かめます。",
        "The bank says that the name differs, so a person looks.",
    ),
    NO_KANA: Text(
        "名前の読みが登録されていないので、人が確かめます。",
        "Nobody told how the name is read, so a person looks.",
    ),
    NO_NAME: Text(
        "登録名がまだ伝えられていないので、名義を確かめられません。通販サイトの登録情報のページで、氏名・名称を登録してください。",
        "No registered name was told yet, so the names cannot be compared. Please register yours on the marketplace's page.",
    ),
}
WHY: dict[str, Text] = {
    name: text for name, text in {**REASONS, **_SHORT}.items() if "{" not in text.ja and "{" not in text.en
}
"""Each reason of a verdict in a sentence that names nobody; those that cite a name are told beside the names only."""


class Proof(StrEnum):
    """How a new account is proven before the first payout, as the operator set it; by a person where that failed."""

    NONE = "none"
    TEST = "test"
    BANK = "bank"
    PERSON = "person"


def holder_of(registrant: Registrant | None) -> Holder:
    """Return who may hold the account: a company's is compared word by word."""
    return Holder.COMPANY if registrant is Registrant.COMPANY else Holder.PERSON


def judged(found: Answer, *, has_kana: bool, proof: Proof) -> tuple[Verdict, str]:
    """Return the verdict on a holder's name and its reason's name.

    Where nobody declared how the name is read, the reading alone lets nobody through to an account that nothing else
    proves: a relative's would pass in some of a thousand cases.
    """
    if found.verdict is Verdict.MATCH and not has_kana and proof is Proof.NONE:
        return Verdict.REVIEW, NO_KANA
    return found.verdict, found.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What a look at an account rests on; `has_name`: there is a registered name to compare the holder with.

    `is_shared`: another seller's proceeds go to the same account.
    """

    verdict: str
    has_name: bool
    tries: int
    is_proved: bool
    is_shared: bool = False


def owes_look(doubt: Doubt) -> bool:
    """Say whether a person has to look: where the names are in doubt, a test failed or another has it, and both are there.

    Without a registered name nobody could compare anything; the seller is told to register one.
    """
    is_over = doubt.tries >= TRIES and not doubt.is_proved
    return doubt.has_name and (doubt.verdict != Verdict.MATCH or is_over or doubt.is_shared)


def reason_of(verdict: str) -> Reason | None:
    """Return the reason that a verdict makes, or nothing where the names agree."""
    if verdict == Verdict.MATCH:
        return None
    return Reason(code=Code.NAME_MISMATCH if verdict == Verdict.MISMATCH else Code.NAME_DOUBT)
