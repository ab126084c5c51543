"""A seller's telephone number is read in any spelling, and refused where buyers could not or should not call it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mamori.japan.phones import REFUSED, NoPhone, PhoneKind, PhoneNotForBuyers, phone


@pytest.mark.parametrize(
    ("said", "stored", "shown", "kind"),
    [
        ("03-1234-5678", "+81312345678", "03-1234-5678", PhoneKind.FIXED),
        ("０３（１２３４）５６７８", "+81312345678", "03-1234-5678", PhoneKind.FIXED),
        ("0466221111", "+81466221111", "0466-22-1111", PhoneKind.FIXED),
        ("090 1234 5678", "+819012345678", "090-1234-5678", PhoneKind.MOBILE),
        ("06012345678", "+816012345678", "060-1234-5678", PhoneKind.MOBILE),
        ("+81 80-1234-5678", "+818012345678", "080-1234-5678", PhoneKind.MOBILE),
        ("050-1234-5678", "+815012345678", "050-1234-5678", PhoneKind.INTERNET),
        ("0120-123-456", "+81120123456", "0120-123-456", PhoneKind.FREE),
        ("0800-123-4567", "+818001234567", "0800-123-4567", PhoneKind.FREE),
        ("03-1234-5678 内線12", "+81312345678", "03-1234-5678 ext. 12", PhoneKind.FIXED),
        ("+1 212-555-0123", "+12125550123", "+1 212-555-0123", PhoneKind.ABROAD),
        ("+86 138 0013 8000", "+8613800138000", "+86 138 0013 8000", PhoneKind.ABROAD),
    ],
)
def test_a_number_is_read_with_its_kind(said: str, stored: str, shown: str, kind: PhoneKind) -> None:
    read = phone(said)

    assert (read.stored, read.shown, read.kind) == (stored, shown, kind)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("0570-012-345", "uan"),
        ("0990-123-456", "premium"),
        ("020-1234-5678", "pager"),
        ("+1 900 555 1234", "premium"),
        ("+1 800 555 1234", "other"),
    ],
)
def test_a_number_that_costs_or_takes_no_calls_is_refused(said: str, kind: str) -> None:
    with pytest.raises(PhoneNotForBuyers) as told:
        phone(said)

    assert REFUSED[kind].ja in told.value.sentence.ja
    assert "toll-free" in told.value.sentence.en


@pytest.mark.parametrize(
    "said", ["", "電話", "03-1234", "1234567890123456", "03-1234-567a", "〇三", "0" * 200, "000-0000-0000"]
)
def test_what_is_no_number_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(NoPhone) as told:
        phone(said)

    assert "03-1234-5678" in told.value.sentence.ja


def test_the_library_is_read_only_when_a_number_is() -> None:
    ask = "import sys, mamori.japan.phones; print('phonenumbers' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )
