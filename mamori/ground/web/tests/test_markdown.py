"""What staff write in Markdown becomes headings, lists, tables and links, and nothing that runs or loads."""

from __future__ import annotations

import pytest

from mamori.ground.web.papers import html_of


def test_headings_begin_below_the_title_and_lists_and_tables_are_drawn() -> None:
    drawn = html_of("# 大見出し\n\n- 一つ\n- 二つ\n\n| 月 | 件 |\n| --- | --- |\n| 4月 | 12 |\n")

    assert "<h2>大見出し</h2>" in drawn
    assert "<li>二つ</li>" in drawn
    assert "<td>12</td>" in drawn


def test_html_is_shown_as_it_was_typed() -> None:
    drawn = html_of('<script>alert(1)</script>\n\n本文 <img src=x onerror="alert(1)"> <b>太字</b>')

    assert "&lt;script&gt;" in drawn
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "<b>" not in drawn


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//elsewhere.example/",
        "relative/page",
    ],
)
def test_a_link_leads_only_where_links_may(address: str) -> None:
    assert "<a " not in html_of(f"[ここ]({address})")
    assert "<a " not in html_of(f"<{address}>")


@pytest.mark.parametrize(
    "address", ["https://www.caa.go.jp/", "/policy/", "#how", "mailto:a@example.jp", "tel:188"]
)
def test_a_link_to_the_web_a_page_of_ours_a_mailbox_or_a_telephone_is_one(address: str) -> None:
    assert f'<a href="{address}">ここ</a>' in html_of(f"[ここ]({address})")


def test_a_picture_is_not_loaded() -> None:
    drawn = html_of("![追跡](https://elsewhere.example/p.gif)")

    assert "<img" not in drawn
