"""How the pages of the policy answer what was sent: led on when it was taken, else the page again with the reason."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponseRedirect

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.enforcement.queries import policy as queries

ENDS = {"first": 0, "last": -1}
"""What left no act: the row stands at that end of the table, or it does not."""

DONE = {
    "begun": Text(
        "改定案を作りました。変える行を直してください。", "Begun. Please change the rows that should differ."
    ),
    "saved": Text("{row}番の行を保存しました。", "Row {row} is saved."),
    "bands": Text("点数の区切りと有効日数を保存しました。", "Edges and expiry of points are saved."),
    "dropped": Text("{row}番の行を消しました。", "Row {row} is deleted."),
    "moved": Text("{row}番の行を動かしました。", "Row {row} is moved."),
    "first": Text(
        "{row}番の行はいちばん上なので、これより上へは動きません。",
        "Row {row} is the first: it cannot go further up.",
    ),
    "last": Text(
        "{row}番の行はいちばん下なので、これより下へは動きません。",
        "Row {row} is the last: it cannot go further down.",
    ),
    "replaced": Text("ファイルの表に差し替えました。", "The table of the file is in place."),
    "proposed": Text(
        "承認を求めました。ほかの責任者・法務担当に知らせました。",
        "Approval is asked for; the other leads and counsel are told.",
    ),
    "sent-back": Text("下書きに戻しました。", "It is a draft again."),
    "published": Text("承認し、公表しました。", "Approved and published."),
    "discarded": Text("取りやめました。", "Discarded."),
}


ACTS = {
    "begun": "draft_policy",
    "saved": "put_row",
    "bands": "set_bands",
    "dropped": "drop_row",
    "moved": "move_row",
    "replaced": "replace_table",
    "proposed": "propose_policy",
    "sent-back": "send_back_policy",
    "published": "publish_policy",
    "discarded": "discard_policy",
}
"""The act that each leaves in the record."""


def done(request: Visit) -> Text | None:
    """Return what the reader did just before the page was come to; nothing where the record says nothing of it."""
    code, row = request.GET.get("done", ""), request.GET.get("row", "")
    if code in ENDS:
        draft = queries.draft()
        stands = draft and draft.table.rows and draft.table.rows[ENDS[code]].name == row
        return DONE[code].fill(row=row) if stands else None
    act = ledger.last_of(hand_of(request), *queries.abouts()) if code in ACTS else None
    if act is None or act.kind != f"enforcement.{ACTS[code]}":
        return None
    at = (act.content or {}).get("payload", {}).get("row", "")
    return DONE[code].fill(row=at) if at == row else None


def attempt(
    form: forms.Form, do: Callable[[], None], to: str, done: str, *, row: str = ""
) -> HttpResponseRedirect | int:
    """Do what a valid form asks and lead on; else return the status of the page that says why not."""
    if not form.is_valid():
        return 422
    try:
        do()
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return refusal.status
    return HttpResponseRedirect(f"{to}?done={done}&row={row}" if row else f"{to}?done={done}")
