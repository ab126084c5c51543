"""The id of a published change of terms, as other software sees it."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text

CHANGE = IdKind("chg", Text("規約の変更", "change of terms"), "terms.change")

ChangeId = Annotated[int, CHANGE]
