"""What goes to the page of a trade body beside one's own: its three headings, its hosts, and when it is looked at.

That members are listed there is practice, and asked for by no statute.
"""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE, PRACTICE

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
    title=Text("JOMCのページを見に行くまで", "the next look at the page of JOMC"),
    duration=CalendarDays(7),
    citation=OWN_RULE,
)
JOMC_AGAIN = CalendarDays(1)
"""How long after a look that found nothing it is looked at again."""
JOMC_TRIES = 3
"""After so many looks in a row that found nothing the link is dead."""
JOMC_HOSTS = Setting(
    code="disclosure.jomc_hosts",
    title=Text(
        "JOMCのページとして載せてよいホスト名（空白区切り）",
        "host names on which a page of JOMC may stand, separated by blanks",
    ),
    default="onlinemarketplace.jp",
    citation=PRACTICE,
    most=200,
)
