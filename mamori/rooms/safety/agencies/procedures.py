"""How the directory of agencies is kept, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure
from mamori.grammar.text import Text
from mamori.rooms.safety.agencies import views

AGENCY_PROCEDURE = Procedure(
    code="agencies",
    room="safety",
    title=Text("機関の連絡先を登録するとき", "When an agency is entered in the directory"),
    lead=Text(
        "要請の送り主を確かめるときに折り返す番号です。一人が機関の公式ページから書き入れ、別の人が同じページで確かめます。"
        "届いた要請に書かれた番号やリンクは使いません。ほかに人がいないときは、外部の人をそのためだけに法務担当として招きます。",
        "The number at which the sender of a request is called back. One enters it from the agency's own page, another "
        "confirms it there. No number or link of a request is used. Where nobody else is in the house, somebody from outside is "
        "invited as counsel for that alone.",
    ),
    examples=(
        Text(
            "4月の異動で窓口の番号が変わった。公式ページを見て直し、別の担当が確かめるまで、その機関の要請は「受け付けた」のままだった。",
            "An office had a new number in April. It was corrected from its own page, and until somebody else had confirmed it "
            "the agency's requests stayed received.",
        ),
        Text(
            "ページで送りたいという機関に、登録されたアドレスへ一度だけのページを送り、届いた要請を折り返して確かめた。",
            "An agency wished to send by a page: one to use once was mailed to its registered address, and what came was called "
            "back.",
        ),
    ),
    decisions=(views.ENTER, views.TABLE, *views.DECISIONS),
    serves=("suspension", "P11"),
)
