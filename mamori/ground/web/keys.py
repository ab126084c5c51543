"""The keys of those who work at the desk all day: declared once, drawn on the page, and heard by a small script."""

from __future__ import annotations

from mamori.grammar.text import Text

KEYS: dict[str, Text] = {
    "n": Text("次の案件", "the next case"),
    "t": Text("自分の担当にする", "make it mine"),
    "g": Text("担当を外れる", "give it back"),
    "w": Text("本文を読む", "read the words"),
    "c": Text("電話する", "call"),
    "1": Text("選ぶ（上から1、2、3…）", "choose (1, 2, 3 … from the top)"),
    "d": Text("名義を見比べて決める", "compare the names and decide"),
    "p": Text("解決を提案する", "propose a solution"),
    "m": Text("メモを書く", "write a note"),
    "h": Text("担当を変える", "hand over"),
    "b": Text("前の画面に戻る", "back"),
    "/": Text("探す", "search"),
    "?": Text("キーの一覧", "all keys"),
    "j": Text("下に移る", "move down"),
    "k": Text("上に移る", "move up"),
}
"""With the browser's access key they work without the script, too."""

OUTCOMES = "123456"


def is_key(key: str) -> bool:
    """Say whether the key is declared."""
    return key in KEYS or key in OUTCOMES
