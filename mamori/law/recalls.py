"""Where notices of recalls come from, and when new listings are held against them.  Pure data; no statute names that time."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.businesstime import EveryHours
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE


class RecallSource(StrEnum):
    """Who published a notice of a recall."""

    MAKER = "maker"
    CAA = "caa"
    METI = "meti"
    NITE = "nite"
    MHLW = "mhlw"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _SOURCES[self]


_SOURCES = {
    RecallSource.MAKER: Text("メーカー・輸入業者", "the maker or importer"),
    RecallSource.CAA: Text(
        "消費者庁（リコール情報サイトなど）", "Consumer Affairs Agency (its recall site and the like)"
    ),
    RecallSource.METI: Text("経済産業省", "Ministry of Economy, Trade and Industry"),
    RecallSource.NITE: Text(
        "製品評価技術基盤機構（NITE）", "National Institute of Technology and Evaluation (NITE)"
    ),
    RecallSource.MHLW: Text(
        "厚生労働省・都道府県", "Ministry of Health, Labour and Welfare, or a prefecture"
    ),
    RecallSource.OTHER: Text("そのほか", "somebody else"),
}

RECALL_WATCH = Deadline(
    code="safety.recall_watch",
    title=Text(
        "新しい出品と書き換えられた出品を、リコールと照らし合わせるまで（毎日、繰り返し）",
        "listings that are new or were rewritten are held against all recalls, every day",
    ),
    duration=EveryHours(24),
    citation=OWN_RULE,
)
RECALL_DEADLINES = (RECALL_WATCH,)
