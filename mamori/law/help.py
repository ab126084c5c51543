"""Every page of help that the house itself writes, from what is declared; an operator's own articles stand beside them."""

from __future__ import annotations

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
