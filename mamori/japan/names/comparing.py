"""One question: is this account in the registered name?"""

from __future__ import annotations

from enum import StrEnum

from mamori.japan.names.answer import NOTHING, Answer, Verdict
from mamori.japan.names.companies import company
from mamori.japan.names.persons import person
from mamori.japan.names.reasons import REASONS
from mamori.japan.names.table import Table, shipped

LONGEST = 150
"""Letters of a name: no register and no bank knows a longer one."""


class Holder(StrEnum):
    """Who holds an account."""

    PERSON = "person"
    COMPANY = "company"


def compare(*, name: str, kana: str, kind: Holder, furigana: str = "", table: Table | None = None) -> Answer:
    """Return whether an account's `kana` is the registered `name`, by the table that ships unless another is given.

    With `furigana`, the reading that the seller declared, both must hold for a match: the declared reading is the
    account's, letter by letter in normal form, and it can be a reading of the name.
    """
    if max(len(name), len(kana)) > LONGEST:
        return Answer(Verdict.REVIEW, NOTHING, "long", REASONS["long"].fill(longest=LONGEST))
    ask = company if kind is Holder.COMPANY else person
    return ask(table or shipped(), name, kana, furigana)
