"""What a file must be to be read at all: not larger than it can be laid out, of a kind whose parts can be looked at before."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from mamori.grammar.refusal import Refusal
from mamori.ground.market.tables import actions as tables, sheets
from mamori.ground.market.tables.columns import TABLES
from mamori.ground.market.tables.extent import CellFarOut
from mamori.ground.market.tests.conftest import LEAD
from mamori.ground.market.tests.test_tables import HEAD, workbook
from mamori.ground.web.lists import safe_cell

FIRST = '<c r="A2"><v>1</v></c>'


def opened(path: Path) -> tables.ShopSheet:
    with path.open("rb") as file:
        return tables.open_sheet(file)


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ('<c r="ZZ2"><v>1</v></c>', "ZZ2"),
        ("<c r = 'ZZ2' t='str'><v>1</v></c>", "ZZ2"),
        ('<x:c x:q="&gt;" r="ZZ2"><x:v>1</x:v></x:c>', "ZZ2"),
        ('<c r="SF2" t="inlineStr"><is><t>1</t></is></c><c><v>2</v></c>', "2:501"),
        ('<c r="SF2"><v>1</v></c></row><row r="20001"><c r="B20001"><v>1</v></c>', "B20001"),
        ('<c r="SF2"><v>1</v></c></row><row r="20001"><c><v>1</v></c>', "20001:1"),
    ],
)
def test_a_value_far_out_is_named_before_the_sheet_is_laid_out(
    tmp_path: Path, cells: str, named: str
) -> None:
    path = workbook(tmp_path, HEAD, FIRST + cells)

    with pytest.raises(CellFarOut) as refusal:
        opened(path)

    assert f"セル {named} まで" in refusal.value.sentence.ja


@pytest.mark.parametrize("cells", ['<c r="XFD2" s="0"/>', '</row><row r="1048576"><c r="XFD1048576"/>'])
def test_cells_that_are_only_coloured_span_nothing(tmp_path: Path, cells: str) -> None:
    sheet = opened(workbook(tmp_path, HEAD, FIRST + cells))

    assert [row.number for row in sheet.rows] == [2]


def test_words_that_cells_share_count_for_each_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = "".join(f'<c r="A{n}" t="s"><v>1</v></c></row><row r="{n + 1}">' for n in range(2, 200))
    path = workbook(tmp_path, HEAD, cells)
    with zipfile.ZipFile(path, "a") as packed:
        shared = f"<sst><si><t>短い</t></si><si><r><t>{'長い' * 500}</t></r></si></sst>"
        packed.writestr("xl/sharedStrings.xml", shared)
        packed.writestr("xl/media/image1.png", b"\x89PNG")

    assert len(list(opened(path).rows)) == 198
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 198 * 3000 - 1)
    with pytest.raises(tables.TableTooLarge):
        opened(path)


def packed_with(*names: str, text: str = "<a/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0 an old file", "古い Excel(.xls)か、パスワード付きです"),
        (packed_with("xl/workbook.bin"), ".xlsx ではありません"),
        (packed_with("xl/workbook.xml", "content.xml"), ".xlsx ではありません"),
        (packed_with("xl/workbook.xml", "xl/a.xml", "XL/A.xml"), ".xlsx ではありません"),
        (packed_with("xl/workbook.xml", text="<a"), "壊れているか"),
    ],
)
def test_a_file_whose_parts_cannot_be_looked_at_before_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refusal:
        tables.open_sheet(io.BytesIO(content))

    assert why in refusal.value.sentence.ja


@pytest.mark.parametrize(
    "text",
    [
        "会員番号,氏名\nB-1,花\n",
        "会員番号\t氏名\nB-1\t花\n",
        "会員番号;氏名\nB-1;花\n",
        "会員番号\t氏名\tメモ, など, ほか\nB-1\t花\ta,b,c,d,e\nB-2\t月\t\n",
        '会員番号,氏名,メモ\nB-1,花,"a;b;c;d\re\tf\tg"\n',
        "会員番号,氏名\nB-1,花\n※ 以上\n",
    ],
)
def test_the_sign_that_divides_the_columns_is_the_one_that_yields_most(text: str) -> None:
    sheet = tables.open_sheet(io.BytesIO(text.encode()))

    assert sheet.headings[:2] == ("会員番号", "氏名")
    assert next(sheet.rows).cells[:2] == ("B-1", "花")


@pytest.mark.django_db
def test_the_file_of_refused_rows_can_be_sent_again_and_again() -> None:
    text = "会員No.,呼び名\nB-1,\n=2,花\n".encode()
    sheet = tables.open_sheet(io.BytesIO(text))
    tables.remember(
        LEAD, sheet, tables.guessed(TABLES["buyers"], sheet, {"会員No.": "buyer.ref", "呼び名": "buyer.name"})
    )

    for _ in range(3):
        sheet = tables.open_sheet(io.BytesIO(text))
        units = tables.look(LEAD, sheet, tables.match(TABLES["buyers"], sheet))
        refused = [tables.refused_rows(sheet, one, safe_cell) for one in units if one.reasons]
        text = tables.refused_head(sheet) + b"".join(refused)

        assert sheet.headings == ("会員No.", "呼び名")
        assert text.decode("utf-8-sig").splitlines()[0] == "会員No.,呼び名,行 row,理由 reason"
        assert len(units[0].reasons) == 1
        assert len(text.splitlines()) == 2
