"""`mamori names`: is an account in the registered name, and why.  Needs no database and no settings."""

from __future__ import annotations

import click
import msgspec

from mamori.japan.names import Answer, Holder, compare
from mamori.site.command.ndjson import decoded, run
from mamori.site.command.speak import LANG, say


class NameQuestion(msgspec.Struct):
    """One line of a batch."""

    name: str
    kana: str
    kind: Holder
    furigana: str = ""


_DECODER = msgspec.json.Decoder(NameQuestion)
_EXAMPLE = '{"name": "髙橋健", "kana": "ﾀｶﾊｼ ｹﾝ", "kind": "person"}'


def answer(line: bytes) -> bytes:
    """Return the answer to one line of a batch."""
    asked = decoded(_DECODER, line, _EXAMPLE)
    found = compare(name=asked.name, kana=asked.kana, kind=asked.kind, furigana=asked.furigana)
    return msgspec.json.encode(
        {"verdict": found.verdict, "score": found.score, "reason": found.reason.in_(LANG)}
    )


def as_text(found: Answer) -> str:
    """Return the answer for people: the verdict, why, and which kana were laid beside which letters."""
    told = {
        "match": say("一致", "match"),
        "review": say("担当者が確かめる", "a person looks at it"),
        "mismatch": say("不一致", "mismatch"),
    }
    laid = "  ".join(
        f"{piece.written}={piece.reading}{'' if piece.is_explained else say('（例なし）', ' (no case known)')}"
        for piece in found.pieces
    )
    return "\n".join([f"{told[found.verdict]}  {found.reason.in_(LANG)}", *([f"  {laid}"] if laid else [])])


@click.command(
    help=say(
        "登録名 NAME と口座名義のカナ KANA が同じ名義かどうかと、その理由を示す。",
        "Tell whether the registered NAME and the KANA of an account are one, and why.",
    ),
    epilog=say("例", "Example") + ": mamori names 髙橋健 'ﾀｶﾊｼ ｹﾝ'",
)
@click.argument("name", required=False)
@click.argument("kana", required=False)
@click.option(
    "--kind",
    type=click.Choice([holder.value for holder in Holder]),
    default=Holder.PERSON.value,
    help=say("個人（person）か法人（company）か", "a person or a company"),
)
@click.option("--furigana", default="", help=say("届け出のフリガナ", "the reading that was declared"))
@click.option(
    "--batch",
    "batch_",
    is_flag=True,
    help=say(
        "標準入力の NDJSON（name、kana、kind と、あれば furigana）に1行ずつ答える。空行は読み飛ばす",
        "answer NDJSON (name, kana, kind and, where known, furigana) line by line; empty lines are passed over",
    ),
)
def command(name: str | None, kana: str | None, kind: str, furigana: str, batch_: bool) -> None:
    """Answer one question, or one a line."""
    if batch_ == (name is not None) or (name is None) != (kana is None):
        raise click.UsageError(
            say(
                "NAME と KANA を両方書くか、--batch だけを付けてください。",
                "Give NAME and KANA, or --batch alone.",
            )
        )
    if name is None or kana is None:
        run(answer)
        return
    click.echo(as_text(compare(name=name, kana=kana, kind=Holder(kind), furigana=furigana)))
