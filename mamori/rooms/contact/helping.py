"""Helpers of buyers: the code by which they come, who they are, and what they may do with one thread."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.japan.written import spelt_out
from mamori.rooms.contact.models import Helper, Thread
from mamori.rooms.contact.rules.helping import MAY, May, may

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which are misread on paper and misheard on the telephone."""
LENGTH = 16  # 79 bits: nobody guesses one


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperFact:
    """A helper as the buyer sees them."""

    id: int
    name: str
    may: May
    given_at: datetime
    until: datetime

    @property
    def what(self) -> Text:
        """Return what they may do."""
        return MAY[self.may]


def new_code() -> str:
    """Return a code to be shown once."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def spelt(code: str) -> str:
    """Return the code in groups of four, to be read aloud or copied."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def digest(code: str) -> str:
    """Return what is kept of a code; blanks, hyphens, widths and small letters make no difference."""
    folded = spelt_out(code).upper()
    return hashlib.sha256("".join(c for c in folded if c.isalnum()).encode()).hexdigest()


def holds(at: datetime) -> Q:
    """Return the condition of a helper who may come in at `at`."""
    return Q(ended_at__isnull=True, given_at__lte=at, until__gt=at)


def who(thread: Thread, helper: Helper) -> str:
    """Return what acts say of who did them: whose helper, and which."""
    return f"buyer:{thread.buyer_ref}/helper-{helper.pk}"


def helper_of(actor: Actor, thread: Thread) -> Helper | None:
    """Return the helper who acts, if they may help with this very thread now."""
    found = who_helps(actor)
    return found if found is not None and found.thread_id == thread.pk else None


def who_helps(actor: Actor) -> Helper | None:
    """Return the helper who acts, with their thread, if they may help now."""
    whose, _, number = actor.by.rpartition("/helper-")
    if actor.role is not Role.HELPER or not number.isdecimal():
        return None
    rows = Helper.objects.select_related("thread").filter(holds(actor.at), pk=int(number[:18]))
    found = rows.first()
    return found if found is not None and whose == f"buyer:{found.thread.buyer_ref}" else None


def helpers(thread: Thread, at: datetime) -> tuple[HelperFact, ...]:
    """Return who may help with the thread now, the first named first."""
    return tuple(
        HelperFact(
            id=row.pk,
            name=name_of(thread, row),
            may=may(writes=row.may_write, decides=row.may_decide),
            given_at=row.given_at,
            until=row.until,
        )
        for row in Helper.objects.filter(holds(at), thread=thread).order_by("pk")
    )


def sealed_name(thread: Thread, code: str, name: str) -> bytes:
    """Return the helper's name sealed with the buyer's key."""
    place = seals.Place("contact_helper", digest(code), "sealed")
    return sealing.seal(subject=f"buyer:{thread.buyer_ref}", place=place, plain=name.encode())


def name_of(thread: Thread, helper: Helper) -> str:
    """Return what the buyer calls the helper; nothing once the buyer was erased."""
    place = seals.Place("contact_helper", helper.digest, "sealed")
    plain = seals.opened(subject=f"buyer:{thread.buyer_ref}", place=place, sealed=helper.sealed)
    return (plain or b"").decode()
