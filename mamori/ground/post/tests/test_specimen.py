"""What a notice will read like is what is sent, word by word, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.post import facts as post

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
