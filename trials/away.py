"""What do people meet while PostgreSQL is away, and how soon is all well again?

The whole cluster is killed under a real `mamori up`, left dead for a while, and started again.  Planted: the same house
without its own answer to that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.house import Up, up
from trials.load import Crowd, Reply
from trials.rolling import VISITORS, asked, asks
from trials.scratch import Cluster, scratch
from trials.verdict import told

TITLE = Text("PostgreSQL がいない間", "while PostgreSQL is away")
RATE = 20.0
RECOVERY = 5.0
PLANTED_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """What the visitors met."""

    seconds: float
    requests: int
    met_away: int
    answered_503: int
    with_retry_after: int
    answered_otherwise: dict[str, int]
    longest_ms_while_away: float
    recovered_after_seconds: float
    ready_after_seconds: float
    failed_after_recovery: int
    written: int
    lost: int
    planted_answered_otherwise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One absence: every reply, and its moments on the visitors' clock."""

    replies: tuple[Reply, ...]
    gone_at: float
    called_at: float
    back_at: float
    ready_at: float

    @property
    def while_away(self) -> list[Reply]:
        """Return the replies to what was asked of the database while there was none."""
        return [
            one
            for one in self.replies
            if "/api/" in one.path
            and one.sent_at >= self.gone_at + 0.5
            and one.sent_at + one.seconds < self.called_at
        ]


def absent(house: Up, cluster: Cluster, tokens: list[str], run: str, seconds: float) -> Absence:
    """Kill the database under load, leave it dead, start it again, and wait until all is well."""
    crowd = Crowd("127.0.0.1", house.port, asks(tokens, run), visitors=VISITORS, rate=RATE)
    crowd.start()
    time.sleep(3)
    gone_at = time.time()
    cluster.kill()
    time.sleep(seconds)
    called_at = time.time()
    cluster.start()
    back_at = time.time()
    while house.get("/health/ready")[0] != 200 and time.time() < back_at + 60:
        time.sleep(0.2)
    ready_at = time.time()
    time.sleep(5)
    return Absence(
        replies=tuple(crowd.end()), gone_at=gone_at, called_at=called_at, back_at=back_at, ready_at=ready_at
    )


def measure(*, seconds: float) -> Away:
    """Let the database be away once, and once more with the planted fault."""
    with scratch("postgres") as (env, cluster):
        assert cluster is not None
        tokens = asked(env, "keys").split()
        with up(env) as house:
            found = absent(house, cluster, tokens, "away", seconds)
        with up({**env, "DJANGO_SETTINGS_MODULE": "trials.faulty"}) as house:
            planted = absent(house, cluster, tokens, "planted", PLANTED_SECONDS)
        stored = set(asked(env, "buyers").split())
    away = found.while_away
    good = [
        one for one in found.replies if one.sent_at >= found.back_at and one.is_good and "/api/" in one.path
    ]
    first = min((one.sent_at + one.seconds for one in good), default=found.back_at + 3600)
    bad = [one for one in found.replies if one.sent_at >= found.back_at and not one.is_good]
    last_bad = max((one.sent_at + one.seconds for one in bad), default=found.back_at)
    written = {one.path.rpartition("/")[2] for one in found.replies if one.is_good and "/buyers/" in one.path}
    others = [one for one in away if one.status != 503]
    return Away(
        seconds=seconds,
        requests=len(found.replies),
        met_away=len(away),
        answered_503=len(away) - len(others),
        with_retry_after=sum(bool(one.retry_after) for one in away),
        answered_otherwise={f"{one.path} {one.status or one.why}": 1 for one in others[:8]},
        longest_ms_while_away=round(max((one.seconds for one in away), default=0) * 1000, 1),
        recovered_after_seconds=round(max(first, last_bad) - found.back_at, 1),
        ready_after_seconds=round(found.ready_at - found.back_at, 1),
        failed_after_recovery=sum(one.sent_at > found.back_at + RECOVERY for one in bad),
        written=len(written),
        lost=len(written - stored),
        planted_answered_otherwise=sum(one.status != 503 for one in planted.while_away),
    )


@click.command(name="away", help=TITLE.in_(LANG))
@click.option(
    "--seconds", type=click.FloatRange(2), default=30.0, show_default=True, help=say("何秒間", "for how long")
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(seconds: float, as_json: bool) -> None:
    """Measure; end with 1 when a promise is broken or the planted fault is missed."""
    found = measure(seconds=seconds)
    promises = {
        say("すべて 503 と Retry-After", "everything was answered by 503 with Retry-After"): (
            found.answered_503 == found.with_retry_after == found.met_away > 0
        ),
        say("5秒以内に回復", "all is well within 5 s"): found.recovered_after_seconds <= RECOVERY
        and found.ready_after_seconds <= RECOVERY
        and found.failed_after_recovery == 0,
        say("応えた書き込みは残っている", "every write that was answered is there"): found.lost
        == 0
        < found.written,
        say("仕込んだ誤りに気づく", "the planted fault is noticed"): found.planted_answered_otherwise > 0,
    }
    told(TITLE, found, promises, as_json=as_json)
