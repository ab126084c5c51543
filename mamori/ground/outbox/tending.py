"""What a person does about that which is stuck: send it again, or leave it out with a reason."""

from __future__ import annotations

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox.delivering import step
from mamori.ground.outbox.endpoints import NoSuchEndpoint
from mamori.ground.outbox.models import IS_UNDONE, Delivery, Effect
from mamori.ground.outbox.recording import record
from mamori.ground.outbox.schedule import TRIES

EFFECT = "effect-"


class NothingWaits(Refusal):
    """Given when nothing undone has that id."""

    code = "outbox.nothing-waits"
    status = 404
    text = Text(
        "「{ref}」という未処理のものはありません。`mamori outbox stuck` で番号をご確認ください。",
        "Nothing called “{ref}” is waiting. Please look its id up with `mamori outbox stuck`.",
    )


class ReasonMissing(Refusal):
    """Given when something is to be left out without a reason."""

    code = "outbox.reason-missing"
    status = 422
    text = Text("取りやめる理由を書いてください。", "Please say why it is left out.")


def retry(hand: Hand, *, ref: str) -> None:
    """Let an effect (`effect-12`) or a webhook (`msg_…`) be tried at once, a webhook with ten new tries.

    :raises NothingWaits: when nothing undone has that id.
    :raises NoSuchEndpoint: when the webhook's endpoint is switched off.
    """
    with transaction.atomic():
        if ref.startswith(EFFECT):
            effect = _effect(ref)
            effect.next_at = hand.at
            effect.save(update_fields=["next_at"])
        else:
            delivery = _delivery(ref)
            if delivery.endpoint.switched_off_at:
                raise NoSuchEndpoint(number=delivery.endpoint_id)
            step(delivery, "retry", hand.role)
            delivery.next_at, delivery.tries_left = hand.at, TRIES
            delivery.save(update_fields=["state", "next_at", "tries_left"])
        record(hand, "retried", f"outbox:{ref}")


def skip(hand: Hand, *, ref: str, reason: str) -> None:
    """Leave an effect or a webhook out for good, because of `reason`; what waits behind it goes on.

    :raises NothingWaits: when nothing undone has that id.
    :raises ReasonMissing: when there is no reason.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        if ref.startswith(EFFECT):
            effect = _effect(ref)
            effect.done_at, effect.skipped_because, effect.stuck_at = hand.at, reason, None
            effect.save(update_fields=["done_at", "skipped_because", "stuck_at"])
        else:
            delivery = _delivery(ref)
            step(delivery, "skip", hand.role)
            delivery.closed_at, delivery.next_at = hand.at, None
            delivery.save(update_fields=["state", "closed_at", "next_at"])
        record(hand, "skipped", f"outbox:{ref}", reason=reason)


def _effect(ref: str) -> Effect:
    number = ref.removeprefix(EFFECT)
    pk = int(number) if number.isdecimal() and len(number) < 19 else 0
    return _found(Effect.objects.select_for_update().filter(IS_UNDONE, pk=pk).first(), ref)


def _delivery(ref: str) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("endpoint")
    return _found(rows.filter(IS_OPEN, message=ref).first(), ref)


def _found[Row](row: Row | None, ref: str) -> Row:
    if row is None:
        raise NothingWaits(ref=ref)
    return row
