"""How a notice is kept, and handed to the channel that carries it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.outbox.lifecycle import NOTICE, NoticeState
from mamori.ground.outbox.models import Notice
from mamori.ground.outbox.publishing import takers, write

WEBHOOK_KIND = "notice"


class Channel(StrEnum):
    """By what a notice travels."""

    WEBHOOK = "webhook"  # to the marketplace's own message system


def notify(
    *,
    to: str,
    template: Template,
    values: Mapping[str, object],
    about: str,
    at: datetime,
    channel: Channel = Channel.WEBHOOK,
) -> int:
    """Keep a notice for the party `to` and hand it to its channel; return its number.

    :raises TypeError: when a value is not an id, a number, a yes or no, or a Text of ours.
    """
    plain = {name: _plain(value) for name, value in values.items()}
    title, body = template.title.fill(**values), template.body.fill(**values)
    with transaction.atomic():
        notice = Notice.objects.create(
            to=to,
            template=template.code,
            kind=template.kind.value,
            title=_plain(title),
            body=_plain(body),
            values=plain,
            about=about,
            channel=channel.value,
            at=at,
        )
        if CARRIERS[channel](notice):
            _step(notice, "hand_over")
    return notice.pk


def delivered(notice: Notice, at: datetime) -> None:
    """Note that a notice reached who carries it on; told twice, the first time counts."""
    if notice.state == NoticeState.UNDER_WAY:
        notice.closed_at = at
        _step(notice, "deliver")


def _by_webhook(notice: Notice) -> bool:
    """Write the notice as a webhook; say whether any endpoint asked for notices."""
    if not takers(WEBHOOK_KIND):
        return False
    names = ("to", "template", "kind", "title", "body", "values", "about")
    data = {"notice": notice.pk, **{name: getattr(notice, name) for name in names}}
    notice.event = write(kind=WEBHOOK_KIND, subject=notice.to, data=data, at=notice.at)
    return True


CARRIERS: dict[Channel, Callable[[Notice], bool]] = {Channel.WEBHOOK: _by_webhook}
"""Each channel's way to take a notice in the sender's transaction, saying whether somebody carries it."""


def _step(notice: Notice, name: str) -> None:
    notice.state = NOTICE.take(name, NoticeState(notice.state), Role.MACHINE).value
    notice.save(update_fields=["state", "closed_at", "event"])


def _plain(value: object) -> Any:
    if isinstance(value, Text):
        return {"ja": value.ja, "en": value.en}
    if value is None or isinstance(value, (str, int, bool)):
        return value
    raise TypeError(f"a notice carries ids and plain values, not {type(value).__name__}")
