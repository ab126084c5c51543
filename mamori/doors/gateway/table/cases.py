"""Troubles and questions, formal notices, calls, findings, and what sellers display."""

from __future__ import annotations

from mamori.doors.gateway.operation import BUYER, MACHINE, PARTIES, Operation
from mamori.grammar.actor import SELLERS
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope
from mamori.rooms.complaints.reports import endpoints as calls
from mamori.rooms.contact.endpoints import formal, listing, offers, remedies, threads
from mamori.rooms.contact.endpoints.shapes import ThreadShown
from mamori.rooms.display import endpoints as displays
from mamori.rooms.enforcement import endpoints as findings

# Troubles and questions: reported, written about, shown to the centre, mediated, solved by a proposal, ended.


THREADS = (
    Operation(
        method="POST",
        path="/threads",
        handler=threads.open_thread,
        text=Text("困りごとを届ける、購入前に質問する", "Report a trouble, or ask before buying"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={201: ThreadShown},
        refuses=threads.OPENING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="GET",
        path="/threads",
        handler=listing.list_threads,
        text=Text("やり取りを一覧する（終わったものも）", "List threads, ended ones too"),
        scope=Scope.CONTACT_READ,
        roles=MACHINE | PARTIES,
        answers={200: listing.Threads},
        refuses=listing.LISTING,
    ),
    Operation(
        method="GET",
        path="/threads/{thread}",
        handler=threads.get_thread,
        text=Text("やり取りの状態と期限を読む", "Read a thread's states and clocks"),
        scope=Scope.CONTACT_READ,
        roles=MACHINE | PARTIES,
        answers={200: ThreadShown},
        refuses=threads.READING,
        tagged=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/messages",
        handler=threads.write_message,
        text=Text("やり取りに書く", "Write in a thread"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={201: ThreadShown},
        refuses=threads.WRITING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/danger",
        handler=threads.tell_danger,
        text=Text("今、危険だと知らせる", "Say that it is dangerous now"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={201: ThreadShown},
        refuses=threads.ENDANGERED,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/mediation",
        handler=threads.ask_mediation,
        text=Text("窓口に仲介を頼む", "Ask the centre to mediate"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={201: ThreadShown},
        refuses=threads.MEDIATING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/share",
        handler=threads.share_thread,
        text=Text("やり取りを窓口に見せる", "Show a thread to the centre"),
        scope=Scope.CONTACT_WRITE,
        roles=SELLERS,
        answers={200: ThreadShown},
        refuses=threads.SHARING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/reading",
        handler=threads.decide_reading,
        text=Text("窓口が読んでよいかを決める", "Say whether the centre may read"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={200: ThreadShown},
        refuses=threads.DECIDING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/remedy",
        handler=remedies.ask_remedy,
        text=Text("立替返金・返品を求める", "Ask for a refund or return in the seller's place"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={201: ThreadShown},
        refuses=remedies.ASKING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/return",
        handler=remedies.note_sent,
        text=Text("返品を発送したと知らせる", "Say that the goods are on their way back"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={200: ThreadShown},
        refuses=remedies.SENDING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/end",
        handler=threads.end_thread,
        text=Text(
            "解決した・取り下げる・質問を終える", "Say that it is solved, withdraw it, close a question"
        ),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={200: ThreadShown},
        refuses=threads.ENDING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/proposals",
        handler=offers.propose,
        text=Text("解決を提案する", "Propose a solution"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={201: ThreadShown},
        refuses=offers.PROPOSING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="POST",
        path="/proposals/{proposal}/accept",
        handler=offers.accept_proposal,
        text=Text("提案を受ける", "Agree to a proposal"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={200: ThreadShown},
        refuses=offers.ACCEPTING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/proposals/{proposal}/decline",
        handler=offers.decline_proposal,
        text=Text("提案を断る", "Decline a proposal"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={200: ThreadShown},
        refuses=offers.DECLINING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/proposals/{proposal}/counter",
        handler=offers.counter_proposal,
        text=Text("別の提案で返す", "Answer a proposal with another one"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={201: ThreadShown},
        refuses=offers.COUNTERING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="POST",
        path="/proposals/{proposal}/withdraw",
        handler=offers.withdraw_proposal,
        text=Text("自分の提案を取り下げる", "Take back one's own proposal"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={200: ThreadShown},
        refuses=offers.WITHDRAWING,
        once=True,
    ),
    Operation(
        method="POST",
        path="/proposals/{proposal}/correction",
        handler=offers.correct_reply,
        text=Text("窓口が伺った返事の聞き違いを伝える", "Say that an answer taken down was misheard"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={200: ThreadShown},
        refuses=offers.CORRECTING,
        once=True,
    ),
)


# Formal notices: sent, read, answered, shown to the centre, and said to be settled.


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


CALLS = (
    Operation(
        method="POST",
        path="/calls",
        handler=calls.post_call,
        text=Text("かかってきた電話を知らせる", "Tell that somebody calls"),
        scope=Scope.CALLS_WRITE,
        answers={200: calls.CallTaken},
    ),
)


FINDINGS = (
    Operation(
        method="POST",
        path="/findings",
        handler=findings.post_finding,
        text=Text("違反の疑いを知らせる", "Tell what looks like a breach"),
        scope=Scope.FINDINGS_WRITE,
        answers={201: findings.FindingShown},
        refuses=findings.TELLING,
        located="/findings/{id}",
        once=True,
    ),
    Operation(
        method="GET",
        path="/findings/{finding}",
        handler=findings.get_finding,
        text=Text("知らせた違反の疑いがどうなったかを読む", "Read what became of a finding"),
        scope=Scope.FINDINGS_WRITE,
        answers={200: findings.FindingShown},
        refuses=findings.READING,
        tagged=True,
    ),
)


DISPLAY = (
    Operation(
        method="PUT",
        path="/sellers/{seller}/display",
        handler=displays.put_display,
        text=Text("出品者の表示（特定商取引法）を伝える", "Tell what a seller shows by law"),
        scope=Scope.MARKET_WRITE,
        answers={200: displays.DisplayTaken},
        refuses=displays.TELLING,
    ),
    Operation(
        method="GET",
        path="/sellers/{seller}/display",
        handler=displays.get_display,
        text=Text("出品者の表示を読む", "Read what a seller shows"),
        scope=Scope.MARKET_READ,
        roles=MACHINE | PARTIES,
        answers={200: displays.DisplayShown},
        refuses=displays.READING,
        tagged=True,
    ),
    Operation(
        method="GET",
        path="/order-displays/{whole:order}",
        handler=displays.get_display_seen,
        text=Text("注文したときの表示を読む", "Read what the seller showed when somebody ordered"),
        scope=Scope.MARKET_READ,
        roles=MACHINE | PARTIES,
        answers={200: displays.DisplayShown},
        refuses=displays.READING,
        tagged=True,
    ),
)
"""Stands before what takes all that is left of an address."""
