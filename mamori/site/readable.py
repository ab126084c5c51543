"""Whether the environment variables can be read: looked at before anything else, so that what is wrong is a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class VariableUnreadable(Refusal, code="house.variable-unreadable", status=422):
    """Given when an environment variable holds what nobody can read; what it holds may be secret and is not repeated."""

    text = Text("環境変数 {name} を読めません。{form}。", "{name} cannot be read. It should be {form}.")


type Reader = Callable[[str], object]


def _whole(told: str) -> int:
    if int(told) < 0:
        raise ValueError
    return int(told)


def _seconds(told: str) -> float:
    if not 0 < float(told) < 3600:
        raise ValueError
    return float(told)


def _database(told: str) -> object:
    if urlsplit(told).scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError
    return dj_database_url.parse(told)


def _origin(told: str) -> object:
    parts = urlsplit(told.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ValueError
    return parts.port


def _level(told: str) -> None:
    if told.lower() not in ("debug", "info", "warning", "error", "critical"):
        raise ValueError


_WHOLE: tuple[Reader, Text] = (_whole, Text("0以上の整数で書いてください", "a whole number from 0 up"))
_SECONDS: tuple[Reader, Text] = (
    _seconds,
    Text("0より大きい秒数で書いてください", "a number of seconds above 0"),
)
_FILE: tuple[Reader, Text] = (
    lambda told: Path(told).read_bytes(),
    Text("読めるファイルの場所を書いてください", "the place of a file that can be read"),
)
_NETWORKS: tuple[Reader, Text] = (
    lambda told: [ip_network(one) for one in told.split()],
    Text(
        "アドレスを空白で区切って書いてください（例：127.0.0.0/8 ::1/128）",
        "addresses apart by blanks, such as 127.0.0.0/8 ::1/128",
    ),
)
_DATABASE: tuple[Reader, Text] = (
    _database,
    Text(
        "postgres://利用者:合言葉@ホスト/名前 か sqlite:////場所 の形で書いてください",
        "postgres://user:password@host/name or sqlite:////path",
    ),
)
_ORIGIN: tuple[Reader, Text] = (
    _origin,
    Text("https://help.example.jp の形で書いてください", "such as https://help.example.jp, without a path"),
)
_LEVEL: tuple[Reader, Text] = (
    _level,
    Text("debug・info・warning のどれかにしてください", "debug, info or warning"),
)

READERS: dict[str, tuple[Reader, Text]] = {
    "MAMORI_DATABASE_URL": _DATABASE,
    "MAMORI_DATABASE_URL_FILE": _FILE,
    "MAMORI_MAIL_FILE": _FILE,
    "MAMORI_METRICS_TOKEN_FILE": _FILE,
    "MAMORI_METRICS_FROM": _NETWORKS,
    "MAMORI_PROXIES": _NETWORKS,
    "MAMORI_API_CALLS": _WHOLE,
    "MAMORI_PORT": _WHOLE,
    "MAMORI_KMS_SECONDS": _SECONDS,
    "MAMORI_ORIGIN": _ORIGIN,
    "MAMORI_LOG_LEVEL": _LEVEL,
}
"""How each variable is read that does not explain itself elsewhere, and how it should be written."""


def must_be_readable(env: Mapping[str, str]) -> None:
    """See that what is set can be read; what is empty is not set."""
    for name, (read, form) in READERS.items():
        told = env.get(name, "")
        try:
            if told:
                read(told)
        except (ValueError, OSError):
            raise VariableUnreadable(name=name, form=form) from None
