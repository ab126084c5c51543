"""No line of the log repeats what people wrote, who they are, or what an exception says; figures and code words it may."""

from __future__ import annotations

import ast
import base64
import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from mamori.grammar.text import Text
from mamori.site import logs, work
from mamori.site.routes import routes

CANARY = "Canary Taro カナリア太郎"
ADDRESS = "canary.taro@example.jp"
PHONE = "09098765432"
CANARIES = ("canary", "カナリア", PHONE)


def spellings(word: str) -> Iterator[str]:
    """Give a word as it might stand in a line."""
    yield word
    yield quote(word)
    yield json.dumps(word).strip('"')
    yield word.encode().hex()
    yield base64.b64encode(word.encode()).decode().rstrip("=")[:-1]
    yield repr(word.encode())[2:-1]


def found_in(text: str) -> list[str]:
    """Return which canaries a text lets through."""
    lower = text.lower()
    return [word for word in CANARIES if any(one.lower() in lower for one in spellings(word))]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, object]]]]:
    """Write what is logged in our form, and give the lines so far."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Lines())
    names = ("", "django")  # that of Django passes nothing on
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    for name in names:
        logging.getLogger(name).removeHandler(handler)


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12, 12),
        (None, None),
        (Colour.RED, "red"),
        ("contact.answer", "contact.answer"),
        ("B-0001", logs.WITHHELD),
        (CANARY, logs.WITHHELD),
        (ADDRESS, logs.WITHHELD),
        (ValueError(CANARY), "ValueError"),
        (ValueError, "ValueError"),
        ([CANARY], logs.WITHHELD),
    ],
)
def test_only_figures_and_code_words_are_shown(value: object, shown: object) -> None:
    assert logs.safe(value) == shown


@pytest.mark.parametrize("logger", ["mamori.site.work", "somebody.else", "django.request", "granian"])
@pytest.mark.parametrize(
    "message", ["%s called", f"{CANARY} called {ADDRESS} from {PHONE}", "it's '%s'", "%d and %s"]
)
def test_no_logger_lets_a_value_through(logger: str, message: str) -> None:
    args = (CANARY,) if message.count("%") == 1 else (PHONE, ADDRESS) if "%" in message else ()
    record = logging.LogRecord(logger, logging.ERROR, "", 1, message, args, None)

    line = logs.Lines().format(record)

    written_in_code = logger in ("mamori.site.work", "granian")  # their words are: see the next test
    assert [word for word in found_in(line) if word != "canary" or not written_in_code] == []
    assert "\n" not in line


def test_what_our_own_code_logs_is_written_in_the_code() -> None:
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    calls = [
        (path, node)
        for path in sorted((Path(__file__).parents[3] / "mamori").rglob("*.py"))
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in levels
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("log", "logger", "logging")
    ]

    wrong = [
        f"{path.name}:{node.lineno}" for path, node in calls if not isinstance(node.args[0], ast.Constant)
    ]

    assert len(calls) > 5
    assert wrong == []


def test_an_exception_is_told_by_its_class_and_its_way_alone() -> None:
    def fall(secret: str) -> None:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(f"no {secret}") from error

    try:
        fall(f"{CANARY} {ADDRESS}")
    except ValueError:
        record = logging.LogRecord("mamori", logging.ERROR, "", 1, "fault", None, sys.exc_info())
    line = json.loads(logs.Lines().format(record))

    assert found_in(json.dumps(line)) == []
    assert line["error"]["type"] == "builtins.ValueError"
    assert line["error"]["from"]["type"] == "builtins.KeyError"
    assert line["error"]["at"][-1].endswith(" fall")


@pytest.mark.django_db
def test_a_statement_that_fails_tells_neither_its_values_nor_its_text() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM canary_table WHERE name = %s", [CANARY])
    except DatabaseError:
        record = logging.LogRecord("mamori", logging.ERROR, "", 1, "fault", None, sys.exc_info())
    line = json.loads(logs.Lines().format(record))

    assert found_in(json.dumps(line)) == []
    assert ("sqlstate" in json.dumps(line)) is (connection.vendor == "postgresql")


def test_at_a_terminal_the_same_is_readable() -> None:
    record = logging.LogRecord("mamori", logging.INFO, "", 1, "request", None, None)
    record.fields = {"route": "public:home", "ms": 1.5}

    line = logs.Readable().format(record)

    assert line.endswith("info: request route=public:home ms=1.5")


@pytest.mark.django_db
def test_canaries_sent_to_every_address_by_every_way_stand_in_no_line(
    lines: Callable[[], list[dict[str, object]]],
) -> None:
    client = Client(raise_request_exception=False)
    headers = {"User-Agent": CANARY, "Referer": f"https://x/?q={ADDRESS}", "Authorization": f"Bearer {PHONE}"}

    asked = 0
    for route in routes():
        path = "".join(
            quote(f"canary-{PHONE}") if part.startswith("<") else part
            for part in route.path.replace("<", "\0<").replace(">", ">\0").split("\0")
        )
        for method in ("GET", "POST", "PUT", "DELETE"):
            client.cookies["canary"] = quote(CANARY)
            body = {"said": CANARY, "mail": ADDRESS, "phone": PHONE}
            sent = body if method == "POST" else json.dumps(body)
            kind = {} if method == "POST" else {"content_type": "application/json"}
            getattr(client, method.lower())(
                f"{path}?q={quote(CANARY)}" if method != "GET" else path,
                {"q": CANARY} if method == "GET" else sent,
                headers=headers,
                **({} if method == "GET" else kind),
            )
            asked += 1
    told = lines()

    assert asked > 80
    assert len([line for line in told if line["message"] == "request"]) == asked
    assert [line for line in told if found_in(json.dumps(line, ensure_ascii=False))] == []


@pytest.mark.django_db
def test_a_worker_whose_part_falls_over_tells_nothing_of_what_it_held(
    lines: Callable[[], list[dict[str, object]]],
) -> None:
    told: list[Text] = []

    def part(at: datetime) -> int:
        secret = CANARY
        raise ValueError(f"cannot carry {secret} to {ADDRESS}")

    worker = work.Loop(name="test", parts={"carry": part}, stop=threading.Event(), tell=told.append)
    worker.round(datetime.now(UTC))

    written = json.dumps(lines(), ensure_ascii=False) + "".join(f"{text.ja} {text.en}" for text in told)
    assert len(told) == 1
    assert "ValueError" in written
    assert "carry" in written
    assert found_in(written) == []


def test_the_canaries_would_be_seen() -> None:
    assert found_in(f"request from {ADDRESS}") == ["canary"]
    assert found_in(quote(f"/in/{PHONE}")) == [PHONE]
    assert found_in(json.dumps({"said": CANARY})) == ["canary", "カナリア"]
