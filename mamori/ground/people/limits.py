"""Limits: flows counted in each process and settled every second, secrets counted exactly in the database.

A flow limit costs a request nothing but a look into a dictionary; between two settlings each process may let through
what it alone has counted, so that with n processes at most n times the rate of one second passes too much."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from mamori.ground.declared import memory
from mamori.ground.people.models import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `most` in each window of `per`; windows stand side by side and are the same in every process."""

    name: str
    most: int
    per: timedelta

    def window(self, at: datetime) -> int:
        """Return the number of the window in which `at` lies."""
        return int(at.timestamp()) // int(self.per.total_seconds())

    def ends_at(self, at: datetime) -> datetime:
        """Return when that window ends."""
        return datetime.fromtimestamp((self.window(at) + 1) * int(self.per.total_seconds()), UTC)

    def wait(self, at: datetime) -> int:
        """Return for how many seconds to wait until counting begins anew."""
        return max(1, int((self.ends_at(at) - at).total_seconds()) + 1)


MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)

SIGN_INS = Limit(name="sign-ins", most=30, per=MINUTE)  # for one network address
CODES = Limit(name="codes", most=20, per=QUARTER)  # asked for from one network address
CODES_FOR_ONE = Limit(
    name="codes-for-one", most=5, per=QUARTER
)  # one order or shop, from one network address
CODES_SENT = Limit(
    name="codes-sent", most=10, per=QUARTER
)  # to one person, for browsers known or unknown; exact
MAIL_CODES = Limit(
    name="mail-codes", most=4, per=4 * QUARTER
)  # that nobody's account asked for, to one mailbox; exact
MAIL_CODES_A_DAY = Limit(name="mail-codes-a-day", most=10, per=timedelta(days=1))  # the same; exact
MAIL_CODES_FROM = Limit(
    name="mail-codes-from", most=20, per=QUARTER
)  # the same from one network address, whomever they are for; exact
SUBMISSIONS = Limit(name="submissions", most=60, per=MINUTE)  # of one visitor
STAFF_SUBMISSIONS = Limit(name="staff-submissions", most=300, per=MINUTE)  # of one of the staff
NAMELESS_SUBMISSIONS = Limit(name="nameless-submissions", most=240, per=MINUTE)  # from one network address
MAIL_TRIES = Limit(name="mail-tries", most=5, per=QUARTER)  # by one of the staff, to their own address; exact
API_CALLS = Limit(name="api-calls", most=1200, per=MINUTE)  # of one key
HARM_REPORTS = Limit(
    name="harm-reports", most=20, per=QUARTER
)  # that somebody was hurt, from one browser: an address may be shared by many; exact
HARM_REPORTS_IN_ALL = Limit(
    name="harm-reports-in-all", most=600, per=4 * QUARTER
)  # in the house: what is above is taken all the same, and marked; exact

COMPANY_OUTS = Limit(
    name="company-outs", most=1200, per=MINUTE
)  # told from one network address, that somebody was signed out at the company
PASSKEYS = Limit(
    name="passkeys", most=60, per=MINUTE
)  # shown from one network address; nothing else counts here

PASSWORDS = Limit(
    name="passwords", most=10, per=QUARTER
)  # wrong ones for one mail address, from one network address; exact
PASSWORDS_FROM = Limit(
    name="passwords-from", most=30, per=QUARTER
)  # wrong ones from one network address, whomever they are for; exact
PASSWORDS_FOR = Limit(
    name="passwords-for", most=100, per=QUARTER
)  # wrong ones for one mail address, from anywhere; exact
PASSWORDS_AGAIN = Limit(
    name="passwords-again", most=10, per=QUARTER
)  # wrong ones of who is signed in already; exact
APP_CODES = Limit(name="app-codes", most=10, per=QUARTER)  # wrong ones, of one account; exact

_Slot = tuple[str, str, int]


@dataclass(slots=True)
class _Counted:
    settled: int
    fresh: int
    until: datetime


