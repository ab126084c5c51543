"""What goes to the page of a trade body, which is practice and no law: its headings, and how often somebody looks at it."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE

JOMC = Text("オンラインマーケットプレイス協議会（JOMC）", "Japan Online Marketplaces Consortium (JOMC)")
JOMC_TITLE = Text(
    "取引DPF法の法定指針に関する取組",
    "Measures under the statutory guideline of the Act on Digital Platforms for Shopping",
)
ITEM_HEADINGS: Mapping[str, Text] = {
    "contact": Text("出品者との連絡", "Reaching sellers"),
    "complaints": Text("苦情の申出と、表示の適正", "Complaints, and what sellers display"),
    "identity": Text("出品者の特定", "Who the sellers are"),
}
"""The duties under which measures stand there, by item of article 3(1) in their order: a subject, and no claim."""
JOMC_LOOK = Deadline(
    code="disclosure.jomc_look",
    title=Text("JOMCのページを人が見るまで", "somebody's next look at the page of JOMC"),
    duration=CalendarDays(30),
    citation=OWN_RULE,
)
