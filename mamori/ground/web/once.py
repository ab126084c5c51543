"""What is sent twice, or twice at once, has one effect: the row of its key comes first, in the effect's transaction.

A form with other words is another form; the gateway keeps its answers in the same way.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.ground.declared import memory
from mamori.ground.web.models import Reply
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import localized
from mamori.law.retention import REPLIES

KEPT = timedelta(days=REPLIES.days)
AS_IS = "as_is"
"""What a writer chose on the page between writing and sending: the first words as they are."""
OURS = frozenset({"csrfmiddlewaretoken", "said", "original", "before", "carried"})
"""What pages fill in themselves; every other field is carried on as it came, and belongs to what is sent."""


_CLAIM = """
INSERT INTO gateway_reply (machine, key, fingerprint, at, sealed, led_to) VALUES (%s, %s, %s, %s, %s, '')
ON CONFLICT (machine, key) DO UPDATE
SET fingerprint = excluded.fingerprint, at = excluded.at, sealed = excluded.sealed, led_to = excluded.led_to
WHERE gateway_reply.at <= %s
RETURNING id
"""


def new_token() -> str:
    """Return what a form carries so that it can be told from another one with the same words."""
    return str(uuid.uuid4())


def claim(owner: str, key: str, *, at: datetime, fingerprint: str = "") -> int | None:
    """Write the row of what was sent, or take over one that is older than a day, in the caller's transaction; return its id.

    None where it was taken before.  Of two that come at once the second waits until the first has ended: when that was
    refused, its row is gone with it, and the second is the first.
    """
    field: Any = Reply._meta.get_field("at")
    moments = [field.get_db_prep_value(moment, connection) for moment in (at, at - KEPT)]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [owner, key, fingerprint, moments[0], b"", moments[1]])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def once(actor: Actor, token: str, do: Callable[[], str]) -> str:
    """Do it and return the address where it leads; a form that was taken before leads there again, undone.

    A refusal undoes the row, so that what was corrected can be sent in the same form.
    """
    key = _key(token)
    with memory.act():
        row = claim(actor.by, key, at=actor.at)
        if row is None:
            taken = Reply.objects.filter(owner=actor.by, key=key).first()
            if taken is None:  # it grew old and was forgotten at this very moment
                return once(actor, token, do)
            return taken.led_to
        led_to = do()
        Reply.objects.filter(pk=row).update(led_to=led_to)
    return led_to


def take_form[F: BaseForm](
    request: Visit,
    form_of: Callable[[QueryDict | None], F],
    do: Callable[[F], str],
    *,
    by: Actor | None = None,
    buttons: Mapping[str, Callable[[str], str]] | None = None,
    lets: tuple[type[Refusal], ...] = (),
    field: str | None = None,
) -> tuple[F, int, HttpResponse | None]:
    """Return the form to be shown, the status, and where it leads once it was done.

    `buttons` need no field and are given their value.  With `by` what this actor sends twice is done once, and where it led is
    kept for a day: not of a page whose address is a secret.  `lets` are refusals that are no matter of the form; others stand at
    its `field`.
    """
    if request.method != "POST":
        return form_of(None), 200, None
    pressed = next((name for name in buttons or {} if name in request.POST), "")
    value = request.POST.get(pressed, "")
    form = form_of(None if pressed else request.POST)

    def done() -> str:
        return buttons[pressed](value) if buttons and pressed else do(form)

    try:
        if not pressed and not form.is_valid():
            return form, 422, None
        return form, 200, HttpResponseRedirect(once(by, form_key(request), done) if by else done())
    except lets:
        raise
    except Refusal as refusal:
        form.add_error(field, localized(refusal.sentence))
        return form, refusal.status, None


def forget(*, at: datetime, limit: int = 1_000) -> int:
    """Delete what is older than a day, oldest first; return how many."""
    old = Reply.objects.filter(at__lte=at - KEPT).order_by("at").values_list("pk", flat=True)[:limit]
    found = list(old)
    if found:
        Reply.objects.filter(pk__in=found, at__lte=at - KEPT).delete()
    return len(found)


def form_key(request: Visit) -> str:
    """Return what tells a form that was posted from every other: its token together with what it says.

    Where the writer was shown the words before they went, they are those that were written first, so that the page
    before that one, sent again, is the same form.
    """
    token = request.POST.get("token", "")
    try:
        place = uuid.UUID(token)
    except ValueError:
        return ""
    was_shown = request.POST.get("before") == AS_IS
    says = {name: values for name, values in request.POST.lists() if name not in OURS}
    says["said"] = request.POST.getlist("original" if was_shown else "said")
    files = [(name, one.name, one.size) for name, every in request.FILES.lists() for one in every]
    text = json.dumps([says, files], sort_keys=True)
    return str(uuid.uuid5(place, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()))


def led_before(actor: Actor, token: str) -> str:
    """Return where this actor's form led when it was taken before, "" where it was not."""
    return (
        Reply.objects.filter(owner=actor.by, key=_key(token)).values_list("led_to", flat=True).first() or ""
    )


def is_taken(actor: Actor, token: str) -> bool:
    """Say whether this actor's form was taken before."""
    return Reply.objects.filter(owner=actor.by, key=_key(token)).exists()


def was_led(actor: Actor, address: str) -> bool:
    """Say whether a form of this actor led to the address: a link that only says so has done nothing."""
    return Reply.objects.filter(owner=actor.by, led_to=address).exists()


def _key(token: str) -> str:
    """Return the form's key; one that is no key is as good as none."""
    try:
        return uuid.UUID(token).hex
    except ValueError:
        return uuid.uuid4().hex
