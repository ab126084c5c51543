"""What can become of a file that somebody gave us."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text

MACHINE = frozenset({Role.MACHINE})
ERASERS = frozenset({Role.LEAD, Role.COUNSEL, Role.MACHINE})


class FileState(StrEnum):
    """Where a file is."""

    RECEIVED = "received"
    QUARANTINED = "quarantined"
    CLEAN = "clean"
    INFECTED = "infected"
    UNREADABLE = "unreadable"
    ERASED = "erased"


_S = FileState
SHOWN = frozenset({_S.RECEIVED, _S.CLEAN})
"""Of these the rebuilt pictures may be seen; the original only of a clean one."""

FILE = Statechart(
    name="vault.file",
    title=Text("添付ファイル", "the file"),
    states={
        _S.RECEIVED: Text("受け取り済み（写しだけを表示）", "received, shown as pictures only"),
        _S.QUARANTINED: Text("検査待ち", "waiting for the scanner"),
        _S.CLEAN: Text("検査済み", "scanned and clean"),
        _S.INFECTED: Text("隔離（不正なプログラムの疑い）", "locked away: malware found"),
        _S.UNREADABLE: Text("開けない", "cannot be read"),
        _S.ERASED: Text("消去済み", "erased"),
    },
    initial=_S.RECEIVED,
    steps=(
        Step("hold_back", Text("検査を待つ", "wait for the scanner"), {_S.RECEIVED: _S.QUARANTINED}, MACHINE),
        Step(
            "pass",
            Text("検査に通す", "find it clean"),
            {_S.RECEIVED: _S.CLEAN, _S.QUARANTINED: _S.CLEAN},
            MACHINE,
        ),
        Step(
            "lock_away",
            Text("隔離する", "lock away"),
            {_S.RECEIVED: _S.INFECTED, _S.QUARANTINED: _S.INFECTED},
            MACHINE,
        ),
        Step(
            "give_up", Text("開けないとする", "find it unreadable"), {_S.QUARANTINED: _S.UNREADABLE}, MACHINE
        ),
        Step(
            "erase",
            Text("消去する", "erase"),
            {
                _S.RECEIVED: _S.ERASED,
                _S.QUARANTINED: _S.ERASED,
                _S.CLEAN: _S.ERASED,
                _S.INFECTED: _S.ERASED,
                _S.UNREADABLE: _S.ERASED,
            },
            ERASERS,
        ),
    ),
)
