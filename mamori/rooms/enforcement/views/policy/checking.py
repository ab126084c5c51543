"""The checks of a row as the page's script is told them."""

from __future__ import annotations

from typing import Any

from mamori.grammar.text import Text
from mamori.ground.web.wording import told
from mamori.rooms.enforcement.policyforms import RowForm
from mamori.rooms.enforcement.rules import checks

MOST_SHOWN = 20
FINE = Text("直すところはありません", "Nothing to put right")
COUNTED = Text("直すところが {n} 件あります", "{n} to put right")
UNFIT = Text("入力に直すところがあります。", "Something in the form has to be put right.")
SAVE_FIRST = Text(
    "ほかの行を直したり足したりするのは、この行を保存したあと、改定案のページでできます。",
    "Other rows can be edited or added on the draft's page, once this row is saved.",
)


def part(faults: tuple[checks.Fault, ...], form: RowForm) -> dict[str, Any]:
    """Return the checks for the page's script: it makes the lines itself."""
    unfit = [str(error) for errors in form.errors.values() for error in errors]
    if unfit:
        lines = [{"kind": "", "text": error} for error in unfit]
        return {"fine": False, "title": told(UNFIT), "faults": lines, "note": ""}
    lines = [
        {
            "kind": told(checks.KIND_TEXTS[fault.kind]),
            "text": told(fault.text),
        }
        for fault in faults[:MOST_SHOWN]
    ]
    title = COUNTED.fill(n=len(faults)) if faults else FINE
    return {
        "fine": not faults,
        "title": told(title),
        "faults": lines,
        "note": told(SAVE_FIRST) if faults else "",
    }
