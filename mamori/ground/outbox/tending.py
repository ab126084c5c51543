"""What a person does about that which is stuck: send it again, or leave it out with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox.endpoints import NoSuchEndpoint
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.models import IS_UNDONE, Delivery, Effect, Endpoint
from mamori.ground.outbox.recording import record
from mamori.ground.outbox.steps import send_again, step

EFFECT = "effect-"
ENDPOINT = "endpoint-"


class NothingWaits(Refusal, code="outbox.nothing-waits", status=404):
    """Given when nothing undone has that id."""

    text = Text(
        "「{ref}」という未処理のものはありません。`mamori outbox stuck` で番号をご確認ください。",
        "Nothing called “{ref}” is waiting. Please look its id up with `mamori outbox stuck`.",
    )


class ReasonMissing(Refusal, code="outbox.reason-missing", status=422):
    """Given when something is to be left out without a reason."""

    text = Text("取りやめる理由を書いてください。", "Please say why it is left out.")


class EndpointStays(Refusal, code="outbox.endpoint-stays", status=422):
    """Given when an endpoint is to be left out: it is removed instead, so that it gets nothing more."""

    text = Text(
        "送り先は取りやめられません。もう送らないときは、`mamori outbox remove-endpoint {number} --reason …` で外してください。",
        "An endpoint is not left out. If nothing should go there any more, take it away with "
        "`mamori outbox remove-endpoint {number} --reason …`.",
    )


def retry(hand: Hand, *, ref: str) -> None:
    """Let an effect (`effect-12`), a webhook (`msg_…`) or all that waits for an endpoint (`endpoint-3`) be tried at once.

    A webhook gets ten new tries.  An endpoint that keeps failing rests no longer, and is probed with one webhook.
    """
    with transaction.atomic():
        if ref.startswith(EFFECT):
            effect = _effect(ref)
            effect.next_at = hand.at
            effect.save(update_fields=["next_at"])
        elif ref.startswith(ENDPOINT):
            _wake(_endpoint(ref), hand.at)
        else:
            delivery = _delivery(ref)
            if delivery.endpoint.switched_off_at:
                raise NoSuchEndpoint
            send_again(hand, delivery)
        record(hand, "retried", f"outbox:{ref}")


def skip(hand: Hand, *, ref: str, reason: str) -> None:
    """Leave an effect or a webhook out for good, because of `reason`; what waits behind it goes on."""
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        if ref.startswith(ENDPOINT):
            raise EndpointStays(number=_endpoint(ref).pk)
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


def _wake(endpoint: Endpoint, at: datetime) -> None:
    """Let what waits for an endpoint go out now; what was given up stays so until it is sent again itself."""
    if endpoint.switched_off_at:
        raise NoSuchEndpoint
    endpoint.resting_until = None
    endpoint.save(update_fields=["resting_until"])
    Delivery.objects.filter(IS_OPEN, endpoint=endpoint, state=DeliveryState.WAITING).update(next_at=at)


def _effect(ref: str) -> Effect:
    return _found(Effect.objects.select_for_update().filter(IS_UNDONE, pk=_number(ref, EFFECT)).first(), ref)


def _endpoint(ref: str) -> Endpoint:
    return _found(Endpoint.objects.select_for_update().filter(pk=_number(ref, ENDPOINT)).first(), ref)


def _number(ref: str, kind: str) -> int:
    number = ref.removeprefix(kind)
    return int(number) if number.isdecimal() and len(number) < 19 else 0


def _delivery(ref: str) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("endpoint")
    return _found(rows.filter(IS_OPEN, message=ref).first(), ref)


def _found[Row](row: Row | None, ref: str) -> Row:
    if row is None:
        raise NothingWaits(ref=ref)
    return row
