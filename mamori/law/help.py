"""Every page of help that the house itself writes, from what is declared; an operator's own articles stand beside them."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.helpbuyers import FOR_BUYERS
from mamori.law.helpsellers import FOR_SELLERS

HELP_PAGES = (*FOR_BUYERS, *FOR_SELLERS)
BY_SLUG = {one.slug: one for one in HELP_PAGES}
FROM_THE_HOUSE = Text(
    "この仕組みの設定から作られたページです。期限や金額は、いま実際に使われているものです。",
    "Made from what runs here: the times and sums are those in force now.",
)
FROM_THE_OPERATOR = Text(
    "運営者が自分の言葉で書いた記事です。",
    "Written by the operator, in its own words.",
)


class HelpfulWord(StrEnum):
    """What a reader may say of a page: fixed words alone, so that nobody writes about anybody."""

    YES = "yes"
    NOT_THERE = "not-there"
    UNCLEAR = "unclear"
    WRONG = "wrong"
    NO = "no"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _HELPFUL[self]


_HELPFUL = {
    HelpfulWord.YES: Text("役に立った", "It helped"),
    HelpfulWord.NOT_THERE: Text("知りたいことが書かれていない", "What I looked for is not there"),
    HelpfulWord.UNCLEAR: Text("わかりにくい", "It is hard to understand"),
    HelpfulWord.WRONG: Text("古い、またはまちがっていると思う", "I think it is old, or wrong"),
    HelpfulWord.NO: Text("役に立たなかった（理由は言わない）", "It did not help (no reason given)"),
}
