"""What a notice will read like is what is sent, word by word, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.post import facts as post
from mamori.ground.post.tests.conftest import MACHINE, NOON
from mamori.ground.terms import actions as terms
from mamori.law.reports import OPERATOR_NAME_EN
from mamori.law.settings import OPERATOR_NAME

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 1, tzinfo=UTC)
TOLD = Template(
    code="outreach.tried",
    kind=NoticeKind.LEGAL,
    title=Text("お知らせ", "News"),
    body=Text("{due}までにご覧ください。", "Please read it by {due}."),
)


@pytest.mark.parametrize("sender", ["", "ご相談の窓口 <centre@market.example>"])
def test_a_mail_is_shown_as_it_will_be_sent_whether_a_sender_is_set_or_not(
    sender: str, settings: Any
) -> None:
    settings.MAMORI_MAIL_FROM = sender

    ja, en = post.specimens(
        TOLD,
        {"due": Text("12月1日", "1 December")},
        to="seller:S-1",
        name="はなこ雑貨店",
        about="outreach.x:1",
        at=AT,
    )

    assert (ja.lang, ja.subject, en.lang, en.subject) == ("ja", "お知らせ", "en", "News")
    assert "はなこ雑貨店 様" in ja.text
    assert "12月1日までにご覧ください。" in ja.text
    assert "Please read it by 1 December." in en.text
    assert ("ご相談の窓口" in ja.text) is bool(sender)


def test_an_english_mail_names_the_operator_in_english_once_that_name_is_set() -> None:
    def named() -> tuple[str, ...]:
        shown = post.specimens(
            TOLD, {"due": Text("12月1日", "1 December")}, to="seller:S-1", name="x", about="x:1", at=NOON
        )
        return tuple(one.text for one in shown)

    terms.set(MACHINE, setting=OPERATOR_NAME, value="守り市場")
    assert ["守り市場" in text for text in named()] == [True, True]
    terms.set(MACHINE, setting=OPERATOR_NAME_EN, value="Mamori Market")

    ja, en = named()
    assert ("守り市場" in ja, "Mamori Market" in ja) == (True, False)
    assert ("守り市場" in en, "Mamori Market" in en) == (False, True)
