"""The environment variables that the house reads: declared once, rendered in the reference."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: what it means, and what holds when it is not set."""

    name: str
    text: Text
    default: str = ""


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
        "MAMORI_KEYS",
        Text(
            "鍵のフォルダー。データベースとは別の場所に置く",
            "folder of the keys: keep it apart from the database",
        ),
        "MAMORI_HOME/keys",
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
    Variable("MAMORI_SECRET_KEY", Text("署名付きリンクの秘密", "secret of signed links")),
    Variable("MAMORI_LANG", Text("端末の言語（ja または en）", "language of the terminal (ja or en)"), "ja"),
)
