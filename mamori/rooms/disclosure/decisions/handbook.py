"""What is done on the pages of the handbook, as data: reading a procedure, and adding to it."""

from __future__ import annotations

from mamori.grammar.hand import HEADS, INSIDE
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.queries.handbook import ProcedureShown

READ = Decision[ProcedureShown](
    slug="read",
    title=Text("読んだと記録する", "Record that I have read it"),
    lead=Text(
        "読んだ日時が記録に残り、責任者と法務担当が見ます。手順が変わると、もう一度です。",
        "When you have read it is kept, and leads and counsel see it. Once the procedure changes, it is to be read again.",
    ),
    button=Text("読みました", "I have read it"),
    done={"handbook_read": Text("記録しました。", "It was recorded.")},
    verb=actions.read_procedure,
    key="procedure",
    roles=INSIDE,
    is_there=lambda page: True,
)
ADD = Decision[ProcedureShown](
    slug="words",
    title=Text("運営者の書き足し", "The operator's own words"),
    lead=Text(
        "この会社での進め方などを書き足します。運営者が書いたものと分かるように載ります。仕組みの動きは変わりません。空にすると消えます。"
        "案件や個人のことは書かないでください。",
        "How it is done in your company, marked as written by you; it changes nothing of what the system does. Leave it empty to "
        "take it back. Please write nothing about cases or people.",
    ),
    button=Text("載せる", "Add it"),
    done={"handbook_words": Text("載せました。", "It was added.")},
    verb=actions.add_words,
    key="procedure",
    roles=HEADS,
    is_there=lambda page: True,
)
