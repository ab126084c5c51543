"""Questions one a line on standard input, answers one a line in the same order; a bad line gets a sentence, not a fault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from io import BufferedIOBase
from typing import BinaryIO, cast

import click
import msgspec

from mamori.grammar.businesstime.moment import shown
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.site.command.speak import say

type Ask = Callable[[bytes], bytes]
"""One line in, its answer out; a refusal where there is none."""


class BadLine(Refusal, code="bad-line", status=422):
    """Given in the place of a line that is not a JSON object of what is asked for."""

    text = Text(
        "「{given}」は読めません。1行に1つ、{example} の形の JSON を UTF-8 で書いてください。",
        "“{given}” cannot be read. Write one JSON object a line, in UTF-8, such as {example}.",
    )


def decoded[Asked](decoder: msgspec.json.Decoder[Asked], line: bytes, example: str) -> Asked:
    """Return what a line asks."""
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadLine(given=shown(line.decode("utf-8", "replace")), example=example) from None


def _answer(ask: Ask, line: bytes, number: int) -> tuple[bytes, bool]:
    try:
        return ask(line), True
    except Refusal as refusal:
        sentence = refusal.sentence
        error = {"code": refusal.code, "ja": sentence.ja, "en": sentence.en}
        return msgspec.json.encode({"error": error, "line": number}), False


def lines(source: BufferedIOBase) -> Iterator[list[bytes]]:
    """Yield the whole lines of each piece that arrives, so that a patient partner is answered at once."""
    held: list[bytes] = []
    while piece := source.read1(1 << 16):
        *whole, rest = piece.split(b"\n")
        if whole:
            whole[0] = b"".join([*held, whole[0]])
            held = []
            yield whole
        held.append(rest)
    yield [b"".join(held)]


def batch(source: BufferedIOBase, sink: BinaryIO, ask: Ask) -> tuple[int, int]:
    """Answer every line that is not empty, in order; return how many there were and how many were bad."""
    number = asked = bad = 0
    for piece in lines(source):
        answers = []
        for line in piece:
            number += 1
            stripped = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if stripped:
                told, good = _answer(ask, stripped, number)
                asked += 1
                bad += not good
                answers.append(told + b"\n")
        sink.write(b"".join(answers))
        sink.flush()
    return asked, bad


def run(ask: Ask) -> None:
    """Answer standard input on standard output; say how many lines could not be, and end with 2 when there were any."""
    asked, bad = batch(cast(BufferedIOBase, sys.stdin.buffer), sys.stdout.buffer, ask)
    if bad:
        ja, en = (
            f"{asked}行のうち{bad}行は答えられませんでした。",
            f"{bad} of {asked} lines could not be answered.",
        )
        click.echo(say(ja, en), err=True)
        raise SystemExit(2)
