"""Every environment variable that the house reads: what it is for, and whether what is set can be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

# The environment variables that the house reads: declared once, rendered in the reference.


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: what it means, and what holds when it is not set."""

    name: str
    text: Text
    default: str = ""


def secret(name: str, file: str) -> str:
    """Return what the variable says, or what stands in the file that the other one names."""
    told, place = os.environ.get(name, ""), os.environ.get(file, "")
    return told or (Path(place).read_text("utf-8").strip() if place else "")


def home() -> Path:
    """Return the folder of the data."""
    return Path(os.environ.get("MAMORI_HOME", "var/mamori")).absolute()


def key_profile() -> str:
    """Return how the keys are kept."""
    return os.environ.get("MAMORI_KEY_PROFILE", "file")


def key_socket() -> Path:
    """Return the socket by which a parent lends the passphrase's key."""
    return Path(os.environ.get("MAMORI_KEY_SOCKET", home() / "run" / "keys.sock")).absolute()


VARIABLES = (
    Variable("MAMORI_HOME", Text("データを置くフォルダー", "folder of the data"), "var/mamori"),
    Variable(
        "MAMORI_DATABASE_URL",
        Text(
            "データベース。postgres://… なら PostgreSQL、なければ MAMORI_HOME の SQLite",
            "the database: postgres://… for PostgreSQL, otherwise SQLite in MAMORI_HOME",
        ),
    ),
    Variable(
        "MAMORI_DATABASE_URL_FILE",
        Text(
            "データベースのアドレスを書いたファイル（合言葉を環境変数に置かないとき）",
            "file that holds the database's address, where a password shall not stand in the environment",
        ),
    ),
    Variable(
        "MAMORI_KEYS",
        Text(
            "鍵のフォルダー。データベースとは別の場所に置く",
            "folder of the keys: keep it apart from the database",
        ),
        "MAMORI_HOME/keys",
    ),
    Variable(
        "MAMORI_KEY_PROFILE",
        Text(
            "鍵の守り方: file（別の場所のフォルダー）、passphrase（起動時の合言葉）、kms（外部の鍵サービス）",
            "how the keys are kept: file (a folder elsewhere), passphrase (at start), kms (an external key service)",
        ),
        "file",
    ),
    Variable(
        "MAMORI_PASSPHRASE_FD",
        Text(
            "合言葉を読むファイル記述子の番号（passphrase のとき。一度だけ読む）",
            "number of the open file that gives the passphrase, read once (profile passphrase)",
        ),
    ),
    Variable(
        "MAMORI_KEY_SOCKET",
        Text(
            "`mamori up` が子のプロセスに鍵を貸すソケット",
            "socket by which `mamori up` lends the key to the processes that it starts",
        ),
        "MAMORI_HOME/run/keys.sock",
    ),
    Variable(
        "MAMORI_KMS_COMMAND",
        Text(
            "鍵サービスに尋ねる命令。標準入力と標準出力で JSON を一つずつ（kms のとき）",
            "command that asks the key service: one JSON in, one JSON out (profile kms)",
        ),
    ),
    Variable(
        "MAMORI_KMS_SECONDS",
        Text("鍵サービスの返事を待つ秒数", "seconds to wait for the key service"),
        "10",
    ),
    Variable(
        "MAMORI_FILES",
        Text("預かったファイル（暗号化）のフォルダー", "folder of the files taken in, encrypted"),
        "MAMORI_HOME/files",
    ),
    Variable(
        "MAMORI_SCANNER",
        Text(
            "ウイルスを調べる clamd。unix:/path か tcp:host:port。なければ原本は渡さない",
            "the clamd that scans for malware: unix:/path or tcp:host:port; without one no original is handed out",
        ),
    ),
    Variable(
        "MAMORI_LOG", Text("検証できる記録のフォルダー", "folder of the verifiable log"), "MAMORI_HOME/log"
    ),
    Variable(
        "MAMORI_LOG_ORIGIN",
        Text(
            "記録の名前。署名に入るので、始めたら変えない",
            "the log's name: part of every signature, never changed",
        ),
        "mamori.invalid/log",
    ),
    Variable(
        "MAMORI_WEBHOOK_PRIVATE",
        Text(
            "1 なら内部のアドレスにも送る。試験用",
            "1 lets webhooks go to internal addresses: for trials only",
        ),
    ),
    Variable(
        "MAMORI_WEBHOOK_PORTS",
        Text(
            "80・443・8080・8443 のほかに送ってよいポート（コンマ区切り）",
            "ports beside 80, 443, 8080 and 8443 that webhooks may go to, separated by commas",
        ),
    ),
    Variable(
        "MAMORI_WEBHOOK_SECRET",
        Text(
            "`mamori examine` が店の受け口に送るものに署名する秘密 whsec_…",
            "secret, whsec_…, with which `mamori examine` signs what it sends to a shop's receiver",
        ),
    ),
    Variable(
        "MAMORI_API_CALLS",
        Text("APIキー1つの1分あたりの依頼の上限", "most calls a minute with one API key"),
        "1200",
    ),
    Variable(
        "MAMORI_SECRET_KEY",
        Text(
            "セッションとリンクの署名の秘密。なければ MAMORI_KEYS の signing.key（`mamori setup` が作る）",
            "secret that signs sessions and links; by itself signing.key in MAMORI_KEYS, which `mamori setup` makes",
        ),
    ),
    Variable(
        "MAMORI_ORIGIN",
        Text(
            "利用者が開くアドレス。公開するなら https://…",
            "the address at which people reach the house: https://… once it is public",
        ),
        "http://localhost:8000",
    ),
    Variable(
        "MAMORI_HOST",
        Text("`mamori serve` が待ち受けるアドレス", "the address that `mamori serve` listens on"),
        "127.0.0.1",
    ),
    Variable("MAMORI_PORT", Text("待ち受けるポート", "the port"), "8000"),
    Variable(
        "MAMORI_SOCKET",
        Text("ポートの代わりの Unix ソケット", "a Unix socket instead of a port"),
    ),
    Variable("MAMORI_WORKERS", Text("画面を作るプロセスの数", "how many processes make pages"), "2"),
    Variable("MAMORI_THREADS", Text("プロセスごとのスレッド数", "threads of each process"), "4"),
    Variable(
        "MAMORI_BODY_LIMIT",
        Text("受け付ける本文の上限（MiB）", "the largest body of a request, in MiB"),
        "32",
    ),
    Variable(
        "MAMORI_BODY_SECONDS",
        Text(
            "本文が届くのを待つ秒数。ほかに32 KiBごとに1秒待つ",
            "seconds in which a body has to arrive, and one more for each 32 KiB of it",
        ),
        "20",
    ),
    Variable(
        "MAMORI_PROXIES",
        Text(
            "前に立つ proxy のアドレス（空白区切り、CIDR 可）。その X-Forwarded-For を信じる",
            "addresses of proxies in front, apart by spaces, CIDR allowed: their X-Forwarded-For is believed",
        ),
        "127.0.0.0/8 ::1/128",
    ),
    Variable(
        "MAMORI_METRICS_TOKEN_FILE",
        Text(
            "/metrics を同じ機械の外から読むための合言葉のファイル",
            "file with the token that opens /metrics from elsewhere than this machine",
        ),
    ),
    Variable(
        "MAMORI_METRICS_FROM",
        Text(
            "合言葉なしで /metrics を読めるアドレス（CIDR）",
            "addresses that may read /metrics without a token, as CIDR",
        ),
    ),
    Variable(
        "MAMORI_STATIC",
        Text("集めた静的ファイルのフォルダー", "folder of the collected files for pages"),
        "MAMORI_HOME/static",
    ),
    Variable(
        "MAMORI_MAIL",
        Text(
            "メールの渡し先。smtp://利用者:合言葉@ホスト:587?tls=starttls（ほかに tls=none、ca=証明書のファイル）、smtps://…、"
            "試すなら folder:///フォルダー。なければメールは出さない。デモの家はいつも自分のフォルダーに書く",
            "where mail is handed over: smtp://user:password@host:587?tls=starttls (also tls=none, ca=FILE), smtps://…, for "
            "trials folder:///path; without it no mail goes out. A demo's home always writes into a folder of its own",
        ),
    ),
    Variable(
        "MAMORI_MAIL_FILE",
        Text("MAMORI_MAIL を書いたファイル", "file that holds what MAMORI_MAIL would say"),
    ),
    Variable(
        "MAMORI_COMPANY_ISSUER",
        Text(
            "担当者が会社のアカウントでサインインするときの発行者（OpenID Connect の issuer、https://…）。なければ使わない",
            "issuer of the OpenID Connect provider by which staff sign in with the company's account (https://…); none, not used",
        ),
    ),
    Variable(
        "MAMORI_COMPANY_CLIENT",
        Text("会社に登録したクライアント ID", "client id that the company gave"),
    ),
    Variable(
        "MAMORI_COMPANY_SECRET",
        Text("クライアントの合言葉", "client secret that the company gave"),
    ),
    Variable(
        "MAMORI_COMPANY_SECRET_FILE",
        Text(
            "MAMORI_COMPANY_SECRET を書いたファイル", "file that holds what MAMORI_COMPANY_SECRET would say"
        ),
    ),
    Variable(
        "MAMORI_COMPANY_SCOPE",
        Text("会社に頼む範囲（scope、空白区切り）", "scopes that are asked of the company, apart by blanks"),
        "openid profile email",
    ),
    Variable(
        "MAMORI_MAIL_FROM",
        Text(
            "差出人。例「相談窓口 <help@market.example>」。MAMORI_MAIL があれば、folder:// でも要る",
            "from whom mail comes, such as “Customer centre <help@market.example>”; needed with MAMORI_MAIL, also folder://",
        ),
    ),
    Variable(
        "MAMORI_FONTS",
        Text(
            "手紙の書体を探すフォルダー",
            "folder in which fonts for letters are looked for besides the system's",
        ),
    ),
    Variable(
        "MAMORI_DEMO",
        Text(
            "1 なら見本の家: フォルダーに書いたメールを /inbox/ に見せる",
            "1 makes it a sample house: mail written into a folder is shown at /inbox/",
        ),
    ),
    Variable(
        "MAMORI_PROGRAM",
        Text(
            "記録の行に出るプログラムの名前（`mamori up` が付ける）",
            "name of the program in lines of the log: set by `mamori up`",
        ),
    ),
    Variable(
        "MAMORI_LOG_LEVEL",
        Text("記録の細かさ（debug・info・warning）", "how much is logged (debug, info, warning)"),
        "info",
    ),
    Variable("MAMORI_LANG", Text("端末の言語（ja または en）", "language of the terminal (ja or en)"), "ja"),
)


# Whether the environment variables can be read: looked at before anything else, so that what is wrong is a sentence.


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
