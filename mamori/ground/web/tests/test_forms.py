"""Forms say what to put right, in the reader's language, and take what people write."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from mamori.ground.web.forms import DayField, DigitsField, FilesField, HouseForm, YenField, faults_of
from mamori.ground.web.samples import SampleForm, wrong_form
from mamori.ground.web.steps import as_data, posted, rows_of
from mamori.ground.web.wording import begun, said


class Small(HouseForm):
    """A form for the tests."""

    order = DigitsField(label=said("注文番号", "Order number"), max_length=8)
    day = DayField(label=said("日", "Day"), first=date(2026, 1, 1), last=date(2026, 12, 31), required=False)
    words = forms.CharField(label=said("事情", "Words"), max_length=3)


def small(**data: str) -> Small:
    """Fill the form."""
    given = QueryDict(mutable=True)
    given.update(data)
    return Small(given)


def day(year: str, month: str, of_month: str) -> dict[str, str]:
    """Fill the three boxes of a day."""
    return {"day_year": year, "day_month": month, "day_day": of_month}


@pytest.mark.parametrize(
    ("written", "read"),
    [("12345678", "12345678"), ("１２３４－５６７８", "12345678"), ("1234 5678", "12345678")],
)
def test_digits_are_taken_as_people_write_them(written: str, read: str) -> None:
    form = small(order=written, words="a")

    assert form.is_valid()
    assert form.cleaned_data["order"] == read


@pytest.mark.parametrize("written", ["12a", "①②", "٣٤", "12.5", "一二"])
def test_what_are_no_digits_is_said(written: str) -> None:
    form = small(order=written, words="a")

    with translation.override("ja"):
        assert form.is_valid() is (written == "①②")  # circled figures are figures under their circle
        assert form.is_valid() or form.errors["order"] == ["「注文番号」は数字でご記入ください。"]


@pytest.mark.parametrize(
    ("boxes", "read"),
    [
        (day("2026", "2", "28"), date(2026, 2, 28)),
        (day("２０２６", "０２", "２８"), date(2026, 2, 28)),
        (day("", "", ""), None),
    ],
)
def test_a_day_is_taken_from_three_boxes(boxes: dict[str, str], read: date | None) -> None:
    form = small(order="1", words="a", **boxes)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == read


@pytest.mark.parametrize(
    "boxes",
    [
        day("2026", "2", "30"),
        day("2026", "", "1"),
        day("0", "1", "1"),
        day("2025", "12", "31"),
        day("2027", "1", "1"),
        day("9" * 30, "1", "1"),
        day("x", "1", "1"),
    ],
)
def test_a_day_that_does_not_exist_or_lies_outside_is_refused(boxes: dict[str, str]) -> None:
    assert list(small(order="1", words="a", **boxes).errors) == ["day"]


def test_each_fault_names_its_field_and_leads_to_it() -> None:
    with translation.override("ja"):
        ja = faults_of(small(words="四文字だ"))
    with translation.override("en"):
        en = faults_of(small(words="four"))

    assert [fault.text for fault in ja] == [
        "「注文番号」をご記入ください。",
        "「事情」は 3 字以内でご記入ください（いま 4 字です）。",
    ]
    assert [fault.target for fault in ja] == ["id_order", "id_words"]
    assert en[0].text == "Please fill in “Order number”."


@pytest.mark.parametrize(
    ("lang", "said_so"), [("ja", "「事情」に、目に見えない制御文字"), ("en", "“Words” holds an unseen")]
)
def test_a_character_that_nobody_sees_is_named(lang: str, said_so: str) -> None:
    with translation.override(lang):
        form = small(order="1", words="a\0")

    assert form.errors["words"][0].startswith(said_so)


def test_faults_of_groups_lead_to_the_group() -> None:
    targets = {fault.target for fault in faults_of(wrong_form())}

    assert {"wrong_trouble", "wrong_day", "wrong_agreed"} <= targets


def test_what_concerns_the_whole_form_is_said_without_a_link() -> None:
    form = small(order="1", words="a")
    form.add_error(None, "なにか")

    assert [(fault.text, fault.target) for fault in faults_of(form)] == [("なにか", "")]


def test_one_form_does_not_speak_another_readers_language() -> None:
    with translation.override("en"):
        english = Small()
    with translation.override("ja"):
        assert "「注文番号」をご記入ください。" in small().errors["order"]
        assert str(english["order"].label) == "注文番号"


def test_what_was_posted_is_kept_for_these_fields_alone() -> None:
    form = small(order="1", words="a", csrfmiddlewaretoken="secret", words2="x", **day("2026", "2", "1"))

    kept = posted(form)

    assert kept == {
        "order": ["1"],
        "words": ["a"],
        "day_year": ["2026"],
        "day_month": ["2"],
        "day_day": ["1"],
    }
    assert Small(as_data(kept)).is_valid()


def test_answers_are_told_in_words() -> None:
    data = QueryDict("name=N&order=1&trouble=late&wishes=send&wishes=refund&place=home&words=w&agreed=on")
    form = SampleForm(data)

    with translation.override("ja"):
        assert form.is_valid(), form.errors
        told = {str(row.label): row.value for row in rows_of(form)}

    assert told["何にお困りですか"] == "届かない"
    assert told["ご希望"] == "送り直し\n返金"
    assert getattr(told["窓口がこのやり取りを読むことに同意します"], "ja", "") == "はい"
    assert told["届いた日"] == ""


def test_a_field_holds_what_fits_spelt_out() -> None:
    class Short(HouseForm):
        word = forms.CharField(label="言葉", max_length=40)

    fits, long = Short({"word": "㍿" * 10}), Short({"word": "㍿" * 11})

    assert fits.is_valid()
    assert not long.is_valid()
    assert "44" in str(long.errors["word"])


def test_digits_without_end_are_refused_like_any_that_are_too_many() -> None:
    class Digits(HouseForm):
        digits = DigitsField(label="番号", max_length=8)

    assert Digits({"digits": "１" * 8}).is_valid()
    assert not Digits({"digits": "１" * 1_000_000}).is_valid()
    assert not Digits({"digits": "ﷺ" * 600_000}).is_valid()


def test_what_are_no_digits_is_said_of_each_field_by_its_name() -> None:
    class Sums(HouseForm):
        paid = YenField(label=said("払った額", "Paid"))
        back = YenField(label=said("返す額", "To return"))

    form = Sums({"paid": "千円", "back": "-5"})
    boxes = small(order="1", words="a", **day("2026", "五", "1"))

    with translation.override("en"):
        assert [fault.text for fault in faults_of(form)] == [
            "Please use digits only in “Paid”.",
            "Please use digits only in “To return”, without a minus sign.",
        ]
        assert boxes.errors["day"] == ["Please use digits only in “Day”."]


def test_files_are_chosen_and_not_filled_in() -> None:
    class Evidence(HouseForm):
        attached = FilesField()

    with translation.override("ja"):
        owed = Evidence().fields["attached"].error_messages["required"]

    assert owed == "「写真や書類」を選んでください。"


def test_a_choice_that_is_declared_begins_with_a_capital_and_what_somebody_wrote_stays() -> None:
    declared = said("届いた", "it was reached")

    with translation.override("en"):
        assert [begun(declared), begun("iphone case")] == ["It was reached", "iphone case"]
    with translation.override("ja"):
        assert begun(declared) == "届いた"
