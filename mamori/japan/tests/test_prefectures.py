"""The prefecture that an address begins with."""

import pytest

from mamori.japan.addresses.reading import PREFECTURES, prefecture_of


def test_there_are_47_and_tokyo_is_13() -> None:
    assert len(PREFECTURES) == 47
    assert (PREFECTURES["01"].ja, PREFECTURES["13"].ja, PREFECTURES["47"].en) == (
        "北海道",
        "東京都",
        "Okinawa",
    )


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("〒920-0000 石川県金沢市架空町1-50-95", "17"),
        ("９２０−００００　石川県金沢市", "17"),
        ("〒 石川県珠洲市", "17"),
        ("京都府京都市中京区架空町8", "26"),
        ("東京都世田谷区架空町4", "13"),
        ("北海道札幌市", "01"),
        ("金沢市架空町1", ""),
        ("12 Nowhere Street, London", ""),
        ("大阪 府中市", ""),
        ("", ""),
    ],
)
def test_the_prefecture_is_read_after_the_postal_code_or_not_at_all(address: str, code: str) -> None:
    assert prefecture_of(address) == code
