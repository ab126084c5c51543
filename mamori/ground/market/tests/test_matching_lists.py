"""How a list is read: by its headings, by what its cells look like, and never by a guess at what is not in a row."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from mamori.grammar.refusal import Refusal
from mamori.ground.market import listrows
from mamori.ground.market.facts import ListRow, match, read_list
from mamori.ground.market.listrows import ListEmpty, ListTooLong, Named
from mamori.ground.market.tests.test_tables import workbook


def cells(number: int, *values: str) -> str:
    """Return a row of Excel; what is empty is no cell."""
    return "".join(
        f'<c r="{place}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
        for place, value in zip("ABCDEF", values, strict=False)
        if value
    )


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("JANコード", Named.GTIN), ("商品コード(JAN)", Named.GTIN), ("GTIN", Named.GTIN), ("ＵＰＣ", Named.GTIN),
        ("出品URL", Named.URL), ("商品ページ", Named.URL), ("Link", Named.URL),
        ("型番", Named.MODEL), ("型式・形式", Named.MODEL), ("Model No.", Named.MODEL), ("品番", Named.MODEL),
        ("商品番号", Named.NUMBER), ("出品ID", Named.NUMBER), ("Item ID", Named.NUMBER),
        ("メーカー名", Named.BRAND), ("Brand", Named.BRAND), ("製造事業者", Named.BRAND),
        ("品名", Named.WORDS), ("商品名", Named.WORDS), ("Product name", Named.WORDS), ("キーワード", Named.WORDS),
        ("備考", None), ("No.", None), ("ロット番号", None), ("製造番号", None), ("メールアドレス", None), ("Ocean", None),
        ("型番:AB-12", None), ("https://shop.example/url", None), ("JAN4901234567894", None),
    ],
)  # fmt: skip
def test_a_heading_says_what_its_column_names(heading: str, named: Named | None) -> None:
    assert listrows._named_by(heading) is named


def test_a_pasted_table_is_read_by_its_headings_below_its_title() -> None:
    _, row = read_list(
        "回収対象の一覧\n\nNo\tメーカー\t型番\t品名\tJAN\t備考\n1\tA社\tX-1\t扇風機\t\t\n"
        "2\tPowerX(パワー)\tAB-1、AB-2000\tモバイル電源\t4901234567894\t発火 https://a.example/1"
    )

    assert row == ListRow(
        number=5,
        headings=("No", "メーカー", "型番", "品名", "JAN", "備考"),
        cells=(
            "2",
            "PowerX(パワー)",
            "AB-1、AB-2000",
            "モバイル電源",
            "4901234567894",
            "発火 https://a.example/1",
        ),
        urls=("https://a.example/1",),
        gtins=("4901234567894",),
        brands=("PowerX(パワー)", "PowerX", "パワー"),
        models=("AB-1", "AB-2000"),
        words="モバイル電源",
    )


def test_a_line_without_headings_is_read_by_what_it_looks_like() -> None:
    (row,) = read_list(
        "1\tパワー電源 AB-1234 10000mAh 型番：Z-9\thxxps://shop[.]example/1 をご確認\t2026/12/03\t4901234567894"
    )

    assert (row.urls, row.numbers) == (("https://shop.example/1",), ("4901234567894",))
    assert (row.gtins, row.models) == (("4901234567894",), ("Z-9", "AB-1234"))
    assert row.words == "パワー電源 AB-1234 10000mAh 型番: をご確認"


def test_a_merged_cell_is_read_where_it_stands_and_is_said_to_be_lacking_elsewhere(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        cells(1, "メーカー", "型番"),
        cells(2, "MERGED", "AB-1"),
        cells(3, "", "AB-2"),
        cells(4, "", "AB-3"),
    )

    rows = read_list(path.open("rb"))

    assert [(row.number, row.brands, row.models, row.lacking) for row in rows] == [
        (2, ("MERGED",), ("AB-1",), ()),
        (3, (), ("AB-2",), ("メーカー",)),
        (4, (), ("AB-3",), ()),
    ]


def test_a_jan_that_excel_shortened_is_lacking() -> None:
    (row,) = read_list(io.BytesIO("JAN,品名\n4.90123E+12,電源\n".encode()))

    assert (row.gtins, row.lacking) == ((), ("JAN",))


def test_a_list_that_is_too_long_or_empty_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(read_list("型番\n" + "A-1\n" * 5_000)) == 5_000
    with pytest.raises(ListTooLong) as refusal:
        read_list("型番\n" + "A-1\n" * 5_001)
    assert "5,000行まで" in refusal.value.sentence.ja
    for nothing in ("", " \n\t\n", "型番\n"):
        with pytest.raises(ListEmpty):
            read_list(nothing)


_SIGNS = st.text(
    st.one_of(
        st.sampled_from("hxtps:/[].()?&=%#@,\t\n-ー－０１49０ABｱｶﾞ・型番JAN株㈱\x00\u200b\ud800"),
        st.characters(exclude_categories=()),
    ),
    max_size=80,
)


@pytest.mark.django_db
@settings(max_examples=400)
@given(_SIGNS)
def test_no_text_whatever_is_an_error(text: str) -> None:
    try:
        rows = read_list(text)
    except Refusal:
        return
    assert len(match(rows)) == len(rows)
    match([ListRow.of(url=text, number=text, gtin=text, brand=text, model=text, words=text)])


@settings(max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=99).map(b"PK\x03\x04".__add__),
        _SIGNS.map(lambda t: t.encode("utf-8", "replace")),
    )
)
def test_no_file_whatever_is_an_error(sent: bytes) -> None:
    try:
        read_list(io.BytesIO(sent))
    except Refusal:
        return
