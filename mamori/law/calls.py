"""How a report comes by telephone or on paper, how whoever made it hears of it, and how soon it is called back.  Pure data.

No statute names these times: they are the operator's own.  Nobody has to agree to be recorded for a report to be taken.
"""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.businesstime import BusinessDays
from mamori.grammar.declaration import CountedIn, Deadline, Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE


class ReportChannel(StrEnum):
    """By which way a report came."""

    PAGE = "page"
    TELEPHONE = "telephone"
    LETTER = "letter"
    FAX = "fax"
    COUNTER = "counter"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CHANNELS[self]

    @property
    def is_paper(self) -> bool:
        """Say whether there is a paper, with which what was entered is compared."""
        return self in (ReportChannel.LETTER, ReportChannel.FAX)


_CHANNELS = {
    ReportChannel.PAGE: Text("ページ", "by page"),
    ReportChannel.TELEPHONE: Text("電話", "by telephone"),
    ReportChannel.LETTER: Text("手紙", "by letter"),
    ReportChannel.FAX: Text("ファックス", "by fax"),
    ReportChannel.COUNTER: Text("窓口", "at the counter"),
}


class HearsBy(StrEnum):
    """How whoever reported hears what came of it."""

    PAGE = "page"
    MAIL = "mail"
    CALL = "call"
    POST = "post"
    NONE = "none"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _HEARS[self]


_HEARS = {
    HearsBy.PAGE: Text("専用のページで", "on a page of its own"),
    HearsBy.MAIL: Text("メールで", "by mail"),
    HearsBy.CALL: Text("折り返しの電話で", "by a call back"),
    HearsBy.POST: Text("手紙で", "by letter"),
    HearsBy.NONE: Text("知らせなくてよい", "need not be told"),
}


class CallRecording(StrEnum):
    """Whether the centre's telephone system recorded the call; this house keeps no sound itself."""

    ANNOUNCED = "announced"
    REFUSED = "refused"
    NONE = "none"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _RECORDINGS[self]


_RECORDINGS = {
    CallRecording.ANNOUNCED: Text("伝えたうえで録音している", "announced, and recorded"),
    CallRecording.REFUSED: Text(
        "断られたので、録音を止めた・録音しない回線に移した", "refused: it was stopped, or goes on unrecorded"
    ),
    CallRecording.NONE: Text("録音していない・紙で届いた", "nothing is recorded, or it came on paper"),
}
ANNOUNCE = Text(
    "「内容を正しく確かめるため、この通話を録音しています。お嫌でしたら、録音せずに承ります。」",
    "“This call is recorded so that we take down correctly what you say. If you would rather not, we take it unrecorded.”",
)
"""What is said at the beginning of a call that is recorded."""
MAIL_CONSENT = Text(
    "「結果をこのアドレスにだけお送りします。ほかのメールは送りません。一文字ずつ読み上げますので、合っているか教えてください。」",
    "“The outcome goes to this address and nothing else does. I will spell it: please tell me whether it is right.”",
)
"""What is read out before an address is taken down: a code cannot be used on the telephone."""
COMPLAINT_CALL = Deadline(
    code="complaints.call",
    title=Text(
        "結論のあと、電話を望んだ人に折り返すまで",
        "after a decision, until whoever asked for a call is called back",
    ),
    duration=BusinessDays(1),
    citation=OWN_RULE,
)
COMPLAINT_CALL_TRIES = Setting(
    code="complaints.call_tries",
    title=Text(
        "折り返しの電話を、つながるまで試す回数",
        "times that whoever asked for a call is tried before giving up",
    ),
    default=3,
    citation=OWN_RULE,
    least=2,
    most=10,
    unit=CountedIn.TIMES,
)
