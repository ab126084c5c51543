"""The checks of a row as the page's script is told them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mamori.grammar.text import Text
from mamori.ground.web.wording import told
from mamori.rooms.enforcement.policyforms import RowForm
from mamori.rooms.enforcement.rules import checks
from mamori.rooms.enforcement.templatetags.policy import bands

MOST_SHOWN = 20
FINE = Text("直すところはありません", "Nothing to put right")
COUNTED = Text("直すところが {n} 件あります", "{n} to put right")
UNFIT = Text("入力に直すところがあります。", "Something in the form has to be put right.")
EDIT = Text("{n}番を直す", "edit {n}")
ADD = Text("この場合の行を足す", "add a row for it")


def part(faults: tuple[checks.Fault, ...], form: RowForm) -> dict[str, Any]:
    """Return the checks for the page's script: it makes the lines itself."""
    lines: list[dict[str, Any]]
    unfit = [str(error) for errors in form.errors.values() for error in errors]
    if unfit:
        lines = [{"kind": "", "text": error, "links": []} for error in unfit]
        return {"fine": False, "title": told(UNFIT), "faults": lines}
    lines = [
        {
            "kind": told(checks.KIND_TEXTS[fault.kind]),
            "text": told(fault.text),
            "links": _links(fault, form.name),
        }
        for fault in faults[:MOST_SHOWN]
    ]
    title = COUNTED.fill(n=len(faults)) if faults else FINE
    return {"fine": not faults, "title": told(title), "faults": lines}


def _links(fault: checks.Fault, own: str) -> list[dict[str, str]]:
    edit = [
        {"href": reverse("enforcement_policy:row", args=(name,)), "words": told(EDIT.fill(n=name))}
        for name in fault.rows
        if name != own
    ]
    return [
        *edit,
        *(
            {"href": f"{reverse('enforcement_policy:row', args=('new',))}?{bands(gap)}", "words": told(ADD)}
            for gap in (fault.gap,)
            if gap
        ),
    ]
