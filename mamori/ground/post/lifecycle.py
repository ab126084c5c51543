"""What can become of a mail, and of a letter."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text

MACHINE = frozenset({Role.MACHINE})
TENDING = STAFF | MACHINE


class MailState(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    GIVEN_UP = "given_up"
    UNADDRESSED = "unaddressed"
    EXPIRED = "expired"
    LEFT_OUT = "left_out"


MAIL = Statechart(
    name="post.mail",
    title=Text("メール", "mail"),
    states={
        MailState.WAITING: Text("順番待ち", "waiting"),
        MailState.LEASED: Text("送信中", "being sent"),
        MailState.SENT: Text("送信済み", "sent"),
        MailState.GIVEN_UP: Text("届けられない", "given up"),
        MailState.UNADDRESSED: Text("宛先なし", "without an address"),
        MailState.EXPIRED: Text("期限切れ", "too late to send"),
        MailState.LEFT_OUT: Text("取りやめ", "left out"),
    },
    initial=MailState.WAITING,
    steps=(
        Step(
            "lease",
            Text("送信に出す", "take out"),
            {MailState.WAITING: MailState.LEASED, MailState.LEASED: MailState.LEASED},
            MACHINE,
        ),
        Step(
            "send",
            Text("送る", "send"),
            {
                MailState.LEASED: MailState.SENT,
                # A server's yes counts even when the lease had run out or somebody had decided meanwhile.
                MailState.WAITING: MailState.SENT,
                MailState.GIVEN_UP: MailState.SENT,
            },
            MACHINE,
        ),
        Step("put_off", Text("後でもう一度", "try later"), {MailState.LEASED: MailState.WAITING}, MACHINE),
        Step("give_up", Text("あきらめる", "give up"), {MailState.LEASED: MailState.GIVEN_UP}, MACHINE),
        Step(
            "find_no_address",
            Text("宛先がないと知る", "find no address"),
            {MailState.LEASED: MailState.UNADDRESSED},
            MACHINE,
        ),
        Step(
            "expire", Text("期限が切れる", "become too late"), {MailState.LEASED: MailState.EXPIRED}, MACHINE
        ),
        Step(
            "retry",
            Text("送り直す", "send again"),
            {MailState.GIVEN_UP: MailState.WAITING, MailState.WAITING: MailState.WAITING},
            TENDING,
        ),
        Step(
            "leave_out",
            Text("取りやめる", "leave out"),
            {MailState.GIVEN_UP: MailState.LEFT_OUT, MailState.WAITING: MailState.LEFT_OUT},
            TENDING,
        ),
    ),
)


class LetterState(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    PRINTED = "printed"
    POSTED = "posted"
    LEFT_OUT = "left_out"


LETTER = Statechart(
    name="post.letter",
    title=Text("手紙", "letter"),
    states={
        LetterState.WAITING: Text("印刷待ち", "to be printed"),
        LetterState.PRINTED: Text("印刷済み", "printed"),
        LetterState.POSTED: Text("投函済み", "posted"),
        LetterState.LEFT_OUT: Text("取りやめ", "left out"),
    },
    initial=LetterState.WAITING,
    steps=(
        Step(
            "print",
            Text("印刷する", "print"),
            {LetterState.WAITING: LetterState.PRINTED, LetterState.PRINTED: LetterState.PRINTED},
            TENDING,
        ),
        Step("post", Text("投函する", "post"), {LetterState.PRINTED: LetterState.POSTED}, TENDING),
        Step(
            "leave_out",
            Text("取りやめる", "leave out"),
            {LetterState.WAITING: LetterState.LEFT_OUT, LetterState.PRINTED: LetterState.LEFT_OUT},
            TENDING,
        ),
    ),
)
