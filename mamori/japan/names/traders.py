"""The kana of a sole trader's account: a trade name, and behind it the person."""

from __future__ import annotations

from collections.abc import Iterator

from mamori.japan.names.kana import katakana, normal

HEAD_OF = ("ダイヒヨウシヤ", "ダイヒヨウ")
"""代表者 and 代表, as they stand before the person's name."""


def tails(kana: str) -> Iterator[tuple[str, str]]:
    """Yield (trade name, what stands behind it), the longest tail first: behind each blank, and behind 代表."""
    words = katakana(kana).split(" ")
    for at in range(1, len(words)):
        yield _without_title(" ".join(words[:at]), normal("".join(words[at:])))
    whole = normal(kana)
    for title in HEAD_OF:
        before, found, behind = whole.partition(title)
        if found and before and behind:
            yield before, behind
            return


def _without_title(trade: str, tail: str) -> tuple[str, str]:
    for title in HEAD_OF:
        if tail.startswith(title):
            return trade, tail.removeprefix(title)
        if normal(trade).endswith(title):
            return trade[: -len(title)].rstrip(), tail
    return trade, tail
