"""Checks of the post: mail set up and reachable, nothing given up unseen, letters printed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.post import facts as post
from mamori.ground.post.carrying import Unreachable, carrier_of
from mamori.ground.terms import facts as terms
from mamori.law.reports import OPERATOR_NAME_EN
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_NAME, OPERATOR_PHONE
from mamori.site.checks.finding import Found, Level


def mail_way(at: datetime) -> Found:
    """See that mail is set up, comes from somebody, and that the server answers."""
    way = post.transport(settings.MAMORI_MAIL)
    if way is None:
        yield (
            Level.LOOK,
            Text(
                "メールの設定がありません。お知らせはウェブフックだけで届き、コードでのサインインはできません。"
                "MAMORI_MAIL を決めてください。",
                "Mail is not set up: notices go by webhook only, and nobody can sign in by code. Set MAMORI_MAIL.",
            ),
        )
        return
    post.sender(settings.MAMORI_MAIL_FROM)
    if isinstance(way, post.Folder):
        level = Level.GOOD if settings.MAMORI_DEMO else Level.LOOK
        told = Text(
            "メールはだれにも届かず、フォルダー {path} に読める形で置かれます。",
            "Mail reaches nobody: it is laid, readable, into the folder {path}.",
        )
        yield level, told.fill(path=way.path)
        return
    carrier = carrier_of(way)
    try:
        carrier.open()
    except Unreachable as error:
        told = Text(
            "メールサーバー {way} を使えません（{error}）。",
            "The mail server {way} cannot be used ({error}).",
        )
        yield Level.BROKEN, told.fill(way=way.spoken, error=error)
    else:
        yield (
            Level.GOOD,
            Text("メールサーバーに届く：{way}", "the mail server answers: {way}").fill(way=way.spoken),
        )
    finally:
        carrier.close()


def mail_waiting(at: datetime) -> Found:
    """Name the mail that a person should look at, and mail that nobody sends."""
    stuck = post.stuck(100)
    for mail in stuck[:5]:
        told = Text(
            "届けられないメール {number}（{to}、{about}）：{error}。`mamori post` で送り直すか、手紙にできます。",
            "Mail {number} was given up ({to}, {about}): {error}. `mamori post` sends it again or makes it a letter.",
        )
        yield Level.BROKEN, told.fill(number=mail.number, to=mail.to, about=mail.about, error=mail.error)
    if len(stuck) > 5:
        yield Level.BROKEN, Text("ほかに{n}通", "and {n} more").fill(n=len(stuck) - 5)
    late = post.overdue(at)
    if late:
        told = Text(
            "送られないままのメールが{n}通あります。`mamori work` とメールサーバーを確かめてください。",
            "{n} mails should have been sent long ago. Look at `mamori work` and the mail server.",
        )
        yield Level.BROKEN, told.fill(n=late)
    away = post.relay()
    is_away = away.since is not None and at - away.since > post.OVERDUE
    if away.since is not None and is_away:
        told = Text(
            "メールサーバーが {at} から使えません（{error}）。設定とサーバーを確かめてください。",
            "The mail server could not be used since {at} ({error}). Look at the settings and the server.",
        )
        yield (
            Level.BROKEN,
            told.fill(at=away.since.isoformat(timespec="seconds"), error=away.error),
        )
    if not stuck and not late and not is_away:
        yield Level.GOOD, Text("止まっているメールはない", "no mail is stuck")


def letters(at: datetime) -> Found:
    """Count the letters that wait, and see that letters say from whom they come."""
    count = post.count_letters()
    if count:
        told = Text(
            "出していない手紙が{n}通あります。`mamori post letters --out フォルダー` で印刷してください。",
            "{n} letters wait. Print them with `mamori post letters --out FOLDER`.",
        )
        yield Level.LOOK, told.fill(n=count)
    missing = [
        setting.code
        for setting in (OPERATOR_NAME, OPERATOR_NAME_EN, OPERATOR_PHONE, OPERATOR_ADDRESS)
        if not terms.setting(setting, at=at)
    ]
    if missing and (settings.MAMORI_MAIL or count):
        told = Text(
            "メールと手紙に載せる運営者の情報が足りません：{names}。`mamori set` で決めてください。",
            "Mails and letters lack something about the operator: {names}. Choose it with `mamori set`.",
        )
        yield Level.LOOK, told.fill(names=", ".join(missing))
    if not count and not missing:
        yield Level.GOOD, Text("出していない手紙はない", "no letter waits")
