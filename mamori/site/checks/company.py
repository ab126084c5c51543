"""Checks of the company's sign-in: whether its provider answers as it must, and who comes in without it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.people import facts
from mamori.ground.people.facts import TRUSTED, GroupsUnreadable
from mamori.ground.web.signing import choices
from mamori.ground.web.signing.company.provider import BACK, WELL_KNOWN, Discovered, discovered
from mamori.ground.web.signing.company.refusals import CompanyAway
from mamori.site.checks.finding import Found, Level

SKEW = timedelta(seconds=60)
"""So far a token may be dated ahead or be over before it is refused."""


def company(at: datetime) -> Found:
    """Ask the provider what a sign-in would ask it."""
    if not settings.COMPANY_ISSUER and not settings.COMPANY_CLIENT:
        return
    if not choices.is_company_used():
        told = Text(
            "会社のサインインの設定が足りません。MAMORI_COMPANY_ISSUER と MAMORI_COMPANY_CLIENT の両方を決めてください。",
            "The company's sign-in is half set up. Set both MAMORI_COMPANY_ISSUER and MAMORI_COMPANY_CLIENT.",
        )
        yield Level.BROKEN, told
        return
    if not settings.COMPANY_SECRET:
        told = Text(
            "会社のクライアントの合言葉がありません。MAMORI_COMPANY_SECRET_FILE を決めてください。",
            "There is no client secret for the company's sign-in. Set MAMORI_COMPANY_SECRET_FILE.",
        )
        yield Level.BROKEN, told
    try:
        found = discovered(at=at, anew=True)
    except CompanyAway as away:
        told = Text(
            "会社のサインインを使えません（{why}）。MAMORI_COMPANY_ISSUER と {address} の issuer が一字も違わないこと、"
            "このサーバーから https で届くことを確かめてください。",
            "The company's sign-in cannot be used ({why}). See that MAMORI_COMPANY_ISSUER is to the letter the issuer that "
            "stands in {address}, and that this server reaches it by https.",
        )
        address = settings.COMPANY_ISSUER.rstrip("/") + WELL_KNOWN
        yield Level.BROKEN, told.fill(why=away.values["why"], address=address)
    else:
        told = Text(
            "会社のサインインが応える：{issuer}（戻り先 {back}）",
            "the company's sign-in answers: {issuer} (it sends people back to {back})",
        )
        yield Level.GOOD, told.fill(issuer=settings.COMPANY_ISSUER, back=f"{settings.ORIGIN}{BACK}")
        yield from _clock(found, at)
        yield from _able(found, at)
    yield from _choices(at)


def _clock(found: Discovered, at: datetime) -> Iterator[tuple[Level, Text]]:
    try:
        told_at = parsedate_to_datetime(found.date).astimezone(UTC)
    except (ValueError, TypeError):
        return  # it tells no time
    apart = abs(told_at - at)
    if apart > SKEW:
        told = Text(
            "会社のサーバーとこのサーバーの時計が{n}秒違います。1分より違うと、サインインは断られます。時計を合わせてください。",
            "The clocks of the company's server and this one are {n} seconds apart. Beyond a minute sign-ins are refused: please "
            "set them right.",
        )
        yield Level.BROKEN, told.fill(n=int(apart.total_seconds()))


def _able(found: Discovered, at: datetime) -> Iterator[tuple[Level, Text]]:
    methods = found.config.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        told = Text(
            "会社のサーバーは、使う確かめ方（PKCE の S256）を受け付けないと言っています。",
            "The company's server says that it does not take the proof key that is used (PKCE, S256).",
        )
        yield Level.LOOK, told
    if found.config.get("backchannel_logout_supported") is not True:
        told = Text(
            "会社のサーバーは、サインアウトを知らせないと言っています。会社で止められた人は、最長{n}時間ここに残れます"
            "（people.company_stay）。急ぐときは `mamori staff suspend` で止めてください。",
            "The company's server does not say that it tells of sign-outs: whoever is disabled there may remain here for up to "
            "{n} hours (people.company_stay). Where it is urgent, `mamori staff suspend` stops somebody at once.",
        )
        try:
            holds = choices.company_rules(at).holds
        except GroupsUnreadable:
            return  # said below
        yield Level.LOOK, told.fill(n=int(holds.total_seconds() // 3600))


def _choices(at: datetime) -> Iterator[tuple[Level, Text]]:
    try:
        choices.company_rules(at)
    except GroupsUnreadable as unreadable:
        told = Text(
            "people.company_roles の「{part}」を読めません。`グループ=役割; グループ=役割` の形で、役割は agent・lead・counsel・"
            "reader のどれかにしてください。それまで、会社からはだれも入れません。",
            "“{part}” in people.company_roles cannot be read. Write `group=role; group=role`, with agent, lead, counsel or "
            "reader. Until then nobody comes in by the company.",
        )
        yield Level.BROKEN, told.fill(part=str(unreadable))
    able = [one for one in facts.accounts(at=at) if one.is_active and one.role in TRUSTED]
    if able and all(one.by_company for one in able):
        told = Text(
            "責任者・法務担当の全員が会社のサインインに頼っています。会社のサーバーが止まったときのために、"
            "つながない責任者を一人、`mamori staff add` で登録してください。",
            "Every lead and counsel depends on the company's sign-in. For the day on which it is away, add one lead who is not "
            "connected with it: `mamori staff add`.",
        )
        yield Level.LOOK, told
