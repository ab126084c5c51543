"""What is done with the record: write an act, shred a subject, put waiting acts in their place."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import erasing, memory
from mamori.ground.ledger import erasures, log
from mamori.ground.ledger.formats import moment_text
from mamori.ground.ledger.log import SALT, canonical, commitment_to, content_place
from mamori.ground.ledger.models import Act, ActContent, Erasure, Pending
from mamori.ground.seal import actions as seal, facts as seals
from mamori.ground.seal.actions import Held

MARKET = "market"
SHREDDED = "ledger.shredded"


class NothingToShred(Refusal, code="ledger.nothing_to_shred", status=404):
    """The subject has no key that lives."""

    text = Text(
        "{subject} について消去できる内容はありません。",
        "There is nothing about {subject} that could be erased.",
    )


class MarketStays(Refusal, code="ledger.market_stays", status=409):
    """The market's own acts carry the account of every shredding."""

    text = Text(
        "通販サイトそのものの記録は、消去の記録も含むため、消去できません。個人または出品者を指定してください。",
        "The market's own record cannot be erased, as it accounts for every erasure. Name a buyer or a seller.",
    )


def record(
    actor: Actor,
    *,
    kind: str,
    subject: str,
    about: str,
    ground: str = "",
    reason: str = "",
    payload: Mapping[str, Any] | None = None,
) -> int:
    """Write an act into the caller's transaction and return its number, which is the receipt's number.

    `subject` owns the content ("buyer:B-1": its key seals it), `about` is the thing ("contact.trouble:12").

    :raises TypeError: when the payload holds more than text, whole numbers, yes/no, lists and tables.
    """
    done = Done(kind=kind, subject=subject, about=about, ground=ground, reason=reason, payload=payload or {})
    return record_all(actor, [done])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one act says besides who did it; as `record` takes it."""

    kind: str
    subject: str
    about: str
    ground: str = ""
    reason: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


def record_all(actor: Actor, acts: Sequence[Done]) -> list[int]:
    """Write many acts of one actor into the caller's transaction, as `record` writes one; return their numbers in order."""
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction of what it records")
    contents = [_content(actor, done) for done in acts]
    salts = [os.urandom(SALT) for _ in acts]
    rows = Act.objects.bulk_create(
        Act(kind=done.kind, at=actor.at, commitment=commitment_to(salt, content))
        for done, salt, content in zip(acts, salts, contents, strict=True)
    )
    sealed = seal.seal_many(
        [
            seal.Plain(
                subject=done.subject,
                place=content_place(row.pk),
                plain=canonical(content | {"salt": salt.hex()}),
            )
            for done, row, salt, content in zip(acts, rows, salts, contents, strict=True)
        ]
    )
    ActContent.objects.bulk_create(
        ActContent(act=row, subject=done.subject, about=done.about, sealed=value)
        for done, row, value in zip(acts, rows, sealed, strict=True)
    )
    Pending.objects.bulk_create(Pending(act=row) for row in rows)
    return [row.pk for row in rows]


def _content(actor: Actor, done: Done) -> dict[str, Any]:
    return {
        "about": done.about,
        "at": moment_text(actor.at),
        "by": actor.by,
        "ground": done.ground,
        "kind": done.kind,
        "payload": dict(done.payload),
        "reason": done.reason,
        "request": actor.request,
        "role": actor.role.value,
        "subject": done.subject,
        "via": actor.via,
    }


def shred(actor: Actor, *, subject: str, reason: str, again: bool = False) -> int:
    """Destroy the key of `subject` and record it; return the number of the act, which names each content lost.

    What is kept of the subject outside sealed values (search tokens, files, stored replies) goes in the same transaction,
    and where it is very much the rest in batches afterwards, each an act of its own (`go_on_erasing`).  Who was erased before
    and came back with an older backup goes `again`: what that older house still had to do for them objects to nothing.
    """
    if subject == MARKET:
        raise MarketStays

    def told(payload: dict[str, Any]) -> int:
        return record(actor, kind=SHREDDED, subject=MARKET, about=subject, reason=reason, payload=payload)

    with transaction.atomic():
        if not again:
            erasing.may_be_erased(subject, actor.at)
        key = seal.shred(subject=subject, at=actor.at)
        if key is None:
            raise NothingToShred(subject=subject)
        return erasures.begin(subject=subject, key=key, at=actor.at, told=told)


def shred_each[M: Model](
    actor: Actor,
    rows: QuerySet[M],
    *,
    limit: int,
    reason: str,
    whose: Callable[[M], Sequence[str]],
    wipe: Callable[[M], None],
) -> int:
    """Shred what so many of these rows were sealed for and `wipe` the rest of each; return how many went, what is held stays.

    `whose` gives the subject of a row, and then by what else a hold may mean it.
    """

    def gone(row: M) -> bool:
        subject, *named = whose(row)
        try:
            with memory.attempt():
                seals.must_not_be_held(*named)
                shred(actor, subject=subject, reason=reason)
                wipe(row)
        except Held:
            return False
        return True

    return sum(1 for _ in islice(filter(gone, rows.iterator(chunk_size=200)), limit))


def go_on_erasing(*, at: datetime) -> int:
    """Do one more batch of an erasure that is under way; return 0 when none is."""
    actor = Actor(by="machine:erasing", role=Role.MACHINE, at=at, via="worker")

    def told(erasure: Erasure, payload: dict[str, Any]) -> int:
        reason = f"ledger.act:{erasure.act}"
        return record(
            actor, kind=SHREDDED, subject=MARKET, about=erasure.subject, reason=reason, payload=payload
        )

    return erasures.go_on(at=at, told=told)


def shred_again(*, at: datetime) -> int:
    """Destroy each key that the record says was destroyed and that came back with an older backup; return how many.

    To be run after every restore, when database and keys have been put back, and before anything else is done there.
    """
    return erasures.shred_again(_shreddings(), at=at)


def account_again(*, at: datetime) -> int:
    """Record each shredding that only the keys know of, as the record came back from before it; return how many.

    What is kept of those people outside sealed values is erased in the same go, however much it is.
    """
    actor = Actor(by="machine:restore", role=Role.MACHINE, at=at, via="command")

    def told(key: seals.ShreddedKey, payload: dict[str, Any]) -> int:
        reason = f"seal.key:{key.number}"
        return record(actor, kind=SHREDDED, subject=MARKET, about=key.subject, reason=reason, payload=payload)

    count = erasures.account_again(_shreddings(), at=at, told=told)
    while go_on_erasing(at=at):
        pass
    return count


def _shreddings() -> list[ActContent]:
    acts = ActContent.objects.filter(subject=MARKET, act__kind=SHREDDED)
    return list(acts.select_related("act").order_by("act"))


def sequence(*, at: datetime) -> int:
    """Give waiting acts their place, write the tiles, sign a checkpoint; return how many acts were placed.

    Safe to run anywhere at any time: one runs, others wait; what a crash left undone is done first.
    """
    return log.place_waiting(at=at)
