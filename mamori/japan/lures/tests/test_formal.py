"""A declared notice is left alone; a question, a condition and a refusal are no notices."""

from __future__ import annotations

import pytest

from mamori.japan.lures.formal import FormalKind, formal, is_untouchable


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("先日届いた商品を返品します。", FormalKind.RETURN),
        ("本契約を解除いたします。", FormalKind.RESCISSION),
        ("注文をキャンセルします", FormalKind.CANCELLATION),
        ("消費者契約法に基づき契約を取り消します。", FormalKind.CANCELLATION),
        ("未成年の息子が無断で購入したので契約を取り消します。", FormalKind.MINOR),
        ("I hereby cancel the contract.", FormalKind.CANCELLATION),
    ],
)
def test_a_declaration_is_a_notice_of_its_kind(text: str, kind: FormalKind) -> None:
    found = formal("こんにちは。" + text)

    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "text", ["返品したいのですが、できますか？", "キャンセルしたいのですが可能でしょうか"]
)
def test_a_doubtful_one_is_left_alone_but_named_nothing(text: str) -> None:
    found = formal(text)

    assert found is not None
    assert found.kind is None
    assert is_untouchable(text)


@pytest.mark.parametrize(
    "text",
    [
        "返品できますか？",
        "キャンセルする場合は手数料がかかりますか？",
        "返品はお受けできません。",
        "キャンセルして直接お話ししましょう。",
        "届くのを楽しみにしています。",
        "",
    ],
)
def test_a_question_a_condition_and_a_refusal_are_no_notices(text: str) -> None:
    assert formal(text) is None
