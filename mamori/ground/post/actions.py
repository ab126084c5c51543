"""What is done with mail and letters: notices taken, mail sent, letters printed and posted, consent recorded."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.post import delivering
from mamori.ground.post.audience import choose_language, opt_in, opt_out, use_guests, use_shown
from mamori.ground.post.delivering import take
from mamori.ground.post.tending import (
    leave_letter_out,
    leave_out,
    mark_posted,
    mark_printed,
    retry,
    send_trial,
    write_instead,
)
from mamori.ground.post.transports import BATCH

__all__ = [
    "choose_language",
    "deliver",
    "leave_letter_out",
    "leave_out",
    "mark_posted",
    "mark_printed",
    "opt_in",
    "opt_out",
    "retry",
    "send_trial",
    "take",
    "use_guests",
    "use_shown",
    "write_instead",
]


def deliver(*, at: datetime, limit: int = BATCH) -> int:
    """Send mail that is due, urgent mail first; return how many came a step further."""
    return delivering.deliver(at=at, limit=limit)
