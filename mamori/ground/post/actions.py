"""What is done with mail and letters: notices taken, mail sent, letters printed and posted, consent recorded."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.post import delivering
from mamori.ground.post.audience import (
    choose_language as choose_language,
    opt_in as opt_in,
    opt_out as opt_out,
    use_guests as use_guests,
    use_shown as use_shown,
)
from mamori.ground.post.delivering import take as take
from mamori.ground.post.tending import (
    leave_letter_out as leave_letter_out,
    leave_out as leave_out,
    mark_posted as mark_posted,
    mark_printed as mark_printed,
    retry as retry,
    send_trial as send_trial,
    write_instead as write_instead,
)
from mamori.ground.post.transports import BATCH


def deliver(*, at: datetime, limit: int = BATCH) -> int:
    """Send mail that is due, urgent mail first; return how many came a step further."""
    return delivering.deliver(at=at, limit=limit)
