"""A campaign to sellers, what becomes of it at one seller, and what is announced to everybody."""

from enum import StrEnum

from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class CampaignState(StrEnum):
    """How a campaign stands."""

    DRAFTED = "drafted"
    RUNNING = "running"
    STANDING = "standing"
    STOPPED = "stopped"
    FINISHED = "finished"


_C = CampaignState
LIVE = (_C.RUNNING, _C.STANDING)
"""The states in which sellers are told or reminded."""
_LEADS = frozenset({Role.LEAD, Role.COUNSEL})
_MACHINE = frozenset({Role.MACHINE})

CAMPAIGN = Statechart(
    name="outreach.campaign",
    title=Text("出品者への一斉案内", "the campaign to sellers"),
    initial=_C.DRAFTED,
    states={
        _C.DRAFTED: Text("下書き。まだだれにも知らせていない", "drafted: nobody is told yet"),
        _C.RUNNING: Text("順に知らせている", "sellers are being told"),
        _C.STANDING: Text("知らせ終え、返事を待っている", "all are told; their word is awaited"),
        _C.STOPPED: Text("止めている", "stopped"),
        _C.FINISHED: Text("終わった", "finished"),
    },
    steps=(
        Step("start", Text("知らせ始める", "start it"), {_C.DRAFTED: _C.RUNNING}, _LEADS),
        Step("stand", Text("全員に知らせ終える", "have told everybody"), {_C.RUNNING: _C.STANDING}, _MACHINE),
        Step("go_round", Text("もう一巡する", "go round once more"), {_C.STANDING: _C.RUNNING}, _MACHINE),
        Step("stop", Text("止める", "stop it"), dict.fromkeys(LIVE, _C.STOPPED), _LEADS),
        Step("resume", Text("再び始める", "resume it"), {_C.STOPPED: _C.RUNNING}, _LEADS),
        Step(
            "finish",
            Text("終える", "finish it"),
            dict.fromkeys((_C.DRAFTED, _C.STANDING, _C.STOPPED), _C.FINISHED),
            _LEADS | _MACHINE,
        ),
    ),
)


class ToldState(StrEnum):
    """How it stands at one seller that was told."""

    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


_T = ToldState

TOLD = Statechart(
    name="outreach.told",
    title=Text("案内への返事", "a seller's word on a campaign"),
    initial=_T.WAITING,
    states={
        _T.WAITING: Text("まだ返事がない", "not heard of yet"),
        _T.ACKNOWLEDGED: Text("読んで、表示を確かめた", "read it and checked its display"),
        _T.CLOSED: Text("出品者がいなくなった", "its seller is gone"),
    },
    steps=(
        Step(
            "acknowledge",
            Text("読んで確かめたと知らせる", "say that it is read and checked"),
            {_T.WAITING: _T.ACKNOWLEDGED},
            SELLERS,
        ),
        Step("close", Text("終える", "end it"), {_T.WAITING: _T.CLOSED}, _MACHINE),
    ),
)


class AnnouncementState(StrEnum):
    """How a version of an announcement stands."""

    WRITING = "writing"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


_A = AnnouncementState
WAS_PUBLISHED = (_A.PUBLISHED, _A.REPLACED, _A.WITHDRAWN)
"""What everybody has read, and may go on reading about."""
_STAFF = frozenset({Role.AGENT}) | _LEADS

ANNOUNCEMENT = Statechart(
    name="outreach.announcement",
    title=Text("ニュース（だれでも読む）", "the announcement"),
    initial=_A.WRITING,
    states={
        _A.WRITING: Text("書いている", "being written"),
        _A.PROPOSED: Text("別の人の確認を待っている", "waits for another person to look at it"),
        _A.PUBLISHED: Text("公開している", "published"),
        _A.REPLACED: Text("訂正した版に替わった", "replaced by a corrected version"),
        _A.WITHDRAWN: Text("取り下げた", "withdrawn from the public"),
        _A.DROPPED: Text("公開せずにやめた", "given up before it was published"),
    },
    steps=(
        Step("propose", Text("公開を提案する", "propose to publish it"), {_A.WRITING: _A.PROPOSED}, _STAFF),
        Step("send_back", Text("書き直しに戻す", "send it back"), {_A.PROPOSED: _A.WRITING}, _STAFF),
        Step("publish", Text("公開する", "publish it"), {_A.PROPOSED: _A.PUBLISHED}, _LEADS),
        Step(
            "replace",
            Text("訂正した版に替える", "let a corrected version take its place"),
            {_A.PUBLISHED: _A.REPLACED},
            _LEADS,
        ),
        Step("withdraw", Text("取り下げる", "withdraw it"), {_A.PUBLISHED: _A.WITHDRAWN}, _LEADS),
        Step(
            "drop",
            Text("公開せずにやめる", "give it up"),
            dict.fromkeys((_A.WRITING, _A.PROPOSED), _A.DROPPED),
            _STAFF,
        ),
    ),
)


class ActivityState(StrEnum):
    """How an activity stands."""

    PLANNED = "planned"
    HELD = "held"
    FOLLOWED = "followed"
    CALLED_OFF = "called-off"


_V = ActivityState
ACTIVITY = Statechart(
    name="outreach.activity",
    title=Text("活動", "the activity"),
    initial=_V.PLANNED,
    states={
        _V.PLANNED: Text("予定", "planned"),
        _V.HELD: Text("開いた（何につながったかは、まだ）", "held; what came of it is to be asked"),
        _V.FOLLOWED: Text("何につながったかを確かめた", "followed up"),
        _V.CALLED_OFF: Text("中止した", "called off"),
    },
    steps=(
        Step("work", Text("書き足す", "add to it"), {_V.PLANNED: _V.PLANNED, _V.HELD: _V.HELD}, _STAFF),
        Step("hold", Text("開いたことを記録する", "note that it was held"), {_V.PLANNED: _V.HELD}, _STAFF),
        Step("follow_up", Text("何につながったかを記録する", "follow it up"), {_V.HELD: _V.FOLLOWED}, _STAFF),
        Step("call_off", Text("中止する", "call it off"), {_V.PLANNED: _V.CALLED_OFF}, _STAFF),
    ),
)
