"""Checks of who may come in: the address, a lead, another pair of eyes or an outside reader, keys about to end."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.people import facts
from mamori.ground.people.facts import TRUSTED, Size
from mamori.ground.web.signing import choices
from mamori.site.checks.finding import Found, Level

SOON = timedelta(days=14)
AT_HOME = {"localhost", "127.0.0.1", "::1"}


def origin(at: datetime) -> Found:
    """Passkeys and secure cookies need https, except on one's own machine."""
    place = urlsplit(settings.ORIGIN)
    if place.scheme == "https" or (place.hostname or "").lower() in AT_HOME:
        yield Level.GOOD, Text("開くアドレス {origin}", "opened at {origin}").fill(origin=settings.ORIGIN)
        return
    told = Text(
        "{origin} は https ではないので、パスキーは使えず、クッキーは盗み見られます。MAMORI_ORIGIN を https:// にしてください。",
        "{origin} is not https: passkeys do not work and cookies can be read on the way. Set MAMORI_ORIGIN to https://…",
    )
    yield Level.BROKEN, told.fill(origin=settings.ORIGIN)


def staff(at: datetime) -> Found:
    """Somebody must be able to tend accounts; who works alone needs a reader outside."""
    able = [one for one in facts.accounts(at=at) if one.is_active and one.role in TRUSTED]
    profile = choices.profile(at)
    if not able:
        yield (
            Level.LOOK,
            Text(
                "責任者がまだいません。`mamori staff add メールアドレス --name 名前 --role lead` で登録してください。",
                "There is no lead yet. Add one with `mamori staff add ADDRESS --name NAME --role lead`.",
            ),
        )
    if profile.size is Size.ONE and not profile.reader:
        yield (
            Level.LOOK,
            Text(
                "一人で運営する設定ですが、外部の読み手がいません。"
                "`mamori set people.outside_reader メールアドレス` で決めてください。",
                "One person runs the centre and nobody outside reads along. Set `mamori set people.outside_reader ADDRESS`.",
            ),
        )


def keys(at: datetime) -> Found:
    """Name keys that end soon and have no successor."""
    newest = {key.name: key for key in reversed(facts.every_key())}
    for key in newest.values():
        if key.holds(at) and key.expires_at is not None and key.expires_at - at < SOON:
            told = Text(
                "鍵 {name} は {at} に切れます。`mamori key rotate {name}` で次の鍵を作ってください。",
                "The key {name} ends at {at}. Make the next with `mamori key rotate {name}`.",
            )
            yield Level.LOOK, told.fill(name=key.name, at=key.expires_at.isoformat(timespec="minutes"))
