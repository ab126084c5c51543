"""A form says which state of a matter its writer saw: it is refused when somebody acted since."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class ChangedMeanwhile(Refusal):
    """Given when a form was opened before somebody else acted."""

    code = "changed-meanwhile"
    status = 409
    text = Text(
        "この画面を開いたあとに変わりました：{what}（{when}）。最新の内容をご覧のうえ、もう一度お決めください。",
        "This has changed since the form was opened: {what} ({when}). Please look at it again and decide anew.",
    )
