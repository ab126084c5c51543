"""Tables of a shop's software: told as lines are, whole or not at all, each refused row with every reason."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.refusal import Refusal
from mamori.ground.declared import records as declared
from mamori.ground.market import facts, importing
from mamori.ground.market.lines import BuyerLine, OrderLine, ReviewLine, ScreenLine
from mamori.ground.market.models import Buyer, Order, Seller, TableMatching
from mamori.ground.market.outcomes import Change, ScreenKept
from mamori.ground.market.records import record
from mamori.ground.market.sellerlines import SellerLine, VerificationLine, safe_number, shown_number
from mamori.ground.market.tables import actions as tables
from mamori.ground.market.tables.columns import TABLES, moment_of, value_of
from mamori.ground.market.tests.conftest import LEAD, MACHINE
from mamori.japan.calendar import JAPAN

SELLERS = """出店者コード,店舗名,事業者区分,法人名,代表者,電話番号,メールアドレス,国内管理人
店１,こもれび電器,法人,こもれび電器株式会社,髙橋 健,03-0000-0001,shop@shop.example,
S-2,森の手芸,個人,,,,hana@shop.example,
"""
ORDERS = """注文番号,会員番号,購入者名,出店者コード,注文日時,合計金額,商品コード,商品名,数量,単価,受取日
O-1,会員１,𠮷田 花,店１,2026/11/3,"7,500",L-1,"ケトル
(白)",1,¥4500,令和8年11月5日
O-1,会員１,𠮷田 花,店１,2026/11/3,"7,500",L-2,匙,2,１５００円,令和8年11月5日
O-2,B-2,山田,S-2,2026-11-03 10:00,4200,L-3,針,1,4200,R8.11.6
"""


type Refused = list[tuple[int, list[str]]]


def take(
    text: str, table: str = "orders", encoding: str = "utf-8", **more: Any
) -> tuple[dict[str, int], Refused]:
    sheet = tables.open_sheet(io.BytesIO(text.encode(encoding)))
    refused: Refused = []
    report = tables.take(
        MACHINE,
        sheet,
        tables.match(TABLES[table], sheet),
        lambda unit: refused.append((unit.rows[0].number, [one.code for one in unit.reasons])),
        **more,
    )
    return dict(report.counts), refused


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_shops_tables_come_in_as_they_are_and_the_same_again_changes_nothing(encoding: str) -> None:
    orders = ORDERS.replace("𠮷田", "吉田").replace("¥", "\\") if encoding == "cp932" else ORDERS

    first = [take(SELLERS, "sellers", encoding), take(orders, "orders", encoding)]
    again = [take(SELLERS, "sellers", encoding), take(orders, "orders", encoding)]

    assert first == [({"added": 2}, []), ({"added": 2}, [])]
    assert again == [({"unchanged": 2}, []), ({"unchanged": 2}, [])]
    order = Order.objects.get(pk="O-1")
    assert [(item["listing"], item.get("quantity", 1), item["price"]) for item in order.items] == [
        ("L-1", 1, 4500),
        ("L-2", 2, 1500),
    ]
    assert (order.amount, order.received_on, order.ordered_at) == (
        7500,
        date(2026, 11, 5),
        datetime(2026, 11, 3, tzinfo=JAPAN),
    )
    assert (shown_number(order.buyer_id), shown_number(order.seller_id)) == ("会員1", "店1")
    assert record(SellerLine, "S-2")["private"] is True
    assert record(VerificationLine, order.seller_id)["representative"] == "髙橋 健"


@pytest.mark.django_db
def test_a_table_comes_to_the_same_rows_as_the_lines_that_the_api_is_told(market: None) -> None:
    told = {
        "kind": "order", "ref": "O-5", "buyer": "B-1", "seller": "S-1", "amount": 1_234, "as_business": True,
        "sold_as": "sole_trader", "age": "under_18",
        "ordered_at": "2026-11-03T10:00:00+09:00", "cancelled_at": "2026-11-04T00:00:00+09:00", "unsent": True,
        "items": [{"listing": "L-1", "quantity": 2, "price": 600}, {"listing": "L-1", "price": 34}],
    }  # fmt: skip

    [line] = importing.take_lines_in(MACHINE, [(1, json.dumps(told).encode())], closed={})
    by_api = Order.objects.filter(pk="O-5").values()[0]
    Order.objects.filter(pk="O-5").delete()
    take(
        "注文番号,会員番号,出店者コード,合計,注文日時,キャンセル日,未発送,事業用,品番,数量,単価,事業者区分,年齢\n"
        "O-5,B-1,S-1,1234円,R8.11.3 10:00,2026年11月4日,はい,○,L-1,２,600,個人事業主,17歳\n"
        "O-5,B-1,S-1,1234円,R8.11.3 10:00,2026年11月4日,はい,○,L-1,,34,個人事業主,１７歳\n"
    )

    assert line.outcome is Change.ADDED
    assert Order.objects.filter(pk="O-5").values()[0] == by_api


@pytest.mark.django_db
def test_what_a_table_does_not_tell_stays_as_the_api_told_it(market: None) -> None:
    before = record(OrderLine, "O-1")

    done = take("注文番号,完了日\nO-1,2026/11/10\n")

    assert done == ({"changed": 1}, [])
    after = record(OrderLine, "O-1")
    assert after["items"] == before["items"] != []
    assert {name for name in after if after[name] != before[name]} == {"completed_at"}


@pytest.mark.django_db
def test_what_an_old_order_says_of_goods_and_buyers_changes_nothing_that_is_known(market: None) -> None:
    take(
        "注文番号,会員番号,購入者名,出店者コード,注文日,合計金額,商品コード,商品名,単価\n"
        "O-9,B-1,旧姓 花,S-1,2026/1/3,100,L-1,旧い名,100\n"
    )

    assert Order.objects.get(pk="O-9").buyer_id == "B-1"
    assert facts.listing("L-1").name == "木のスプーン"
    assert facts.buyer("B-1").name == "𠮷田 花"


@pytest.mark.django_db
def test_the_screen_that_the_buyer_saw_is_kept_once(market: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        tables, "_REMEMBERED", -1
    )  # what was told beside an order is forgotten, and told again
    table = "注文番号,会員番号,出店者コード,合計,注文日時,最終確認画面\nO-7,B-1,S-1,100,2026/11/3,"

    assert take(f"{table}確定する\n") == ({"added": 1}, [])
    assert take(f"{table}確定する\n") == ({"unchanged": 1}, [])
    assert take(f"{table}別の画面\n")[1] == [(2, [ScreenKept.code])]
    assert record(ScreenLine, "O-7")["text"] == "確定する"


@pytest.mark.django_db
def test_a_table_of_headings_alone_brings_nothing() -> None:
    assert take("注文番号,会員番号\n") == ({}, [])


@pytest.mark.django_db
def test_reviews_come_in_by_their_table(market: None) -> None:
    done = take(
        "レビュー番号,商品コード,出店者コード,会員番号,評価,投稿日,本文\nR-7,L-1,S-1,B-1,4,2026/11/3,よい匙\n",
        "reviews",
    )

    assert done == ({"added": 1}, [])
    assert record(ReviewLine, "R-7")["stars"] == 4


@pytest.mark.django_db
def test_a_refused_row_is_taken_in_nowhere_and_comes_with_every_reason(market: None) -> None:
    text = (
        "出店者コード,店舗名,電話番号,確認方法,法人番号,未払い売上金\n"
        "S-7,よい店,03-1,,,\n"
        "S-8,わるい店,03-2,document-image,123,abc\n"
        "S-9,半分の店,03-3,document-image,,\n"
        "S-10,よい店,03-4,,,\n"
    )

    counts, refused = take(text, "sellers")

    assert counts == {"added": 2, "refused": 2}
    assert refused == [(3, ["cell-unread", "field-wrong"]), (4, ["verification-unclear"])]
    assert set(Seller.objects.values_list("pk", flat=True)) == {"S-1", "S-7", "S-10"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (["O-7,B-1,1", "O-8,B-1,1", "O-7,B-1,1"], {4: ["order-scattered"]}),
        (["O-7,B-1,1", "O-7,B-2,1"], {2: ["order-rows-differ"]}),
        (["O-7,B-9,1"], {2: ["reference-unknown"]}),
        (["O-7,B-1,#DIV/0!"], {2: ["cell-broken"]}),
        (["O-７,B-1,1", "", "O-7,B-1,1"], {4: ["number-two-ways"]}),
        ([",B-1,1"], {2: ["field-missing"]}),
        ([f"{"".join(map(chr, range(0x4E00, 0x9000, 300)))},B-1,1"], {2: ["number-too-long"]}),
    ],
)  # fmt: skip
def test_bad_rows_are_refused_by_their_number(
    market: None, rows: list[str], codes: dict[int, list[str]]
) -> None:
    ended = "".join(f"{row},S-1,2026/11/1,L-1,5\n" if row else "\n" for row in rows)

    _, refused = take(f"注文番号,会員番号,合計,出店者コード,注文日,商品コード,単価\n{ended}")

    assert dict(refused) == codes


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("注文番号,合計\nO-1,".encode() + "円\n".encode("cp932"), "table-mixed"),
        ('注文番号\n"O-1\n'.encode(), "sheet-unreadable"),
        ("注文番号,注文番号\n".encode(), "table-headless"),
        (b"", "table-headless"),
        ("合計\n3\n".encode(), "column-missing"),
        (b"PK\x03\x04 no zip", "sheet-unreadable"),
        ("注文番号".encode("utf-16"), "sheet-unreadable"),
        (b"\x00\x01\x02\xff", "sheet-unreadable"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_in_a_sentence(content: bytes, code: str) -> None:
    def taken() -> None:
        sheet = tables.open_sheet(io.BytesIO(content))
        tables.take(MACHINE, sheet, tables.match(TABLES["orders"], sheet), lambda _: None)

    with pytest.raises(Refusal) as refusal:
        taken()

    assert refusal.value.code == code


@pytest.mark.django_db
def test_another_shops_file_stops_after_the_first_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "FIRST", 3)

    with pytest.raises(tables.AllRefused):
        take(
            "注文番号,会員番号,出店者コード,合計,注文日\n"
            + "".join(f"X-{n},B,S,1,2026/1/1\n" for n in range(300))
        )

    assert not Order.objects.exists()


@pytest.mark.django_db
def test_a_look_tells_what_would_come_and_keeps_nothing(market: None) -> None:
    sheet = tables.open_sheet(io.BytesIO("会員番号,氏名\nB-1,別名\nB-5,新しい人\nB-6,\n".encode()))

    units = tables.look(LEAD, sheet, tables.match(TABLES["buyers"], sheet))

    assert [unit.outcome for unit in units] == [Change.CHANGED, Change.ADDED, None]
    assert [one.code for one in units[2].reasons] == ["field-missing"]
    assert (Buyer.objects.count(), facts.buyer("B-1").name) == (1, "𠮷田 花")


@pytest.mark.django_db
def test_a_matching_is_remembered_by_the_headings() -> None:
    sheet = tables.open_sheet(io.BytesIO("番号,呼び名\nB-1,花\n".encode()))
    chosen = tables.guessed(
        TABLES["buyers"], sheet, {"番号": "buyer.ref", "呼び名": "buyer.name", "ない": "buyer.mail"}
    )

    tables.remember(LEAD, sheet, chosen)

    assert tables.match(TABLES["buyers"], sheet).columns == {"番号": "buyer.ref", "呼び名": "buyer.name"}
    assert take("番号,呼び名\nB-1,花\n", "buyers") == ({"added": 1}, [])
    assert TableMatching.objects.get().by == LEAD.by


@pytest.mark.django_db
def test_a_table_is_taken_in_piece_by_piece(market: None) -> None:
    text = "会員番号,氏名\n" + "".join(f"C-{n},人{n}\n" for n in range(120))
    sheet = tables.open_sheet(io.BytesIO(text.encode()))
    part = tables.take(MACHINE, sheet, tables.match(TABLES["buyers"], sheet), lambda _: None, most=1)

    counts, _ = take(text, "buyers", after=part.row)

    assert not part.is_whole
    assert counts["added"] + part.counts["added"] == 120 == Buyer.objects.count() - 1


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026/11/3", "2026-11-03T00:00:00+09:00"),
        ("2026-11-03 10:00", "2026-11-03T10:00:00+09:00"),
        ("令和8年11月3日", "2026-11-03T00:00:00+09:00"),
        ("令和元年５月１日", "2019-05-01T00:00:00+09:00"),
        ("R8.11.2", "2026-11-02T00:00:00+09:00"),
        ("2026年11月3日(火) 9時05分", "2026-11-03T09:05:00+09:00"),
        ("2026-11-03T01:02:03Z", "2026-11-03T01:02:03+00:00"),
        ("20261103", "2026-11-03T00:00:00+09:00"),
        (46329.5, "2026-11-03T12:00:00+09:00"),
        (datetime(2026, 11, 3, 9, 30), "2026-11-03T09:30:00+09:00"),  # noqa: DTZ001
        ("2026/13/3", None),
        ("3/11", None),
    ],
)
def test_moments_are_read_as_shops_write_them(said: Any, at: str | None) -> None:
    found = moment_of(said)

    assert (found.isoformat() if found else None) == at


@pytest.mark.parametrize(
    ("said", "yen"),
    [("3,000", 3000), ("４２００", 4200), ("¥3,000", 3000), ("￥３，０００円", 3000), (3000.0, 3000)],
)
def test_money_is_read_as_shops_write_it(said: Any, yen: int) -> None:
    assert value_of("order.amount", "合計", said) == yen


@pytest.mark.parametrize("said", ["3,00", "3.5", "三千", "1,0000"])
def test_money_that_may_be_another_figure_is_refused(said: str) -> None:
    with pytest.raises(Refusal):
        value_of("order.amount", "合計", said)


@pytest.mark.parametrize("number", ["会員1", "A 1", "~A", "a/b", "注文-001%", "店", "~~x-"])
def test_a_number_can_be_read_back_from_its_reference(number: str) -> None:
    ref = safe_number(number, of_person=True)

    assert ref != number
    assert shown_number(ref) == number
    assert declared.convert({"ref": ref, "name": "花"}, BuyerLine).ref == ref


@pytest.mark.parametrize("ref", ["B-1", "~", "~abc-", "~%ff"])
def test_a_reference_that_was_told_as_it_is_is_shown_as_it_is(ref: str) -> None:
    assert shown_number(ref) == ref


def workbook(tmp_path: Path, *cells: str) -> Path:
    """Write the least that is an Excel file, with these cells as XML row by row."""
    rows = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1))
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><sheets>'
        '<sheet name="注文" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{{merged}}</worksheet>',
    }  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text.replace("{merged}", MERGED if "MERGED" in rows else ""))
    return tmp_path / "a.xlsx"


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MERGED = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
HEAD = "".join(
    f'<c r="{place}1" t="inlineStr"><is><t>{name}</t></is></c>'
    for place, name in zip("ABCD", ("会員番号", "氏名", "住所", "メモ"), strict=True)
)


@pytest.mark.django_db
def test_an_excel_file_is_read_with_the_values_of_its_formulas(tmp_path: Path) -> None:
    row = '<c r="A2"><v>1001</v></c><c r="B2" t="str"><f>"山"&amp;"田"</f><v>山田</v></c><c r="C2" t="str"><f>""</f><v></v></c>'
    path = workbook(tmp_path, HEAD, row)

    with path.open("rb") as file:
        sheet = tables.open_sheet(file)
        report = tables.take(MACHINE, sheet, tables.match(TABLES["buyers"], sheet), lambda _: None)

    assert report.counts == {"added": 1}
    assert facts.buyer("1001").name == "山田"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "cell-valueless"),
        ('<c r="A2"><f>A9+1</f></c>', "cell-valueless"),
        ('<c r="A2"><f>A9+1</f><v/></c>', "cell-valueless"),
        ('<c r="A2" t="inlineStr"><is><t>MERGED</t></is></c>', "cells-merged"),
    ],
)
def test_an_excel_file_that_would_be_read_wrongly_is_refused(tmp_path: Path, cell: str, code: str) -> None:
    path = workbook(tmp_path, HEAD, cell)

    with path.open("rb") as file, pytest.raises(Refusal) as refusal:
        tables.open_sheet(file)

    assert refusal.value.code == code


def test_what_is_larger_than_declared_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(tables.MOST_BYTES + 1)

    with path.open("rb") as file, pytest.raises(tables.TableTooLarge):
        tables.open_sheet(file)
