"""How a notice is kept, and handed to the channels that carry it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Model

from mamori.grammar.actor import Role
from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.ids import outward
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.outbox import ids
from mamori.ground.outbox.lifecycle import NOTICE, NoticeState
from mamori.ground.outbox.models import Notice
from mamori.ground.outbox.publishing import NOTICE_KIND, is_within, row_of, takers, write_all
from mamori.ground.seal import actions as sealing, facts as seals

TOLD = "outbox.told"
PARTIES = ("buyer:", "seller:")
MASK = "••••••••"
"""What stands in the place of a secret wherever a notice is kept."""


class Channel(StrEnum):
    """By what a notice travels."""

    MAIL = "mail"  # by us: as a mail, or as a letter where there is no address
    WEBHOOK = "webhook"  # to the marketplace's own message system


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A value that only its receiver may read, such as a sign-in code, and until when it is of use."""

    name: str
    value: str = field(repr=False)  # a fault that is printed must not show it
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What a carrier is told about a notice when it decides by which channels it goes.

    `is_within` = it is for staff, about a matter of which the marketplace's software learns nothing.
    """

    to: str
    kind: NoticeKind
    until: datetime | None
    has_webhook: bool
    at: datetime
    on_paper: bool = False
    at_shown: bool = False
    is_within: bool = False

    @property
    def is_secret(self) -> bool:
        """Say whether it carries what its reader alone may read."""
        return self.until is not None


@dataclass(frozen=True, slots=True)
class Carriage:
    """How a notice travels, and by its number the rows of whoever carries it."""

    ways: frozenset[Channel]
    rows: Callable[[int], Sequence[Model]] = lambda number: ()


type Carrier = Callable[[Handed], Carriage]
type PageOf = Callable[[str, str], str]
"""Returns the path of the page on which `to` answers about `about`, empty when there is none."""


def by_webhook_only(handed: Handed) -> Carriage:
    """Choose the webhook where an endpoint asked for notices; a secret is nothing for other people's systems."""
    goes = handed.has_webhook and not handed.is_secret and not handed.is_within
    return Carriage(frozenset({Channel.WEBHOOK} if goes else ()))


_carrier: Carrier = by_webhook_only
_page_of: PageOf = lambda to, about: ""  # noqa: E731  # until the site says where pages lie


def use(carrier: Carrier, *, page_of: PageOf | None = None) -> None:
    """Let `carrier` decide by which channels notices go, its own rows written in the sender's transaction.

    `page_of` says on which page somebody answers: doors stand above.
    """
    global _carrier, _page_of  # named once at start-up, in site/wiring.py
    _carrier, _page_of = carrier, page_of or _page_of


def page_of(to: str, about: str) -> str:
    """Return the path of the page on which `to` answers about the matter, empty where there is none."""
    return _page_of(to, about)


def notify_numbered(
    *,
    to: str,
    template: Template,
    values: Mapping[str, object],
    about: str,
    at: datetime,
    secret: Secret | None = None,
) -> int:
    """Keep a notice for the party `to` and hand it to its channels; return its number.

    A `secret` is sealed with the party's key, goes by mail only, and is forgotten once it was sent.

    :raises TypeError: when a value is not an id, a number, a yes or no, or a Text of ours.
    """
    with memory.act():
        write_waiting()
        told = _drafted(to, template, {**values, secret.name: MASK} if secret else values, about=about, at=at)
        if secret:
            told.notice.values, told.notice.until = _plain_all(values), secret.until
        _write_all([told])
        if secret:
            notice = told.notice
            notice.sealed = sealing.seal(subject=to, place=_place(notice.pk), plain=secret.value.encode())
            notice.save(update_fields=["sealed"])
    return told.notice.pk


def notify(*, to: str, template: Template, values: Mapping[str, object], about: str, at: datetime) -> None:
    """Keep a notice as `notify` does, for whoever does not need its number; those of one act are written together.

    :raises TypeError: when a value is not an id, a number, a yes or no, or a Text of ours.
    """
    told = _drafted(to, template, values, about=about, at=at)
    if not memory.is_carried():
        with transaction.atomic():
            _write_all([told])
        return
    memory.of(TOLD, "", list[_Drafted]).append(told)
    memory.later(TOLD, _write)


