"""How registered names are kept checked, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law.deadlines import IDENTITY_REMINDER
from mamori.law.identification import METHODS
from mamori.rooms.identity import notices

WAYS = ProcedureTable(
    title=Text("確認の方法", "How a name is verified"),
    heads=(Text("方法", "method"), Text("だれに", "for whom"), Text("いつまで", "until when")),
    rows=tuple(
        (
            one.text,
            Text.listed(who.text for who in sorted(one.serves)),
            Text(f"{one.last:%Y-%m-%d}まで", f"to {one.last:%Y-%m-%d}")
            if one.last
            else Text("定めなし", "no end"),
        )
        for one in METHODS.values()
    ),
)
PROCEDURES = (
    Procedure(
        code="identity",
        room="identity",
        title=Text("登録名の確認を保つ", "Keeping registered names verified"),
        lead=Text(
            "登録名の確認には方法と期限があり、通販サイトが知らせます。期限の前に出品者に知らせ、過ぎれば売上金の前に確認を求めます。",
            "A registered name was verified by a method and until a day, as the marketplace tells us. Sellers are reminded "
            "before "
            "it ends; afterwards it is asked for before money is paid.",
        ),
        examples=(
            Text(
                "登録名が変わった出品者に確認を求め、確認が済むまで売上金を止めた。",
                "A seller's registered name changed: it was asked to have it checked, and proceeds waited until then.",
            ),
        ),
        deadlines=(IDENTITY_REMINDER,),
        notices=notices.TEMPLATES,
        tables=(WAYS,),
        serves=("identity", "P17"),
    ),
)
declare_procedures(*PROCEDURES)