@dataclass(slots=True)
class Counter:
    """What this process has counted; `settled` is what all processes together had counted at the last settling."""

    slots: dict[_Slot, _Counted] = field(default_factory=dict)
    keys_used: dict[int, datetime] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, limit: Limit, key: str, at: datetime) -> int:
        """Count one and return 0, or return for how many seconds to wait when the limit is reached."""
        slot = (limit.name, fold(key), limit.window(at))
        with self.lock:
            counted = self.slots.setdefault(slot, _Counted(0, 0, limit.ends_at(at)))
            if counted.settled + counted.fresh >= limit.most:
                return limit.wait(at)
            counted.fresh += 1
        return 0

    def left(self, limit: Limit, key: str, at: datetime) -> int:
        """Return how many more are good in this window, as far as this process knows."""
        with self.lock:
            counted = self.slots.get((limit.name, fold(key), limit.window(at)))
            return max(0, limit.most - (counted.settled + counted.fresh if counted else 0))

    def used(self, key: int, at: datetime) -> None:
        """Note that a key was used."""
        with self.lock:
            self.keys_used[key] = at

    def settle(self, at: datetime) -> int:
        """Add what is fresh to the table and learn what others counted, in one transaction; return how many rows."""
        with self.lock:
            for slot in [slot for slot, counted in self.slots.items() if counted.until <= at]:
                del self.slots[slot]
            fresh = {
                slot: (counted.fresh, counted.until) for slot, counted in self.slots.items() if counted.fresh
            }
            keys_used, self.keys_used = self.keys_used, {}
        if not fresh and not keys_used:
            return 0
        try:
            totals = _write(fresh, keys_used)
        except BaseException:
            with self.lock:
                self.keys_used = keys_used | self.keys_used
            raise
        with self.lock:
            for slot, total in totals.items():
                if slot in self.slots:
                    self.slots[slot].fresh -= fresh[slot][0]
                    self.slots[slot].settled = total
        return len(totals)


_COUNTER = Counter()
take = _COUNTER.take
left = _COUNTER.left
used = _COUNTER.used
settle = _COUNTER.settle


def forget() -> None:
    """Forget what this process has counted; tests begin with it."""
    with _COUNTER.lock:
        _COUNTER.slots.clear()
        _COUNTER.keys_used.clear()


def take_exactly(limit: Limit, key: str, at: datetime) -> int:
    """Count one in the database and return 0, or return for how many seconds to wait; exact whoever else counts."""
    row = (limit.name, fold(key), limit.window(at), limit.ends_at(at))
    with memory.act(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO people_tally (name, "key", "window", count, until) VALUES (%s, %s, %s, 1, %s)'
            ' ON CONFLICT (name, "key", "window") DO UPDATE SET count = people_tally.count + 1'
            " WHERE people_tally.count < %s RETURNING count",
            [*row, limit.most],
        )
        return 0 if cursor.fetchone() else limit.wait(at)


def give_back_exactly(limit: Limit, key: str, at: datetime) -> None:
    """Take back one that turned out to be right: only wrong ones count."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'UPDATE people_tally SET count = count - 1 WHERE name = %s AND "key" = %s AND "window" = %s AND count > 0',
            [limit.name, fold(key), limit.window(at)],
        )


def fold(key: str) -> str:
    """Return a short digest of whom something is counted for: the table shows no address."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _write(fresh: dict[_Slot, tuple[int, datetime]], keys_used: dict[int, datetime]) -> dict[_Slot, int]:
    totals: dict[_Slot, int] = {}
    with transaction.atomic():
        for some in _chunks(sorted(fresh.items())):
            rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
            values = [value for slot, (count, until) in some for value in (*slot, count, until)]
            with connection.cursor() as cursor:
                cursor.execute(
                    f'INSERT INTO people_tally (name, "key", "window", count, until) VALUES {rows}'  # noqa: S608
                    ' ON CONFLICT (name, "key", "window") DO UPDATE SET count = people_tally.count + excluded.count'
                    ' RETURNING name, "key", "window", count',
                    values,
                )
                totals |= {(name, key, window): count for name, key, window, count in cursor.fetchall()}
        for pk, at in sorted(keys_used.items()):
            Key.objects.filter(pk=pk).update(used_at=at)
    return totals


def _chunks[Slots](rows: list[Slots], size: int = 100) -> Iterable[list[Slots]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
