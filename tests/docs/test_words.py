"""One word for one thing: words that pages have left behind stand in no text, and a word of several meanings in its own rooms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.docs.pages import ROOT

LEFT_BEHIND = {
    r"要対応": "対応が必要",
    r"受け持": "担当",
    r"記録して読む|令状により読む": "理由を残して開く、令状で開く",
    r"一覧に載った電話|次の架電": "かける電話、次の電話",
    r"代わりの返金|出品者からの回収": "立替返金、出品者への請求",
    r"保留金": "支払いを止めた売上",
    r"有効な点数": "現在の違反点数",
    r"当てはまった行": "適用した基準",
    r"緊急の閲覧|閲覧の確認": "緊急時の閲覧、事後の確認",
    r"確定版": "公表版",
    r"保全(?!要請|の求め)": "消去の停止",
    r"事実の照会|照会への返答": "事実確認",
    r"(取組みの|あなたの|確認コードの|危険の|聞き違いの)お知らせ": "ニュース、申し出、確認コード、連絡",
    r"異議の申し出|異議の申立て": "異議の申出",
    r"6桁の番号|届いた番号": "確認コード",
}
"""What pages said once, and what they say instead."""

ONLY_IN = {
    r"照会": r"rooms/disclosure|rooms/safety/requests|law/(inquiries|requests)|doors/navigation|site/demo/|japan/",
    r"申し出(?![るてらたまくい]|方)": r"rooms/(complaints|safety|enforcement|insight|disclosure)|site/demo|japan/"
    r"|ground/post/rules|grammar/declaration|law/(complaints|insight|retention|care|pledge|helprights|accidents|commitments)"
    r"|doors/(navigation|desk/views/today)",
}
"""Words for one thing: inquiries of police and the like, and reports by anybody; elsewhere another word is meant."""

ELSEWHERE = re.compile(
    r"/tests/|/migrations/|^japan/|^law/(clauses|lessons)|rooms/display/rules/(text|checks)/"
)
"""What reads the words of others, and clauses as they are published."""


def texts() -> Iterator[tuple[str, str]]:
    """Give every program and template of the product with its path from `mamori/`."""
    home = ROOT / "mamori"
    for path in sorted((*home.rglob("*.py"), *home.rglob("*.html"), *home.rglob("*.js"))):
        name = path.relative_to(home).as_posix()
        if not ELSEWHERE.search(name):
            yield name, path.read_text("utf-8")


def faults(name: str, text: str) -> list[str]:
    """Name each word that a text should not say."""
    left = [
        f"{name}: {found[0]} → {new}" for old, new in LEFT_BEHIND.items() if (found := re.search(old, text))
    ]
    strange = [
        f"{name}: {found[0]} means something else here"
        for word, rooms in ONLY_IN.items()
        if not re.search(rooms, name) and (found := re.search(word, text))
    ]
    return left + strange


def test_each_thing_is_called_by_its_one_word() -> None:
    assert [fault for name, text in texts() for fault in faults(name, text)] == []


def test_a_word_that_was_left_behind_is_named_with_what_stands_for_it() -> None:
    assert faults("doors/x.html", "要対応の案件") == ["doors/x.html: 要対応 → 対応が必要"]
    assert faults("rooms/contact/x.py", "代わりの返金の照会") == [
        "rooms/contact/x.py: 代わりの返金 → 立替返金、出品者への請求",
        "rooms/contact/x.py: 照会 means something else here",
    ]
    assert faults("ground/people/x.py", "この申し出は") == [
        "ground/people/x.py: 申し出 means something else here"
    ]
    assert faults("rooms/disclosure/x.py", "捜査機関の保全要請と照会") == []
    assert len(list(texts())) > 500
