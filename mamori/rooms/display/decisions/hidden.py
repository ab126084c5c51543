"""What is done about a private account that may be a business, as data: it is let be, asked, concluded; its seller answers."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.display import actions
from mamori.rooms.display.queries.hidden import DoubtShown

LET_BE: Decision[DoubtShown] = Decision(
    slug="let-be",
    title=Text("そのままにする", "Let it be"),
    lead=Text(
        "事業者とは思えないときに使います。出品者には何も知らせません。しるしが大きく増えなければ、設定の日数のあいだ一覧に載りません。",
        "For when it does not look like a business. The seller is told nothing. The account is not listed again for the "
        "days that are set, unless its signs grow a lot.",
    ),
    button=Text("そのままにする", "Let it be"),
    done={"let_be": Text("そのままにしました。", "It is let be.")},
    verb=actions.let_be,
    key="seller_ref",
    roles=tuple(STAFF),
    is_there=lambda page: page.may("let_be"),
)
ASK_STANDING: Decision[DoubtShown] = Decision(
    slug="ask",
    title=Text("出品者に尋ねる", "Ask the seller"),
    lead=Text(
        "事情を尋ねます。出品者には答える期限を知らせます。答えを待つあいだ、出品にも売上金にも表示にも、何も起きません。",
        "The seller is asked how it is, and told by when to answer. Meanwhile nothing happens to its listings, its proceeds or "
        "its display.",
    ),
    button=Text("尋ねる", "Ask"),
    done={"ask_standing": Text("出品者に尋ねました。", "The seller is asked.")},
    verb=actions.ask_standing,
    key="seller_ref",
    roles=tuple(STAFF),
    is_there=lambda page: page.may("ask"),
)
CONCLUDE: Decision[DoubtShown] = Decision(
    slug="conclude",
    title=Text("判断する", "Conclude"),
    lead=Text(
        "もうける意思があり、くり返し続けて売っているかで判断します。数だけでは決まりません。理由は出品者が読みます。",
        "What counts is whether somebody means to earn and sells again and again. No number decides it. The seller reads your "
        "reason.",
    ),
    button=Text("判断する", "Conclude"),
    done={"conclude": Text("判断し、出品者に知らせました。", "It was concluded, and the seller was told.")},
    verb=actions.conclude,
    key="seller_ref",
    roles=(Role.LEAD, Role.COUNSEL),
    is_there=lambda page: page.may("conclude_business"),
)
DOUBTED = (ASK_STANDING, LET_BE, CONCLUDE)
ANSWER_STANDING: Decision[DoubtShown] = Decision(
    slug="answer",
    title=Text("答える", "Answer"),
    lead=Text(
        "担当者がお答えを読み、個人か事業者かを判断します。それまでは何も変わりません。",
        "A person reads your answer and concludes whether you are a business. Nothing changes before.",
    ),
    button=Text("答えを送る", "Send the answer"),
    done={"answer_standing": Text("お答えを受け取りました。", "Your answer has arrived.")},
    verb=actions.answer_standing,
    key="seller_ref",
    roles=SELLERS,
    is_there=lambda page: page.may("answer"),
)
