"""Formal notices: sent, read, answered, shown to the centre, and said to be settled."""

from __future__ import annotations

from mamori.doors.gateway.operation import BUYER, MACHINE, PARTIES, Operation
from mamori.grammar.hand import SELLERS
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope
from mamori.rooms.contact.endpoints import formal

FORMAL = (
    Operation(
        method="POST",
        path="/formal-notices",
        handler=formal.send_formal_notice,
        text=Text("返品・取消しなどの通知を送る", "Send a formal notice"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={201: formal.FormalShown},
        refuses=formal.SENDING,
        located="/formal-notices/{id}",
        once=True,
    ),
    Operation(
        method="GET",
        path="/formal-notices",
        handler=formal.list_formal_notices,
        text=Text("注文についての通知を一覧する", "List the formal notices about an order"),
        scope=Scope.CONTACT_READ,
        roles=MACHINE | PARTIES,
        answers={200: formal.FormalList},
    ),
    Operation(
        method="GET",
        path="/formal-notices/{formal}",
        handler=formal.get_formal_notice,
        text=Text(
            "通知がいつ届き、どうなったかを読む", "Read when a formal notice arrived and what followed"
        ),
        scope=Scope.CONTACT_READ,
        roles=MACHINE | PARTIES,
        answers={200: formal.FormalShown},
        refuses=formal.READING,
        tagged=True,
    ),
    Operation(
        method="POST",
        path="/formal-notices/{formal}/answer",
        handler=formal.answer_formal_notice,
        text=Text("通知に応じるか争うかを答える", "Answer a formal notice"),
        scope=Scope.CONTACT_WRITE,
        roles=SELLERS,
        answers={200: formal.FormalShown},
        refuses=formal.ANSWERING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/formal-notices/{formal}/settled",
        handler=formal.settle_formal_notice,
        text=Text("通知の手続きが済んだと伝える", "Say that a formal notice is settled"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={200: formal.FormalShown},
        refuses=formal.SETTLING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/formal-notices/{formal}/share",
        handler=formal.share_formal_notice,
        text=Text("通知と返事を窓口に見せる", "Show a formal notice to the centre"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={200: formal.FormalShown},
        refuses=formal.SHARING,
        once=True,
    ),
)
