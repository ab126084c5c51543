"""Every notice keeps to the words of its kind, in both languages; each fault that is planted is found."""

from __future__ import annotations

import sys

import pytest

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.post.rules import PROMOTION, faults
from tools.reference import house

FINE = Template(
    code="test.fine",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("回答が届きました", "An answer has arrived"),
    body=Text("受付番号 {number}：ページでお読みください。", "Case {number}: please read it on the page."),
)


def templates() -> list[Template]:
    """Return every template of the house, wherever a module calls some TEMPLATES."""
    house.load()
    found = [
        template
        for name, module in sorted(sys.modules.items())
        if name.startswith("mamori.") and "tests" not in name.split(".")
        for template in getattr(module, "TEMPLATES", ())
        if isinstance(template, Template)
    ]
    return list({template.code: template for template in found}.values())


def changed(
    kind: NoticeKind = NoticeKind.TRANSACTIONAL,
    title: Text = FINE.title,
    body: Text = FINE.body,
    code: str = FINE.code,
) -> list[str]:
    return list(faults(Template(code=code, kind=kind, title=title, body=body)))


def test_every_notice_of_the_house_keeps_to_its_kind() -> None:
    found = {template.code: list(faults(template)) for template in templates()}

    assert len(found) >= 20
    assert {code: wrong for code, wrong in found.items() if wrong} == {}


def test_no_module_declares_a_template_that_it_does_not_list() -> None:
    house.load()
    listed = {template.code for template in templates()}
    declared = {
        value.code: name
        for name, module in list(sys.modules.items())
        if name.startswith("mamori.") and "tests" not in name.split(".")
        for value in vars(module).values()
        if isinstance(value, Template)
    }

    assert {code: name for code, name in declared.items() if code not in listed} == {}


def test_a_notice_that_is_fine_has_no_fault() -> None:
    assert changed() == []


@pytest.mark.parametrize("word", PROMOTION["ja"])
def test_promotion_in_japanese_is_found_in_title_and_body(word: str) -> None:
    assert changed(title=Text(f"回答と{word}", "An answer"))
    assert changed(
        body=Text(f"受付番号 {{number}}：{word}です。お読みください。", "Case {number}: please read it.")
    )


@pytest.mark.parametrize("word", PROMOTION["en"])
def test_promotion_in_english_is_found_in_title_and_body(word: str) -> None:
    assert changed(title=Text("回答", f"An answer and a {word.title()}!"))
    assert changed(body=Text("受付番号 {number}：お読みください。", f"Case {{number}}: please read. {word}"))


def test_advertising_may_promote() -> None:
    assert changed(NoticeKind.ADVERTISING, title=Text("セール", "Sale")) == []


@pytest.mark.parametrize("kind", [NoticeKind.LEGAL, NoticeKind.SAFETY])
def test_what_the_law_or_safety_asks_names_its_basis_or_a_telephone(kind: NoticeKind) -> None:
    assert len(changed(kind)) == 2
    with_phone = Text(
        "受付番号 {number}：使用をやめ、電話188にご相談ください。",
        "Case {number}: please stop using it and call 188.",
    )
    with_basis = Text(
        "受付番号 {number}：条項「{clause}」により、ご意見をお寄せください。",
        "Case {number}: under the clause “{clause}”, please give your view.",
    )
    no_basis = Text(
        "受付番号 {number}：次の方法により、条件をお読みください。", "Case {number}: please read how."
    )
    assert len(changed(kind, body=no_basis)) == 2
    assert changed(kind, body=with_phone) == []
    assert changed(kind, body=with_basis) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (Text("受付番号 {number}：届きました。", "Case {number}: please read it."), "ja: it does not say what happens next"),
        (Text("受付番号 {number}：お読みください。", "Case {number}: it came."), "en: it does not say what happens next"),
        (Text("受付番号 {number}：{due}までにお読みください。", "Case {number}: please read it."), "fill different places"),
        (Text("お読みください。", "Please read it."), "case number"),
        (
            Text("受付番号 {number}：お読みください。" + "長い文です。" * 60, "Case {number}: please read it."),
            "ja: it is longer",
        ),
        (
            Text("受付番号 {number}：お読みください。", "Case {number}: please read it. " + "A long one. " * 60),
            "en: it is longer",
        ),
    ],
)  # fmt: skip
def test_a_fault_in_a_body_is_named(body: Text, fault: str) -> None:
    assert any(fault in wrong for wrong in changed(body=body)), changed(body=body)


def test_titles_that_differ_in_places_or_run_over_lines_are_named() -> None:
    assert changed(title=Text("{topic}の回答", "An answer")) == ["its titles fill different places"]
    assert changed(title=Text("回答\nです", "An answer")) == ["ja: its title has more than one line"]


def test_a_notice_about_an_account_needs_no_case_number() -> None:
    body = Text("コードは {code} です。入力してください。", "The code is {code}. Please enter it.")

    assert changed(body=body, code="people.code") == []
    assert changed(body=body) == ["it does not give the case number"]
