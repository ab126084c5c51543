"""How the pages of the policy answer what was sent: led on when it was taken, else the page again with the reason."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponseRedirect

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.wording import told

DONE = {
    "begun": Text(
        "改定案を作りました。変える行を直してください。", "Begun. Please change the rows that should differ."
    ),
    "saved": Text("保存しました。", "Saved."),
    "dropped": Text("行を消しました。", "The row is deleted."),
    "moved": Text("行を動かしました。", "The row is moved."),
    "replaced": Text("ファイルの表に差し替えました。", "The table of the file is in place."),
    "proposed": Text(
        "承認を求めました。ほかの責任者・法務担当に知らせました。",
        "Approval is asked for; the other leads and counsel are told.",
    ),
    "sent-back": Text("下書きに戻しました。", "It is a draft again."),
    "published": Text("承認し、公表しました。", "Approved and published."),
    "discarded": Text("取りやめました。", "Discarded."),
}


def attempt(form: forms.Form, do: Callable[[], None], to: str, done: str) -> HttpResponseRedirect | int:
    """Do what a valid form asks and lead on; else return the status of the page that says why not."""
    if not form.is_valid():
        return 422
    try:
        do()
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return refusal.status
    return HttpResponseRedirect(f"{to}?done={done}")
