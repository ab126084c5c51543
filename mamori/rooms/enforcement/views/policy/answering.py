"""How the pages of the policy answer what was sent: led on when it was taken, else the page again with the reason."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponseRedirect

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import told

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


def done(request: Visit) -> Text | None:
    """Return what was done just before the page was come to, by its address; nothing where that says nothing known."""
    text, row = DONE.get(request.GET.get("done", "")), request.GET.get("row", "")
    if text is None or not (row.isdecimal() or "{row}" not in text.ja):
        return None
    return text.fill(row=row[:5])


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
