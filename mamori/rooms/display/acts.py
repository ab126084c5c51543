"""What this room's acts and clocks are called."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.law.deadlines import DISPLAY_LOOK, DISPLAY_MENDING

declare(
    acts={
        "display.write": Text("表示を書いた", "A display was written"),
        "display.look": Text("表示を見直した", "A display was looked at again"),
        "display.miss": Text("期限までに表示が直らなかった", "A display was not put right in time"),
        "display.close": Text("出品者がいなくなり、表示を終えた", "A display ended with its seller"),
    },
    clocks={one.code: one.title for one in (DISPLAY_MENDING, DISPLAY_LOOK)},
)
