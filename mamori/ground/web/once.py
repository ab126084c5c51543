"""A form that is sent twice, or twice at once, has one effect; with other words it is another form."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError

from mamori.grammar.hand import Hand
from mamori.ground.declared import memory
from mamori.ground.web.models import Sent
from mamori.ground.web.signs import Visit

REMEMBERED = timedelta(days=2)
_SWEPT = 20  # more than one form brings, so that the table does not grow
AS_IS, REMOVE = "as_is", "remove"
"""What a writer chose on the page between writing and sending: the words as they are, or without what was noticed."""
OURS = frozenset({"csrfmiddlewaretoken", "said", "original", "before", "carried"})
"""What pages fill in themselves; every other field is carried on as it came, and belongs to what is sent."""


def new_token() -> str:
    """Return what a form carries so that it can be told from another one with the same words."""
    return str(uuid.uuid4())


def once(hand: Hand, token: str, do: Callable[[], str]) -> str:
    """Do it and return the address where it leads; a form that was taken before leads there again, undone.

    The row is written first: of two that come at once the second waits until the first has ended.  A refusal
    undoes the row, so that what was corrected can be sent in the same form.
    """
    key = _key(token)
    with memory.act():
        try:
            with memory.attempt():
                sent = Sent.objects.create(token=key, by=hand.by, led_to="", at=hand.at)
        except IntegrityError:
            sent = Sent.objects.get(pk=key)
            if sent.by == hand.by:
                return sent.led_to
            sent = Sent.objects.create(token=uuid.uuid4(), by=hand.by, led_to="", at=hand.at)
        sent.led_to = do()
        sent.save(update_fields=("led_to",))
        old = Sent.objects.filter(at__lt=hand.at - REMEMBERED).order_by("at").values("pk")[:_SWEPT]
        Sent.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return sent.led_to


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
    was_shown = request.POST.get("before") in (AS_IS, REMOVE)
    says = {name: values for name, values in request.POST.lists() if name not in OURS}
    says["said"] = request.POST.getlist("original" if was_shown else "said")
    files = [(name, one.name, one.size) for name, every in request.FILES.lists() for one in every]
    text = json.dumps([says, files], sort_keys=True)
    return str(uuid.uuid5(place, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()))


def is_taken(hand: Hand, token: str) -> bool:
    """Say whether this hand's form was taken before."""
    return Sent.objects.filter(pk=_key(token), by=hand.by).exists()


def was_led(hand: Hand, address: str) -> bool:
    """Say whether a form of this hand led to the address: a link that only says so has done nothing."""
    return Sent.objects.filter(by=hand.by, led_to=address).exists()


def _key(token: str) -> uuid.UUID:
    """Return the form's key; one that is no key is as good as none."""
    try:
        return uuid.UUID(token)
    except ValueError:
        return uuid.uuid4()
