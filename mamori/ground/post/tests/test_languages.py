"""A seller is written to in the language that the marketplace told, Japanese beside it where that is another."""

from __future__ import annotations

import pytest

from mamori.ground.post import actions
from mamori.ground.post.audience import recipient
from mamori.ground.post.tests.conftest import LEAD, MACHINE, NOON, MailServer, tell
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("readers")]


@pytest.mark.parametrize(
    ("told", "languages"),
    [
        ("", ("ja", "en")),
        ("ja", ("ja",)),
        ("ja-JP", ("ja",)),
        ("en", ("en", "ja")),
        ("en-GB", ("en", "ja")),
        ("zh-Hant", ("ja", "en")),
    ],
)
def test_the_languages_follow_what_the_marketplace_told(told: str, languages: tuple[str, ...]) -> None:
    put_shop(MACHINE, ref="S-9", name="店", mail="s9@example.jp", lang=told)

    assert recipient("seller:S-9", NOON).languages == languages


def test_what_the_reader_chose_here_goes_before_it() -> None:
    put_shop(MACHINE, ref="S-9", name="店", mail="s9@example.jp", lang="en")

    actions.choose_language(LEAD, who="seller:S-9", language="ja")

    assert recipient("seller:S-9", NOON).languages == ("ja",)


def test_a_mail_says_it_first_in_the_sellers_own_language(mail: MailServer) -> None:
    put_shop(MACHINE, ref="S-9", name="店", mail="s9@example.jp", lang="en")
    tell("seller:S-9")

    actions.deliver(at=NOON)

    [message] = mail.messages
    first, _, second = str(message["Subject"]).partition(" / ")
    assert first.isascii()
    assert not second.isascii()
