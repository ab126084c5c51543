"""A mail says what it must, in lines that fit, and nothing that anybody wrote can break out of its place."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from django.test import override_settings
from hypothesis import given, strategies as st

from mamori.grammar.declaration import NoticeKind
from mamori.grammar.text import Lang
from mamori.ground.outbox.facts import MASK, NoticeFact, NoticeState
from mamori.ground.post.audience import Recipient
from mamori.ground.post.composing import Sheet, compose, width, wrap
from mamori.ground.post.transports import Mailbox, Sender, address_shown, mailbox, without_addresses

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SENDER = Sender(name="守り市場 相談窓口", mailbox=Mailbox("centre", "market.example"))
ID = "<0123456789abcdef0123456789abcdef@market.example>"
NASTY = [
    "\r\nBcc: eve@evil.example",
    "\nSubject: other",
    "名前\u2028X-Evil: 1",
    "\u202eecilA",
    "あ" * 5_000,
    "a" * 5_000,
    "<script>alert(1)</script>",
    '"><img src=https://evil.example/x.png>',
    "=?utf-8?q?=0d=0aBcc:_eve=40evil.example?=",
    "\x00\x01\x02",
    "\udcff",
]


def sheet(
    *,
    name: str = "伊藤 修",
    title: str = "回答が届きました",
    body: str = "受付番号 12345678：お知らせください。",
    language: Lang | None = None,
    kind: NoticeKind = NoticeKind.TRANSACTIONAL,
    secret: str = "",
    **values: object,
) -> Sheet:
    notice = NoticeFact(
        number=1,
        to="buyer:B-1",
        template="test.answered",
        kind=kind,
        title={"ja": title, "en": "The seller has answered" if title == "回答が届きました" else title},
        body={"ja": body, "en": "Case 12345678: please tell us." if "12345678" in body else body},
        values={"number": "12345678", **values},
        about="contact.thread:1",
        at=NOON,
        until=None,
        state=NoticeState.UNDER_WAY,
    )
    return Sheet(
        notice=notice,
        reader=Recipient(who="buyer:B-1", name=name, language=language),
        secret=secret,
        page="https://help.market.example/threads/12345678/",
        stop="https://help.market.example/stop/x/" if kind is NoticeKind.ADVERTISING else "",
        operator="守り市場",
        phone="03-0000-1880",
        address="〒100-0001 東京都千代田区架空町1-1",
    )


def made(one: Sheet, to: str = "buyer@example.jp") -> tuple[bytes, EmailMessage]:
    content = compose(one, message_id=ID, sender=SENDER, to=mailbox(to), at=NOON)
    return content, BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(content)


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    content = found.get_content()
    assert isinstance(content, str)
    return content


def test_a_mail_says_from_whom_about_what_where_to_answer_and_that_replies_are_not_read() -> None:
    content, message = made(sheet())
    text, html = part(message, "plain"), part(message, "html")

    assert str(message["From"]) == "守り市場 相談窓口 <centre@market.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] is None
    assert message["List-Unsubscribe"] is None
    assert message["Content-Language"] == "ja, en"
    assert message["Message-ID"] == ID
    for words in (text, html):
        assert "1234 5678" in words
        assert "https://help.market.example/threads/12345678/" in words
        assert "返信いただいてもお読みできません" in words
        assert "nobody reads what is sent back" in words
        assert "03-0000-1880" in words
        assert "伊藤 修 様" in words
    assert text.index("回答が届きました") < text.index("The seller has answered")
    assert content == made(sheet())[0]


def test_html_fetches_nothing_and_says_its_languages() -> None:
    html = part(made(sheet())[1], "html")

    assert "<img" not in html
    assert "src=" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert '<html lang="ja">' in html
    assert 'lang="en"' in html
    assert "prefers-color-scheme: dark" in html


@pytest.mark.parametrize(("language", "other"), [("ja", "The seller"), ("en", "回答")])
def test_who_chose_a_language_gets_that_one_alone(language: Lang, other: str) -> None:
    _, message = made(sheet(language=language))

    assert message["Content-Language"] == language
    assert other not in str(message["Subject"]) + part(message, "plain") + part(message, "html")


def test_every_line_of_a_mail_fits() -> None:
    content, message = made(sheet(body="受付番号 12345678：" + "長い文です。" * 60 + "word " * 60))

    assert max(len(line) for line in content.split(b"\r\n")) <= 78
    assert max(width(line) for line in part(message, "plain").splitlines()) <= 76
    assert all(line.isascii() for line in content.split(b"\r\n"))


@pytest.mark.parametrize("words", NASTY)
def test_what_anybody_wrote_stays_in_its_place(words: str) -> None:
    content, message = made(sheet(name=words, title=words, body=words + " 12345678", topic=words))

    assert set(message.keys()) == {
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "Content-Language",
        "References",
        "MIME-Version",
        "Content-Type",
    }
    assert [a.addr_spec for a in message["To"].addresses] == ["buyer@example.jp"]
    html = part(message, "html")
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html + part(message, "plain") + str(message["Subject"]) + str(message["To"])
    assert len(str(message["To"])) < 200
    assert len(str(message["Subject"])) < 300
    assert b"\nBcc:" not in content


@given(name=st.text(max_size=200), title=st.text(max_size=200), body=st.text(max_size=500))
def test_no_words_break_a_header(name: str, title: str, body: str) -> None:
    content, message = made(sheet(name=name, title=title, body=body))

    raw = email.message_from_bytes(content)
    assert len(raw.keys()) == 11
    assert [a.addr_spec for a in message["To"].addresses] == ["buyer@example.jp"]
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


def test_a_secret_stands_in_the_place_that_was_kept_for_it() -> None:
    _, message = made(sheet(body=f"コードは {MASK} です。", secret="48151623"))

    assert "コードは 48151623 です。" in part(message, "plain")
    assert MASK not in part(message, "html")


def test_only_addresses_of_our_own_pages_become_links() -> None:
    with override_settings(ORIGIN="https://help.market.example"):
        html = part(
            made(sheet(body="https://help.market.example/a/b と https://evil.example/ 12345678"))[1], "html"
        )

    assert '<a class="link" href="https://help.market.example/a/b"' in html
    assert 'href="https://evil.example' not in html


def test_advertising_carries_the_way_out_and_the_senders_address() -> None:
    _, message = made(sheet(kind=NoticeKind.ADVERTISING))

    assert message["List-Unsubscribe"] == "<https://help.market.example/stop/x/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        assert "https://help.market.example/stop/x/" in part(message, kind)
        assert "架空町1-1" in part(message, kind)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("ああああああ", ["ああああ", "ああ"]),
        ("あああ。いい", ["あああ。", "いい"]),
        ("ああああ。い", ["あああ", "あ。い"]),
        ("あああ「いい」", ["あああ", "「いい」"]),
        ("ab cd efg hi", ["ab cd", "efg hi"]),
        ("https://long.example/path x", ["https://long.example/path", "x"]),
        ("一\n\n二", ["一", "", "二"]),
    ],
)
def test_lines_break_where_japanese_writing_allows_it(words: str, lines: list[str]) -> None:
    assert wrap(words, 8).split("\n") == lines


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_wrapping_loses_no_sign(words: str) -> None:
    kept = "".join(words.split())

    assert "".join(wrap(words).split()) == kept


@pytest.mark.parametrize(
    ("address", "spec"),
    [
        ("Buyer@Example.JP", "Buyer@example.jp"),
        ("a+b@x.jp", "a+b@x.jp"),
        ("hana..ko.@docomo.ne.jp", '"hana..ko."@docomo.ne.jp'),
        ("守@例え.jp", "守@xn--r8jz45g.jp"),
        ("ｂ＠ｅｘ．ｊｐ", "b@ex.jp"),
    ],
)
def test_an_address_is_written_as_servers_take_it(address: str, spec: str) -> None:
    assert mailbox(address).spec == spec


def test_words_that_are_shown_stand_in_one_line_of_bounded_length() -> None:
    assert address_shown(" 山\u200b田\t太\r\n郎 ") == "山田 太 郎"
    assert address_shown("あ" * 61) == "あ" * 59 + "…"
    assert without_addresses("550 <a@b.example> and c@d.example\r\nx") == "550 <‹…›> and ‹…› x"
