"""What is counted and noted of each request, and the figures for a monitor; never who or what."""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from importlib.metadata import version
from ipaddress import ip_address, ip_network
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.signs import Visit
from mamori.site import health
from mamori.site.claiming import SHARED
from mamori.site.doorstep import FORWARDED, PEER

# The figures of a running house for Prometheus: requests counted by all processes together, and the state of the work.


log = logging.getLogger(__name__)

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

METHODS = ("GET", "POST")
"""The methods that have a label; each more would be a row for every route and status that is asked by it."""

REQUESTS = Counter(
    "mamori_requests", "Requests answered, by route, method and status.", ("route", "method", "status")
)
SECONDS = Histogram(
    "mamori_request_seconds",
    "How long answers took, by route and method.",
    ("route", "method"),
    buckets=BUCKETS,
)


class FiguresClosed(Refusal, code="metrics.closed", status=403):
    """Given to whoever asks for the figures from elsewhere without the token."""

    text = Text(
        "この数値は、同じ機械、許されたアドレス、または合言葉からだけ読めます。",
        "These figures are open to this machine, to addresses that were allowed, and to holders of the token.",
    )


def count(*, route: str, method: str, status: int, seconds: float) -> None:
    """Count one request; where figures cannot be kept, whoever asked gets their answer all the same."""
    method = method if method in METHODS else "other"
    try:
        REQUESTS.labels(route, method, str(status)).inc()
        SECONDS.labels(route, method).observe(seconds)
    except OSError:
        log.warning("figures could not be kept", exc_info=True)


@open_to(*EVERYONE)
def show(request: Visit) -> HttpResponse:
    """Show the figures to those who may read them."""
    if not may_read(request):
        raise FiguresClosed
    registry = CollectorRegistry()
    if SHARED in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    registry.register(State(request.received_at))
    answer = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    answer["Cache-Control"] = "no-store"
    return answer


def may_read(request: Visit) -> bool:
    """Say whether this request comes from the machine itself, from an allowed address, or with the token.

    What a proxy passes on comes from elsewhere, though the proxy stands on this machine.
    """
    token = _token()
    told = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if token and told and secrets.compare_digest(told.encode(), token.encode()):
        return True
    address = request.META.get("REMOTE_ADDR", "")
    if not any(name in request.META for name in FORWARDED) and _is_loopback(request.META.get(PEER, address)):
        return True
    allowed = [ip_network(one) for one in os.environ.get("MAMORI_METRICS_FROM", "").split()]
    try:
        return any(ip_address(address) in network for network in allowed)
    except ValueError:
        return False


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False  # a Unix socket: whoever asks there is the proxy


@cache
def _token() -> str:
    path = os.environ.get("MAMORI_METRICS_TOKEN_FILE", "")
    return Path(path).read_text("utf-8").strip() if path else ""


class State(Collector):
    """Asks the house how its work stands, when somebody reads the figures."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        """Give each figure; with the database away, only that it is."""
        yield GaugeMetricFamily("mamori_version_info", f"Mamori {version('mamori')}.", value=1)
        try:
            yield from self._figures()
            reached = 1
        except DatabaseError:
            reached = 0
        yield GaugeMetricFamily("mamori_database_reached", "1 when the database answered.", value=reached)

    def _figures(self) -> Iterator[Metric]:
        open_ = GaugeMetricFamily("mamori_open", "Work not done yet, counted to 1,000.", labels=("kind",))
        stuck = GaugeMetricFamily(
            "mamori_stuck", "Work that needs a person, counted to 1,000.", labels=("kind",)
        )
        for kind, number in health.open_work().items():
            open_.add_metric((kind,), number)
        for kind, number in health.stuck_work(self.at).items():
            stuck.add_metric((kind,), number)
        yield open_
        yield stuck
        pulse = health.pulse(self.at)
        yield GaugeMetricFamily(
            "mamori_clocks_overdue",
            "Deadlines that nobody rang in time, counted to 1,000.",
            value=pulse.overdue,
        )
        beat = GaugeMetricFamily(
            "mamori_worker_beat_age_seconds", "Since a loop of the worker last looked.", labels=("loop",)
        )
        for one in pulse.beats:
            beat.add_metric((one.name,), (self.at - one.at).total_seconds())
        yield beat
        taken = health.last_backup()
        if taken is not None:
            age = (self.at - taken).total_seconds()
            yield GaugeMetricFamily(
                "mamori_backup_age_seconds", "Since the last backup was written.", value=age
            )
        yield GaugeMetricFamily("mamori_disk_free_bytes", "Room left for the data.", value=health.room())


noted = logging.getLogger(__name__)

COUNTED_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "unmatched"

type Answer = Callable[[HttpRequest], HttpResponse]


def watched(get_response: Answer) -> Answer:
    """Note each request when it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - began
        route, method = route_of(request), method_of(request)
        count(route=route, method=method, status=response.status_code, seconds=seconds)
        if route != "static":
            noted.info(
                "request",
                extra={
                    "fields": {
                        "request": response.headers.get("X-Request-Id", ""),
                        "route": route,
                        "method": method,
                        "status": response.status_code,
                        "ms": round(seconds * 1000, 1),
                    }
                },
            )
        return response

    return middleware


def route_of(request: HttpRequest) -> str:
    """Return the route's name as the table of addresses has it, never the address itself."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or match.route or UNMATCHED
    return "static" if request.path_info.startswith(settings.STATIC_URL) else UNMATCHED


def method_of(request: HttpRequest) -> str:
    """Return the method, or that it is none of the usual ones."""
    return request.method if request.method in COUNTED_METHODS else "other"
