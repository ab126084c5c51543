"""Whether this process lives, and whether the house is ready: short answers for monitors, with nothing of anybody in them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse

from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import facts as ledger
from mamori.ground.seal import facts as seal
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.signs import Visit
from mamori.site import prepared, schema, vitals

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=60)
"""A worker looks every ten seconds; six missed looks are too many."""
STANDSTILL = timedelta(minutes=10)
"""An act that has waited so long for its place in the log has not merely come in a rush."""
RETRY = "5"

type Part = Callable[[datetime], bool]


@open_to(*EVERYONE)
def live(request: Visit) -> HttpResponse:
    """Say that this process answers; it asks nobody."""
    return _never_kept(HttpResponse("alive\n", content_type="text/plain"))


@open_to(*EVERYONE)
def is_ready(request: Visit) -> HttpResponse:
    """Say for each part whether it is as it should be; 503 when one is not."""
    parts = {name: _asked(name, part, request.received_at) for name, part in PARTS.items()}
    whole = all(parts.values())
    answer = JsonResponse(
        {"ready": whole, "parts": {name: "good" if good else "bad" for name, good in parts.items()}},
        status=200 if whole else 503,
    )
    if not whole:
        answer["Retry-After"] = RETRY
    return _never_kept(answer)


def _asked(name: str, part: Part, at: datetime) -> bool:
    try:
        return part(at)
    except (DatabaseError, OSError, Refusal) as error:
        log.warning("%s is not ready: %s", name, error)
        return False


def database(at: datetime) -> bool:
    """Ask the database something."""
    vitals.pulse(at)
    return True


def migrations(at: datetime) -> bool:
    """See that the tables are those of this version, neither older nor newer."""
    prepared.tables_must_fit()
    return True


def rules_kept(at: datetime) -> bool:
    """See that no rule which the database keeps for us was taken from it."""
    return not schema.names_missing()


def keys(at: datetime) -> bool:
    """Read each key, and see that tables and log were written by these."""
    whole = all(seal.key(key) for key in seal.Key)
    prepared.keys_must_fit()
    return whole


def disk(at: datetime) -> bool:
    """See that there is room."""
    return vitals.room() >= vitals.LEAST_ROOM


def worker(at: datetime) -> bool:
    """See that every loop of the worker looked lately."""
    beats = vitals.pulse(at).beats
    return bool(beats) and all(at - beat.at <= BEAT for beat in beats)


def record(at: datetime) -> bool:
    """See that the log's folder takes files, and that acts find their places in it."""
    oldest = ledger.waiting_since()
    return vitals.may_write_log() and (oldest is None or at - oldest <= STANDSTILL)


PARTS: dict[str, Part] = {
    "database": database,
    "migrations": migrations,
    "rules": rules_kept,
    "keys": keys,
    "disk": disk,
    "worker": worker,
    "log": record,
}


def _never_kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