def delivered(notice: Notice, at: datetime) -> None:
    """Note that a notice reached who carries it on; told twice, the first time counts."""
    if notice.sealed is not None:
        notice.sealed = None
        notice.save(update_fields=["sealed"])
    if notice.state == NoticeState.UNDER_WAY:
        notice.closed_at = at
        notice.state = NOTICE.take("deliver", NoticeState(notice.state), Role.MACHINE).value
        notice.save(update_fields=["state", "closed_at"])


def returned(notice: Notice) -> None:
    """Note that nobody carries a notice any further: it is kept, in sight, without its secret."""
    notice.sealed = None
    if notice.state == NoticeState.UNDER_WAY and Channel.WEBHOOK not in notice.channel.split("+"):
        notice.state = NOTICE.take("keep", NoticeState(notice.state), Role.MACHINE).value
    notice.save(update_fields=["sealed", "state"])


def secret_of(notice: Notice) -> str:
    """Return the secret of a notice, empty when it has none or it was forgotten."""
    if notice.sealed is None:
        return ""
    return seals.unseal(subject=notice.to, place=_place(notice.pk), sealed=bytes(notice.sealed)).decode()


@dataclass(slots=True)
class _Drafted:
    """A notice on its way into the tables, and what it is made from."""

    notice: Notice
    template: Template


def _drafted(
    to: str, template: Template, values: Mapping[str, object], *, about: str, at: datetime
) -> _Drafted:
    notice = Notice(
        to=to,
        template=template.code,
        kind=template.kind.value,
        title=_plain(template.title.fill(**values)),
        body=_plain(template.body.fill(**values)),
        values=_plain_all(values),
        about=about,
        at=at,
    )
    return _Drafted(notice, template)


def write_waiting() -> None:
    """Write the notices that wait for the end of the act, for whoever reads them in it."""
    memory.write(TOLD)


def _write() -> None:
    told = memory.of(TOLD, "", list[_Drafted])
    memory.forget(TOLD)
    _write_all(told)


def _write_all(told: Sequence[_Drafted]) -> None:
    """Write notices with what carries them: a look at each, then all rows of one kind together."""
    carriages = [_carriage(one) for one in told]
    for one, carriage in zip(told, carriages, strict=True):
        one.notice.channel = "+".join(sorted(carriage.ways))
        if carriage.ways:
            one.notice.state = NOTICE.take("hand_over", NoticeState(one.notice.state), Role.MACHINE).value
    Notice.objects.bulk_create(one.notice for one in told)
    rows: dict[type[Model], list[Model]] = {}
    called: list[Notice] = []
    for one, carriage in zip(told, carriages, strict=True):
        for row in carriage.rows(one.notice.pk):
            rows.setdefault(type(row), []).append(row)
        if Channel.WEBHOOK in carriage.ways:
            called.append(one.notice)
    _call_webhooks(called)
    for kind, some in rows.items():
        kind._default_manager.bulk_create(some)


def _carriage(told: _Drafted) -> Carriage:
    notice = told.notice
    return _carrier(
        Handed(
            to=notice.to,
            kind=told.template.kind,
            until=notice.until,
            has_webhook=bool(takers(NOTICE_KIND)),
            at=notice.at,
            on_paper=told.template.on_paper,
            at_shown=told.template.at_shown,
            is_within=is_within(notice.about) and not notice.to.startswith(PARTIES),
        )
    )


def _call_webhooks(notices: Sequence[Notice]) -> None:
    names = ("to", "template", "kind", "title", "body", "values")
    rows = [
        row_of(
            kind=NOTICE_KIND,
            subject=notice.to,
            data={
                "notice": ids.NOTICE.of(notice.pk),
                **{name: getattr(notice, name) for name in names},
                "about": outward(notice.about).rpartition(".")[2],
                "path": page_of(notice.to, notice.about),
            },
            at=notice.at,
        )
        for notice in notices
    ]
    for notice, event in zip(notices, write_all(rows), strict=True):
        notice.event = event
    Notice.objects.bulk_update(notices, ["event"])


def _place(number: int) -> seals.Place:
    return seals.Place("outbox_notice", number, "sealed")


def _plain_all(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> Any:
    if isinstance(value, Text):
        return {"ja": value.ja, "en": value.en}
    if value is None or isinstance(value, (str, int, bool)):
        return value
    raise TypeError(f"a notice carries ids and plain values, not {type(value).__name__}")
